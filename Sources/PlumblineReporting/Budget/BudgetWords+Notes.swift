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
      ? "They are moved all the same, as \(AnswerPlace.words("--move-anyway asks", onPage: "asked")), "
        + "by what is usual elsewhere."
      : "They stay at today's spend. To learn more, vary their spend on purpose: two weeks up by a "
        + "third, two weeks down, or a pause in one region. "
        + AnswerPlace.words(
          "--move-anyway moves them by what is usual elsewhere.",
          onPage: "They can be moved all the same, by what is usual elsewhere."
        )
  }

  // MARK: What the weeks say

  /// By how many percent leads rise when spend rises by one: `+0.70 % (0.51–0.89)`.
  func elasticity(_ row: BudgetRow) -> String {
    guard let fit = row.evidence.fit, let range = row.evidence.elasticityInterval else {
      return Format.absent
    }
    func text(_ value: Double) -> String { Format.fixed(value, decimals: 2) }
    return "+\(text(fit.response.elasticity)) % (\(text(range.lower))–\(text(range.upper)))"
  }

  /// What the columns of what the weeks say mean.
  var evidenceText: String {
    "From elsewhere: the share of what is known of the response that is not the \(unit)'s own "
      + "weeks. Won: its own rate; used: drawn towards the others'."
  }

  // MARK: What limits

  /// What the limits are of.
  var limitsHeading: String {
    answer.advisesBest ? "What limits" : "What limits the best known division"
  }

  /// What the division is called that is not advised.
  var bestHeading: String { "Best known division, not advised: a month, \(currency)" }

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
    guard let spend = answer.bestSpend ?? answer.proposedSpend else { return nil }
    if let more = answer.moreBudget, more.wins > 1e-9 {
      return "The budget limits: another \(money(more.step)) a month would bring "
        + "\(step(more))."
    }
    let rest = answer.budget - spend
    guard rest > 0.001 * answer.budget else { return nil }
    let isFull = answer.rows.allSatisfy { [.most, .held].contains($0.bestBound ?? $0.bound) }
    let why =
      if isFull {
        "finds no place within the bounds."
      } else if answer.rows.contains(where: { ($0.bestBound ?? $0.bound) == .most }) {
        "finds no place: what is worth more is at its most, and elsewhere the next customer is "
          + "expected to cost more than it brings."
      } else { "is expected to cost more than it brings." }
    return "The budget does not limit: \(money(rest)) a month of it \(why)"
  }

  private var hoursLimit: String? {
    let hours = answer.hours
    guard let limit = hours.limit, let needed = answer.hoursBest ?? answer.hoursProposed else {
      return "Hours of sales do not limit: "
        + (hours.leadBasis == .unknown
          ? "what a lead takes is not agreed "
            + AnswerPlace.words(
              "(add `minutes` under `economics: sales_cost`, or --hours-per-lead).",
              onPage: "(agree on the minutes of sales' work, or say the hours here)."
            )
          : "how many there are is not agreed "
            + AnswerPlace.words(
              "(add `hours_per_month` under `economics: sales_cost`, or --hours).",
              onPage: "(agree on the hours of a rep a month, or say all hours here)."
            ))
    }
    let used =
      "\(leadsTake) \(count(needed + answer.bystanderHours)) of \(count(limit)) hours a month"
      + (hours.limitBasis == .reps ? " of today's \(Format.count(hours.reps, "rep"))" : "")
    guard let more = answer.moreHours else {
      let isOver = needed + answer.bystanderHours > limit * 1.000_001
      return isOver ? nil : "Hours of sales do not limit: \(used)."
    }
    return
      "Hours of sales limit: \(used). Another \(count(more.step)) hours would bring "
      + "\(step(more))."
  }

  /// What the hours are of: `recorded activities of leads, in agreed minutes, take`.
  private var leadsTake: String {
    answer.hours.leadBasis == .touches
      ? "recorded activities of leads, in agreed minutes, take" : "leads take"
  }

  private var boundsLimit: String? {
    let bounds: [(BudgetRow.Bound, String)] = [(.most, "most"), (.least, "least")]
    let parts = bounds.compactMap { bound, word -> String? in
      let names = answer.rows.filter { row in
        (row.bestBound ?? row.bound) == bound && (row.least < row.most || row.change != 0)
      }.map(\.name)
      guard !names.isEmpty else { return nil }
      return "\(names.map(\.printable).joined(separator: ", ")) "
        + "\(names.count == 1 ? "is" : "are") at the \(word) it may be"
    }
    guard !parts.isEmpty else { return nil }
    return "Bounds limit: \(parts.joined(separator: "; "))"
      + AnswerPlace.words(
        " (--move \(moveText), --least and --most change that).",
        onPage: ", which you can change."
      )
  }

  var moveText: String { Format.fixed(answer.options.move, decimals: 2) }

  /// How to mend what cannot be divided.
  private var remedies: [String] {
    switch answer.verdict {
    case .leastAboveBudget:
      let held = answer.rows.filter { $0.bound == .held }.map(\.name.printable)
      return [
        "Every \(unit) may fall by \(Format.percent(answer.options.move)) of today's spend at most: "
          + AnswerPlace.words(
            "allow more with --move 0.5, or name a lower --least.",
            onPage: "let each move further, or let it keep less."
          )
      ]
        + (held.isEmpty
          ? []
          : [
            "\(held.joined(separator: ", ")) stay because the data cannot tell"
              + AnswerPlace.words(
                ": --move-anyway lets them fall too.",
                onPage: "; they fall too where you let them move all the same."
              )
          ])
    case .leastAboveHours:
      return [
        AnswerPlace.words(
          "Allow more to fall with --move 0.5 or a lower --least",
          onPage: "Let each fall further"
        ) + ", or find hours: fewer touches per lead, or another rep."
      ]
    default: return []
    }
  }

  // MARK: Average against marginal

  /// Whose next customer costs more than it brings, or may.
  var aboveBreakEvenText: String? {
    let sure = answer.rows.filter { $0.isAboveWorth == true }
    let possible = answer.rows.filter { row in
      guard row.isAboveWorth == nil, let next = row.today.marginalCostPerWin?.expected,
        let limit = row.worth?.breakEven
      else { return false }
      return next > limit
    }
    let parts = [("costs", sure), ("may cost", possible)].compactMap { verb, rows -> String? in
      guard !rows.isEmpty else { return nil }
      let names = rows.map { row in
        let chance = row.today.lossChance.map { " (a chance of \(Self.chance($0)))" } ?? ""
        return row.name.printable + (row.isAboveWorth == nil ? chance : "")
      }
      return "Today the next customer \(verb) more than it brings at: "
        + "\(names.joined(separator: ", "))."
    }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  /// What to say when average and marginal cost put channels in different orders.
  var crossedText: String? {
    guard let crossing = answer.crossing else { return nil }
    let (first, second) = (
      answer.rows[crossing.cheaperOnAverage], answer.rows[crossing.cheaperNext]
    )
    let (misleads, costs) =
      crossing.isSure ? ("misleads", "costs") : ("may mislead", "may cost")
    return "The average \(misleads): the running cost of a customer of \(first.name.printable) is "
      + "\(price(first.today.costPerWin)) on average and of one of \(second.name.printable) "
      + "\(price(second.today.costPerWin)), but the next one \(costs) more there, "
      + "\(price(first.today.marginalCostPerWin)) against "
      + "\(price(second.today.marginalCostPerWin)): a chance of "
      + "\(Self.chance(crossing.chance)) that the two orders differ. Only the next one counts for "
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
        "\(other.name.printable): no spend since the week of \(week), \(leads); "
          + AnswerPlace.words("name --most", onPage: "say how much it may get at most")
          + " to consider it again."
      case .unnamed:
        "Without a \(unit): \(money(other.spend)) a month and \(leads); give it a name and it can "
          + "be moved."
      }
    }
  }
}
