public import PlumblineCore

/// The promises of both sides as JSON.
public struct SLAJSON: Sendable {
  private let wire: SLAWire

  /// Promises to be written.
  ///
  /// - Parameters:
  ///   - answer: The promises.
  ///   - agreement: The agreement under which they were judged.
  public init(_ answer: SLAAnswer, under agreement: Agreement) {
    wire = SLAWire(answer, agreement)
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func text() throws -> String { try JSONText.text(wire) }
}
