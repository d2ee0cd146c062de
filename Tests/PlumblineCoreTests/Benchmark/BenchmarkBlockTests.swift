import PlumblineStatistics
import Testing

@testable import PlumblineCore

/// Steps worked out for several journeys at once end as those of each journey by itself.
struct BenchmarkBlockTests {
  /// What one journey's columns hold; seconds, nil for what did not happen.
  private struct Journey {
    var created: Int64
    var reached: [Int64?]
    var exit: Int64?
    var detour: UInt16
  }

  private static let end: Int64 = 1_750_000_000
  private static let lost: UInt16 = 3
  private static let recycled: UInt16 = 5

  private func drawn(_ random: inout SeededGenerator) -> Journey {
    let created = Self.end - Int64(random.integer(below: 60_000_000))
    var reached: [Int64?] = []
    for _ in 0..<6 {
      let isTaken = random.integer(below: 3) > 0
      // Later, at the same moment, or at a time nobody would expect.
      let last = reached.compactMap(\.self).last ?? created
      let second =
        last + Int64(random.integer(below: 4) == 0 ? 0 : random.integer(below: 9_000_000))
      reached.append(isTaken ? min(second, Self.end) : nil)
    }
    let hasExit = random.integer(below: 2) == 0
    return Journey(
      created: created,
      reached: reached,
      exit: hasExit
        ? (random.integer(below: 3) == 0
          ? reached.compactMap(\.self).last ?? created
          : created + Int64(random.integer(below: 20_000_000)) - 100_000) : nil,
      detour: [Self.lost, Self.recycled, 1, .max][random.integer(below: 4)]
    )
  }

  /// How the steps of a journey end, in words that a reader can follow.
  private func expected(_ journey: Journey) -> [UInt16] {
    let times = [journey.created] + journey.reached
    var outcomes: [UInt16] = []
    for step in 0..<6 {
      guard let start = times[step] else {
        outcomes.append(.max)
        continue
      }
      let next = times[(step + 1)...].compactMap(\.self).first
      var exit: Int64?
      if let second = journey.exit, second >= start,
        [Self.lost, Self.recycled].contains(journey.detour)
      {
        exit = second
      }
      let first = [next, exit].compactMap(\.self).min()
      let outcome: BenchmarkOutcome =
        first == nil
        ? .censored
        : next.map { $0 <= exit ?? .max } ?? false
          ? .next : journey.detour == Self.lost ? .lost : .recycled
      let days = (min(first ?? .max, Self.end) - start) / 86_400
      outcomes.append(UInt16(days) << 2 | UInt16(outcome.rawValue))
    }
    return outcomes
  }

  private func read(
    _ journeys: [Journey],
    _ rows: Range<Int>,
    _ body: (BenchmarkBlock, Bool) -> Void
  ) {
    func time(_ second: Int64?) -> TimePoint {
      second.map { TimePoint(Instant(seconds: $0)) } ?? .missing
    }
    var block = BenchmarkBlock()
    defer { block.deallocate() }
    let columns: [[TimePoint]] =
      [journeys.map { time($0.created) }, journeys.map { time($0.exit) }]
      + (0..<6).map { step in journeys.map { time($0.reached[step]) } }
    func open(_ opened: [UnsafeBufferPointer<TimePoint>]) {
      guard opened.count == columns.count else {
        return columns[opened.count].withUnsafeBufferPointer { open(opened + [$0]) }
      }
      Array(0..<Int32(journeys.count)).withUnsafeBufferPointer { leads in
        journeys.map(\.detour).withUnsafeBufferPointer { detours in
          let isRead = block.read(
            rows,
            BenchmarkBlock.Columns(
              leads: leads,
              created: opened[0],
              reached: InlineArray { opened[2 + $0] },
              exits: opened[1],
              detours: detours,
              lost: Self.lost,
              recycled: Self.recycled
            ),
            until: Self.end
          )
          body(block, isRead)
        }
      }
    }
    open([])
  }

  @Test(arguments: UInt64(0)..<40)
  func `says of each journey what it says by itself`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let journeys = (0..<300).map { _ in drawn(&random) }
    let first = random.integer(below: 40)
    let rows = first..<first + 1 + random.integer(below: 256)
    var readCount = 0
    read(journeys, rows) { block, isRead in
      // A journey whose steps go back in time is for the other way.
      guard isRead else { return }
      readCount = rows.count
      for row in rows {
        let (index, journey) = (row - rows.lowerBound, journeys[row])
        let found = block.outcomes(index, mark: 77)
        #expect((0..<6).map { found[$0] } == expected(journey), "journey \(row)")
        #expect(found[6] == 77 && found[7] == .max)
        let mask = journey.reached.enumerated().reduce(1) {
          $1.element == nil ? $0 : $0 | 1 << ($1.offset + 1)
        }
        #expect(block.reached(index) == mask)
        if let won = journey.reached[5] {
          #expect(block.wonLag(index) == UInt32(won - journey.created))
        }
      }
    }
    #expect(readCount == rows.count)
  }

  @Test func `leaves what does not fit to the other way`() {
    var random = SeededGenerator(seed: 1)
    let plain = (0..<8).map { _ in drawn(&random) }
    for change in 0..<5 {
      var journeys = plain
      switch change {
      case 0: journeys[5].reached[2] = journeys[5].created + 40 * 365 * 86_400
      case 1: journeys[5].exit = journeys[5].created - 40 * 365 * 86_400
      case 2: journeys[5].created = Self.end - 40 * 365 * 86_400
      case 3:
        journeys[5].reached = [
          journeys[5].created + 5000, journeys[5].created + 10, nil, nil, nil, nil,
        ]
        journeys[5].exit = nil
      // Fewer journeys behind the last one than are worked on at once.
      default: journeys.removeLast()
      }
      read(journeys, 0..<journeys.count) { _, isRead in #expect(!isRead, "change \(change)") }
    }
    read(plain, 0..<8) { _, isRead in #expect(isRead) }
    read(plain, 0..<0) { _, isRead in #expect(isRead) }
  }
}
