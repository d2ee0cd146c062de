import PlumblineCore
import PlumblineStatistics

/// A range in JSON; `upper` is null where nothing bounds it.
struct CostRangeWire: Codable, Hashable, Sendable {
  @OrNull var value: Double?
  @OrNull var lower: Double?
  @OrNull var upper: Double?

  init(value: Double?, lower: Double?, upper: Double?) {
    _value = OrNull(wrappedValue: value)
    _lower = OrNull(wrappedValue: lower)
    _upper = OrNull(wrappedValue: upper)
  }

  init(amount value: Double?, lower: Double?, upper: Double?, _ currency: String) {
    self.init(
      value: Rounded.amount(value, currency),
      lower: Rounded.amount(lower, currency),
      upper: Rounded.amount(upper, currency)
    )
  }
}

/// Wins with those to come in JSON.
struct EconomicsWinsWire: Codable, Hashable, Sendable {
  let counted: Int
  let open: Int
  @OrNull var expected: Double?
  @OrNull var total: Double?
  @OrNull var variance: Double?
  let basis: CompletedWins.Basis
  /// The long-run number of wins that the data support, on which costs stand.
  let interval: CostRangeWire
  /// The number that there will be in the end.
  let final: CostRangeWire

  init(_ row: EconomicsRow) {
    let wins = row.wins
    counted = wins.counted
    open = wins.open
    _expected = OrNull(wrappedValue: Rounded.share(wins.expected))
    _total = OrNull(wrappedValue: Rounded.share(wins.total))
    _variance = OrNull(wrappedValue: Rounded.share(wins.variance))
    basis = wins.basis
    let supported = row.economics?.winsInterval
    interval = CostRangeWire(
      value: Rounded.share(wins.total),
      lower: Rounded.share(supported?.lower),
      upper: Rounded.share(supported?.upper)
    )
    final = CostRangeWire(
      value: Rounded.share(wins.total),
      lower: Rounded.share(wins.finalInterval.lower),
      upper: Rounded.share(wins.finalInterval.upper)
    )
  }
}

/// Deal sizes in JSON, in major units.
struct EconomicsDealsWire: Codable, Hashable, Sendable {
  let count: Int
  let withoutAmount: Int
  @OrNull var sum: Double?
  @OrNull var mean: Double?
  @OrNull var meanLower: Double?
  @OrNull var meanUpper: Double?
  @OrNull var median: Double?
  let isUncertain: Bool
  let isValuedByAll: Bool

  init(_ row: EconomicsRow, _ currency: String) {
    count = row.deals.count
    withoutAmount = row.dealsWithoutAmount
    _sum = OrNull(wrappedValue: Rounded.amount(row.deals.sum, currency))
    _mean = OrNull(wrappedValue: Rounded.amount(row.deals.mean, currency))
    let interval = row.deals.meanInterval
    _meanLower = OrNull(wrappedValue: Rounded.amount(interval?.lower, currency))
    _meanUpper = OrNull(wrappedValue: Rounded.amount(interval?.upper, currency))
    _median = OrNull(wrappedValue: Rounded.amount(row.medianDeal, currency))
    isUncertain = row.deals.isUncertain
    isValuedByAll = row.isValuedByAll
  }
}

/// One line in JSON, amounts in major units.
struct EconomicsRowWire: Codable, Hashable, Sendable {
  let kind: EconomicsRow.Kind
  @OrNull var group: String?
  let leads: Int
  @OrNull var spend: Double?
  @OrNull var media: Double?
  @OrNull var overhead: Double?
  @OrNull var salesSoFar: Double?
  @OrNull var salesToCome: Double?
  @OrNull var commission: Double?
  @OrNull var cost: Double?
  @OrNull var touches: Double?
  @OrNull var touchesToCome: Double?
  let wins: EconomicsWinsWire
  let deals: EconomicsDealsWire
  let costPerWin: CostRangeWire
  let mediaCostPerWin: CostRangeWire
  @OrNull var meetingsHeld: Int?
  let mediaCostPerMeetingHeld: CostRangeWire
  @OrNull var rankByMeeting: Int?
  @OrNull var rankByWin: Int?
  @OrNull var lifetimeValue: Double?
  @OrNull var breakEvenCostPerWin: Double?
  @OrNull var targetCostPerWin: Double?
  let valueToCost: CostRangeWire
  let paybackMonths: CostRangeWire
  @OrNull var profitable: Profitability?
  let isHeldBack: Bool
  @OrNull var completedRevenue: Double?
  let returnOnCosts: CostRangeWire

  init(_ row: EconomicsRow, _ ranking: CostRanking, _ currency: String) {
    let economics = row.economics
    let entry = ranking.entries.first { $0.row.group == row.group && row.kind == .group }
    kind = row.kind
    leads = row.leads
    _group = OrNull(wrappedValue: row.kind == .group ? row.group : nil)
    _spend = OrNull(wrappedValue: Rounded.amount(Double(row.spend), currency))
    _media = OrNull(wrappedValue: Rounded.amount(row.media, currency))
    _overhead = OrNull(wrappedValue: Rounded.amount(row.overhead, currency))
    _salesSoFar = OrNull(wrappedValue: Rounded.amount(row.salesSoFar, currency))
    _salesToCome = OrNull(wrappedValue: Rounded.amount(row.salesToCome, currency))
    _commission = OrNull(wrappedValue: Rounded.amount(row.commission, currency))
    _cost = OrNull(wrappedValue: Rounded.amount(row.cost, currency))
    _touches = OrNull(wrappedValue: Rounded.share(row.touches))
    _touchesToCome = OrNull(wrappedValue: Rounded.share(row.expectedTouches))
    wins = EconomicsWinsWire(row)
    deals = EconomicsDealsWire(row, currency)
    costPerWin = CostRangeWire(
      amount: row.costPerWin,
      lower: row.lowestCostPerWin,
      upper: row.highestCostPerWin,
      currency
    )
    mediaCostPerWin = CostRangeWire(
      amount: row.mediaCostPerWin,
      lower: row.lowestMediaCostPerWin,
      upper: row.highestMediaCostPerWin,
      currency
    )
    _meetingsHeld = OrNull(wrappedValue: row.meetingsHeld)
    mediaCostPerMeetingHeld = CostRangeWire(
      amount: row.costPerMeeting,
      lower: row.costPerMeetingInterval?.lower,
      upper: row.costPerMeetingInterval?.upper,
      currency
    )
    _rankByMeeting = OrNull(wrappedValue: entry?.rankByMeeting)
    _rankByWin = OrNull(wrappedValue: entry?.rankByWin)
    _lifetimeValue = OrNull(wrappedValue: Rounded.amount(economics?.lifetimeValue, currency))
    _breakEvenCostPerWin = OrNull(
      wrappedValue: Rounded.amount(economics?.breakEvenCostPerWin, currency)
    )
    _targetCostPerWin = OrNull(wrappedValue: Rounded.amount(economics?.targetCostPerWin, currency))
    valueToCost = CostRangeWire(
      value: Rounded.share(row.worth.value),
      lower: Rounded.share(row.worth.lower),
      upper: Rounded.share(row.worth.upper)
    )
    paybackMonths = CostRangeWire(
      value: row.costPerWin == nil ? nil : economics?.paybackInMonths.map { Double($0) },
      lower: economics?.shortestPaybackInMonths.map { Double($0) },
      upper: economics?.longestPaybackInMonths.map { Double($0) }
    )
    _profitable = OrNull(wrappedValue: row.profitability)
    isHeldBack = row.isHeldBack
    _completedRevenue = OrNull(
      wrappedValue: row.hasLeads ? Rounded.amount(row.completedRevenue, currency) : nil
    )
    returnOnCosts = CostRangeWire(
      value: Rounded.share(row.returnOnSpend),
      lower: Rounded.share(row.returnInterval?.lower),
      upper: Rounded.share(row.returnInterval?.upper)
    )
  }
}

/// Activities of a kind without agreed minutes, in JSON.
struct ActivityKindWire: Codable, Hashable, Sendable {
  let kind: String
  let count: Int
}

/// How costs are shared out, in JSON.
struct AllocationWire: Codable, Hashable, Sendable {
  let salesBase: SalesShare.Base
  @OrNull var reps: Int?
  @OrNull var repMonths: Double?
  @OrNull var teamCost: Double?
  @OrNull var units: Double?
  @OrNull var costPerUnit: Double?
  @OrNull var unitsOfLead: Double?
  let unknownActivityKinds: [ActivityKindWire]
  @OrNull var minutesOfUnknown: Double?
  @OrNull var overhead: Double?
  @OrNull var overheadMonths: Double?
  let overheadRule: Economics.OverheadRule
  let isOverheadRuleFallback: Bool
  @OrNull var carryOver: Double?
  @OrNull var residual: Double?
  let rules: [String]

  init(_ words: EconomicsWords) {
    let (sales, overhead, currency) = (words.answer.sales, words.answer.overhead, words.currency)
    salesBase = sales.base
    _reps = OrNull(wrappedValue: sales.team?.reps)
    _repMonths = OrNull(
      wrappedValue: Rounded.share(sales.team.map { Double($0.reps) * $0.months })
    )
    _teamCost = OrNull(wrappedValue: Rounded.amount(sales.team?.whole, currency))
    _units = OrNull(wrappedValue: Rounded.share(sales.base == .none ? nil : sales.units))
    _costPerUnit = OrNull(
      wrappedValue: sales.base == .none ? nil : Rounded.amount(sales.costPerUnit, currency)
    )
    _unitsOfLead = OrNull(wrappedValue: Rounded.share(sales.unitsOfLead))
    unknownActivityKinds =
      sales.base == .minutes
      ? sales.unknownKinds.sorted { $0.key < $1.key }.map {
        ActivityKindWire(kind: $0.key, count: $0.value)
      } : []
    _minutesOfUnknown = OrNull(
      wrappedValue: sales.base == .minutes ? Rounded.share(sales.minutesOfUnknown) : nil
    )
    _overhead = OrNull(
      wrappedValue: overhead.perMonth == nil ? nil : Rounded.amount(overhead.whole, currency)
    )
    _overheadMonths = OrNull(wrappedValue: Rounded.share(overhead.months))
    overheadRule = overhead.rule
    isOverheadRuleFallback = overhead.isFallback
    _carryOver = OrNull(
      wrappedValue: Rounded.share(words.agreement.economics.weeklyCarryOver)
    )
    _residual = OrNull(wrappedValue: Rounded.amount(words.answer.residual, currency))
    rules = words.allocation
  }
}

/// Won deals of which nobody knows the lead, in JSON, amounts in major units.
struct DealsWithoutLeadWire: Codable, Hashable, Sendable {
  let count: Int
  let withoutAmount: Int
  @OrNull var sum: Double?
  let ids: [String]

  init(_ deals: DealsWithoutLead, _ currency: String) {
    count = deals.ids.count
    withoutAmount = deals.withoutAmount
    _sum = OrNull(wrappedValue: Rounded.amount(deals.deals.sum, currency))
    ids = deals.ids
  }
}

/// A channel whose cheap meetings hide dear customers, in JSON.
struct HiddenCostWire: Codable, Hashable, Sendable {
  let group: String
  let rankByMeeting: Int
  let rankByWin: Int
  let ranked: Int
  let cheaperInTruth: [String]

  init(_ hidden: HiddenCost) {
    group = hidden.group
    rankByMeeting = hidden.rankByMeeting
    rankByWin = hidden.rankByWin
    ranked = hidden.ranked
    cheaperInTruth = hidden.cheaperInTruth
  }
}

/// What an ad report claims of one campaign, in JSON.
struct AdClaimWire: Codable, Hashable, Sendable {
  let channel: String
  let campaign: String
  let rows: Int
  let rowsWithoutSpend: Int
  let rowsWithoutRevenue: Int
  let rowsWithBoth: Int
  @OrNull var spend: Double?
  @OrNull var leads: Int64?
  @OrNull var orders: Int64?
  @OrNull var revenue: Double?
  @OrNull var costPerLead: Double?
  @OrNull var costPerOrder: Double?
  @OrNull var claimedReturn: Double?
  @OrNull var bringsLess: Bool?

  init(_ row: AdClaims.Row, _ currency: String) {
    channel = row.channel
    campaign = row.campaign
    rows = row.rows
    rowsWithoutSpend = row.rowsWithoutSpend
    rowsWithoutRevenue = row.rowsWithoutRevenue
    rowsWithBoth = row.rowsWithBoth
    let hasSpend = row.rowsWithoutSpend < row.rows
    _spend = OrNull(wrappedValue: hasSpend ? Rounded.amount(Double(row.spend), currency) : nil)
    _leads = OrNull(wrappedValue: row.leads)
    _orders = OrNull(wrappedValue: row.orders)
    _revenue = OrNull(wrappedValue: Rounded.amount(row.revenue.map { Double($0) }, currency))
    _costPerLead = OrNull(wrappedValue: Rounded.amount(row.costPerLead, currency))
    _costPerOrder = OrNull(wrappedValue: Rounded.amount(row.costPerOrder, currency))
    _claimedReturn = OrNull(wrappedValue: Rounded.share(row.claimedReturn))
    _bringsLess = OrNull(wrappedValue: row.bringsLess)
  }
}

/// What the ad reports claim, in JSON.
struct AdClaimsWire: Codable, Hashable, Sendable {
  @OrNull var headline: String?
  let by: FunnelDimension
  let campaigns: [AdClaimWire]
  @OrNull var all: AdClaimWire?
  let bringingLess: Int
  let rowsPartlyOutside: Int
  let rowsWithoutDay: Int
  let notes: [String]

  init(_ words: EconomicsWords) {
    let claims = words.answer.claims
    let claimsAnything = claims.claimsAnything
    _headline = OrNull(wrappedValue: words.claimsHeadline)
    by = words.answer.question.claimsBy
    campaigns = claimsAnything ? claims.rows.map { AdClaimWire($0, words.currency) } : []
    _all = OrNull(wrappedValue: claimsAnything ? AdClaimWire(claims.total, words.currency) : nil)
    bringingLess = claims.bringingLess.count
    rowsPartlyOutside = claims.rowsPartlyOutside
    rowsWithoutDay = claims.rowsWithoutDay
    notes = claimsAnything ? words.claimNotes : []
  }
}

/// A whole answer about costs in JSON.
struct EconomicsWire: Codable, Hashable, Sendable {
  var format = JSONText.format
  var kind = "economics"
  let headline: String
  let agreement: AgreementWire
  let asOf: String
  let question: QuestionWire
  let view: EconomicsQuestion.View
  let scope: String
  let areDaysAsked: Bool
  @OrNull var winsWithinDays: Int?
  let rows: [EconomicsRowWire]
  let total: EconomicsRowWire
  let allocation: AllocationWire
  let hiddenCosts: [HiddenCostWire]
  let hiddenCostRule: String
  let leadsOnOtherDays: Int
  let undatedWins: Int
  let dealsWithoutLead: DealsWithoutLeadWire
  let claims: AdClaimsWire
  let notes: [String]

  init(_ answer: EconomicsAnswer, _ agreement: Agreement) {
    let words = EconomicsWords(answer, agreement)
    let ranking = CostRanking(answer.question.view == .cohort ? answer.rows : [])
    headline = words.headline
    self.agreement = AgreementWire(agreement)
    asOf = Format.iso8601(answer.asOf, agreement.calendar)
    question = QuestionWire(answer.cells, agreement)
    view = answer.question.view
    scope = words.scope
    areDaysAsked = answer.areDaysAsked
    _winsWithinDays = OrNull(wrappedValue: words.isCash ? nil : answer.horizon.days)
    rows = answer.rows.map { EconomicsRowWire($0, ranking, words.currency) }
    total = EconomicsRowWire(answer.total, ranking, words.currency)
    allocation = AllocationWire(words)
    hiddenCosts = answer.hiddenCosts.map { HiddenCostWire($0) }
    hiddenCostRule = words.hiddenCostRule
    leadsOnOtherDays = answer.leadsOnOtherDays
    undatedWins = answer.undatedWins
    dealsWithoutLead = DealsWithoutLeadWire(answer.dealsWithoutLead, words.currency)
    claims = AdClaimsWire(words)
    notes = words.notes
  }
}
