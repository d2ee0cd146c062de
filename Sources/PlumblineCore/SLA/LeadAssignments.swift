/// Who owned each lead from when on, and what sales said when a lead left, as far as that is on
/// record.
///
/// Two sources say it: stage events that name an owner, and exports that show another owner than an
/// earlier one did; those are dated by the later export, see `TimePoint.Precision.betweenExports`.
public struct LeadAssignments: Sendable {
  /// From when on somebody owned a lead.
  public struct Assignment: Hashable, Sendable {
    /// When it was assigned; `undated` for the first owner that an export shows.
    public var time: TimePoint
    /// To whom: a code in the owner dictionary, never 0.
    public var owner: UInt32

    /// An assignment.
    public init(time: TimePoint, owner: UInt32) {
      self.time = time
      self.owner = owner
    }
  }

  private var starts: [Int]
  private var assignments: [Assignment] = []
  private var reasonStarts: [Int]
  private var reasons: [TimePoint] = []
  private var asOf = Instant(seconds: .max / 8)
  /// Whose each lead is today.
  private var owners: [UInt32] = []

  /// Nothing on record about so many leads.
  public init(leadCount: Int) {
    starts = Array(repeating: 0, count: leadCount + 1)
    reasonStarts = starts
  }

  /// What a store says of a history's leads, up to its instant.
  ///
  /// - Parameters:
  ///   - store: The store that the history was read from.
  ///   - history: The history.
  ///   - last: The newest import that counts; all when nil.
  /// - Throws: What the store throws.
  /// - Complexity: O(leads + stage events).
  public init(
    reading store: some FactStore,
    for history: CompanyHistory,
    through last: Int? = nil
  ) throws {
    let ledger = try Ledger(reading: store, through: last, kinds: [.lead, .merge])
    try self.init(
      reading: store,
      register: LeadRegister(ledger),
      for: history,
      through: last
    )
  }

  /// The same with a register of the store's leads that the caller has already.
  init(
    reading store: some FactStore,
    register: LeadRegister,
    for history: CompanyHistory,
    through last: Int?
  ) throws {
    self.init(leadCount: history.leads.ids.count)
    let records = try store.imports().filter { record in
      last.map { record.sequence <= $0 } ?? true
    }
    func forEachChunk(of kind: FactKind, _ body: (FactChunk) throws -> Void) throws {
      try store.forEachChunk(of: [kind], after: 0, through: last, selecting: nil, body)
    }
    var reader = AssignmentReader(register, history)
    try forEachChunk(of: .stageEvent) { reader.readEvents($0.table) }
    // Who owns a lead can only change where an import changed known leads.
    if Ledger.changedKinds(of: records).contains(.lead) {
      let seen = Dictionary(
        records.map { ($0.sequence, Instant(seconds: $0.exportedAt ?? $0.seenAt)) },
        uniquingKeysWith: { _, last in last }
      )
      try forEachChunk(of: .lead) { chunk in
        if let seenAt = seen[chunk.sequence] { reader.readOwners(chunk.table, seenAt: seenAt) }
      }
    }
    (starts, assignments) = Self.grouped(reader.found, leads: starts.count - 1) {
      $0.time < $1.time
    }
    (reasonStarts, reasons) = Self.grouped(reader.reasons, leads: starts.count - 1, by: <)
    asOf = history.asOf
    owners = history.leads.owners
  }

  /// Who owned a lead from when on, by time, each one another than the one before; empty where that
  /// is not on record.
  ///
  /// It is not where the last assignment names somebody else than today's owner: then the lead went
  /// to somebody at a time that nobody knows.
  public func assignments(of lead: Int) -> [Assignment] {
    let all = assignments[starts[lead]..<starts[lead + 1]]
    guard let last = all.last, owners[lead] == 0 || last.owner == owners[lead] else { return [] }
    let past = all.filter { !$0.time.isDated || $0.time.instant <= asOf }
    // One export alone says who owns a lead, but not since when.
    guard all.contains(where: \.time.isDated) else { return [] }
    return past.reduce(into: []) { kept, next in
      if kept.last?.owner != next.owner { kept.append(next) }
    }
  }

  /// When a reason was given with a stage that a lead entered or left for, by time.
  func reasons(of lead: Int) -> ArraySlice<TimePoint> {
    reasons[reasonStarts[lead]..<reasonStarts[lead + 1]]
  }

  /// Whether any assignment has a time.
  public var isRecorded: Bool { assignments.contains(where: \.time.isDated) }

  /// When a reason first came with a stage; nil where none did.
  var firstReason: Instant? { reasons.lazy.map(\.instant).min() }

  /// Each lead's values together, in order; equal ones in the order of reading.
  private static func grouped<Value>(
    _ found: [(lead: Int32, value: Value)],
    leads count: Int,
    by isBefore: (Value, Value) -> Bool
  ) -> (starts: [Int], values: [Value]) {
    var starts = [Int](repeating: 0, count: count + 1)
    for (lead, _) in found { starts[Int(lead) + 1] += 1 }
    for lead in 0..<count { starts[lead + 1] += starts[lead] }
    var next = starts
    var order = [Int](repeating: 0, count: found.count)
    for (index, entry) in found.enumerated() {
      order[next[Int(entry.lead)]] = index
      next[Int(entry.lead)] += 1
    }
    for lead in 0..<count where starts[lead + 1] - starts[lead] > 1 {
      order[starts[lead]..<starts[lead + 1]].sort { left, right in
        if isBefore(found[left].value, found[right].value) { return true }
        return !isBefore(found[right].value, found[left].value) && left < right
      }
    }
    return (starts, order.map { found[$0].value })
  }
}

/// Collects assignments while facts stream by.
private struct AssignmentReader {
  private let register: LeadRegister
  private let calendar: LocalCalendar
  private let asOf: Instant
  private let leadCount: Int
  private(set) var found: [(lead: Int32, value: LeadAssignments.Assignment)] = []
  private(set) var reasons: [(lead: Int32, value: TimePoint)] = []
  /// The owner that the newest export showed of each id.
  private var ownerOfID: [Int64: Int64] = [:]

  init(_ register: LeadRegister, _ history: CompanyHistory) {
    self.register = register
    calendar = history.agreement.calendar
    asOf = history.asOf
    leadCount = history.leads.ids.count
  }

  mutating func readEvents(_ table: FactTable) {
    let (leads, owners, texts) = (table["lead"], table["owner"], table["reason"])
    let times = table["at"]
    for row in 0..<table.rowCount where owners[row] != 0 || texts[row] != 0 {
      guard let lead = register.number(of: leads[row]), lead < leadCount else { continue }
      let time = calendar.rebased(TimePoint(rawValue: times[row]))
      guard time.isDated else { continue }
      if owners[row] != 0 {
        found.append((Int32(lead), .init(time: time, owner: UInt32(owners[row]))))
      }
      if texts[row] != 0, time.instant <= asOf { reasons.append((Int32(lead), time)) }
    }
  }

  mutating func readOwners(_ table: FactTable, seenAt: Instant) {
    let (ids, owners) = (table["id"], table["owner"])
    for row in 0..<table.rowCount where owners[row] != 0 {
      let known = ownerOfID[ids[row]]
      guard known != owners[row], let lead = register.number(of: ids[row]), lead < leadCount else {
        continue
      }
      ownerOfID[ids[row]] = owners[row]
      let time = known == nil ? .undated : TimePoint(seenAt, precision: .betweenExports)
      found.append((Int32(lead), .init(time: time, owner: UInt32(owners[row]))))
    }
  }
}
