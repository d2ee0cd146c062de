/// What became of something that a program wanted kept, as JSON.
public struct RecordedJSON: Sendable {
  private let wire: RecordedWire

  /// An answer to be written.
  ///
  /// - Parameter count: How many entries are new; 0 where all was known already.
  public init(_ count: Int) { wire = RecordedWire(count: count) }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError`; a whole number gives no cause for it.
  public func text() throws -> String { try JSONText.text(wire) }
}

private struct RecordedWire: Codable, Hashable, Sendable {
  var format = JSONText.format
  var kind = "recorded"
  let count: Int
}
