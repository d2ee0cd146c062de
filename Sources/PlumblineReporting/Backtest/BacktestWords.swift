import PlumblineCore
import PlumblineStatistics

/// A back-test in words.
struct BacktestWords {
  let test: Backtest
  let agreement: Agreement
  let asOf: Instant

  private var stages: StageWords { StageWords(agreement) }

  /// The stage that is tested, as a heading writes it.
  var stage: String { stages.label(test.cohort.stage) }

  /// A score as people read it: whole where it is, else one decimal.
  static func score(_ score: Double) -> String {
    Format.fixed(score, decimals: score == score.rounded() ? 0 : 1)
  }

  private func threshold(_ kind: Backtest.Threshold.Kind) -> Backtest.Threshold? {
    test.thresholds.first { $0.kind == kind }
  }

  /// The answer in one or two sentences.
  var headline: String {
    if test.missing.contains(.scores) {
      return "The definition cannot be tested: no lead with a known outcome has a score."
    }
    for case .outcomes(let won, let lost, let need) in test.missing {
      return "There is not enough to tell: of the leads on one side of the split "
        + "\(Format.count(won)) were won and \(Format.count(lost)) were not; at least "
        + "\(need) of each are needed."
    }
    var sentences: [String] = []
    if let area = test.area {
      let interval = area.interval()
      let ranks = "a won lead had the higher score in \(Format.percent(area.area)) of pairs"
      let range = "95 %: \(Format.percentRange(interval, around: area.area))"
      sentences.append(
        interval.lower > 0.5
          ? "The score orders leads: \(ranks) (\(range); chance is 50 %)."
          : interval.upper < 0.5
            ? "The score is upside down: \(ranks) (\(range); chance is 50 %)."
            : "Whether the score orders leads cannot be told: \(ranks) (\(range); chance is 50 %)."
      )
    }
    if let recommended = threshold(.recommended) {
      if let agreed = threshold(.agreed) {
        sentences.append(verdict(agreed, recommended))
      } else {
        sentences.append("Working pays from a score of \(Self.score(recommended.score)) on.")
      }
    }
    return sentences.joined(separator: " ")
  }

  private func verdict(_ agreed: Backtest.Threshold, _ recommended: Backtest.Threshold) -> String {
    let (ours, theirs) = (Self.score(agreed.score), Self.score(recommended.score))
    if agreed.score == recommended.score {
      return "The agreed threshold of \(ours) is where working begins to pay."
    }
    guard let difference = test.difference else {
      return "Agreed is \(ours); working begins to pay at \(theirs), which parts the same leads."
    }
    func money(_ value: Double) -> String { Format.estimatedAmount(value, agreement.currency) }
    let (low, high) = (difference.range.lower, difference.range.upper)
    if !difference.isClear {
      return
        "Agreed is \(ours), and earlier leads recommend \(theirs): which of the two leaves more "
        + "cannot be told (\(agreement.currency) \(money(low)) to \(money(high)) more for \(theirs))."
    }
    return difference.net > 0
      ? "Agreed is \(ours); working from \(theirs) on would have left about \(agreement.currency) "
        + "\(money(difference.net)) more (\(money(low)) to \(money(high)))."
      : "Agreed is \(ours), and on the leads that judge it left about \(agreement.currency) "
        + "\(money(-difference.net)) more (\(money(-high)) to \(money(-low))) than \(theirs), which "
        + "earlier leads recommend."
  }

  /// Which leads were looked at.
  var scope: String {
    let cohort = test.cohort
    let outcome =
      cohort.isUndated
      ? "won at any time, since nothing is dated"
      : "won within \(Format.days(cohort.horizonInDays))"
    return "Leads that reached \(stage), first episodes: \(Format.count(cohort.entered)), of which "
      + "\(Format.count(cohort.cases.count)) have a score and a known outcome (\(outcome))."
  }

  /// What was left out.
  var leftOut: [String] {
    let cohort = test.cohort
    let parts: [(Int, String)] = [
      (cohort.withoutScore, "without a score"), (cohort.tooYoung, "too young to know"),
      (cohort.undated, "without a date"), (cohort.outside, "outside the days asked for"),
    ]
    return parts.filter { $0.0 > 0 }.map { "\(Format.count($0.0)) \($0.1)" }
  }

  /// How the leads were parted.
  var split: String {
    let sizes =
      "\(Format.count(test.choosing.leads)) leads (\(Format.count(test.choosing.won)) won) choose, "
      + "\(Format.count(test.judging.leads)) (\(Format.count(test.judging.won)) won) judge"
    return switch test.cohort.split {
    case .byDay(let day): "\(sizes): those from \(day) on."
    case .byID:
      "\(sizes): a quarter drawn by their ids, since nothing is dated. A split by time would be "
        + "the harder test."
    }
  }

  /// What a win brings and a lead costs.
  var money: String {
    let currency = agreement.currency
    let win = test.valuePerWin.map { Format.estimatedMoney($0, currency) }
    let cost = test.costPerLead.map { Format.estimatedMoney($0, currency) }
    let source =
      test.isCostFromReps
      ? " (what reps cost over the leads they were given: a mean, all their work included)" : ""
    return switch (win, cost) {
    case (let win?, let cost?):
      "A win brings \(win) after the cost of delivery, working a lead costs \(cost)\(source): "
        + "working pays from a chance of "
        + "\(test.value?.breakEvenProbability.map(Format.percent) ?? Format.absent) on."
    case (let win?, nil):
      "A win brings \(win); what working a lead costs is not known. Give --cost, or "
        + "economics.sales_cost in the agreement."
    case (nil, let cost?):
      "Working a lead costs \(cost)\(source); what a win brings is not known. Give --value, or "
        + "amounts of won deals and economics.gross_margin."
    case (nil, nil):
      "Neither what a win brings nor what working a lead costs is known: give --value and --cost, "
        + "or the agreement's economics."
    }
  }

  static func name(_ kind: Backtest.Threshold.Kind) -> String {
    switch kind {
    case .agreed: "agreed"
    case .recommended: "where working pays"
    case .hindsight: "best on earlier leads"
    case .capacity: "what sales can work"
    case .everybody: "everybody"
    }
  }

  /// What cannot be said about low scores.
  var untested: String? {
    let never = test.cohort.neverEntered
    let lead =
      never > 0
      ? "\(Format.count(never)) leads old enough never reached \(stage): what work would have made of "
        + "them, nobody knows. " : ""
    let remedy = "Work a random 5 % of the leads below the threshold to find out."
    guard let lowest = test.lowestTested else {
      return "\(lead)Too few leads were worked to say anything of low scores. \(remedy)"
    }
    if test.isLowUnworked {
      return
        "\(lead)Below \(Self.score(lowest)) too few leads were worked: nothing can be said of a "
        + "lower threshold. \(remedy)"
    }
    return never > 0
      ? "\(lead)Nothing is said of scores below \(Self.score(lowest)). \(remedy)" : nil
  }

  /// Whether promises came true.
  var calibration: String? {
    guard let regression = test.calibration?.regression else { return nil }
    let slope =
      "slope \(Format.fixed(regression.slope, decimals: 2)) (1 is right; below, promises are too "
      + "far apart)"
    if (0.01..<0.05).contains(regression.pValue) {
      return "The data lean against the chances that earlier leads promised: \(slope), p "
        + "\(Self.pValue(regression.pValue))."
    }
    return regression.pValue < 0.01
      ? "The chances that earlier leads promised did not come true: \(slope), p "
        + "\(Self.pValue(regression.pValue))."
      : "Nothing speaks against the chances that earlier leads promised: \(slope), p "
        + "\(Self.pValue(regression.pValue))."
  }

  static func pValue(_ value: Double) -> String {
    value < 0.001 ? "below 0.001" : Format.fixed(value, decimals: value < 0.1 ? 3 : 2)
  }

  /// What a factor tells.
  func finding(_ factor: Backtest.Factor) -> String {
    guard let adjusted = factor.adjusted else { return "cannot be tested" }
    guard adjusted < 0.05 else { return "nothing seen" }
    guard let gain = factor.netGain, gain <= 0 else { return "tells more" }
    return "tells more, of no use on later leads"
  }

  /// Whether the score still holds.
  var standing: String {
    switch test.standing {
    case .keep: "Keep the score: it orders later leads, and its promises hold."
    case .refit:
      "Fit the score anew: other leads come than those it was chosen on, or its promises are off."
    case .undetermined: "Whether the score still holds cannot be told yet."
    }
  }

  /// What the numbers rest on.
  var notes: [String] {
    var notes = [
      "Thresholds were chosen on earlier leads and judged on later ones: the table shows the "
        + "later ones only.",
      "A score is no cause: calling a lead hot may bring a faster answer, and part of its success "
        + "is then the answer's.",
    ]
    if !test.factors.isEmpty {
      notes.append(
        "A factor is tested on all leads against the score alone, with “not asked” as an answer of "
          + "its own, and p allows for all factors together (Holm). What sales found out may have "
          + "been written down once the outcome was clear: only marketing's word was surely there "
          + "before."
      )
    }
    return notes
  }

  /// The agreement and the time.
  var footer: String {
    let provenance = Provenance(
      agreement: agreement,
      asOf: asOf,
      question: FunnelQuestion(rule: agreement.journeyRule, pairs: []),
      horizons: []
    )
    return "\(provenance.agreementText), \(provenance.asOfText)."
  }
}
