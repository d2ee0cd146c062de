/// How the steps of some journeys that follow one another ended, worked out column by column: what is
/// done alike for every journey is done for several at once.
///
/// Times are counted in seconds from when the lead came into being, in 32 bits; journeys that took
/// longer than 34 years are not for it. Says what `BenchmarkSteps` says of one journey.
struct BenchmarkBlock {
  /// The most journeys of a block.
  static let mostRows = 256

  private static let steps = BenchmarkAsk.stepCount

  /// Where a step was not taken.
  private static let never = Int32.max

  /// When the leads came into being, packed as `TimePoint.rawValue` is, the precision left out.
  private let created: UnsafeMutablePointer<Int64>
  /// For each step from 0 on, which is the creation, when it was taken; `mostRows` each.
  private let lags: UnsafeMutablePointer<Int32>
  /// When the lead was lost or recycled.
  private let exits: UnsafeMutablePointer<Int32>
  /// Which of both it was, as a `BenchmarkOutcome`.
  private let sorts: UnsafeMutablePointer<Int32>
  /// When the question's time ends.
  private let ends: UnsafeMutablePointer<Int32>
  /// How each step ended, see `BenchmarkRecord.outcomes`; `mostRows` each.
  private let outcomes: UnsafeMutablePointer<UInt16>
  private let marks: UnsafeMutablePointer<UInt8>
  /// The most days that a step took.
  private(set) var mostDays: Int64 = 0

  /// The columns of journeys and their leads.
  struct Columns {
    let leads: UnsafeBufferPointer<Int32>
    let created: UnsafeBufferPointer<TimePoint>
    let reached: InlineArray<6, UnsafeBufferPointer<TimePoint>>
    let exits: UnsafeBufferPointer<TimePoint>
    let detours: UnsafeBufferPointer<UInt16>
    /// The detours that end a step.
    let lost: UInt16
    let recycled: UInt16
  }

  /// Memory for a block, to be given back by `deallocate()`.
  init() {
    let rows = Self.mostRows
    created = .allocate(capacity: rows)
    lags = .allocate(capacity: (Self.steps + 1) * rows)
    exits = .allocate(capacity: rows)
    sorts = .allocate(capacity: rows)
    ends = .allocate(capacity: rows)
    outcomes = .allocate(capacity: Self.steps * rows)
    marks = .allocate(capacity: rows)
  }

  /// Gives the memory back.
  func deallocate() {
    created.deallocate()
    lags.deallocate()
    exits.deallocate()
    sorts.deallocate()
    ends.deallocate()
    outcomes.deallocate()
    marks.deallocate()
  }

  /// Works out how the steps of some journeys ended.
  ///
  /// - Parameters:
  ///   - rows: The journeys, at most `mostRows`.
  ///   - columns: Their columns.
  ///   - end: The end of the question's time, seconds since 1970.
  /// - Returns: Whether all of them could be worked out; of a journey whose lead came into being
  ///   nobody knows when, nothing is to be asked.
  mutating func read(_ rows: Range<Int>, _ columns: Columns, until end: Int64) -> Bool {
    guard !rows.isEmpty, rows.upperBound <= columns.leads.count else { return rows.isEmpty }
    let (first, count) = (rows.lowerBound, rows.count)
    // What stands behind the last journey of a short block is worked out and not looked at.
    let whole = (count &+ Self.width &- 1) & ~(Self.width &- 1)
    guard first &+ whole <= columns.leads.count else { return false }
    for index in 0..<whole {
      created[index] = columns.created[Int(columns.leads[first &+ index])].rawValue & ~3
    }
    var bits = SIMD4<UInt64>()
    for step in 1...Self.steps {
      guard let times = columns.reached[step &- 1].baseAddress else { return false }
      bits |= distances(of: times + first, whole, into: lags + step &* Self.mostRows)
    }
    guard let times = columns.exits.baseAddress, let detours = columns.detours.baseAddress else {
      return false
    }
    bits |= distances(of: times + first, whole, into: exits)
    sortExits(detours + first, whole, columns.lost, columns.recycled)
    bits |= readEnds(end, whole)
    guard bits == SIMD4() else { return false }
    let (signs, longest) = endSteps(whole)
    mostDays = Int64(longest.max()) / 86_400
    return signs.min() >= 0
  }

  /// Which steps a journey took: bit k for step k, bit 0 for the creation.
  @inline(__always)
  func reached(_ index: Int) -> Int { Int(marks[index]) }

  /// How a journey's steps ended, see `BenchmarkRecord.outcomes`; the lanes behind are for others.
  @inline(__always)
  func outcomes(_ index: Int, mark: UInt16) -> SIMD8<UInt16> {
    let rows = Self.mostRows
    let own = outcomes + index
    return SIMD8(
      own[0],
      own[rows],
      own[2 &* rows],
      own[3 &* rows],
      own[4 &* rows],
      own[5 &* rows],
      mark,
      BenchmarkRecord.notReached
    )
  }

  /// Seconds from the creation to the last step; meaningful where it was taken.
  @inline(__always)
  func wonLag(_ index: Int) -> UInt32 {
    UInt32(clamping: lags[Self.steps &* Self.mostRows &+ index])
  }

  /// How many journeys are worked on at once.
  private static let width = 4

  @inline(__always)
  private static func load<Vector>(_ place: UnsafePointer<Vector.Scalar>, _ index: Int) -> Vector
  where Vector: SIMD {
    UnsafeRawPointer(place + index).loadUnaligned(as: Vector.self)
  }

  @inline(__always)
  private static func store<Vector>(
    _ vector: Vector,
    _ place: UnsafeMutablePointer<Vector.Scalar>,
    _ index: Int
  ) where Vector: SIMD {
    UnsafeMutableRawPointer(place + index).storeBytes(of: vector, as: Vector.self)
  }

  /// Times as distances from the creations, `never` for what did not happen.
  ///
  /// - Returns: 0 if all fit.
  @inline(__always)
  private func distances(
    of times: UnsafePointer<TimePoint>,
    _ count: Int,
    into lags: UnsafeMutablePointer<Int32>
  ) -> SIMD4<UInt64> {
    let words = UnsafeRawPointer(times).assumingMemoryBound(to: Int64.self)
    var bits = SIMD4<UInt64>()
    var index = 0
    while index < count {
      let time: SIMD4<Int64> = Self.load(words, index)
      let start: SIMD4<Int64> = Self.load(created, index)
      let isDated = (time .!= .max) .& (time .!= .min)
      let distance = SIMD4<UInt64>(truncatingIfNeeded: time &- start)
      bits |= Self.excess(distance).replacing(with: 0, where: .!isDated)
      let lag = SIMD4<Int64>(truncatingIfNeeded: distance &>> 2)
        .replacing(with: Int64(Self.never), where: .!isDated)
      Self.store(SIMD4<Int32>(truncatingIfNeeded: lag), lags, index)
      index &+= Self.width
    }
    return bits
  }

  /// 0 for a packed distance of less than 2^30 seconds into either direction.
  @inline(__always)
  private static func excess(_ distance: SIMD4<UInt64>) -> SIMD4<UInt64> {
    (distance &+ (1 << 32)) &>> 33
  }

  @inline(__always)
  private func sortExits(
    _ detours: UnsafePointer<UInt16>,
    _ count: Int,
    _ lost: UInt16,
    _ recycled: UInt16
  ) {
    let (lost, recycled) = (Int32(lost), Int32(recycled))
    var index = 0
    while index < count {
      let narrow: SIMD4<UInt16> = Self.load(detours, index)
      let detour = SIMD4<Int32>(truncatingIfNeeded: narrow)
      let exit: SIMD4<Int32> = Self.load(exits, index)
      let (isLost, isRecycled) = (detour .== lost, detour .== recycled)
      Self.store(
        exit.replacing(with: Self.never, where: .!(isLost .| isRecycled)),
        exits,
        index
      )
      Self.store(
        SIMD4<Int32>(repeating: Int32(BenchmarkOutcome.recycled.rawValue))
          .replacing(with: Int32(BenchmarkOutcome.lost.rawValue), where: isLost),
        sorts,
        index
      )
      index &+= Self.width
    }
  }

  @inline(__always)
  private func readEnds(_ end: Int64, _ count: Int) -> SIMD4<UInt64> {
    var bits = SIMD4<UInt64>()
    var index = 0
    while index < count {
      let start: SIMD4<Int64> = Self.load(created, index)
      let distance = SIMD4<UInt64>(truncatingIfNeeded: end &<< 2 &- start)
      bits |= Self.excess(distance)
      Self.store(SIMD4<Int32>(truncatingIfNeeded: distance &>> 2), ends, index)
      index &+= Self.width
    }
    return bits
  }

  /// From the last step to the first: whichever came first, going on before being lost or recycled.
  ///
  /// - Returns: Numbers that are not negative if no step ended before it began, and seconds of which
  ///   none took more.
  @inline(__always)
  private func endSteps(_ count: Int) -> (signs: SIMD4<Int32>, longest: SIMD4<Int32>) {
    var (signs, longest) = (SIMD4<Int32>(), SIMD4<Int32>())
    var index = 0
    while index < count {
      let exit: SIMD4<Int32> = Self.load(exits, index)
      let sort: SIMD4<Int32> = Self.load(sorts, index)
      let end: SIMD4<Int32> = Self.load(ends, index)
      var next: SIMD4<Int32> = Self.load(lags + Self.steps &* Self.mostRows, index)
      var marks = SIMD4<Int32>(repeating: 1 << Int32(Self.steps))
        .replacing(with: 0, where: next .== Self.never)
      var step = Self.steps
      while step > 0 {
        step &-= 1
        let start: SIMD4<Int32> =
          step == 0 ? SIMD4() : Self.load(lags + step &* Self.mostRows, index)
        let isTaken = start .!= Self.never
        let own = exit.replacing(with: Self.never, where: start .> exit)
        let goesOn = next .<= own
        let first = own.replacing(with: next, where: goesOn)
        let outcome =
          sort
          .replacing(with: Int32(BenchmarkOutcome.next.rawValue), where: goesOn)
          .replacing(with: Int32(BenchmarkOutcome.censored.rawValue), where: first .== Self.never)
        let seconds = (first.replacing(with: end, where: first .> end) &- start)
          .replacing(with: 0, where: .!isTaken)
        signs |= seconds
        longest.replace(with: seconds, where: seconds .> longest)
        let ended = Self.days(seconds) &<< 2 | outcome
        Self.store(
          SIMD4<UInt16>(truncatingIfNeeded: ended.replacing(with: 0xFFFF, where: .!isTaken)),
          outcomes + step &* Self.mostRows,
          index
        )
        next = next.replacing(with: start, where: isTaken)
        marks |= SIMD4<Int32>(repeating: 1 &<< Int32(truncatingIfNeeded: step))
          .replacing(with: 0, where: .!isTaken)
      }
      Self.store(SIMD4<UInt8>(truncatingIfNeeded: marks), self.marks, index)
      index &+= Self.width
    }
    return (signs, longest)
  }

  /// Whole days of seconds that are not negative.
  ///
  /// A day has 128 x 675 seconds, and 1,628,906,116 is the next number above 2^40 / 675. It is too
  /// great by 524 / 675, so for what is below 2^24 the quotient is by less than 1 / 675: no whole
  /// day more.
  @inline(__always)
  private static func days(_ seconds: SIMD4<Int32>) -> SIMD4<Int32> {
    let parts = SIMD4<UInt64>(
      truncatingIfNeeded: SIMD4<UInt32>(truncatingIfNeeded: seconds) &>> 7
    )
    return SIMD4<Int32>(truncatingIfNeeded: (parts &* 1_628_906_116) &>> 40)
  }
}
