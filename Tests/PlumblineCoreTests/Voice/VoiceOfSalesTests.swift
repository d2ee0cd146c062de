import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore

struct VoiceOfSalesTests {
  private func voice(
    _ company: ReboundCompany,
    handedOver days: ClosedRange<CivilDate>? = nil
  ) -> VoiceOfSales {
    let (ledger, history) = (company.facts.ledger(), company.history)
    return VoiceOfSales(
      history,
      Journeys(history, skips: .filled),
      attributes: LeadAttributes(ledger),
      dispositions: Dispositions(ledger, for: history),
      exitReasons: ExitReasons(ledger, for: history),
      handedOver: days
    )
  }

  @Test func `before any hand-off there is nothing to compare`() throws {
    var company = ReboundCompany()
    company.facts.lead("a", day: 0)
    let voice = voice(company)
    #expect(voice.leads.isEmpty)
    #expect(voice.rows.isEmpty)
    let budget = try #require(voice.factors.first)
    #expect(budget.total == 0)
    #expect(budget.agreementInterval == nil)
    #expect(budget.kappa == nil)
  }

  @Test func `every lead handed over stands in one cell of each factor`() throws {
    var company = ReboundCompany()
    let answers = ["yes", "no", ""]
    for marketing in answers {
      for sales in answers {
        let lead = "m\(marketing)s\(sales)"
        company.facts.lead(lead, day: 0)
        company.facts.stage(lead, "sql", day: 5)
        company.attribute(lead, "Budget", marketing, by: "marketing")
        company.attribute(lead, "budget", sales, by: "Sales")
      }
    }
    company.facts.lead("not handed over", day: 0)
    company.attribute("not handed over", "budget", "yes", by: "marketing")
    let budget = try #require(voice(company).factors.first)
    #expect(budget.leads == [[[0], [1], [2]], [[3], [4], [5]], [[6], [7], [8]]])
    #expect(budget.total == 9)
    #expect((budget.agreed, budget.answeredByBoth) == (2, 4))
    #expect(budget.kappa?.value == 0)
  }

  @Test func `rejections stand beside what marketing believed, by its own word`() throws {
    var company = ReboundCompany()
    company.agreement.idealCustomer = [
      AttributeCriterion(name: "size", match: .range(50, nil))
    ]
    for (lead, size) in [("fits", "80"), ("small", "5"), ("unknown", ""), ("silent", "90")] {
      company.facts.lead(lead, day: 0)
      company.facts.stage(lead, "sql", day: 5)
      company.attribute(lead, "size", size)
      if lead != "silent" { company.say(lead, "No fit", day: 8, owner: "kim") }
    }
    // Sales found out later; what marketing went by stays.
    company.attribute("fits", "size", "4", by: "sales")
    company.say("fits", "accepted", day: 4)
    let voice = voice(company)
    let rejected = try #require(voice.rows(of: .rejected).first)
    #expect(voice.name(of: rejected.word) == "no_fit")
    #expect((rejected.ideal, rejected.notIdeal, rejected.unknown) == ([0], [1], [2]))
    #expect(voice.rows.map(\.count).reduce(0, +) == voice.leads.count)
    #expect(voice.rows.last?.word == .nothing)
    #expect(voice.rows.last?.leads == [3])
  }

  @Test func `a word that is not on the list is kept as written`() {
    var company = ReboundCompany()
    company.facts.lead("a", day: 0)
    company.facts.stage("a", "sql", day: 5)
    company.say("a", "Went on holiday", day: 6)
    #expect(voice(company).rows.map(\.word) == [.other("Went on holiday")])
  }

  @Test func `a reason on a stage event or a deal stands for the word of sales`() throws {
    var company = ReboundCompany()
    for lead in ["event", "deal", "said", "other", "none", "auto"] {
      company.facts.lead(lead, day: 0)
      company.facts.stage(lead, "sql", day: 5)
    }
    company.agreement.dispositions.append(
      DispositionReason(id: "auto", outcome: .rejected, isDefault: true)
    )
    company.leave("event", "disqualified", "No Budget", day: 9)
    company.facts.add(
      .deal,
      [
        "id": .text("1"), "lead": .text("deal"), "created": .time(FactBuilder.time(6)),
        "closed": .time(FactBuilder.time(9)), "outcome": .text("lost"),
        "reason": .text("competitor"),
      ]
    )
    company.say("said", "no_fit", day: 8)
    company.leave("said", "disqualified", "No Budget", day: 9)
    company.leave("other", "disqualified", "Moon phase", day: 9)
    company.leave("none", "disqualified", "", day: 9)
    company.say("auto", "auto", day: 8)
    let voice = voice(company)
    let rows = Dictionary(uniqueKeysWithValues: voice.rows.map { (voice.name(of: $0.word), $0) })
    #expect(rows["no_budget"]?.leads == [0])
    #expect(rows["no_budget"]?.outcome == .rejected)
    #expect(rows["competitor"]?.leads == [1])
    #expect(rows["no_fit"]?.leads == [2])
    #expect(rows["Moon phase"]?.leads == [3])
    #expect(rows["nothing yet"]?.leads == [4, 5])
    #expect(voice.rows.map(\.count).reduce(0, +) == voice.leads.count)
  }

  @Test func `only hand-offs within the days asked for count`() {
    var company = ReboundCompany()
    for (lead, day) in [("early", 9.9), ("first", 10.0), ("last", 16.9), ("late", 17.0)] {
      company.facts.lead(lead, day: 0)
      company.facts.stage(lead, "sql", day: day)
    }
    company.facts.lead("undated", day: 0)
    company.facts.stage("undated", "sql", day: nil)
    let days = CivilDate(dayNumber: 10)...CivilDate(dayNumber: 16)
    #expect(voice(company, handedOver: days).leads == [1, 2])
    #expect(voice(company).leads.count == 5)
  }
}
