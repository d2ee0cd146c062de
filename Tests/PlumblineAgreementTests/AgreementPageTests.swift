import Foundation
import PlumblineAgreement
import PlumblineCore
import PlumblineTestSupport
import Testing

struct AgreementPageTests {
  /// The page's sections by heading.
  private func sections() throws -> [String: String] {
    let page = try String(contentsOf: Self.page, encoding: .utf8)
    var sections: [String: String] = [:]
    for section in page.components(separatedBy: "\n## ") {
      let heading = section.prefix { $0 != "\n" }
      sections[String(heading)] = section
    }
    return sections
  }

  private static let page = Repository.root.appending(path: "Documentation/agreement.md")

  @Test func `documents every key in its section, in the words of the schema`() throws {
    let sections = try sections()
    for section in AgreementKeys.all {
      let text = try #require(sections[section.name], "no section \(section.name)")
      let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
      let documented = rows.compactMap { $0.split(separator: "`").dropFirst().first }
      #expect(Set(documented.map(String.init)) == Set(section.known), "\(section.name)")
      #expect(documented.count == section.known.count, "\(section.name)")
      for key in section.keys {
        let row = try #require(rows.first { $0.hasPrefix("| `\(key.name)` |") }, "\(key.name)")
        let words = row.replacing("`", with: "")
        #expect(words.contains(key.meaning.dropLast()), "\(section.name), \(key.name)")
        #expect(words.contains("| required |") == key.isRequired, "\(section.name), \(key.name)")
      }
    }
  }

  @Test func `documents every word and every code`() throws {
    let sections = try sections()
    let stage = try #require(sections["A stage"])
    for word in Stage.Evidence.allCases.map(\.rawValue) + Stage.Team.allCases.map(\.rawValue) {
      #expect(stage.contains("`\(word)`"), "\(word)")
    }
    for word in SkipRule.allCases.map(\.rawValue) {
      #expect(sections["stages"]?.contains("`\(word)`") == true, "\(word)")
    }
    for word in ReturnRule.allCases.map(\.rawValue) {
      #expect(sections["stages"]?.contains("`\(word)`") == true, "\(word)")
    }
    for word in RoutingRule.allCases.map(\.rawValue) {
      #expect(sections["The file"]?.contains("`\(word)`") == true, "\(word)")
    }
    for word in DispositionReason.Outcome.allCases.map(\.rawValue) {
      #expect(sections["dispositions"]?.contains("`\(word)`") == true, "\(word)")
    }
    for word in AgreementKeys.answerWords {
      #expect(sections["vocabulary"]?.contains("`\(word)`") == true, "\(word)")
    }
    for check in AgreementCheck.all {
      #expect(sections["What can be wrong"]?.contains("| `\(check.code)` |") == true)
    }
  }

  @Test func `says the defaults that hold`() throws {
    let verdict = try #require(try sections()["verdict"])
    let thresholds = LeakThresholds()
    let defaults: [(String, Double)] = [
      ("named_odds", thresholds.namedOdds), ("named_probability", thresholds.namedProbability),
      ("named_loss", thresholds.namedLoss), ("party_loss", thresholds.partyLoss),
      ("cleared_odds", thresholds.clearedOdds),
      ("cleared_probability", thresholds.clearedProbability),
      ("disagreement_prior", thresholds.disagreementPrior),
      ("disagreement_named", thresholds.disagreementNamed),
      ("disagreement_cleared", thresholds.disagreementCleared),
      ("disagreement_spread", thresholds.disagreementSpread),
      ("team_margin", thresholds.teamMargin), ("team_cleared", thresholds.teamCleared),
      ("minimum_unit_leads", Double(thresholds.minimumUnitLeads)),
      ("minimum_joining_leads", Double(thresholds.minimumJoiningLeads)),
      ("minimum_pair_leads", Double(thresholds.minimumPairLeads)),
      ("minimum_pairs", Double(thresholds.minimumPairs)),
      ("minimum_wins", Double(thresholds.minimumWins)),
      ("routing_chance", thresholds.routingChance), ("stability", thresholds.stability),
    ]
    for (key, value) in defaults {
      let row = try #require(verdict.split(separator: "\n").first { $0.hasPrefix("| `\(key)` |") })
      let cells = row.split(separator: "|").map { $0.filter { $0 != "`" && $0 != " " } }
      #expect(Double(cells[2]) == value, "\(key)")
    }
    // Every field has its key: a new one must be given one here and on the page.
    #expect(Mirror(reflecting: thresholds).children.count == defaults.count)
  }

  @Test func `shows an example that reads without a word`() throws {
    let page = try String(contentsOf: Self.page, encoding: .utf8)
    let example = try #require(page.components(separatedBy: "```yaml\n").dropFirst().first)
    let text = try #require(example.components(separatedBy: "```").first)
    let (agreement, diagnostics) = AgreementReader.read(text: text, file: "a.yaml")
    #expect(diagnostics.map(\.description) == [])
    #expect(agreement?.channels.count == 3)
  }
}
