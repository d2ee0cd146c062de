import ArgumentParser
import Foundation
import PlumblineCore
import PlumblineReporting

/// `plumbline attainment`: quota, what was won, where it will end, and what both teams are paid.
struct Attainment: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attainment",
    abstract: "Quota against what was won, for the team, each rep and month; odds, and payouts."
  )

  @OptionGroup var workspace: WorkspaceOption

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

  @Option(
    name: .customLong("as-of"),
    help: """
      Count only what had happened by then: 2026-01-31 (the end of that day) or \
      2026-01-31T17:00. (default: the newest fact)
      """
  )
  var asOf: String?

  @Option(
    name: .customLong("known-by"),
    help: "Count only what the imports up to this number brought, to make an earlier answer again."
  )
  var knownBy: Int?

  @Option(
    name: .customLong("as"),
    help: "Whose words the answer speaks: marketing, sales or leadership; numbers are the same."
  )
  var reader: Reader?

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

  func run() throws {
    var question = try QuestionOptions.parse([])
    question.asOf = asOf
    question.knownBy = knownBy
    question.reader = reader
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
    let (history, source) = try workspace.value.cells(for: question)
    let store = try workspace.value.store()
    let layout = TextLayout(width: Console.width, isTerminal: Console.isStyled)
    let gaming = try GamingDetectors(
      GamingRecords(
        reading: store,
        for: history,
        source.journeys(under: history.agreement.journeyRule),
        through: knownBy
      )
    ).report()
    if checks {
      let text =
        format == .json
        ? try GamingJSON(gaming, of: history).text()
        : GamingText(gaming, of: history, showsIDs: ids, layout: layout).text
      return print(text, terminator: "")
    }
    let asked = try PayoutWhatIf(parsing: whatIf, weights: weights, under: history.agreement)
    let builder = AttainmentBuilder(
      source,
      deals: try DealRecords(reading: store, for: history, through: knownBy),
      records: try WeeklyRecords(reading: store, for: history, through: knownBy),
      economics: try EconomicsRecords(reading: store, for: history, through: knownBy)
    )
    let answer = try builder.answer(
      AttainmentQuestion(
        period: period,
        whatIf: asked.isEmpty ? nil : asked,
        record: try noRecord ? nil : record(builder.period(period), history, source),
        seed: seed
      )
    )
    if let output {
      let page = AttainmentHTML(
        answer,
        under: history.agreement,
        generatedBy: "plumbline \(Plumbline.release)"
      )
      return try HTMLFile.write(page.text, to: output)
    }
    switch format {
    case .json: print(try AttainmentJSON(answer, under: history.agreement).text(), terminator: "")
    case .table:
      print(
        AttainmentText(
          answer,
          under: history.agreement,
          showsIDs: ids,
          gaming: (gaming, history),
          layout: layout
        ).text,
        terminator: ""
      )
    }
  }

  /// How forecasts of such a length held in the past; nil where nothing is left to forecast.
  private func record(
    _ period: AttainmentPeriod,
    _ history: CompanyHistory,
    _ source: EmbeddedCells
  ) throws -> ForecastRecord? {
    let today = history.agreement.calendar.day(of: history.asOf)
    let last = period.days.upperBound
    guard last.dayNumber > today.dayNumber else { return nil }
    let rule = history.agreement.journeyRule
    return try workspace.value.replay(
      of: QuotaQuestion(quota: 0, deadline: last, since: today, seed: seed),
      history,
      source.journeys(under: rule),
      knownBy: knownBy,
      most: Self.mostReplays
    ).record
  }

  /// The most past dates at which the forecast is made again.
  private static let mostReplays = 12
}
