import Foundation
import PlumblineCore
import PlumblineTestSupport
import Testing

@testable import PlumblineReporting

@Suite struct `Sections of pages` {
  private static let links = RecordLinks { number in
    switch number {
    case .funnel(let number, let group): "/records?group=\(group?.count ?? -1)&number=\(number)"
    case .cells(let number, let dimension, let values):
      "/records?\(dimension)=\(values.count)&number=\(number)"
    case .skipped(let number, let rule): "/records?skips=\(rule.rawValue)&number=\(number)"
    case .unit: "/records?unit=1"
    case .entered(let entries, _, _): "/records?entered=\(entries.text)"
    case .arrived: "/records?from=1"
    case .rebound: "/rebound/records"
    case .attainment: "/scorecards/records"
    case .gap(let kind): "/records?gap=\(kind.rawValue)"
    case .pipeline: "/plan/leads"
    case .plan(let number): "/plan/records?number=\(number.rawValue)"
    case .input(let input): "/plan/hires/records?input=\(input.rawValue)"
    case .budget(let number): "/plan/budget/records?number=\(number.text.count)"
    }
  }

  /// Everything that pages of the web app are made of.
  private func parts(_ sample: Sample) throws -> [Markup] {
    let answers = try sample.answers
    let (agreement, funnel) = (answers.agreement, answers.byChannel)
    let counted = FunnelSections(
      funnel,
      agreed: answers.byChannel,
      under: agreement,
      links: Self.links
    )
    let owners = OwnerSections(answers.diagnosis, under: agreement, for: "Ana", links: Self.links)
    let verdict = VerdictSections(
      answers.diagnosis,
      funnel: funnel,
      under: agreement,
      links: Self.links
    )
    return [
      .element("h1", [:], counted.headline), .element("p", [:], counted.scope),
      counted.counts, counted.rates, counted.steps, counted.costs, counted.comparison,
      .element("h1", [:], owners.headline), .element("p", [:], owners.scope), owners.chance,
      owners.table, verdict.findings, verdict.method, verdict.path, verdict.grid,
    ]
  }

  @Test(arguments: Sample.allCases)
  func `every element that opens closes, and every name stands once`(sample: Sample) throws {
    let page = try parts(sample).map(\.source).joined()
    var open: [Substring] = []
    for match in page.matches(of: /<(\/?)([a-z0-9]+)[^>]*>/) {
      if match.1.isEmpty { open.append(match.2) } else { #expect(open.popLast() == match.2) }
    }
    #expect(open.isEmpty)
    let names = page.matches(of: #/ id="([^"]*)"/#).map { String($0.1) }
    #expect(Set(names).count == names.count)
  }

  @Test(arguments: Sample.allCases)
  func `nothing from outside is markup, and no number is none`(sample: Sample) throws {
    let page = try parts(sample).map(\.source).joined()
    #expect(!page.contains("<script") && !page.contains("\u{202E}") && !page.contains("\u{1B}"))
    #expect(!page.lowercased().contains(">nan") && !page.contains(" nan "))
    #expect(!page.contains("style=") && !page.contains("onclick="))
  }

  @Test func `nobody is nothing to open`() throws {
    let answers = try Sample.empty.answers
    let sections = FunnelSections(
      answers.byChannel,
      under: answers.agreement,
      links: Self.links
    )
    #expect(sections.headline == "There are no leads to count.")
    #expect(!sections.counts.source.contains("href"))
  }

  @Test func `without a what-if nothing is compared`() throws {
    let answers = try Sample.healthy.answers
    let sections = FunnelSections(answers.byChannel, under: answers.agreement)
    #expect(sections.comparison.source.isEmpty)
  }

  @Test func `reps who are alike are told from chance, and the reader stands first`() throws {
    let answers = try Sample.healthy.answers
    let owners = OwnerSections(answers.diagnosis, under: answers.agreement, for: "Bo")
    #expect(owners.headline.hasPrefix("No rep stands out"))
    let table = owners.table.source
    let reader = try #require(table.firstRange(of: ">Bo"))
    let other = try #require(table.firstRange(of: ">Ana"))
    #expect(table.contains("you</span>"))
    #expect(reader.lowerBound < other.lowerBound)
  }

  @Test(arguments: [
    ("reached:mql", 1, "reached “MQL”"), ("open:sql", 1, "is still at “SQL”"),
    ("open:sql", 2, "are still at “SQL”"), ("open:sql", 0, "are still at “SQL”"),
    ("advanced:lead", 2, "went on from “lead” to “MQL”"),
    ("detoured:lead", 2, "left the path from “lead”"), ("open:nothing", 2, "open:nothing"),
  ])
  func `a number is told in words`(number: String, count: Int, words: String) {
    #expect(RecordWords(SampleCompany.agreement).clause(number, count) == words)
  }

  @Test func `a list is cut to its range, and its file disarms formulas`() throws {
    let answers = try Sample.healthy.answers
    let history = FactBuilder().history(answers.agreement, asOfDay: 20_000)
    let sections = RecordSections(
      ["=1+1", "<b>", "x"],
      behind: "reached:mql",
      of: answers.byChannel,
      under: answers.agreement,
      LeadSummaries(history, Journeys(history, rule: history.agreement.journeyRule))
    )
    let list = sections.list(1..<99) { "/leads/\($0.count)" }.source
    #expect(list.contains("&lt;b&gt;") && !list.contains("<b>") && !list.contains("=1+1"))
    #expect(list.components(separatedBy: "<tr").count - 1 == 3)
    let lines = sections.csv.split(separator: "\r\n")
    #expect(lines.count == 4)
    #expect(lines[1].hasPrefix("'=1+1,reached:mql,,,"))
    #expect(sections.list(7..<9) { $0 }.source.contains("There are none."))
  }
}
