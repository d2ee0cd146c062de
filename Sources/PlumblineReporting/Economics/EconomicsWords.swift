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

  /// The mean of a row's own deals with its interval.
  func meanDeal(_ row: EconomicsRow) -> String {
    guard let mean = row.deals.mean else { return Format.absent }
    let ends = row.deals.meanInterval.map { " (\(amount($0.lower))–\(amount($0.upper)))" }
    return amount(mean) + (ends ?? "")
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
}
