import PlumblineCore
import PlumblineStatistics

/// A divided budget in words: what text, JSON and page say alike.
struct BudgetWords {
  let answer: BudgetAnswer
  let agreement: Agreement

  init(_ answer: BudgetAnswer, _ agreement: Agreement) {
    self.answer = answer
    self.agreement = agreement
  }

  var currency: String { agreement.currency }

  /// What is compared: `channel` or `campaign`.
  var unit: String { answer.options.by.rawValue }

  var provenance: Provenance {
    Provenance(
      agreement: agreement,
      asOf: answer.asOf,
      question: FunnelQuestion(by: [answer.options.by], rule: agreement.journeyRule, pairs: []),
      horizons: [answer.horizon]
    )
  }

  // MARK: Numbers

  /// What a week's number is in a month.
  static func month(_ perWeek: Double) -> Double { perWeek * BudgetOptions.weeksPerMonth }

  /// An amount of a week, as one of a month: `EUR 31,000`.
  func money(_ perWeek: Double) -> String {
    Format.estimatedMoney(Self.month(perWeek), currency)
  }

  /// An amount of a week, as one of a month, without its currency.
  func amount(_ perWeek: Double) -> String {
    Format.estimatedAmount(Self.month(perWeek), currency)
  }

  /// A price in whole, which is no matter of weeks: `1,240`.
  func price(_ minorUnits: Double?) -> String {
    minorUnits.map { Format.estimatedAmount($0, currency) } ?? Format.absent
  }

  /// A price with its range: `1,240 (980–1,610)`.
  func price(_ spread: BudgetSpread?) -> String {
    guard let spread else { return Format.absent }
    return "\(price(spread.expected)) (\(price(spread.low))–\(price(spread.high)))"
  }

  /// A count of a week, as one of a month: `186`, `5.1`.
  func count(_ perWeek: Double) -> String {
    let value = Self.month(perWeek)
    return Format.fixed(value, decimals: value != 0 && abs(value) < 9.95 ? 1 : 0)
  }

  /// A count with its range: `186 (170–203)`.
  func count(_ spread: BudgetSpread?) -> String {
    guard let spread else { return Format.absent }
    return "\(count(spread.expected)) (\(count(spread.low))–\(count(spread.high)))"
  }

  /// A change as percent with its sign: `+30 %`, `−12 %`, `0 %`.
  func change(_ row: BudgetRow) -> String { change(row.change, to: row.proposed) }

  /// The change to a spend: `new` where nothing is spent today.
  func change(_ change: Double?, to point: BudgetPoint?) -> String {
    guard let change else {
      return point == nil ? Format.absent : point?.spend ?? 0 > 0 ? "new" : "0 %"
    }
    return Format.signed(change * 100, decimals: 0) + " %"
  }

  /// What holds the proposed spend: `at its most`.
  func bound(_ row: BudgetRow) -> String {
    row.proposed == nil ? Format.absent : bound(row.bound)
  }

  /// What holds a spend: `at its most`.
  func bound(_ bound: BudgetRow.Bound) -> String {
    switch bound {
    case .inside: ""
    case .least: "at its least"
    case .most: "at its most"
    case .held: "stays: cannot tell"
    case .reference:
      answer.gain?.reference == .evenCut ? "the same cut for all" : "stays: not worth moving"
    }
  }

  // MARK: The answer in a sentence

  /// The answer.
  var headline: String {
    switch answer.verdict {
    case .move: moveHeadline
    case .withinNoise: noiseHeadline
    case .nearBest:
      answer.gain?.reference == .evenCut
        ? "Nothing to move: the same cut for every \(unit) is about the best the data know of."
        : "Nothing to move: today's division is about the best the data know of."
    case .asBoundsAsk: boundsHeadline
    case .cannotTell:
      "The data cannot tell where money would bring more: every \(unit) stays at today's spend."
        + unplaced
    case .nothingSpent: nothingHeadline
    case .stopsEverything:
      "A budget of 0 stops every paid \(unit): about "
        + "\(count(total(\.today.leads.expected))) leads and "
        + "\(count(total(\.today.wins.expected))) customers a month would no longer come."
    case .leastAboveBudget(let least, let budget):
      "\(money(budget)) a month cannot be divided: \(leastReason) is already "
        + "\(money(least)) a month."
    case .leastAboveHours(let needed, let limit):
      "No division fits the hours: the least spends already bring leads that take "
        + "\(count(needed)) hours a month, and there are \(count(limit))."
    }
  }

  private var moveHeadline: String {
    guard let gain = answer.gain, let spend = answer.proposedSpend else {
      return "Money is better moved."
    }
    let isMoved = abs(spend - answer.todaysSpend) <= BudgetAnswer.leastMoved * answer.todaysSpend
    let what =
      isMoved
      ? "Moving \(money(moved)) a month"
      : "Spending \(money(spend)) a month, divided as below, instead of "
        + "\(money(answer.todaysSpend))"
    return "\(what) \(brings(gain)): \(odds(gain))."
  }

  private var noiseHeadline: String {
    guard let gain = answer.gain else { return "Not worth moving." }
    return
      "\(gain.reference == .today ? "Not worth moving" : "Not worth more than an even cut"): the "
      + "gain is within the noise. The best division the data know of "
      + "\(brings(gain)): \(odds(gain))."
  }

  private var boundsHeadline: String {
    guard let gain = answer.gain else { return "Divided within the bounds asked for." }
    return "Within the bounds asked for, the best division the data know of \(brings(gain)): "
      + "\(odds(gain))."
  }

  private func brings(_ gain: BudgetGain) -> String {
    let size = abs(gain.expected)
    guard answer.objective == .value else {
      return "is expected to bring \(count(size)) customers a month "
        + (gain.expected < 0 ? "less" : "more")
    }
    return "is expected to leave \(money(size)) a month "
      + (gain.expected < 0 ? "less" : "more") + " after its costs"
  }

  /// `a chance of 0.93 that it is better than going on as today`.
  func odds(_ gain: BudgetGain) -> String {
    let other =
      gain.reference == .today ? "going on as today" : "the same cut for every \(unit)"
    return "a chance of \(Self.chance(gain.chance)) that it is better than \(other)"
  }

  /// A chance told from draws, which never make it 0 or 1.
  static func chance(_ value: Double) -> String {
    value > 0.99 ? "over 0.99" : value < 0.01 ? "under 0.01" : Format.fixed(value, decimals: 2)
  }

  /// How far the spend of weeks lies apart: `± 25 %`.
  static func variation(_ share: Double) -> String {
    share < 0.01 ? "under 1 %" : "\(Format.fixed(share * 100, decimals: 0)) %"
  }

  private var nothingHeadline: String {
    guard let day = answer.lastSpendDay else {
      return "There is nothing to divide: no spend is on record."
    }
    return answer.firstWeek == nil
      ? "There is nothing to divide: no whole week has spend on record yet."
      : "There is nothing to divide: no \(unit) with a name has spend in the last "
        + "\(BudgetOptions.weeksOfToday) weeks to \(day)."
  }

  private var unplaced: String {
    guard let spend = answer.proposedSpend, answer.budget > spend * 1.001 else { return "" }
    return " \(money(answer.budget - spend)) a month of the budget finds no place."
  }

  /// How much money changes its place, a week: half of all changes where the sum stays the same.
  var moved: Double {
    let changes = answer.rows.compactMap { row in
      row.proposed.map { $0.spend - row.today.spend }
    }
    let up = changes.reduce(0) { $0 + max($1, 0) }
    let down = changes.reduce(0) { $0 + max(-$1, 0) }
    return max(up, down)
  }

  func total(_ part: (BudgetRow) -> Double) -> Double {
    answer.rows.reduce(0) { $0 + part($1) }
  }

  // MARK: What it stands on

  /// The budget against today's spend.
  var budgetText: String {
    let week = Format.estimatedMoney(answer.budget, currency)
    let basis =
      answer.options.budgetPerMonth == nil
      ? "as much as today" : "today it is \(money(answer.todaysSpend))"
    return "\(money(answer.budget)) a month, \(week) a week (\(basis))"
  }

  /// The weeks that count.
  var weeksText: String {
    guard let first = answer.firstWeek, let last = answer.lastWeek else {
      return "No whole week with spend on record."
    }
    let weeks = (last.dayNumber - first.dayNumber) / 7 + 1
    return "\(Format.count(weeks, "whole week")), Monday to Sunday, from \(first) to "
      + "\(CivilDate(dayNumber: last.dayNumber + 6)); today's spend is the mean of the last "
      + "\(BudgetOptions.weeksOfToday)."
  }

  /// Why a least sum must be spent, in the words of a sum.
  private var leastReason: String {
    guard answer.options.least.isEmpty else { return "what must be spent at least" }
    return "what is left when every \(unit) falls by "
      + "\(Format.percent(answer.options.move)), the most it may,"
  }

  /// What the proposal would leave over, with its range.
  var gainText: String? {
    guard let gain = answer.gain, answer.verdict != .cannotTell,
      answer.verdict != .stopsEverything
    else { return nil }
    let than = gain.reference == .today ? "today" : "the same cut everywhere"
    let isValue = answer.objective == .value
    func value(_ number: Double) -> String {
      isValue
        ? Format.signedAmount(Self.month(number), currency)
        : Format.signed(Self.month(number), decimals: 1)
    }
    let what =
      isValue
      ? "\(currency) \(value(gain.expected)) a month"
      : "\(value(gain.expected)) customers a month"
    return (answer.advisesBest ? "" : "The best known division, which is not advised: ")
      + "\(what) against \(than); in half of all cases above "
      + "\(value(gain.median)), in 8 of 10 between \(value(gain.low)) and \(value(gain.high)); "
      + "\(odds(gain))."
  }
}
