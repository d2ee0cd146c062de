import PlumblineCore

extension Workspace {
  /// The first of some texts that is the id of a lead, written just so.
  ///
  /// - Parameter texts: What may be an id.
  /// - Returns: The id; nil where none is one.
  /// - Throws: `InputError` when nothing was imported, or what the store throws.
  public func firstLead(of texts: [String]) throws -> String? {
    let (history, _) = try cells()
    let leads = history.texts[.lead]
    return texts.first { !$0.isEmpty && leads.code(of: $0) != nil }
  }
}
