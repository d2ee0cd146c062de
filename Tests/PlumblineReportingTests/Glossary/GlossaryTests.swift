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

  @Test func `an agreement without a vocabulary has nothing to settle`() {
    #expect(GlossaryText(SampleCompany.agreement).clashCount == 0)
    #expect(GlossaryText(Agreement()).text.hasPrefix("37 terms; no word means two things."))
  }
}
