import PlumblineCore
import PlumblineStatistics

/// How costs were divided, what is missing, and what was assumed, in words.
extension EconomicsWords {
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
