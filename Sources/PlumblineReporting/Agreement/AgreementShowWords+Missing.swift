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
    return promises.compactMap { $0 } + unsaidMoney
      + (defaults.isEmpty ? [] : ["As usual: \(Format.list(defaults, most: 99))."]) + thresholds
  }

  /// What holds in answers in money as long as nobody says otherwise.
  private var unsaidMoney: [String] {
    let economics = agreement.economics
    let sales = economics.sales
    let usual = [
      economics.dealCoversMonths == nil
        ? "a deal's amount is the revenue of \(Format.count(economics.monthsPerDealAmount, "month"))"
        : nil,
      economics.horizonInMonths == nil
        ? economics.monthlyChurn ?? 0 > 0
          ? "a customer's revenue counts without end"
          : "a customer's revenue counts as long as the deal" : nil,
      economics.monthlyChurn == nil ? "no customer leaves before that" : nil,
      economics.monthlyDiscount == nil ? "waiting takes nothing off the value of money" : nil,
      economics.targetRatio == nil ? "a customer should bring 3 times its cost" : nil,
      economics.payments == nil ? "customers pay each month" : nil,
      economics.weeklyCarryOver == nil ? "no spend works in later weeks" : nil,
    ].compactMap { $0 }
    let costs = [
      economics.overheadPerMonth == nil ? "overhead of marketing" : nil,
      economics.otherCostPerMonth == nil ? "other costs of the company" : nil,
      economics.repMonthCost == nil ? "the month of a rep" : nil,
      sales.commission == nil ? "commission" : nil,
      sales.hireCost == nil ? "a hire" : nil,
    ].compactMap { $0 }
    return [
      usual.isEmpty ? nil : "In money, as usual: \(usual.joined(separator: "; ")).",
      costs.isEmpty
        ? nil
        : "Cost that nobody has said, and that no answer counts: "
          + "\(Format.list(costs, most: 99)).",
    ].compactMap { $0 }
  }

  /// The thresholds of the verdict: those that were changed, and those left at their default.
  private var thresholds: [String] {
    let all = ThresholdWords.all(of: agreement)
    let changed = all.filter { !$0.isUsual }.map {
      "\(AgreementPhrases.plain($0.name)) \(AgreementPhrases.number($0.value)), by default "
        + AgreementPhrases.number($0.usual)
    }
    let left = all.filter(\.isUsual).map {
      "\(AgreementPhrases.plain($0.name)) \(AgreementPhrases.number($0.value))"
    }
    return
      (changed.isEmpty
      ? [] : ["Thresholds of the verdict that were set: \(changed.joined(separator: "; "))."])
      + (left.isEmpty
        ? []
        : ["Thresholds of the verdict left at their default: \(left.joined(separator: ", "))."])
  }
}
