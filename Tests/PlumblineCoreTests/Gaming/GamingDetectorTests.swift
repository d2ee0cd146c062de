import PlumblineStatistics
import Testing

@testable import PlumblineCore

@Suite struct GamingDetectorTests {
  /// 2025-01-01, a Wednesday.
  private static let newYear = 20_089
  private static let asOf = Instant(seconds: Int64(newYear + 365) * 86_400)

  private static func records(line: Int? = nil) -> GamingRecords {
    GamingRecords(calendar: .utc, asOf: asOf, scoreLine: line)
  }

  private static func time(_ day: Int, _ second: Int = 36_000) -> TimePoint {
    TimePoint(Instant(seconds: Int64(newYear + day) * 86_400 + Int64(second)))
  }

  private static func report(_ records: GamingRecords) -> GamingReport {
    GamingDetectors(records).report()
  }

  @Test func `nothing on record is nothing found`() {
    let report = Self.report(Self.records())
    #expect(report.findings.isEmpty)
    #expect(report.standings[.periodEnd] == .notRecorded)
    #expect(report.standings[.meetings] == .notRecorded)
    #expect(report.standings[.firstTouch] == .notRecorded)
    #expect(report.standings[.dispositions] == .notRecorded)
    #expect(report.standings[.scoreLine] == .notAgreed)
    #expect(Self.report(Self.records(line: 60)).standings[.scoreLine] == .notRecorded)
  }

  @Test func `everything at one instant by one owner is no finding`() {
    var records = Self.records(line: 60)
    for lead in 0..<500 {
      records.edits.append(
        .init(kind: .stage, owner: 1, lead: lead, time: Self.time(200), isReversed: false)
      )
      records.edits.append(
        .init(kind: .disposition, owner: 1, lead: lead, time: Self.time(200), isUntouched: true)
      )
      records.meetings.append(
        .init(
          lead: lead,
          owner: 1,
          booked: Self.time(200),
          starts: Self.time(200),
          isHeld: true,
          hasTrace: false,
          isWon: false
        )
      )
      records.touches.append(
        .init(
          lead: lead,
          owner: 1,
          handedOff: Self.time(200).instant,
          touched: Self.time(200).instant,
          isInWorkingTime: true
        )
      )
      records.scores.append(
        .init(
          lead: lead,
          owner: 1,
          time: Self.time(200),
          score: 60,
          scoreAtHandOff: 60,
          isWon: true
        )
      )
    }
    #expect(Self.report(records).findings.isEmpty)
  }

  // MARK: The end of months

  @Test func `the last working days of a month go on to its end`() throws {
    let days = PeriodDays(
      from: CivilDate(dayNumber: Self.newYear + 3),
      through: CivilDate(dayNumber: Self.newYear + 364),
      .usual
    )
    // January began before the first record; eleven whole months are left.
    #expect(days.ends.count == 11)
    #expect(days.firstDay == Self.newYear + 31)
    // February 2025 ended on a Friday: Wednesday 26 to Friday 28.
    #expect(days.ends[0].days == 25..<28)
    // May 2025 ended on a Saturday: Wednesday 28 to Saturday 31.
    let may = days.ends[3].days
    #expect(CivilDate(dayNumber: days.firstDay + may.lowerBound).description == "2025-05-28")
    #expect(may.count == 4)
    #expect(
      days.isQuarterEnd == [
        false, true, false, false, true, false, false, true, false, false, true,
      ]
    )
    #expect(days.isEnd.count { $0 } == days.ends.reduce(0) { $0 + $1.days.count })
  }

  @Test func `no month is whole in a few days`() {
    let days = PeriodDays(
      from: CivilDate(dayNumber: Self.newYear + 3),
      through: CivilDate(dayNumber: Self.newYear + 20),
      .usual
    )
    #expect(days.ends.isEmpty && days.weekdays.isEmpty)
  }

  /// Four owners who record one thing each working day; at the end of months all of them `rush`
  /// times as much, the first `more` times that.
  private static func monthEnds(rush: Int, more: Int) -> GamingRecords {
    var records = records()
    let days = PeriodDays(
      from: CivilDate(dayNumber: newYear),
      through: CivilDate(dayNumber: newYear + 364),
      .usual
    )
    for day in 0..<365 where days.weekdays[day] < 5 {
      for owner in UInt32(1)...4 {
        let isEnd = days.isEnd[day]
        for _ in 0..<(isEnd ? rush * (owner == 1 ? more : 1) : 1) {
          records.edits.append(
            .init(
              kind: .closing,
              owner: owner,
              lead: records.edits.count,
              time: time(day),
              isReversed: nil
            )
          )
        }
      }
    }
    return records
  }

  @Test func `a rush that everybody shares is no sign`() {
    let report = Self.report(Self.monthEnds(rush: 4, more: 1))
    #expect(report.findings.isEmpty)
    // Four owners, months and quarters.
    #expect(report.standings[.periodEnd] == .judged(tests: 8))
  }

  @Test func `an owner with five times the rush is found, with the records`() throws {
    let report = Self.report(Self.monthEnds(rush: 2, more: 5))
    let finding = try #require(report.findings.first)
    #expect(finding.owner == 1 && finding.kind == .closing && finding.detector == .periodEnd)
    #expect(Set(report.findings.map(\.owner)) == [1])
    let month = try #require(report.findings.first { $0.sign == .monthEnd })
    // Twelve months of which this one is over: eleven, and December which ends with the year.
    #expect(month.observed == 12 * 3 * 10)
    #expect(month.evidence.count == month.observed)
    #expect((60..<110).contains(month.expected))
    #expect(month.evidence.first?.time == Self.time(28))
  }

  // MARK: Meetings

  private static func meeting(
    _ owner: UInt32,
    _ number: Int,
    isHeld: Bool,
    isLate: Bool = false,
    hasTrace: Bool = true
  ) -> GamingRecords.Meeting {
    GamingRecords.Meeting(
      lead: number,
      owner: owner,
      booked: time(number % 300 + (isLate ? 2 : -2), number),
      starts: time(number % 300),
      isHeld: isHeld,
      hasTrace: hasTrace,
      isWon: isHeld && number % 4 == 0
    )
  }

  @Test(arguments: [29, 30])
  func `an owner needs thirty meetings`(_ count: Int) {
    var records = Self.records()
    for number in 0..<200 { records.meetings.append(Self.meeting(2, number, isHeld: true)) }
    for number in 0..<count {
      records.meetings.append(Self.meeting(1, number, isHeld: true, isLate: true))
    }
    let report = Self.report(records)
    if count < 30 {
      #expect(report.standings[.meetings] == .notEnoughData(have: 200, need: 30))
    } else {
      #expect(report.findings.map(\.sign) == [.madeAfterwards])
      #expect(report.findings.map(\.owner) == [1])
      #expect(report.findings[0].evidence.map(\.lead) == Array(0..<30))
    }
  }

  @Test func `an owner without no-shows among many is found, a good one is not`() {
    func company(held: Int) -> GamingRecords {
      var records = Self.records()
      for owner in UInt32(2)...5 {
        for number in 0..<100 {
          records.meetings.append(Self.meeting(owner, number, isHeld: number % 4 != 0))
        }
      }
      for number in 0..<100 {
        records.meetings.append(Self.meeting(1, number, isHeld: number < held))
      }
      return records
    }
    #expect(Self.report(company(held: 90)).findings.isEmpty)
    let found = Self.report(company(held: 100)).findings
    #expect(found.map(\.owner) == [1] && found.map(\.sign) == [.alwaysHeld])
  }

  @Test func `less written down counts only with more meetings held`() {
    func company(held: Int) -> GamingRecords {
      var records = Self.records()
      for owner in UInt32(2)...5 {
        for number in 0..<100 {
          let isHeld = number % 4 != 0
          records.meetings.append(
            Self.meeting(owner, number, isHeld: isHeld, hasTrace: number % 10 != 1)
          )
        }
      }
      for number in 0..<100 {
        records.meetings.append(
          Self.meeting(1, number, isHeld: number < held, hasTrace: number % 2 == 0)
        )
      }
      return records
    }
    #expect(Self.report(company(held: 75)).findings.isEmpty)
    #expect(Self.report(company(held: 97)).findings.contains { $0.sign == .heldWithoutTrace })
  }

  // MARK: First touches

  private static func touches(_ lags: [Int], owner: UInt32 = 1) -> [GamingRecords.FirstTouch] {
    lags.enumerated().map { number, lag in
      let start = time(number % 300, 36_000 + number * 7 % 3600).instant
      return GamingRecords.FirstTouch(
        lead: number,
        owner: owner,
        handedOff: start,
        touched: start.advanced(bySeconds: Int64(lag)),
        isInWorkingTime: true
      )
    }
  }

  @Test func `the same lag again and again is found, with the lag`() throws {
    var records = Self.records()
    records.touches = Self.touches(
      (0..<60).map { $0 % 2 == 0 ? 58 + $0 % 5 : 600 + 90 * $0 }
    )
    let finding = try #require(Self.report(records).findings.first)
    #expect(finding.sign == .regularLag && finding.owner == 1)
    #expect(finding.observed == 30 && finding.seconds == 60)
    #expect(finding.evidence.count == 30)
  }

  @Test func `a person's lags, and times cut to the minute, are no sign`() {
    var generator = SeededGenerator(seed: 3)
    var records = Self.records()
    records.touches = Self.touches(
      (0..<200).map { _ in
        Int(generator.logNormal(median: 90, logStandardDeviation: 0.35))
      }
    )
    #expect(Self.report(records).findings.isEmpty)
    records.touches = (0..<200).map { number in
      let start = Self.time(number, 36_000).instant
      return GamingRecords.FirstTouch(
        lead: number,
        owner: 1,
        handedOff: start,
        touched: start.advanced(bySeconds: 60),
        isInWorkingTime: true
      )
    }
    let report = Self.report(records)
    #expect(report.findings.isEmpty)
    #expect(report.standings[.firstTouch] == .notEnoughData(have: 200, need: 20))
  }

  // MARK: Words

  @Test func `words in bulk are found where nobody had tried, not where somebody had`() {
    func company(isUntouched: Bool) -> GamingRecords {
      var records = Self.records()
      for owner in UInt32(1)...4 {
        for number in 0..<120 {
          let isBulk = owner == 1 && number < 60
          records.edits.append(
            .init(
              kind: .disposition,
              owner: owner,
              lead: number,
              time: isBulk
                ? Self.time(50 + number / 5 * 7, 40_000) : Self.time(number * 3, number * 60),
              isUntouched: isBulk ? isUntouched : number % 5 == 0
            )
          )
        }
      }
      return records
    }
    #expect(Self.report(company(isUntouched: false)).findings.isEmpty)
    let found = Self.report(company(isUntouched: true)).findings
    #expect(found.map(\.owner) == [1] && found.map(\.observed) == [60])
  }

  // MARK: One act is no habit

  @Test(arguments: [1, 2, 5])
  func `words in bulk on one day or two are one act`(_ days: Int) {
    var records = Self.records()
    for owner in UInt32(1)...6 {
      for number in 0..<(owner == 1 ? 60 : 200) {
        records.edits.append(
          .init(
            kind: .disposition,
            owner: owner,
            lead: number,
            time: Self.time(number, number * 60),
            isUntouched: number % 5 == 0
          )
        )
      }
    }
    for number in 0..<40 {
      records.edits.append(
        .init(
          kind: .disposition,
          owner: 1,
          lead: 1000 + number,
          time: Self.time(100 + number % days * 30, 40_000),
          isUntouched: true
        )
      )
    }
    #expect(Self.report(records).findings.isEmpty == (days < 3))
  }

  @Test func `a calendar read in at once names nobody`() {
    var records = Self.records()
    for owner in UInt32(1)...6 {
      for number in 0..<60 {
        records.meetings.append(Self.meeting(owner, number, isHeld: number % 4 != 0))
      }
    }
    for number in 0..<20 {
      records.meetings.append(
        GamingRecords.Meeting(
          lead: 100 + number,
          owner: 1,
          booked: Self.time(200),
          starts: Self.time(190 + number),
          isHeld: true,
          hasTrace: true,
          isWon: number % 4 == 0
        )
      )
    }
    #expect(Self.report(records).findings.isEmpty)
  }

  @Test func `changes of one lead undone together count once`() {
    var records = Self.records()
    let days = PeriodDays(
      from: CivilDate(dayNumber: Self.newYear),
      through: CivilDate(dayNumber: Self.newYear + 364),
      .usual
    )
    for day in 0..<365 where days.weekdays[day] < 5 {
      for owner in UInt32(1)...4 {
        // Of the owner's leads of the last days every third is undone, of others every fifth; what is
        // undone was changed six times.
        let isUndone = (day + Int(owner)) % (days.isEnd[day] && owner == 1 ? 3 : 5) == 0
        for _ in 0..<(isUndone ? 6 : 1) {
          records.edits.append(
            .init(
              kind: .stage,
              owner: owner,
              lead: day * 10 + Int(owner),
              time: Self.time(day),
              isReversed: isUndone
            )
          )
        }
      }
    }
    #expect(!Self.report(records).findings.contains { $0.sign == .reversedAfterwards })
  }

  // MARK: Honest owners

  @Test(arguments: [25.0, 30, 35])
  func `quick people are no machines`(_ median: Double) {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<20 {
      var records = Self.records()
      records.touches = Self.touches(
        (0..<150).map { _ in
          Int(generator.logNormal(median: median, logStandardDeviation: 0.25).rounded())
        }
      )
      #expect(Self.report(records).findings.isEmpty)
    }
  }

  @Test func `an owner with an easy channel is compared within it`() {
    var records = Self.records()
    // Of channel 2 nearly all come and few buy; the first owner has little else.
    for owner in UInt32(1)...5 {
      for number in 0..<400 {
        let isEasy = number % 10 < (owner == 1 ? 9 : 3)
        let isHeld = number / 10 % 10 < (isEasy ? 9 : 6)
        records.meetings.append(
          GamingRecords.Meeting(
            lead: Int(owner) * 1000 + number,
            owner: owner,
            channel: isEasy ? 2 : 1,
            booked: Self.time(number % 300 - 2, number),
            starts: Self.time(number % 300),
            isHeld: isHeld,
            hasTrace: true,
            isWon: isHeld && number / 10 % 8 < (isEasy ? 1 : 4)
          )
        )
      }
    }
    #expect(Self.report(records).findings.isEmpty)
    for index in records.meetings.indices { records.meetings[index].channel = 0 }
    #expect(Self.report(records).findings.contains { $0.sign == .heldNotWon && $0.owner == 1 })
  }

  /// The chance of so many alarms at 5 percent is below one in fifty; a jump alone is found in all.
  @Test(arguments: [2.0, 5, 8])
  func `scores that move a little after the hand-off are no sign`(_ spread: Double) {
    var generator = SeededGenerator(seed: 8 + UInt64(spread))
    var alarms = 0
    for _ in 0..<60 {
      var records = Self.records(line: 60)
      for lead in 0..<3000 {
        var score = Int(generator.normal(mean: 35, standardDeviation: 10))
        while score < 60, generator.chance(0.75) { score += 3 + generator.integer(below: 13) }
        let isPassed = score >= 60
        let step = isPassed ? generator.normal(standardDeviation: spread) : 0
        records.scores.append(
          GamingRecords.ScoredLead(
            lead: lead,
            owner: 1,
            time: Self.time(lead % 200),
            score: score + Int(step.rounded()),
            scoreAtHandOff: isPassed ? score : nil,
            isWon: isPassed ? generator.chance(0.25) : nil
          )
        )
      }
      alarms += Self.report(records).findings.count
    }
    #expect(alarms <= 6, "\(alarms) of 60")
  }
}
