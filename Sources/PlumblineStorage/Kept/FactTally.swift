import PlumblineCore

/// How many facts there are, and what the default instant follows from; see
/// `CompanyHistory.defaultAsOf`.
///
/// Kept beside the history, so that a few new facts can be added without reading all the others.
struct FactTally: Codable, Equatable, Sendable {
  /// How many objects and events there are, by kind.
  var rowCounts: [String: Int] = [:]
  /// The newest time that had come when the newest import was made, a packed time point.
  var newest: Int64?
  /// The first time that had not come by then, seconds since 1970.
  var next: Int64?
  /// When an export last showed that a status had changed, seconds since 1970.
  var changed: Int64?

  /// A tally of nothing.
  init() {}

  /// Counts the facts of a store.
  ///
  /// - Complexity: O(facts).
  init(reading store: some FactStore, through last: Int? = nil) throws {
    let records = try store.imports().filter { record in
      last.map { record.sequence <= $0 } ?? true
    }
    guard let newestImport = records.last else { return }
    let seen = records.map(\.seenAt).max() ?? 0
    let objects = Set(Self.kinds.filter(\.schema.isObject))
    let changed = records.reduce(into: Set<FactKind>()) {
      $0.formUnion($1.changedKinds ?? Array(objects))
    }.intersection(objects)
    let others = try store.texts([.other], isIndexed: false)[.other]
    let decided = DecidedOutcomes(others)
    let isTold = Dictionary(
      records.map { ($0.sequence, $0.exportedAt != nil) },
      uniquingKeysWith: { _, last in last }
    )
    try store.forEachChunk(
      of: Set(Self.kinds).subtracting(changed),
      after: 0,
      through: newestImport.sequence,
      selecting: nil
    ) { chunk in
      let isTold = isTold[chunk.sequence] ?? false
      add(chunk.table, seen, decided) { _ in isTold }
    }
    defer { rowCounts = rowCounts.filter { $0.value != 0 } }
    guard !changed.isEmpty else { return }
    let ledger = try Ledger(
      reading: store,
      through: newestImport.sequence,
      kinds: changed,
      isIndexed: false
    )
    for kind in changed {
      let imports = ledger.importPositions(of: kind)
      add(ledger[kind], seen, decided) { ledger.imports[Int(imports[$0])].exportedAt != nil }
    }
    self.changed = ledger.statuses.filter { $0.previousSeenAt != nil }.map(\.seenAt.seconds).max()
  }

  /// Counts the facts of a store without reading them, where somebody said of every import when
  /// its files were exported and none has changed a known object: then no time matters.
  ///
  /// - Returns: The tally, or nil where the facts must be read.
  static func withoutReading(_ store: SQLiteFactStore, through last: Int) throws -> FactTally? {
    let rows = try store.contents(through: last)
    guard let newest = rows.last,
      rows.allSatisfy({ $0.record.exportedAt != nil && $0.record.changedKinds?.isEmpty == true })
    else { return nil }
    var tally = FactTally()
    for kind in kinds { tally.rowCounts[kind.rawValue] = newest.contents.facts[kind] }
    return tally
  }

  private static let kinds: [FactKind] = [.activity, .deal, .lead, .meeting, .stageEvent, .touch]

  private mutating func add(
    _ table: FactTable,
    _ seen: Int64,
    _ decided: DecidedOutcomes,
    _ isTold: (Int) -> Bool
  ) {
    rowCounts[table.kind.rawValue, default: 0] += table.rowCount
    switch table.kind {
    case .lead: add(table["created"], seen, isTold)
    case .meeting: add(table["booked"], seen, isTold)
    case .deal:
      add(table["created"], seen, isTold)
      let outcomes = table["outcome"]
      add(table["closed"], seen) { isTold($0) || !decided.contains(outcomes[$0]) }
    default: add(table["at"], seen, isTold)
    }
  }

  private mutating func add(_ times: [Int64], _ seen: Int64, _ isLeftOut: (Int) -> Bool) {
    var newest = newest ?? .min
    var next = next ?? .max
    // The packed words that lie between what can change nothing.
    let ceiling = seen * 4 + 3
    for row in times.indices {
      let raw = times[row]
      if raw <= ceiling {
        if raw > newest, !isLeftOut(row) { newest = raw }
      } else if raw != .max, raw >> 2 < next, !isLeftOut(row) {
        next = raw >> 2
      }
    }
    if newest != .min { self.newest = newest }
    if next != .max { self.next = next }
  }

  /// The tally after some facts were replaced, or nil when only all facts together can tell.
  ///
  /// - Parameters:
  ///   - before: The tally of what stood in place of the facts.
  ///   - after: The tally of the facts.
  ///   - seen: When the newest import was made, seconds since 1970.
  /// - Returns: The tally of all facts.
  func replacing(_ before: FactTally, by after: FactTally, seen: Int64) -> FactTally? {
    if let next, next <= seen { return nil }
    var result = self
    for (kind, count) in before.rowCounts { result.rowCounts[kind, default: 0] -= count }
    for (kind, count) in after.rowCounts { result.rowCounts[kind, default: 0] += count }
    result.rowCounts = result.rowCounts.filter { $0.value != 0 }
    if let newest, newest == before.newest, after.newest.map({ $0 < newest }) ?? true {
      return nil
    }
    result.newest = [newest, after.newest].compactMap { $0 }.max()
    result.next = [next, after.next].compactMap { $0 }.min()
    result.changed = [changed, after.changed].compactMap { $0 }.max()
    return result
  }

  /// Whether no fact is counted: then the instant follows from spend, which only
  /// `CompanyHistory.defaultAsOf` looks at.
  var isEmpty: Bool { rowCounts.values.allSatisfy { $0 == 0 } }

  /// The instant up to which facts go unless somebody says otherwise, unless the tally is empty.
  func defaultAsOf(_ records: [ImportRecord], _ calendar: LocalCalendar) -> Instant {
    let seen = records.map(\.seenAt).max() ?? 0
    let found = newest.map { Self.end(of: calendar.rebased(TimePoint(rawValue: $0)), calendar) }
    let known = records.compactMap(\.exportedAt) + [changed, found].compactMap { $0 }
    return Instant(seconds: known.max() ?? seen)
  }

  /// The time itself, or the end of its day where only the day is known.
  private static func end(of time: TimePoint, _ calendar: LocalCalendar) -> Int64 {
    guard time.precision != .exact else { return time.instant.seconds }
    let day = calendar.day(of: time.instant).dayNumber
    return calendar.instant(of: CivilDate(dayNumber: day + 1)).seconds - 1
  }
}

/// The words that say that a deal is won or lost, each looked at once.
private final class DecidedOutcomes {
  private let texts: TextDictionary
  private var known: [Int64: Bool] = [:]

  init(_ texts: TextDictionary) { self.texts = texts }

  func contains(_ code: Int64) -> Bool {
    if let isDecided = known[code] { return isDecided }
    let isDecided = DealWords.isDecided(texts[UInt32(code)])
    known[code] = isDecided
    return isDecided
  }
}
