public import PlumblineCore

/// A stretch of what is open of the promises as JSON, with the columns of `SLACSV`.
public struct OpenPromisesJSON: Sendable {
  private let wire: OpenPromisesWire

  /// Open promises to be written.
  ///
  /// - Parameters:
  ///   - answer: The promises.
  ///   - agreement: The agreement under which they were judged.
  ///   - window: Which of them.
  public init(_ answer: SLAAnswer, under agreement: Agreement, _ window: ListWindow) {
    let calendar = agreement.calendar
    let count = answer.steps.count
    wire = OpenPromisesWire(
      agreement: AgreementWire(agreement),
      asOf: Format.iso8601(answer.asOf, calendar),
      total: count,
      offset: window.offset,
      limit: window.limit,
      next: window.next(of: count),
      promises: answer.steps[window.range(of: count)].map { step in
        OpenPromisesWire.Promise(
          leadId: step.lead,
          owner: step.owner.orNil,
          promise: step.promise,
          step: step.step,
          due: Format.iso8601(step.due, calendar),
          stage: step.stage,
          episode: step.episode,
          clock: step.clock
        )
      }
    )
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError`; texts and whole numbers give no cause for it.
  public func text() throws -> String { try JSONText.text(wire) }
}

private struct OpenPromisesWire: Codable, Hashable, Sendable {
  struct Promise: Codable, Hashable, Sendable {
    let leadId: String
    @OrNull var owner: String?
    let promise: SLAStep.Promise
    let step: SLAStep.Step
    let due: String
    @OrNull var stage: String?
    let episode: Int
    let clock: Int
  }

  var format = JSONText.format
  var kind = "open_promises"
  let agreement: AgreementWire
  let asOf: String
  let total: Int
  let offset: Int
  let limit: Int
  @OrNull var next: String?
  let promises: [Promise]
}
