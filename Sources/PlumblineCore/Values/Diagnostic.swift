/// One finding about an input: what is wrong, where, and how to mend it.
///
/// The same value serves terminal, JSON, API and page. The code never changes and can be searched
/// for. The text names a record by its id, never by personal data.
public struct Diagnostic: Hashable, Sendable, Codable {
  /// How bad a finding is.
  public enum Severity: String, Sendable, Codable {
    /// The input cannot be used.
    case error
    /// The input can be used, but somebody should look.
    case warning
    /// Something done on the reader's behalf that they may want to know.
    case note
  }

  /// Where a finding is: a place in a file, or a record.
  public struct Location: Hashable, Sendable, Codable {
    /// The file's path as the user gave it.
    public var file: String
    /// The line, counted from 1.
    public var line: Int?
    /// The column in characters, counted from 1.
    public var column: Int?

    /// A place in a file.
    public init(file: String, line: Int? = nil, column: Int? = nil) {
      self.file = file
      self.line = line
      self.column = column
    }
  }

  /// How bad it is.
  public var severity: Severity
  /// A stable code such as `agreement.unknown-stage`.
  public var code: String
  /// What is wrong, as one sentence.
  public var message: String
  /// Where it is.
  public var location: Location?
  /// How to mend it, as one or two sentences.
  public var remedy: String?
  /// How to mend it on a page, where `remedy` names a command or a file that nobody has there; nil
  /// where both are mended alike.
  public var remedyOnPage: String?

  /// A finding.
  public init(
    _ severity: Severity,
    code: String,
    _ message: String,
    at location: Location? = nil,
    remedy: String? = nil,
    onPage remedyOnPage: String? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.location = location
    self.remedy = remedy
    self.remedyOnPage = remedyOnPage
  }

  /// The finding with its texts changed, such as to leave out what its reader must not see.
  ///
  /// - Parameter change: Gives a text for the message and for each remedy.
  /// - Returns: The finding at the same place.
  public func mapTexts(_ change: (String) -> String) -> Diagnostic {
    var finding = self
    finding.message = change(message)
    finding.remedy = remedy.map(change)
    finding.remedyOnPage = remedyOnPage.map(change)
    return finding
  }
}

extension Diagnostic.Location: CustomStringConvertible {
  /// `file:line:column`, as far as it is known.
  public var description: String {
    guard let line else { return file }
    return "\(file):\(line)" + (column.map { ":\($0)" } ?? "")
  }
}

extension Diagnostic: CustomStringConvertible {
  /// `file:line:column: error: message` and, on the next line, the remedy and `[code]`.
  public var description: String {
    let place = location.map { "\($0): " } ?? ""
    let tail = remedy.map { "\n  \($0) [\(code)]" } ?? " [\(code)]"
    return "\(place)\(severity.rawValue): \(message)\(tail)"
  }
}

/// The user's input cannot be used; carries every finding, not only the first.
public struct InputError: Error, Sendable, CustomStringConvertible {
  /// All findings, errors and warnings, in the order of the input.
  public let diagnostics: [Diagnostic]

  /// An error with its findings.
  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  /// An error with one finding.
  public init(
    code: String,
    _ message: String,
    at location: Diagnostic.Location? = nil,
    remedy: String? = nil,
    onPage remedyOnPage: String? = nil
  ) {
    diagnostics = [
      Diagnostic(
        .error,
        code: code,
        message,
        at: location,
        remedy: remedy,
        onPage: remedyOnPage
      )
    ]
  }

  /// Every finding on lines of its own.
  public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
