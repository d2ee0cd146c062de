/// What the question needs of one lead, in 32 bytes.
struct BenchmarkRecord: Sendable {
  /// The rank of the owner's name.
  var owner: UInt32
  /// The day on which the lead came into being, in UTC, as a day number.
  var day: Int32
  /// Seconds from creation to the first attempt of a person to reach the lead; `.max` for none.
  var touchLag: UInt32
  /// Seconds from creation to the win, where there is one.
  var wonLag: UInt32
  /// For steps 0..<6 how they ended: whole days times four plus a `BenchmarkOutcome`, or `.max`
  /// where the lead never came so far; then the mark, see `mark(reached:touch:)`.
  var outcomes: SIMD8<UInt16>

  /// Which of the six stages were reached as bits 0...5, and what became of the first touch: 0 for
  /// none, 1 for one, 2 for one within a working hour.
  static func mark(reached: Int, touch: Int) -> UInt16 { UInt16(reached | touch << 6) }

  /// How many different marks there are.
  static let markCount = 192
  /// Days beyond this do not fit and are kept apart.
  static let mostDays: Int64 = 16_382
  /// Where the lead never came so far.
  static let notReached = UInt16.max
}

/// How a step of a lead ended.
enum BenchmarkOutcome: Int, Sendable {
  case next, lost, recycled, censored
}

/// A step that took longer than a record can say.
struct LongStep: Hashable, Sendable {
  var channel: Int
  var step: Int
  var days: Int
  var outcome: Int
}

/// Some leads of a company by channel and segment, each as a record.
struct BenchmarkRecords: Sendable {
  /// By channel and segment, in the order of their ranks.
  let records: [BenchmarkRecord]
  /// Where the leads of each channel and segment begin; one more than there are pairs.
  let starts: [Int]
  /// The days on which leads came into being; nil where there are no leads.
  let days: ClosedRange<Int32>?
  /// The most days that a record's step took; at least so many.
  let mostDays: Int64
  let longSteps: [LongStep]

  /// The records of some journeys, of which there is one a lead.
  ///
  /// - Parameters:
  ///   - sources: Their columns.
  ///   - names: What their codes stand for.
  init(_ sources: BenchmarkSources, _ names: BenchmarkNames) {
    var starts = sources.pairCounts(names)
    var position = 0
    for pair in starts.indices {
      let count = starts[pair]
      starts[pair] = position
      position += count
    }
    let total = position
    var tally = BenchmarkTally()
    records = Array(unsafeUninitializedCapacity: total) { buffer, initialized in
      tally = sources.write(to: buffer, at: starts, names)
      initialized = total
    }
    self.starts = starts + [total]
    days = total > 0 ? tally.firstDay...tally.lastDay : nil
    mostDays = tally.mostDays
    longSteps = tally.longSteps
  }
}

extension BenchmarkRecords {
  /// The records of a channel and segment.
  func ofPair(_ pair: Int) -> ArraySlice<BenchmarkRecord> {
    records[starts[pair]..<starts[pair + 1]]
  }
}

/// What some leads showed while their records were written.
struct BenchmarkTally: Sendable {
  var mostDays: Int64 = 0
  var firstDay = Int32.max
  var lastDay = Int32.min
  var longSteps: [LongStep] = []
}
