import PlumblineCore
import PlumblineStatistics

/// The promises of both sides in words: what text, JSON and CSV say alike.
struct SLAWords {
  let answer: SLAAnswer
  let agreement: Agreement
  let stages: StageWords

  init(_ answer: SLAAnswer, _ agreement: Agreement) {
    self.answer = answer
    self.agreement = agreement
    stages = StageWords(agreement)
  }

  var question: FunnelQuestion {
    FunnelQuestion(
      filters: answer.options.filters,
      firstDay: answer.sales?.firstDay,
      lastDay: answer.sales?.lastDay,
      rule: answer.rule,
      pairs: [],
      datedBy: agreement.handOffStage
    )
  }

  var provenance: Provenance {
    Provenance(agreement: agreement, asOf: answer.asOf, question: question, horizons: [])
  }

  // MARK: The sentence

  /// Both sides in one sentence.
  var headline: String {
    guard answer.sales != nil || answer.marketing != nil else {
      return "The agreement holds no promise of either side."
    }
    let text = [salesHeadline, marketingHeadline].compactMap { $0 }.joined(separator: "; ")
    return text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  private var salesHeadline: String? {
    guard let sales = answer.sales else { return nil }
    if let end = answer.factsUntil, let first = sales.firstDay, end < start(of: first) {
      return "what sales did since \(first) is not known, as facts end on \(day(end))"
    }
    let promises: [SLAStep.Promise] = [.firstTouch, .attempts, .disposition]
    let found = promises.lazy.compactMap { promise in
      sales.all.promises[promise].map { (promise, $0) }
    }.first
    guard let (promise, kept) = found else {
      if sales.notRecorded.isEmpty {
        return sales.all.handOffs == 0 ? "no lead was handed to sales in these days" : nil
      }
      return "whether sales kept its promise cannot be told: \(notRecorded(sales.notRecorded))"
    }
    let overdue =
      kept.tally.overdue == 0
      ? "" : ", and \(Format.count(kept.tally.overdue)) of them still wait"
    guard kept.tally.judged > 0 else {
      return "no \(word(promise)) was due yet among \(Format.count(sales.all.handOffs, "lead")) "
        + "handed to sales"
    }
    return "sales kept the \(word(promise)) for \(rate(kept)) leads, where "
      + "\(Format.percent(kept.target)) was agreed (\(verdict(kept)))\(overdue)"
  }

  private var marketingHeadline: String? {
    guard let period = answer.marketing?.periods.first else { return nil }
    let name = periodName(period)
    let end = answer.factsUntil ?? answer.asOf
    switch knowledge(of: period) {
    case .whole: break
    case .none:
      return "what marketing delivered in \(name) is not known"
        + (answer.sales == nil ? ", as facts end on \(day(end))" : " either")
    case .part:
      let leads = Format.count(period.leads.count, "qualified lead")
      let promised = period.promised.map { " of \(Format.count($0)) promised" } ?? ""
      return "marketing delivered \(leads)\(promised) in \(name) up to "
        + "\(day(end)), where facts end"
    }
    guard let promised = period.promised else {
      return "marketing delivered \(Format.count(period.leads.count, "qualified lead")) in \(name)"
    }
    var text =
      "marketing delivered \(Format.count(period.leads.count)) of "
      + "\(Format.count(promised, "qualified lead")) promised for \(name)"
    if let chance = answer.marketing?.forecast?.chance, period.leads.count < promised {
      text += ", with \(odds(chance)) of all by its end"
    }
    return text
  }

  /// A chance in words: `odds of 3 in 100`.
  func odds(_ chance: Double) -> String {
    if chance < 0.01 { return "odds of less than 1 in 100" }
    if chance > 0.99 { return "odds of more than 99 in 100" }
    return "odds of \(Format.fixed(chance * 100, decimals: 0)) in 100"
  }

  // MARK: Promises

  /// A promise: `first touch`.
  func word(_ promise: SLAStep.Promise) -> String {
    switch promise {
    case .firstTouch: "first touch"
    case .attempts: "attempts"
    case .disposition: "disposition"
    case .stale: "stage left in time"
    }
  }

  /// What was agreed of a promise, as a sentence without its end; nil where it was not.
  func agreed(_ promise: SLAStep.Promise) -> String? {
    guard let sla = agreement.inForce(at: answer.asOf).salesSLA else { return nil }
    switch promise {
    case .firstTouch:
      guard let touch = sla.firstTouch else { return nil }
      var text = "a person turns to a lead within \(Format.span(touch.usual)) of its hand-off"
      if let hot = touch.hot, let score = touch.hotFromScore {
        text += ", to a hot one (score \(score) or more) within \(Format.span(hot))"
      }
      return text
    case .attempts:
      return sla.attempts.map {
        "a lead that does not answer is tried \(Format.count($0.count, "time")) in "
          + Format.days($0.withinDays)
      }
    case .disposition:
      return sla.disposition.map {
        "sales says within \(Format.span($0)) what became of a lead"
      }
    case .stale: return nil
    }
  }

  /// A share with its interval and base: `78 % (71–84 %) of 143`.
  func rate(_ kept: SLACompliance) -> String {
    guard let share = kept.share else { return "not enough data" }
    return "\(Format.percent(share, kept.interval)) of \(Format.count(kept.tally.judged))"
  }

  /// What a share says about what was agreed.
  func verdict(_ kept: SLACompliance) -> String {
    switch kept.verdict {
    case .met: "kept"
    case .below: "not kept"
    case .unclear: "short of it, as chance alone may make it"
    case .tooFew: "too few to judge"
    }
  }

  /// The same for a table.
  func shortVerdict(_ kept: SLACompliance) -> String {
    switch kept.verdict {
    case .met: "kept"
    case .below: "not kept"
    case .unclear: "maybe chance"
    case .tooFew: "too few"
    }
  }

  /// Why promises are not judged.
  func notRecorded(_ promises: [SLAStep.Promise]) -> String {
    var reasons: [String] = []
    if promises.contains(.firstTouch) || promises.contains(.attempts) {
      reasons.append("no call or mail of a person is on record")
    }
    if promises.contains(.disposition) {
      reasons.append("nothing that sales said of a lead is on record")
    }
    return reasons.joined(separator: ", and ")
  }

  // MARK: Groups

  /// What is split by a dimension.
  func title(_ dimension: SLAOptions.Dimension) -> String {
    switch dimension {
    case .owner: "First touch by owner, each on the owner's own clock"
    case .channel: "First touch by channel"
    case .class: "First touch by class of lead"
    case .week: "First touch by week of the hand-off"
    }
  }

  // MARK: Marketing

  /// A period's name: `2026-07`, `2026-Q3`, `the week of 2026-07-06`.
  func periodName(_ period: MarketingPeriod) -> String {
    let first = period.days.lowerBound
    let (year, month, _) = first.components
    switch answer.marketing?.period {
    case .week, nil: return "the week of \(first)"
    case .month: return String(first.description.prefix(7))
    case .quarter: return "\(year)-Q\((month + 2) / 3)"
    }
  }

  /// How much of a period facts tell of.
  enum Knowledge {
    case none, part, whole
  }

  /// How much of a period, as far as it has come, facts tell of.
  func knowledge(of period: MarketingPeriod) -> Knowledge {
    guard let end = answer.factsUntil else { return .whole }
    if end < start(of: period.days.lowerBound) { return .none }
    let next = CivilDate(dayNumber: period.days.upperBound.dayNumber + 1)
    return end.seconds < start(of: next).seconds - 1 ? .part : .whole
  }

  /// How many leads a period brought, where anything is known of it.
  func delivered(_ period: MarketingPeriod) -> String {
    knowledge(of: period) == .none ? Format.absent : Format.count(period.leads.count)
  }

  /// What facts do not tell any more; nil where they go far enough.
  var untold: String? {
    answer.factsUntil.map {
      "Facts go to \(instant($0)): what came in or fell due since is not known and not judged. "
        + "Import newer exports first."
    }
  }

  private func start(of day: CivilDate) -> Instant { agreement.calendar.instant(of: day) }

  private func day(_ instant: Instant) -> String {
    agreement.calendar.day(of: instant).description
  }

  private func instant(_ instant: Instant) -> String {
    Format.instant(instant, agreement.calendar)
  }

  /// Whether a period's promise was kept.
  func state(_ period: MarketingPeriod) -> String {
    let knowledge = knowledge(of: period)
    if knowledge == .none { return "not known" }
    guard let promised = period.promised else { return "nothing promised" }
    if period.leads.count >= promised { return "kept" }
    if knowledge == .part { return "not all known" }
    if period.isOver, !period.isWhole { return "not whole" }
    return period.isOver
      ? "\(Format.count(promised - period.leads.count)) short"
      : "\(Format.count(promised - period.leads.count)) to go"
  }

  /// A share with what is not known: `62 % (50–73 %) of 60`, `40–85 % of 60, 27 unknown`.
  func share(_ share: KnownShare?) -> String {
    guard let share, let bounds = share.bounds else { return Format.absent }
    if share.unknown == share.total { return "not on record" }
    if share.unknown == 0 {
      return "\(Format.percent(bounds.lowerBound, share.interval)) of \(Format.count(share.total))"
    }
    let range = ConfidenceInterval(lower: bounds.lowerBound, upper: bounds.upperBound)
    return "\(Format.percentRange(range, around: bounds.lowerBound)) of "
      + "\(Format.count(share.total)), \(Format.count(share.unknown)) unknown"
  }

  /// Where the running period will end; nil when no number was promised.
  var forecast: String? {
    guard let side = answer.marketing, let period = side.periods.first,
      let forecast = side.forecast, let promised = period.promised
    else { return nil }
    let delivered = Double(period.leads.count)
    let due = forecast.due
    let gap = (delivered - due).rounded()
    let pace =
      gap == 0
      ? "as many as are due by now"
      : "\(Format.count(Int(abs(gap)))) \(gap < 0 ? "fewer" : "more") than the "
        + "\(Format.fixed(due, decimals: 0)) due by now"
    var text = "\(Format.count(period.leads.count)) delivered, \(pace)."
    guard let count = forecast.forecast, let chance = forecast.chance else {
      return text
        + " Not enough data for a forecast: \(Format.count(forecast.weeks.count, "week")) "
        + "before, needs \(CountForecast.fewestWeeks)."
    }
    let range = count.interval()
    text +=
      " By the end \(Format.fixed(count.expected, decimals: 0)) are to be expected "
      + "(\(Format.count(range.lowerBound)) to \(Format.count(range.upperBound))), \(odds(chance)) "
      + "of \(Format.count(promised)) or more; from \(Format.count(forecast.weeks.count, "week")) "
      + "of \(Format.fixed(count.weeklyMean, decimals: 1)) on average."
    return text
  }

  /// Shares that were promised, as sentences.
  var promisedShares: [String] {
    guard let side = answer.marketing, let period = side.periods.first else { return [] }
    var sentences: [String] = []
    func add(_ name: String, _ promised: Double?, _ share: KnownShare?) {
      guard let promised, let share, share.total > 0 else { return }
      var text =
        "\(name): \(self.share(share)) in \(periodName(period)), where "
        + "\(Format.percent(promised)) was promised"
      if let bounds = share.bounds, share.unknown < share.total {
        if bounds.lowerBound >= promised {
          text += " (kept)"
        } else if bounds.upperBound < promised {
          text +=
            share.interval.upper < promised
            ? " (not kept)" : " (below it, by no more than chance may make)"
        } else {
          text += " (which of the two hangs on the unknown ones)"
        }
      }
      sentences.append(text + ".")
    }
    add("Fits the ideal customer", side.promise.shareInIdealCustomer, period.ideal)
    add("Qualifying factors filled in", side.promise.shareWithFactors, period.factors)
    return sentences
  }

  // MARK: Stages

  /// How many leads sit in a stage for too long.
  func sentence(_ stage: SLAStaleStage) -> String {
    let name = stages.label(stage.stage)
    if stage.leads == 0 { return "\(name): no lead is in it now." }
    let undated =
      stage.undated > 0 ? "; of \(Format.count(stage.undated)) nobody knows since when" : ""
    let others = stage.otherLimits.sorted().map { Format.days($0) }
    let earlier =
      others.isEmpty
      ? "" : " (where something else was agreed when they entered, \(Format.list(others)))"
    return "\(name): \(Format.count(stage.stale.count)) of "
      + "\(Format.count(stage.leads, "lead")) in it now have been there for more than "
      + "\(Format.days(stage.staleAfterDays))\(earlier)\(undated)."
  }

  // MARK: Steps

  /// How a promise stands, in a word.
  func word(_ status: SLAStatus) -> String {
    switch status {
    case .kept: "in time"
    case .keptLate: "late"
    case .escalated: "escalated"
    case .breached: "overdue"
    case .closedLate: "never"
    case .dueSoon: "due soon"
    case .dueLater: "due later"
    case .closedBefore: "gone before it was due"
    case .unknown: "not known"
    }
  }

  /// A step in a word.
  func word(_ step: SLAStep.Step) -> String {
    switch step {
    case .dueSoon: "due soon"
    case .breached: "overdue"
    case .escalated: "escalated"
    }
  }

  /// How many steps there are of each kind: `2 escalated, 3 overdue, 1 due soon`.
  var stepCounts: String {
    let steps: [SLAStep.Step] = [.escalated, .breached, .dueSoon]
    return steps.compactMap { step in
      let count = answer.steps.count { $0.step == step }
      return count > 0 ? "\(Format.count(count)) \(word(step))" : nil
    }.joined(separator: ", ")
  }

  /// What a step is about.
  func promise(_ step: SLAStep) -> String {
    step.stage.map { "\(stages.label($0)), gone stale" } ?? word(step.promise)
  }
}
