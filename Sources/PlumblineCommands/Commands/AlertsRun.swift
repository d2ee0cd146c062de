import ArgumentParser
import Foundation
import PlumblineCore
import PlumblineDelivery
import PlumblineReporting
import PlumblineStorage

/// `plumbline alerts run`.
struct AlertsRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Send what has not been sent yet; meant to be run every few minutes."
  )

  /// What `--fail-on` may watch for.
  enum Watched: String, ExpressibleByArgument, CaseIterable {
    case undelivered
  }

  /// Facts older than this may no longer say what people have done since.
  private static let freshSeconds: Int64 = 86_400

  @OptionGroup var workspace: WorkspaceOption

  @Flag(name: .customLong("dry-run"), help: "Say what would be sent; send and note nothing.")
  var isDryRun = false

  @Option(
    help: "The present, as 2026-01-31T17:00 in the agreement's time zone. (default: the clock)"
  )
  var now: String?

  @Option(help: "How the report is written: table or json.")
  var format = OutputFormat.table

  @Option(
    name: .customLong("fail-on"),
    help: "Exit with 1 when an alert did not, or may not have, arrived: undelivered."
  )
  var failOn: Watched?

  func validate() throws {
    if format == .csv { throw ValidationError("--format of alerts is table or json.") }
  }

  func run() throws {
    let place = workspace.value
    let settings = try place.alertSettings()
    let agreement = try place.checkedAgreement().agreement
    let instant = try present(agreement.calendar)
    try warnOfOldFacts(place, instant)
    let steps = try Self.openSteps(in: place, at: instant, agreement.calendar)
    let report = try Self.deliver(
      steps,
      settings,
      under: agreement,
      in: place,
      at: instant,
      isDryRun: isDryRun
    )
    try show(report, agreement, onErrors: settings.usesStandardOutput && !isDryRun)
    if !report.problems.isEmpty {
      Console.complain(report.problems)
      throw ExitCode(2)
    }
    if failOn == .undelivered, report.hasFailures { throw ExitCode(1) }
  }

  /// Shows the report; on standard error where a destination's alerts are on standard output.
  private func show(_ report: AlertReport, _ agreement: Agreement, onErrors: Bool) throws {
    let layout = TextLayout(width: Console.width, isTerminal: Console.isStyled && !onErrors)
    let text =
      format == .json
      ? try AlertReportJSON(report, under: agreement).text()
      : AlertReportText(report, under: agreement, layout: layout).text
    if onErrors {
      FileHandle.standardError.write(Data(text.utf8))
    } else {
      print(text, terminator: "")
    }
  }

  /// The steps of all open promises at an instant, as `plumbline sla --now` finds them: none of
  /// what fell due on a day after facts end, for nobody knows whether it was done.
  static func openSteps(
    in place: Workspace,
    at instant: Instant,
    _ calendar: LocalCalendar
  ) throws -> [SLAStep] {
    let question = try QuestionOptions.parse(["--as-of", localTime(instant, calendar)])
    let (_, source) = try place.cells(for: question)
    let facts = try place.store()
    return try SLABuilder(source, reading: facts, through: nil)
      .answer(factsUntil: Workspace.factsEnd(facts, calendar, through: nil))
      .steps
  }

  /// Tells the destinations of some steps, or says what would be told.
  static func deliver(
    _ steps: [SLAStep],
    _ settings: AlertSettings,
    under agreement: Agreement,
    in place: Workspace,
    at instant: Instant,
    isDryRun: Bool
  ) throws -> AlertReport {
    let clock = BusinessClock(agreement.workingTime, calendar: agreement.calendar)
    let writer = AlertMessages(
      under: agreement,
      layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
    )
    let folder = place.folder.path
    func delivery(_ log: any AlertLog) -> AlertDelivery {
      AlertDelivery(settings: settings, log: log, writer: writer) {
        (destination) throws(InputError) in
        try AlertCarriers.carrier(
          to: destination,
          environment: ProcessInfo.processInfo.environment,
          folder: folder
        )
      }
    }
    if isDryRun {
      let log = RehearsalLog(known: try place.alertRecords())
      return try delivery(log).rehearse(steps, at: instant, clock: clock)
    }
    let lock = try AlertRunLock(besideLog: place.alertLogPath)
    defer { withExtendedLifetime(lock) {} }
    let log = try SQLiteAlertLog(path: place.alertLogPath)
    return try delivery(log)
      .run(steps, at: instant, clock: clock, run: UUID().uuidString.lowercased())
  }

  private func present(_ calendar: LocalCalendar) throws -> Instant {
    guard let now else { return Instant(seconds: Int64(Date().timeIntervalSince1970)) }
    return try QuestionOptions.instant(now, "--now", calendar)
  }

  /// Says so when nothing was imported for a day: a lead may have been called since.
  private func warnOfOldFacts(_ place: Workspace, _ instant: Instant) throws {
    guard let newest = try place.store().imports().map(\.seenAt).max(),
      instant.seconds - newest > Self.freshSeconds
    else { return }
    Console.complain(
      Diagnostic(
        .warning,
        code: "alerts.old-facts",
        "nothing was imported in the last \((instant.seconds - newest) / 3600) hours; what people "
          + "have done since is not known, so nothing is told that fell due on a later day.",
        remedy: "Import what is new, then run the alerts."
      ).description
    )
  }

  /// An instant as `--as-of` takes it.
  private static func localTime(_ instant: Instant, _ calendar: LocalCalendar) -> String {
    let local = instant.seconds + calendar.offset(at: instant)
    let second = ((local % 86_400) + 86_400) % 86_400
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(calendar.day(of: instant))T\(two(second / 3600)):\(two(second / 60 % 60)):"
      + two(second % 60)
  }
}

/// A log for a rehearsal: it knows what was told and takes nothing.
private struct RehearsalLog: AlertLog {
  let known: [AlertRecord]

  func records() -> [AlertRecord] { known }

  func claim(
    _ steps: [SLAStep],
    for destination: String,
    run: String,
    at now: Instant
  ) -> [SLAStep] { [] }

  func settle(
    _ alerts: [AlertID],
    as outcome: AlertOutcome,
    run: String,
    at now: Instant
  ) {}

  func closeAbandoned(except run: String, at now: Instant) -> Int { 0 }

  func release(_ number: Int, at now: Instant) -> AlertRecord? { nil }
}
