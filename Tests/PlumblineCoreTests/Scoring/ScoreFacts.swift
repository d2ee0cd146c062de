import PlumblineTestSupport

@testable import PlumblineCore

extension FactBuilder {
  /// Adds something that a lead did.
  mutating func touch(
    _ lead: String,
    _ kind: String,
    day: Double?,
    precision: TimePoint.Precision = .exact
  ) {
    add(
      .touch,
      [
        "id": .text("t\(batch[.touch].rowCount)"), "lead": .text(lead), "kind": .text(kind),
        "at": .time(Self.time(day, precision: precision)),
      ]
    )
  }

  /// Adds what somebody says of a lead.
  mutating func attribute(
    _ lead: String,
    _ name: String,
    _ value: String,
    by team: String = "",
    day: Double? = nil,
    precision: TimePoint.Precision = .exact
  ) {
    add(
      .attribute,
      [
        "lead": .text(lead), "name": .text(name), "value": .text(value), "by": .text(team),
        "at": .time(Self.time(day, precision: precision)),
      ]
    )
  }

  /// Adds sales' word on a lead.
  mutating func disposition(
    _ lead: String,
    _ reason: String,
    day: Double?,
    precision: TimePoint.Precision = .exact
  ) {
    add(
      .disposition,
      [
        "lead": .text(lead), "reason": .text(reason),
        "at": .time(Self.time(day, precision: precision)),
      ]
    )
  }

  /// The scores under rules, with the history that they belong to.
  func scores(
    _ scoring: LeadScoring,
    asOfDay: Double = 1000
  ) -> (scores: LeadScores, history: CompanyHistory) {
    let history = history(asOfDay: asOfDay)
    let ledger = ledger()
    return (
      LeadScores(
        scoring,
        LeadAttributes(ledger, asOf: history.asOf),
        LeadTouches(ledger, for: history),
        of: history
      ), history
    )
  }
}

/// An instant so many days after 1970-01-01.
func instant(_ day: Double) -> Instant { Instant(seconds: Int64((day * 86_400).rounded())) }

/// 2 to a power, by a series and squaring: not the function that is tested.
func powerOfTwo(_ exponent: Double) -> Double {
  let x = exponent * 0.693_147_180_559_945_3 / 1024
  var result = 1 + x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5 * (1 + x / 6)))))
  for _ in 0..<10 { result *= result }
  return result
}
