import PlumblineCore
import PlumblineStatistics

/// An answer about costs in words, the same for text and page.
struct EconomicsWords {
  let answer: EconomicsAnswer
  let agreement: Agreement

  init(_ answer: EconomicsAnswer, _ agreement: Agreement) {
    self.answer = answer
    self.agreement = agreement
  }

  var currency: String { agreement.currency }
  var isCash: Bool { answer.question.view == .cash }
  /// One line's kind of thing: `channel` or `campaign`.
  var thing: String { answer.question.dimension.word }

  var provenance: Provenance {
    Provenance(
      agreement: agreement,
      asOf: answer.asOf,
      question: answer.cells,
      horizons: isCash || !answer.hasLeads ? [] : [answer.horizon]
    )
  }

  // MARK: Names and numbers

  /// What a line is called.
  func name(_ row: EconomicsRow) -> String {
    switch row.kind {
    case .group: row.group
    case .leadsWithoutGroup: "leads without a \(thing)"
    case .spendWithoutGroup: "spend without a \(thing)"
    case .dealsWithoutLead: "deals without a lead"
    case .total: "all"
    }
  }

  /// How many leads a line has.
  func leads(_ row: EconomicsRow) -> String {
    row.hasLeads ? Format.count(row.leads) : Format.absent
  }

  /// Whether nothing is in the costs but media.
  var isMediaOnly: Bool { costParts.isEmpty }

  /// What is in the costs besides media.
  private var costParts: [String] {
    (answer.overhead.perMonth == nil ? [] : ["overhead"])
      + (answer.sales.base == .none ? [] : ["sales"])
      + (answer.hasCommission ? ["commission"] : [])
  }

  /// Whether overhead and the cost of sales are both in the costs.
  private var areCostsWhole: Bool {
    answer.overhead.perMonth != nil && answer.sales.base != .none
  }

  /// What the costs are called at the head of a column: `all costs`, `media only`.
  var costsName: String {
    areCostsWhole
      ? "all costs" : isMediaOnly ? "media only" : (["media"] + costParts).joined(separator: " + ")
  }

  func money(_ minorUnits: Double) -> String { Format.money(minorUnits, currency) }

  func amount(_ minorUnits: Double?) -> String {
    minorUnits.map { Format.amount($0, currency) } ?? Format.absent
  }

  /// Wins with those to come: `105`, `105 + 3.2`.
  func wins(_ row: EconomicsRow) -> String {
    guard row.kind != .spendWithoutGroup else { return Format.absent }
    let counted = Format.count(row.wins.counted)
    guard row.wins.expected > 0 else { return counted }
    let decimals = row.wins.expected < 9.95 ? 1 : 0
    return "\(counted) + \(Format.fixed(row.wins.expected, decimals: decimals))"
  }

  /// What a win costs with its interval: `2,345 (1,900–2,900)`, `at least 4,100`.
  func costPerWin(_ row: EconomicsRow) -> String {
    guard let lowest = row.lowestCostPerWin else { return Format.absent }
    return range(row.costPerWin, lowest, row.highestCostPerWin)
  }

  /// What a win costs in media alone, with its interval.
  func mediaCostPerWin(_ row: EconomicsRow) -> String {
    guard let lowest = row.lowestMediaCostPerWin else { return "none" }
    return range(row.mediaCostPerWin, lowest, row.highestMediaCostPerWin)
  }

  /// What a win costs in media alone, without its interval.
  func mediaCost(_ row: EconomicsRow) -> String {
    guard let lowest = row.lowestMediaCostPerWin else { return Format.absent }
    return row.mediaCostPerWin.map { amount($0) } ?? "at least \(amount(lowest))"
  }

  /// What a customer is worth over what it costs: `3.1 (2.2–4.3)`, `at most 0.8`.
  func worthToCost(_ row: EconomicsRow) -> String {
    let worth = row.worth
    guard let value = worth.value else {
      return worth.upper.map { "at most \(Self.figures($0))" } ?? Format.absent
    }
    guard let lower = worth.lower, let upper = worth.upper else {
      return "\(Self.figures(value)) (no range)"
    }
    return "\(Self.figures(value)) (\(Self.figures(lower))–\(Self.figures(upper)))"
  }

  private func range(_ value: Double?, _ lowest: Double, _ highest: Double?) -> String {
    guard let value, let highest else { return "at least \(amount(lowest))" }
    return "\(amount(value)) (\(amount(lowest))–\(amount(highest)))"
  }

  /// A ratio with its interval: `3.1 (2.2–4.3)`.
  func ratio(_ value: Double?, _ interval: ConfidenceInterval?) -> String {
    guard let value else { return Format.absent }
    guard let interval else { return Self.figures(value) }
    return
      "\(Self.figures(value)) (\(Self.figures(interval.lower))–\(Self.figures(interval.upper)))"
  }

  /// A ratio to two figures: `0.82`, `3.1`, `24`.
  static func figures(_ value: Double) -> String {
    Format.fixed(value, decimals: value < 0.995 ? 2 : value < 9.95 ? 1 : 0)
  }

  /// The months until the cost is back: `5 (4–10)`, `5 (4–never)`, `never`.
  func payback(_ row: EconomicsRow) -> String {
    guard let economics = row.economics, economics.lifetimeValue != nil else {
      return Format.absent
    }
    func months(_ value: Int?) -> String { value.map { Format.count($0) } ?? "never" }
    guard row.costPerWin != nil else {
      return economics.shortestPaybackInMonths.map { "\(Format.count($0)) or more" } ?? "never"
    }
    let (shortest, longest) = (economics.shortestPaybackInMonths, economics.longestPaybackInMonths)
    if shortest == nil { return "never" }
    return shortest == longest
      ? months(economics.paybackInMonths)
      : "\(months(economics.paybackInMonths)) (\(months(shortest))–\(months(longest)))"
  }

  /// What a meeting held costs, with its interval: `1,050 (914–1,213)`.
  func costPerMeeting(_ row: EconomicsRow) -> String {
    guard let cost = row.costPerMeeting, let ends = row.costPerMeetingInterval else {
      return Format.absent
    }
    return range(cost, ends.lower, ends.upper)
  }

  /// What a customer is worth: `9,000`, with a mark where the mean deal is not to be trusted.
  func value(_ row: EconomicsRow) -> String {
    guard let value = row.economics?.lifetimeValue else { return Format.absent }
    return amount(value) + (row.isValuedByAll ? " †" : isUncertain(row) ? " *" : "")
  }

  /// Whether too few deals say how large one is.
  func isUncertain(_ row: EconomicsRow) -> Bool {
    row.hasLeads && row.deals.count > 0 && row.deals.isUncertain
  }

  /// Whether customers bring more than they cost.
  func verdict(_ row: EconomicsRow) -> String {
    switch row.profitability {
    case .yes: "yes"
    case .no: "no"
    case .cannotTell: row.isHeldBack ? "cannot tell ‡" : "cannot tell"
    case nil: Format.absent
    }
  }

  func ink(_ row: EconomicsRow) -> Ink {
    switch row.profitability {
    case .no: .bad
    case .yes: .good
    case .cannotTell, nil: .plain
    }
  }

  // MARK: Sentences

  /// The answer as one sentence that can be read aloud.
  var headline: String {
    guard answer.hasLeads else { return claimsHeadline ?? withoutLeads }
    guard !answer.rows.isEmpty else { return "No leads and no spend in these days." }
    guard let economics = answer.total.economics, answer.total.cost > 0 else {
      guard answer.total.cost <= 0 else {
        return
          "\(money(answer.total.cost)) was spent in these days; no lead came in to set against "
          + "it."
      }
      return "No cost of customers: no spend in these days"
        + (agreement.economics.repMonthCost == nil
          ? ", and the agreement gives no cost of sales." : ".")
    }
    guard let cost = answer.total.costPerWin else {
      return "Nobody was won yet: a customer costs at least "
        + "\(money(economics.lowestCostPerWin)) \(costScope)."
    }
    let worth = economics.lifetimeValue.map { " and is worth \(money($0))" } ?? ""
    let sum =
      answer.total.highestCostPerWin.map {
        "\(money(cost)) (\(amount(economics.lowestCostPerWin))–\(amount($0)))"
      } ?? "at least \(money(economics.lowestCostPerWin))"
    return
      "\(isCash ? "Cash view: a" : "A") customer costs \(sum) \(costScope)\(worth)\(pays)\(hidden)."
  }

  /// What the cost holds, where not all of it is agreed.
  private var costScope: String {
    areCostsWhole
      ? "in all"
      : isMediaOnly
        ? "in media alone" : "in \(Self.list(["media"] + costParts, most: 4))"
  }

  private var pays: String {
    let groups = answer.rows.filter { $0.kind == .group && $0.profitability != nil }
    guard !groups.isEmpty else { return "" }
    func names(_ verdict: Profitability) -> [String] {
      groups.filter { $0.profitability == verdict }.map { name($0).printable }
    }
    let (yes, no) = (names(.yes), names(.no))
    if no.isEmpty {
      return yes.count == groups.count
        ? "; every \(thing) pays"
        : "; \(Format.count(yes.count)) of \(Format.count(groups.count, thing)) "
          + "\(yes.count == 1 ? "pays" : "pay"), \(Format.count(groups.count - yes.count)) cannot be "
          + "told"
    }
    let list = Self.list(no, most: 3)
    return "; \(list) \(no.count == 1 ? "does" : "do") not pay"
  }

  private var hidden: String {
    guard let first = answer.hiddenCosts.first else { return "" }
    return ", and the cheap meetings of \(first.group.printable) hide dear customers"
  }

  private var withoutLeads: String {
    answer.total.cost > 0
      ? "\(money(answer.total.cost)) was spent; no lead is on record to set against it."
      : "Nothing to set against each other: no leads and no spend on record."
  }

  /// Names as a list: `Meta`, `Meta and Google`, `a, b, c and 4 more`.
  static func list(_ names: [String], most: Int) -> String {
    guard names.count > 1 else { return names.first ?? "" }
    if names.count > most {
      return names.prefix(most).joined(separator: ", ") + " and \(names.count - most) more"
    }
    return names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
  }

  /// Which spend stands over which wins.
  var scope: String {
    let first = CivilDate(dayNumber: answer.days.lowerBound)
    let last = CivilDate(dayNumber: answer.days.upperBound)
    let filter = provenance.filterText.map { ", where \($0)" } ?? ""
    if isCash {
      return "Cash view: spend of these days over wins closed in these days, whoever's leads they "
        + "were; \(first) to \(last)\(filter)."
    }
    return "Cohort view: spend of \(first) to \(last)"
      + (answer.areDaysAsked ? "" : ", all days with spend,")
      + " over the wins that the leads of those days bring within "
      + "\(Format.days(answer.horizon.days)) of coming in\(filter)."
  }

  /// The rule by which costs are shared out, in sentences.
  var allocation: [String] {
    var lines = ["Media: what was spent on the \(thing) in these days\(carryOver)."]
    if answer.overhead.perMonth != nil { lines.append(overheadRule) }
    if let rule = salesRule { lines.append(rule) }
    if let rule = commissionRule { lines.append(rule) }
    return lines
  }

  private var carryOver: String {
    guard let carried = agreement.economics.weeklyCarryOver, carried > 0 else { return "" }
    return
      ", except that \(Format.percent(carried)) of what has not yet worked waits another week, "
      + "as agreed: of \(money(Double(answer.total.spend))) spent, and what was spent before, "
      + "\(money(answer.total.media)) works in these days"
  }

  private var overheadRule: String {
    let overhead = answer.overhead
    let months = months(overhead.months, times: Double(overhead.perMonth ?? 0))
    let sum =
      "Overhead: \(money(Double(overhead.perMonth ?? 0))) a month x \(months) months = "
      + "\(money(overhead.whole)), "
    if overhead.isUnallocated { return sum + "with nothing to divide it by: no line bears it." }
    let by = overhead.rule == .media ? "by media spend" : "by leads"
    return sum + "divided \(by)"
      + (overhead.isFallback ? ", for want of what was agreed to divide it by." : ".")
  }

  /// Months with as many decimals as a sum needs to multiply out: `12`, `1.6756`.
  private func months(_ months: Double, times factor: Double) -> String {
    let whole = amount(months * factor)
    for decimals in 0...6 {
      let text = Format.fixed(months, decimals: decimals)
      if let shown = Double(text), amount(shown * factor) == whole { return text }
    }
    return Format.fixed(months, decimals: 6)
  }

  private var commissionRule: String? {
    guard answer.hasCommission, let share = agreement.economics.sales.commission else { return nil }
    return "Commission: \(Format.percent(share)) of the first year's revenue of the mean deal, for "
      + "each win\(isCash ? "" : ", those to come included") = \(money(answer.total.commission)). "
      + "Hiring is in none of these costs."
  }

  private var salesRule: String? {
    let sales = answer.sales
    guard let team = sales.team, sales.base != .none else { return nil }
    let unit =
      switch sales.base {
      case .minutes: "minutes of activities of people"
      case .activities: "activities of people"
      case .leads, .none: "leads, for want of activities on record"
      }
    let one =
      switch sales.base {
      case .minutes: "a minute"
      case .activities: "an activity"
      case .leads, .none: "a lead"
      }
    let sum =
      "Sales: \(Format.count(team.reps, "rep")) with leads x "
      + "\(months(team.months, times: Double(team.repMonth) * Double(team.reps))) months x "
      + "\(money(Double(team.repMonth))) = "
      + "\(money(team.whole)), over \(Format.count(Int(sales.units.rounded()))) \(unit) in these "
      + "days = \(money(sales.costPerUnit)) \(one)."
    guard sales.base != .leads else { return sum }
    if isCash { return sum + " A \(thing) bears what was done in these days for its leads." }
    let inAll =
      sales.unitsOfLead.map { ": a lead takes \(Self.figures($0)) in all on average" } ?? ""
    return sum
      + " A \(thing) bears what was done for its leads, and what its open ones are expected "
      + "to take still, by how long they have waited\(inAll)."
  }

  /// What the numbers rest on and what is missing.
  var notes: [String] {
    missing + assumptions + gaps
  }

  private var missing: [String] {
    let economics = agreement.economics
    var notes: [String] = []
    if economics.grossMargin == nil {
      notes.append("No value of a customer: add `gross_margin` under `economics`.")
    }
    if economics.repMonthCost == nil {
      notes.append(
        (economics.overheadPerMonth == nil ? "Media only" : "Media and overhead only")
          + ", without the cost of sales: add `sales_cost: {rep_month: …}` under `economics`."
      )
    } else if answer.sales.base == .none {
      notes.append("No cost of sales: no lead of these days has an owner.")
    }
    if economics.overheadPerMonth == nil {
      notes.append(
        "No overhead is agreed: none is counted. Add `overhead_month` under `economics`."
      )
    }
    if let share = economics.sales.commission, share > 0, !answer.hasCommission,
      answer.total.wins.total > 0
    {
      notes.append("No commission: no won deal has an amount to pay it on.")
    }
    if answer.sales.base == .activities {
      notes.append(
        "Every activity counts the same: add `minutes` by kind under `economics.sales_cost`."
      )
    }
    return notes
  }

  private var assumptions: [String] {
    let economics = agreement.economics
    var notes: [String] = []
    if economics.grossMargin != nil {
      let months = economics.horizonInMonths
      let churn = economics.monthlyChurn
      let counted =
        months.map { "\(Format.count($0)) months" }
        ?? (churn ?? 0 > 0
          ? "all months" : "the \(Format.count(economics.monthsPerDealAmount)) months of the deal")
      notes.append(
        "A deal's amount stands for \(Format.count(economics.monthsPerDealAmount)) months of revenue; "
          + "\(counted) count, at a margin of \(Format.percent(economics.grossMargin ?? 0)), "
          + (churn.map { "with \(Format.percent($0)) of customers leaving a month" }
            ?? "with nobody leaving, for `monthly_churn` is not agreed")
          + (economics.monthlyDiscount.map { ", money losing \(Format.percent($0)) a month" } ?? "")
          + ". Target: value over cost of \(Self.figures(economics.targetRatio ?? 3))"
          + (economics.targetRatio == nil ? ", the usual one (`target_ratio`)." : ".")
      )
    }
    if !isCash, answer.total.wins.expected > 0 {
      let borrowed = answer.rows.filter { $0.wins.basis == .borrowedPace }.count
      notes.append(
        "Wins to come are estimates from the record"
          + (borrowed > 0
            ? "; for \(Format.count(borrowed, "line")) with fewer than 30 wins, from everybody's "
              + "pace at the line's own level." : ".")
      )
    }
    notes.append(
      "Ranges (95 %) come from the number of wins and the spread of deals; costs, margin and churn "
        + "are taken as known. A cost whose upper end is more than 20 times the estimate, or without "
        + "any win so far, is only \"at least\". These are averages: what more spend would bring is "
        + "another question."
    )
    return notes
  }

  private var gaps: [String] {
    var notes: [String] = []
    let rows = answer.rows
    let uncertain = rows.filter { isUncertain($0) }
    if agreement.economics.grossMargin != nil, !uncertain.isEmpty {
      let medians = uncertain.map { row in
        "\(name(row).printable) \(amount(row.medianDeal)) of \(Format.count(row.deals.count))"
      }
      notes.append(
        "* Deal size uncertain, fewer than 30 deals: the mean may lie anywhere between the line's "
          + "own and everybody's, with everybody's spread, and \"pays\" is yes or no only where it "
          + "is so for all of these. Middle deal: " + Self.list(medians, most: 12) + "."
      )
    }
    if agreement.economics.grossMargin != nil, rows.contains(where: \.isValuedByAll) {
      notes.append("† No deal of its own: valued at the mean deal of all lines.")
    }
    if rows.contains(where: \.isHeldBack) {
      notes.append(
        "‡ Would pay, were it not for the spend without a \(thing), which may be its own."
      )
    }
    if answer.total.dealsWithoutAmount > 0 {
      notes.append(
        "\(Format.count(answer.total.dealsWithoutAmount, "won deal")) without an amount or a rate "
          + "into \(currency) \(answer.total.dealsWithoutAmount == 1 ? "is" : "are") no part of deal "
          + "sizes and returns."
      )
    }
    if answer.claims.total.rowsWithoutSpend > 0 {
      notes.append(
        "\(Format.count(answer.claims.total.rowsWithoutSpend, "row")) of spend without an amount or "
          + "a rate into \(currency): not counted, so costs may be higher."
      )
    }
    if answer.leadsOnOtherDays > 0 {
      notes.append(
        "\(Format.count(answer.leadsOnOtherDays, "lead")) came in on other days, or nobody knows "
          + "when, and \(answer.leadsOnOtherDays == 1 ? "is" : "are") not counted."
      )
    }
    if answer.undatedWins > 0 {
      notes.append(
        isCash
          ? "\(Format.count(answer.undatedWins, "win")) without a date cannot be counted in the cash "
            + "view."
          : "\(Format.count(answer.undatedWins, "win")) without a date: counted, but they do not say "
            + "how fast wins come."
      )
    }
    if let sentence = withoutLead { notes.append(sentence) }
    if let sentence = unknownKinds { notes.append(sentence) }
    return notes
  }

  /// What became of won deals of which nobody knows the lead, with the first of their ids.
  private var withoutLead: String? {
    let deals = answer.dealsWithoutLead
    guard !deals.ids.isEmpty else { return nil }
    let isOne = deals.ids.count == 1
    let sum = deals.deals.count > 0 ? ", \(money(deals.deals.sum))," : ""
    let ids = Self.list(deals.ids.map(\.printable), most: 6)
    let place =
      if !isCash {
        "\(isOne ? "is" : "are") in no cohort, for no \(thing) can be asked about "
          + "\(isOne ? "it" : "them")"
      } else if answer.question.filters.isEmpty {
        "\(isOne ? "is a line of its" : "are a line of their") own"
      } else {
        "\(isOne ? "is" : "are") no part of these lines"
      }
    return "\(Format.count(deals.ids.count, "won deal")) without a lead\(sum) \(place): \(ids)."
  }

  private var unknownKinds: String? {
    let sales = answer.sales
    guard sales.base == .minutes, !sales.unknownKinds.isEmpty else { return nil }
    let kinds = sales.unknownKinds.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      "\($0.key.isEmpty ? "no kind" : $0.key.printable) (\(Format.count($0.value)))"
    }
    return "No minutes are agreed for \(Self.list(kinds, most: 5)): each counts "
      + "\(Self.figures(sales.minutesOfUnknown)), the mean of the others. Add them to `minutes` under "
      + "`economics.sales_cost`."
  }
}
