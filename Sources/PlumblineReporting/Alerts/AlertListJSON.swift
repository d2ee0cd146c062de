public import PlumblineCore

/// The alert log as JSON, by number; every key is documented in `Documentation/alerts.md`.
public struct AlertListJSON: Sendable {
  private let wire: AlertListWire

  /// A log to be written.
  public init(_ records: [AlertRecord], under agreement: Agreement) {
    wire = AlertListWire(records, agreement)
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func text() throws -> String { try JSONText.text(wire) }
}

/// A log in JSON.
private struct AlertListWire: Encodable {
  struct Alert: Encodable {
    let number: Int
    let destination: String
    let key: String
    let lead: String
    let promise: SLAStep.Promise
    let step: SLAStep.Step
    let state: AlertRecord.State
    let attempts: Int
    let run: String
    let claimedAt: String
    @OrNull var settledAt: String?
    @OrNull var retryAt: String?
    @OrNull var reason: String?
  }

  let kind = "alerts"
  let agreement: AgreementWire
  let format: Int
  let alerts: [Alert]

  init(_ records: [AlertRecord], _ agreement: Agreement) {
    self.agreement = AgreementWire(agreement)
    format = JSONText.format
    func time(_ instant: Instant?) -> String? {
      instant.map { Format.iso8601($0, agreement.calendar) }
    }
    alerts = records.sorted { $0.number < $1.number }.map { record in
      Alert(
        number: record.number,
        destination: record.id.destination,
        key: record.id.key,
        lead: record.lead,
        promise: record.promise,
        step: record.step,
        state: record.state,
        attempts: record.attempts,
        run: record.run,
        claimedAt: Format.iso8601(record.claimedAt, agreement.calendar),
        settledAt: time(record.settledAt),
        retryAt: time(record.retryAt),
        reason: record.reason
      )
    }
  }
}
