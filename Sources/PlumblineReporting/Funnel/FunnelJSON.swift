public import PlumblineCore

/// A funnel as JSON; every key is documented in `Documentation/json.md`.
public struct FunnelJSON: Sendable {
  private let wire: FunnelWire

  /// A funnel to be written.
  ///
  /// - Parameters:
  ///   - answer: The funnel.
  ///   - agreement: The agreement under which it was made.
  ///   - gaps: What nobody recorded.
  public init(_ answer: FunnelAnswer, under agreement: Agreement, gaps: [CaptureGap] = []) {
    wire = FunnelWire(answer, agreement.inUsualWords, gaps)
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func text() throws -> String { try JSONText.text(wire) }
}
