import Mustache
import PlumblineAssets

/// The templates of pages, read once.
struct Templates: Sendable {
  private let library: MustacheLibrary

  /// Reads all templates.
  ///
  /// - Throws: What the template engine says of a template of ours that it cannot read.
  init() throws {
    var library = MustacheLibrary()
    for (name, text) in AssetFile.all where name.hasSuffix(".mustache") {
      try library.register(String(decoding: text, as: UTF8.self), named: String(name.dropLast(9)))
    }
    self.library = library
  }

  /// A template filled in; `{{name}}` is escaped, `{{{name}}}` is markup that is escaped already.
  ///
  /// - Parameters:
  ///   - name: The template.
  ///   - model: What it shows.
  /// - Returns: The text.
  func render(_ name: String, _ model: Any) -> String {
    guard let text = library.render(model, withTemplate: name) else {
      preconditionFailure("there is no template \(name)")
    }
    return text
  }
}
