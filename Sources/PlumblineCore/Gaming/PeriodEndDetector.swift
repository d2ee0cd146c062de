import PlumblineStatistics

/// Looks for records that pile up in the last working days of months and quarters, an owner's
/// against the calendar of everybody else, and for records of these days that do not last.
///
/// A rush that everybody shares is no sign: the expectation follows it. Nor is an owner's habit of
/// recording on Fridays: the expectation follows his own weekdays. How much his records clump in
/// windows of other days says how far chance goes.
struct PeriodEndDetector {
  /// An owner with fewer records of a kind is not judged.
  static let fewestRecords = 40
  /// Fewer whole months are not judged.
  static let fewestMonths = 6
  /// Fewer whole quarters are not judged.
  static let fewestQuarters = 3
  /// Fewer records at the ends are not asked whether they lasted.
  static let fewestAtEnds = 10
  /// How many times more at the ends than expected is nothing to talk about.
  static let margin = 1.0
  /// How far honest owners' habits at the end of a month differ at least: the relative standard
  /// deviation; more where others' differ more.
  static let leastHabitSpread = 0.2
  /// How many times the odds of being undone are nothing to talk about.
  static let reversalMargin = 1.5

  private let records: GamingRecords
  private let days: PeriodDays?

  init(_ records: GamingRecords) {
    self.records = records
    let dated = records.edits.filter { Self.isUsable($0.time) }
    guard let first = dated.map(\.time.instant).min() else {
      days = nil
      return
    }
    let today = records.calendar.day(of: records.asOf).dayNumber
    // A date that somebody mistyped by centuries is not worth a table.
    let firstDay = max(records.calendar.day(of: first).dayNumber, today - 3660)
    days = PeriodDays(
      from: CivilDate(dayNumber: firstDay),
      through: CivilDate(dayNumber: today - 1),
      records.workingTime
    )
  }

  private static func isUsable(_ time: TimePoint) -> Bool {
    time.isDated && time.precision != .betweenExports
  }

  func tests() -> GamingTests {
    guard let days else { return GamingTests(standing: .notRecorded) }
    guard days.ends.count >= Self.fewestMonths else {
      return GamingTests(
        standing: .notEnoughData(have: days.ends.count, need: Self.fewestMonths)
      )
    }
    var tests: [GamingTest] = []
    var most = 0
    for kind in GamingRecords.Edit.Kind.allCases {
      var edits: [UInt32: [Placed]] = [:]
      for (number, edit) in records.edits.enumerated()
      where edit.kind == kind && Self.isUsable(edit.time) {
        let day = records.calendar.day(of: edit.time.instant).dayNumber - days.firstDay
        guard days.weekdays.indices.contains(day) else { continue }
        edits[edit.owner, default: []].append(Placed(edit: number, day: day))
      }
      most = max(most, edits.filter { $0.key != 0 }.values.map(\.count).max() ?? 0)
      tests += excesses(kind, edits, days)
      tests += reversals(kind, edits, days)
    }
    guard !tests.isEmpty else {
      return GamingTests(standing: .notEnoughData(have: most, need: Self.fewestRecords))
    }
    return GamingTests(standing: .judged(tests: tests.count), tests: tests)
  }

  /// A record with the position of its day.
  private struct Placed {
    var edit: Int
    var day: Int
  }

  private func evidence(_ placed: [Placed]) -> [GamingFinding.Evidence] {
    placed.map {
      GamingFinding.Evidence(lead: records.edits[$0.edit].lead, time: records.edits[$0.edit].time)
    }
  }

  // MARK: More than the calendar explains

  private func excesses(
    _ kind: GamingRecords.Edit.Kind,
    _ edits: [UInt32: [Placed]],
    _ days: PeriodDays
  ) -> [GamingTest] {
    let owners = edits.keys.sorted()
    guard !owners.isEmpty else { return [] }
    let calendars = owners.map { OwnerCalendar((edits[$0] ?? []).map(\.day), days) }
    let all = CalendarSum(calendars, days)
    let clumping = Clumping(calendars, all, days)
    return owners.indices.flatMap { index -> [GamingTest] in
      let placed = edits[owners[index]] ?? []
      guard owners[index] != 0, placed.count >= Self.fewestRecords else { return [] }
      return [GamingFinding.Sign.monthEnd, .quarterEnd].compactMap { sign in
        let ends = days.ends.indices.filter { sign == .monthEnd || days.isQuarterEnd[$0] }
        guard sign == .monthEnd || ends.count >= Self.fewestQuarters else { return nil }
        let own = calendars[index]
        let extraDays = all.extraDays(besides: own, ends, days)
        let windows = ends.map { month in
          let window = days.ends[month]
          let (count, error) = all.expected(own, window)
          let usual = max(count, own.usual(window.days) + extraDays * own.daily(month, days))
          let mean = Self.margin * usual
          return EndWindow(
            seen: own.count(window.days),
            usual: usual,
            variance: mean + mean * mean * (clumping[index] + error + 1 / (own.inMonth[month] + 2))
          )
        }
        let counted = EndWindow.withoutLargest(windows, isQuarter: sign == .quarterEnd)
        let mean = Self.margin * counted.usual
        let variance =
          counted.variance
          + mean * mean * habitVariance(of: calendars, but: index, clumping, ends, days)
        let seen = windows.reduce(0) { $0 + $1.seen }
        let expected = windows.reduce(0) { $0 + $1.usual }
        let inEnds = placed.filter { item in
          days.isEnd[item.day] && (sign == .monthEnd || days.isQuarterEnd[days.months[item.day]])
        }
        return GamingTest(
          sign: sign,
          kind: kind,
          owner: owners[index],
          pValue: CountExcess.upperTail(counted.seen, mean: mean, variance: variance),
          observed: seen,
          of: placed.count,
          expected: expected,
          evidence: { evidence(inEnds) }
        )
      }
    }
  }

  /// How far the habits at these ends differ among the others: the relative variance beyond what
  /// chance brings about.
  ///
  /// Where some record daily and others once a week, a rush that all share does not show in the same
  /// days. The one with the most is left out: a second player must not hide the first.
  private func habitVariance(
    of calendars: [OwnerCalendar],
    but owner: Int,
    _ clumping: Clumping,
    _ ends: [Int],
    _ days: PeriodDays
  ) -> Double {
    let least = Self.leastHabitSpread * Self.leastHabitSpread
    var ratios: [(ratio: Double, chance: Double)] = []
    for other in calendars.indices where other != owner {
      let seen = ends.reduce(0) { $0 + calendars[other].count(days.ends[$1].days) }
      let usual = ends.reduce(0) { $0 + calendars[other].usual(days.ends[$1].days) }
      guard usual >= 1 else { continue }
      ratios.append(
        (
          (Double(seen) + 1) / (usual + 1),
          1 / (Double(seen) + 1) + clumping[other] / Double(ends.count)
        )
      )
    }
    ratios.sort { $0.ratio < $1.ratio }
    ratios = ratios.dropLast()
    guard ratios.count >= 3 else { return least }
    let count = Double(ratios.count)
    let mean = ratios.reduce(0) { $0 + $1.ratio } / count
    let variance = ratios.reduce(0) { $0 + ($1.ratio - mean) * ($1.ratio - mean) } / (count - 1)
    let chance = ratios.reduce(0) { $0 + $1.chance } / count
    return max(least, variance / (mean * mean) - chance)
  }

  // MARK: Undone afterwards

  private func reversals(
    _ kind: GamingRecords.Edit.Kind,
    _ edits: [UInt32: [Placed]],
    _ days: PeriodDays
  ) -> [GamingTest] {
    /// Leads with records at the ends, or of other days, and how many of them were undone.
    struct Part {
      var all = 0
      var undone = 0
      /// How many of the undone stand on the largest two days, or are all on fewer than three.
      var ofLargest = 0
      /// The first record of each lead that was undone.
      var evidence: [Placed] = []

      /// What is left without them.
      var counted: Part { Part(all: all - ofLargest, undone: undone - ofLargest) }
    }
    // Changes of one lead are undone together: each lead counts once.
    func part(_ placed: [Placed], isEnd: Bool) -> Part {
      var undone: [Int: Placed?] = [:]
      for item in placed where days.isEnd[item.day] == isEnd {
        let edit = records.edits[item.edit]
        guard let isReversed = edit.isReversed else { continue }
        let known = undone[edit.lead] ?? nil
        undone[edit.lead] = .some(known ?? (isReversed ? item : nil))
      }
      let evidence = undone.values.compactMap(\.self).sorted { $0.edit < $1.edit }
      let largest = SeparateActs.ofLargestDays(Array(evidence.indices)) { evidence[$0].day }
      return Part(
        all: undone.count,
        undone: evidence.count,
        ofLargest: largest.count,
        evidence: evidence
      )
    }
    func parts(_ placed: [Placed]) -> (end: Part, other: Part) {
      (part(placed, isEnd: true), part(placed, isEnd: false))
    }
    func chance(_ first: Part, _ second: Part) -> Double {
      OddsMarginTest.pValue(
        (first.undone, first.all),
        (second.undone, second.all),
        margin: Self.reversalMargin
      )
    }
    func test(
      _ owner: UInt32?,
      _ own: Part,
      _ other: Part,
      _ p: Double
    )
      -> GamingTest
    {
      GamingTest(
        sign: .reversedAfterwards,
        kind: kind,
        owner: owner,
        pValue: p,
        observed: own.undone,
        of: own.all,
        expected: other.all > 0
          ? Double(other.undone) / Double(other.all) * Double(own.all) : 0,
        evidence: { evidence(own.evidence) }
      )
    }
    let everything = edits.keys.sorted().flatMap { edits[$0] ?? [] }
    let all = parts(everything)
    guard all.end.all >= Self.fewestAtEnds, all.other.all >= Self.fewestAtEnds else { return [] }
    var tests = [test(nil, all.end, all.other, chance(all.end.counted, all.other))]
    let sole = SoleOwners(
      of: everything.lazy.filter { days.isEnd[$0.day] }.map { records.edits[$0.edit] }
    )
    for owner in edits.keys.sorted() where owner != 0 {
      let placed = edits[owner] ?? []
      let own = parts(placed)
      guard own.end.all >= Self.fewestAtEnds, own.other.all >= Self.fewestAtEnds else { continue }
      let others = Part(
        all: all.end.all - sole.leads[owner, default: 0],
        undone: all.end.undone - sole.undone[owner, default: 0]
      )
      guard others.all >= Self.fewestAtEnds else { continue }
      // More than the owner's own of other days, and more than others' of the same days.
      let p = max(chance(own.end.counted, own.other), chance(own.end.counted, others))
      tests.append(test(owner, own.end, own.other, p))
    }
    return tests
  }
}

/// An owner's records of the end of one month.
private struct EndWindow {
  /// How many there are.
  var seen: Int
  /// How many there would be.
  var usual: Double
  /// How far chance takes the count.
  var variance: Double

  /// The sum without the largest two, of quarters without the largest one: something done once, or
  /// twice, on the last day of a month is no habit.
  ///
  /// Quarters are few; of them at least three must stand out.
  static func withoutLargest(_ windows: [EndWindow], isQuarter: Bool) -> EndWindow {
    let excess = { (window: EndWindow) in Double(window.seen) - window.usual }
    let isTooFew =
      isQuarter && windows.count(where: { excess($0) > 0 }) < SeparateActs.fewest
    let sorted = windows.sorted { excess($0) > excess($1) }
    return sorted.dropFirst(isQuarter ? 1 : SeparateActs.daysLeftOut).reduce(
      EndWindow(seen: 0, usual: 0, variance: 0)
    ) { sum, window in
      EndWindow(
        seen: isTooFew ? 0 : sum.seen + window.seen,
        usual: sum.usual + window.usual,
        variance: sum.variance + window.variance
      )
    }
  }
}
