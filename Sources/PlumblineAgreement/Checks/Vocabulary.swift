import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A term that is given twice, or that no answer uses.
  static let vocabulary = AgreementCheck(code: "agreement.vocabulary") { draft, report in
    var first: [String: YAMLPosition] = [:]
    let known = knownTerms(of: draft)
    let keys = Set(known.map(WordKey.of))
    for entry in draft.vocabulary {
      let shown = entry.term.value.shownInMessage
      let key = WordKey.of(entry.term.value)
      if let position = first[key] {
        report(
          "term \"\(shown)\" is given twice, first in line \(position.line).",
          at: entry.term.position,
          remedy: "Keep one of the two."
        )
      } else {
        first[key] = entry.term.position
      }
      guard draft.hasAllStages, !keys.contains(key) else { continue }
      report.note(
        "\"\(shown)\" is neither a stage nor a word of the answers: only the glossary shows it.",
        at: entry.term.position,
        remedy: Suggestion.nearest(to: entry.term.value, among: known).map {
          "Did you mean \"\($0.shownInMessage)\"?"
        }
      )
    }
  }

  private static func knownTerms(of draft: AgreementDraft) -> [String] {
    let stages: [String] = (draft.pathInForce + draft.detoursInForce).map(\.id.value)
    let reasons: [String] =
      draft.dispositions?.map(\.id.value) ?? DispositionReason.usual.map(\.id)
    let factors: [String] =
      draft.qualifyingFactors?.map(\.id.value) ?? QualifyingFactor.usual.map(\.id)
    return stages + reasons + factors + draft.idealCustomer.map(\.name.value)
      + AgreementKeys.answerWords
  }
}

extension AgreementKeys {
  /// The words of answers, besides stages and reasons, that a vocabulary may give teams their own
  /// words for.
  public static let answerWords = [
    "activity", "attainment", "cac", "campaign", "capture_gap", "channel", "close_rate", "cohort",
    "compliance", "conversion_rate", "coverage", "deal", "disposition", "episode", "first_touch",
    "follow_up", "forecast", "gap", "gross_margin", "hand_off", "horizon", "ideal_customer",
    "launch", "leak", "maturity", "mean_deal", "owner", "payback", "pipeline", "plan",
    "qualified_lead", "qualifying_factor", "quota", "rejected", "rep", "response_time", "revenue",
    "score", "segment", "show_up_rate", "sla", "speed_to_lead", "spend", "touch", "verdict",
    "win_rate",
  ]
}
