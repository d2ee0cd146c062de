public import ArgumentParser
import Foundation
import PlumblineAgreement
public import PlumblineCore
import PlumblineReporting
import PlumblineStorage

/// `plumbline agreement diff`: what another definition would change, measured on the stored facts.
public struct AgreementDiffCommand: Question {
  /// How the command line names and explains it.
  public static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Measure two definitions on your data: which leads change, the work and the money.",
    discussion: """
      Each definition is a file, the name of a version in the folder agreements, or . for the \
      workspace's agreement.yaml. Each is measured as if it had held all the time.
      """
  )

  @Argument(help: "The first definition: a file, a version's name, or . for agreement.yaml.")
  var first: String

  @Argument(help: "The second definition: a file, a version's name, or . for agreement.yaml.")
  var second: String

  /// The workspace that it is asked of.
  @OptionGroup public var workspace: WorkspaceOption

  @OptionGroup var past: PastOptions

  @Option(help: "How the answer is written: table, json or csv.")
  var format = OutputFormat.table

  @Option(
    help: """
      Print the ids of leads instead: gained:mql, lost:mql or moved:mql for a stage, changed for \
      those that change class, newly_broken or no_longer_broken for promises.
      """
  )
  var ids: String?

  /// The command without its options.
  public init() {}

  /// What the other definition would change.
  public struct Answer {
    /// Which leads change, the work and the money.
    public let diff: DefinitionDiff
    /// What the two definitions are called.
    public let names: (before: String, after: String)
  }

  /// The difference as asked.
  public func answer() throws -> Answer { try asked().answer }

  /// The difference as JSON.
  public func json(_ answer: Answer) throws -> String {
    try DiffJSON(answer.diff, names: (answer.names.before, answer.names.after)).text()
  }

  /// Writes the answer as the command line asks for it.
  public func run() throws {
    let (answer, wanted) = try asked()
    if let wanted {
      for id in wanted.ids(of: answer.diff) { print(id) }
      return
    }
    switch format {
    case .table:
      print(
        DiffText(
          answer.diff,
          names: (answer.names.before, answer.names.after),
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text,
        terminator: ""
      )
    case .json: print(try json(answer), terminator: "")
    case .csv: print(DiffCSV(answer.diff).text, terminator: "")
    }
  }

  /// The difference, and the leads of it that are to be listed; what is wrong with these is said
  /// before anything that takes long.
  private func asked() throws -> (answer: Answer, wanted: ChangedLeads?) {
    let files = DefinitionFiles(workspace.value)
    let (before, after) = try files.agreements(first, second)
    let store = try workspace.value.facts()
    if let knownBy = past.knownBy, !(try store.imports().contains { $0.sequence == knownBy }) {
      throw InputError(
        code: "option.unknown-import",
        "--known-by \(knownBy): there is no such import.",
        remedy: "The imports are numbered 1 to \(try store.imports().count)."
      )
    }
    let wanted = try ids.map { try ChangedLeads.parse($0, before, after) }
    let diff = try workspace.value.difference(
      from: before,
      to: after,
      asOf: try past.instant(after.calendar),
      knownBy: past.knownBy
    )
    let names = (before: files.title(of: first), after: files.title(of: second))
    return (Answer(diff: diff, names: names), wanted)
  }
}

extension Workspace {
  /// What one definition would change against another, measured on the stored facts.
  ///
  /// - Parameters:
  ///   - before: The first definition.
  ///   - after: The second definition.
  ///   - asOf: The time up to which facts count; that of the newest when nil.
  ///   - knownBy: The newest import that counts; all when nil.
  /// - Returns: Which leads change, the work and the money.
  /// - Throws: `InputError` when nothing was imported, or what the store throws.
  public func difference(
    from before: Agreement,
    to after: Agreement,
    asOf: Instant? = nil,
    knownBy: Int? = nil
  ) throws -> DefinitionDiff {
    try DefinitionDiffBuilder(
      reading: try store(),
      from: before,
      to: after,
      asOf: asOf,
      through: knownBy
    ).diff()
  }
}

/// Finds the agreements that the command line names.
struct DefinitionFiles {
  private let workspace: Workspace

  init(_ workspace: Workspace) { self.workspace = workspace }

  /// What a definition is called in text.
  func title(of name: String) -> String { name == "." ? "agreement.yaml" : name }

  /// Two agreements; warnings go to standard error.
  ///
  /// - Throws: `InputError` with the faults of both.
  func agreements(_ first: String, _ second: String) throws -> (Agreement, Agreement) {
    var faults: [Diagnostic] = []
    func read(_ name: String) -> Agreement? {
      do {
        return try agreement(name)
      } catch let error as InputError {
        faults += error.diagnostics
      } catch {
        faults.append(Diagnostic(.error, code: "file.unreadable", "\(name) cannot be read."))
      }
      return nil
    }
    let agreements = (read(first), read(second))
    guard let before = agreements.0, let after = agreements.1 else { throw InputError(faults) }
    return (before, after)
  }

  private func agreement(_ name: String) throws -> Agreement {
    let path = try path(of: name)
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw InputError(
        code: "file.unreadable",
        "\(path) cannot be read.",
        remedy: "Check that it is a file, and that you may read it."
      )
    }
    let reading = AgreementReader.read(Array(bytes), file: path)
    guard let agreement = reading.agreement else { throw InputError(reading.diagnostics) }
    for finding in reading.diagnostics where finding.severity == .warning {
      Console.complain(finding.description)
    }
    return agreement
  }

  private func path(of name: String) throws -> String {
    if name == "." { return workspace.agreementPath }
    let version = workspace.path(of: "agreements/\(name).yaml")
    if !name.contains("/"), FileManager.default.fileExists(atPath: version) { return version }
    // A server opens no file because somebody names it.
    if ReadingShelf.current == nil, FileManager.default.fileExists(atPath: name) { return name }
    let known = versions
    let nearest = Suggestion.nearest(to: name, among: known).map { "Did you mean \($0)? " } ?? ""
    throw InputError(
      code: "agreement.no-such-version",
      "\(name) is no file, and no version in \(workspace.path(of: "agreements")).",
      remedy: nearest
        + (known.isEmpty
          ? "Name a file, or . for agreement.yaml."
          : "Versions are: \(known.joined(separator: ", ")).")
    )
  }

  /// The names of the versions that are kept, sorted.
  private var versions: [String] {
    let folder = workspace.path(of: "agreements")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
  }
}

/// The leads that `--ids` asks for.
enum ChangedLeads {
  case stage(StageChange.Kind, String)
  case changed
  case newlyBroken
  case noLongerBroken

  static func parse(
    _ text: String,
    _ before: Agreement,
    _ after: Agreement
  ) throws -> ChangedLeads {
    switch text {
    case "changed": return .changed
    case "newly_broken": return .newlyBroken
    case "no_longer_broken": return .noLongerBroken
    default: break
    }
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    let stages =
      after.path.map(\.id) + before.path.map(\.id).filter { after.pathIndex(of: $0) == nil }
    if parts.count == 2, let kind = StageChange.Kind(rawValue: parts[0]), stages.contains(parts[1])
    {
      return .stage(kind, parts[1])
    }
    throw InputError(
      code: "option.unknown-number",
      "--ids \(text) names no number of this answer.",
      remedy: "Write gained:STAGE, lost:STAGE or moved:STAGE, changed, newly_broken or "
        + "no_longer_broken; the stages are \(stages.joined(separator: ", "))."
    )
  }

  func ids(of diff: DefinitionDiff) -> [String] {
    switch self {
    case .stage(let kind, let stage): diff.leadIDs(kind, stage: stage)
    case .changed: diff.leadIDsOfChangedClass
    case .newlyBroken: Set(diff.promises.newlyBroken).sorted()
    case .noLongerBroken: Set(diff.promises.noLongerBroken).sorted()
    }
  }
}
