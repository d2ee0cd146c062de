import PlumblineReporting

/// The hidden field by which a form shows that one of our own pages made it.
enum Forms {
  /// Stands where each reader's own token goes: the inside of a page is kept for all who may see
  /// it. Made anew by each process, so that no text from outside can hold it.
  static let placeholder = "form-token-\(UInt64.random(in: .min ... .max))"

  /// The field, for the inside of a page that is kept.
  static var token: Markup {
    .void("input", ["type": "hidden", "name": FormToken.field, "value": placeholder])
  }

  /// The inside of a page with a reader's own token.
  static func filled(_ content: String, for viewer: Viewer) -> String {
    content.contains(placeholder)
      ? content.replacing(placeholder, with: viewer.formToken) : content
  }
}
