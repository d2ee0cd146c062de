/// Which lead somebody meant, as JSON.
public struct LeadSearchJSON: Sendable {
  private let wire: LeadSearchWire

  /// A finding to be written.
  ///
  /// - Parameters:
  ///   - lead: The id of the lead; nil where there is none.
  ///   - asked: What was asked for.
  public init(_ lead: String?, asked: String) { wire = LeadSearchWire(asked: asked, lead: lead) }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError`; texts give no cause for it.
  public func text() throws -> String { try JSONText.text(wire) }
}

private struct LeadSearchWire: Codable, Hashable, Sendable {
  var format = JSONText.format
  var kind = "lead_search"
  let asked: String
  @OrNull var lead: String?
}
