public import PlumblineStatistics

/// What limits the wins of a month.
public enum HeadcountLimit: String, CaseIterable, Codable, Sendable {
  /// All leads are worked: only more leads would bring more.
  case leads
  /// Leads are left over: only more hours of reps would bring more.
  case repHours = "rep_hours"
  /// What would bring more wins costs more than they bring: only closing more would pay.
  case closeRate = "close_rate"
}

/// A number in 10, 50 and 90 of 100 courses.
public struct HeadcountBand: Hashable, Sendable {
  /// What 10 of 100 courses stay below.
  public let low: Double
  /// What 50 of 100 courses stay below.
  public let middle: Double
  /// What 90 of 100 courses stay below.
  public let high: Double

  /// The band of some values; nil without any.
  ///
  /// Between two values in order it is interpolated, as Hyndman & Fan (1996),
  /// doi:10.2307/2684934, have it in their definition 7.
  public init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    func quantile(_ probability: Double) -> Double {
      let place = probability * Double(sorted.count - 1)
      let below = Int(place)
      let above = min(below + 1, sorted.count - 1)
      return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
    (low, middle, high) = (quantile(0.1), quantile(0.5), quantile(0.9))
  }
}

/// One month of a course, as expected and as drawn.
public struct HeadcountStep: Hashable, Sendable {
  /// The month.
  public let month: PlanMonth
  /// As expected; income, cost and cash in minor units.
  public let expected: HeadcountMonth
  /// What limits the wins.
  public let limit: HeadcountLimit
  /// Leads as drawn; nil where nothing was drawn.
  public let leads: HeadcountBand?
  /// Wins as drawn.
  public let wins: HeadcountBand?
  /// Customers as drawn.
  public let customers: HeadcountBand?
  /// Income less cost as drawn, minor units.
  public let profit: HeadcountBand?
  /// Cash at the end of the month as drawn, minor units.
  public let cash: HeadcountBand?
}

/// A number over the whole plan, as expected and as drawn.
public struct HeadcountTotal: Hashable, Sendable {
  /// As expected.
  public let expected: Double
  /// As drawn; nil where nothing was drawn.
  public let drawn: HeadcountBand?
}

/// How often and when the cash of a course runs out.
public struct CashOut: Hashable, Sendable {
  /// The month as expected; nil when it does not.
  public let expected: PlanMonth?
  /// In how many of the drawn courses.
  public let cases: Int
  /// Of how many.
  public let draws: Int
  /// The month in the middle of those courses; nil without any.
  public let medianMonth: PlanMonth?
}

/// What a scenario changes against today's course.
public struct HeadcountDifference: Hashable, Sendable {
  /// Wins that are added.
  public let wins: Double
  /// Acquisition cost that is added, minor units.
  public let acquisitionCost: Double
  /// End cash that is added.
  public let endCash: HeadcountTotal
  /// In how many drawn courses more cash is left, each against its twin.
  public let betterCases: Int

  /// What an added win costs; nil when none is added.
  public var costPerWin: Double? { wins > 1e-9 ? acquisitionCost / wins : nil }
}

/// A scenario played out.
public struct HeadcountCourse: Sendable {
  /// The scenario.
  public let scenario: HeadcountScenario
  /// Its inputs in the first month.
  public let inputs: HeadcountInputs
  /// Its plan, in minor units.
  public let plan: HeadcountPlan
  /// The months.
  public let steps: [HeadcountStep]
  /// Wins over all months.
  public let wins: HeadcountTotal
  /// Income over all months.
  public let revenue: HeadcountTotal
  /// Income less cost over all months.
  public let profit: HeadcountTotal
  /// Cash at its lowest; that of the start without months.
  public let lowestCash: HeadcountTotal
  /// The month in which cash is lowest as expected.
  public let lowestMonth: PlanMonth?
  /// Cash after the last month.
  public let endCash: HeadcountTotal
  /// Whether and when the cash runs out.
  public let cashOut: CashOut
  /// What a customer brings, minor units; nil when that is not known.
  public let breakEven: Double?
  /// All acquisition cost per win, minor units; nil without wins.
  public let costPerWin: Double?
  /// What one more hire would change, in the month of the first change or the first of all.
  public let nextHire: NextHire
  /// Whether that hire is worth it.
  public let verdict: HireVerdict
  /// What is different from today's course; nil for itself.
  public let difference: HeadcountDifference?
  /// What each input moves.
  public let sensitivities: [HeadcountSensitivity]

  /// Whether the close rate or the deal was given in the place of what was measured, without a word
  /// on how well it is known.
  public var assumesRates: Bool {
    inputs.isAssumed(.closeRate, besides: .closeRateSample)
      || inputs.isAssumed(.deal, besides: .dealSample)
      || scenario.changes.contains { $0.overrides[.closeRate] != nil }
  }

  /// The first month in which more reps are to be let go than there are then; nil for none.
  public var firstMonthWithTooFewReps: PlanMonth? {
    let team = plan.team
    var reps = team.startReps
    for (month, step) in steps.enumerated() {
      func count(_ moves: [Double]) -> Double { month < moves.count ? moves[month] : 0 }
      reps *= 1 - team.monthlyAttrition
      // Who is let go leaves before hires join.
      if count(team.departures) > reps + 1e-9 { return step.month }
      reps += count(team.hires) - count(team.departures)
    }
    return nil
  }

  /// The spans of months with the same limit, in order.
  public var limits: [(limit: HeadcountLimit, months: ClosedRange<PlanMonth>)] {
    var spans: [(limit: HeadcountLimit, months: ClosedRange<PlanMonth>)] = []
    for step in steps {
      if let last = spans.last, last.limit == step.limit {
        spans[spans.count - 1].months = last.months.lowerBound...step.month
      } else {
        spans.append((step.limit, step.month...step.month))
      }
    }
    return spans
  }
}

/// What an answer is when one input lies elsewhere.
public struct HeadcountSensitivity: Hashable, Sendable {
  /// What is moved: an input, or leads as a whole.
  public let input: HeadcountInput
  /// The input's low and high value; a factor for ramp and leads.
  public let range: ClosedRange<Double>
  /// Whether the ends are those that 10 and 90 of 100 cases stay below, and not just 20 % less and
  /// more.
  public let isMeasured: Bool
  /// The answer at the low value.
  public let atLow: Double
  /// The answer at the high value.
  public let atHigh: Double

  /// How far apart the answers are.
  public var swing: Double { abs(atHigh - atLow) }
}

/// Scenarios side by side.
public struct HeadcountAnswer: Sendable {
  /// What was asked.
  public let question: HeadcountQuestion
  /// The currency of all amounts.
  public let currency: String
  /// What holds today.
  public let inputs: HeadcountInputs
  /// Today's course, then the scenarios.
  public let courses: [HeadcountCourse]
  /// Whether the cash at the start is known, and with it when cash runs out.
  public let isCashKnown: Bool
}
