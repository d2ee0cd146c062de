public import ArgumentParser
import Foundation
public import PlumblineCore
public import PlumblineReporting

/// `plumbline show`: down to the record.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one record: everything known of a lead, with file and line of each fact.",
    subcommands: [ShowLead.self]
  )
}

/// `plumbline show lead`.
public struct ShowLead: Question {
  /// How the command line names and explains it.
  public static let configuration = CommandConfiguration(
    commandName: "lead",
    abstract: "Everything known of a lead, in order of time."
  )

  /// The workspace that it is asked of.
  @OptionGroup public var workspace: WorkspaceOption
  @OptionGroup var reader: ReaderOption

  @Option(help: "How the answer is written: table or json.")
  var format = ReportFormat.table

  @Argument(help: "The lead's id, or another id that leads to it.")
  var id: String

  /// The command without its options.
  public init() {}

  /// What is known of a lead.
  public struct Answer {
    /// Its touches, activities, stages and all else, in order of time.
    public let timeline: LeadTimeline
    /// The agreement under which it was read.
    public let agreement: Agreement
    /// The instant up to which facts count in episodes and scores.
    public let asOf: Instant
  }

  /// The lead's timeline.
  public func answer() throws -> Answer {
    let store = try workspace.value.facts()
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
    return Answer(
      timeline: try LeadTimelineBuilder(ledger, history, store).timeline(of: id),
      agreement: reader.speaking(agreement, in: format),
      asOf: company.asOf
    )
  }

  /// The lead's timeline as JSON.
  public func json(_ answer: Answer) throws -> String {
    try LeadTimelineJSON(answer.timeline, under: answer.agreement).text()
  }

  /// Writes the answer as the command line asks for it.
  public func run() throws {
    let answer = try answer()
    switch format {
    case .json: print(try json(answer), terminator: "")
    case .table:
      print(
        LeadTimelineText(
          answer.timeline,
          under: answer.agreement,
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text,
        terminator: ""
      )
    }
  }
}
