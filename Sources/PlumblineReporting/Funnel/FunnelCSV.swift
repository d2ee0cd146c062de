public import PlumblineCore

/// A funnel as comma-separated values: one line a group, the last for all of them.
///
/// Shares are fractions and amounts major units, rounded as in JSON. A number that the data do
/// not support is an empty cell, with the reason in the status column beside it.
public struct FunnelCSV: Sendable {
  private let answer: FunnelAnswer
  private let agreement: Agreement

  /// A funnel to be written.
  ///
  /// - Parameters:
  ///   - answer: The funnel.
  ///   - agreement: The agreement under which it was made.
  public init(_ answer: FunnelAnswer, under agreement: Agreement) {
    self.answer = answer
    self.agreement = agreement
  }

  /// The text, with a line of column names first.
  public var text: String {
    let lines = (answer.rows + [answer.total]).map { fields($0) }
    return DelimitedRow.line(lines.first?.map(\.name) ?? [])
      + lines.map { DelimitedRow.line($0.map(\.value)) }.joined()
  }

  private typealias Field = (name: String, value: String)

  private func fields(_ row: FunnelRow) -> [Field] {
    var fields: [Field] = [
      (answer.question.by.first?.rawValue ?? "group", row.group.isEmpty ? "(all)" : row.group),
      ("leads", String(row.leads)), ("episodes", String(row.episodes)),
    ]
    fields += zip(answer.stages, row.reached).map { ("reached_\($0)", String($1)) }
    for transition in row.transitions { fields += counts(transition) }
    for stretch in FunnelStretch.all(of: answer, agreement) {
      // On a path of three stages or more the close may be a step of its own already.
      let prefix = stretch.kind == .close ? "close" : "\(stretch.from)_to_\(stretch.to)"
      fields += stretch.rate(row).map { rate($0, prefix) } ?? []
    }
    fields += showUp(row.showUp) + money(row.money)
    fields += [
      ("median_days_to_win", number(Rounded.tenth(row.medianDaysToWin))),
      (
        "ninetieth_percentile_days_to_win",
        number(Rounded.tenth(row.ninetiethPercentileDaysToWin))
      ),
    ]
    return fields + provenance
  }

  private func counts(_ transition: TransitionAnswer) -> [Field] {
    let count = transition.count
    let prefix = transition.from
    return [
      ("\(prefix)_entered", String(count.entered)), ("\(prefix)_advanced", String(count.advanced)),
    ]
      + zip(agreement.detours, count.detoured).map { ("\(prefix)_\($0.id)", String($1)) }
      + [("\(prefix)_open", String(count.open)), ("\(prefix)_residual", String(count.residual))]
  }

  private func rate(_ rate: RateEstimate, _ prefix: String) -> [Field] {
    let wire = RateWire(rate)
    return [
      ("\(prefix)_within_days", String(wire.withinDays)),
      ("\(prefix)_rate", number(wire.rate)),
      ("\(prefix)_lower", number(wire.lower)),
      ("\(prefix)_upper", number(wire.upper)),
      ("\(prefix)_status", wire.status.rawValue),
      ("\(prefix)_maturity", number(wire.maturity)),
      ("\(prefix)_naive_rate", number(wire.naiveRate)),
    ]
  }

  private func showUp(_ showUp: ShowUp?) -> [Field] {
    let wire = showUp.map { ShowUpWire($0) }
    return [
      ("meetings_held", wire.map { String($0.held) } ?? ""),
      ("meetings_no_show", wire.map { String($0.noShow) } ?? ""),
      ("meetings_called_off", wire.map { String($0.calledOff) } ?? ""),
      ("meetings_unconfirmed", wire.map { String($0.unconfirmed) } ?? ""),
      ("meetings_upcoming", wire.map { String($0.upcoming) } ?? ""),
      ("show_up_rate", number(wire?.rate)),
      ("show_up_lower", number(wire?.lower)),
      ("show_up_upper", number(wire?.upper)),
    ]
  }

  private func money(_ money: MoneyAnswer) -> [Field] {
    let wire = MoneyWire(money, agreement.currency)
    return [
      ("currency", agreement.currency),
      ("spend", number(wire.spend)),
      ("cost_per_meeting_booked", number(wire.costPerMeetingBooked)),
      ("cost_per_meeting_held", number(wire.costPerMeetingHeld)),
      ("cost_per_meeting_held_lower", number(wire.costPerMeetingHeldLower)),
      ("cost_per_meeting_held_upper", number(wire.costPerMeetingHeldUpper)),
      ("wins", String(wire.wins)),
      ("media_cac", number(wire.mediaCac)),
      ("media_cac_lower", number(wire.mediaCacLower)),
      ("media_cac_upper", number(wire.mediaCacUpper)),
      ("loaded_cac", number(wire.loadedCac)),
      ("loaded_cac_lower", number(wire.loadedCacLower)),
      ("loaded_cac_upper", number(wire.loadedCacUpper)),
      ("break_even_cac", number(wire.breakEvenCac)),
      ("verdict", wire.verdict.rawValue),
      ("won_deals", String(wire.wonDeals)),
      ("won_deals_without_amount", String(wire.wonDealsWithoutAmount)),
      ("revenue", number(wire.revenue)),
      ("mean_deal", number(wire.meanDeal)),
    ]
  }

  private var provenance: [Field] {
    [
      ("skips", answer.question.skips.rawValue),
      ("as_of", Format.iso8601(answer.asOf, agreement.calendar)),
      ("agreement_version", agreement.version),
      ("agreement_hash", agreement.hash),
    ]
  }

  /// A number as JSON writes it.
  private func number(_ value: Double?) -> String {
    guard let value else { return "" }
    let text = String(value)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
