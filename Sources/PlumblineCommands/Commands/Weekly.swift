public import ArgumentParser
import Foundation
public import PlumblineCore
import PlumblineDelivery
import PlumblineReporting

/// `plumbline weekly`: one page for both teams.
public struct Weekly: Question {
  /// How the command line names and explains it.
  public static let configuration = CommandConfiguration(
    commandName: "weekly",
    abstract: "One page for both teams: promised, delivered, what became of every lead, what to do."
  )

  /// How the page is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, markdown, html, json, mail
  }

  /// The workspace that it is asked of.
  @OptionGroup public var workspace: WorkspaceOption

  @Option(help: "The week, as 2026-W07. (default: the last that is over)")
  var week: String?

  @Option(help: "A month in place of a week, as 2026-02; the last that is over when none is named.")
  var month: String?

  @OptionGroup var past: PastOptions

  @Option(help: "How the page is written: table, markdown, html, json or mail.")
  var format = Format.table

  @Option(
    name: .customLong("as"),
    help: "Whose words the page speaks: marketing, sales or leadership. (default: the usual words)"
  )
  var reader: Reader?

  @Option(name: [.short, .long], help: "The file to write; standard output when not given.")
  var output: String?

  @Option(help: "Who sends the mail, as \"Plumbline <plumbline@example.com>\".")
  var from: String?

  @Option(parsing: .upToNextOption, help: "Who gets the mail.")
  var to: [String] = []

  @Flag(
    help: """
      Send the page as a mail, through the mail server of alerts.yaml; to --to, or else to that \
      destination's receivers.
      """
  )
  var send = false

  @Option(help: "The mail destination of alerts.yaml to send through. (default: the only one)")
  var through: String?

  /// The command without its options.
  public init() {}

  /// The page and what it was counted from.
  public struct Answer: Sendable {
    /// What was promised and delivered, and what to do.
    public let weekly: WeeklyAnswer
    /// The facts, read under the agreement.
    public let history: CompanyHistory
    fileprivate let source: EmbeddedCells

    /// Tells of leads where they stand.
    public var leads: LeadSummaries { source.summaries(of: history) }
  }

  /// The page as asked.
  public func answer() throws -> Answer {
    var question = try QuestionOptions.parse([])
    question.past = past
    question.reader = reader
    let period = try period()
    let (history, source) = try workspace.value.cells(for: question)
    var records = try workspace.value.weeklyRecords(of: source, knownBy: past.knownBy)
    let wanted =
      month == "last"
      ? WeeklyPeriod.lastWhole(.month, by: history.asOf, history.agreement.calendar) : period
    let calendar = history.agreement.calendar
    records.pulse = try workspace.value.pulseLines(
      through: wanted?.lastDay ?? calendar.day(of: history.asOf)
    )
    return Answer(
      weekly: try WeeklyBuilder(source, records: records).answer(wanted),
      history: history,
      source: source
    )
  }

  /// The periods of which there are facts and that are over, the newest first.
  ///
  /// - Parameter kind: Weeks or months.
  /// - Returns: The periods, from the last that is over to the one in which the first lead came.
  /// - Throws: `InputError` when nothing was imported, or what the store throws.
  /// - Complexity: O(leads).
  public func periods(_ kind: WeeklyPeriod.Kind) throws -> [WeeklyPeriod] {
    let history = try workspace.value.cells().history
    let calendar = history.agreement.calendar
    let days = history.leads.created.lazy.filter(\.isDated).map { calendar.day(of: $0.instant) }
    guard let first = days.min() else { return [] }
    var periods: [WeeklyPeriod] = []
    var period = WeeklyPeriod.lastWhole(kind, by: history.asOf, calendar)
    while period.lastDay >= first {
      periods.append(period)
      period = period.previous
    }
    return periods
  }

  /// The page as JSON.
  public func json(_ answer: Answer) throws -> String {
    try WeeklyJSON(answer.weekly, under: answer.history.agreement).text()
  }

  /// Writes the answer as the command line asks for it.
  public func run() throws {
    let answer = try answer()
    if send { return try deliver(answer.weekly, answer.history.agreement) }
    try write(try page(answer))
  }

  private func page(_ asked: Answer) throws -> Data {
    let (answer, agreement) = (asked.weekly, asked.history.agreement)
    let program = "plumbline \(Release.number)"
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
    case .json: return Data(try json(asked).utf8)
    case .mail:
      let message = try WeeklyMail(answer, under: agreement, generatedBy: program).message(
        from: try MailAddress(parsing: from ?? "plumbline@localhost"),
        to: try (to.isEmpty ? ["plumbline@localhost"] : to).map { try MailAddress(parsing: $0) }
      )
      return Data(message.bytes)
    }
  }

  /// Sends the page as a mail.
  private func deliver(_ answer: WeeklyAnswer, _ agreement: Agreement) throws {
    let place = workspace.value
    let mails = try place.alertSettings().destinations.compactMap { destination in
      if case .mail(let settings) = destination.way { (destination.name, settings) } else { nil }
    }
    let chosen = mails.filter { through == nil || $0.0 == through }
    guard let (_, settings) = chosen.first, chosen.count == 1 else {
      let names = mails.map(\.0).joined(separator: ", ")
      throw InputError(
        code: "weekly.no-mail-server",
        mails.isEmpty
          ? "\(place.alertSettingsPath) names no mail server."
          : "\(place.alertSettingsPath) does not say through which of its mail servers to send.",
        remedy: mails.isEmpty
          ? "Add a destination with mail to it; Documentation/alerts.md shows one."
          : "Name one of \(names) with --through."
      )
    }
    let receivers = try to.isEmpty ? settings.to : to.map { try MailAddress(parsing: $0) }
    guard !receivers.isEmpty else {
      throw InputError(
        code: "weekly.nobody-to-send-to",
        "nobody is named who gets the mail.",
        remedy: "Name them with --to."
      )
    }
    let message = try WeeklyMail(
      answer,
      under: agreement,
      generatedBy: "plumbline \(Release.number)"
    ).message(from: try from.map { try MailAddress(parsing: $0) } ?? settings.from, to: receivers)
    let carrier = try MailCarrier(
      settings,
      environment: ProcessInfo.processInfo.environment,
      folder: place.folder.path
    )
    switch carrier.carry(Array(message.bytes), to: receivers) {
    case .taken: print("Sent to \(PlumblineReporting.Format.count(receivers.count, "receiver")).")
    case .refused(let reason, _):
      throw InputError(
        code: "weekly.not-sent",
        "the mail was not sent: \(reason).",
        remedy: "Look at the mail server's settings in \(place.alertSettingsPath), and try again."
      )
    case .uncertain(let reason):
      throw InputError(
        code: "weekly.perhaps-sent",
        "the mail went out, and nobody said what became of it: \(reason).",
        remedy: "Ask a receiver before you send it again; a mail sent twice has the same id."
      )
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

  /// The arguments of a command line with `last` after a `--month` of `weekly` that names none.
  static func withLastMonth(_ arguments: [String]) -> [String] {
    guard arguments.first == configuration.commandName,
      let place = arguments.firstIndex(of: "--month")
    else { return arguments }
    let next = arguments.dropFirst(place + 1).first
    guard next == nil || next?.hasPrefix("-") == true else { return arguments }
    var arguments = arguments
    arguments.insert("last", at: place + 1)
    return arguments
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
