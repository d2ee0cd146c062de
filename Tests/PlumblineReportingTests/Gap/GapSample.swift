import PlumblineCore
import PlumblineTestSupport

/// The gaps that are shown, edges first.
enum GapSample: String, CaseIterable, Sendable {
  case empty
  case nothingBefore
  case oneChannel
  case fallenChannel
  case simpson
  case customersOnly
  case young
  case inTotalAgainstPlan
  case byChannelAgainstPlan
  case againstBest
  case hostile

  /// The answer and the agreement it was made under, made once.
  func answer() throws -> (answer: GapAnswer, agreement: Agreement) {
    try Self.all[self, default: .failure(Missing())].get()
  }

  private struct Missing: Error {}

  private typealias Made = (answer: GapAnswer, agreement: Agreement)

  private static let all: [GapSample: Result<Made, any Error>] = Dictionary(
    uniqueKeysWithValues: allCases.map { sample in (sample, Result { try sample.made() }) }
  )

  private func made() throws -> Made {
    var company = Company()
    var agreement = SampleCompany.agreement
    var benchmark = GapBenchmark.previous
    var asOf = SampleCompany.asOfDay
    switch self {
    case .empty: break
    case .nothingBefore:
      company.add("Meta", Company.second, [120, 80, 60, 40, 30, 24, 12])
    case .oneChannel:
      company.add("Meta", Company.first, [120, 80, 60, 40, 30, 24, 12])
      company.add("Meta", Company.second, [110, 80, 50, 40, 35, 24, 10])
    case .fallenChannel:
      company.addUsual(Company.first)
      company.add("Meta", Company.second, [400, 300, 210, 160, 60, 40, 10])
      company.add("Google Ads", Company.second, [310, 205, 150, 110, 86, 60, 26])
      company.add("Podcast", Company.second, [40, 22, 12, 8, 6, 4, 3])
    case .simpson:
      company.add("Meta", Company.first, [100, 100, 100, 100, 100, 100, 15])
      company.add("Referral", Company.first, [800, 800, 800, 800, 800, 800, 320])
      company.add("Meta", Company.second, [700, 700, 700, 700, 700, 700, 119])
      company.add("Referral", Company.second, [300, 300, 300, 300, 300, 300, 126])
    case .customersOnly:
      company.amount = nil
      company.addUsual(Company.first)
      company.addUsual(Company.second)
      company.add("Meta", Company.second, [100, 60, 40, 30, 20, 15, 9])
    case .young:
      company.daysPerStep = 11
      company.until = Company.second + 93
      company.addUsual(Company.first)
      company.addUsual(Company.second)
      asOf = Company.second + 93
    case .inTotalAgainstPlan:
      company.addUsual(Company.second)
      agreement.plan = GapPlan(
        total: .init(leadsPerMonth: 300, rates: ["lead-mql": 0.7], meanDeal: 1_000_000)
      )
      benchmark = .plan
    case .byChannelAgainstPlan:
      company.addUsual(Company.second)
      company.add("Podcast", Company.second, [40, 22, 12, 8, 6, 4, 3])
      agreement.plan = GapPlan(
        channels: [
          "Meta": .init(leadsPerMonth: 150, rates: ["opportunity-won": 0.5], meanDeal: 950_000),
          "Trade fair": .init(leadsPerMonth: 10, meanDeal: 800_000),
        ]
      )
      benchmark = .plan
    case .againstBest:
      company.addUsual(Company.first)
      company.addUsual(Company.second)
      company.add("Referral", Company.second, [90, 70, 60, 50, 45, 40, 25])
      benchmark = .best
    case .hostile:
      for name in Sample.hostileNames {
        company.add(name, Company.first, [60, 40, 30, 20, 15, 12, 6])
        company.add(name, Company.second, [70, 40, 30, 20, 15, 12, 3])
      }
    }
    let history = company.facts.history(agreement, asOfDay: asOf)
    let builder = GapBuilder(agreement, source: EmbeddedCells(history))
    let period = GapPeriod.quarter(of: CivilDate(dayNumber: Int(Company.second) + 1))
    return (try builder.answer(against: benchmark, period: period), agreement)
  }

  /// Leads that go down the path in exact numbers, so many days a stage.
  private struct Company {
    /// 2024-01-01 and 2024-04-01, counted from 1970-01-01, at noon.
    static let first = 19_723.5
    static let second = 19_814.5

    var facts = FactBuilder()
    var amount: Int64? = 900_000
    /// Nothing happens from this day on.
    var until = SampleCompany.asOfDay
    var daysPerStep = 3.0
    private var count = 0

    mutating func addUsual(_ day: Double) {
      add("Meta", day, [380, 280, 200, 150, 110, 80, 36])
      add("Google Ads", day, [300, 200, 150, 110, 85, 60, 30])
    }

    /// How many reach each stage of the path.
    mutating func add(_ channel: String, _ start: Double, _ reached: [Int]) {
      let stages = SampleCompany.agreement.path.map(\.id)
      for index in 0..<reached[0] {
        count += 1
        let id = "G\(count)"
        // Spread so that those who go far are found all over the quarter.
        var day = start + Double((index * 37) % reached[0]) * 89 / Double(reached[0])
        guard day < until else { continue }
        facts.lead(id, day: day, channel: channel)
        for stage in 1..<stages.count {
          day += daysPerStep
          guard day < until else { break }
          guard index < reached[stage] else {
            facts.stage(id, "disqualified", day: day)
            break
          }
          facts.stage(id, stages[stage], day: day)
          if stage == stages.count - 1 {
            facts.deal(
              "d-\(id)",
              lead: id,
              created: day,
              closed: day,
              outcome: "won",
              amount: amount.map { $0 + Int64(index % 7) * 30_000 },
              currency: "EUR"
            )
          }
        }
      }
    }
  }
}
