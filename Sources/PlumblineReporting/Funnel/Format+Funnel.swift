import PlumblineCore

extension Format {
  /// Show-up with its interval: `72 % (65–78 %)`; its base is meetings held and missed.
  static func showUp(_ meetings: ShowUp) -> String {
    meetings.rate.map { percent($0, meetings.interval) } ?? "none held or missed"
  }

  /// Show-up with its interval and base: `72 % (65–78 %) of 160`.
  static func showUpWithBase(_ meetings: ShowUp) -> String {
    meetings.rate == nil
      ? showUp(meetings) : "\(showUp(meetings)) of \(count(meetings.held + meetings.noShow))"
  }

  /// Unconfirmed meetings and their share of past ones: `12 (7.0 %)`.
  static func unconfirmed(_ meetings: ShowUp) -> String {
    let share = meetings.unconfirmedShare.map { " (\(percent($0)))" } ?? ""
    return count(meetings.unconfirmed) + share
  }

  /// Show-up if no or every unconfirmed meeting was held: `64 %–75 %`.
  static func showUpBounds(_ meetings: ShowUp) -> String {
    guard let lower = meetings.lowerBound, let upper = meetings.upperBound else { return absent }
    return lower == upper ? percent(lower) : "\(percent(lower)) – \(percent(upper))"
  }

  /// What show-up would be with unconfirmed meetings, and how many there are: `59 % – 63 % with
  /// unconfirmed` and `16 (4.0 %) unconfirmed`; nil where there are none.
  static func unconfirmedRange(_ meetings: ShowUp) -> (range: String, count: String)? {
    guard meetings.unconfirmed > 0 else { return nil }
    return (
      "\(showUpBounds(meetings)) with unconfirmed", "\(unconfirmed(meetings)) unconfirmed"
    )
  }

  /// Media cost per customer with its interval: `12,340 (9,100–17,000)`.
  static func cost(_ money: MoneyAnswer, _ currency: String) -> String {
    guard let lower = money.mediaCACLower else { return absent }
    guard let cost = money.mediaCAC, let upper = money.mediaCACUpper else {
      return "at least \(amount(lower, currency))"
    }
    return Self.cost(cost, lower, upper, currency)
  }

  /// A cost with its interval: `809 (765–857)`; a dash where there is none.
  static func cost(
    _ value: Double?,
    _ lower: Double?,
    _ upper: Double?,
    _ currency: String
  ) -> String {
    guard let value else { return absent }
    guard let lower, let upper else { return amount(value, currency) }
    return "\(amount(value, currency)) (\(amount(lower, currency))–\(amount(upper, currency)))"
  }

  /// Whether media alone is covered by what customers bring: not whether a channel pays.
  static func verdict(_ verdict: MoneyAnswer.Verdict) -> String {
    switch verdict {
    case .profitable: "covered"
    case .unprofitable: "not covered"
    case .cannotTell: "cannot tell"
    }
  }

  /// What the agreement does not say and an answer in money would need.
  static func missingEconomics(_ agreement: Agreement) -> [String] {
    var missing: [String] = []
    if agreement.economics.grossMargin == nil {
      missing.append("No break-even: the agreement gives no economics.gross_margin.")
    }
    if agreement.economics.repMonthCost == nil {
      missing.append("No CAC of media + reps: the agreement gives no economics.sales_cost.")
    }
    return missing
  }

  /// What the costs of customers here are, and where all costs are.
  static var mediaAlone: String {
    "CAC: cost to win a customer, over customers won so far. Media: ad spend alone. Media + reps: "
      + "with the share of what reps cost, without overhead, commission and wins to come. Break-even: "
      + "the margin of a customer with the mean deal. Media alone: whether break-even covers the whole "
      + "range of the media CAC. Whether a channel pays, all costs counted: "
      + AnswerPlace.words("plumbline economics.", onPage: "see “All costs counted” on this page.")
  }
}
