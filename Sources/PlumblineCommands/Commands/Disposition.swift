public import ArgumentParser
import Foundation
import PlumblineConnectors
public import PlumblineCore
import PlumblineReporting
import PlumblineStorage

/// `plumbline disposition`: what sales said of the leads that it was given.
struct DispositionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disposition",
    abstract: "Import what sales said of leads, and set it beside what marketing believed.",
    subcommands: [DispositionImport.self, DispositionReport.self]
  )
}

/// `plumbline disposition import`.
struct DispositionImport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Read CSV files with a lead, a reason, a date and an owner a row.",
    discussion: """
      Reasons must be on the agreement's list (dispositions in agreement.yaml); a file with any other \
      is refused whole. An import is stored whole or not at all, and the same file twice adds nothing.
      """
  )

  @OptionGroup var workspace: WorkspaceOption

  @Option(
    name: .customLong("date-order"),
    help:
      "How dates such as 3/4/2026 are meant where a column leaves it open: day-first or month-first."
  )
  var dateOrder: DateOrderArgument?

  @Option(help: "When the files were exported, as 2026-01-31 or 2026-01-31T17:00.")
  var exported: String?

  @Flag(name: .customLong("show-mapping"), help: "Print how the files are read; import nothing.")
  var showsMapping = false

  @Option(help: "How the report is written: table or json.")
  var format = ReportFormat.table

  @Argument(help: "The files.")
  var files: [String] = []

  func run() throws {
    guard !files.isEmpty else {
      throw InputError(
        code: "import.no-files",
        "no files were given.",
        remedy: "Name the files to read: plumbline disposition import answers.csv …"
      )
    }
    let workspace = workspace.value
    let agreement = try workspace.agreement()
    let file = try DispositionFile(files, under: agreement)
    if showsMapping {
      print(file.yaml, terminator: "")
      return
    }
    for note in file.notes { Console.complain(note.description) }
    tellColumns(file)
    let store = try workspace.storeForImport()
    try warnOfUnknownLeads(file, try store.texts([.lead], isIndexed: true)[.lead])
    let progress = Progress()
    let report = try workspace.importFiles(
      files,
      by: file.mapping,
      options: FileImport.Options(dateOrder: dateOrder?.value),
      exportedAt: try exported.map {
        try QuestionOptions.instant($0, "--exported", agreement.calendar)
      },
      now: Instant(seconds: Int64(Date().timeIntervalSince1970))
    ) { text in progress.tell(text) }
    progress.finish()
    switch format {
    case .json: print(try ImportReportJSON(report).text(), terminator: "")
    case .table:
      print(
        ImportReportText(
          report,
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text,
        terminator: ""
      )
    }
  }

  /// Says which column was taken for what.
  private func tellColumns(_ file: DispositionFile) {
    for part in file.mapping.files {
      let columns = part.records.flatMap(\.fields).flatMap { field in
        field.columns.map { "\(field.column == "at" ? "date" : field.column) from \"\($0.name)\"" }
      }
      let name = part.patterns.map(\.text).joined(separator: ", ")
      Console.complain("\(name): \(columns.joined(separator: ", "))")
    }
  }

  /// A word on a lead that nobody knows answers nothing.
  private func warnOfUnknownLeads(_ file: DispositionFile, _ known: TextDictionary) throws {
    let unknown = file.leads.filter { known.code(of: $0.id) == nil }
    guard let first = unknown.first else { return }
    Console.complain(
      Diagnostic(
        .warning,
        code: "disposition.unknown-lead",
        unknown.count == 1
          ? "a lead is named that no import has brought yet."
          : "\(unknown.count) leads are named that no import has brought yet.",
        at: first.location,
        remedy:
          "Check that the file names leads by the ids of the CRM; what is said of them counts "
          + "once they are imported."
      ).description
    )
  }
}

/// `plumbline disposition report`.
public struct DispositionReport: Question {
  /// How the command line names and explains it.
  public static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "What sales said and found, beside what marketing believed, and how it was recorded."
  )

  /// The workspace that it is asked of.
  @OptionGroup public var workspace: WorkspaceOption

  @Option(help: "Only leads handed over on this day or later, as 2026-01-31.")
  var from: String?

  @Option(help: "Only leads handed over on this day or earlier, as 2026-01-31.")
  var to: String?

  @Option(
    name: .customLong("as-of"),
    help: """
      Count only what had happened by then: 2026-01-31 (the end of that day) or \
      2026-01-31T17:00. (default: the newest fact)
      """
  )
  var asOf: String?

  @Flag(help: "List the leads behind each number.")
  var ids = false

  @Option(help: "How the answer is written: table or json.")
  var format = ReportFormat.table

  /// The command without its options.
  public init() {}

  /// What sales said, and what it was found from.
  public struct Answer {
    /// What sales said and found, beside what marketing believed.
    public let voice: VoiceOfSales
    /// How outcomes were recorded.
    public let recorded: RecordedOutcomes
    /// The facts, read under the agreement.
    public let history: CompanyHistory
  }

  /// What sales said, as asked.
  public func answer() throws -> Answer {
    var question = try QuestionOptions.parse([])
    (question.asOf, question.from, question.to) = (asOf, from, to)
    let (first, last) = (try question.firstDay(), try question.lastDay())
    let (history, source) = try workspace.value.cells(for: question)
    let store = try workspace.value.facts()
    let today = history.agreement.calendar.day(of: history.asOf)
    var days: ClosedRange<CivilDate>?
    if first != nil || last != nil {
      let start = first ?? min(CivilDate(dayNumber: 0), last ?? today)
      days = start...max(start, last ?? today)
    }
    let ledger = try Ledger(
      reading: store,
      kinds: [.attribute, .deal, .disposition, .lead, .meeting, .merge, .stageEvent]
    )
    let voice = VoiceOfSales(
      history,
      source.journeys(under: history.agreement.journeyRule),
      attributes: LeadAttributes(ledger, asOf: history.asOf),
      dispositions: Dispositions(ledger, for: history),
      exitReasons: ExitReasons(ledger, for: history),
      handedOver: days
    )
    return Answer(
      voice: voice,
      recorded: RecordedOutcomes(ledger, for: history),
      history: history
    )
  }

  /// What sales said, as JSON.
  public func json(_ answer: Answer) throws -> String {
    try VoiceJSON(answer.voice, answer.recorded, of: answer.history).text()
  }

  /// Writes the answer as the command line asks for it.
  public func run() throws {
    let answer = try answer()
    switch format {
    case .json: print(try json(answer), terminator: "")
    case .table:
      print(
        VoiceText(
          answer.voice,
          answer.recorded,
          of: answer.history,
          showsIDs: ids,
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text,
        terminator: ""
      )
    }
  }
}
