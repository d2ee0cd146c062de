import Foundation
import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport

/// A company whose leads come evenly and are won by chance after random waits, with its future.
///
/// Each step has a chance, and a wait in days that is geometric; what is not taken leaves at that
/// time. Days are counted from 1970-01-01; the calendar is UTC.
struct PlanCompany {
  /// A lead with all that will ever happen to it.
  struct Lead {
    var id: String
    var channel: String
    var created: Double
    /// The day each later stage is reached, as far as it is.
    var reached: [Double]
    /// The day it leaves, if it does.
    var left: Double?
    var amount: Int64
  }

  var leads: [Lead] = []
  var agreement = Agreement(
    currency: "EUR",
    path: ["lead", "mql", "opportunity", "won"].map { Stage(id: $0) }
  )

  init() {}

  /// A company of some days with leads each day.
  init(
    seed: UInt64,
    days: Int = 400,
    perDay: Double = 6,
    chances: [Double] = [0.6, 0.5, 0.4],
    meanWaits: [Double] = [5, 15, 30],
    channels: [String] = [""],
    unevenness: Double = 0.5
  ) {
    var dice = SeededGenerator(seed: seed)
    for day in 0..<days {
      for number in 0..<dice.poisson(mean: perDay) {
        let created = Double(day) + dice.uniform()
        var lead = Lead(
          id: "L\(day)-\(number)",
          channel: channels[Int(dice.uniform() * Double(channels.count))],
          created: created,
          reached: [],
          left: nil,
          amount: Int64(
            (dice.gamma(shape: 1 / (unevenness * unevenness)) * unevenness * unevenness * 1e6)
              .rounded()
          )
        )
        var now = created
        for (chance, wait) in zip(chances, meanWaits) {
          now += -wait * log(dice.uniform())
          guard dice.uniform() < chance else {
            lead.left = now
            break
          }
          lead.reached.append(now)
        }
        leads.append(lead)
      }
    }
  }

  /// What was known by the end of a day: facts dated later are not written.
  func history(asOfDay: Double) -> CompanyHistory {
    var facts = FactBuilder()
    let stages = agreement.path.dropFirst().map(\.id)
    for lead in leads where lead.created <= asOfDay {
      facts.lead(lead.id, day: lead.created, channel: lead.channel)
      for (stage, day) in zip(stages, lead.reached) where day <= asOfDay {
        if stage == "won" {
          facts.deal(
            "D\(lead.id)",
            lead: lead.id,
            created: lead.reached[lead.reached.count - 2],
            closed: day,
            outcome: "won",
            amount: lead.amount,
            currency: "EUR"
          )
        } else {
          facts.stage(lead.id, stage, day: day)
        }
      }
      if let left = lead.left, left <= asOfDay { facts.stage(lead.id, "lost", day: left) }
    }
    return facts.history(agreement, asOfDay: asOfDay)
  }

  func builder(asOfDay: Double) -> QuotaPlanBuilder {
    QuotaPlanBuilder(history: history(asOfDay: asOfDay))
  }

  /// The money won after a day and up to another, and by how many leads of which kind.
  func won(
    after: Double,
    upTo: Double,
    where isCounted: (Lead) -> Bool = { _ in true }
  ) -> (
    wins: Int, amount: Int64
  ) {
    leads.filter(isCounted).reduce((0, 0)) { sum, lead in
      guard lead.reached.count == 3, lead.reached[2] > after, lead.reached[2] <= upTo else {
        return sum
      }
      return (sum.0 + 1, sum.1 + lead.amount)
    }
  }
}

/// The date so many days after 1970-01-01.
func date(_ day: Int) -> CivilDate { CivilDate(dayNumber: day) }

/// Whether two numbers are the same but for rounding.
func agree(_ found: Double?, _ expected: Double?, relative: Double = 1e-9) -> Bool {
  guard let found, let expected else { return found == nil && expected == nil }
  return abs(found - expected) <= relative * max(abs(expected), 1e-9)
}
