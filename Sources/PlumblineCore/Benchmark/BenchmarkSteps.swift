/// Eight lanes of 16 bits that are set one by one.
///
/// Shifts stay in registers; lanes written through memory and read back as one wait for each other.
struct PackedOutcomes {
  private var low = UInt64.max
  private var high = UInt64.max

  /// Sets a lane, once.
  @inline(__always)
  mutating func set(_ lane: Int, _ value: UInt16) {
    let change = UInt64(value ^ .max) &<< UInt64(truncatingIfNeeded: 16 &* (lane & 3))
    if lane < 4 { low ^= change } else { high ^= change }
  }

  /// The lanes; `.max` where nothing was set.
  @inline(__always)
  var lanes: SIMD8<UInt16> {
    var lanes = SIMD8<UInt16>()
    lanes.lowHalf = Self.lanes(low)
    lanes.highHalf = Self.lanes(high)
    return lanes
  }

  @inline(__always)
  private static func lanes(_ word: UInt64) -> SIMD4<UInt16> {
    SIMD4(
      UInt16(truncatingIfNeeded: word),
      UInt16(truncatingIfNeeded: word >> 16),
      UInt16(truncatingIfNeeded: word >> 32),
      UInt16(truncatingIfNeeded: word >> 48)
    )
  }
}

/// When one lead took each step, and when it first left after it.
struct BenchmarkSteps {
  /// How many numbers the scratch room holds: a time and two exits for each step.
  static let room = 24

  /// Bit k: step k was taken at a known time; bit 0 is the creation.
  private(set) var reached = 1
  /// Times from 0 on, losses from 8 on, recyclings from 16 on; those whose bit is set.
  private let scratch: UnsafeMutableBufferPointer<Int64>

  @inline(__always)
  init(
    created: Int64,
    _ columns: InlineArray<6, UnsafeBufferPointer<TimePoint>>,
    _ row: Int,
    _ scratch: UnsafeMutableBufferPointer<Int64>
  ) {
    self.scratch = scratch
    scratch[0] = created
    for step in 1...BenchmarkAsk.stepCount {
      let time = columns[step &- 1][row]
      reached |= (time.isDated ? 1 : 0) &<< step
      scratch[step] = time.rawValue >> 2
    }
  }

  @inline(__always)
  func time(of step: Int) -> Int64 { scratch[step] }

  /// When the last step was taken; meaningful where it was.
  @inline(__always)
  var won: Int64 { scratch[BenchmarkAsk.stepCount] }

  @inline(__always)
  func setExits(_ step: Int, lost: Int64, recycled: Int64) {
    scratch[8 &+ step] = lost
    scratch[16 &+ step] = recycled
  }

  /// Notes the only exit for each step that it is not before.
  @inline(__always)
  func setExit(_ second: Int64, isLost: Bool, isRecycled: Bool) {
    for step in 0..<BenchmarkAsk.stepCount {
      let follows = scratch[step] <= second
      setExits(
        step,
        lost: follows && isLost ? second : .max,
        recycled: follows && isRecycled ? second : .max
      )
    }
  }

  @inline(__always)
  func hasNoExits() {
    for step in 0..<BenchmarkAsk.stepCount { setExits(step, lost: .max, recycled: .max) }
  }

  /// How each step taken ended: whichever came first, going on before being lost before being
  /// recycled.
  @inline(__always)
  func forEachOutcome(until end: Int64, _ body: (Int, Int64, BenchmarkOutcome) -> Void) {
    var next = reached & 1 << BenchmarkAsk.stepCount != 0 ? won : Int64.max
    var step = BenchmarkAsk.stepCount
    while step > 0 {
      step &-= 1
      guard reached & 1 << step != 0 else { continue }
      let (lost, recycled) = (scratch[8 &+ step], scratch[16 &+ step])
      let first = min(next, lost, recycled)
      let outcome: BenchmarkOutcome =
        first == .max
        ? .censored : first == next ? .next : first == lost ? .lost : .recycled
      let start = scratch[step]
      body(step, (min(first, end) &- start) / 86_400, outcome)
      next = start
    }
  }
}
