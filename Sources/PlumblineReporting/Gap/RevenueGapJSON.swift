public import PlumblineCore

/// A gap as JSON; every key is documented in `Documentation/json.md`.
public struct RevenueGapJSON: Sendable {
  private let wire: RevenueGapWire

  /// A gap to be written.
  ///
  /// - Parameters:
  ///   - answer: The gap.
  ///   - agreement: The agreement under which it was made.
  public init(_ answer: GapAnswer, under agreement: Agreement) {
    wire = RevenueGapWire(answer, agreement.inUsualWords)
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func text() throws -> String { try JSONText.text(wire) }
}
