public import ArgumentParser
public import PlumblineCore
import PlumblineReporting

/// `plumbline alerts list`.
struct AlertsListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Show what was sent, what failed, and what nobody knows of."
  )

  @OptionGroup var workspace: WorkspaceOption

  @Option(
    parsing: .upToNextOption,
    help: "Only alerts in these states: claimed, delivered, failed, unknown, released."
  )
  var state: [AlertRecord.State] = []

  @Option(help: "How many are listed, the newest first.")
  var limit = 50

  @Option(help: "How the list is written: table or json (all of them).")
  var format = OutputFormat.table

  func validate() throws {
    if format == .csv { throw ValidationError("--format of alerts is table or json.") }
    if limit < 1 { throw ValidationError("--limit must be 1 or more.") }
  }

  func run() throws {
    let agreement = try workspace.value.checkedAgreement().agreement
    let records = try workspace.value.alertRecords()
      .filter { state.isEmpty || state.contains($0.state) }
    if format == .json {
      print(try AlertListJSON(records, under: agreement).text(), terminator: "")
    } else {
      print(
        AlertListText(
          records,
          under: agreement,
          most: limit,
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text,
        terminator: ""
      )
    }
  }
}

extension AlertRecord.State: ExpressibleByArgument {}
