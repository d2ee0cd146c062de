import PlumblineCore

/// What an agreement says of the ideal customer, the score, promises and goals, in a line each.
struct AgreedTermWords {
  let agreement: Agreement

  /// Terms of an agreement, in the usual words whoever reads.
  init(_ agreement: Agreement) { self.agreement = agreement.inUsualWords }

  /// What the file says of a term; nil where it says nothing.
  func definition(_ term: String) -> String? {
    let parts: [String] =
      switch term {
      case "ideal_customer": idealCustomer
      case "score": score
      case "sla": promises
      case "quota": goals(.quota)
      case "revenue": goals(.revenue)
      default: []
      }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  private var idealCustomer: [String] {
    agreement.idealCustomer.map {
      "\(AgreementPhrases.plain($0.name)): \(AgreementPhrases.match($0.match))"
    }
  }

  private var score: [String] {
    guard let scoring = agreement.scoring, scoring.hasRules else { return [] }
    return [
      Format.count(scoring.fit.count, "rule") + " of fit",
      Format.count(scoring.engagement.count, "rule") + " of engagement",
    ]
      + [
        scoring.halfLifeInDays.map {
          "points of engagement halve every \(AgreementPhrases.number($0)) days"
        }, scoring.threshold.map { "the agreed mark is \(Format.count($0)) points" },
      ].compactMap { $0 }
  }

  private var promises: [String] {
    let words = AgreementShowWords(agreement)
    return [("marketing", words.marketing), ("sales", words.sales)].compactMap { team, points in
      guard !points.isEmpty else { return nil }
      return "\(team): \(points.joined(separator: " "))"
    }
  }

  private func goals(_ measure: Goal.Measure) -> [String] {
    let goals = agreement.goals.filter { $0.measure == measure }
    let people = goals.filter { $0.owner != nil }.count
    return goals.filter { $0.owner == nil }.map {
      "\($0.period.printable): \(Format.money(Double($0.amount), agreement.currency))"
    } + (people == 0 ? [] : ["\(Format.count(people, "goal")) of single people"])
  }
}
