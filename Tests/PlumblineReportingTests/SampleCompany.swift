import Foundation
import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport

/// A small company whose leaks are known because they were put there; no chance is involved
/// beyond a fixed sequence of numbers.
struct SampleCompany {
  /// The last day of the sample, counted from 1970-01-01: 2024-10-04.
  static let asOfDay = 20_000.0

  var agreement: Agreement
  private(set) var facts = FactBuilder()
  private var generator = SeededGenerator(seed: 7)
  private var count = 0

  init(_ agreement: Agreement = SampleCompany.agreement) { self.agreement = agreement }

  static let agreement = Agreement(
    company: "Acme Analytics", version: "2024-Q4", currency: "EUR",
    calendar: LocalCalendar(zoneName: "Europe/Berlin") ?? .utc,
    path: [
      Stage(id: "lead", meaning: "entered the CRM with a way to reach them"),
      Stage(id: "mql", meaning: "marketing scores them 60 or more", owner: .marketing),
      Stage(id: "sql", meaning: "sales accepted them", owner: .sales),
      Stage(id: "meeting_booked"), Stage(id: "meeting_held"), Stage(id: "opportunity"),
      Stage(id: "won"),
    ],
    economics: Economics(grossMargin: 0.78, horizonInMonths: 24, repMonthCost: 1_100_000),
    hash: "0a1b2c3d4e5f60718293a4b5c6d7e8f900112233445566778899aabbccddeeff")

  /// The chance of each step from lead to won when nothing leaks.
  static let healthy = [0.8, 0.7, 0.75, 0.8, 0.7, 0.5]

  /// Adds leads of a channel and a rep, one every so often over a year, going down the path at
  /// the given chances.
  mutating func add(
    _ leads: Int, _ channel: String, _ owner: String, rates: [Double] = SampleCompany.healthy,
    dealAmount: Int64? = 900_000
  ) {
    let stages = agreement.path.map(\.id)
    for index in 0..<leads {
      count += 1
      let id = "L\(count)"
      let start = Self.asOfDay - 380 + 370 * Double(index) / Double(leads)
      facts.lead(id, day: start, channel: channel, owner: owner)
      var day = start
      for stage in 1..<stages.count {
        day += 1 + 60 * pow(Double.random(in: 0..<1, using: &generator), 3)
        guard day < Self.asOfDay else { break }
        guard Double.random(in: 0..<1, using: &generator) < rates[stage - 1] else {
          let detour = ["disqualified", "recycled", "lost"][min(2, stage / 2)]
          let leaves = Double.random(in: 0..<1, using: &generator) < 0.8
          if leaves { facts.stage(id, detour, day: day) }
          break
        }
        reach(id, stages[stage], day, dealAmount)
      }
    }
  }

  private mutating func reach(_ id: String, _ stage: String, _ day: Double, _ amount: Int64?) {
    switch stage {
    case "meeting_booked":
      facts.meeting("m-\(id)", lead: id, booked: day, starts: day + 1,
        outcome: count % 9 == 0 ? "" : count % 5 == 0 ? "cancelled" : "no_show")
      facts.stage(id, stage, day: day)
    case "meeting_held":
      facts.meeting("m-\(id)", lead: id, booked: day - 1, starts: day, outcome: "held")
    case "won":
      facts.stage(id, stage, day: day)
      facts.deal(
        "d-\(id)", lead: id, created: day, closed: day, outcome: "won", amount: amount,
        currency: "EUR")
    default: facts.stage(id, stage, day: day)
    }
  }

  /// Adds spend on a channel over the year before the last day.
  mutating func spend(_ channel: String, _ amount: Int64) {
    facts.spend(
      channel, day: Self.asOfDay - 380, to: Self.asOfDay - 1, amount: amount, currency: "EUR")
  }

  var history: CompanyHistory { facts.history(agreement, asOfDay: Self.asOfDay) }

  func funnel(by dimension: FunnelDimension? = .channel) throws -> FunnelAnswer {
    let builder = FunnelBuilder(agreement, source: EmbeddedCells(history))
    return try builder.answer(builder.question(by: dimension.map { [$0] } ?? []))
  }

  func diagnosis(firstDay: CivilDate? = nil) throws -> Diagnosis {
    let history = history
    return try DiagnosisBuilder(agreement, source: EmbeddedCells(history))
      .diagnosis(firstDay: firstDay, gaps: history.gaps)
  }
}

extension SampleCompany {
  /// One channel's opportunities are seldom won, whoever works them.
  static var leakyChannel: SampleCompany {
    var company = SampleCompany()
    for owner in ["Ana", "Bo", "Cy"] {
      company.add(
        400, "Meta", owner,
        rates: [0.8, 0.7, 0.75, 0.8, 0.7, 0.15])
      company.add(450, "Google Ads", owner)
      company.add(250, "Referral", owner)
    }
    company.spend("Meta", 9_000_000)
    company.spend("Google Ads", 12_000_000)
    return company
  }

  /// One channel and one rep leak.
  static var twoLeaks: SampleCompany {
    var company = SampleCompany()
    for owner in ["Ana", "Bo", "Cy", "Di"] {
      let held = owner == "Di" ? 0.35 : 0.8
      company.add(300, "Meta", owner, rates: [0.8, 0.7, 0.75, held, 0.7, 0.12])
      company.add(400, "Google Ads", owner, rates: [0.8, 0.7, 0.75, held, 0.7, 0.5])
      company.add(250, "Referral", owner, rates: [0.8, 0.7, 0.75, held, 0.7, 0.5])
    }
    company.spend("Meta", 9_000_000)
    return company
  }

  /// Nothing leaks, nothing costs and deals have no amounts.
  static var healthyCompany: SampleCompany {
    var company = SampleCompany()
    for owner in ["Ana", "Bo"] {
      company.add(150, "Meta", owner, dealAmount: nil)
      company.add(150, "Google Ads", owner, dealAmount: nil)
    }
    return company
  }

  /// Names that would do harm where they are not taken as text.
  static let hostileChannels = [
    "<script>alert(1)</script>", "\"&' onmouseover=x", "=HYPERLINK(\"http://x\")",
    "\u{1B}[31mred\u{1B}[0m", "\u{202E}gnp.exe", "广告渠道与很长很长的名字一直写下去没有尽头",
  ]

  /// Channels with hostile names, one of which leaks.
  static var hostile: SampleCompany {
    var company = SampleCompany()
    for owner in ["<b>Ana</b>", "O'Brien & \"Co\""] {
      for channel in hostileChannels {
        let isLeaky = channel == hostileChannels[0]
        company.add(
          200, channel, owner, rates: [0.8, 0.7, 0.75, 0.8, 0.7, isLeaky ? 0.05 : 0.5])
      }
    }
    return company
  }
}
