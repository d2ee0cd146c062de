import Foundation
import PlumblineTestSupport
import Testing

@testable import PlumblineCore
@testable import PlumblineReporting

struct GlossaryTests {
  /// The sample's agreement, with words of the teams, one of which means two things.
  static var agreement: Agreement {
    var agreement = SampleCompany.agreement
    agreement.path[1].gate = StageGate(score: 60, factors: 2)
    agreement.path[2].staleAfterDays = 21
    agreement.path[2].gate = StageGate(acceptedBy: .sales)
    agreement.path[5].aliases = ["Deal|opened", "<b>Pipeline</b>"]
    agreement.vocabulary = [
      VocabularyTerm(
        term: "mql",
        words: [.marketing: "qualified lead", .sales: "hand-over"],
        meaning: "marketing would call them"
      ),
      VocabularyTerm(term: "sql", words: [.sales: "Qualified lead", .leadership: "prospect"]),
      VocabularyTerm(term: "win_rate", words: [.sales: "close rate"]),
      VocabularyTerm(term: "pql", words: [.marketing: "product lead"]),
    ]
    return agreement
  }

  @Test func `whole text`() {
    expectGolden(GlossaryText(Self.agreement).text, suite: "Glossary", "text")
  }

  @Test func `whole Markdown`() {
    expectGolden(GlossaryMarkdown(Self.agreement).text, suite: "Glossary", "markdown")
  }

  @Test func `whole JSON`() throws {
    expectGolden(try GlossaryJSON(Self.agreement).text(), suite: "Glossary", "json")
  }

  @Test func `every key is explained, and none that is not there`() throws {
    try DocumentedKeys(section: "glossary").check([try GlossaryJSON(Self.agreement).text()])
  }

  @Test(arguments: [40, 80, 120])
  func `keeps to the width`(width: Int) {
    let text = GlossaryText(Self.agreement, layout: TextLayout(width: width)).text
    for line in text.split(separator: "\n") { #expect(DisplayWidth.of(line) <= width, "\(line)") }
  }

  @Test func `the same whoever reads`() throws {
    let texts = try ([nil] + Reader.allCases).map { reader in
      var agreement = Self.agreement
      agreement.reader = reader
      return [
        GlossaryText(agreement).text, GlossaryMarkdown(agreement).text,
        try GlossaryJSON(agreement).text(),
      ]
    }
    #expect(Set(texts).count == 1)
  }

  private func definition(_ term: String, _ agreement: Agreement) -> String? {
    let words = GlossaryWords(agreement)
    return words.glossary.entries.first { $0.term == term }.map(words.definition)
  }

  @Test(arguments: ["ideal_customer", "score", "sla", "quota", "revenue"])
  func `what nobody agreed is told`(term: String) {
    var agreement = Agreement()
    agreement.salesSLA = nil
    #expect(definition(term, agreement) == "not agreed")
  }

  @Test func `customer, score, promises and goals are told as the file has them`() {
    var agreement = Agreement(currency: "EUR")
    agreement.idealCustomer = [
      AttributeCriterion(name: "employees", match: .range(50, 1_000)),
      AttributeCriterion(name: "industry", match: .words(["software", "fintech"])),
    ]
    agreement.scoring = LeadScoring(
      fit: [.init(agreement.idealCustomer[0], points: 20)],
      engagement: [.init(touch: "demo", points: 30), .init(touch: "mail", points: 1)],
      halfLifeInDays: 30,
      threshold: 40
    )
    agreement.marketingSLA = MarketingSLA(qualifiedLeads: .init(count: 200, period: .month))
    agreement.salesSLA = SalesSLA(
      firstTouch: .init(usual: .init(seconds: 14_400, isWorkingTime: true))
    )
    let days = CivilDate(dayNumber: 0)...CivilDate(dayNumber: 89)
    agreement.goals = [
      Goal(measure: .quota, period: "1970-Q1", days: days, amount: 25_000_000),
      Goal(measure: .quota, owner: "Kim", period: "1970-Q1", days: days, amount: 5_000_000),
    ]
    #expect(
      definition("ideal_customer", agreement)
        == "employees: 50 to 1,000; industry: software or fintech"
    )
    #expect(
      definition("score", agreement)
        == "1 rule of fit; 2 rules of engagement; points of engagement halve every 30 days; "
        + "the agreed mark is 40 points"
    )
    #expect(
      definition("sla", agreement)?.hasPrefix("marketing: 200 qualified leads a month at least")
        == true
    )
    #expect(definition("sla", agreement)?.contains("; sales: A first human touch within 4") == true)
    #expect(
      definition("quota", agreement) == "1970-Q1: EUR 250,000; 1 goal of single people"
    )
    #expect(definition("revenue", agreement) == "not agreed")
  }

  @Test func `the vocabulary may name them, and its sentence stands for ours`() throws {
    var agreement = Agreement()
    agreement.vocabulary = [
      VocabularyTerm(
        term: "ideal_customer",
        words: [.marketing: "ICP"],
        meaning: "software firms"
      )
    ]
    let words = GlossaryWords(agreement)
    #expect(words.glossary.clashes.isEmpty)
    let entry = try #require(words.glossary.entries.first { $0.term == "ideal_customer" })
    #expect(entry.meaning == "software firms" && words.word(entry, .marketing) == "ICP")
  }

  @Test func `an agreement without a vocabulary has nothing to settle`() {
    #expect(GlossaryText(SampleCompany.agreement).clashCount == 0)
    #expect(GlossaryText(Agreement()).text.hasPrefix("56 terms; no word means two things."))
  }
}
