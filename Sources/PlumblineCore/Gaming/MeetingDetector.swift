import PlumblineStatistics

/// Looks for meetings recorded as held that may not have been, an owner's against everybody else's.
///
/// Good owners really have fewer meetings to which nobody comes, and some write less down. So a held
/// share alone must be far above others'; otherwise a second sign must point the same way, and the
/// weaker of the two counts. Channels differ in who comes and who buys, so that each owner's meetings
/// are compared with everybody else's of the same channel.
struct MeetingDetector {
  /// An owner with fewer recorded meetings is not judged.
  static let fewestMeetings = 30
  /// How many times others' odds an owner's meetings may be held without a word, other signs aside.
  static let heldMargin = 4.0
  /// The same where a second sign points the same way.
  static let heldMarginWithSecondSign = 1.25
  /// How many times others' odds of having left no trace are nothing to talk about.
  static let traceMargin = 2.5
  /// How many times others' odds of not being won are nothing to talk about.
  static let notWonMargin = 1.25
  /// How many times others' odds of having been made afterwards are nothing to talk about.
  static let afterwardsMargin = 2.5
  /// So many meetings of an owner booked at one instant were booked by a machine.
  static let fewestAtOnce = 5

  private let calendar: LocalCalendar
  private let meetings: [GamingRecords.Meeting]
  private let isMadeAfterwards: [Bool]
  /// Whether a meeting is the first held one of its owner and lead.
  private let isFirstOfLead: [Bool]

  init(_ records: GamingRecords) {
    calendar = records.calendar
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
    struct OwnLead: Hashable {
      var owner: UInt32
      var lead: Int
    }
    var seen: Set<OwnLead> = []
    isFirstOfLead = meetings.map { meeting in
      meeting.isHeld && meeting.isWon != nil
        && seen.insert(OwnLead(owner: meeting.owner, lead: meeting.lead)).inserted
    }
  }

  /// What is asked of a meeting.
  private enum Part { case held, withoutTrace, notWon, afterwards }

  /// What a meeting says to a question; nil where it says nothing.
  private func answer(_ number: Int, _ part: Part) -> Bool? {
    let meeting = meetings[number]
    if part == .held { return meeting.isHeld }
    guard meeting.isHeld else { return nil }
    switch part {
    case .held: return nil
    case .withoutTrace: return meeting.hasTrace.map { !$0 }
    // A lead is won once, however often somebody met it.
    case .notWon: return isFirstOfLead[number] ? meeting.isWon.map { !$0 } : nil
    case .afterwards: return isMadeAfterwards[number]
    }
  }

  private func day(_ time: TimePoint) -> Int? {
    time.isDated ? calendar.day(of: time.instant).dayNumber : nil
  }

  private func time(_ number: Int) -> TimePoint {
    meetings[number].starts.isDated ? meetings[number].starts : meetings[number].booked
  }

  /// The records that are no act of their own.
  private func repeated(_ found: [Int], _ part: Part) -> Set<Int> {
    part == .afterwards
      ? SeparateActs.repeatedInWeek(found) { number in
        day(meetings[number].booked.isDated ? meetings[number].booked : time(number))
      }
      : SeparateActs.ofLargestDays(found) { day(time($0)) }
  }

  func tests() -> GamingTests {
    guard !meetings.isEmpty else { return GamingTests(standing: .notRecorded) }
    let byOwner = Dictionary(grouping: meetings.indices.filter { meetings[$0].owner != 0 }) {
      meetings[$0].owner
    }
    let owners = byOwner.keys.sorted().filter { owner in
      let own = byOwner[owner]?.count ?? 0
      return own >= Self.fewestMeetings && meetings.count - own >= Self.fewestMeetings
    }
    guard !owners.isEmpty else {
      return GamingTests(
        standing: .notEnoughData(
          have: byOwner.values.map(\.count).max() ?? 0,
          need: Self.fewestMeetings
        )
      )
    }
    let parts: [Part] = [.held, .withoutTrace, .notWon, .afterwards]
    let all = parts.map { counts(Array(meetings.indices), $0) }
    let tests = owners.flatMap { owner -> [GamingTest] in
      let own = byOwner[owner] ?? []
      let comparisons = zip(parts, all).map { Comparison(self, own, $0, among: $1) }
      let (held, withoutTrace) = (comparisons[0], comparisons[1])
      let (notWon, afterwards) = (comparisons[2], comparisons[3])
      let second = held.pValue(margin: Self.heldMarginWithSecondSign)
      func test(_ sign: GamingFinding.Sign, _ of: Comparison, _ pValue: Double) -> GamingTest {
        GamingTest(
          sign: sign,
          owner: owner,
          pValue: pValue,
          observed: of.found.count,
          of: of.count,
          expected: of.expected,
          evidence: {
            of.found.map { GamingFinding.Evidence(lead: meetings[$0].lead, time: time($0)) }
          }
        )
      }
      return [
        test(.alwaysHeld, held, held.pValue(margin: Self.heldMargin)),
        test(
          .heldWithoutTrace,
          withoutTrace,
          max(second, withoutTrace.pValue(margin: Self.traceMargin))
        ),
        test(.heldNotWon, notWon, max(second, notWon.pValue(margin: Self.notWonMargin))),
        test(.madeAfterwards, afterwards, afterwards.pValue(margin: Self.afterwardsMargin)),
      ]
    }
    return GamingTests(standing: .judged(tests: tests.count), tests: tests)
  }

  /// Meetings that answer a question, and those of them that say yes.
  private struct Count {
    var yes = 0
    var all = 0
  }

  private func counts(_ numbers: [Int], _ part: Part) -> [UInt32: Count] {
    numbers.reduce(into: [:]) { counts, number in
      guard let answer = answer(number, part) else { return }
      counts[meetings[number].channel, default: Count()].all += 1
      if answer { counts[meetings[number].channel, default: Count()].yes += 1 }
    }
  }

  /// An owner's meetings beside everybody else's of the same channels.
  private struct Comparison {
    /// The owner's meetings that say yes, of channels that others have as well.
    var found: [Int] = []
    /// How many of the owner's say anything, of those channels.
    var count = 0
    /// How many others' lead to expect.
    var expected = 0.0
    /// The channels, with what is no act of its own left out of the owner's.
    private var strata: [OddsMarginTest.Stratum] = []

    init(_ detector: MeetingDetector, _ own: [Int], _ part: Part, among all: [UInt32: Count]) {
      let byChannel = Dictionary(grouping: own.filter { detector.answer($0, part) != nil }) {
        detector.meetings[$0].channel
      }
      var comparable: [(own: [Int], others: Count)] = []
      for channel in byChannel.keys.sorted() {
        let mine = byChannel[channel] ?? []
        let yes = mine.filter { detector.answer($0, part) == true }
        let total = all[channel] ?? Count()
        let others = Count(yes: total.yes - yes.count, all: total.all - mine.count)
        guard others.all > 0 else { continue }
        found += yes
        count += mine.count
        expected += Double(others.yes) / Double(others.all) * Double(mine.count)
        comparable.append((mine, others))
      }
      found.sort()
      let repeated = detector.repeated(found, part)
      strata = comparable.map { entry in
        let counted = entry.own.filter { !repeated.contains($0) }
        return OddsMarginTest.Stratum(
          successes: counted.count { detector.answer($0, part) == true },
          trials: counted.count,
          otherSuccesses: entry.others.yes,
          otherTrials: entry.others.all
        )
      }
    }

    func pValue(margin: Double) -> Double { OddsMarginTest.pValue(strata, margin: margin) }
  }
}
