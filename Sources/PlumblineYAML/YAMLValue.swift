import PlumblineCore

/// A node being read, with its name for messages and the place where faults are noted.
///
/// Each accessor gives the value or notes what is wrong and gives nil, so that a reader goes on to
/// the next key and all faults are found at once.
public struct YAMLValue {
  /// What stands there.
  public let node: YAMLNode
  /// The name for messages, such as `"currency"`, quotes included.
  public let name: String
  /// Where faults are noted.
  public let findings: YAMLFindings

  /// A value to read.
  public init(_ node: YAMLNode, name: String, findings: YAMLFindings) {
    self.node = node
    self.name = name
    self.findings = findings
  }

  /// Where the value begins.
  public var position: YAMLPosition { node.position }

  /// Notes a fault of this value.
  ///
  /// - Parameters:
  ///   - codeName: The code without the file's prefix, such as `wrong-type`.
  ///   - message: What is wrong, as one sentence.
  ///   - remedy: How to mend it.
  public func report(
    _ codeName: String,
    _ message: @autoclosure () -> String,
    remedy: @autoclosure () -> String? = nil
  ) {
    findings.report(
      code: findings.code(codeName),
      message(),
      at: position,
      remedy: remedy()
    )
  }

  /// The parts of a list; anything else is a fault.
  public func items() -> [YAMLValue]? {
    guard case .list(let nodes) = node.content else {
      reportWrongType(
        wanted: "a list",
        remedy: "Write [first, second], or lines that begin with -."
      )
      return nil
    }
    return nodes.enumerated().map { index, node in
      YAMLValue(node, name: "entry \(index + 1) of \(name)", findings: findings)
    }
  }

  /// The parts of a list, or the value itself when it is not a list.
  public func oneOrMore() -> [YAMLValue]? {
    if case .list = node.content { return items() }
    if node.isNull {
      reportNoValue()
      return nil
    }
    return [self]
  }

  /// The texts of a list, or the one text when it is not a list.
  public func texts() -> [Positioned<String>]? {
    oneOrMore()?.compactMap { $0.text() }
  }

  /// The keys and values of a mapping whose keys are free; anything else is a fault.
  public func pairs() -> [(key: Positioned<String>, value: YAMLValue)]? {
    guard case .mapping(let entries) = node.content else {
      reportWrongType(wanted: "a mapping", remedy: "Write key: value, one on each line.")
      return nil
    }
    return entries.map { entry in
      (
        Positioned(entry.key, at: entry.keyPosition),
        YAMLValue(
          entry.value,
          name: "\"\(entry.key.shownInMessage)\" of \(name)",
          findings: findings
        )
      )
    }
  }

  /// The values of a mapping whose keys are known; anything else is a fault.
  public func fields(_ known: [String]) -> YAMLFields? {
    YAMLFields(self, known: known)
  }

  func reportNoValue() {
    report(
      "no-value",
      "\(name) has no value.",
      remedy: "Write its value, or remove it; an empty text is written \"\"."
    )
  }

  func reportWrongType(wanted: String, remedy: @autoclosure () -> String? = nil) {
    if node.isNull {
      reportNoValue()
    } else {
      report("wrong-type", "\(name) must be \(wanted), not \(found).", remedy: remedy())
    }
  }

  private var found: String {
    switch node.content {
    case .list: "a list"
    case .mapping: "a mapping"
    case .scalar(let scalar): "\"\(scalar.text.shownInMessage)\""
    }
  }
}
