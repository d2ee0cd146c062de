/// The facts that a reader goes through: those that need putting together in a ledger, others
/// piece by piece from where they are kept.
struct HistoryFacts: Sendable {
  /// The facts that need putting together, and the numbering of texts of all.
  let ledger: Ledger
  /// The kinds that stream by.
  private let streamed: Set<FactKind>
  private let stream: @Sendable (FactKind, (FactChunk) throws -> Void) throws -> Void

  /// The kinds of which there are so many that they are not held when they need not be.
  private static let bulky: Set<FactKind> = [.activity, .lead, .stageEvent, .touch]

  /// All facts in a ledger.
  init(_ ledger: Ledger) {
    self.ledger = ledger
    streamed = []
    stream = { _, _ in }
  }

  /// The facts of a store.
  ///
  /// - Throws: What the store throws.
  init(reading store: some FactStore, through last: Int?) throws {
    let records = try store.imports().filter { record in
      last.map { record.sequence <= $0 } ?? true
    }
    let streamed = Self.bulky.subtracting(Ledger.changedKinds(of: records))
    let newest = records.last?.sequence ?? 0
    ledger = try Ledger(
      reading: store,
      through: newest,
      kinds: Set(FactKind.allCases).subtracting(streamed),
      isIndexed: false
    )
    self.streamed = streamed
    stream = { kind, body in
      guard newest > 0 else { return }
      try store.forEachChunk(of: [kind], after: 0, through: newest, selecting: nil, body)
    }
  }

  /// The same facts, but of one kind only where they are held.
  func keeping(_ kind: FactKind) -> HistoryFacts {
    HistoryFacts(ledger: ledger.keeping(kind), streamed: streamed, stream: stream)
  }

  private init(
    ledger: Ledger,
    streamed: Set<FactKind>,
    stream: @escaping @Sendable (FactKind, (FactChunk) throws -> Void) throws -> Void
  ) {
    self.ledger = ledger
    self.streamed = streamed
    self.stream = stream
  }

  /// Calls `body` with the facts of a kind, in the order in which a ledger holds them.
  ///
  /// - Throws: What the store or `body` throws.
  func forEachPiece(of kind: FactKind, _ body: (FactTable) throws -> Void) throws {
    if streamed.contains(kind) {
      try stream(kind) { try body($0.table) }
    } else {
      try body(ledger[kind])
    }
  }

  /// Calls `body` with the times of a column and the imports that they came from: one for all, or
  /// one each.
  ///
  /// - Throws: What the store throws.
  func forEachTimes(
    of kind: FactKind,
    _ column: String,
    _ body: (_ times: [Int64], _ positions: [UInt32]) -> Void
  ) throws {
    guard streamed.contains(kind) else {
      return body(ledger[kind][column], ledger.importPositions(of: kind))
    }
    var positions: [Int: UInt32] = [:]
    for (position, record) in ledger.imports.enumerated() {
      positions[record.sequence] = UInt32(position)
    }
    try stream(kind) { chunk in
      if let position = positions[chunk.sequence] { body(chunk.table[column], [position]) }
    }
  }

  /// Whether leads stream by: each has said one thing then, and no status has changed.
  var isEachLeadOnce: Bool { streamed.contains(.lead) }
}
