public import PlumblineCore

/// Errors as JSON, in the one shape that every command uses.
public struct ErrorJSON: Sendable {
  private let wire: ErrorsWire

  /// Errors to be written, in the order given.
  public init(_ diagnostics: [Diagnostic]) {
    wire = ErrorsWire(errors: diagnostics.map { ErrorWire($0) })
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError`; texts and whole numbers give no cause for it.
  public func text() throws -> String { try JSONText.text(wire) }
}

private struct ErrorsWire: Codable, Hashable, Sendable {
  let errors: [ErrorWire]
}

struct ErrorWire: Codable, Hashable, Sendable {
  let severity: Diagnostic.Severity
  let code: String
  var message: String
  @OrNull var file: String?
  @OrNull var line: Int?
  @OrNull var column: Int?
  @OrNull var remedy: String?

  /// The finding with its file's name in the place of the file's path.
  var withoutFolder: ErrorWire {
    guard let file, !file.isEmpty else { return self }
    var finding = self
    let name = Format.fileName(file)
    finding.file = name
    finding.message = message.replacing(file, with: name)
    finding.remedy = remedy?.replacing(file, with: name)
    return finding
  }

  init(_ diagnostic: Diagnostic) {
    severity = diagnostic.severity
    code = diagnostic.code
    message = diagnostic.message
    _file = OrNull(wrappedValue: diagnostic.location?.file)
    _line = OrNull(wrappedValue: diagnostic.location?.line)
    _column = OrNull(wrappedValue: diagnostic.location?.column)
    _remedy = OrNull(wrappedValue: diagnostic.remedy(in: .current))
  }
}
