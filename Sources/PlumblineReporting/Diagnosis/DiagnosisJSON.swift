public import PlumblineCore

/// A diagnosis as JSON; every key is documented in `Documentation/json.md`.
public struct DiagnosisJSON: Sendable {
  private let wire: DiagnosisWire

  /// A diagnosis to be written.
  ///
  /// - Parameters:
  ///   - diagnosis: The diagnosis.
  ///   - agreement: The agreement under which it was made.
  public init(_ diagnosis: Diagnosis, under agreement: Agreement) {
    wire = DiagnosisWire(diagnosis, agreement.inUsualWords)
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func text() throws -> String { try JSONText.text(wire) }
}
