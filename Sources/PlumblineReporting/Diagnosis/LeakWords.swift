import Foundation
import PlumblineCore
import PlumblineStatistics

/// The model's verdict in words that a head of sales can read aloud.
///
/// "Owner" is the data's word, "rep" the reader's. Log-odds become leads out of a hundred.
struct LeakWords {
  let verdict: LeakVerdict
  let stages: StageWords
  /// The days within which a lead handed to sales has to be won.
  let withinDays: Int
  /// Why the question cannot be asked at all; nil where it can.
  private let obstacle: String?
  /// Whether the agreement says what following up means.
  private let isFollowUpAgreed: Bool

  init(_ diagnosis: Diagnosis, _ agreement: Agreement) {
    verdict = diagnosis.verdict
    obstacle = WorkWords(diagnosis.work, agreement).obstacle
    isFollowUpAgreed = diagnosis.work.followUp != .notAgreed
    stages = StageWords(agreement)
    withinDays = diagnosis.work.horizon.days
  }

  // MARK: Units

  /// A unit in a few words: `Meta's leads`, `follow-up by Ben`.
  func name(_ unit: LeakUnit) -> String {
    let channel = unit.channel?.printable ?? "", owner = unit.owner?.printable ?? ""
    switch (unit.kind, unit.effect) {
    case (.channel, .direct): return "\(channel.possessive) leads"
    case (.channel, .followUp): return "follow-up of \(channel.possessive) leads"
    case (.owner, .direct): return "\(owner.possessive) closing"
    case (.owner, .followUp): return "\(owner.possessive) follow-up"
    case (.pair, .direct): return "\(owner.possessive) closing of \(channel.possessive) leads"
    case (.pair, .followUp): return "\(owner.possessive) follow-up of \(channel.possessive) leads"
    case (.channelSplit, .direct): return "reps disagree about \(channel.possessive) leads"
    case (.channelSplit, .followUp):
      return "some reps leave \(channel.possessive) leads waiting"
    case (.team, _): return "the whole team's follow-up"
    }
  }

  /// What was counted of a unit: `won` or `followed up as agreed`.
  func outcome(_ effect: LeakUnit.Effect) -> String {
    effect == .direct ? "won" : "followed up as agreed"
  }

  /// The rate that a unit's contrast is told against: that of all leads, 0...1.
  private func base(_ effect: LeakUnit.Effect) -> Double? {
    switch effect {
    case .direct: verdict.leads > 0 ? Double(verdict.wins) / Double(verdict.leads) : nil
    case .followUp: verdict.compliance
    }
  }

  /// A contrast as leads out of a hundred: `where 31 of 100 such leads are won by others, 16 (12–21)
  /// of its own are`.
  func perHundred(_ evidence: LeakEvidence) -> String? {
    guard let contrast = evidence.contrast, let base = base(evidence.unit.effect), base > 0,
      base < 1
    else { return nil }
    let own = SpecialFunctions.shifted(base, byLogOdds: contrast.mean) * 100
    let low = SpecialFunctions.shifted(base, byLogOdds: contrast.interval95.lower) * 100
    let high = SpecialFunctions.shifted(base, byLogOdds: contrast.interval95.upper) * 100
    return "where others get \(hundredth(base * 100)) of 100 such leads "
      + "\(outcome(evidence.unit.effect)), here it is \(hundredth(own)) "
      + "(\(hundredth(low))–\(hundredth(high)))"
  }

  private func hundredth(_ value: Double) -> String {
    Format.fixed(value, decimals: value < 9.95 && value != 0 ? 1 : 0)
  }

  /// A difference in log-odds as a ratio of odds.
  static func odds(_ logOdds: Double) -> Double { exp(logOdds) }

  /// How many times the others' odds a unit's are: `0.41 (0.30–0.56)`.
  func odds(_ contrast: LeakContrast) -> String {
    func text(_ value: Double) -> String { Format.fixed(Self.odds(value), decimals: 2) }
    return "\(text(contrast.mean)) "
      + "(\(text(contrast.interval95.lower))–\(text(contrast.interval95.upper)))"
  }

  /// The share that was counted, with its interval: `15 % (11–20 %)`; nil without leads.
  func share(_ evidence: LeakEvidence) -> String? {
    evidence.rawRate.map {
      Format.share(Int(($0 * Double(evidence.leads)).rounded()), of: evidence.leads)
    }
  }

  /// What was counted, with its base: `15 % (11–20 %) of 214 won`.
  func counted(_ evidence: LeakEvidence) -> String {
    guard let share = share(evidence) else { return "no leads" }
    return "\(share) of \(Format.count(evidence.leads)) \(outcome(evidence.unit.effect))"
  }

  /// How sure a name is: `over 99 % sure`.
  func certainty(_ evidence: LeakEvidence) -> String {
    evidence.probability > 0.9949
      ? "over 99 %" : "\(Format.fixed(evidence.probability * 100, decimals: 0)) %"
  }

  /// What a channel's gap to the others is made of, as a sentence.
  func parts(of gap: ChannelGap) -> String {
    let parts = gap.parts.map { part in
      "\(part.factor.words) \(Format.signedPoints(part.value)) "
        + "(\(Format.signedPoints(part.interval90.lower)) to "
        + "\(Format.signedPoints(part.interval90.upper)))"
    }
    return
      "\(gap.channel.printable.possessive) expected rate is \(Format.percent(gap.rate)), that of "
      + "a channel like the mean of the others \(Format.percent(gap.reference)); the "
      + "\(Format.signedPoints(gap.gap)) points between them go with "
      + "\(Format.list(parts)), at 90 %; a lone channel's part for its leads is at least that."
  }

  /// What following up as agreed goes with, as a sentence; nil where that is not judged.
  var followUp: String? {
    verdict.followUpEffect.map { effect in
      func text(_ value: Double) -> String { Format.fixed(Self.odds(value), decimals: 2) }
      return "Following up as agreed goes with odds of winning \(text(effect.mean)) times as high "
        + "(\(text(effect.interval90.lower))–\(text(effect.interval90.upper)) at 90 %)."
    }
  }

  // MARK: Answers

  /// What mending a party's named units would bring, as a share of all expected wins; shares of all
  /// parties add up.
  func share(of answer: LeakVerdict.PartyAnswer) -> Double {
    guard verdict.expectedWins > 0 else { return 0 }
    return answer.named.compactMap { verdict.evidence(of: $0)?.recoverableWins }.reduce(0, +)
      / verdict.expectedWins
  }

  /// Why a party's answer is what it is, as a clause without a full stop.
  func explanation(of answer: LeakVerdict.PartyAnswer) -> String {
    switch answer.answer {
    case .yes:
      let named = answer.named.map { name($0) }
      return "\(Format.list(named)), \(Format.percent(share(of: answer))) of the "
        + "\(Format.expected(verdict.expectedWins)) customers these leads bring"
    case .no: return "everything of theirs was judged, and nothing that matters is likely"
    case .undetermined:
      if let obstacle { return obstacle }
      let reasons = answer.reasons.prefix(2).map { explanation(of: $0) }
      let more = answer.reasons.count - reasons.count
      return reasons.joined(separator: "; ")
        + (more > 0 ? "; and \(Format.count(more, "other reason"))" : "")
    }
  }

  /// A reason for not answering, as a clause without a full stop.
  func explanation(of reason: LeakReason) -> String {
    switch reason {
    case .tooFewOutcomes(let wins, let losses, let minimum):
      return "\(Format.count(wins)) won and \(Format.count(losses)) not: with fewer than "
        + "\(minimum) of either, nothing can be said"
    case .nothingToCompare(let kind, let units, let minimum):
      let thing = kind == .owner ? "rep" : "channel"
      let names = kind == .owner ? verdict.grid.owners : verdict.grid.channels
      if names == [FunnelDimension.none] { return "no lead has a \(thing) on record" }
      let have = units == 0 ? "no \(thing) has" : "only \(Format.count(units, thing)) has"
      return "\(have) \(minimum) leads handed to sales, and one needs two to compare"
    case .notCrossed(let units):
      return "\(Format.list(units.map { name($0) })) cannot be compared: they share too few leads "
        + "with the others"
    case .tooFewLeads(let unit, let leads, let needed):
      return "\(name(unit)): \(Format.count(leads, "lead")) cannot rule out a difference that "
        + (needed > 0 ? "matters, about \(Format.count(needed)) more could" : "matters yet")
    case .ownersMayDisagree(let channel, let effect, let posterior):
      let what =
        effect == .direct
        ? "make something different of \(channel.printable.possessive) leads"
        : "follow up \(channel.printable.possessive) leads differently"
      return "reps may \(what) (a chance of \(Format.chance(posterior)))"
    case .unevenRouting(let owners):
      return "promising leads were not shared out evenly, so "
        + "\(Format.list(owners.map(\.printable))) may just have been given colder ones"
    case .ownersChoose:
      return "reps choose their leads and no score shows which, so their rates do not compare"
    case .scoreNotRecorded:
      return "leads are routed by a score that is not on record, so reps' rates do not compare"
    case .followUpNotRecorded:
      return
        (isFollowUpAgreed
        ? "too few calls and mails are on record"
        : "the agreement does not say what following up means")
        + ", so slow follow-up cannot be told from the rest"
    case .teamMayBeShort(let probability, let lossShare):
      return "the team may be short of its follow-up target "
        + "(a chance of \(Format.chance(probability)), \(Format.percent(lossShare)) of customers)"
    case .nobodyFollowedUp(let leads):
      return "none of \(Format.count(leads, "lead")) was followed up as agreed, so what that costs "
        + "cannot be told; perhaps calls are missing, or the hand-off is another stage"
    case .manySmall(let kind, let units, let lossShare):
      return
        "\(Format.count(units, kind == .owner ? "rep" : "channel")) may be worse, each too small "
        + "to be named; together they may cost \(Format.percent(lossShare)) of customers"
    case .smallLoss(let lossShare, let needed):
      return "what is named costs \(Format.percent(lossShare)) of customers, below the "
        + "\(Format.percent(needed)) that make it theirs"
    }
  }

  /// Why a unit is not named although it looks worse, as a sentence.
  func explanation(of withheld: WithheldLeak) -> String {
    let evidence = verdict.evidence(of: withheld.unit)
    let size = evidence.map { evidence in
      ", \(counted(evidence)), about \(Format.expected(evidence.expectedWinsLost)) customers fewer than "
        + "like the others"
    }
    let name = name(withheld.unit) + (size ?? "")
    switch withheld.cause {
    case .ownersMayDisagree(let posterior):
      return "\(name): reps may differ about this channel (a chance of "
        + "\(Format.chance(posterior))), so its leads are not blamed."
    case .unevenRouting(let stability):
      return "\(name): promising leads were not shared out evenly, and what the score misses need "
        + "be only \(Format.fixed(stability, decimals: 1)) times as strong as the score to explain it."
    case .ownersChoose:
      return "\(name): reps choose their leads, and no score on record shows which they chose."
    case .scoreNotRecorded:
      return "\(name): leads are routed by a score that is not on record, so the rep may have been "
        + "given colder ones."
    case .followUpNotRecorded:
      return "\(name): how soon somebody called is not judged, so it may be that or the leads."
    }
  }

  // MARK: What to do

  /// What would settle an open question, as a sentence.
  func advice(_ remedy: LeakRemedy) -> String {
    switch remedy {
    case .shareChannel(let channel, let owners):
      return "Send 20 % of \(channel.printable.possessive) leads to "
        + "\(Format.list(owners.prefix(3).map(\.printable))) for six weeks, then look again."
    case .routeByLot(let channel, let owners):
      return "Hand out \(channel.printable.possessive) leads by lot among "
        + "\(Format.list(owners.prefix(6).map(\.printable))) for six weeks: do they still differ?"
    case .routeAllByLot:
      return "Hand out all leads by lot for six weeks, then look again."
    case .collectLeads(let unit, let needed):
      return needed > 0
        ? "Look again after about \(Format.count(needed)) more leads: \(name(unit))."
        : "Look again in some weeks: \(name(unit))."
    case .recordScore:
      return
        "Import the score at the hand-off\(AnswerPlace.words(" (score_at_hand_off)", onPage: "")), "
        + "then look again."
    case .recordFollowUp:
      guard isFollowUpAgreed else {
        return
          "Write into the agreement what sales promised, such as \"sla: {sales: {first_touch: 4 "
          + "working hours}}\", import calls and mails with their time, then look again."
      }
      return "Import calls and mails (kind activity, with their time), then look again."
    }
  }

  /// What to do about a named unit, as a sentence.
  func remedy(_ unit: LeakUnit, _ disagreement: LeakDisagreement? = nil) -> String {
    let channel = unit.channel?.printable ?? "", owner = unit.owner?.printable ?? ""
    switch (unit.kind, unit.effect) {
    case (.channel, .direct):
      return "Marketing: look at what \(channel) promises and whom it reaches, and move spend to "
        + "channels whose leads are won more often until it recovers."
    case (.channel, .followUp):
      return "Both teams: find where \(channel.possessive) leads wait between the form and the "
        + "first call, and give that stretch one owner and a time limit."
    case (.owner, .direct):
      return
        "Sales: go through \(owner.possessive) last lost deals with a rep who wins more of the "
        + "same leads, and coach on that."
    case (.owner, .followUp):
      return "Sales: give \(owner) time blocks or fewer leads until first calls and repeated "
        + "attempts keep to the agreement."
    case (.team, _):
      return "Sales: make first calls and repeated attempts the team's first task until the "
        + "agreed share of leads is followed up in time."
    case (.pair, _):
      return "Both teams: let \(owner) and a rep who does well with \(channel.possessive) leads "
        + "work some of them together, or route them elsewhere."
    case (.channelSplit, _):
      let better = disagreement?.betterOwners.prefix(3).map(\.printable) ?? []
      let show = better.isEmpty ? "those who do well with them" : Format.list(Array(better))
      return
        "Both teams: agree who works \(channel.possessive) leads and how; let \(show) show the "
        + "others, or route the leads to them."
    }
  }
}

extension ChannelGap.Factor {
  /// The factor in a few words.
  fileprivate var words: String {
    switch self {
    case .leadQuality: "the leads themselves"
    case .segmentMix: "their segments"
    case .ownerAllocation: "who works them"
    case .followUp: "follow-up"
    }
  }
}

extension Format {
  /// Names as a list: `Meta`, `Meta and LinkedIn`, `Meta, LinkedIn and 3 more`.
  static func list(_ names: [String], most: Int = 4, word: String = "and") -> String {
    guard names.count > 1 else { return names.first ?? "" }
    if names.count > most {
      return names.prefix(most - 1).joined(separator: ", ")
        + " and \(count(names.count - most + 1)) more"
    }
    return names.dropLast().joined(separator: ", ") + " \(word) " + (names.last ?? "")
  }
}
