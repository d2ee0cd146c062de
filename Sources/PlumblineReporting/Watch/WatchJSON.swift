public import PlumblineCore

/// Watched series as JSON; every key is documented in `Documentation/json.md`.
public struct WatchJSON: Sendable {
  private let wire: WatchWire

  /// Watched series to be written.
  ///
  /// - Parameters:
  ///   - answer: The series.
  ///   - agreement: The agreement under which they were counted.
  public init(_ answer: WatchAnswer, under agreement: Agreement) {
    wire = WatchWire(answer, agreement.inUsualWords)
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func text() throws -> String { try JSONText.text(wire) }
}
