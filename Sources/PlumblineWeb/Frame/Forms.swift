import Hummingbird
import NIOCore
import PlumblineReporting

/// The hidden field by which a form shows that one of our own pages made it.
enum Forms {
  /// The name of the field.
  static let field = "form_token"

  /// Stands where each reader's own token goes.
  ///
  /// The inside of a page is kept for all who may see it. Made anew by each process, so that no text from outside can hold it.
  static let placeholder = "form-token-\(UInt64.random(in: .min ... .max))"

  /// The field, for the inside of a page that is kept.
  static var token: Markup {
    .void("input", ["type": "hidden", "name": field, "value": placeholder])
  }

  /// The token in the body of a form.
  static func token(in body: ByteBuffer, type: String?) -> String? {
    guard type?.hasPrefix("application/x-www-form-urlencoded") ?? false else { return nil }
    return FormFields(encoded: body.readableBytesView)[field]
  }

  /// The inside of a page with a reader's own token.
  static func filled(_ content: String, for viewer: Viewer) -> String {
    content.contains(placeholder)
      ? content.replacing(placeholder, with: viewer.formToken) : content
  }
}
