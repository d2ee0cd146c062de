public import PlumblineCore

/// Two definitions as JSON; every key is documented in `Documentation/json.md`.
public struct DiffJSON: Sendable {
  private let wire: DiffWire

  /// Two definitions to be written.
  ///
  /// - Parameters:
  ///   - diff: The answer.
  ///   - names: What the definitions are called where their versions do not tell them apart.
  public init(_ diff: DefinitionDiff, names: (before: String, after: String)? = nil) {
    wire = DiffWire(diff, names: names)
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func text() throws -> String { try JSONText.text(wire) }
}
