import PlumblineStatistics

/// Looks for first touches that a machine makes under a person's name.
///
/// Two signs: the same lag to the second again and again, and touches within minutes of a hand-off
/// at hours when nobody works, while colleagues' come later.
struct FirstTouchDetector {
  /// An owner with fewer touches is not judged.
  static let fewestTouches = 20
  /// How many seconds of lags stand together at most.
  static let widest: Int64 = 10
  /// They are no more than this part of the lag: who is quick varies by few seconds.
  static let narrowing: Int64 = 6
  /// The first of the seconds that stand together lies here; below, the touch and the hand-off were
  /// recorded together, or somebody was waiting for the lead.
  static let starts: ClosedRange<Int64> = 45...3600
  /// Of the lags from half to twice as long, so many in the same few seconds are nothing to talk
  /// about.
  ///
  /// Where times to react vary by a fifth of themselves, 33 % of lags share a sixth of the lag, and
  /// fewer where they vary more.
  static let largestShare = 0.35
  /// Touches within so many seconds of a hand-off are quick.
  static let quickSeconds: Int64 = 300
  /// Fewer hand-offs outside working time are not judged.
  static let fewestOutOfHours = 10
  /// How many times others' odds of quick touches out of hours are nothing to talk about.
  static let outOfHoursMargin = 4.0
  /// Times are taken to be cut to the minute where so many look like that.
  static let cutShare = 0.9

  private let calendar: LocalCalendar
  private let touches: [GamingRecords.FirstTouch]

  init(_ records: GamingRecords) {
    calendar = records.calendar
    touches = records.touches
  }

  /// How many seconds from a lag on stand together.
  static func width(_ lag: Int64) -> Int64 { min(widest, lag / narrowing) }

  private func day(_ number: Int) -> Int {
    calendar.day(of: touches[number].touched ?? touches[number].handedOff).dayNumber
  }

  /// The first of an owner's touches in each minute: those sent in one go are one act.
  private func firstInMinute(_ numbers: [Int]) -> [Int] {
    struct Minute: Hashable {
      var owner: UInt32
      var minute: Int64
    }
    var seen: Set<Minute> = []
    return numbers.filter { number in
      guard let touched = touches[number].touched else { return false }
      let minute = touched.seconds.flooredDivision(by: 60)
      return seen.insert(Minute(owner: touches[number].owner, minute: minute)).inserted
    }
  }

  private var isCutToMinutes: Bool {
    let made = touches.compactMap(\.touched)
    func isCut(_ times: [Instant]) -> Bool {
      Double(times.count { $0.seconds % 60 == 0 }) >= Self.cutShare * Double(times.count)
    }
    return isCut(made) || isCut(touches.map(\.handedOff))
  }

  private func lag(_ number: Int) -> Int64? {
    touches[number].touched.map { $0.seconds - touches[number].handedOff.seconds }
  }

  func tests() -> GamingTests {
    let made = touches.indices.filter { touches[$0].touched != nil }
    guard !made.isEmpty else { return GamingTests(standing: .notRecorded) }
    let ofOwner = Dictionary(grouping: touches.indices, by: { touches[$0].owner })
    let owners = ofOwner.keys.sorted().filter { owner in
      owner != 0
        && (ofOwner[owner] ?? []).count { touches[$0].touched != nil } >= Self.fewestTouches
    }
    var tests: [GamingTest] = []
    if !isCutToMinutes {
      for owner in owners { tests += regularLag(ofOwner[owner] ?? [], owner) }
      if made.count >= Self.fewestTouches { tests += regularLag(Array(touches.indices), nil) }
    }
    for owner in owners { tests += outOfHours(ofOwner[owner] ?? [], owner) }
    guard !tests.isEmpty else {
      return GamingTests(
        standing: .notEnoughData(have: made.count, need: Self.fewestTouches)
      )
    }
    return GamingTests(standing: .judged(tests: tests.count), tests: tests)
  }

  private func evidence(_ numbers: [Int]) -> [GamingFinding.Evidence] {
    numbers.map { number in
      GamingFinding.Evidence(
        lead: touches[number].lead,
        time: TimePoint(touches[number].touched ?? touches[number].handedOff)
      )
    }
  }

  /// The few seconds that hold the most of the lags about as long.
  private func regularLag(_ numbers: [Int], _ owner: UInt32?) -> [GamingTest] {
    let lags = firstInMinute(numbers).compactMap { number in
      lag(number).map { (lag: $0, number: number) }
    }.filter { $0.lag > 0 && $0.lag <= 2 * Self.starts.upperBound }.sorted {
      ($0.lag, $0.number) < ($1.lag, $1.number)
    }
    guard lags.count >= Self.fewestTouches / 2 else { return [] }
    // Each lag may begin the seconds: so many tests in one.
    var best: (pValue: Double, first: Int, end: Int, near: Int)?
    var (end, nearFirst, nearEnd) = (0, 0, 0)
    var (looked, previous) = (0, Int64.min)
    for first in lags.indices {
      let start = lags[first].lag
      guard start != previous, Self.starts.contains(start) else { continue }
      previous = start
      looked += 1
      let width = Self.width(start)
      let middle = start + width / 2
      while end < lags.count, lags[end].lag < start + width { end += 1 }
      while lags[nearFirst].lag < middle / 2 { nearFirst += 1 }
      while nearEnd < lags.count, lags[nearEnd].lag <= middle * 2 { nearEnd += 1 }
      let (count, near) = (end - first, nearEnd - nearFirst)
      var pValue = CountExcess.binomialTail(count, of: near, probability: Self.largestShare)
      if pValue <= GamingDetectors.falseAlarmChance {
        let leftOut = SeparateActs.ofLargestDays(lags[first..<end].map(\.number), day: day).count
        pValue = CountExcess.binomialTail(
          count - leftOut,
          of: near - leftOut,
          probability: Self.largestShare
        )
      }
      if pValue < best?.pValue ?? 2 { best = (pValue, first, end, near) }
    }
    guard let best else { return [] }
    let found = lags[best.first..<best.end]
    return [
      GamingTest(
        sign: .regularLag,
        owner: owner,
        pValue: min(1, best.pValue * Double(looked)),
        observed: found.count,
        of: best.near,
        expected: Self.largestShare * Double(best.near),
        seconds: found.isEmpty ? nil : found[found.startIndex + found.count / 2].lag,
        evidence: { evidence(found.map(\.number)) }
      )
    ]
  }

  private func outOfHours(_ numbers: [Int], _ owner: UInt32) -> [GamingTest] {
    func isQuick(_ number: Int) -> Bool {
      lag(number).map { $0 > 0 && $0 <= Self.quickSeconds } ?? false
    }
    let own = numbers.filter { !touches[$0].isInWorkingTime }
    let others = touches.indices.filter {
      touches[$0].owner != owner && !touches[$0].isInWorkingTime
    }
    guard own.count >= Self.fewestOutOfHours, others.count >= Self.fewestOutOfHours else {
      return []
    }
    let (quick, othersQuick) = (own.filter(isQuick), others.count(where: isQuick))
    let leftOut = SeparateActs.ofLargestDays(quick, day: day).count
    return [
      GamingTest(
        sign: .outOfHours,
        owner: owner,
        pValue: OddsMarginTest.pValue(
          (quick.count - leftOut, own.count - leftOut),
          (othersQuick, others.count),
          margin: Self.outOfHoursMargin
        ),
        observed: quick.count,
        of: own.count,
        expected: Double(othersQuick) / Double(others.count) * Double(own.count),
        evidence: { evidence(quick) }
      )
    ]
  }
}
