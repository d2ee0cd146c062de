import Foundation
import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport

/// A small company whose leaks are known, for they were put there; a fixed sequence of numbers
/// stands for chance.
struct SampleCompany {
  /// The last day of the sample, counted from 1970-01-01: 2024-10-04.
  static let asOfDay = 20_000.0

  var agreement = SampleCompany.agreement
  var facts = FactBuilder()
  /// Whether calls are on record.
  var hasActivities = true
  private var generator = SeededGenerator(seed: 7)
  private var count = 0

  static let agreement = Agreement(
    company: "Acme Analytics",
    version: "2024-Q4",
    currency: "EUR",
    calendar: LocalCalendar(zoneName: "Europe/Berlin") ?? .utc,
    path: [
      Stage(id: "lead", meaning: "entered the CRM with a way to reach them"),
      Stage(id: "mql", meaning: "marketing scores them 60 or more", owner: .marketing),
      Stage(id: "sql", meaning: "sales accepted them", owner: .sales),
      Stage(id: "meeting_booked"), Stage(id: "meeting_held"), Stage(id: "opportunity"),
      Stage(id: "won"),
    ],
    economics: Economics(grossMargin: 0.78, horizonInMonths: 24, repMonthCost: 1_100_000),
    workingTime: WorkingTime(
      weekdays: Set(0...6),
      shifts: [WorkingTime.Shift(startMinute: 0, endMinute: 1440)]
    ),
    salesSLA: SalesSLA(
      firstTouch: SalesSLA.FirstTouch(
        usual: SalesSLA.Span(seconds: 4 * 3600, isWorkingTime: true)
      )
    ),
    routing: .regardless,
    hash: "0a1b2c3d4e5f60718293a4b5c6d7e8f900112233445566778899aabbccddeeff"
  )

  /// The chances from lead to won, with the last one or the last but two replaced.
  static func rates(held: Double = 0.8, won: Double = 0.5) -> [Double] {
    [0.8, 0.7, 0.75, held, 0.7, won]
  }

  /// Adds leads of a channel and a rep, spread over the days before the last one, going down the
  /// path at the given chances.
  mutating func add(
    _ leads: Int,
    _ channel: String,
    _ owner: String,
    rates: [Double] = rates(),
    overDays days: Double = 370,
    amount: Int64? = 900_000
  ) {
    let stages = agreement.path.map(\.id)
    for index in 0..<leads {
      count += 1
      let id = "L\(count)"
      var day = Self.asOfDay - 10 - days + days * Double(index) / Double(leads)
      facts.lead(id, day: day, channel: channel, owner: owner)
      for stage in 1..<stages.count {
        day += 1 + 60 * pow(Double.random(in: 0..<1, using: &generator), 3)
        let goesOn = Double.random(in: 0..<1, using: &generator) < rates[stage - 1]
        let leaves = Double.random(in: 0..<1, using: &generator) < 0.8
        guard day < Self.asOfDay else { break }
        guard goesOn else {
          let detour = ["disqualified", "recycled", "lost"][min(2, stage / 2)]
          if leaves { facts.stage(id, detour, day: day) }
          break
        }
        if stages[stage] == "sql", hasActivities {
          // Five in six are called within the agreed hours.
          let called = day + (count % 6 == 0 ? 1.5 : 0.1)
          if called < Self.asOfDay {
            facts.activity("a-\(id)", lead: id, day: called, owner: owner, outcome: "connected")
          }
        }
        reach(id, stages[stage], day, amount)
      }
    }
  }

  private mutating func reach(_ id: String, _ stage: String, _ day: Double, _ amount: Int64?) {
    switch stage {
    case "meeting_booked":
      let outcome = count % 9 == 0 ? "" : count % 5 == 0 ? "cancelled" : "no_show"
      facts.meeting("m-\(id)", lead: id, booked: day, starts: day + 1, outcome: outcome)
      facts.stage(id, stage, day: day)
    case "meeting_held":
      facts.meeting("m-\(id)", lead: id, booked: day - 1, starts: day, outcome: "held")
    case "won":
      facts.stage(id, stage, day: day)
      facts.deal(
        "d-\(id)",
        lead: id,
        created: day,
        closed: day,
        outcome: "won",
        amount: amount,
        currency: "EUR"
      )
    default: facts.stage(id, stage, day: day)
    }
  }

  /// Adds spend on a channel over the year before the last day.
  mutating func spend(_ channel: String, _ amount: Int64) {
    facts.spend(
      channel,
      day: Self.asOfDay - 380,
      to: Self.asOfDay - 1,
      amount: amount,
      currency: "EUR"
    )
  }

  var history: CompanyHistory { facts.history(agreement, asOfDay: Self.asOfDay) }
}
