import PlumblineCore

extension AgreementShowWords {
  /// What the agreement does not say, or says as it is usually, with what holds instead.
  var missing: [String] {
    let usual = Agreement()
    let promises = [
      agreement.marketingSLA.map(\.isEmpty) ?? true
        ? "Marketing promises nothing: its side of the SLA is not judged." : nil,
      agreement.salesSLA?.isJudgeable != true
        ? "Sales promises nothing about first touches or attempts: follow-up is not judged." : nil,
      agreement.idealCustomer.isEmpty
        ? "The ideal customer is not agreed: nobody can say whether leads fit." : nil,
      agreement.scoring == nil ? "Scores are not agreed: only scores on record count." : nil,
      agreement.recycleRules.isEmpty ? "No lead gets a second chance by rule." : nil,
      agreement.goals.isEmpty ? "There are no goals." : nil,
      agreement.economics.grossMargin == nil
        ? "The gross margin is not known: nothing is said of profit." : nil,
      agreement.routing == nil
        ? "How leads reach reps is not said: it is taken to be regardless of their promise." : nil,
    ]
    let defaults = [
      agreement.workingTime == .usual ? "working time" : nil,
      agreement.qualifyingFactors == QualifyingFactor.usual ? "qualifying factors" : nil,
      agreement.dispositions == DispositionReason.usual ? "dispositions" : nil,
      agreement.suppression == usual.suppression && !agreement.recycleRules.isEmpty
        ? "who is left alone" : nil,
    ].compactMap { $0 }
    return promises.compactMap { $0 }
      + (defaults.isEmpty ? [] : ["As usual: \(Format.list(defaults, most: 99))."]) + thresholds
  }

  /// The thresholds of the verdict: those that were changed, and those left at their default.
  private var thresholds: [String] {
    let all = ThresholdWords.all(of: agreement)
    let changed = all.filter { !$0.isUsual }.map {
      "\($0.name) \(AgreementPhrases.number($0.value)), by default "
        + AgreementPhrases.number($0.usual)
    }
    let left = all.filter(\.isUsual).map { "\($0.name) \(AgreementPhrases.number($0.value))" }
    return
      (changed.isEmpty
      ? [] : ["Thresholds of the verdict that were set: \(changed.joined(separator: "; "))."])
      + (left.isEmpty
        ? []
        : ["Thresholds of the verdict left at their default: \(left.joined(separator: ", "))."])
  }
}
