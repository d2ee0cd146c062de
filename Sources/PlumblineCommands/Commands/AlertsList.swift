public import ArgumentParser
public import PlumblineCore
import PlumblineReporting

/// `plumbline alerts list`.
public struct AlertsListCommand: Question {
  /// How the command line names and explains it.
  public static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Show what was sent, what failed, and what nobody knows of."
  )

  /// The workspace that it is asked of.
  @OptionGroup public var workspace: WorkspaceOption

  @Option(
    parsing: .upToNextOption,
    help: "Only alerts in these states: claimed, delivered, failed, unknown, released."
  )
  var state: [AlertRecord.State] = []

  @Option(help: "How many are listed, the newest first.")
  var limit = 50

  @Option(help: "How the list is written: table or json (all of them).")
  var format = OutputFormat.table

  /// The command without its options.
  public init() {}

  /// Refuses options that contradict each other.
  public func validate() throws {
    if format == .csv { throw ValidationError("--format of alerts is table or json.") }
    if limit < 1 { throw ValidationError("--limit must be 1 or more.") }
  }

  /// What was sent and what failed.
  public struct Answer {
    /// The alerts in the states asked for, the oldest first.
    public let records: [AlertRecord]
    /// The agreement, whose calendar tells the times.
    public let agreement: Agreement
  }

  /// The alerts as asked.
  public func answer() throws -> Answer {
    let agreement = try workspace.value.checkedAgreement().agreement
    let records = try workspace.value.alertRecords()
      .filter { state.isEmpty || state.contains($0.state) }
    return Answer(records: records, agreement: agreement)
  }

  /// The alerts as JSON, all of them.
  public func json(_ answer: Answer) throws -> String {
    try AlertListJSON(answer.records, under: answer.agreement).text()
  }

  /// Writes the answer as the command line asks for it.
  public func run() throws {
    let answer = try answer()
    if format == .json {
      print(try json(answer), terminator: "")
    } else {
      print(
        AlertListText(
          answer.records,
          under: answer.agreement,
          most: limit,
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text,
        terminator: ""
      )
    }
  }
}

extension AlertRecord.State: ExpressibleByArgument {}
