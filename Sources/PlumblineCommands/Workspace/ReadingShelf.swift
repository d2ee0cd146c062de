import Foundation
import PlumblineCore
import PlumblineStorage
import Synchronization

/// What a server keeps of a workspace between questions: its agreement and the readings of its
/// facts, so that a question costs its own pass and nothing else.
///
/// Nothing kept is ever believed over the files: an agreement that was changed and facts that
/// arrived are read anew. Several threads may ask; those that need the same reading wait for it.
public final class ReadingShelf: Sendable {
  /// The shelf of the present task; nil on the command line, where each command reads anew.
  ///
  /// A task's own, so that commands need not know who asks them.
  @TaskLocal static var current: ReadingShelf?
  /// Whose names the present task may see; nil for everybody's.
  @TaskLocal static var shownOwners: Set<String>?

  /// What is on disk: as long as two are equal, nothing has changed.
  public struct Stamp: Hashable, Sendable {
    /// The agreement's file, and the folder of its earlier versions with each file in it.
    var agreement: [FileStamp?]
    /// The newest import and the store that has it.
    var facts: FactsStamp?

    /// Whether facts have been imported.
    public var hasFacts: Bool { facts != nil }

    /// The number of the newest import, 0 before the first.
    public var newestImport: Int { facts?.newest ?? 0 }

    /// The facts and the agreement in few characters, the same in every process.
    public var text: String {
      let newest = facts.map { "\($0.store.prefix(8)).\($0.newest)" } ?? "-"
      return "\(agreement.text)-\(newest)"
    }
  }

  struct FactsStamp: Hashable, Sendable {
    var store: String
    var newest: Int
  }

  /// What a reading answers for.
  fileprivate struct Key: Hashable {
    var agreement: String
    /// Whether a what-if asks for a score, which changes which events count.
    var asksForScore: Bool
    var facts: FactsStamp?
    var asOf: Instant?
    var knownBy: Int?
  }

  /// A reading, made by whoever asks first.
  fileprivate final class Reading: Sendable {
    let made = Mutex<Made?>(nil)
  }

  fileprivate enum Made: Sendable {
    /// Facts under an agreement.
    case cells(CompanyHistory, EmbeddedCells)
    /// Facts under every score that may be asked for.
    case scores(ScoreWhatIf)

    init(_ read: (history: CompanyHistory, source: EmbeddedCells)) {
      self = .cells(read.history, read.source)
    }
  }

  fileprivate struct State {
    var accounts: (files: [FileStamp?], decided: String)?
    var agreement: (files: [FileStamp?], agreement: Agreement, findings: [Diagnostic])?
    var store: (file: UInt64, store: SQLiteFactStore)?
    var owners: Owners?
    var readings: [(key: Key, reading: Reading)] = []
  }

  /// Each holds all leads.
  fileprivate static let mostReadings = 3

  private let state = Mutex(State())

  /// An empty shelf.
  public init() {}

  /// Runs `body` so that commands inside it find what is kept here.
  ///
  /// - Parameters:
  ///   - owners: Whose names answers may show, everybody's when nil; others get pseudonyms.
  ///   - body: What is run, on this thread.
  /// - Returns: What `body` gave.
  /// - Throws: What `body` throws.
  public func serving<Value>(
    showing owners: Set<String>? = nil,
    _ body: () throws -> Value
  ) rethrows -> Value {
    try Self.$current.withValue(self) {
      try Self.$shownOwners.withValue(owners) { try body() }
    }
  }

  /// Runs `body` with everybody's names, for what puts records together by them; whoever calls it
  /// takes out of the answer what may not be seen, see `shownOwners`.
  static func namingAll<Value>(_ body: () throws -> Value) rethrows -> Value {
    try $shownOwners.withValue(nil, operation: body)
  }

  /// What is on disk now.
  ///
  /// - Parameter workspace: The workspace.
  /// - Returns: The stamp.
  /// - Throws: `InputError` when the store cannot be read.
  /// - Complexity: O(files of the folder `agreements`).
  public func stamp(of workspace: Workspace) throws -> Stamp {
    Stamp(agreement: Self.files(of: workspace), facts: try facts(of: workspace))
  }

  private static func files(of workspace: Workspace) -> [FileStamp?] {
    [FileStamp(path: workspace.agreementPath)]
      + FileStamp.all(in: workspace.path(of: "agreements"))
  }

  private func facts(of workspace: Workspace) throws -> FactsStamp? {
    guard let file = FileStamp(path: workspace.storePath)?.node else { return nil }
    let store = try store(of: workspace, file: file)
    return try store.newestImport().map { FactsStamp(store: store.identity, newest: $0) }
  }

  /// The store, opened once for each file that takes its place.
  func store(of workspace: Workspace) throws -> SQLiteFactStore? {
    try FileStamp(path: workspace.storePath).map { try store(of: workspace, file: $0.node) }
  }

  private func store(of workspace: Workspace, file: UInt64) throws -> SQLiteFactStore {
    try state.withLock { state in
      if let known = state.store, known.file == file { return known.store }
      let store = try SQLiteFactStore(path: workspace.storePath)
      state.store = (file, store)
      return store
    }
  }

  /// The agreement, checked once for each change of its file.
  func agreement(of workspace: Workspace) throws -> Agreement {
    let files = Self.files(of: workspace)
    let known = state.withLock { state in
      state.agreement.flatMap { $0.files == files ? ($0.agreement, $0.findings) : nil }
    }
    let (agreement, findings) = try known ?? workspace.checkedAgreement()
    if known == nil { state.withLock { $0.agreement = (files, agreement, findings) } }
    for finding in findings where finding.severity == .warning {
      Console.complain(finding.description)
    }
    return try workspace.shown(agreement)
  }

  /// A text that changes whenever somebody decides on a second chance or answers the pulse.
  ///
  /// The file of accounts changes whenever somebody signs in as well, which changes no answer.
  ///
  /// - Throws: `InputError` when the accounts cannot be read.
  func decided(in workspace: Workspace) throws -> String {
    let files = FileStamp.database(workspace.accountsPath)
    let known = state.withLock { state in
      state.accounts.flatMap { $0.files == files ? $0.decided : nil }
    }
    if let known { return known }
    let decided = try workspace.decided()
    state.withLock { $0.accounts = (files, decided) }
    return decided
  }

  /// Who the people of sales are, read once for each import.
  func owners(of workspace: Workspace) throws -> Owners {
    guard let facts = try facts(of: workspace), let store = try store(of: workspace) else {
      return Owners()
    }
    if let known = state.withLock({ $0.owners }), known.facts == facts { return known }
    let owners = try Owners(store, at: facts)
    state.withLock { $0.owners = owners }
    return owners
  }

  /// Facts read under an agreement, with the names that the present task may see.
  func cells(
    of workspace: Workspace,
    under agreement: Agreement,
    asOf: Instant?,
    knownBy: Int?
  ) throws -> (history: CompanyHistory, source: EmbeddedCells) {
    let key = Key(
      agreement: agreement.hash,
      asksForScore: agreement.askedScore != nil,
      facts: try facts(of: workspace),
      asOf: asOf,
      knownBy: knownBy
    )
    let reading = state.withLock { $0.reading(for: key) }
    let kept = try reading.made.withLock { made in
      if let made { return made }
      let read =
        try key.asksForScore
        ? Made.scores(workspace.readScores(under: agreement, asOf: asOf, knownBy: knownBy))
        : Made(workspace.readCells(under: agreement, asOf: asOf, knownBy: knownBy))
      made = read
      return read
    }
    switch kept {
    case .cells(let history, let source):
      return try shown((history, source), of: workspace, under: agreement)
    case .scores(let scores):
      let source = scores.cells(under: agreement)
      return try shown((source.history, source), of: workspace, under: agreement)
    }
  }

  /// The same, read anew and not kept: what a question asks of many times in the past would push
  /// the present off the shelf.
  func passingCells(
    of workspace: Workspace,
    under agreement: Agreement,
    asOf: Instant?,
    knownBy: Int?
  ) throws -> (history: CompanyHistory, source: EmbeddedCells) {
    try shown(
      try workspace.readCells(under: agreement, asOf: asOf, knownBy: knownBy),
      of: workspace,
      under: agreement
    )
  }

  /// A reading as the present task may see it.
  private func shown(
    _ kept: (history: CompanyHistory, source: EmbeddedCells),
    of workspace: Workspace,
    under agreement: Agreement
  ) throws -> (history: CompanyHistory, source: EmbeddedCells) {
    var history = kept.history.asked(under: agreement)
    if let pseudonyms = try pseudonyms(of: workspace) {
      history = history.hidingOwners(as: pseudonyms)
    }
    return (history, kept.source.viewing(history))
  }
}

extension ReadingShelf.State {
  /// The reading for a key, the last asked for at the end; readings of earlier facts go first.
  fileprivate mutating func reading(for key: ReadingShelf.Key) -> ReadingShelf.Reading {
    if let place = readings.firstIndex(where: { $0.key == key }) {
      let entry = readings.remove(at: place)
      readings.append(entry)
      return entry.reading
    }
    readings.removeAll { $0.key.facts != key.facts }
    if readings.count >= ReadingShelf.mostReadings { readings.removeFirst() }
    let reading = ReadingShelf.Reading()
    readings.append((key, reading))
    return reading
  }
}
