import PlumblineStatistics

/// Looks for meetings recorded as held that may not have been, an owner's against everybody else's.
///
/// Good owners really have fewer meetings to which nobody comes, and some write less down. So a held
/// share alone must be far above others'; otherwise a second sign must point the same way, and the
/// weaker of the two counts.
struct MeetingDetector {
  /// An owner with fewer recorded meetings is not judged.
  static let fewestMeetings = 30
  /// How many times others' odds an owner's meetings may be held without a word, other signs aside.
  static let heldMargin = 4.0
  /// The same where a second sign points the same way.
  static let heldMarginWithSecondSign = 1.25
  /// How many times others' odds of having left no trace are nothing to talk about.
  static let traceMargin = 1.5
  /// How many times others' odds of having been made afterwards are nothing to talk about.
  static let afterwardsMargin = 2.5
  /// So many meetings of an owner booked at one instant were booked by a machine.
  static let fewestAtOnce = 5

  private let meetings: [GamingRecords.Meeting]
  private let isMadeAfterwards: [Bool]

  init(_ records: GamingRecords) {
    meetings = records.meetings
    struct Booking: Hashable {
      var owner: UInt32
      var time: TimePoint
    }
    func booking(_ meeting: GamingRecords.Meeting) -> Booking? {
      meeting.booked.isDated && meeting.booked.precision == .exact
        ? Booking(owner: meeting.owner, time: meeting.booked) : nil
    }
    var atOnce: [Booking: Int] = [:]
    for meeting in meetings { if let key = booking(meeting) { atOnce[key, default: 0] += 1 } }
    isMadeAfterwards = meetings.map { meeting in
      guard meeting.isHeld else { return false }
      if meeting.wasHeldBefore { return true }
      guard let key = booking(meeting) else { return false }
      let isLate =
        meeting.starts.isDated && meeting.starts.precision == .exact
        && meeting.starts <= meeting.booked
      return isLate || atOnce[key, default: 0] >= Self.fewestAtOnce
    }
  }

  /// Meetings that answer a question, and those of them that say yes.
  private struct Count {
    var yes = 0
    var all = 0

    mutating func add(_ answer: Bool?) {
      guard let answer else { return }
      all += 1
      if answer { yes += 1 }
    }

    static func - (left: Count, right: Count) -> Count {
      Count(yes: left.yes - right.yes, all: left.all - right.all)
    }
  }

  private struct Tally {
    var held = Count()
    var withoutTrace = Count()
    var notWon = Count()
    var afterwards = Count()
    var meetings: [Int] = []

    mutating func add(_ meeting: GamingRecords.Meeting, _ number: Int, _ isAfterwards: Bool) {
      held.add(meeting.isHeld)
      meetings.append(number)
      guard meeting.isHeld else { return }
      withoutTrace.add(meeting.hasTrace.map { !$0 })
      notWon.add(meeting.isWon.map { !$0 })
      afterwards.add(isAfterwards)
    }
  }

  func tests() -> GamingTests {
    guard !meetings.isEmpty else { return GamingTests(standing: .notRecorded) }
    var all = Tally()
    var tallies: [UInt32: Tally] = [:]
    for (number, meeting) in meetings.enumerated() {
      all.add(meeting, number, isMadeAfterwards[number])
      guard meeting.owner != 0 else { continue }
      tallies[meeting.owner, default: Tally()].add(meeting, number, isMadeAfterwards[number])
    }
    let owners = tallies.keys.sorted().filter { owner in
      let own = tallies[owner]?.held.all ?? 0
      return own >= Self.fewestMeetings && all.held.all - own >= Self.fewestMeetings
    }
    guard !owners.isEmpty else {
      return GamingTests(
        standing: .notEnoughData(
          have: tallies.values.map(\.held.all).max() ?? 0,
          need: Self.fewestMeetings
        )
      )
    }
    let tests = owners.flatMap { owner in self.tests(of: owner, tallies[owner] ?? Tally(), all) }
    return GamingTests(standing: .judged(tests: tests.count), tests: tests)
  }

  private func tests(of owner: UInt32, _ own: Tally, _ all: Tally) -> [GamingTest] {
    func chance(_ part: KeyPath<Tally, Count>, margin: Double) -> Double {
      let (mine, others) = (own[keyPath: part], all[keyPath: part] - own[keyPath: part])
      return OddsMarginTest.pValue(
        (mine.yes, mine.all),
        (others.yes, others.all),
        margin: margin
      )
    }
    func test(
      _ sign: GamingFinding.Sign,
      _ part: KeyPath<Tally, Count>,
      _ pValue: Double,
      _ isEvidence: @escaping (Int) -> Bool
    ) -> GamingTest {
      let (mine, others) = (own[keyPath: part], all[keyPath: part] - own[keyPath: part])
      let rate = others.all > 0 ? Double(others.yes) / Double(others.all) : 0
      return GamingTest(
        sign: sign,
        owner: owner,
        pValue: pValue,
        observed: mine.yes,
        of: mine.all,
        expected: rate * Double(mine.all),
        evidence: {
          own.meetings.filter(isEvidence).map {
            GamingFinding.Evidence(
              lead: meetings[$0].lead,
              time: meetings[$0].starts.isDated ? meetings[$0].starts : meetings[$0].booked
            )
          }
        }
      )
    }
    let second = chance(\.held, margin: Self.heldMarginWithSecondSign)
    return [
      test(.alwaysHeld, \.held, chance(\.held, margin: Self.heldMargin)) { meetings[$0].isHeld },
      test(
        .heldWithoutTrace,
        \.withoutTrace,
        max(second, chance(\.withoutTrace, margin: Self.traceMargin))
      ) { meetings[$0].isHeld && meetings[$0].hasTrace == false },
      test(.heldNotWon, \.notWon, max(second, chance(\.notWon, margin: 1))) {
        meetings[$0].isHeld && meetings[$0].isWon == false
      },
      test(
        .madeAfterwards,
        \.afterwards,
        chance(\.afterwards, margin: Self.afterwardsMargin)
      ) { isMadeAfterwards[$0] },
    ]
  }
}
