public import PlumblineCore

/// Attainment as JSON; every key is documented in `Documentation/json.md`.
public struct AttainmentJSON: Sendable {
  private let wire: AttainmentWire

  /// An answer to be written.
  ///
  /// - Parameters:
  ///   - answer: The answer.
  ///   - agreement: The agreement under which it was made.
  ///   - worthALook: What the detectors of gaming found; null in the answer when nil.
  public init(
    _ answer: AttainmentAnswer,
    under agreement: Agreement,
    worthALook: WorthALook? = nil
  ) {
    wire = AttainmentWire(answer, agreement.inUsualWords, worthALook)
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func text() throws -> String { try JSONText.text(wire) }
}
