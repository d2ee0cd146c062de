import PlumblineCore
import PlumblineStatistics

/// A plan in sentences.
struct QuotaPlanWords {
  let plan: QuotaPlan
  let target: QuotaTarget
  let agreement: Agreement
  let rule: JourneyRule
  let stages: StageWords

  init(_ plan: QuotaPlan, _ target: QuotaTarget, _ rule: JourneyRule, _ agreement: Agreement) {
    self.plan = plan
    self.target = target
    self.rule = rule
    self.agreement = agreement
    stages = StageWords(agreement)
  }

  var provenance: Provenance {
    Provenance(
      agreement: agreement,
      asOf: plan.asOf,
      question: FunnelQuestion(
        filters: plan.question.filters,
        rule: rule,
        pairs: []
      ),
      horizons: plan.stages.compactMap(\.fromLead)
    )
  }

  // MARK: Numbers

  func money(_ minorUnits: Double) -> String { Format.money(minorUnits, agreement.currency) }

  func estimate(_ minorUnits: Double) -> String {
    Format.estimatedMoney(minorUnits, agreement.currency)
  }

  /// Leads a week as measured: one decimal, wherever they are told.
  func measured(_ leadsPerWeek: Double) -> String { Format.fixed(leadsPerWeek, decimals: 1) }

  /// A number of leads that is needed: rounded up, one decimal below 20.
  func leads(_ number: Double) -> String { Format.needed(number) }

  func chance(_ value: Double) -> String { Format.odds(value) }

  /// `P80` for a chance of 0.8.
  func name(ofChance chance: Double) -> String {
    let percent = chance * 100
    return "P" + Format.fixed(percent, decimals: percent == percent.rounded() ? 0 : 1)
  }

  /// What such a name means, told of one of the chances that are asked for.
  ///
  /// `P80: makes it in 80 of 100 cases. `
  var meaningOfChance: String {
    let chances = plan.question.probabilities
    guard let shown = chances.contains(0.8) ? 0.8 : chances.first else { return "" }
    let name = name(ofChance: shown)
    return "\(name): makes it in \(name.dropFirst()) of 100 cases. "
  }

  private var quota: String { money(Double(plan.question.quota)) }

  /// The chance by draws where the normal sum is not to be trusted, else by the sum.
  func chance(leadsPerWeek: Double, arrivalVariance: Double = 0) -> Double? {
    plan.needsSimulation(leadsPerWeek: leadsPerWeek)
      ? plan.simulatedChance(leadsPerWeek: leadsPerWeek, arrivalVariance: arrivalVariance)
      : plan.chance(leadsPerWeek: leadsPerWeek, arrivalVariance: arrivalVariance)
  }

  /// The chance with as many leads as of late.
  var chanceToday: Double? {
    plan.today.flatMap {
      chance(
        leadsPerWeek: $0.perWeek,
        arrivalVariance: $0.arrivalVariance(weeks: plan.weekCount)
      )
    }
  }

  // MARK: The answer

  var headline: String {
    if plan.isMet {
      return "The quota of \(quota) is met: \(money(Double(plan.booked.amount))) is booked."
    }
    if let reason { return "No plan for \(quota) by \(plan.question.deadline): \(reason)" }
    let wanted = plan.question.probabilities.contains(0.8) ? 0.8 : plan.question.probabilities.first
    guard let wanted else { return "\(quota) by \(plan.question.deadline)." }
    let goal = "\(quota) by \(plan.question.deadline)"
    let now =
      chanceToday.flatMap { chance in
        plan.today.map {
          "with the \(measured($0.perWeek)) a week of late the chance is \(self.chance(chance))"
        }
      }
    guard let needed = plan.leadsPerWeek(probability: wanted) else {
      let tail = now.map { "; \($0)" } ?? ""
      return "No number of new leads makes \(goal) with a chance of \(self.chance(wanted))\(tail)."
    }
    if needed == 0 {
      return "The open pipeline alone makes \(goal) with a chance of "
        + "\(chance(chance(leadsPerWeek: 0) ?? 0))."
    }
    let tail = now.map { "; \($0)" } ?? ""
    return "It takes \(leads(needed)) new leads a week to make \(goal) with a chance of "
      + "\(self.chance(wanted))\(tail)."
  }

  /// Why there are no numbers, as the rest of a sentence; nil where there are.
  var reason: String? {
    switch plan.standing {
    case .planned: nil
    case .noLeads: "no lead is on record\(sinceWhen)."
    case .noWins: "none of \(Format.count(plan.curve.leads, "lead"))\(sinceWhen) was ever won."
    case .undated:
      "too many leads or wins have no day (\(Format.count(plan.curve.undated))), so nobody can tell "
        + "how long a win takes."
    case .noAmounts:
      "no win has an amount in \(agreement.currency), so wins cannot be turned into money."
    case .tooYoung(let longest, let needed):
      longest > 0
        ? "the record\(sinceWhen) says what leads become within \(Format.days(longest)), and "
          + "\(Format.days(needed)) are needed. "
          + AnswerPlace.words("Name an earlier --by", onPage: "Choose an earlier last day")
          + ", or come back later."
        : "the record\(sinceWhen) is too short to say what leads become."
    }
  }

  /// From which day on rates are measured, where that was asked for.
  private var sinceWhen: String {
    plan.question.ratesSince.map {
      " since \($0)" + AnswerPlace.words(" (--rates-since)", onPage: "")
    } ?? ""
  }

  /// Which days and by whose word.
  var periodText: String {
    let days = "\(plan.question.since) to \(plan.question.deadline)"
    let who: String =
      switch target.source {
      case .given: "as asked"
      case .goal(let period): "the agreement's goal for \(period.printable)"
      case .goals(let period, let owners):
        "the agreement's quotas for \(period.printable) of \(Format.count(owners, "owner")) together"
      case .quotas(let owners): "imported quotas of \(Format.count(owners, "owner")) together"
      }
    let since: String =
      switch target.beginning {
      case .given: ""
      case .goal: target.source == .given ? "; days as the goal's" : ""
      case .quarter:
        "; from the start of the quarter"
          + AnswerPlace.words(", change it with --since", onPage: "")
      case .year:
        "; from the start of the year"
          + AnswerPlace.words(", change it with --since", onPage: "")
      }
    return "\(quota) in \(days) (\(who)\(since))"
  }

  /// What is booked, what is not in it, and what is still needed.
  var bookedText: String { booked + bookedRest }

  /// What is booked: `EUR 40,000 from 3 deals`.
  var booked: String {
    hasBegun
      ? "\(money(Double(plan.booked.amount))) from \(Format.count(plan.booked.deals, "deal"))"
      : "nothing yet: the period begins on \(plan.question.since)"
  }

  /// What is not in it, and what is still needed.
  var bookedRest: String {
    guard hasBegun else { return "" }
    let booked = plan.booked
    var text = ""
    if booked.withoutAmount > 0 {
      text += ", \(Format.count(booked.withoutAmount)) of them without an amount"
    }
    if booked.undated > 0 {
      text += "; \(Format.count(booked.undated, "won deal")) without a day not counted"
    }
    let without = booked.withoutLead
    if !without.ids.isEmpty {
      text +=
        "; \(Format.count(without.ids.count, "won deal")) without a lead "
        + "(\(money(Double(without.amount)))) not in it"
    }
    return plan.isMet ? text : text + "; \(money(Double(plan.need))) still needed"
  }

  private var hasBegun: Bool {
    plan.question.since <= agreement.calendar.day(of: plan.asOf)
  }

  var pipelineText: String {
    let pipeline = plan.pipeline
    guard pipeline.leads > 0 else { return "no lead is open" }
    let count = Format.count(pipeline.leads, "open lead")
    guard plan.outlook != nil else { return count }
    return "\(count): \(Format.fixed(pipeline.wins, decimals: 1)) wins by then, "
      + "\(estimate(pipeline.revenue)) give or take \(estimate(pipeline.standardDeviation))"
  }

  var todayText: String {
    guard let volume = todayVolume else {
      return "fewer than \(CountForecast.fewestWeeks) whole weeks on record: not enough data"
    }
    return volume + todayRest
  }

  /// The leads of an average week, with the range that the weeks support; nil where there are too few.
  var todayVolume: String? {
    plan.today.map { today in
      let interval = today.interval()
      return "\(measured(today.perWeek)) leads a week "
        + "(\(measured(interval.lower))–\(measured(interval.upper)))"
    }
  }

  /// Which weeks these are, and what they bring.
  var todayRest: String {
    guard let today = plan.today else { return "" }
    var text = " in the \(today.weeks.count) weeks to \(today.lastDay)"
    if today.returned > 0 {
      text += ", \(Format.count(today.returned)) of all who came back included"
    }
    if let chanceToday { text += ": a chance of \(chance(chanceToday))" }
    return text
  }

  // MARK: Assumptions

  var assumptions: [String] {
    var lines: [String] = []
    let sizes = plan.wins
    let from = plan.question.ratesSince.map { "leads since \($0)" } ?? "all leads on record"
    lines.append(
      "Rates stay as measured on \(from): \(Format.count(plan.curve.leads)) dated leads, "
        + "\(Format.count(plan.curve.wins)) won"
        + AnswerPlace.words(" (--rates-since takes newer ones only).", onPage: ".")
    )
    if let mean = sizes.amounts.mean {
      var text =
        "A win brings \(meanWin(mean)), the mean of \(Format.count(sizes.amounts.count, "win"))"
      if let median = sizes.median { text += " (the middle one \(money(median)))" }
      text += "."
      if sizes.withSeveral > 0 {
        text += " \(Format.count(sizes.withSeveral, "win")) had several deals, taken together."
      }
      if sizes.withoutAmount > 0 {
        text +=
          " \(Format.count(sizes.withoutAmount, "win")) without an amount "
          + "\(sizes.withoutAmount == 1 ? "is" : "are") not in the mean."
      }
      if sizes.amounts.isUncertain { text += " Few wins: the size is uncertain." }
      lines.append(text)
    }
    let today = agreement.calendar.day(of: plan.asOf)
    if let newest = plan.newestDay, today.dayNumber - newest.dayNumber > 31 {
      lines.append(
        "The newest step of a lead on record is of \(newest), as of \(today): all that happened since "
          + "then is missing here. Import newer exports"
          + AnswerPlace.words(", or name an earlier --as-of.", onPage: ".")
      )
    }
    lines.append("New leads come evenly over the weeks, with no season and no trend.")
    lines.append(
      "More leads win as often as today's. Twice the leads from the same channels rarely do."
    )
    switch plan.pipeline.rule {
    case .stage:
      lines.append(
        "Open leads are judged by their furthest stage and how long ago they reached it"
          + (plan.pipeline.winsByOtherRule.map {
            "; by age alone they would bring \(Format.fixed($0, decimals: 1)) wins"
              + AnswerPlace.words(" (--pipeline-by age).", onPage: ".")
          } ?? ".")
      )
    case .age:
      lines.append(
        "Open leads are judged by their age alone"
          + (plan.pipeline.winsByOtherRule.map {
            "; by stage they would bring \(Format.fixed($0, decimals: 1)) wins"
              + AnswerPlace.words(" (--pipeline-by stage).", onPage: ".")
          } ?? ".")
      )
    }
    if plan.pipeline.undated > 0 {
      lines.append(
        "\(Format.count(plan.pipeline.undated, "open lead")) without a day count for nothing."
      )
    }
    if plan.pipeline.beyondRecord > 0 {
      lines.append(
        "\(Format.count(plan.pipeline.beyondRecord, "open lead")) are older than the record can "
          + "judge well; they count for little or nothing."
      )
    }
    if drawn {
      lines.append(
        "Few wins, or very uneven ones: chances are drawn (10,000 draws, seed "
          + "\(plan.question.seed)). The leads a week come from the normal sum."
      )
    }
    lines.append("All of this is what went together so far, not proof of what causes wins.")
    return lines
  }

  /// Whether any chance that is told was drawn.
  var drawn: Bool {
    guard plan.outlook != nil else { return false }
    let numbers =
      [0, plan.today?.perWeek ?? 0]
      + plan.question.probabilities.compactMap { plan.leadsPerWeek(probability: $0) }
    return numbers.contains { plan.needsSimulation(leadsPerWeek: $0) }
  }
}
