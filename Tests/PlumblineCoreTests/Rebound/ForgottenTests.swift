import PlumblineTestSupport
import Testing

@testable import PlumblineCore

struct ForgottenTests {
  private func stage(_ id: String, _ company: ReboundCompany) throws -> ForgottenStage {
    let index = try #require(company.agreement.pathIndex(of: id))
    return company.rebound().forgotten[index]
  }

  private var company: ReboundCompany {
    var company = ReboundCompany()
    company.agreement.path[1].staleAfterDays = 30
    return company
  }

  @Test(arguments: [(30.0, false), (31.0, true)])
  func `a lead is forgotten once it is past the agreed days`(
    days: Double,
    isForgotten: Bool
  ) throws {
    var company = company
    company.facts.lead("a", day: 0)
    company.facts.stage("a", "mql", day: 200 - days)
    let stage = try stage("mql", company)
    #expect(stage.limit == .agreed(days: 30))
    #expect(stage.forgotten == (isForgotten ? [0] : []))
    #expect(stage.withinTime == (isForgotten ? 0 : 1))
  }

  @Test func `every lead in a stage counts once`() throws {
    var company = company
    for lead in ["new", "said", "worked", "long ago", "left", "undated"] {
      company.facts.lead(lead, day: 0)
    }
    company.facts.stage("new", "mql", day: 180)
    for lead in ["said", "worked", "long ago", "left"] {
      company.facts.stage(lead, "mql", day: 100)
    }
    company.facts.stage("undated", "mql", day: nil)
    company.say("said", "no_answer", day: 110)
    company.say("long ago", "no_answer", day: 99)
    company.facts.activity("1", lead: "worked", day: 175)
    company.facts.activity("2", lead: "long ago", day: 120)
    company.leave("left", "disqualified", "", day: 120)
    let stage = try stage("mql", company)
    #expect(stage.open == 5)
    #expect(stage.undated + stage.withinTime + stage.answered + stage.worked == 4)
    #expect((stage.undated, stage.withinTime, stage.answered, stage.worked) == (1, 1, 1, 1))
    #expect(stage.forgotten.map { company.history.id(ofLead: $0) } == ["long ago"])
  }

  @Test(
    arguments: [
      ("no_answer", 100.5, 1, 0, 0), ("no_answer", 100.4, 0, 0, 1), ("no_answer", nil, 1, 0, 0),
      ("accepted", 110, 0, 0, 1), ("accepted", 175, 0, 1, 0), ("accepted", nil, 0, 0, 1),
      ("said something else", 110, 1, 0, 0),
    ] as [(String, Double?, Int, Int, Int)]
  )
  func `only a word that ends the wait answers a lead`(
    word: String,
    day: Double?,
    answered: Int,
    worked: Int,
    forgotten: Int
  ) throws {
    var company = company
    company.facts.lead("a", day: 0)
    company.facts.stage("a", "mql", day: 100.5)
    company.say("a", word, day: day)
    let stage = try stage("mql", company)
    #expect(stage.open == 1)
    #expect((stage.answered, stage.worked, stage.forgotten.count) == (answered, worked, forgotten))
  }

  @Test func `without an agreed limit 95 of 100 of those who went on set it`() throws {
    var company = ReboundCompany()
    for index in 1...100 {
      company.facts.lead("l\(index)", day: 0)
      company.facts.stage("l\(index)", "mql", day: Double(index))
    }
    company.facts.lead("old", day: 100)
    company.facts.lead("young", day: 105)
    let stage = try stage("lead", company)
    #expect(stage.limit == .usual(days: 95, of: 100))
    #expect(stage.forgotten.map { company.history.id(ofLead: $0) } == ["old"])
    #expect(stage.withinTime == 1)
  }

  @Test func `where too few went on nobody is called forgotten`() throws {
    var company = ReboundCompany()
    company.facts.lead("a", day: 0)
    let stage = try stage("lead", company)
    #expect(stage.limit == .unknown(have: 0, need: 20))
    #expect(stage.forgotten.isEmpty)
    #expect(stage.withinTime == 1)
  }
}
