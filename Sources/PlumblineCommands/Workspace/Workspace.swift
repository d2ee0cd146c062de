public import ArgumentParser
public import Foundation
import PlumblineAgreement
public import PlumblineCore
public import PlumblineStorage

/// A folder with an agreement and the facts that were imported.
public struct Workspace: Sendable {
  /// The folder.
  public let folder: URL

  /// The workspace at a path.
  public init(_ path: String) { folder = URL(fileURLWithPath: path, isDirectory: true) }

  /// The folder as the user wrote it, for messages.
  public var name: String { folder.relativePath }
  /// The path of the agreement.
  public var agreementPath: String { path(of: "agreement.yaml") }
  /// The path of the store.
  public var storePath: String { path(of: "plumbline.sqlite") }
  /// What is kept beside the store so that the next answer need not read every fact.
  public var journeysPath: String { path(of: "plumbline.journeys") }
  /// The path of the record of who was put on which list of second chances.
  var reboundPath: String { path(of: "plumbline.rebound") }

  /// The path of a file of the workspace, as short as the folder's own.
  public func path(of file: String) -> String {
    name == "." ? file : folder.appendingPathComponent(file).relativePath
  }

  /// The agreement; warnings go to standard error.
  ///
  /// - Throws: `InputError` with every fault of the file, or when there is none.
  public func agreement() throws -> Agreement {
    if let shelf = ReadingShelf.current { return try shelf.agreement(of: self) }
    let (agreement, findings) = try checkedAgreement()
    for finding in findings where finding.severity == .warning {
      Console.complain(finding.description)
    }
    return agreement
  }

  /// The agreement and everything else to say about its file.
  ///
  /// - Throws: `InputError` with every fault of the file, or when there is none.
  public func checkedAgreement() throws -> (agreement: Agreement, findings: [Diagnostic]) {
    guard let bytes = FileManager.default.contents(atPath: agreementPath) else {
      try Self.requireAbsence(agreementPath)
      throw InputError(
        code: "workspace.no-agreement",
        "\(agreementPath) does not exist.",
        remedy: "Make a workspace with plumbline init, or name one with --workspace.",
        onPage: "Make the starting agreement on the page Data."
      )
    }
    let versions = try agreements.versions(present: Array(bytes))
    guard let agreement = versions.agreement else { throw InputError(versions.diagnostics) }
    return (agreement, versions.diagnostics)
  }

  /// Tells a file that is there but cannot be read from one that is missing.
  ///
  /// - Throws: `InputError` when something is at the path.
  static func requireAbsence(_ path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    throw InputError(
      code: "file.unreadable",
      "\(path) cannot be read.",
      remedy: "Check that it is a file, and that you may read it."
    )
  }

  /// The facts.
  ///
  /// - Throws: `InputError` when nothing was imported, or the store cannot be opened.
  public func store() throws -> SQLiteFactStore {
    let nothing = InputError(
      code: "workspace.no-facts",
      "nothing has been imported yet into \(name == "." ? "this workspace" : name).",
      remedy: "Import files with plumbline import\(option) FILE…",
      onPage: "Upload your exports on the page Data."
    )
    guard FileManager.default.fileExists(atPath: storePath) else { throw nothing }
    let store =
      try ReadingShelf.current?.store(of: self) ?? SQLiteFactStore(path: storePath)
    if try store.newestImport() == nil { throw nothing }
    return store
  }

  /// The store, made if there is none.
  public func storeForImport() throws -> SQLiteFactStore {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder),
      isFolder.boolValue
    else {
      throw InputError(
        code: "workspace.no-folder",
        "\(name) is not a folder.",
        remedy: "Make a workspace with plumbline init \(name)."
      )
    }
    return try SQLiteFactStore(path: storePath)
  }

  /// How a command names this workspace: nothing for the present folder.
  var option: String { name == "." ? "" : " --workspace \(Self.quoted(name))" }

  /// A path as a shell wants it in the commands that messages propose.
  public static func quoted(_ path: String) -> String {
    path.contains(" ") ? "'\(path)'" : path
  }

  /// What keeps the journeys of a store of this workspace.
  public func keeper(of store: SQLiteFactStore) -> HistoryKeeper {
    HistoryKeeper(store: store, path: journeysPath, program: Release.number)
  }

  /// Facts read under the agreement, as of the time and import that a question names, with the
  /// engine that counts them.
  func cells(
    for question: QuestionOptions? = nil
  ) throws -> (history: CompanyHistory, source: EmbeddedCells) {
    let written = try agreement()
    return try cells(
      under: try question?.changed(written) ?? written,
      asOf: try question?.instant(written.calendar),
      knownBy: question?.knownBy
    )
  }

  /// Facts read under an agreement, as of a time and an import, with the engine that counts them.
  ///
  /// - Parameters:
  ///   - agreement: The agreement.
  ///   - asOf: The time; that of the newest fact when nil.
  ///   - knownBy: The newest import that counts; all when nil.
  /// - Returns: The history, as the gates of stages let it count, and its cells.
  /// - Throws: `InputError` when nothing was imported or there is no such import, or what the store
  ///   throws.
  public func cells(
    under agreement: Agreement,
    asOf: Instant? = nil,
    knownBy: Int? = nil
  ) throws -> (history: CompanyHistory, source: EmbeddedCells) {
    if let shelf = ReadingShelf.current {
      return try shelf.cells(of: self, under: agreement, asOf: asOf, knownBy: knownBy)
    }
    return try readCells(under: agreement, asOf: asOf, knownBy: knownBy)
  }

  /// The same, read anew.
  func readCells(
    under agreement: Agreement,
    asOf: Instant?,
    knownBy: Int?
  ) throws -> (history: CompanyHistory, source: EmbeddedCells) {
    let store = try store()
    let progress = Progress()
    defer { progress.finish() }
    let reading = try readJourneys(store, under: agreement, asOf: asOf, knownBy, progress)
    guard StageGates.areAgreed(in: agreement) else {
      return (reading.history, EmbeddedCells(reading.history, journeys: reading.journeys))
    }
    progress.tell("testing the gates of stages")
    let history = try StageGates.apply(to: reading.history, reading: store, through: knownBy)
    return (history, EmbeddedCells(history))
  }

  /// The same under every score that may be asked for.
  ///
  /// - Parameters:
  ///   - agreement: An agreement that asks for one.
  ///   - asOf: The time; that of the newest fact when nil.
  ///   - knownBy: The newest import that counts; all when nil.
  /// - Returns: The history under any of them.
  /// - Throws: As `cells(under:asOf:knownBy:)` does.
  func readScores(
    under agreement: Agreement,
    asOf: Instant?,
    knownBy: Int?
  ) throws -> ScoreWhatIf {
    let store = try store()
    let progress = Progress()
    defer { progress.finish() }
    let reading = try readJourneys(store, under: agreement, asOf: asOf, knownBy, progress)
    progress.tell("testing the gates of stages")
    return try ScoreWhatIf(reading.history, reading: store, through: knownBy)
  }

  /// The facts and their journeys, without the gates of stages.
  private func readJourneys(
    _ store: SQLiteFactStore,
    under agreement: Agreement,
    asOf: Instant?,
    _ knownBy: Int?,
    _ progress: Progress
  ) throws -> (history: CompanyHistory, journeys: Journeys) {
    if let last = knownBy, !(try store.imports().contains { $0.sequence == last }) {
      let count = try store.imports().count
      throw InputError(
        code: "option.unknown-import",
        "--known-by \(last): there is no such import.",
        remedy: "The imports are numbered 1 to \(count)."
      )
    }
    let reading = try keeper(of: store).read(
      under: agreement,
      asOf: asOf,
      through: knownBy
    ) { text in progress.tell(text) }
    return (reading.history, reading.journeys)
  }
}

/// Which workspace a command works in.
public struct WorkspaceOption: ParsableArguments {
  @Option(name: [.short, .long], help: "The workspace's folder.")
  var workspace = "."

  /// The folder in which one stands.
  public init() {}

  /// The workspace of a folder.
  public init(_ folder: String) { workspace = folder }

  /// The workspace.
  public var value: Workspace { Workspace(workspace) }
}
