import PlumblineCore
import PlumblineStatistics

extension BudgetWords {
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
    return "Worth, drawn together: what a customer brings, the lifetime value of its deal, mean "
      + "\(meanDeal); a \(unit)'s own mean weighs as "
      + "much as its deals against \(Format.fixed(LeadWorth.dealsOfPrior, decimals: 0)) of "
      + "everybody's. Its break-even in "
      + AnswerPlace.words("`plumbline economics`", onPage: "the economics of Channels")
      + " is by its own deals alone."
      + (answer.deals.isUncertain ? " So few deals: their size is uncertain." : "")
  }

  /// The mean deal with its interval and its base: `EUR 8,940 (8,250 to 9,690) over 440 won
  /// deals`.
  var meanDeal: String {
    guard let mean = answer.deals.mean else { return Format.absent }
    let ends = answer.deals.meanInterval.map { interval in
      " (\(Format.estimatedAmount(interval.lower, currency)) to "
        + "\(Format.estimatedAmount(interval.upper, currency)))"
    }
    return Format.estimatedMoney(mean, currency) + (ends ?? "")
      + " over \(Format.count(answer.deals.count, "won deal"))"
  }

  /// Whether a part of a week's spend works later.
  var isCarriedOver: Bool { agreement.economics.weeklyCarryOver ?? 0 > 0 }

  /// What of the cost of a customer grows with leads: `media, the minutes of work and commission`.
  var runningParts: String {
    let sales = agreement.economics.sales
    var parts = ["media"]
    if answer.rows.contains(where: { $0.worth?.salesCost != nil }) {
      parts.append(
        answer.hours.leadBasis == .touches
          ? "the minutes of sales' work" : "the hours of sales' work"
      )
    }
    if sales.commission != nil { parts.append("commission") }
    guard let last = parts.popLast(), !parts.isEmpty else { return "media" }
    return parts.joined(separator: ", ") + " and " + last
  }

  /// What the running cost is, in a sentence.
  var runningCostText: String {
    "Running cost: what grows with leads, that is \(runningParts). Overhead and the idle time of "
      + "reps are not in it: the whole cost of a customer is in "
      + AnswerPlace.words("`plumbline economics`.", onPage: "the economics of Channels.")
  }

  private var salesNote: String {
    let sales = agreement.economics.sales
    let isKnown = answer.rows.contains { $0.worth?.salesCost != nil }
    let hour = answer.hours.costPerHour.map {
      " An hour of sales is \(Format.estimatedMoney($0, currency)): a rep's agreed month over its "
        + "agreed hours, as if all were used."
    }
    let work =
      isKnown
      ? (hour ?? "")
      : " Sales' work is not in it: not agreed "
        + AnswerPlace.words(
          "(add `rep_month` and `hours_per_month` under `economics: sales_cost`).",
          onPage: "(what a rep costs a month, and for how many hours)."
        )
    let commission = sales.commission.map {
      " Commission is \(Format.percent($0)) of the first year."
    }
    return "The running cost of a customer is what grows with leads: \(runningParts).\(work)"
      + "\(commission ?? "") Overhead and the time for which reps are paid but record nothing are "
      + "not in it: one customer more or less does not change them, so they say nothing on where "
      + "the next euro goes. "
      + AnswerPlace.words("`plumbline economics` has", onPage: "The economics of Channels have")
      + " the whole cost."
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
    let counted =
      hours.leadBasis == .touches
      ? "Only recorded work of today's reps counts, none leaving"
      : "Only today's reps count, none leaving"
    return "\(lead); \(limit). Leads without spend take theirs first."
      + (hours.limitBasis == .reps
        ? " \(counted): \(AnswerPlace.words("`plumbline simulate`", onPage: "the plan of hires")) "
          + "goes by the agreed leads of a rep and by attrition, and may find reps short where this does not."
        : "")
  }

  private var carryNote: String {
    guard let carried = agreement.economics.weeklyCarryOver, carried > 0 else {
      return "Spend works in the week it is spent in: no carry-over is agreed"
        + AnswerPlace.words(" (`carry_over` under `economics`).", onPage: ".")
    }
    return "Of a week's spend \(Format.percent(carried)) works later, as agreed."
  }

  /// Warns before moving far.
  private var testNote: String? {
    let far = answer.rows.filter { abs($0.change ?? 0) > 0.3 + 1e-9 && $0.bound != .held }
    guard answer.verdict == .move || answer.verdict == .asBoundsAsk, !far.isEmpty else {
      return nil
    }
    return "\(far.map(\.name.printable).joined(separator: ", ")) would change by more than 30 %: "
      + "test it first, with one region or a pause, since association is not cause."
  }
}
