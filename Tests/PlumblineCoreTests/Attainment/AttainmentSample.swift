import PlumblineCore
import PlumblineTestSupport
import Testing

/// A calendar day as the days that `FactBuilder` counts in, at noon.
func day(_ text: String) -> Double {
  Double(CivilDate(text)?.dayNumber ?? 0) + 0.5
}

extension Goal {
  /// A goal of a period by its name.
  static func of(
    _ period: String,
    _ amount: Int64,
    owner: String? = nil,
    _ measure: Goal.Measure = .quota
  ) -> Goal {
    let days = AttainmentPeriod(period)?.days ?? CivilDate(dayNumber: 0)...CivilDate(dayNumber: 0)
    return Goal(measure: measure, owner: owner, period: period, days: days, amount: amount)
  }
}

extension FactBuilder {
  /// Adds a deal with an owner, won on a day or open.
  mutating func sale(
    _ id: String,
    by owner: String = "",
    lead: String = "",
    won: String? = nil,
    expected: String? = nil,
    outcome: String? = nil,
    amount: Int64? = nil,
    currency: String = "",
    probability: Int64? = nil
  ) {
    var fields: [String: FieldValue] = [
      "id": .text(id), "owner": .text(owner), "currency": .text(currency),
      "outcome": .text(outcome ?? (won == nil ? "open" : "won")),
    ]
    if !lead.isEmpty { fields["lead"] = .text(lead) }
    if let closed = won ?? expected { fields["closed"] = .time(Self.time(day(closed))) }
    if let amount { fields["amount"] = .number(amount) }
    if let probability { fields["probability"] = .number(probability) }
    add(.deal, fields)
  }

  /// Adds a quota among the facts.
  mutating func quota(
    _ owner: String = "",
    _ period: String,
    _ amount: Int64,
    currency: String = ""
  ) {
    guard let days = AttainmentPeriod(period)?.days else { return }
    add(
      .quota,
      [
        "owner": .text(owner), "amount": .number(amount), "currency": .text(currency),
        "from": .time(Self.time(Double(days.lowerBound.dayNumber), precision: .day)),
        "to": .time(Self.time(Double(days.upperBound.dayNumber), precision: .day)),
      ]
    )
  }

  /// What attainment says of these facts.
  func attainment(
    _ agreement: Agreement = Agreement(),
    _ period: String? = nil,
    asOf: String,
    atSecond second: Int64 = 86_399,
    whatIf: PayoutWhatIf? = nil
  ) throws -> AttainmentAnswer {
    let ledger = ledger()
    let midnight = agreement.calendar.instant(of: try #require(CivilDate(asOf)))
    let history = CompanyHistory(
      ledger,
      under: agreement,
      asOf: midnight.advanced(bySeconds: second)
    )
    let records = WeeklyRecords(dispositions: Dispositions(ledger, for: history))
    return try AttainmentBuilder(
      EmbeddedCells(history),
      deals: DealRecords(ledger, for: history),
      records: records,
      economics: EconomicsRecords(ledger, for: history)
    ).answer(
      AttainmentQuestion(
        period: try period.map { try #require(AttainmentPeriod($0)) },
        whatIf: whatIf
      )
    )
  }
}

extension AttainmentAnswer {
  /// The row of a person.
  func row(_ name: String) throws -> AttainmentRow {
    try #require(people.first { $0.subject == .owner(name) })
  }
}
