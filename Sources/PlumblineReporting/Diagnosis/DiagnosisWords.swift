import PlumblineCore
import PlumblineStatistics

/// The whole verdict in words: the sentence on top, and whose the leaks are.
struct DiagnosisWords {
  let diagnosis: Diagnosis
  let agreement: Agreement
  let stages: StageWords

  init(_ diagnosis: Diagnosis, _ agreement: Agreement) {
    self.diagnosis = diagnosis
    self.agreement = agreement
    stages = StageWords(agreement)
  }

  var provenance: Provenance {
    Provenance(
      agreement: agreement,
      asOf: diagnosis.asOf,
      question: diagnosis.question,
      horizons: diagnosis.horizons
    )
  }

  var findings: [FindingWords] {
    diagnosis.findings.map { FindingWords($0, of: diagnosis, under: agreement) }
  }

  func words(_ comparison: UnitComparison) -> ComparisonWords {
    ComparisonWords(comparison, stages)
  }

  var undecided: [UnitComparison] {
    diagnosis.comparisons.filter { words($0).isUndecided }
  }

  /// The comparisons as a clause: `24 comparisons of channels and reps`.
  private var comparisonText: String {
    let count = diagnosis.comparisons.count
    return "\(Format.count(count, "comparison")) of channels and reps"
  }

  // MARK: The sentence on top

  /// The verdict as one sentence that can be read aloud.
  var headline: String {
    guard let first = findings.first else { return headlineWithoutFindings }
    var sentence =
      "\(first.comparison.gap.capitalizedFirst), \(whose(first.finding)): mending "
      + "that would bring \(price(first)) \(scope)"
    let others = findings.dropFirst().count { $0.finding.party != otherParty(than: first.finding) }
    if others > 0 {
      sentence +=
        "; \(Format.count(others, "other leak")) \(others == 1 ? "is" : "are") listed below"
    }
    return sentence + "; \(otherSide(of: first.finding))."
  }

  private func whose(_ finding: Finding) -> String {
    switch finding.reason {
    case .channelWhoeverWorksIt: "whoever works them"
    case .ownerWhateverTheChannel: "whatever channel they come from"
    case .ownersDisagree: "and reps differ about them by more than chance explains"
    case .notCrossed:
      finding.comparison.dimension == .owner
        ? "but too few channels are shared with other reps to say whose it is"
        : "but too few reps share them with other channels to say whose it is"
    }
  }

  private func price(_ finding: FindingWords) -> String {
    finding.gain + (finding.revenue.map { ", about \(agreement.currency) \($0)," } ?? "")
  }

  private var scope: String {
    let leads = Format.count(diagnosis.total.leads, "lead")
    return provenance.periodText.map { "over the \(leads) that came in from \($0)" }
      ?? "over the \(leads) on record"
  }

  private func otherParty(than finding: Finding) -> Party {
    finding.comparison.dimension == .owner ? .marketing : .sales
  }

  /// What is known of the other team, so that nobody is blamed by silence.
  private func otherSide(of finding: Finding) -> String {
    let other = otherParty(than: finding)
    let unit = other == .sales ? "rep" : "channel"
    let others = findings.filter { $0.finding.party == other }
    if !others.isEmpty {
      let names = others.map(\.comparison.unit)
      return "\(list(names)) \(Set(names).count == 1 ? "stands" : "stand") out as well"
    }
    switch diagnosis.parties.first(where: { $0.party == other })?.answer {
    case .no: return "no \(unit) stands out"
    case .yes: return "a \(unit) stands out as well"
    case .undetermined, nil: return "whether any \(unit) stands out cannot be told yet"
    }
  }

  private func list(_ names: [String]) -> String {
    var unique: [String] = []
    for name in names where !unique.contains(name) { unique.append(name) }
    guard let last = unique.last, unique.count > 1 else { return unique.first ?? "" }
    return unique.dropLast().joined(separator: ", ") + " and " + last
  }

  private var headlineWithoutFindings: String {
    let leads = Format.count(diagnosis.total.leads, "lead")
    let start = "No leak can be named: "
    let open = undecided.count
    if diagnosis.comparisons.isEmpty,
      diagnosis.total.transitions.contains(where: { $0.rate.status == .undated })
    {
      return start + "a rate needs dates, and most of what \(leads) did has none on record."
    }
    if diagnosis.comparisons.allSatisfy({ $0.judgement.verdict == .noComparison }) {
      return start + "not enough data, no two channels or reps could be compared among \(leads)."
    }
    if open > 0, undecided.allSatisfy({ $0.own.status == .undated }) {
      return start + "the dates are missing that \(Format.count(open)) of \(comparisonText) among "
        + "\(leads) would need\(explainedTail)."
    }
    if open > 0 {
      return start + "not enough data, \(Format.count(open)) of \(comparisonText) among "
        + "\(leads) cannot be decided yet\(explainedTail)."
    }
    return start + "nothing is wrong as far as \(leads) can show, all \(comparisonText) are "
      + "decided\(explainedTail)."
  }

  private var explainedTail: String {
    let units = list(diagnosis.explainedByMix.map { $0.unit.printable })
    return units.isEmpty ? "" : "; what looks like a leak at \(units) goes with the mix of leads"
  }

  // MARK: Parties

  /// Why a party's answer is what it is.
  func explanation(of verdict: PartyVerdict) -> String {
    let unit = verdict.party == .sales ? "reps" : "channels"
    let made = "\(Format.count(verdict.comparisons, "comparison")) of \(unit)"
    var text: String
    switch verdict.answer {
    case .yes:
      let places = findings.filter { $0.finding.party == verdict.party }.map(\.comparison.place)
      text = places.joined(separator: "; ")
    case .no: text = "all \(made) are decided and none names a leak here"
    case .undetermined:
      if verdict.comparisons == 0 {
        text = "no \(unit) could be compared"
      } else if verdict.openComparisons > 0 {
        text = "\(Format.count(verdict.openComparisons)) of \(made) cannot be decided"
      } else if diagnosis.findings.contains(where: { $0.party == .undetermined }) {
        text = "a leak is there, but it cannot be told whose it is"
      } else {
        text = "all \(made) are decided and none shows reps who disagree"
      }
    }
    if verdict.answer == .yes, verdict.openComparisons > 0 {
      text += "; \(Format.count(verdict.openComparisons)) of \(made) cannot be decided"
    }
    if verdict.party == .handOff {
      text += "; tested in this version only where reps disagree about a channel"
    }
    return text
  }

  /// A comparison that the data cannot decide, with what is missing.
  func undecided(_ comparison: UnitComparison) -> String {
    let words = words(comparison)
    let rest = comparison.restRate == nil ? "" : " against \(words.rest)"
    let verdict = comparison.own.status == .supported ? ", \(words.verdict)" : ""
    return "\(words.place): \(words.own)\(rest)\(verdict)."
  }

  /// What the plain counts blame and equal shares do not.
  func explained(_ comparison: UnitComparison) -> String {
    let words = words(comparison)
    let staysLower = (comparison.standardized?.interval.upper ?? 0) < 0
    let other =
      staysLower
      ? "single channels, not with all of them"
      : comparison.dimension == .channel ? "who works the leads" : "where the leads come from"
    let fair = words.standardized.map { " \($0.capitalizedFirst)." } ?? ""
    return "\(words.place): \(words.own) against \(words.rest), which goes with \(other).\(fair)"
  }
}
