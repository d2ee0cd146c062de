/// Sets what channels or campaigns cost against the customers they bring.
public struct EconomicsBuilder: Sendable {
  let source: EmbeddedCells
  let records: EconomicsRecords

  /// A builder over a history's cells and its other records.
  public init(_ source: EmbeddedCells, _ records: EconomicsRecords) {
    self.source = source
    self.records = records
  }

  var history: CompanyHistory { source.history }
  var agreement: Agreement { source.history.agreement }

  /// The costs and wins that answer a question.
  ///
  /// - Throws: `InputError` with code `economics.unknown-spend` for a question by anything but
  ///   channel or campaign.
  public func answer(_ question: EconomicsQuestion) throws -> EconomicsAnswer {
    if let fault = question.fault { throw InputError([fault]) }
    return try EconomicsPass(self, question).answer()
  }

  /// The question whose cells answer a question, for opening its counts to records.
  ///
  /// The leads are its episodes at the first stage; the wins those at the last, which in the cash
  /// view are asked for by the day on which they were won.
  public func recordQuestion(_ question: EconomicsQuestion, wins: Bool) -> RecordQuestion {
    let pass = EconomicsPass(self, question)
    let last = agreement.path.count - 1
    return RecordQuestion(
      wins && question.view == .cash ? pass.closing : pass.cells,
      number: .reached(stage: wins ? last : 0)
    )
  }

  /// The days that a question is about: those asked, else those with spend, else all.
  func days(_ question: EconomicsQuestion) -> ClosedRange<Int> {
    let calendar = agreement.calendar
    let today = calendar.day(of: history.asOf).dayNumber
    let began = history.leads.created.lazy.filter(\.isDated).map(\.instant).min()
    let first =
      question.firstDay?.dayNumber ?? history.spend.map(\.firstDay.dayNumber).min()
      ?? began.map { calendar.day(of: $0).dayNumber } ?? today
    let spent = history.spend.map(\.lastDay.dayNumber).max()
    let last = min(question.lastDay?.dayNumber ?? spent ?? today, today)
    return first...max(first, last)
  }
}
