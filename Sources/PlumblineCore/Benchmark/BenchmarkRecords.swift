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

/// The leads of a history by channel and segment, each as a record.
///
/// Within a channel and segment leads stand in the order of the history, so that the answer does
/// not depend on how many threads made the records.
struct BenchmarkRecords: Sendable {
  let channels: RankedNames
  let segments: RankedNames
  let owners: RankedNames
  /// By channel and segment, in the order of their ranks.
  private(set) var records: [BenchmarkRecord] = []
  /// Where the leads of each channel and segment begin; one more than there are pairs.
  private(set) var starts: [Int] = [0]
  /// The days on which leads came into being.
  private(set) var days: ClosedRange<Int32> = 0...0
  /// One more than the most days that a record's step took.
  private(set) var lagCount = 1
  private(set) var longSteps: [LongStep] = []

  /// The records of a history and its journeys, of which there is one a lead.
  ///
  /// - Parameters:
  ///   - sources: The columns of both.
  ///   - texts: What their codes stand for.
  ///   - threads: How many parts are worked on at once; makes no difference to the result.
  init(_ sources: BenchmarkSources, _ texts: TextDictionaries, threads: Int) {
    let ranges = ParallelRanges.divide(sources.rowCount, into: threads)
    let surveys = ParallelRanges.map(ranges) { BenchmarkSurvey(sources, $1, texts) }
    let used = surveys.reduce(into: BenchmarkSurvey(texts)) { $0.add($1) }
    channels = RankedNames(used.channels, texts[.channel])
    segments = RankedNames(used.segments, texts[.segment])
    owners = RankedNames(used.owners, texts[.owner])
    let pairs = channels.count * segments.count
    let ranking = (channels: channels.ranks, segments: segments.ranks, owners: owners.ranks)
    let segmentCount = segments.count
    let counts = ParallelRanges.map(ranges) {
      sources.pairCounts($1, ranking.channels, ranking.segments, segmentCount, pairs)
    }
    // Where each part puts its leads of each pair: behind those of the parts before it.
    var next = Array(repeating: Array(repeating: 0, count: pairs), count: ranges.count)
    starts = Array(repeating: 0, count: pairs + 1)
    var position = 0
    for pair in 0..<pairs {
      starts[pair] = position
      for part in ranges.indices {
        next[part][pair] = position
        position += counts[part][pair]
      }
    }
    starts[pairs] = position
    let total = position
    let firstPlaces = next
    var tallies: [BenchmarkTally] = []
    records = Array(unsafeUninitializedCapacity: total) { buffer, initialized in
      let room = SharedColumn(buffer.baseAddress)
      tallies = ParallelRanges.map(ranges) { part, range in
        sources.write(
          range,
          to: room,
          at: firstPlaces[part],
          ranking.channels,
          ranking.segments,
          ranking.owners,
          segmentCount
        )
      }
      initialized = total
    }
    lagCount = Int(tallies.map(\.mostDays).max() ?? 0) + 1
    longSteps = tallies.flatMap(\.longSteps)
    if total > 0 {
      days = (tallies.map(\.firstDay).min() ?? 0)...(tallies.map(\.lastDay).max() ?? 0)
    }
  }
}

/// What one part of the leads showed while their records were written.
struct BenchmarkTally: Sendable {
  var mostDays: Int64 = 0
  var firstDay = Int32.max
  var lastDay = Int32.min
  var longSteps: [LongStep] = []
}

/// Which codes occur among the leads that count.
struct BenchmarkSurvey: Sendable {
  private(set) var channels: [Bool]
  private(set) var segments: [Bool]
  private(set) var owners: [Bool]

  /// Nothing yet.
  init(_ texts: TextDictionaries) {
    channels = Array(repeating: false, count: texts[.channel].count)
    segments = Array(repeating: false, count: texts[.segment].count)
    owners = Array(repeating: false, count: texts[.owner].count)
  }

  /// The codes of one part of the leads.
  init(_ sources: BenchmarkSources, _ rows: Range<Int>, _ texts: TextDictionaries) {
    self.init(texts)
    for row in rows {
      guard let lead = sources.lead(ofRow: row) else { continue }
      channels[Int(sources.leads.channels[lead])] = true
      segments[Int(sources.leads.segments[lead])] = true
      owners[Int(sources.leads.owners[lead])] = true
    }
  }

  /// Adds what another part showed.
  mutating func add(_ other: BenchmarkSurvey) {
    for code in channels.indices where other.channels[code] { channels[code] = true }
    for code in segments.indices where other.segments[code] { segments[code] = true }
    for code in owners.indices where other.owners[code] { owners[code] = true }
  }
}
