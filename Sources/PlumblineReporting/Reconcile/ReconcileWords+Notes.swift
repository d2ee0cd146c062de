import PlumblineCore

// What to keep in mind, and the foot of the page.
extension ReconcileWords {

  /// What to keep in mind.
  var notes: [String] {
    var notes: [String] = []
    switch answer.metric {
    case .stageRate, .winRate:
      notes.append(
        "A share that has no interval is no part of its own base, or one of amounts: chance cannot "
          + "be told from it alone."
      )
      notes += lossNotes
    case .speedToLead:
      if answer.untimedCount > 0 {
        notes.append(
          "\(Format.count(answer.untimedCount, "hand-off")) without a time of day "
            + "\(answer.untimedCount == 1 ? "is" : "are") left out of all of them."
        )
      }
      notes.append("Calls and mails known to the day only are left out.")
    case .coverage: notes += quotaNotes
    case .payback: notes += paybackNotes
    }
    notes.append(
      "Steps change one rule at a time, in the order shown; in another order they would have other "
        + "sizes and the same sum."
    )
    return notes
  }

  /// Shares of 100 % that say only that nobody recorded what was lost.
  private var lossNotes: [String] {
    func isWhole(_ name: ReconciledDefinition.Name) -> Bool {
      guard let reading = answer.definitions.first(where: { $0.name == name })?.reading else {
        return false
      }
      return reading.denominator > 0 && reading.numerator == reading.denominator
    }
    var notes: [String] = []
    if isWhole(.decidedLeads) {
      notes.append(
        "No lead that was lost or given up is on record here: 100 % of decided leads says that "
          + "losses are not recorded, or that none has happened yet."
      )
    }
    if isWhole(.closedDeals) {
      notes.append(
        "No lost deal is on record here: 100 % of closed deals, and of their amount, says that "
          + "losses are not recorded, or that none has happened yet."
      )
    } else if isWhole(.closedAmount) {
      notes.append(
        "No lost deal here has an amount: 100 % of the closed amount says only that amounts of "
          + "lost deals are not recorded."
      )
    }
    return notes
  }

  private var paybackNotes: [String] {
    let economics = agreement.economics
    var notes: [String] = []
    if let months = economics.dealCoversMonths ?? economics.horizonInMonths {
      notes.append(
        "A deal's amount is taken to be earned evenly over the agreement's "
          + "\(Format.count(months, "month"))."
      )
    } else {
      notes.append(
        "The agreement does not say over how many months a deal's amount is earned: write "
          + "`deal_covers` under `economics`."
      )
    }
    if economics.grossMargin == nil {
      notes.append(
        "The agreement does not say what share of revenue is left after delivery: write "
          + "`gross_margin` under `economics`."
      )
    }
    if answer.definitions.contains(where: { $0.reading.interval != nil }) {
      notes.append("The range is that of the number of wins alone.")
    }
    notes.append(
      "Our own is in whole months, and the only one with overhead, commission, wins to come and "
        + "customers who leave; the step to media only takes all of these away at once."
    )
    return notes
  }

  private var quotaNotes: [String] {
    guard let quota = answer.quota else {
      return ["Write a goal with the measure quota into the agreement, or import quotas."]
    }
    let origin = quota.origin == .goals ? "the agreement's goals" : "the imported quotas"
    let people =
      quota.people > 0 ? ", the sum of \(Format.count(quota.people, "person", "people"))" : ""
    return [
      "Quota: \(Format.money(Double(quota.amount), agreement.currency)) from "
        + "\(quota.days.lowerBound) to \(quota.days.upperBound), of \(origin)\(people).",
      "Deals without an amount add nothing to the pipeline.",
    ] + probabilityNotes
  }

  private var probabilityNotes: [String] {
    let weighted = answer.definitions.first { $0.name == .weightedPipeline }
    return weighted?.reading.value == nil
      ? []
      : [
        "Probabilities are those in the files; whether they come true is not tested here."
      ]
  }

  /// The agreement and the time, for the foot.
  var footer: String {
    Provenance(
      agreement: agreement,
      asOf: answer.asOf,
      question: FunnelQuestion(rule: agreement.journeyRule, pairs: []),
      horizons: answer.horizon.map { [$0] } ?? []
    ).footer.joined(separator: " ")
  }
}
