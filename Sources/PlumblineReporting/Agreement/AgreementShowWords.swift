import PlumblineCore

/// What an agreement says, as sentences.
struct AgreementShowWords {
  /// Points under a heading.
  struct Section {
    var title: String
    var points: [String]
  }

  let agreement: Agreement

  init(_ agreement: Agreement) { self.agreement = agreement }

  /// Whose agreement it is and since when.
  var headline: String {
    let whose = agreement.company.isEmpty ? "" : " of \(agreement.company.printable)"
    let since = agreement.effective.map { ", in force from \($0) on" } ?? ""
    return
      "What marketing and sales\(whose) agreed: version \(agreement.version.printable)\(since)."
  }

  /// In what money and time everything is counted.
  var frame: String {
    "Amounts are in \(agreement.currency); days begin in \(agreement.calendar.zoneName); people work "
      + "\(AgreementPhrases.workingTime(agreement.workingTime))."
  }

  var footer: String {
    let hash = String(agreement.hash.prefix(12))
    return "Agreement \(agreement.version.printable)\(hash.isEmpty ? "" : " (\(hash))")."
  }

  /// What a stage is for.
  func purpose(_ stage: Stage) -> String {
    let stale = stage.staleAfterDays.map { "SLA, \(Format.days($0))" }
    let parts = [stage.gate == nil ? nil : "gate", stale].compactMap { $0 }
    return parts.isEmpty
      ? AnswerPlace.words("inventory", onPage: "leads may rest here")
      : parts.joined(separator: "; ")
  }

  /// What holds for the path as a whole.
  var pathNotes: [String] {
    let gates = agreement.path.compactMap { stage -> String? in
      guard let gate = stage.gate,
        let asked = AgreementPhrases.gate(gate, factors: agreement.qualifyingFactors.count)
      else { return nil }
      return "\(StageWords.usualLabel(stage.id)) asks for \(asked)."
    }
    let stale = agreement.path.compactMap { stage in
      stage.staleAfterDays.map {
        "At \(StageWords.usualLabel(stage.id)) a lead that has not moved on after \(Format.days($0)) is "
          + "stale."
      }
    }
    let stages = StageWords(agreement)
    let confirmed = agreement.confirmations.map {
      "\(stages.label($0.stage)) counts when \(stages.label($0.by)) follows within "
        + "\(Format.days($0.withinDays))."
    }
    let rule = gates.isEmpty ? [] : ["What nobody recorded stands in nobody's way at a gate."]
    let detours = agreement.detours.map { StageWords.usualLabel($0.id) }
    let routing = agreement.routing.map { ["Leads reach reps: \(AgreementPhrases.routing($0))."] }
    return gates + rule + stale + confirmed + [
      "Sales takes over at \(stages.label(agreement.handOffStage))"
        + (agreement.agreedHandOff == nil ? ", as found from the path." : ".")
    ] + (routing ?? []) + [
      detours.isEmpty
        ? "There is no way off the path."
        : "Ways off the path: \(Format.list(detours, most: 99)).",
      "Skipped stages: \(AgreementPhrases.skips(agreement.skips)). A lead that comes back "
        + (agreement.returns == .newEpisode ? "begins anew." : "goes on where it was."),
    ]
  }

  /// From which score a lead is qualified, and whether that decides anything; nil where no mark is
  /// agreed.
  var mark: String? {
    guard let threshold = agreement.scoring?.threshold else { return nil }
    let points = Format.count(threshold, "point")
    guard agreement.path.dropFirst().contains(where: { $0.gate?.score != nil }) else {
      let verb = threshold == 1 ? "is" : "are"
      return
        "\(points) \(verb) the agreed mark; no stage has a gate with a score, so stages count as "
        + "recorded."
    }
    return "From \(points) on a lead is an MQL."
  }

  /// Whom both teams want.
  var customer: Section { Section(title: "Whom both want", points: wanted) }

  /// What the teams promise each other, and what becomes of leads.
  var promises: [Section] {
    [
      Section(title: "What marketing promises", points: marketing),
      Section(title: "What sales promises", points: sales),
      Section(title: "What sales may say of a lead", points: dispositions),
      Section(title: "Second chances", points: secondChances),
    ]
  }

  /// What the teams are paid for, bring to market and say.
  var rest: [Section] {
    [
      Section(title: "Who is paid for what", points: incentives),
      Section(title: "Launches", points: launches),
      Section(title: "Each team's words", points: vocabulary),
      Section(title: "Money", points: money),
    ]
  }

  private var wanted: [String] {
    let criteria = agreement.idealCustomer.map {
      "\(AgreementPhrases.plain($0.name)): \(AgreementPhrases.match($0.match))"
    }
    let customer =
      criteria.isEmpty ? [] : ["The ideal customer: \(criteria.joined(separator: "; "))."]
    let factors = agreement.qualifyingFactors.map { factor in
      factor.meaning.isEmpty
        ? AgreementPhrases.plain(factor.id)
        : "\(AgreementPhrases.plain(factor.id)) (\(factor.meaning.printable))"
    }
    return customer
      + (factors.isEmpty
        ? [] : ["To be found out of each lead: \(Format.list(factors, most: 99))."])
  }

  /// What marketing promises, a sentence each.
  var marketing: [String] {
    guard let sla = agreement.marketingSLA else { return [] }
    return [
      sla.qualifiedLeads.map {
        "\(Format.count($0.count)) qualified leads a \($0.period.rawValue) at least, counted at "
          + "\(StageWords(agreement).label(agreement.handOffStage))."
      },
      sla.shareInIdealCustomer.map {
        "\(Self.least($0)) of them fit the ideal customer."
      },
      sla.shareWithFactors.map {
        "\(Self.least($0)) of them have every qualifying factor filled in."
      },
    ].compactMap { $0 }
  }

  private static func least(_ share: Double) -> String {
    share == 1 ? "All" : "At least \(Format.percent(share))"
  }

  /// What sales promises, a sentence each.
  var sales: [String] {
    guard let sla = agreement.salesSLA else { return [] }
    let first = sla.firstTouch.map { touch -> String in
      let hot = touch.hot.flatMap { hot in
        touch.hotFromScore.map {
          "; within \(AgreementPhrases.span(hot)) for hot ones, from a score of \(Format.count($0)) on"
        }
      }
      return "A first human touch within \(AgreementPhrases.span(touch.usual))\(hot ?? "")."
    }
    let attempts = sla.attempts.map {
      "\(Format.count($0.count, "attempt")) within \(Format.days($0.withinDays)) for leads that do "
        + "not answer."
    }
    let word = sla.disposition.map {
      "A word on what became of each lead within \(AgreementPhrases.span($0))."
    }
    let promised = [first, attempts, word].compactMap { $0 }
    guard !promised.isEmpty else { return [] }
    let reminder =
      sla.remindBefore.map { "\(AgreementPhrases.span($0)) before a deadline" }
      ?? "in the last quarter of the time"
    return promised + [
      "This is to hold for \(Format.percent(sla.compliance)) of leads.",
      "Due soon: \(reminder). "
        + (sla.escalateAfter.map { "Escalated: \(AgreementPhrases.span($0)) after a breach." }
          ?? "A breach is not escalated."),
    ]
  }

  private var dispositions: [String] {
    DispositionReason.Outcome.allCases.compactMap { outcome in
      let reasons = agreement.dispositions.filter { $0.outcome == outcome }.map { reason in
        AgreementPhrases.plain(reason.id)
          + (reason.meaning.isEmpty ? "" : " (\(reason.meaning.printable))")
          + (reason.isDefault ? ", which the CRM fills in by itself" : "")
      }
      return reasons.isEmpty
        ? nil : "\(outcome.rawValue.capitalizedFirst): \(reasons.joined(separator: "; "))."
    }
  }

  private var secondChances: [String] {
    guard !agreement.recycleRules.isEmpty else { return [] }
    let unsubscribed = agreement.suppression.unsubscribed.map(\.printable)
    return agreement.recycleRules.map { AgreementPhrases.recycling($0) + "." } + [
      "Left alone all the same: customers, leads with an open deal, whoever was touched within "
        + Format.days(agreement.suppression.touchedWithinDays)
        + (unsubscribed.isEmpty
          ? "." : ", and whoever has on record: \(unsubscribed.joined(separator: ", ")).")
    ]
  }

  private var launches: [String] {
    agreement.launches.map { launch in
      let targets = [
        launch.qualifiedLeads.map { "marketing \(Format.count($0, "qualified lead"))" },
        launch.wins.map { "sales \(Format.count($0, "won deal"))" },
      ].compactMap { $0 }
      let campaigns = launch.campaigns.map(\.printable)
      return "\(launch.name.printable): from \(launch.starts)"
        + (launch.ends.map { " to \($0)" } ?? " on")
        + (targets.isEmpty ? "" : "; \(Format.list(targets, most: 99))")
        + (campaigns.isEmpty ? "." : "; campaigns \(campaigns.joined(separator: ", ")).")
    }
  }

  private var vocabulary: [String] {
    agreement.vocabulary.map { term in
      let words = PlumblineCore.Reader.allCases.compactMap { reader in
        term.words[reader].map { "\(reader.rawValue) says “\($0.printable)”" }
      }
      let meaning = term.meaning.isEmpty ? nil : "it means: \(term.meaning.printable)"
      return "\(StageWords.usualLabel(term.term)): "
        + ((words + [meaning].compactMap { $0 }).joined(separator: "; ")) + "."
    }
  }
}
