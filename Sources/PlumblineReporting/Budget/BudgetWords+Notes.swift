import PlumblineCore
import PlumblineStatistics

extension BudgetWords {
  // MARK: What the data cannot tell

  /// Why the data cannot tell for a row: `only 2 weeks with spend and leads, needs 8`.
  func reason(_ reservation: BudgetReservation) -> String {
    switch reservation {
    case .tooFewWeeks(let have, let need):
      "\(Format.count(have, "week")) with spend and leads, needs \(Format.count(need))"
    case .weeksWithoutLeads(let share):
      "\(Format.percent(share)) of its weeks with spend have no lead (at most "
        + "\(Format.percent(SpendEvidence.mostWithoutLeads))): too few leads a week to see a "
        + "response"
    case .hardlyVaried(let share):
      "its spend hardly varied from week to week (by \(Self.variation(share)), needs "
        + "\(Format.percent(SpendEvidence.leastVariation)))"
    case .tooWide(let factor):
      "what its next customer costs is not known within a factor of "
        + "\(Format.fixed(factor, decimals: 1)), needs "
        + Format.fixed(SpendEvidence.widestFactor, decimals: 0)
    case .noLeads(let weeks):
      "no lead came in \(Format.count(weeks, "week")) with spend, which so little money may bring "
        + "about by chance"
    case .noWinRate: "nothing says how often leads become customers"
    }
  }

  /// One sentence for each row of which the data cannot tell.
  var reservations: [String] {
    answer.rows.compactMap { row in
      row.reservation.map { "\(row.name.printable): \(reason($0))." }
    }
  }

  /// What to do about them.
  var remedyOfReservations: String {
    answer.options.movesAnyway
      ? "They are moved all the same, as --move-anyway asks, by what is usual elsewhere."
      : "They stay at today's spend. To learn more, vary their spend on purpose: two weeks up by a "
        + "third, two weeks down, or a pause in one region. --move-anyway moves them by what is usual "
        + "elsewhere."
  }

  // MARK: What limits

  /// What limits, and what more of it would bring.
  var limits: [String] {
    guard answer.proposedSpend != nil, answer.verdict != .stopsEverything else {
      return remedies
    }
    return [budgetLimit, hoursLimit, boundsLimit].compactMap { $0 }
  }

  private func step(_ step: BudgetStep) -> String {
    let wins = "\(count(step.wins)) customers"
    guard let net = step.net else { return wins }
    return "\(wins) and leave \(money(net)) after all costs"
  }

  private var budgetLimit: String? {
    guard let spend = answer.proposedSpend else { return nil }
    if let more = answer.moreBudget, more.wins > 1e-9 {
      return "The budget limits: another \(money(more.step)) a month would bring "
        + "\(step(more))."
    }
    let rest = answer.budget - spend
    guard rest > 0.001 * answer.budget else { return nil }
    let isFull = answer.rows.allSatisfy { $0.bound == .most || $0.bound == .held }
    let why =
      if isFull {
        "finds no place within the bounds."
      } else if answer.rows.contains(where: { $0.bound == .most }) {
        "finds no place: what is worth more is at its most, and elsewhere the next customer costs "
          + "more than it brings."
      } else { "would cost more than it brings." }
    return "The budget does not limit: \(money(rest)) a month of it \(why)"
  }

  private var hoursLimit: String? {
    let hours = answer.hours
    guard let limit = hours.limit, let needed = answer.hoursProposed else {
      return "Hours of sales do not limit: "
        + (hours.leadBasis == .unknown
          ? "what a lead takes is not agreed (add `minutes` under `economics: sales_cost`, or "
            + "--hours-per-lead)."
          : "how many there are is not agreed (add `hours_per_month` "
            + "under `economics: sales_cost`, or --hours).")
    }
    let used = "\(count(needed + answer.bystanderHours)) of \(count(limit)) hours a month"
    guard let more = answer.moreHours else {
      let isOver = needed + answer.bystanderHours > limit * 1.000_001
      return isOver ? nil : "Hours of sales do not limit: leads take \(used)."
    }
    return
      "Hours of sales limit: leads take \(used). Another \(count(more.step)) hours would bring "
      + "\(step(more))."
  }

  private var boundsLimit: String? {
    let bounds: [(BudgetRow.Bound, String)] = [(.most, "most"), (.least, "least")]
    let parts = bounds.compactMap { bound, word -> String? in
      let names = answer.rows.filter { $0.bound == bound && $0.least < $0.most }.map(\.name)
      guard !names.isEmpty else { return nil }
      return "\(names.map(\.printable).joined(separator: ", ")) "
        + "\(names.count == 1 ? "is" : "are") at the \(word) it may be"
    }
    guard !parts.isEmpty else { return nil }
    return "Bounds limit: \(parts.joined(separator: "; ")) (--move \(moveText), --least and --most "
      + "change that)."
  }

  var moveText: String { Format.fixed(answer.options.move, decimals: 2) }

  /// How to mend what cannot be divided.
  private var remedies: [String] {
    switch answer.verdict {
    case .leastAboveBudget:
      let held = answer.rows.filter { $0.bound == .held }.map(\.name.printable)
      return [
        "Every \(unit) may fall by \(Format.percent(answer.options.move)) of today's spend at most: "
          + "allow more with --move 0.5, or name a lower --least."
      ]
        + (held.isEmpty
          ? []
          : [
            "\(held.joined(separator: ", ")) stay because the data cannot tell: --move-anyway lets "
              + "them fall too."
          ])
    case .leastAboveHours:
      return [
        "Allow more to fall with --move 0.5 or a lower --least, or find hours: fewer touches per "
          + "lead, or another rep."
      ]
    default: return []
    }
  }

  // MARK: Average against marginal

  /// Whose next customer costs more than it brings.
  var aboveBreakEvenText: String? {
    let names = answer.rows.filter { row in
      guard let next = row.today.marginalCostPerWin?.expected, let limit = row.worth?.breakEven
      else { return false }
      return next > limit
    }.map(\.name.printable)
    guard !names.isEmpty else { return nil }
    return "Today the next customer costs more than it brings at: "
      + "\(names.joined(separator: ", "))."
  }

  /// What to say when average and marginal cost put channels in different orders.
  var crossedText: String? {
    guard let (first, second) = answer.crossedOrder else { return nil }
    return "Average cost misleads: on average a customer of \(first.name.printable) costs "
      + "\(price(first.today.costPerWin)) and one of \(second.name.printable) "
      + "\(price(second.today.costPerWin)), but the next one costs "
      + "\(price(first.today.marginalCostPerWin?.expected)) there and "
      + "\(price(second.today.marginalCostPerWin?.expected)) here. Only the next one counts for "
      + "moving money."
  }

  // MARK: Who is not moved

  /// One sentence for each channel that money is not moved to or from.
  var bystanders: [String] {
    answer.bystanders.map { other in
      let leads = "\(count(other.leads)) leads a month of late"
      return switch other.reason {
      case .organic: "\(other.name.printable): no spend, \(leads)."
      case .stopped(let week):
        "\(other.name.printable): no spend since the week of \(week), \(leads); name --most to "
          + "consider it again."
      case .unnamed:
        "Without a \(unit): \(money(other.spend)) a month and \(leads); give it a name and it can "
          + "be moved."
      }
    }
  }

  // MARK: Assumptions

  /// What is assumed, each with where to change it.
  var assumptions: [String] {
    [
      responseNote, weeksText, staleNote, rateNote, valueNote, salesNote, hoursNote, carryNote,
      "Odds: \(Format.count(answer.options.draws)) draws from seed \(answer.options.seed) of "
        + "elasticity, level, win rate and deal size; a move needs a chance of "
        + "\(Format.chance(BudgetAnswer.leastChance)).",
      testNote,
    ].compactMap { $0 }
  }

  private var responseNote: String {
    "Leads rise by less than spend: with spend to the power of an elasticity read from the weeks, "
      + "drawn towards 0.7 ± 0.15, which is usual elsewhere. Weeks are no experiment: where more is "
      + "spent when demand is high, the response looks steeper than it is. Channels are taken not to "
      + "help one another."
  }

  /// Says when spend on record ends well before the rest.
  private var staleNote: String? {
    guard let last = answer.lastSpendDay else { return nil }
    let today = agreement.calendar.day(of: answer.asOf)
    let days = today.dayNumber - last.dayNumber
    guard days > 13 else { return nil }
    return "The newest spend on record is of \(last), \(Format.days(days)) before the newest fact: "
      + "later weeks do not count. If nothing was spent since, import rows of 0."
  }

  private var rateNote: String {
    let young = answer.rows.filter {
      $0.winRate.basis == .tooYoung || $0.winRate.basis == .undated
    }
    let doubt =
      young.isEmpty
      ? ""
      : " Not old enough or not dated well enough, so rather too low: "
        + young.map(\.name.printable).joined(separator: ", ") + "."
    return "A lead counts as won within \(Format.days(answer.horizon.days)); young leads are "
      + "completed, and each \(unit)'s rate is drawn towards the others' by as much as chance may "
      + "explain. New leads only: those who come back later are nobody's spend.\(doubt)"
  }

  private var valueNote: String {
    if answer.objective == .wins {
      let why =
        agreement.economics.grossMargin == nil
        ? "not agreed: add `gross_margin` under `economics`"
        : answer.deals.count == 0
          ? "no won deal has an amount" : "no \(unit) has a lead to learn from"
      return "What a customer brings is not known (\(why)): money goes where it brings the most "
        + "customers, and there is no break-even."
    }
    let mean = answer.deals.mean.map { Format.estimatedMoney($0, currency) } ?? Format.absent
    return "A customer brings the lifetime value of its deal: mean \(mean) over "
      + "\(Format.count(answer.deals.count, "won deal")); a \(unit)'s own mean weighs as much as its "
      + "deals against \(Format.fixed(LeadWorth.dealsOfPrior, decimals: 0)) of everybody's."
      + (answer.deals.isUncertain ? " So few deals: their size is uncertain." : "")
  }

  private var salesNote: String {
    let sales = agreement.economics.sales
    let isKnown = answer.rows.contains { $0.worth?.salesCost != nil }
    let work =
      isKnown
      ? "Sales' work on a lead is part of what a customer costs"
      : "Sales' work on a lead is not part of what a customer costs: not agreed (add "
        + "`rep_month` and `hours_per_month` under `economics: sales_cost`)"
    let commission = sales.commission.map {
      "; so is the commission of \(Format.percent($0)) of the first year"
    }
    return work + (commission ?? "") + "."
  }

  private var hoursNote: String? {
    let hours = answer.hours
    let lead: String? =
      switch hours.leadBasis {
      case .asked:
        "Hours of a lead: \(Format.fixed(answer.options.hoursPerLead ?? 0, decimals: 2)), as asked"
      case .touches: "Hours of a lead: its activities on record times the agreed minutes of one"
      case .leadsPerRep: "Hours of a lead: the agreed hours over the agreed leads of a rep"
      case .unknown: nil
      }
    let limit: String? =
      switch hours.limitBasis {
      case .asked:
        "hours of sales: \(Format.fixed(answer.options.hoursPerMonth ?? 0, decimals: 0)) a month, "
          + "as asked"
      case .reps:
        "hours of sales: \(Format.count(hours.reps, "rep")) with new leads in the last "
          + "\(BudgetOptions.weeksOfToday) weeks, times the agreed hours"
      case .unknown: nil
      }
    guard let lead, let limit else { return nil }
    return "\(lead); \(limit). Leads without spend take theirs first."
  }

  private var carryNote: String {
    guard let carried = agreement.economics.weeklyCarryOver, carried > 0 else {
      return "Spend works in the week it is spent in: no carry-over is agreed (`carry_over` "
        + "under `economics`)."
    }
    return "Of a week's spend \(Format.percent(carried)) works later, as agreed."
  }

  /// Warns before moving far.
  private var testNote: String? {
    let far = answer.rows.filter { abs($0.change ?? 0) > 0.3 + 1e-9 && $0.bound != .held }
    guard answer.verdict == .move || answer.verdict == .withinNoise, !far.isEmpty else {
      return nil
    }
    return "\(far.map(\.name.printable).joined(separator: ", ")) would change by more than 30 %: "
      + "test it first, with one region or a pause, since association is not cause."
  }
}
