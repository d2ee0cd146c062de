public import PlumblineCore

/// A simulation of reps and cash as JSON; every key is documented in `Documentation/json.md`.
public struct HeadcountJSON: Sendable {
  private let wire: HeadcountWire

  /// A simulation to be written.
  ///
  /// - Parameters:
  ///   - answer: The simulation.
  ///   - agreement: The agreement under which it was made; nil where a file gave everything.
  ///   - asOf: Up to when records count; nil without any.
  public init(_ answer: HeadcountAnswer, under agreement: Agreement?, asOf: Instant?) {
    wire = HeadcountWire(answer, agreement, asOf)
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func text() throws -> String { try JSONText.text(wire) }
}
