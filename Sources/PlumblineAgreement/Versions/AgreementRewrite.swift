public import PlumblineCore
import PlumblineYAML

/// Changes single values of an agreement's text and leaves every other character as it is.
public struct AgreementRewrite: Sendable {
  /// What is to be changed.
  public enum Change: Hashable, Sendable {
    /// The version's name.
    case version(String)
    /// The first day on which it holds.
    case effective(CivilDate)
    /// How skipped stages count.
    case skips(SkipRule)
    /// What a return is.
    case returns(ReturnRule)
    /// A stage counts only when another follows in time.
    case confirmed(stage: String, by: String, withinDays: Int)
    /// The score of an MQL.
    case mqlAt(Int)
    /// A stage lets leads in from a score on.
    case gate(stage: String, score: Int)
    /// Within how many days a step is judged; the step as two stages with a hyphen.
    case horizon(step: String, days: Int)

    /// The score of an MQL, where it is that which changes.
    public var score: Int? { if case .mqlAt(let score) = self { score } else { nil } }
  }

  /// The text with the changes.
  public let text: String
  /// The lines that changed, counted from 1.
  public let lines: [Int]
  /// Changes that have no place in this text, for somebody to write by hand.
  public let unplaced: [Change]

  /// Changes a text.
  ///
  /// - Parameters:
  ///   - text: The text of an agreement.
  ///   - changes: What is to be changed, each place once.
  public init(_ text: String, _ changes: [Change]) {
    let findings = YAMLFindings(file: "agreement.yaml", codePrefix: "agreement")
    var editor = TextEditor(text)
    var unplaced: [Change] = []
    if let root = YAMLReader.read(Array(text.utf8), findings: findings) {
      for change in changes where !editor.place(change, in: root) { unplaced.append(change) }
    } else {
      unplaced = changes
    }
    (self.text, lines) = editor.result
    self.unplaced = unplaced
  }
}

/// Edits of a text at places that its nodes name.
private struct TextEditor {
  private struct Edit {
    var start: Int
    var end: Int
    var text: String
  }

  private let scalars: [Unicode.Scalar]
  private let lineStarts: [Int]
  private var edits: [Edit] = []

  init(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    self.scalars = scalars
    lineStarts = [0] + scalars.indices.filter { scalars[$0] == "\n" }.map { $0 + 1 }
  }

  /// The text with all edits, and the lines that they changed.
  var result: (String, [Int]) {
    var out = String.UnicodeScalarView()
    var lines: Set<Int> = []
    var (next, line) = (0, 1)
    func copy(_ piece: some Sequence<Unicode.Scalar>) {
      for scalar in piece {
        out.append(scalar)
        if scalar == "\n" { line += 1 }
      }
    }
    for edit in edits.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
      copy(scalars[next..<edit.start])
      let first = line
      copy(edit.text.unicodeScalars)
      // A new line ends with what stood before it on the old one, which is as it was.
      lines.formUnion(first...(edit.text.contains("\n") ? line - 1 : line))
      next = edit.end
    }
    copy(scalars[next...])
    return (String(out), lines.sorted())
  }

  private func index(_ position: YAMLPosition) -> Int? {
    guard position.line <= lineStarts.count else { return nil }
    let index = lineStarts[position.line - 1] + position.column - 1
    return index < scalars.count ? index : nil
  }

  /// Where a scalar stands; nil where it is not written in one piece.
  private func range(of node: YAMLNode) -> Range<Int>? {
    guard let scalar = node.scalar, let start = index(node.position) else { return nil }
    for quote in ["", "\"", "'"] {
      let written = Array((quote + scalar.text + quote).unicodeScalars)
      let end = start + written.count
      if end <= scalars.count, !written.isEmpty, Array(scalars[start..<end]) == written,
        scalar.isQuoted == !quote.isEmpty
      {
        return start..<end
      }
    }
    return nil
  }

  private mutating func replace(_ node: YAMLNode, with text: String) -> Bool {
    guard let range = range(of: node) else { return false }
    edits.append(Edit(start: range.lowerBound, end: range.upperBound, text: text))
    return true
  }

  /// Sets a key of a mapping, with a line of its own where it is new.
  private mutating func set(_ key: String, to text: String, in mapping: YAMLNode) -> Bool {
    guard case .mapping(let entries) = mapping.content, let first = entries.first else {
      return false
    }
    if let entry = entries.first(where: { $0.key == key }) {
      return replace(entry.value, with: text)
    }
    guard let start = index(first.keyPosition) else { return false }
    if isFlow(mapping) {
      edits.append(Edit(start: start, end: start, text: "\(key): \(text), "))
      return true
    }
    let indent = String(repeating: " ", count: first.keyPosition.column - 1)
    // Before the first key, whatever stands behind the last.
    edits.append(Edit(start: start, end: start, text: "\(key): \(text)\n\(indent)"))
    return true
  }

  private func isFlow(_ node: YAMLNode) -> Bool {
    index(node.position).map { scalars[$0] == "{" } ?? false
  }

  mutating func place(_ change: AgreementRewrite.Change, in root: YAMLNode) -> Bool {
    switch change {
    case .version(let name):
      // Quotes, so that 2026-02 stays a word.
      return set("version", to: "\"\(name)\"", in: root)
    case .effective(let day): return set("effective", to: "\(day)", in: root)
    case .skips(let rule): return setOfStages("skips", rule.rawValue, root)
    case .returns(let rule): return setOfStages("returns", rule.rawValue, root)
    case .confirmed(let stage, let other, let days): return confirm(stage, other, days, root)
    case .mqlAt(let score): return setScore(score, root)
    case .gate(let stage, let score): return gate(stage, score, root)
    case .horizon(let step, let days):
      if let horizons = root["horizons"] { return set(step, to: "\(days) days", in: horizons) }
      return set("horizons", to: "{\(step): \(days) days}", in: root)
    }
  }

  private mutating func setOfStages(_ key: String, _ text: String, _ root: YAMLNode) -> Bool {
    if let stages = root["stages"] { return set(key, to: text, in: stages) }
    return set("stages", to: "{\(key): \(text)}", in: root)
  }

  private mutating func confirm(
    _ stage: String,
    _ other: String,
    _ days: Int,
    _ root: YAMLNode
  ) -> Bool {
    let term = "{stage: \(other), within_days: \(days)}"
    return set("confirmed_by", term, ofStage: stage, root) { editor, known in
      guard let by = known["stage"], let within = known["within_days"],
        editor.range(of: by) != nil, editor.range(of: within) != nil
      else { return false }
      return editor.replace(by, with: other) && editor.replace(within, with: "\(days)")
    }
  }

  /// Asks for a score at a stage whose gate, if it has one, asks for none yet.
  private mutating func gate(_ stage: String, _ score: Int, _ root: YAMLNode) -> Bool {
    set("gate", "{score: \(score)}", ofStage: stage, root) { editor, known in
      editor.set("score", to: "\(score)", in: known)
    }
  }

  /// Sets a mapping of a stage of the path; what the stage has already is for `change`.
  private mutating func set(
    _ key: String,
    _ term: String,
    ofStage stage: String,
    _ root: YAMLNode,
    change: (inout TextEditor, YAMLNode) -> Bool
  ) -> Bool {
    guard case .list(let items)? = root["stages"]?["path"]?.content else { return false }
    for item in items {
      if item.scalar?.text == stage {
        return replace(item, with: "{id: \(stage), \(key): \(term)}")
      }
      guard let id = item["id"], id.scalar?.text == stage else { continue }
      if let known = item[key] { return change(&self, known) }
      guard let end = range(of: id)?.upperBound else { return false }
      if isFlow(item) {
        edits.append(Edit(start: end, end: end, text: ", \(key): \(term)"))
        return true
      }
      return set(key, to: term, in: item)
    }
    return false
  }

  /// The agreed mark, and the gates that ask for just that.
  private mutating func setScore(_ score: Int, _ root: YAMLNode) -> Bool {
    guard let scoring = root["score"] else { return false }
    let old = scoring["mql_at"]?.scalar?.text
    if case .list(let items)? = root["stages"]?["path"]?.content, let old {
      for item in items {
        guard let gate = item["gate"]?["score"], let text = gate.scalar?.text,
          text.filter({ !">= ".contains($0) }) == old
        else { continue }
        guard replace(gate, with: "\(score)") else { return false }
      }
    }
    return set("mql_at", to: "\(score)", in: scoring)
  }
}

extension YAMLNode {
  /// The value of a key; nil where this is no mapping or has no such key.
  fileprivate subscript(key: String) -> YAMLNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }
}
