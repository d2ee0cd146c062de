public import PlumblineCore

/// Plans of past dates against what came, as JSON; every key is documented in
/// `Documentation/json.md`.
public struct PlanReplayJSON: Sendable {
  private let wire: PlanReplayWire

  /// Plans to be written.
  ///
  /// - Parameters:
  ///   - replay: The plans against what came.
  ///   - agreement: The agreement under which they were made.
  public init(_ replay: PlanReplay, under agreement: Agreement) {
    wire = PlanReplayWire(replay, agreement.inUsualWords)
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func text() throws -> String { try JSONText.text(wire) }
}
