public import PlumblineCore

/// An agreement as JSON; every key is documented in `Documentation/json.md`.
public struct AgreementShowJSON: Sendable {
  private let wire: AgreementTermsWire

  /// An agreement to be written.
  public init(_ agreement: Agreement) { wire = AgreementTermsWire(agreement) }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func text() throws -> String { try JSONText.text(wire) }
}
