import PlumblineStatistics
import Testing

@Suite struct `State occupation` {
  private typealias Move = StateOccupation.Move
  private typealias Ending = StateOccupation.Ending

  private func agreeAll(_ found: [Double], _ expected: [Double]) -> Bool {
    found.count == expected.count
      && zip(found, expected).allSatisfy { agree($0, $1, absolute: 1e-12) }
  }

  @Test func `knows nothing without entries`() throws {
    let none = try StateOccupation(start: [0, 0], moves: [], endings: [])
    #expect(none.initial.isEmpty)
    #expect(none.shares(onDay: 10).isEmpty)
    let nowhere = try StateOccupation(start: [], moves: [], endings: [])
    #expect(nowhere.shares(onDay: 0).isEmpty)
  }

  @Test func `stays as it was when nothing moves`() throws {
    let still = try StateOccupation(
      start: [3, 1],
      moves: [Move(day: 2, from: 0, to: 0, count: 3), Move(day: 4, from: 0, to: 1, count: 0)],
      endings: [Ending(day: 3, state: 0, count: 3)]
    )
    #expect(still.shares(onDay: -1) == [0.75, 0.25])
    #expect(still.shares(onDay: 1_000) == [0.75, 0.25])
  }

  @Test func `one entry moves as a whole, on the day of the move`() throws {
    let one = try StateOccupation(
      start: [1, 0],
      moves: [Move(day: 5, from: 0, to: 1, count: 1)],
      endings: []
    )
    #expect(one.shares(onDay: 4.9) == [1, 0])
    #expect(one.shares(onDay: 5) == [0, 1])
  }

  /// Ten leads: 4 recycled on day 2; an open one's data end on day 3; of 5 open leads 1 is won on
  /// day 4, when 2 of the 4 recycled ones come back; of 6 open leads 3 are won on day 6.
  @Test func `returns count, as worked out by hand`() throws {
    let occupation = try StateOccupation(
      start: [10, 0, 0],
      moves: [
        Move(day: 6, from: 0, to: 2, count: 3), Move(day: 2, from: 0, to: 1, count: 4),
        Move(day: 4, from: 0, to: 2, count: 1), Move(day: 4, from: 1, to: 0, count: 2),
      ],
      endings: [Ending(day: 3, state: 0, count: 1)]
    )
    #expect(agreeAll(occupation.shares(onDay: 3), [0.6, 0.4, 0]))
    // 0.6 · 4/5 + 0.4 · 2/4, 0.4 · 2/4, 0.6 · 1/5
    #expect(agreeAll(occupation.shares(onDay: 4), [0.68, 0.2, 0.12]))
    #expect(agreeAll(occupation.shares(onDay: 6), [0.34, 0.2, 0.46]))
    #expect(occupation.days == [2, 4, 6])
  }

  @Test func `an end of data on the day of a move comes after it`() throws {
    let occupation = try StateOccupation(
      start: [2, 0],
      moves: [Move(day: 4, from: 0, to: 1, count: 1)],
      endings: [Ending(day: 4, state: 0, count: 1)]
    )
    #expect(occupation.shares(onDay: 4) == [0.5, 0.5])
  }

  @Test func `more leaving a state than were in it share it between them`() throws {
    // One lead recycled, reopened and won on one day.
    let occupation = try StateOccupation(
      start: [4, 0, 0],
      moves: [
        Move(day: 1, from: 0, to: 1, count: 1), Move(day: 1, from: 1, to: 0, count: 1),
        Move(day: 1, from: 0, to: 2, count: 1), Move(day: 3, from: 0, to: 2, count: 1),
      ],
      endings: []
    )
    let end = occupation.shares(onDay: 3)
    #expect(agree(end.reduce(0, +), 1))
    #expect(end.allSatisfy { (0...1).contains($0) })
  }

  @Test(arguments: [(0, 3), (3, 0), (0, -1)])
  func `refuses states that are not there`(from: Int, to: Int) {
    #expect(throws: StatisticsError.self) {
      try StateOccupation(
        start: [1, 0, 0],
        moves: [Move(day: 1, from: from, to: to, count: 1)],
        endings: []
      )
    }
  }

  @Test func `refuses negative counts`() {
    #expect(throws: StatisticsError.negativeOrNotFinite(-1)) {
      try StateOccupation(start: [1, -1], moves: [], endings: [])
    }
  }

  /// Entries wander through four states, some return; each is watched to the end.
  @Test(arguments: UInt64(0)..<40)
  func `equals plain shares when everybody is watched`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let (entries, lastDay) = (50, 12)
    var states = Array(repeating: 0, count: entries)
    var moves: [Move] = []
    var plain: [[Double]] = []
    for day in 1...lastDay {
      for entry in 0..<entries where states[entry] < 2 && generator.chance(0.25) {
        let to = generator.choice(weights: states[entry] == 0 ? [0, 3, 1, 2] : [2, 0, 0, 1])
        moves.append(Move(day: day, from: states[entry], to: to, count: 1))
        states[entry] = to
      }
      plain.append((0..<4).map { state in Double(states.count { $0 == state }) / 50 })
    }
    moves.shuffle(using: &generator)
    let occupation = try StateOccupation(start: [50, 0, 0, 0], moves: moves, endings: [])
    for day in 1...lastDay {
      #expect(agreeAll(occupation.shares(onDay: Double(day)), plain[day - 1]))
    }
  }

  /// Two ways out of one state are the competing risks of the ordinary curve.
  @Test(arguments: UInt64(0)..<20)
  func `equals the conversion curve when nothing returns`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var counts = LagCounts(buckets: try LagBuckets(edges: Array(0...40)))
    var moves: [Move] = []
    var endings: [Ending] = []
    for _ in 0..<200 {
      let day = generator.integer(below: 40)
      switch generator.integer(below: 3) {
      case 0:
        counts.add(.converted, lagInDays: day)
        moves.append(Move(day: day, from: 0, to: 1, count: 1))
      case 1:
        counts.add(.exited, lagInDays: day)
        moves.append(Move(day: day, from: 0, to: 2, count: 1))
      default:
        counts.add(.open, lagInDays: day)
        endings.append(Ending(day: day, state: 0, count: 1))
      }
    }
    let occupation = try StateOccupation(start: [200, 0, 0], moves: moves, endings: endings)
    for (day, point) in CumulativeIncidence(counts).points.enumerated().dropLast() {
      let shares = occupation.shares(onDay: Double(day))
      #expect(agreeAll(shares, [point.waiting, point.converted, point.exited]), "day \(day)")
    }
  }
}
