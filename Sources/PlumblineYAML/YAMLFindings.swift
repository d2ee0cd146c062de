public import PlumblineCore

/// Collects everything wrong with one file, so that its reader mends it all in one go.
///
/// Used by one parse at a time on one thread. At most `limit` findings are kept; the others are
/// counted, which bounds the work spent on a file of rubbish.
public final class YAMLFindings {
  /// How many findings are kept and shown.
  public static let limit = 100

  /// The file's path as the user gave it.
  public let file: String
  /// The first part of the codes of faults in keys and values, such as `agreement`.
  public let codePrefix: String
  /// Whether anything found so far makes the file unusable.
  public private(set) var hasErrors = false
  private var kept: [Diagnostic] = []
  private var hidden = 0
  private var hiddenErrors = false

  /// An empty collection for a file.
  public init(file: String, codePrefix: String) {
    self.file = file
    self.codePrefix = codePrefix
  }

  /// Notes a finding; its text is only made when there is room for it.
  ///
  /// - Parameters:
  ///   - severity: How bad it is.
  ///   - code: The whole stable code, such as `agreement.unknown-key`.
  ///   - message: What is wrong, as one sentence.
  ///   - position: Where it is, or nil for the file as a whole.
  ///   - remedy: How to mend it.
  ///   - remedyOnPage: How to mend it on a page, where that is done in another way.
  public func report(
    _ severity: Diagnostic.Severity = .error,
    code: String,
    _ message: @autoclosure () -> String,
    at position: YAMLPosition?,
    remedy: @autoclosure () -> String? = nil,
    onPage remedyOnPage: @autoclosure () -> String? = nil
  ) {
    if severity == .error { hasErrors = true }
    guard kept.count < Self.limit else {
      hidden += 1
      if severity == .error { hiddenErrors = true }
      return
    }
    kept.append(
      Diagnostic(
        severity,
        code: code,
        message(),
        at: location(position),
        remedy: remedy(),
        onPage: remedyOnPage()
      )
    )
  }

  /// The place of a position in this file.
  public func location(_ position: YAMLPosition?) -> Diagnostic.Location {
    Diagnostic.Location(file: file, line: position?.line, column: position?.column)
  }

  /// A code of this file's subject, such as `agreement.unknown-key` for `unknown-key`.
  public func code(_ name: String) -> String { "\(codePrefix).\(name)" }

  /// All findings in the order of the file, those about the file as a whole first.
  public var diagnostics: [Diagnostic] {
    var sorted = kept.enumerated().sorted { left, right in
      (left.element.location?.line ?? 0, left.element.location?.column ?? 0, left.offset)
        < (right.element.location?.line ?? 0, right.element.location?.column ?? 0, right.offset)
    }.map(\.element)
    if hidden > 0 {
      sorted.append(
        Diagnostic(
          hiddenErrors ? .error : .warning,
          code: "yaml.more-findings",
          "\(hidden) more findings are not listed.",
          at: location(nil),
          remedy: "Mend those listed and read the file again."
        )
      )
    }
    return sorted
  }
}

extension String {
  /// The text as a message may show it: at most 60 characters, nothing that moves the cursor.
  public var shownInMessage: String {
    var shown = ""
    for (count, scalar) in unicodeScalars.enumerated() {
      guard count < 60 else { return shown + "…" }
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
        shown.unicodeScalars.append("\u{FFFD}")
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }
}
