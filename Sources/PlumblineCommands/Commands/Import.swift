import ArgumentParser
import Foundation
import PlumblineAgreement
import PlumblineConnectors
import PlumblineCore
import PlumblineReporting

/// `plumbline import`: reads files into the workspace.
struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Read CSV exports into the workspace, or suggest how to read them.",
    discussion: """
      A mapping file says what the columns mean; see Documentation/mapping.md. Nothing is \
      overwritten: a newer export adds what changed. An import is stored whole or not at all.
      """
  )

  @OptionGroup var workspace: WorkspaceOption

  @Option(
    name: [.short, .long],
    help: "The mapping file. (default: mapping.yaml in the workspace)"
  )
  var mapping: String?

  @Flag(help: "Print a mapping that fits the files, and import nothing.")
  var suggest = false

  @Option(
    name: .customLong("date-order"),
    help:
      "How dates such as 3/4/2026 are meant where a column leaves it open: day-first or month-first."
  )
  var dateOrder: DateOrderArgument?

  @Option(
    help: "How numbers such as 1.234 are meant where a column leaves it open: point or comma."
  )
  var decimal: DecimalArgument?

  @Option(help: "The currency of amounts that say none, three letters.")
  var currency: String?

  @Option(help: "When the files were exported, as 2026-01-31 or 2026-01-31T17:00.")
  var exported: String?

  @Option(name: .customLong("refused"), help: "Write the refused rows to this CSV file.")
  var refusedPath: String?

  @Option(help: "How the report is written: table or json.")
  var format = ReportFormat.table

  @Argument(help: "The files, or folders of files.")
  var files: [String] = []

  func run() throws {
    let paths = try expanded(files)
    if suggest {
      try suggestMapping(paths)
      return
    }
    let workspace = workspace.value
    let mapping = try readMapping(workspace)
    let progress = Progress()
    let report = try workspace.importFiles(
      paths,
      by: mapping,
      options: FileImport.Options(
        dateOrder: dateOrder?.value,
        decimal: decimal?.value,
        currency: try currencyCode()
      ),
      exportedAt: try exported.map {
        try QuestionOptions.instant($0, "--exported", try calendar(workspace, mapping))
      },
      now: Instant(seconds: Int64(Date().timeIntervalSince1970))
    ) { text in progress.tell(text) }
    progress.finish()
    if let refusedPath { try write(report.refused, to: refusedPath) }
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

  /// The clock of times that the command line names.
  private func calendar(_ workspace: Workspace, _ mapping: Mapping) throws -> LocalCalendar {
    let agreed = workspace.hasAgreement ? try workspace.agreement().calendar : nil
    return agreed ?? LocalCalendar(zoneName: mapping.zoneName) ?? .utc
  }

  private func currencyCode() throws -> String? {
    guard let code = currency?.uppercased() else { return nil }
    guard code.utf8.count == 3, code.allSatisfy({ ("A"..."Z").contains($0) }) else {
      throw InputError(
        code: "option.currency",
        "--currency \(currency ?? "") is not a currency.",
        remedy: "Write its three letters, such as EUR."
      )
    }
    return code
  }

  private func suggestMapping(_ paths: [String]) throws {
    let suggestion = try MappingSuggestion.suggest(paths: paths)
    for finding in suggestion.diagnostics { Console.complain(finding.description) }
    print(suggestion.yaml, terminator: "")
  }

  private func readMapping(_ workspace: Workspace) throws -> Mapping {
    let path = mapping ?? workspace.path(of: "mapping.yaml")
    guard let bytes = FileManager.default.contents(atPath: path) else {
      try Workspace.requireAbsence(path)
      throw InputError(
        code: "import.no-mapping-file",
        "there is no mapping file \(path).",
        remedy: "Make one with plumbline import --suggest FILE… > \(path), look it through, and "
          + "import again."
      )
    }
    let reading = MappingReader.read(Array(bytes), file: path)
    guard let mapping = reading.mapping else { throw InputError(reading.diagnostics) }
    for finding in reading.diagnostics { Console.complain(finding.description) }
    return mapping
  }

  /// Files as given; a folder stands for the files in it that look like tables.
  private func expanded(_ paths: [String]) throws -> [String] {
    guard !paths.isEmpty else {
      throw InputError(
        code: "import.no-files",
        "no files were given.",
        remedy: "Name the files to read: plumbline import --mapping mapping.yaml contacts.csv …"
      )
    }
    var expanded: [String] = []
    for path in paths {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
      else {
        expanded.append(path)
        continue
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
      expanded += names.filter { name in
        [".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz"].contains { name.lowercased().hasSuffix($0) }
      }.map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
    }
    guard !expanded.isEmpty else {
      throw InputError(
        code: "import.no-files",
        "there are no files ending in .csv, .tsv or .txt in \(paths.joined(separator: ", ")).",
        remedy: "Name the files themselves, or the folder that holds them."
      )
    }
    return expanded
  }

  private func write(_ rows: [ImportReport.RefusedRow], to path: String) throws {
    let text = ImportReportCSV(rows).text
    guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8)) else {
      throw InputError(
        code: "import.refused-not-written",
        "the refused rows cannot be written to \(path); the import itself is stored.",
        remedy: "Name a file in a folder that you may write to."
      )
    }
  }
}

/// `day-first` or `month-first`.
enum DateOrderArgument: String, ExpressibleByArgument, CaseIterable {
  case dayFirst = "day-first"
  case monthFirst = "month-first"

  var value: Mapping.DateOrder { self == .dayFirst ? .dayFirst : .monthFirst }
}

/// `point` or `comma`.
enum DecimalArgument: String, ExpressibleByArgument, CaseIterable {
  case point, comma

  var value: Mapping.DecimalMark { self == .point ? .point : .comma }
}
