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

  @Flag(help: "List the deals behind each row, by id.")
  var ids = false

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
    let asked = try PayoutWhatIf(parsing: whatIf, weights: weights, under: history.agreement)
    let answer = try AttainmentBuilder(
      source,
      deals: try DealRecords(reading: store, for: history, through: knownBy),
      records: try WeeklyRecords(reading: store, for: history, through: knownBy)
    ).answer(
      AttainmentQuestion(period: period, whatIf: asked.isEmpty ? nil : asked, seed: seed)
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
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text,
        terminator: ""
      )
    }
  }
}
