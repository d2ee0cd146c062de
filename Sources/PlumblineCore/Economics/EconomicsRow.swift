public import PlumblineStatistics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What one channel or campaign costs and brings; amounts are minor units of the agreement's
/// currency.
public struct EconomicsRow: Hashable, Sendable {
  /// Which spend and which leads a line holds.
  public enum Kind: String, Sendable, Codable {
    /// A channel or campaign, with its spend and its leads.
    case group
    /// Leads of which nobody knows the channel or campaign.
    case leadsWithoutGroup = "leads_without_group"
    /// Spend of which nobody knows the channel or campaign.
    case spendWithoutGroup = "spend_without_group"
    /// Won deals of which nobody knows the lead, in the cash view.
    case dealsWithoutLead = "deals_without_lead"
    /// Everything together.
    case total
  }

  /// Which spend and which leads the line holds.
  public var kind: Kind
  /// The channel or campaign; `FunnelDimension.none` where nobody said, empty for the total.
  public var group: String
  /// Passes through the path that began on the days asked.
  public var leads = 0
  /// What was spent on media in the days asked, as the funnel has it.
  public var spend: Int64 = 0
  /// What of media spend works in the days asked: the spend, unless a carry-over is agreed.
  public var media = 0.0
  /// The line's share of marketing's overhead.
  public var overhead = 0.0
  /// What sales' work on the leads has cost so far.
  public var salesSoFar = 0.0
  /// What the work still expected on open leads will cost.
  public var salesToCome = 0.0
  /// What is paid to reps for the wins, those to come included; 0 unless it is agreed.
  public var commission = 0.0
  /// Sales' weighted work on the leads so far: minutes, touches or leads, see `SalesShare.base`.
  public var touches = 0.0
  /// The work still expected on the open ones.
  public var expectedTouches = 0.0
  /// Open leads by bucket of age.
  var openByAge: [Int] = []
  /// The wins, with those to come.
  public var wins = CompletedWins(counted: 0)
  /// The sizes of the won deals with an amount.
  public var deals = AmountSummary([])
  /// The middle deal; nil without any.
  public var medianDeal: Double?
  /// Won deals without an amount, or without a rate into the agreement's currency.
  public var dealsWithoutAmount = 0
  /// Whether the value of a customer is taken from the deals of all lines, for want of own ones.
  public var isValuedByAll = false
  /// Meetings of the leads that took place; nil where none are on record, or in the cash view.
  public var meetingsHeld: Int?
  /// Cost and value of a customer; nil for spend of nobody's leads and where costs are below 0.
  public var economics: ChannelEconomics?
  /// Whether customers bring more than they cost, with what speaks against saying so.
  public var profitability: Profitability?
  /// Whether `profitability` is held back because spend without a channel or campaign may be its.
  public var isHeldBack = false
  /// Value over cost with the range in which it lies; see `WorthJudge`.
  public internal(set) var worth = WorthRange()

  init(_ kind: Kind, _ group: String) {
    self.kind = kind
    self.group = group
  }

  /// All costs.
  public var cost: Double { fixedCost + commission }

  /// The costs that were paid whatever the number of wins.
  var fixedCost: Double { media + overhead + salesSoFar + salesToCome }

  /// A highest cost beyond so many times the estimate says only that there is no bound.
  public static let mostTimesEstimate = 20.0

  /// Whether anything that the line cost is on record; without it no cost per win is told.
  public var hasCost: Bool { (economics?.cost ?? 0) > 0 }

  /// All costs over wins; nil without any win so far, or where the line has no leads.
  public var costPerWin: Double? { wins.counted > 0 && hasCost ? economics?.costPerWin : nil }

  /// The lowest cost of a win that the data support.
  public var lowestCostPerWin: Double? { hasCost ? economics?.lowestCostPerWin : nil }

  /// The highest; nil without any win so far, and beyond `mostTimesEstimate` of the estimate.
  public var highestCostPerWin: Double? {
    hasCost ? bounded(economics?.highestCostPerWin, by: costPerWin) : nil
  }

  private func bounded(_ highest: Double?, by estimate: Double?) -> Double? {
    guard let highest, let estimate, highest <= Self.mostTimesEstimate * estimate else {
      return nil
    }
    return highest
  }

  /// What the won deals brought so far, and what those to come are expected to.
  public var completedRevenue: Double {
    deals.sum + wins.expected * (dealMean ?? 0)
  }

  /// The mean deal that stands for wins to come and for the value of a customer.
  public internal(set) var dealMean: Double?
  /// The variance of that mean.
  var dealMeanVariance = 0.0

  /// Completed revenue over all costs; nil without costs.
  public var returnOnSpend: Double? { cost > 0 && hasLeads ? completedRevenue / cost : nil }

  /// The returns that the data support (95 %), for few wins and uneven deals; nil without revenue.
  ///
  /// On the log scale, as the interval of lifetime value to cost.
  public var returnInterval: ConfidenceInterval? {
    guard let ratio = returnOnSpend, ratio > 0, let mean = dealMean, mean > 0, wins.total > 0
    else { return nil }
    let wins = self.wins.count?.totalVariance ?? 0
    let variance =
      wins / (self.wins.total * self.wins.total) + dealMeanVariance / (mean * mean)
    let factor = exp(StandardNormal.z95 * variance.squareRoot())
    guard (ratio * factor).isFinite else { return nil }
    return ConfidenceInterval(lower: ratio / factor, upper: ratio * factor)
  }

  /// Media over meetings that took place, as the funnel has it; nil without either.
  public var costPerMeeting: Double? {
    meetingsHeld.flatMap { $0 > 0 && spend > 0 ? Double(spend) / Double($0) : nil }
  }

  /// The costs of a meeting that its count supports (95 %).
  public var costPerMeetingInterval: ConfidenceInterval? {
    guard let held = meetingsHeld, held > 0, spend > 0 else { return nil }
    let counts = ConfidenceInterval.garwood(count: held)
    return ConfidenceInterval(
      lower: Double(spend) / counts.upper,
      upper: Double(spend) / counts.lower
    )
  }

  /// Media alone over wins; nil without media, or without any win so far.
  public var mediaCostPerWin: Double? {
    hasLeads && media > 0 && wins.counted > 0 ? media / wins.total : nil
  }

  /// The lowest media cost of a win that the data support; nil without media.
  public var lowestMediaCostPerWin: Double? {
    guard hasLeads, media > 0, let upper = economics?.winsInterval.upper else { return nil }
    return media / upper
  }

  /// The highest; nil when the data set no bound, as for all costs.
  public var highestMediaCostPerWin: Double? {
    guard hasLeads, media > 0, let lower = economics?.winsInterval.lower, lower > 0 else {
      return nil
    }
    return bounded(media / lower, by: mediaCostPerWin)
  }

  /// Whether the line has leads to set against its costs.
  public var hasLeads: Bool { kind != .spendWithoutGroup && kind != .dealsWithoutLead }
}
