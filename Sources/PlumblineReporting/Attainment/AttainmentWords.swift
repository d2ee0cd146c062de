import Foundation
import PlumblineCore
import PlumblineStatistics

/// Attainment in words: what text, page and JSON say alike.
struct AttainmentWords {
  let answer: AttainmentAnswer
  let agreement: Agreement
  let stages: StageWords

  init(_ answer: AttainmentAnswer, _ agreement: Agreement) {
    self.answer = answer
    self.agreement = agreement
    stages = StageWords(agreement)
  }

  var currency: String { agreement.currency }

  var provenance: Provenance {
    Provenance(
      agreement: agreement,
      asOf: answer.asOf,
      question: FunnelQuestion(rule: agreement.journeyRule, pairs: []),
      horizons: []
    )
  }

  // MARK: Numbers

  /// An amount with its currency: `EUR 12,340`.
  func money(_ minorUnits: Int64) -> String { Format.money(Double(minorUnits), currency) }

  /// An amount without its currency, a dash where there is none.
  func amount(_ minorUnits: Int64?) -> String {
    minorUnits.map { Format.amount(Double($0), currency) } ?? Format.absent
  }

  /// An estimated amount to three figures, a dash where there is none.
  func estimate(_ minorUnits: Double?) -> String {
    minorUnits.map { Format.estimatedAmount($0, currency) } ?? Format.absent
  }

  /// An estimate of what there will be in the end, as exact as three figures of what is still to
  /// come: so it is never below what is there.
  func estimate(_ minorUnits: Double, above booked: Double) -> String {
    let minor = Double(Currency.minorUnits(of: currency))
    let (major, rest) = (minorUnits / minor, abs(minorUnits - booked) / minor)
    guard major.isFinite, rest.isFinite else { return Format.absent }
    guard rest >= 1000 else { return Format.fixed(major, decimals: 0) }
    let unit = pow(10, (log10(rest) + 1e-12).rounded(.down) - 2)
    return Format.fixed((major / unit).rounded() * unit, decimals: 0)
  }

  /// What is expected at the end, a dash where it cannot be told.
  func expected(_ forecast: AttainmentForecast?) -> String {
    forecast.map { estimate($0.expected, above: $0.booked) } ?? Format.absent
  }

  /// Where 8 in 10 such periods end.
  func likely(_ forecast: AttainmentForecast) -> String {
    let (low, high) = (forecast.likely.p90, forecast.likely.p10)
    return estimate(low, above: forecast.booked) + "–" + estimate(high, above: forecast.booked)
  }

  /// Where a range of amounts lies: `120,000–340,000`.
  func range(_ lower: Double, _ upper: Double) -> String {
    "\(estimate(lower))–\(estimate(upper))"
  }

  func share(_ share: Double?) -> String { share.map { Format.percent($0) } ?? Format.absent }

  /// How often something is covered: `2.3 x`.
  func times(_ ratio: Double?) -> String {
    ratio.map { "\(Format.fixed($0, decimals: $0 > 0 && $0 < 0.095 ? 2 : 1)) x" }
      ?? Format.absent
  }

  /// A number a week: `12`, `0.4`, a dash where there is none.
  func weekly(_ number: Double?) -> String {
    number.map { $0 == 0 ? "0" : Format.needed($0) } ?? Format.absent
  }

  /// Whether any open deal says how likely it is.
  var hasWeights: Bool { answer.team.open.withProbability > 0 }

  /// What is still to go where nothing can be planned by the week any more; nil otherwise.
  var lastHours: String? {
    guard answer.pace.hasBegun, !answer.pace.isOver, answer.pace.weeksLeft < Self.leastWeeks,
      let gap = answer.team.gap, gap > 0
    else { return nil }
    let left =
      answer.pace.weeksLeft > 0 ? "less than half a working day is left" : "no working time is left"
    return "Still to go: \(money(gap)); \(left)."
  }

  /// Under so many weeks nobody plans by the week: half a working day.
  static let leastWeeks = 0.1

  /// What the columns of what is needed mean.
  var needText: String {
    "Hand-offs and leads: new ones for an even chance, once the open leads have brought theirs. "
      + "Cover: open deals that can still be won over what is to go"
      + (hasWeights
        ? "; weighted: all open deals by their probability over the same."
        : ". No open deal on record says how likely it is, so none is weighted.")
  }

  /// What is needed in each month means; nil unless the period runs or is to come.
  var monthText: String? {
    guard answer.team.months.count > 1, answer.team.months.contains(where: { $0.need != nil })
    else { return nil }
    return "Needed: what is to go, shared by working time among the months that are not over. Due: "
      + "open deals expected to close in the month; cover: these over what is needed in it."
  }

  // MARK: Rows

  /// Whose row it is.
  func name(_ subject: AttainmentRow.Subject) -> String {
    switch subject {
    case .team: "Team"
    case .owner(let name): name.printable
    case .nobody: "(no owner)"
    }
  }

  /// The rows shown under the team: people, then deals of nobody where there are any.
  var parts: [AttainmentRow] {
    let isEmpty =
      answer.nobody.won == WonDealSum()
      && answer.nobody.open.count + answer.nobody.open.leftOut == 0
    return answer.people + (isEmpty ? [] : [answer.nobody])
  }

  // MARK: Sentences

  /// The answer in a sentence that can be read aloud.
  var headline: String {
    let (period, won) = (answer.period, answer.team.won)
    guard let quota = answer.team.quota, answer.absence != .quotaIsZero else { return absence }
    var text = "\(period): \(money(won.amount)) won of \(money(quota.amount))"
    if let share = answer.team.attainment { text += ", \(Format.percent(share))" }
    if !answer.pace.hasBegun { return text + "; the period has not begun." }
    if answer.pace.isOver {
      let missing = quota.amount - won.amount
      return text
        + (missing > 0 ? "; it is over, \(money(missing)) short." : "; it is over, and reached.")
    }
    text += ", with \(Format.percent(answer.pace.gone)) of its working time gone"
    guard let gap = answer.team.gap, gap > 0 else { return text + "; the quota is reached." }
    if let forecast = answer.team.forecast, let chance = forecast.chance {
      return text
        + "; expected are \(currency) \(expected(forecast)), and the chance "
        + "to reach it is \(Format.percent(chance))."
    }
    return text + "; where it will end cannot be told."
  }

  private var absence: String {
    let won = "\(answer.period): \(money(answer.team.won.amount)) won"
    switch answer.absence {
    case .quotaIsZero: return "\(won); the quota is 0, so there is nothing to reach."
    case .noQuotaForPeriod:
      let names = answer.writtenPeriods.map(\.description).joined(separator: ", ")
      return "\(won); no quota is written for that period. There are quotas for: \(names)."
    case .noQuota, nil:
      return "\(won); no quota is written anywhere. Add one under goals in the agreement, such as "
        + "quota: {\(answer.period): 2400000}, or import quota facts."
    }
  }

  /// Where a quota comes from.
  func origin(_ quota: QuotaFigure) -> String {
    let what = quota.measure == .revenue ? "revenue goal" : "quota"
    let place = quota.origin == .goals ? "the agreement" : "the imported facts"
    switch quota.basis {
    case .written: return "the \(what) of \(place)"
    case .parts: return "the \(what)s of its parts in \(place), added up"
    case .share(let days):
      let whole =
        AttainmentPeriod(days: days).map { "\($0)" } ?? "\(days.lowerBound) to \(days.upperBound)"
      return "its share by working days of the \(what) of \(whole) in \(place)"
    case .partial: return "the \(what)s in \(place), which leave out some of its days"
    case .people(let count):
      return "the \(what)s of \(Format.count(count, "person", "people")) in \(place), added up"
    }
  }

  /// What is written twice and differs, in sentences.
  var differences: [String] {
    answer.differences.map { difference in
      let whose = difference.owner.map { "\($0.printable)'s quota" } ?? "The team's quota"
      let (counted, other) = (money(difference.counted), money(difference.other))
      switch difference.kind {
      case .facts:
        return "\(whose): the agreement says \(counted), the imported quotas say \(other). The "
          + "agreement counts."
      case .laterVersion(let version, let from):
        let since = from.map { ", in force from \($0)," } ?? ""
        return "\(whose): version \(version.printable)\(since) says \(other). What was agreed when "
          + "the period began counts: \(counted)."
      case .revenueGoal:
        return "The revenue goal is \(other), the quota \(counted). The quota counts."
      case .people:
        return "People's quotas add up to \(other), the team's is \(counted)."
      case .months:
        return "The months' quotas add up to \(other), the period's is \(counted)."
      }
    }
  }

  /// What the reader must know of the numbers, in sentences.
  var notes: [String] {
    var notes: [String] = []
    if let quota = answer.team.quota { notes.append("Quota: \(origin(quota)).") }
    notes += differences
    if let left = answer.quotaOfNobody, left != 0 {
      notes.append(
        left > 0
          ? "\(money(left)) of the team's quota is nobody's in person."
          : "People are to win \(money(-left)) more than the team: so much is given out twice."
      )
    }
    let won = answer.team.won
    if won.withoutAmount > 0 {
      notes.append(
        "\(Format.count(won.withoutAmount, "won deal")) "
          + "\(won.withoutAmount == 1 ? "has" : "have") no amount in \(currency), or no exchange "
          + "rate: counted as won, but not in the sum."
      )
    }
    if won.refunds > 0 {
      notes.append(
        "\(Format.count(won.refunds, "deal")) with an amount below 0 took off "
          + "\(money(-won.refunded)); refunds are no wins."
      )
    }
    if !answer.undatedWins.isEmpty {
      notes.append(
        "\(Format.count(answer.undatedWins.count, "won deal")) without a day "
          + "\(answer.undatedWins.count == 1 ? "is" : "are") in no period."
      )
    }
    if answer.team.open.leftOut > 0 {
      notes.append(
        "\(Format.count(answer.team.open.leftOut, "open deal")) left out of the coverage: past the "
          + "expected closing day, or the lead has left the path."
      )
    }
    if let hidden = answer.hidden {
      notes.append(
        "The \(hidden.count == 1 ? "row" : "rows") of "
          + "\(Format.count(hidden.count, "other person", "other people")) "
          + "\(hidden.count == 1 ? "is" : "are") shown to leadership and to themselves."
      )
    }
    if answer.residual != 0 {
      notes.append("\(money(answer.residual)) is in no row: please report this as a fault.")
    }
    return notes
  }

  /// What chance alone explains of the differences between people.
  var chanceText: String? {
    let compared = answer.people.filter { $0.chance != nil }
    guard !compared.isEmpty else { return nil }
    let apart = compared.filter { $0.chance?.verdict != .withinChance }
    let begin =
      "By chance: where 19 of 20 people would end who sell exactly as the team does, with "
      + "deals of the team's sizes. "
    if let hidden = answer.hidden {
      let all = Format.count(compared.count + hidden.compared)
      return begin
        + compared.map { row in
          let name = name(row.subject)
          return switch row.chance?.verdict {
          case .above: "\(name) is above that, allowing for \(all) compared."
          case .below: "\(name) is below that, allowing for \(all) compared."
          case .withinChance, nil:
            "\(name) is not apart from the team by more than chance makes."
          }
        }.joined(separator: " ")
    }
    guard !apart.isEmpty else {
      return begin + "Nobody is apart from the team by more than chance makes, so the order of "
        + "these shares says nothing of who sells better."
    }
    let names = apart.map { row in
      "\(name(row.subject)) (\(row.chance?.verdict == .above ? "above" : "below"))"
    }
    return begin + "More than chance, allowing for \(Format.count(compared.count)) compared: "
      + names.joined(separator: ", ") + ". Among the others the order says nothing."
  }

  /// Why there is no forecast.
  var forecastAbsence: String? {
    guard answer.team.forecast == nil else { return nil }
    return switch answer.forecastAbsence {
    case .noLeads: "No forecast: no lead is on record."
    case .noWins: "No forecast: no lead on record was ever won."
    case .undated: "No forecast: too many leads or wins have no day."
    case .noAmounts: "No forecast: no win has an amount."
    case .tooYoung(let have, let need):
      "No forecast: the record says what becomes of leads within \(Format.days(have)), and "
        + "\(Format.days(need)) are needed."
    case .planned, nil: "No forecast: fewer than six whole weeks of leads are on record."
    }
  }

  /// How past forecasts turned out; nil where nobody looked.
  var recordText: String? {
    answer.record.map { record in
      guard record.withinRange.of > 0 else {
        return "No past forecast could be held against what came."
      }
      let text =
        "Forecasts made at such a time in the past: \(Format.count(record.withinRange.count)) of "
        + "\(Format.count(record.withinRange.of)) ended within the range that 8 in 10 should."
      return switch record.verdict {
      case .tooFew: text + " Too few to say more."
      case .holds: text + " The odds held."
      case .tooHigh: text + " They promised too much."
      case .tooLow: text + " They promised too little."
      case .tooNarrow: text + " Their ranges were too narrow."
      }
    }
  }
}
