public import PlumblineCore

/// What is open of the promises as CSV, one line for each, safe in a spreadsheet.
public struct SLACSV: Sendable {
  private let answer: SLAAnswer
  private let agreement: Agreement

  /// Open promises to be written.
  ///
  /// - Parameters:
  ///   - answer: The promises.
  ///   - agreement: The agreement under which they were judged.
  public init(_ answer: SLAAnswer, under agreement: Agreement) {
    self.answer = answer
    self.agreement = agreement
  }

  private static let columns = [
    "lead", "owner", "promise", "step", "due", "stage", "episode", "clock", "as_of",
    "agreement_version", "agreement_hash",
  ]

  /// The text; lines end as RFC 4180 wants them.
  public var text: String {
    let calendar = agreement.calendar
    let tail = [
      Format.iso8601(answer.asOf, calendar), agreement.version, agreement.hash,
    ]
    return DelimitedRow.line(Self.columns)
      + answer.steps.map { step in
        DelimitedRow.line(
          [
            step.lead, step.owner, step.promise.rawValue, step.step.rawValue,
            Format.iso8601(step.due, calendar), step.stage ?? "", String(step.episode),
            String(step.clock),
          ] + tail
        )
      }.joined()
  }
}
