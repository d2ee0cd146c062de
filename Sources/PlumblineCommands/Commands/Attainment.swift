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
    /// What the checks for bent numbers found.
    public let gaming: GamingReport
    /// The facts, read under the agreement.
    public let history: CompanyHistory
    /// The agreement, with the reader that was asked for.
    public let agreement: Agreement

    /// What of the checks is worth a look beside attainment.
    public var worthALook: WorthALook { WorthALook(gaming, of: history) }
  }

  /// Attainment as asked.
  public func answer() throws -> Answer {
    let agreement = reader.speaking(try workspace.value.agreement(), in: format)
    let period = try period.map { text in
      guard let period = AttainmentPeriod(text) else {
        throw InputError(
          code: "option.malformed-period",
          "--period \(text) is not a period.",
          remedy: "Write it as 2026, 2026-Q1 or 2026-01."
        )
      }
      return period
    }
    let (history, source) = try workspace.value.cells(
      under: agreement,
      asOf: try past.instant(agreement.calendar),
      knownBy: past.knownBy
    )
    let store = try workspace.value.facts()
    let ledger = try Ledger(
      reading: store,
      through: past.knownBy,
      kinds: DealRecords.kinds.union(GamingRecords.kinds).union(WeeklyRecords.kinds)
    )
    try history.load([.activities])
    let journeys = source.journeys(under: agreement.journeyRule)
    let gaming = GamingDetectors(GamingRecords(ledger, for: history, journeys)).report()
    if checks {
      return Answer(attainment: nil, gaming: gaming, history: history, agreement: agreement)
    }
    let asked = try PayoutWhatIf(parsing: whatIf, weights: weights, under: history.agreement)
    let builder = AttainmentBuilder(
      source,
      deals: DealRecords(ledger, for: history),
      records: try WeeklyRecords(reading: store, ledger, for: history, through: past.knownBy),
      economics: try EconomicsRecords(reading: store, for: history, through: past.knownBy)
    )
    let attainment = try builder.answer(
      AttainmentQuestion(
        period: period,
        whatIf: asked.isEmpty ? nil : asked,
        record: try noRecord ? nil : record(builder.period(period), history, journeys),
        seed: seed
      )
    )
    return Answer(
      attainment: attainment,
      gaming: gaming,
      history: history,
      agreement: agreement
    )
  }

  /// Attainment, or what the checks found, as JSON.
  public func json(_ answer: Answer) throws -> String {
    guard let attainment = answer.attainment else {
      return try GamingJSON(answer.gaming, of: answer.history).text()
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
      return GamingText(answer.gaming, of: answer.history, showsIDs: ids, layout: layout).text
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
    _ history: CompanyHistory,
    _ journeys: Journeys
  ) throws -> ForecastRecord? {
    let today = history.agreement.calendar.day(of: history.asOf)
    let last = period.days.upperBound
    guard last.dayNumber > today.dayNumber else { return nil }
    return try workspace.value.replay(
      of: QuotaQuestion(quota: 0, deadline: last, since: today, seed: seed),
      history,
      journeys,
      knownBy: past.knownBy,
      most: Self.mostReplays
    ).record
  }

  /// The most past dates at which the forecast is made again.
  private static let mostReplays = 12
}
