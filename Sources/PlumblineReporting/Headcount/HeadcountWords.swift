import PlumblineCore
import PlumblineStatistics

/// A simulation in words: what text, pages and JSON say alike.
struct HeadcountWords {
  let answer: HeadcountAnswer

  init(_ answer: HeadcountAnswer) { self.answer = answer }

  // MARK: Amounts

  /// An amount without its currency, with the minus that screen readers speak: `−12,340`.
  func amount(_ minorUnits: Double) -> String {
    let text = Format.fixed(
      minorUnits / Double(Currency.minorUnits(of: answer.currency)),
      decimals: 0
    )
    return text.hasPrefix("-") ? "−" + text.dropFirst() : text
  }

  /// An amount with its currency: `EUR 12,340`, `EUR −340`.
  func money(_ minorUnits: Double) -> String { "\(answer.currency) \(amount(minorUnits))" }

  /// A difference with its sign.
  func signed(_ minorUnits: Double) -> String { Format.signedAmount(minorUnits, answer.currency) }

  /// A number of reps or leads, whole or to a tenth.
  static func number(_ value: Double) -> String {
    Format.fixed(value, decimals: value == value.rounded() || abs(value) >= 100 ? 0 : 1)
  }

  /// How many of 100 courses: `38 of 100`, `under 1 of 100`.
  static func cases(_ count: Int, of all: Int) -> String {
    guard all > 0 else { return Format.absent }
    let share = 100 * Double(count) / Double(all)
    if count > 0, share < 1 { return "under 1 of 100" }
    if count < all, share > 99 { return "over 99 of 100" }
    return "\(Format.fixed(share, decimals: 0)) of 100"
  }

  // MARK: Names

  /// What an input is called.
  static func name(_ input: HeadcountInput) -> String {
    switch input {
    case .reps: "reps"
    case .leadsPerRep: "leads a rep works a month"
    case .ramp: "ramp of a new rep"
    case .rampSpread: "spread of the ramp"
    case .attrition: "reps leaving a month"
    case .repCost: "cost of a rep a month"
    case .hireCost: "cost of a hire"
    case .leads: "leads a month without spend"
    case .spend: "spend a month"
    case .paidLeads: "leads a month from spend"
    case .elasticity: "response to spend"
    case .leadSpread: "spread of monthly leads"
    case .leadMonths: "months behind the leads"
    case .closeRate: "close rate of worked leads"
    case .closeRateSample: "leads behind the close rate"
    case .unworkedCloseRate: "close rate of unworked leads"
    case .cycle: "months from lead to win"
    case .deal: "mean deal"
    case .dealMonths: "months a deal covers"
    case .dealSpread: "spread of deals"
    case .dealSample: "deals behind the mean"
    case .grossMargin: "gross margin"
    case .churn: "customers leaving a month"
    case .customers: "customers"
    case .payments: "customers pay"
    case .commission: "commission on the first year"
    case .otherCost: "other cost a month"
    case .cash: "cash at the start"
    case .horizon: "months a customer counts"
    case .discount: "discount a month"
    }
  }

  /// What a sensitivity moves.
  static func movedName(_ input: HeadcountInput) -> String {
    switch input {
    case .leads: "leads a month, all"
    case .ramp: "length of the ramp"
    default: name(input)
    }
  }

  /// A value of an input as people read it, with what the records support.
  func value(_ sourced: SourcedValue, of input: HeadcountInput) -> String {
    let shown = value(sourced.value, of: input)
    guard let interval = sourced.interval, let number = sourced.value.number else { return shown }
    if input.unit == .share { return Format.percent(number, interval) }
    return "\(shown) (\(value(.number(interval.lower), of: input)) to "
      + "\(value(.number(interval.upper), of: input)))"
  }

  /// A value of an input as people read it.
  func value(_ value: HeadcountValue, of input: HeadcountInput) -> String {
    switch value {
    case .payments(let terms): return terms == .monthly ? "monthly" : "a year in advance"
    case .shares(let shares):
      if input == .ramp {
        guard !shares.isEmpty else { return "none" }
        return "\(Format.count(shares.count, "month")): \(list(shares))"
      }
      return list(shares)
    case .number(let number):
      switch input.unit {
      case .money: return amount(number)
      case .share where input == .elasticity: return Format.fixed(number, decimals: 2)
      case .share: return Format.percent(number)
      case .factor: return Format.fixed(number, decimals: 2)
      case .months: return Format.count(Int(number.rounded()))
      case .count, .shares, .payments:
        return number >= input.range.upperBound ? "unlimited" : Self.number(number)
      }
    }
  }

  private func list(_ shares: [Double]) -> String {
    let shown = shares.prefix(6).map { Format.fixed($0 * 100, decimals: 0) }
    return shown.joined(separator: ", ") + (shares.count > 6 ? ", …" : "") + " %"
  }

  /// Where a value comes from.
  static func source(_ source: HeadcountSource, of input: HeadcountInput) -> String {
    switch source {
    case .measured(let measure): measured(measure)
    case .agreed(let key): AnswerPlace.words("agreed: economics, \(key)", onPage: "as agreed")
    case .option(let option): "given: \(option)"
    case .file(let path): "given: \(path.split(separator: "/").last.map(String.init) ?? path)"
    case .scenario(let name): "scenario: \(name)"
    case .assumed:
      "assumed" + AnswerPlace.words("; change with --set \(input.rawValue)=…", onPage: "")
    }
  }

  private static func measured(_ measure: HeadcountMeasure) -> String {
    let count = measure.count
    switch measure.kind {
    case .activeReps:
      return "measured: owners who worked leads in the last \(measure.span ?? 0) months"
    case .busiestReps:
      return "measured: what the busiest tenth of \(Format.count(count, "rep-month")) worked"
    case .monthlyLeads:
      return "measured: \(Format.count(count, "lead")) handed over in "
        + Format.count(measure.span ?? 0, "month")
    case .monthlySpend: return "measured: spend of \(Format.count(measure.span ?? 0, "month"))"
    case .weeks: return "measured from \(Format.count(count, "week")), drawn to the usual 0.7"
    case .workedLeads:
      return "measured: \(Format.count(count, "worked lead")) within \(measure.span ?? 0) days"
    case .unworkedLeads:
      return "measured: \(Format.count(count, "unworked lead")) within \(measure.span ?? 0) days"
    case .wonDeals:
      return "measured: \(Format.count(count, "won deal"))"
        + (measure.span.map { " of the last \($0) months" } ?? ", all on record")
    case .customers: return "measured: \(Format.count(count, "won deal")) less churn since"
    case .mix: return "measured by channel: \(Format.count(count, "worked lead")), another mix"
    }
  }

  /// A limit in words.
  static func limit(_ limit: HeadcountLimit) -> String {
    switch limit {
    case .leads: "leads"
    case .repHours: "rep hours"
    case .closeRate: "close rate"
    }
  }

  /// A verdict in words.
  static func verdict(_ verdict: HireVerdict) -> String {
    switch verdict {
    case .pays: "pays"
    case .leadsAreTheLimit: "no: leads are the limit"
    case .winsComeLater: "not in these months: its wins come after they end"
    case .winsNothing: "no: working more leads wins nothing"
    case .tooExpensive: "no: costs more than a customer brings"
    case .idleTeam: "no: the team would stand idle"
    }
  }

  // MARK: Sentences

  /// The answer in a sentence or two that can be read aloud.
  var headline: String {
    guard let course = answer.courses.last else { return "Nothing was simulated." }
    let span = Format.count(answer.question.months, "month")
    if answer.question.months == 0 { return "There are no months to simulate." }
    guard let difference = course.difference else {
      return "\(course.scenario.name.capitalizedFirst): "
        + "\(Self.number(course.wins.expected)) wins in \(span), "
        + "profit \(money(course.profit.expected)); \(cash(course))."
    }
    if answer.courses.count > 2 { return comparison(span) }
    return
      "\(course.scenario.name.capitalizedFirst): \(change(difference)) in \(span); \(cash(course))."
      + " \(answer.courses[0].scenario.name.capitalizedFirst): \(cash(answer.courses[0]))."
  }

  private func comparison(_ span: String) -> String {
    let best = answer.courses.enumerated().max { left, right in
      let (one, other) = (left.element.endCash.expected, right.element.endCash.expected)
      return one == other ? left.offset > right.offset : one < other
    }
    guard let course = best?.element else { return "" }
    let others = answer.courses.filter { $0.scenario.name != course.scenario.name }
    let runOut = others.filter { $0.cashOut.expected != nil && answer.isCashKnown }.map {
      "\($0.scenario.name) without any in \($0.cashOut.expected?.description ?? "")"
    }
    return "Of \(Format.count(answer.courses.count)) courses over \(span), "
      + "\(course.scenario.name) ends with the most cash, \(money(course.endCash.expected)) "
      + "as expected" + (runOut.isEmpty ? "." : "; \(runOut.joined(separator: ", ")).")
  }

  /// What a scenario adds: `31 more wins at EUR 17,000 each, against EUR 16,000 …`.
  func change(_ difference: HeadcountDifference) -> String {
    let wins = difference.wins
    guard abs(wins) > 0.05 else {
      return "no more and no fewer wins, \(cashChange(difference))"
    }
    var text = "\(Self.number(abs(wins))) \(wins > 0 ? "more" : "fewer") wins"
    if let cost = difference.costPerWin, difference.acquisitionCost > 0 {
      text += " at \(money(cost)) each"
      if let breakEven = answer.courses.last?.breakEven {
        text += ", where a customer brings \(money(breakEven))"
      }
    }
    return text + ", \(cashChange(difference))"
  }

  private func cashChange(_ difference: HeadcountDifference) -> String {
    let cash = difference.endCash.expected
    return "\(money(abs(cash))) \(cash < 0 ? "less" : "more") end cash"
  }

  /// What becomes of the cash: `cash runs out in 38 of 100 cases, in 2026-09 at the median`.
  func cash(_ course: HeadcountCourse) -> String {
    guard answer.isCashKnown else {
      return course.lowestCash.expected < 0
        ? "needs \(money(-course.lowestCash.expected)) of cash at its lowest"
        : "needs no cash from outside"
    }
    let out = course.cashOut
    guard out.draws > 0 else {
      return out.expected.map { "cash runs out in \($0)" } ?? "cash does not run out"
    }
    guard let month = out.medianMonth else { return "cash does not run out in any case drawn" }
    return "cash runs out in \(Self.cases(out.cases, of: out.draws)) cases, in \(month) at the "
      + "median"
  }

  /// What limits the wins, in order: `leads to 2026-04, then rep hours`.
  func limits(_ course: HeadcountCourse) -> String {
    let spans = course.limits
    guard !spans.isEmpty else { return Format.absent }
    if spans.count == 1 { return "\(Self.limit(spans[0].limit)) throughout" }
    if spans.count > 6 {
      return "\(Self.limit(spans[0].limit)) at first, then it changes \(spans.count - 1) times"
    }
    return spans.enumerated().map { index, span in
      index + 1 == spans.count
        ? "\(Self.limit(span.limit)) from \(span.months.lowerBound) on"
        : "\(Self.limit(span.limit)) to \(span.months.upperBound)"
    }.joined(separator: ", ")
  }

  /// What the sensitivity is told in.
  var metric: String {
    switch answer.question.metric {
    case .cash: "end cash"
    case .profit: "profit"
    case .wins: "wins"
    }
  }

  /// An answer of a sensitivity.
  func metric(_ value: Double) -> String {
    answer.question.metric == .wins ? Self.number(value) : amount(value)
  }

  /// One end of what a sensitivity moves.
  func end(_ value: Double, of input: HeadcountInput) -> String {
    switch input {
    case .leads, .ramp: "x \(Format.fixed(value, decimals: 2))"
    default: self.value(.number(value), of: input)
    }
  }

  /// What to keep in mind, each a sentence or two.
  var notes: [String] {
    let question = answer.question
    var notes: [String] = []
    if question.draws > 0 {
      notes.append(
        "Drawn \(Format.count(question.draws)) times with seed \(question.seed): close rate, "
          + "level of leads, ramp and mean deal once a course; leads, wins and deals each month. "
          + "Reps and customers leave as expected. All courses meet the same luck."
      )
    } else {
      notes.append("Nothing was drawn: everything comes exactly as expected.")
    }
    if !answer.isCashKnown {
      notes.append(
        "The cash at the start is not known and counts from 0: add "
          + AnswerPlace.words(
            "cash under economics in the agreement, or --cash.",
            onPage: "it to the agreement."
          )
      )
    }
    if answer.inputs[.closeRateSample] == nil, question.draws > 0 {
      notes.append(
        "How well the close rate is known is not said, so it counts as certain: name the leads "
          + "behind it as close_rate_of."
      )
    }
    if question.draws > 0, answer.courses.contains(where: \.assumesRates) {
      notes.append(
        "A close rate or a deal that was given counts as true on average, and as well known as the "
          + "one it replaces: the odds hold chance and that, not whether it comes about. A close rate "
          + "of none or all that was given is certain."
      )
    }
    if question.draws > 0 {
      notes.append(
        "The 50 % column often lies below what is expected: where reps' hours run short, a month's "
          + "surplus of leads is lost and a month's lack is not made up; and few courses that do far "
          + "better than the rest lift what is expected, not the middle."
      )
    }
    for course in answer.courses where course.inputs[.payments]?.value == .payments(.annual) {
      notes.append(
        "Customers at the start who pay a year in advance are taken to fall due evenly over the "
          + "first 12 months, each after a year's churn. Where yours fall due in few months, so does "
          + "the cash."
      )
      break
    }
    for course in answer.courses {
      guard let month = course.firstMonthWithTooFewReps else { continue }
      notes.append(
        "\(course.scenario.name.capitalizedFirst): in \(month) more reps are let go than there are; "
          + "all go then, and the rest of the number counts for nothing."
      )
    }
    if answer.courses.contains(where: { $0.breakEven == nil }) {
      notes.append("What a customer brings is not known without a gross margin.")
    }
    notes.append(
      "A lead is one that reps work: handed to sales. More reps do not change the close rate here, "
        + "and more spend brings leads that close like the others; both may be worse. The months "
        + "end, so wins still to come count on no side. Leads of before the first month are taken to "
        + "have come and been worked as today's."
    )
    return notes
  }
}
