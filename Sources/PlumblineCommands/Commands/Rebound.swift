public import ArgumentParser
import Foundation
public import PlumblineCore
public import PlumblineReporting
import PlumblineStorage

/// `plumbline rebound`: who gets a second chance, and what second chances brought.
public struct ReboundCommand: OpeningQuestion {
  /// How the command line names and explains it.
  public static let configuration = CommandConfiguration(
    commandName: "rebound",
    abstract: "List leads that get a second chance, those forgotten, and what came of the others.",
    discussion: """
      Without --output nothing is recorded. With it the lists of this week are written as CSV, and \
      what was put on which list is kept beside the store (plumbline.rebound): the same run twice \
      adds nothing.
      """
  )

  /// The workspace that it is asked of.
  @OptionGroup public var workspace: WorkspaceOption

  @Option(help: "Write the lists of this week to this folder, and remember who is on them.")
  var output: String?

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

  @OptionGroup var reader: ReaderOption

  @Option(help: "How the answer is written: table or json.")
  var format = ReportFormat.table

  /// The command without its options.
  public init() {}

  /// Who gets a second chance, and what it was found from.
  public struct Answer {
    /// The lists, the forgotten, and what came of earlier ones.
    public let rebound: Rebound
    /// The facts, read under the agreement.
    public let history: CompanyHistory
    /// The files that were written; none where it was only asked.
    public var files: [String] = []
    /// Who was put on which list before.
    public let record: ReboundRecord
  }

  /// The lists as they would be written; nothing is recorded.
  public func answer() throws -> Answer {
    let (builder, file, history) = try asked()
    let record = try file.record()
    return Answer(
      rebound: builder.answer(after: record, heeding: try decisions(history)),
      history: history,
      record: record
    )
  }

  /// The records behind a number of the answer, see `ReboundNumber.text(_:)`.
  public func records(behind number: String) throws -> NumberSections {
    let answer = try answer()
    let agreement = answer.history.agreement
    guard let wanted = ReboundNumber(number, of: answer.rebound, agreement) else {
      throw NumberSections.unknown(
        number,
        known: "Known are listed, waiting, listed_before, merged_away, left_alone:REASON, "
          + "stands:STAGE, stands:STAGE:GROUP, passes:first, passes:later, deals:first, deals:later "
          + "and before:all:LIST."
      )
    }
    return NumberSections(
      answer.rebound,
      behind: wanted,
      of: answer.history,
      try workspace.value.leadSummaries()
    )
  }

  /// Puts leads on their list of this week, as `--output` does.
  ///
  /// The next run with `--output` writes the list with them, and never lists them again.
  ///
  /// - Parameters:
  ///   - lead: The lead's id, whatever was decided of it before; all that may go on the list when
  ///     nil, without those that were put off or declined.
  ///   - list: The list.
  /// - Returns: How many are new there; 0 for a lead that is on the list already.
  /// - Throws: `InputError` with code `rebound.not-due` for a lead that is not due for this list now,
  ///   or when another run is writing lists.
  public func accept(_ lead: String?, for list: String) throws -> Int {
    let (builder, file, history) = try asked()
    let lock = try file.lock()
    defer { lock.open() }
    var record = try file.record()
    let decisions = lead == nil ? try decisions(history) : []
    let entries = builder.answer(after: record, heeding: decisions).newEntries.filter {
      $0.list == list && (lead == nil || $0.lead == lead)
    }
    if let lead, entries.isEmpty {
      if record.entries.contains(where: { $0.lead == lead && $0.list == list }) { return 0 }
      throw Self.notDue(lead, list)
    }
    guard !entries.isEmpty else { return 0 }
    record.add(entries)
    try file.save(record)
    return entries.count
  }

  /// Makes sure that a lead may go on a list now, so that something can be decided about it.
  ///
  /// - Parameters:
  ///   - lead: The lead's id.
  ///   - list: The list.
  /// - Throws: `InputError` with code `rebound.not-due` when it may not.
  public func check(_ lead: String, for list: String) throws {
    let (builder, file, _) = try asked()
    let entries = builder.answer(after: try file.record()).newEntries
    guard entries.contains(where: { $0.lead == lead && $0.list == list }) else {
      throw Self.notDue(lead, list)
    }
  }

  private static func notDue(_ lead: String, _ list: String) -> InputError {
    InputError(
      code: "rebound.not-due",
      "lead \"\(lead.prefix(60))\" is not due for the list \"\(list.prefix(60))\" now.",
      remedy: "Look at the list again: the lead may be on it already, have come back, or somebody "
        + "was in touch."
    )
  }

  /// What people decided in the web app; a question about the past heeds what was decided by then.
  private func decisions(_ history: CompanyHistory) throws -> [ReboundDecision] {
    try workspace.value.reboundDecisions().filter { asOf == nil || $0.at <= history.asOf }
  }

  /// The lists as JSON.
  public func json(_ answer: Answer) throws -> String {
    try ReboundJSON(answer.rebound, of: answer.history, files: answer.files).text()
  }

  /// Who can be listed, and who was.
  private func asked() throws -> (ReboundBuilder, ReboundFile, CompanyHistory) {
    let agreement = reader.speaking(try workspace.value.agreement(), in: format)
    let (history, _) = try workspace.value.cells(
      under: agreement,
      asOf: try asOf.map { try QuestionOptions.instant($0, "--as-of", agreement.calendar) }
    )
    let builder = try ReboundBuilder(reading: try workspace.value.facts(), for: history)
    return (
      builder, ReboundFile(path: workspace.value.reboundPath), history
    )
  }

  /// Writes the lists of this week to a folder, and remembers who is on them.
  private func write(to folder: String) throws -> Answer {
    let (builder, file, history) = try asked()
    let lists = try ReboundLists(folder: folder, calendar: history.agreement.calendar)
    let lock = try file.lock()
    defer { lock.open() }
    var record = try file.record()
    let rebound = builder.answer(after: record, heeding: try decisions(history))
    var answer = Answer(rebound: rebound, history: history, record: record)
    // First remembered, then written: a list that a crash keeps from being written is written by
    // the next run, and nobody is ever listed twice.
    record.add(answer.rebound.newEntries)
    try file.save(record)
    answer.files = try lists.write(record, answer.rebound, history)
    record.noteWritten()
    try file.save(record)
    return answer
  }

  /// Writes the answer as the command line asks for it.
  public func run() throws {
    let answer = try output.map { try write(to: $0) } ?? answer()
    switch format {
    case .json: print(try json(answer), terminator: "")
    case .table:
      print(
        ReboundText(
          answer.rebound,
          of: answer.history,
          files: answer.files,
          showsIDs: ids,
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text,
        terminator: ""
      )
    }
  }
}

/// The lists of a folder.
struct ReboundLists {
  let folder: URL
  let calendar: LocalCalendar

  /// The lists of a folder, which is made where there is none.
  ///
  /// - Throws: `InputError` when it cannot be made.
  init(folder: String, calendar: LocalCalendar) throws {
    self.folder = URL(fileURLWithPath: folder, isDirectory: true)
    self.calendar = calendar
    do {
      try FileManager.default.createDirectory(
        at: self.folder,
        withIntermediateDirectories: true
      )
    } catch {
      throw InputError(
        code: "rebound.no-folder",
        "\(folder) is not a folder, and none can be made there.",
        remedy: "Name a folder that you may write to with --output."
      )
    }
  }

  /// Writes this week's lists, those of earlier weeks that were not written, and the forgotten.
  ///
  /// - Returns: The files' paths.
  func write(
    _ record: ReboundRecord,
    _ rebound: Rebound,
    _ history: CompanyHistory
  ) throws -> [String] {
    // The same words as the file of the forgotten would take its name.
    let forgotten = "forgotten leads"
    var files: [String] = []
    for week in Set(record.unwrittenWeeks + [rebound.week]).sorted() {
      let lists = record.lists(of: week)
      let names = ReboundCSV.fileNames(of: [forgotten] + lists.map(\.list), in: week)
      for (name, list) in zip(names.dropFirst(), lists) {
        files.append(try write(ReboundCSV(list.entries, calendar).text, to: name))
      }
      if week == rebound.week, let name = names.first {
        files.append(try write(ForgottenCSV(rebound, of: history).text, to: name))
      }
    }
    return files
  }

  private func write(_ text: String, to name: String) throws -> String {
    let path = folder.appendingPathComponent(name).relativePath
    try WholeFile.write(text, to: path)
    return path
  }
}
