import PlumblineStatistics

/// What every record adds above and below the line of a fraction.
struct CountedRecords {
  /// What a record is: its place in the columns is its number.
  enum Domain: Hashable { case leads, deals }

  let domain: Domain
  let unit: MetricReading.Unit
  private(set) var above: [Int64]
  private(set) var below: [Int64]

  /// Nothing counted of so many records.
  init(_ domain: Domain, _ unit: MetricReading.Unit, count: Int) {
    self.domain = domain
    self.unit = unit
    above = Array(repeating: 0, count: count)
    below = above
  }

  var count: Int { above.count }

  mutating func add(_ record: Int, above: Int64, below: Int64) {
    self.above[record] += above
    self.below[record] += below
  }

  /// Takes over what another count says of a record.
  mutating func take(_ record: Int, from other: CountedRecords) {
    above[record] = other.above[record]
    below[record] = other.below[record]
  }

  mutating func clear(_ record: Int) {
    above[record] = 0
    below[record] = 0
  }

  /// The records that another count of the same records counts otherwise.
  func changes(to other: CountedRecords) -> [Int] {
    precondition(domain == other.domain && count == other.count)
    return above.indices.filter { above[$0] != other.above[$0] || below[$0] != other.below[$0] }
  }

  var reading: MetricReading {
    let top = above.reduce(Int128(0)) { $0 + Int128($1) }
    let base = below.reduce(Int128(0)) { $0 + Int128($1) }
    let isShareOfBase = unit != .money && base > 0 && zip(above, below).allSatisfy { $0 <= $1 }
    return MetricReading(
      unit,
      top,
      base,
      records: unit == .money ? below.reduce(0) { $0 + ($1 == 0 ? 0 : 1) } : Int(base),
      interval: isShareOfBase
        ? ConfidenceInterval.wilson(successes: Double(top), trials: Double(base)) : nil
    )
  }
}

/// A bridge while it is being built: where it has come to, and the steps so far.
struct CountBridge {
  private(set) var counted: CountedRecords
  private(set) var steps: [BridgeStep] = []
  /// Where the last step ended.
  private(set) var reading: MetricReading

  /// A bridge that begins with a count.
  init(_ counted: CountedRecords) {
    self.counted = counted
    reading = counted.reading
  }

  /// A bridge that begins with an estimate and goes on to the plain count.
  init(
    from estimate: MetricReading,
    _ rule: ReconcileRule,
    _ recordIDs: [String],
    to counted: CountedRecords
  ) {
    self.counted = counted
    reading = counted.reading
    steps = [BridgeStep(rule: rule, before: estimate, after: reading, recordIDs: recordIDs)]
  }

  /// Goes on to another count of the same records, rule by rule in the order given; a rule that
  /// changes no record is no step.
  ///
  /// - Parameters:
  ///   - next: The count to go to.
  ///   - rules: Every rule that `rule` may name, in the order of the steps.
  ///   - name: A record's id.
  ///   - rule: The rule by which a record counts otherwise.
  mutating func move(
    to next: CountedRecords,
    _ rules: [ReconcileRule],
    name: (Int) -> String,
    rule: (Int) -> ReconcileRule
  ) {
    var groups: [ReconcileRule: [Int]] = [:]
    for record in counted.changes(to: next) { groups[rule(record), default: []].append(record) }
    precondition(groups.keys.allSatisfy(rules.contains), "a step for every rule")
    for rule in rules {
      guard let records = groups[rule] else { continue }
      for record in records { counted.take(record, from: next) }
      append(rule, records.map(name))
    }
  }

  /// Goes on to another count of the same records by one rule.
  mutating func move(
    to next: CountedRecords,
    _ rule: ReconcileRule,
    name: (Int) -> String
  ) {
    move(to: next, [rule], name: name) { _ in rule }
  }

  /// Goes on to a count of other records, or in another unit.
  mutating func exchange(
    _ rule: ReconcileRule,
    to next: CountedRecords,
    recordIDs: [String]
  ) {
    counted = next
    append(rule, recordIDs)
  }

  private mutating func append(_ rule: ReconcileRule, _ ids: [String]) {
    let after = counted.reading
    steps.append(
      BridgeStep(rule: rule, before: reading, after: after, recordIDs: ids.sorted())
    )
    reading = after
  }

  /// The definition that the bridge has come to.
  func definition(_ name: ReconciledDefinition.Name) -> ReconciledDefinition {
    ReconciledDefinition(name: name, reading: reading, steps: steps)
  }
}
