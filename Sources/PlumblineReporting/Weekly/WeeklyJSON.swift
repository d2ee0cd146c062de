public import PlumblineCore

/// The page for both teams as JSON; every key is documented in `Documentation/json.md`.
public struct WeeklyJSON: Sendable {
  private let wire: WeeklyWire

  /// A page to be written.
  ///
  /// - Parameters:
  ///   - answer: The page.
  ///   - agreement: The agreement under which it was made.
  public init(_ answer: WeeklyAnswer, under agreement: Agreement) {
    wire = WeeklyWire(answer, agreement)
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func text() throws -> String { try JSONText.text(wire) }
}
