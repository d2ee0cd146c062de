public import PlumblineCore

/// A metric under every definition as JSON; every key is documented in `Documentation/json.md`.
public struct ReconcileJSON: Sendable {
  private let wire: ReconcileWire

  /// A metric to be written.
  ///
  /// - Parameters:
  ///   - answer: The metric.
  ///   - agreement: The agreement under which it was counted.
  public init(_ answer: ReconcileAnswer, under agreement: Agreement) {
    wire = ReconcileWire(answer, agreement.inUsualWords)
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func text() throws -> String { try JSONText.text(wire) }
}

/// The metrics that can be reconciled as JSON.
public struct ReconcileListJSON: Sendable {
  private let wire: ReconcileListWire

  /// The metrics of an agreement.
  public init(_ agreement: Agreement) { wire = ReconcileListWire(agreement.inUsualWords) }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: Never but what encoding throws.
  public func text() throws -> String { try JSONText.text(wire) }
}
