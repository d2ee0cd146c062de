public import PlumblineCore

/// A company's facts with an answer about its costs, for tests.
public struct EconomicsWorld {
  /// The facts.
  public var facts = FactBuilder()
  /// The agreement under which they are read.
  public var agreement: Agreement
  /// The day as of which they are read.
  public var asOfDay: Double

  /// A company without facts, read under terms of a margin of 80 % and twelve months.
  public init(
    _ economics: Economics = Economics(grossMargin: 0.8, horizonInMonths: 12),
    asOfDay: Double = 100
  ) {
    agreement = Agreement(economics: economics)
    self.asOfDay = asOfDay
  }

  /// The history of the facts.
  public var history: CompanyHistory { facts.history(agreement, asOfDay: asOfDay) }

  /// The answer to a question.
  ///
  /// - Throws: `InputError` for a question that cannot be answered.
  public func answer(_ question: EconomicsQuestion = EconomicsQuestion()) throws -> EconomicsAnswer
  {
    try builder.answer(question)
  }

  /// What answers questions.
  public var builder: EconomicsBuilder {
    let history = history
    return EconomicsBuilder(
      EmbeddedCells(history),
      EconomicsRecords(facts.ledger(), for: history)
    )
  }

  /// Adds a lead that came in on a day; it is won, leaves, or stays open.
  public mutating func lead(
    _ id: String,
    day: Double,
    channel: String = "Meta",
    campaign: String = "",
    owner: String = "rep",
    won: Double? = nil,
    lost: Double? = nil,
    amount: Int64? = nil,
    currency: String = ""
  ) {
    facts.lead(id, day: day, channel: channel, owner: owner, campaign: campaign)
    if let won {
      facts.stage(id, "won", day: won)
      facts.deal(
        "deal of \(id)",
        lead: id,
        created: day,
        closed: won,
        outcome: "won",
        amount: amount,
        currency: currency
      )
    }
    if let lost { facts.stage(id, "lost", day: lost) }
  }
}
