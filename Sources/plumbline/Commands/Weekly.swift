import ArgumentParser
import Foundation
import PlumblineCore
import PlumblineReporting

/// `plumbline weekly`: one page for both teams.
struct Weekly: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weekly",
    abstract: "One page for both teams: promised, delivered, what became of every lead, what to do."
  )

  /// How the page is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, markdown, html, json, mail
  }

  @OptionGroup var workspace: WorkspaceOption

  @Option(help: "The week, as 2026-W07. (default: the last that is over)")
  var week: String?

  @Option(help: "A month in place of a week, as 2026-02, or last for the last that is over.")
  var month: String?

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
    help: "Count only what the imports up to this number brought, to make an earlier page again."
  )
  var knownBy: Int?

  @Option(help: "How the page is written: table, markdown, html, json or mail.")
  var format = Format.table

  @Option(name: [.short, .long], help: "The file to write; standard output when not given.")
  var output: String?

  @Option(help: "Who sends the mail, as \"Plumbline <plumbline@example.com>\".")
  var from: String?

  @Option(parsing: .upToNextOption, help: "Who gets the mail.")
  var to: [String] = []

  func run() throws {
    var question = try QuestionOptions.parse([])
    question.asOf = asOf
    question.knownBy = knownBy
    let period = try period()
    let (history, source) = try workspace.value.cells(for: question)
    let records = try WeeklyRecords(
      reading: try workspace.value.store(),
      for: history,
      through: knownBy
    )
    let wanted =
      month == "last"
      ? WeeklyPeriod.lastWhole(.month, by: history.asOf, history.agreement.calendar) : period
    let answer = try WeeklyBuilder(source, records: records).answer(wanted)
    try write(try page(answer, history.agreement))
  }

  private func page(_ answer: WeeklyAnswer, _ agreement: Agreement) throws -> Data {
    let program = "plumbline \(Plumbline.release)"
    switch format {
    case .table:
      let isShown = output == nil
      let layout = TextLayout(
        width: isShown ? Console.width : 80,
        isTerminal: isShown && Console.isStyled
      )
      return Data(WeeklyText(answer, under: agreement, layout: layout).text.utf8)
    case .markdown: return Data(WeeklyMarkdown(answer, under: agreement).text.utf8)
    case .html:
      return Data(WeeklyHTML(answer, under: agreement, generatedBy: program).text.utf8)
    case .json: return Data(try WeeklyJSON(answer, under: agreement).text().utf8)
    case .mail:
      let message = try WeeklyMail(answer, under: agreement, generatedBy: program).message(
        from: try MailAddress(parsing: from ?? "plumbline@localhost"),
        to: try (to.isEmpty ? ["plumbline@localhost"] : to).map { try MailAddress(parsing: $0) }
      )
      return Data(message.bytes)
    }
  }

  private func write(_ data: Data) throws {
    guard let output else {
      FileHandle.standardOutput.write(data)
      return
    }
    guard FileManager.default.createFile(atPath: output, contents: data) else {
      throw InputError(
        code: "report.not-written",
        "\(output) cannot be written.",
        remedy: "Name a file in a folder that you may write to, with --output."
      )
    }
    print("Wrote \(output).")
  }

  /// The period that was asked for; nil for the last week, and for the last month.
  private func period() throws -> WeeklyPeriod? {
    if week != nil, month != nil {
      throw InputError(
        code: "option.two-periods",
        "--week and --month cannot both be given.",
        remedy: "Leave one of them out."
      )
    }
    if let week { return try period(week, .week, "--week", "Write it as 2026-W07.") }
    guard let month, month != "last" else { return nil }
    return try period(month, .month, "--month", "Write it as 2026-02, or last.")
  }

  private func period(
    _ text: String,
    _ kind: WeeklyPeriod.Kind,
    _ option: String,
    _ remedy: String
  ) throws -> WeeklyPeriod {
    guard let period = WeeklyPeriod(text), period.kind == kind else {
      throw InputError(
        code: "option.unreadable-period",
        "\(option) \(text) is not a \(kind.rawValue).",
        remedy: remedy
      )
    }
    return period
  }
}
