import PlumblineStatistics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A made-up company for the detectors of gaming: a year of records, and who plays.
public struct GamingWorld: Sendable {
  /// What the detectors are given.
  public private(set) var records: GamingRecords
  /// Who plays: owners' codes, none where nothing is planted.
  public let players: Set<UInt32>

  /// The line from which a lead passes.
  static let line = 60
  /// Codes of owners begin here.
  private static let firstOwner: UInt32 = 1
  /// The days of the year, and of a month before it from which only parts are seen.
  private static let dayCount = 380

  /// What one owner is like.
  private struct Owner {
    var code: UInt32
    var share: Double
    var isLumpy: Bool
    /// How much more than others he records at the end of a month.
    var rush: Double
    var undone: Double
    var noShow: Double
    var trace: Double
    var winning: Double
    var late: Double
    var lagInSeconds: Double
    var evening: Double
    var untouched: Double
    /// How much his own times to react vary.
    var spread: Double
    /// The share of his leads from the channel from which more come and fewer buy.
    var easy: Double
    /// Whether he cleans up lists.
    var cleansUp: Bool
  }

  /// A company drawn with a seed.
  ///
  /// - Complexity: O(leads log leads).
  public init(_ plan: GamingPlan, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    // A year that begins on any day, so that months end on all days of the week.
    let first = CivilDate(dayNumber: 18_262 + generator.integer(below: 1800))
    let calendar = LocalCalendar.utc
    records = GamingRecords(
      calendar: calendar,
      asOf: calendar.instant(of: CivilDate(dayNumber: first.dayNumber + Self.dayCount)),
      scoreLine: Self.line
    )
    let owners = Self.owners(plan, using: &generator)
    let playing = 1 + generator.integer(below: 2)
    players = plan.game == nil ? [] : Set(owners.prefix(playing).map(\.code))
    var parts = (0..<5).map { _ in generator.split() }
    addEdits(plan, owners, first, using: &parts[0])
    addUpdate(plan, owners, first, using: &parts[0])
    addScores(plan, owners, first, using: &parts[1])
    addMeetings(plan, owners, first, using: &parts[2])
    addBatches(plan, owners, first, using: &parts[2])
    addTouches(plan, owners, first, using: &parts[3])
    addWords(plan, owners, first, using: &parts[4])
  }

  private static func owners(
    _ plan: GamingPlan,
    using generator: inout SeededGenerator
  ) -> [Owner] {
    let count = 6 + generator.integer(below: 7)
    let teamRush = plan.habits.contains(.rush) ? generator.uniform(in: 2..<4) : 1.15
    let star = generator.integer(below: count)
    let evening = generator.integer(below: count)
    let isQuick = plan.habits.contains(.quickTeam)
    let isAlert = plan.habits.contains(.alert)
    let easy = generator.integer(below: count)
    let shares = (0..<count).map { _ in generator.gamma(shape: 12) }
    let total = shares.reduce(0, +)
    func shifted(_ rate: Double, _ spread: Double) -> Double {
      SpecialFunctions.shifted(rate, byLogOdds: generator.normal(standardDeviation: spread))
    }
    let isGood = plan.habits.contains(.goodOwner)
    return (0..<count).map { index in
      Owner(
        code: firstOwner + UInt32(index),
        share: shares[index] / total,
        isLumpy: plan.habits.contains(.lumpyEntry) && generator.chance(0.5),
        rush: teamRush * generator.logNormal(median: 1, logStandardDeviation: 0.15),
        undone: shifted(0.2, 0.3),
        noShow: SpecialFunctions.shifted(
          shifted(0.22, 0.25),
          byLogOdds: isGood && index == star ? -log(4) : 0
        ),
        trace: shifted(0.85, isGood ? 0.7 : 0.3),
        winning: shifted(0.3, 0.15),
        late: shifted(0.03, 0.4),
        lagInSeconds: isAlert
          ? generator.uniform(in: 22..<70)
          : isQuick
            ? generator.logNormal(median: 120, logStandardDeviation: 0.3)
            : generator.logNormal(median: 3600, logStandardDeviation: 0.5),
        evening: isQuick && index == evening ? 0.12 : 0.04,
        untouched: shifted(0.2, 0.3),
        spread: isAlert ? generator.uniform(in: 0.2..<0.35) : 0.35,
        easy: plan.habits.contains(.channelMix) ? (index == easy ? 0.85 : 0.3) : 0,
        cleansUp: plan.habits.contains(.cleanUps) && generator.chance(0.5)
      )
    }
  }

  // MARK: Parts

  private static func isEnd(_ day: CivilDate, ofQuarter: Bool) -> Bool {
    let (year, month, _) = day.components
    guard !ofQuarter || month % 3 == 0 else { return false }
    let length = CivilDate.days(inMonth: month, of: year)
    guard let last = CivilDate(year: year, month: month, day: length) else { return false }
    var working = 0
    var number = last.dayNumber
    while number >= day.dayNumber {
      if WorkingTime.usual.isWorkingDay(CivilDate(dayNumber: number)) { working += 1 }
      number -= 1
    }
    return working <= PeriodDays.endingDays
  }

  /// Times of day at which an owner records: anywhere from nine to five, or all at once.
  private static func instant(
    _ day: CivilDate,
    _ second: Int
  ) -> TimePoint {
    TimePoint(Instant(seconds: Int64(day.dayNumber) * 86_400 + Int64(9 * 3600 + second)))
  }

  /// Closings and stages: for each owner a stream a day.
  private mutating func addEdits(
    _ plan: GamingPlan,
    _ owners: [Owner],
    _ first: CivilDate,
    using generator: inout SeededGenerator
  ) {
    let changes = plan.habits.contains(.editsTogether) ? 7 : 1
    let isStage = generator.chance(0.5)
    let isQuarter = generator.chance(0.5)
    for kind in [GamingRecords.Edit.Kind.closing, .stage] {
      // As many changes as a lead has on average make fewer leads of the same number.
      let yearly =
        Double(plan.leads) * (kind == .stage ? 1.5 / Double((changes + 1) / 2) : 0.4)
      let teamMonths = (0..<15).map { _ in
        generator.logNormal(median: 1, logStandardDeviation: 0.15)
      }
      for owner in owners {
        let plays = players.contains(owner.code) && isStage == (kind == .stage)
        var backlog = 0
        let months = (0..<15).map { _ in
          generator.logNormal(median: 1, logStandardDeviation: 0.15)
        }
        for offset in 0..<Self.dayCount {
          let day = CivilDate(dayNumber: first.dayNumber + offset)
          let isWorkday = day.weekday < 5
          let isEnd = isWorkday && Self.isEnd(day, ofQuarter: false)
          let month = offset / 30
          var mean = yearly / 261 * owner.share * (isWorkday ? 1 : 0.03)
          mean *= teamMonths[month] * months[month] * (isEnd ? owner.rush : 1)
          // Days differ as days do.
          var count = generator.poisson(mean: mean * generator.gamma(shape: 5, scale: 0.2))
          if owner.isLumpy {
            backlog += count
            let isSitting = day.weekday == 4 && generator.chance(0.9)
            count = isSitting ? backlog : generator.binomial(trials: backlog, probability: 0.02)
            backlog -= count
          }
          var undone = owner.undone * (isEnd ? 1.1 : 1)
          if plays {
            switch plan.game {
            case .periodEnd(let times) where isEnd && Self.isEnd(day, ofQuarter: isQuarter):
              count += generator.poisson(mean: mean * (times - 1))
            case .undone(let share) where isEnd:
              let extra = generator.poisson(mean: mean)
              for _ in 0..<extra {
                append(kind, owner, day, generator.integer(below: 28_800), generator.chance(share))
              }
            default: break
            }
          }
          undone = min(undone, 1)
          let sitting = generator.integer(below: 28_000)
          for _ in 0..<count {
            let second =
              owner.isLumpy
              ? sitting + generator.integer(below: 60) : generator.integer(below: 28_800)
            let isUndone = generator.chance(undone)
            let lead = records.edits.count
            for _ in 0..<(kind == .stage ? 1 + generator.integer(below: changes) : 1) {
              append(kind, owner, day, second, isUndone, lead: lead)
            }
          }
        }
      }
    }
  }

  /// One owner brings fifty records up to date on the last day of a month; half are undone at once.
  private mutating func addUpdate(
    _ plan: GamingPlan,
    _ owners: [Owner],
    _ first: CivilDate,
    using generator: inout SeededGenerator
  ) {
    guard plan.habits.contains(.cleanUps) else { return }
    let owner = owners[generator.integer(below: owners.count)]
    var day = CivilDate(dayNumber: first.dayNumber + 60 + generator.integer(below: 240))
    while !(day.weekday < 5 && Self.isEnd(day, ofQuarter: false)) {
      day = CivilDate(dayNumber: day.dayNumber + 1)
    }
    for _ in 0..<50 { append(.stage, owner, day, 20_000, generator.chance(0.7)) }
  }

  private mutating func append(
    _ kind: GamingRecords.Edit.Kind,
    _ owner: Owner,
    _ day: CivilDate,
    _ second: Int,
    _ isReversed: Bool,
    lead: Int? = nil
  ) {
    records.edits.append(
      GamingRecords.Edit(
        kind: kind,
        owner: owner.code,
        lead: lead ?? records.edits.count,
        time: Self.instant(day, second),
        isReversed: isReversed
      )
    )
  }

  private func day(_ first: CivilDate, _ generator: inout SeededGenerator) -> CivilDate {
    while true {
      let day = CivilDate(dayNumber: first.dayNumber + generator.integer(below: 365))
      if day.weekday < 5 { return day }
    }
  }

  /// Three scored leads for each that sales is given.
  private mutating func addScores(
    _ plan: GamingPlan,
    _ owners: [Owner],
    _ first: CivilDate,
    using generator: inout SeededGenerator
  ) {
    let isKept = plan.habits.contains(.frozenScores)
    let isSmall = plan.habits.contains(.smallMoves)
    let isRound = plan.habits.contains(.roundScores)
    let centre = generator.uniform(in: 40..<55)
    let moved = isKept ? 0 : isSmall ? [0.55, 0.75, 1][generator.integer(below: 3)] : 1
    let spread = isSmall ? [2.0, 5, 8][generator.integer(below: 3)] : 8
    let drift = isSmall ? Double(generator.integer(below: 6)) : 0
    let weights = owners.map(\.share)
    for lead in 0..<plan.leads * 3 {
      let owner = owners[generator.choice(weights: weights)]
      var score = Int(generator.normal(mean: centre, standardDeviation: 18).rounded())
      if isRound {
        let draw = generator.uniform()
        let unit = draw < 0.3 ? 10 : draw < 0.5 ? 5 : 1
        score = (score + unit / 2) / unit * unit
      }
      score = min(max(score, 0), 100)
      // What a score is worth when somebody lifts it: what it was worth before, and a little less.
      var merit: Int?
      if case .scoreLine(let share) = plan.game, (Self.line - 10..<Self.line).contains(score),
        generator.chance(share)
      {
        merit = score - 10
        score = Self.line + generator.integer(below: 3)
      } else if isKept || isSmall, (Self.line - 15..<Self.line).contains(score),
        generator.chance(0.5)
      {
        // The next click lifts it over the line, and it is handed over.
        score = Self.line + min(generator.integer(below: 12), generator.integer(below: 12))
      }
      // Sales picks some that have not passed, who buy as others at the line.
      let isPicked = score < Self.line && generator.chance(0.1)
      let isHandedOver = score >= Self.line || isPicked
      let worth = isPicked ? Self.line + 10 : merit ?? score
      let isWon = generator.chance(
        SpecialFunctions.expit(-1.4 + 0.03 * Double(worth - Self.line))
      )
      var later = score
      if isHandedOver, generator.chance(moved) {
        let step = generator.normal(standardDeviation: spread) + (isWon ? drift : 0)
        later = min(max(0, Int((Double(score) + step).rounded())), 100)
      }
      records.scores.append(
        GamingRecords.ScoredLead(
          lead: lead,
          owner: owner.code,
          time: Self.instant(day(first, &generator), generator.integer(below: 28_800)),
          score: later,
          scoreAtHandOff: isHandedOver ? score : nil,
          isWon: isHandedOver ? isWon : nil
        )
      )
    }
  }

  private mutating func addMeetings(
    _ plan: GamingPlan,
    _ owners: [Owner],
    _ first: CivilDate,
    using generator: inout SeededGenerator
  ) {
    let weights = owners.map(\.share)
    for lead in 0..<plan.leads * 2 / 5 {
      let owner = owners[generator.choice(weights: weights)]
      let plays = players.contains(owner.code)
      let start = Self.instant(day(first, &generator), 1800 * generator.integer(below: 16))
      let isEasy = generator.chance(owner.easy)
      var isHeld = !generator.chance(
        SpecialFunctions.shifted(owner.noShow, byLogOdds: isEasy ? -1.1 : 0)
      )
      var hasTrace = generator.chance(isHeld ? owner.trace : 0.5)
      var isWon =
        isHeld
        && generator.chance(SpecialFunctions.shifted(owner.winning, byLogOdds: isEasy ? -1.1 : 0))
      var isLate = generator.chance(owner.late)
      if plays, !isHeld, case .noShowsHeld(let share) = plan.game, generator.chance(share) {
        (isHeld, hasTrace, isWon) = (true, generator.chance(0.2), generator.chance(0.05))
      }
      if plays, isHeld, case .invented(let share) = plan.game, generator.chance(share) {
        (isLate, hasTrace, isWon) = (true, generator.chance(0.2), generator.chance(0.05))
      }
      let lag = generator.exponential(mean: isLate ? 43_200 : 432_000)
      let booked = start.instant.advanced(bySeconds: Int64(isLate ? lag : -lag - 60))
      records.meetings.append(
        GamingRecords.Meeting(
          lead: lead,
          owner: owner.code,
          channel: isEasy ? 2 : 1,
          booked: TimePoint(booked),
          starts: start,
          isHeld: isHeld,
          hasTrace: hasTrace,
          isWon: isWon
        )
      )
    }
  }

  /// Twenty held meetings read in from a calendar at once, and twenty entered after a fair.
  private mutating func addBatches(
    _ plan: GamingPlan,
    _ owners: [Owner],
    _ first: CivilDate,
    using generator: inout SeededGenerator
  ) {
    guard plan.habits.contains(.batches) else { return }
    for isFair in [true, false] {
      let owner = owners[generator.integer(below: owners.count)]
      let booked = Self.instant(day(first, &generator), generator.integer(below: 28_800))
      for number in 0..<20 {
        let start = booked.instant.advanced(
          bySeconds: isFair
            ? -Int64(generator.integer(below: 20_000))
            : Int64(generator.integer(below: 40) - 30) * 86_400
        )
        records.meetings.append(
          GamingRecords.Meeting(
            lead: plan.leads + (isFair ? number : 20 + number),
            owner: owner.code,
            channel: 1,
            booked: booked,
            starts: TimePoint(start),
            isHeld: true,
            hasTrace: generator.chance(owner.trace),
            isWon: generator.chance(owner.winning)
          )
        )
      }
    }
  }

  private mutating func addTouches(
    _ plan: GamingPlan,
    _ owners: [Owner],
    _ first: CivilDate,
    using generator: inout SeededGenerator
  ) {
    let weights = owners.map(\.share)
    for lead in 0..<plan.leads {
      let owner = owners[generator.choice(weights: weights)]
      let isInTime = generator.chance(0.7)
      let handedOff = Self.instant(
        day(first, &generator),
        generator.integer(below: 25_000) + (isInTime ? 0 : 34_000)
      ).instant
      // Everybody's own lags vary by 20 to 35 percent, which is little for a person.
      var lag = generator.logNormal(median: owner.lagInSeconds, logStandardDeviation: owner.spread)
      if !isInTime, !generator.chance(owner.evening) {
        lag = 40_000 + generator.exponential(mean: 3600)
      }
      if players.contains(owner.code), case .machineTouch(let share) = plan.game,
        generator.chance(share)
      {
        lag = generator.normal(mean: 60, standardDeviation: 2)
      }
      records.touches.append(
        GamingRecords.FirstTouch(
          lead: lead,
          owner: owner.code,
          handedOff: handedOff,
          touched: generator.chance(0.85)
            ? handedOff.advanced(bySeconds: Int64(max(1, lag.rounded()))) : nil,
          isInWorkingTime: isInTime
        )
      )
    }
  }

  private mutating func addWords(
    _ plan: GamingPlan,
    _ owners: [Owner],
    _ first: CivilDate,
    using generator: inout SeededGenerator
  ) {
    let weights = owners.map(\.share)
    for lead in 0..<plan.leads * 3 / 5 {
      let owner = owners[generator.choice(weights: weights)]
      var day = day(first, &generator)
      var second = generator.integer(below: 28_800)
      var isUntouched = generator.chance(owner.untouched)
      if owner.isLumpy {
        // On Fridays, all within minutes; who works so has touched nearly all.
        day = CivilDate(dayNumber: day.dayNumber - day.weekday + 4)
        second = day.dayNumber % 400 * 60 + generator.integer(below: 180)
        isUntouched = generator.chance(owner.untouched / 4)
      }
      if players.contains(owner.code), case .bulkWords(let share) = plan.game,
        generator.chance(share)
      {
        // Once a month, all within half a minute.
        day = CivilDate(dayNumber: day.dayNumber / 30 * 30)
        second = 20_000 + generator.integer(below: 30)
        isUntouched = true
      }
      records.edits.append(
        GamingRecords.Edit(
          kind: .disposition,
          owner: owner.code,
          lead: lead,
          time: Self.instant(day, second),
          isUntouched: isUntouched
        )
      )
    }
    for owner in owners where owner.cleansUp {
      // Half a year apart, within one to three minutes.
      let start = day(first, &generator).dayNumber
      for half in 0..<2 {
        let minutes = 1 + generator.integer(below: 3)
        for _ in 0..<5 + generator.integer(below: 20) {
          records.edits.append(
            GamingRecords.Edit(
              kind: .disposition,
              owner: owner.code,
              lead: records.edits.count,
              time: Self.instant(
                CivilDate(dayNumber: start - half * 182),
                21_000 + generator.integer(below: 60 * minutes)
              ),
              isUntouched: true
            )
          )
        }
      }
    }
  }
}
