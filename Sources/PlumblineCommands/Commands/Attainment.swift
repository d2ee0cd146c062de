public import ArgumentParser
import Foundation
public import PlumblineCore
public import PlumblineReporting

/// `plumbline attainment`: quota, what was won, where it will end, and what both teams are paid.
public struct Attainment: Question {
  /// How the command line names and explains it.
  public static let configuration = CommandConfiguration(
    commandName: "attainment",
    abstract: "Quota against what was won, for the team, each rep and month; odds, and payouts."
  )

  /// The workspace that it is asked of.
  @OptionGroup public var workspace: WorkspaceOption

  @Option(
    help: """
      The period, as 2026, 2026-Q1 or 2026-01. (default: the shortest with a quota that holds the \
      as-of day, else the last before it)
      """
  )
  var period: String?

  @Option(
    name: .customLong("what-if"),
    parsing: .upToNextOption,
    help: """
      What both teams would be paid if results had been others, such as won_share=0.06 \
      qualified_leads=140; money in whole units, as revenue=1.2M.
      """
  )
  var whatIf: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: "Other weights of incentives for --what-if, such as sales.won_share=0.5."
  )
  var weights: [String] = []

  @OptionGroup var past: PastOptions
  @OptionGroup var reader: ReaderOption

  @Option(help: "The seed of what is drawn by chance.")
  var seed: UInt64 = 1

  @Flag(help: "List the deals behind each row, by id; with --checks all records of a finding.")
  var ids = false

  @Flag(
    help: """
      Show instead what the checks for bent numbers found: rushes at period ends, scores lifted \
      over the line, meetings that were not, first touches by machines.
      """
  )
  var checks = false

  @Flag(help: "Leave out how past forecasts held; they take a while on a large record.")
  var noRecord = false

  @Option(help: "How the answer is written: table or json.")
  var format = ReportFormat.table

  @Option(name: [.short, .long], help: "Write a page with pictures to this file, as x.html.")
  var output: String?

  /// The command without its options.
  public init() {}

  /// Where the period stands, or what the checks for bent numbers found.
  public struct Answer {
    /// Quota, wins, odds and payouts; nil where `--checks` asks for the checks alone.
    public let attainment: AttainmentAnswer?
    /// What the checks for bent numbers found; nil for those who may not see everybody's numbers.
    public let gaming: GamingReport?
    /// The facts, read under the agreement.
    public let history: CompanyHistory
    /// The agreement, with the reader that was asked for.
    public let agreement: Agreement

    /// What of the checks is worth a look beside attainment.
    public var worthALook: WorthALook? { gaming.map { WorthALook($0, of: history) } }
  }

  /// Attainment as asked.
  public func answer() throws -> Answer {
    let agreement = try ReadingShelf.namingAll {
      reader.speaking(try workspace.value.agreement(), in: format)
    }
    let wanted = try period.map { text in
      guard let period = AttainmentPeriod(text) else {
        throw InputError(
          code: "option.malformed-period",
          "--period \(text) is not a period.",
          remedy: "Write it as 2026, 2026-Q1 or 2026-01."
        )
      }
      return period
    }
    let shown = ReadingShelf.shownOwners
    if checks, shown != nil { throw Self.notShown }
    let instant = try past.instant(agreement.calendar)
    // Records are put together by people's names: what may not be seen is taken out at the end.
    let answer = try ReadingShelf.namingAll {
      try named(agreement, asOf: instant, wanted, showing: shown)
    }
    guard shown != nil else { return answer }
    // What is left of the history and the agreement speaks of the others by pseudonyms.
    return Answer(
      attainment: answer.attainment,
      gaming: nil,
      history: try workspace.value.cells(
        under: agreement,
        asOf: instant,
        knownBy: past.knownBy
      ).history,
      agreement: try workspace.value.shown(agreement)
    )
  }

  /// Attainment of those who may be seen, put together where everybody has a name.
  private func named(
    _ agreement: Agreement,
    asOf instant: Instant?,
    _ wanted: AttainmentPeriod?,
    showing shown: Set<String>?
  ) throws -> Answer {
    let (history, source) = try workspace.value.cells(
      under: agreement,
      asOf: instant,
      knownBy: past.knownBy
    )
    let facts = AttainmentFacts(workspace.value, source, knownBy: past.knownBy)
    guard !checks else {
      return Answer(
        attainment: nil,
        gaming: try facts.gaming(),
        history: history,
        agreement: agreement
      )
    }
    let asked = try PayoutWhatIf(parsing: whatIf, weights: weights, under: history.agreement)
    let builder = try facts.builder()
    let period = builder.period(wanted)
    var attainment = try source.kept(
      by: Kept(rule: agreement.journeyRule, period: period, seed: seed, noRecord: noRecord)
    ) {
      try builder.answer(
        AttainmentQuestion(
          period: period,
          record: noRecord ? nil : try record(period, source),
          seed: seed
        )
      )
    }
    if !asked.isEmpty { attainment = attainment.asking(asked, under: history.agreement) }
    if let shown { attainment = attainment.showing(only: shown, try facts.deals()) }
    return Answer(
      attainment: attainment,
      gaming: shown == nil ? try facts.gaming() : nil,
      history: history,
      agreement: agreement
    )
  }

  /// What attainment depends on besides the facts, results that are only asked about aside.
  private struct Kept: Hashable {
    let rule: JourneyRule
    let period: AttainmentPeriod
    let seed: UInt64
    let noRecord: Bool
  }

  /// What those are told who may not see everybody's numbers.
  private static let notShown = InputError(
    code: "attainment.checks-for-leadership",
    "the checks of records name people, and are for leadership alone.",
    remedy: "Ask somebody of leadership, or leave out --checks."
  )

  /// Attainment, or what the checks found, as JSON.
  public func json(_ answer: Answer) throws -> String {
    guard let attainment = answer.attainment else {
      return try answer.gaming.map { try GamingJSON($0, of: answer.history).text() } ?? ""
    }
    return try AttainmentJSON(
      attainment,
      under: answer.agreement,
      worthALook: answer.worthALook
    ).text()
  }

  /// Writes the answer as the command line asks for it.
  public func run() throws {
    let answer = try answer()
    if let output, let attainment = answer.attainment {
      let page = AttainmentHTML(
        attainment,
        under: answer.agreement,
        generatedBy: "plumbline \(Release.number)",
        worthALook: answer.worthALook
      )
      return try HTMLFile.write(page.text, to: output)
    }
    switch format {
    case .json: print(try json(answer), terminator: "")
    case .table: print(text(answer), terminator: "")
    }
  }

  private func text(_ answer: Answer) -> String {
    let layout = TextLayout(width: Console.width, isTerminal: Console.isStyled)
    guard let attainment = answer.attainment else {
      return answer.gaming.map {
        GamingText($0, of: answer.history, showsIDs: ids, layout: layout).text
      } ?? ""
    }
    return AttainmentText(
      attainment,
      under: answer.agreement,
      showsIDs: ids,
      worthALook: answer.worthALook,
      layout: layout
    ).text
  }

  /// How forecasts of such a length held in the past; nil where nothing is left to forecast.
  private func record(
    _ period: AttainmentPeriod,
    _ source: EmbeddedCells
  ) throws -> ForecastRecord? {
    let history = source.history
    let today = history.agreement.calendar.day(of: history.asOf)
    let last = period.days.upperBound
    guard last.dayNumber > today.dayNumber else { return nil }
    return try workspace.value.replay(
      of: QuotaQuestion(quota: 0, deadline: last, since: today, seed: seed),
      history,
      source.journeys(under: history.agreement.journeyRule),
      knownBy: past.knownBy,
      most: Self.mostReplays
    ).record
  }

  /// The most past dates at which the forecast is made again.
  private static let mostReplays = 12
}
