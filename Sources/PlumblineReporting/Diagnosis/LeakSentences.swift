import PlumblineCore
import PlumblineStatistics

/// One leak in words: what it is, what it costs, what speaks for and against it, what to do.
struct LeakSentences {
  let leak: Leak
  let words: LeakWords
  private let diagnosis: Diagnosis
  private let agreement: Agreement

  init(_ leak: Leak, of diagnosis: Diagnosis, under agreement: Agreement) {
    self.leak = leak
    self.diagnosis = diagnosis
    self.agreement = agreement
    words = LeakWords(diagnosis, agreement)
  }

  private var unit: LeakUnit { leak.unit }
  private var channel: String { unit.channel?.printable ?? "" }
  private var owner: String { unit.owner?.printable ?? "" }

  /// The leak in a few words: `Meta's leads`.
  var name: String { words.name(unit) }

  /// Whose it is.
  var party: String { leak.party.word }

  // MARK: Size

  /// What was counted of the unit: `15 % of 214 won`.
  var counted: String { words.counted(leak.evidence) }

  /// What was counted of everybody else: `47 % of 865`; the target for the whole team.
  var others: String {
    if unit.kind == .team { return "agreed: \(Format.percent(diagnosis.verdict.complianceTarget))" }
    guard let rate = leak.restRate else { return "nothing to compare with" }
    return "\(Format.percent(rate)) of \(Format.count(leak.restLeads))"
  }

  /// The same with its interval: `47 % (44–50 %) of 865`.
  var othersWithInterval: String {
    guard unit.kind != .team, let rate = leak.restRate else { return others }
    let met = Int((rate * Double(leak.restLeads)).rounded())
    return Format.shareWithBase(met, of: leak.restLeads)
  }

  /// The customers that mending it would bring: `91`.
  var customers: String { Format.expected(leak.recoverable.wins) }

  /// The customers in the bad case; a dash where there is none.
  var customersBadCase: String {
    leak.recoverable.winsBadCase.map { Format.expected($0) } ?? Format.absent
  }

  /// The money, without its currency; a dash without amounts.
  var revenue: String {
    leak.recoverable.revenue.map { Format.estimatedAmount($0, agreement.currency) }
      ?? Format.absent
  }

  /// The money in the bad case; a dash where there is none.
  var revenueBadCase: String {
    leak.recoverable.revenueBadCase.map { Format.estimatedAmount($0, agreement.currency) }
      ?? Format.absent
  }

  /// What mending it would bring, as a clause: `about 91 customers (at worst 120), about EUR 815,000
  /// (at worst 1,070,000)`.
  var price: String {
    let wins = customers
    let noun = wins == "1" || wins == "<1" ? "customer" : "customers"
    var text = wins == "<1" ? "less than one customer" : "about \(wins) \(noun)"
    if leak.recoverable.winsBadCase != nil { text += " (at worst \(customersBadCase))" }
    if leak.recoverable.revenue != nil {
      text += ", about \(agreement.currency) \(revenue)"
      if leak.recoverable.revenueBadCase != nil { text += " (at worst \(revenueBadCase))" }
    }
    return text
  }

  /// What is wrong, as a clause that can open a sentence.
  var gap: String {
    let rate = leak.evidence.rawRate.map(Format.percent) ?? Format.absent
    let count = Format.count(leak.evidence.leads)
    let own = "\(rate) of \(count)"
    let days = Format.days(words.withinDays)
    switch (unit.kind, unit.effect) {
    case (.channel, .direct):
      return "\(channel.possessive) leads are won less often whoever works them: \(own) within "
        + "\(days) of the hand-off, against \(others) elsewhere"
    case (.channel, .followUp):
      return
        "\(channel.possessive) leads are followed up less whoever works them: \(own) as agreed, "
        + "against \(others) elsewhere"
    case (.owner, .direct):
      return "\(owner) wins less often whatever channel the leads come from: \(own) within \(days) "
        + "of the hand-off, against \(others) with the other reps"
    case (.owner, .followUp):
      return "\(owner) follows up less, whatever channel the leads come from: \(own) as agreed, "
        + "against \(others) with the other reps"
    case (.pair, .direct):
      return "\(owner) wins leads from \(channel) less often than either alone explains: \(own) "
        + "within \(days) of the hand-off, against \(others) otherwise"
    case (.pair, .followUp):
      return "\(owner) follows up leads from \(channel) less than either alone explains: \(own) as "
        + "agreed, against \(others) otherwise"
    case (.channelSplit, .direct):
      return "reps make something different of \(channel.possessive) \(count) leads" + splitOwners
    case (.channelSplit, .followUp):
      return "some reps leave \(channel.possessive) \(count) leads waiting" + splitOwners
    case (.team, _):
      return "the whole team follows up \(own) leads as agreed, below the target of "
        + Format.percent(diagnosis.verdict.complianceTarget)
    }
  }

  private var splitOwners: String {
    guard let disagreement = leak.disagreement, !disagreement.lowerOwners.isEmpty else { return "" }
    return ": \(Format.list(disagreement.betterOwners.map(\.printable))) do better with them than "
      + Format.list(disagreement.lowerOwners.map(\.printable))
  }

  // MARK: Evidence

  /// How sure it is, as a clause.
  var certainty: String {
    let sure = words.certainty(leak.evidence)
    switch unit.kind {
    case .channelSplit:
      return "\(sure) sure that reps differ about this channel by more than chance"
    case .team:
      return "\(sure) sure that the team is short of its target by more than "
        + Format.points(diagnosis.verdict.thresholds.teamMargin).replacing(" higher", with: "")
    default:
      let times = Format.fixed(diagnosis.verdict.thresholds.namedOdds, decimals: 2)
      return "\(sure) sure that the odds (\(words.outcome(unit.effect)) to not) are at least "
        + "\(times) times lower than the others'"
    }
  }

  /// What speaks for it.
  var evidenceFor: [String] {
    var points = ["\(gap.capitalizedFirst)."]
    if let fair = words.perHundred(leak.evidence) {
      let allowed =
        unit.kind == .owner || unit.kind == .pair
        ? "which channels and segments the leads come from" : "who works the leads"
      points.append("After allowing for \(allowed)\(followUpAllowed): \(fair).")
    }
    points += standardized
    if unit.effect == .followUp, let effect = words.followUp { points.append(effect) }
    points.append("\(certainty.capitalizedFirst).")
    if leak.evidence.comparableUnits > 0 {
      let thing = unit.kind == .owner ? "rep" : "channel"
      points.append(
        "It is compared with \(Format.count(leak.evidence.comparableUnits, "other \(thing)")) "
          + "that share\(leak.evidence.comparableUnits == 1 ? "s" : "") leads with it, directly or "
          + "through others."
      )
    }
    if let value = leak.evidence.eValue {
      points.append(
        "To explain it away, something nobody recorded would have to make both this and the "
          + "outcome at least \(Format.fixed(value, decimals: 1)) times likelier."
      )
    }
    return points
  }

  /// What would be won under other circumstances, and what a channel's gap is made of.
  private var standardized: [String] {
    let isChannel = unit.kind == .channel
    guard isChannel || unit.kind == .owner else { return [] }
    let rates = (isChannel ? diagnosis.channelRates : diagnosis.ownerRates).first {
      $0.unit == (isChannel ? unit.channel : unit.owner)
    }
    guard let rates else { return [] }
    let partner = isChannel ? "the average rep" : "the channels and segments of all leads"
    var text =
      "Of these \(Format.count(rates.leads)) leads, with \(partner) "
      + "\(Format.percent(rates.averagePartner)) would be won, as worked "
      + Format.percent(rates.asWorked)
    if unit.effect == .followUp, let all = rates.allFollowedUp {
      text += ", and \(Format.percent(all)) had all been followed up as agreed"
    }
    let gap = diagnosis.channelGaps.first { isChannel && $0.channel == unit.channel }
    return [text + "."] + (gap.map { [words.parts(of: $0)] } ?? [])
  }

  private var followUpAllowed: String {
    diagnosis.verdict.followUpIsRecorded && unit.effect == .direct
      ? " and how soon somebody called" : ""
  }

  /// What speaks against it, or limits it.
  var evidenceAgainst: [String] {
    var points: [String] = []
    if let contrast = leak.evidence.contrast {
      points.append(
        "The odds may be as close as "
          + "\(Format.fixed(LeakWords.odds(contrast.interval95.upper), decimals: 2)) times the "
          + "others' (1 is no difference)."
      )
    }
    if unit.effect == .followUp {
      points.append(
        "Reps who call the warmest leads first, and leads that pick up, make follow-up look better "
          + "than it is."
      )
    }
    if unit.kind == .owner, unit.effect == .direct {
      if diagnosis.verdict.routing == nil {
        points.append("No score at the hand-off is on record: the rep may have got colder leads.")
      } else if let unadjusted = leak.evidence.unadjustedContrast {
        points.append(
          "Before allowing for the leads' scores the odds are "
            + "\(Format.fixed(LeakWords.odds(unadjusted), decimals: 2)) times the others'."
        )
      }
    }
    if diagnosis.verdict.assumesRoutingRegardlessOfPromise {
      points.append(
        "It holds if leads reach reps regardless of their promise; the agreement does not say so."
      )
    }
    points += diagnosis.gaps.filter { concerns($0.kind) }.map { gap in
      "\(GapText.sentence(gap)) They may hide part of it."
    }
    points.append(
      "Leads were not handed out by lot: something nobody recorded may go with the gap."
    )
    return points
  }

  private func concerns(_ kind: CaptureGap.Kind) -> Bool {
    switch kind {
    case .dealWithoutLead, .dealWithoutOutcome: unit.effect == .direct
    case .leadWithoutChannel: unit.channel != nil
    case .leadWithoutOwner: unit.owner != nil
    default: false
    }
  }

  /// The steps at which the unit is lower than the others, as plain rates.
  var places: [String] {
    leak.places.map { place in
      let comparison = ComparisonWords(place, words.stages)
      return "\(comparison.step): \(comparison.own) against \(comparison.rest) "
        + "(\(comparison.qValue))"
    }
  }

  // MARK: What next

  /// What would change the verdict.
  var wouldChange: [String] {
    switch unit.kind {
    case .channel:
      return unit.effect == .direct
        ? [
          "Hand out some of \(channel.possessive) leads by lot for six weeks: if some reps do as "
            + "well with them as with others, it is not the leads."
        ]
        : [
          "Call \(channel.possessive) leads in the agreed time for six weeks: if they are won no "
            + "more often, it is the leads."
        ]
    case .owner:
      return [
        "Hand out leads of all channels by lot for six weeks: if \(owner) does as well as the "
          + "others with them, it is not the rep."
      ]
    case .pair, .channelSplit:
      return [
        "Hand out \(channel.possessive) leads by lot for six weeks: if all reps do alike with "
          + "them, there is no disagreement."
      ]
    case .team:
      return ["Import calls and mails that are missing: what is not on record counts as not done."]
    }
  }

  /// What to do, as a sentence.
  var remedy: String { words.remedy(unit, leak.disagreement) }
}

extension Party {
  /// The party in a word or two.
  var word: String {
    switch self {
    case .marketing: "marketing"
    case .sales: "sales"
    case .handOff: "hand-off"
    case .undetermined: "undetermined"
    }
  }
}
