public import PlumblineCore

/// An answer about costs as JSON; every key is documented in `Documentation/json.md`.
public struct EconomicsJSON: Sendable {
  private let wire: EconomicsWire

  /// An answer to be written.
  ///
  /// - Parameters:
  ///   - answer: The answer.
  ///   - agreement: The agreement under which it was made.
  public init(_ answer: EconomicsAnswer, under agreement: Agreement) {
    wire = EconomicsWire(answer, agreement.inUsualWords)
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func text() throws -> String { try JSONText.text(wire) }
}
