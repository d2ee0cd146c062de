import PlumblineCore
import PlumblineTestSupport

/// The watches that are shown, edges first.
enum WatchSample: String, CaseIterable, Sendable {
  case empty
  case young
  case quiet
  case alarm
  case shock
  case several
  case cleared
  case small
  case undated
  case deadlines
  case hostile

  /// The answer and the agreement it was made under, made once.
  func answer() throws -> (answer: WatchAnswer, agreement: Agreement) {
    try Self.all[self, default: .failure(Missing())].get()
  }

  private struct Missing: Error {}

  private typealias Made = (answer: WatchAnswer, agreement: Agreement)

  private static let all: [WatchSample: Result<Made, any Error>] = Dictionary(
    uniqueKeysWithValues: allCases.map { sample in (sample, Result { try sample.made() }) }
  )

  private func made() throws -> Made {
    let agreement = SampleCompany.agreement
    var company = Company()
    var additional: [WeeklySeries] = []
    var options = WatchOptions()
    switch self {
    case .empty: break
    case .young: company.add("Meta", 30..<40)
    case .quiet:
      company.add("Meta", 0..<40)
      company.add("Google Ads", 0..<40, leads: 30, qualified: 24)
    case .alarm:
      company.add("Meta", 0..<34)
      company.add("Meta", 34..<40, qualified: 16)
      company.add("Google Ads", 0..<40)
    case .shock:
      company.add("Meta", 0..<32)
      company.add("Meta", 32..<38, qualified: 36)
      company.add("Meta", 38..<40, qualified: 17)
      company.add("Google Ads", 0..<40)
    case .several:
      company.add("Meta", 0..<34)
      company.add("Meta", 34..<40, qualified: 12)
      company.add("Google Ads", 0..<36)
      company.add("Google Ads", 36..<40, qualified: 8)
      options.falseAlarmsPerYear = 2.5
    case .cleared:
      company.add("Meta", 0..<32)
      company.add("Meta", 32..<33, qualified: 4)
      company.add("Meta", 33..<40, qualified: 36)
    case .small: company.add("Meta", 0..<40, leads: 6, qualified: 4)
    case .undated:
      company.add("Meta", 0..<40)
      for number in 0..<200 {
        company.facts.lead("U\(number)", day: Company.firstMonday + Double(number), channel: "Meta")
        company.facts.stage("U\(number)", "mql", day: nil)
      }
    case .deadlines:
      company.add("Meta", 0..<40)
      options.baselineEnd = CivilDate(dayNumber: Int(Company.firstMonday) + 7 * 26)
      additional = [
        WeeklySeries(
          kind: .compliance,
          id: "owner/Ana/follow_up",
          subject: "first touch in time",
          dimension: .owner,
          unit: "Ana",
          weeks: (0..<40).map { week in
            WeeklySeries.Week(
              start: CivilDate(dayNumber: Int(Company.firstMonday) + 7 * week),
              items: 20,
              met: week < 36 ? 17 : 8
            )
          }
        )
      ]
    case .hostile:
      for name in Sample.hostileNames {
        company.add(name, 0..<36)
        company.add(name, 36..<40, qualified: 10)
      }
    }
    let history = company.facts.history(agreement, asOfDay: Company.firstMonday + 7 * 40)
    let builder = WatchBuilder(agreement, source: EmbeddedCells(history))
    return (try builder.answer(options, additional: additional), agreement)
  }

  /// Leads by the week, of whom an exact number is qualified two days later.
  private struct Company {
    /// Monday, 2024-01-01, counted from 1970-01-01, an hour after midnight in Berlin.
    static let firstMonday = 19_723.0

    var facts = FactBuilder()
    private var count = 0

    mutating func add(_ channel: String, _ weeks: Range<Int>, leads: Int = 40, qualified: Int = 30)
    {
      for week in weeks {
        for index in 0..<leads {
          count += 1
          let day =
            Self.firstMonday + 7 * Double(week) + 0.1 + 6.8 * Double(index) / Double(leads)
          facts.lead("W\(count)", day: day, channel: channel, owner: "Ana")
          // One more and one less by turns, so that weeks are not all alike.
          let wanted = qualified + (week % 3) - 1
          if index < wanted {
            facts.stage("W\(count)", "mql", day: day + 2)
          } else {
            facts.stage("W\(count)", "disqualified", day: day + 2)
          }
        }
      }
    }
  }
}
