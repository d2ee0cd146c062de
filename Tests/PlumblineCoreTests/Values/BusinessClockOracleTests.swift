import Foundation
import PlumblineCore
import PlumblineStatistics
import Testing

/// The business clock against one that asks the zone of every minute what the wall shows.
struct BusinessClockOracleTests {
  private static let casesPerSeed = 5_000

  /// One hour of work, Monday to Friday from 09:00 to 17:00: cases that tools are known to get
  /// wrong.
  ///
  /// 7 March 2026 is a Saturday.
  @Test(
    arguments: [
      ("2026-03-07 20:00", 3600, "2026-03-09 10:00"),
      ("2026-03-07 12:00", 3600, "2026-03-09 10:00"),
      ("2026-03-08 16:30", 3600, "2026-03-09 10:00"),
      ("2026-03-10 11:00", 300, "2026-03-10 11:05"),
      // At the edges of the day, and over a night and a weekend.
      ("2026-03-10 16:55", 300, "2026-03-10 17:00"),
      ("2026-03-10 16:58", 300, "2026-03-11 09:03"),
      ("2026-03-13 16:58", 300, "2026-03-16 09:03"),
    ] as [(String, Int64, String)],
    ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"]
  )
  func `a promise given on a weekend runs from Monday's opening`(
    promise: (start: String, seconds: Int64, due: String),
    zone: String
  ) throws {
    let calendar = try #require(LocalCalendar(zoneName: zone))
    func instant(_ text: String) throws -> Instant {
      let parts = text.split(separator: " ")
      let clock = parts[1].split(separator: ":").compactMap { Int($0) }
      let day = try #require(CivilDate(String(parts[0])))
      return calendar.instant(of: day, secondOfDay: clock[0] * 3600 + clock[1] * 60)
    }
    let (start, due) = (try instant(promise.start), try instant(promise.due))
    let day = calendar.day(of: start).dayNumber
    for clock in [
      BusinessClock(.usual, calendar: calendar),
      BusinessClock(
        .usual,
        calendar: calendar,
        firstDay: CivilDate(dayNumber: day - 1),
        lastDay: CivilDate(dayNumber: day + 10)
      ),
    ] {
      #expect(clock.deadline(after: start, workingSeconds: promise.seconds) == due)
      #expect(clock.workingSeconds(from: start, to: due) == promise.seconds)
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func `agrees with a clock that looks at every minute`(seed: UInt64) throws {
    var dice = SeededGenerator(seed: seed &+ 77)
    let walk = try MinuteWalk(&dice)
    let tables = [
      BusinessClock(walk.workingTime, calendar: walk.calendar),
      BusinessClock(
        walk.workingTime,
        calendar: walk.calendar,
        firstDay: CivilDate(dayNumber: Int(walk.start / 86_400) - 1),
        lastDay: CivilDate(dayNumber: Int(walk.end / 86_400) + 1)
      ),
      // A table that begins and ends within what is asked.
      BusinessClock(
        walk.workingTime,
        calendar: walk.calendar,
        firstDay: CivilDate(dayNumber: Int(walk.start / 86_400) + 10),
        lastDay: CivilDate(dayNumber: Int(walk.end / 86_400) - 30)
      ),
    ]
    let length = Int(walk.end - walk.start)
    var wrong: [String] = []
    for index in 0..<Self.casesPerSeed {
      // Most questions are about the full table; the others walk through days and are slower.
      let clock = tables[index % 10 == 0 ? 0 : index % 10 == 1 ? 2 : 1]
      let from = walk.start + Int64(dice.integer(below: length))
      let span = dice.integer(below: 4) == 0 ? length : 4 * 86_400
      let to = min(walk.end, from + Int64(dice.integer(below: span)))
      let sum = clock.workingSeconds(from: Instant(seconds: from), to: Instant(seconds: to))
      let wanted = walk.seconds(before: to) - walk.seconds(before: from)
      if sum != wanted { wrong.append("\(from) to \(to): \(sum), not \(wanted)") }
      let seconds = Int64(1 + dice.integer(below: dice.integer(below: 3) == 0 ? 300 : 60_000))
      // What lies beyond the minutes walked through is not known here.
      guard let due = walk.deadline(after: from, seconds) else { continue }
      let given = clock.deadline(after: Instant(seconds: from), workingSeconds: seconds)
      if given != Instant(seconds: due) {
        wrong.append("\(from) and \(seconds) s: \(given?.seconds ?? -1), not \(due)")
      }
    }
    #expect(wrong.isEmpty, "\(walk.calendar.zoneName) \(walk.workingTime): \(wrong.prefix(3))")
  }
}

/// Some months of one zone, minute by minute: Foundation says what the wall shows, and the rest is
/// counting.
private struct MinuteWalk {
  private static let zones = [
    "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe",
    "Pacific/Chatham", "America/St_Johns", "America/Sao_Paulo", "Asia/Jerusalem", "Europe/London",
  ]

  let calendar: LocalCalendar
  let workingTime: WorkingTime
  /// The first second, a whole minute.
  let start: Int64
  private(set) var end: Int64
  /// The working seconds before each minute.
  private var sums: [Int64] = [0]
  private var isWorking: [Bool] = []

  init(_ dice: inout SeededGenerator) throws {
    let name = Self.zones[dice.integer(below: Self.zones.count)]
    let zone = try #require(TimeZone(identifier: name))
    calendar = try #require(LocalCalendar(zoneName: name))
    // Begins up to fifty days before a change of the clocks, where there is one.
    let year = Date(
      timeIntervalSince1970: 1_500_000_000 + 86_400 * Double(dice.integer(below: 3650))
    )
    let change = zone.nextDaylightSavingTimeTransition(after: year) ?? year
    let before = Double(dice.integer(below: 50) * 86_400 + dice.integer(below: 1440) * 60)
    let seconds = Int64(change.timeIntervalSince1970 - before)
    start = seconds - seconds % 60
    end = start + 120 * 86_400
    var shifts: [WorkingTime.Shift] = []
    for _ in 0...dice.integer(below: 3) {
      let first = dice.integer(below: 1440)
      shifts.append(.init(startMinute: first, endMinute: first + 1 + dice.integer(below: 600)))
    }
    let weekdays = Set((0..<7).filter { _ in dice.chance(0.7) })
    let firstDay = Int(start / 86_400)
    let holidays = Set(
      (0..<8).map { _ in CivilDate(dayNumber: firstDay + dice.integer(below: 120)) }
    )
    workingTime = WorkingTime(
      weekdays: weekdays.isEmpty ? [dice.integer(below: 7)] : weekdays,
      shifts: shifts,
      holidays: holidays
    )
    walk(zone, shifts, holidays)
  }

  private mutating func walk(
    _ zone: TimeZone,
    _ shifts: [WorkingTime.Shift],
    _ holidays: Set<CivilDate>
  ) {
    let daysOff = Set(holidays.map { Int64($0.dayNumber) })
    let weekdays = workingTime.weekdays
    func offset(_ second: Int64) -> Int64 {
      Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second))))
    }
    var minute = start
    var hour = (from: Int64.max, offsets: (first: Int64(0), last: Int64(0)))
    while minute < end {
      // An hour over which the zone does not change need be asked only at its ends.
      if minute - hour.from >= 3600 || hour.from == .max {
        hour = (minute, (offset(minute), offset(minute + 3599)))
      }
      let shift =
        hour.offsets.first == hour.offsets.last ? hour.offsets.first : offset(minute)
      let wall = minute + shift
      let day = wall / 86_400
      let minuteOfDay = Int(wall % 86_400 / 60)
      // 1970-01-01 was a Thursday.
      let works =
        weekdays.contains(Int((day + 3) % 7)) && !daysOff.contains(day)
        && shifts.contains { $0.startMinute <= minuteOfDay && minuteOfDay < $0.endMinute }
      isWorking.append(works)
      sums.append(sums[sums.count - 1] + (works ? 60 : 0))
      minute += 60
    }
  }

  func seconds(before second: Int64) -> Int64 {
    let (minute, rest) = Int(second - start).quotientAndRemainder(dividingBy: 60)
    return sums[minute] + (rest > 0 && isWorking[minute] ? Int64(rest) : 0)
  }

  func deadline(after second: Int64, _ working: Int64) -> Int64? {
    let wanted = seconds(before: second) + working
    guard wanted <= sums[sums.count - 1] else { return nil }
    var (low, high) = (Int(second - start) / 60, isWorking.count)
    // The first minute at whose end enough has passed.
    while low < high {
      let middle = (low + high) / 2
      if sums[middle + 1] < wanted { low = middle + 1 } else { high = middle }
    }
    return start + Int64(low) * 60 + wanted - sums[low]
  }
}
