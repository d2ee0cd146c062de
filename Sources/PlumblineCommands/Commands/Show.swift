import ArgumentParser
import Foundation
import PlumblineCore
import PlumblineReporting

/// `plumbline show`: down to the record.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one record: everything known of a lead, with file and line of each fact.",
    subcommands: [ShowLead.self]
  )
}

/// `plumbline show lead`.
struct ShowLead: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lead",
    abstract: "Everything known of a lead, in order of time."
  )

  @OptionGroup var workspace: WorkspaceOption
  @OptionGroup var reader: ReaderOption

  @Option(help: "How the answer is written: table or json.")
  var format = ReportFormat.table

  @Argument(help: "The lead's id, or another id that leads to it.")
  var id: String

  func run() throws {
    let store = try workspace.value.store()
    let (company, _) = try workspace.value.cells()
    let agreement = company.agreement
    // Of all facts only those of this lead, under whatever ids.
    var selection = FactSelection()
    if let code = company.texts[.lead].code(of: id) { selection.leads.insert(Int64(code)) }
    let ledger = try Ledger(reading: store, selecting: try selection.closed(in: store))
    let history = StageGates.apply(
      to: CompanyHistory(ledger, under: agreement, asOf: company.asOf),
      ledger
    )
    let timeline = try LeadTimelineBuilder(ledger, history, store).timeline(of: id)
    switch format {
    case .json: print(try LeadTimelineJSON(timeline, under: agreement).text(), terminator: "")
    case .table:
      print(
        LeadTimelineText(
          timeline,
          under: reader.speaking(agreement, in: format),
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text,
        terminator: ""
      )
    }
  }
}
