import PlumblineCore
import Yams

/// What Yams made of a text, and the way from there to `YAMLNode`.
///
/// Yams stops at the first repeated key. To find all of them, the first letter of a repeated key
/// is replaced by a stand-in character of the same width and the text is read again; places stay
/// right, and the letter is put back afterwards.
struct YAMLComposition {
  /// Stand-ins are noncharacters (Unicode 16, section 23.7), one for each repeated key.
  private static let standIns = (0xFDD1...0xFDEF).compactMap { Unicode.Scalar($0 as UInt32) }

  private let node: Node?
  /// Keeps the anchors alive, to which nodes refer weakly.
  private let parser: Parser
  private let replaced: [YAMLPosition: Unicode.Scalar]

  /// Reads `scalars`, or nil with a finding when they are not YAML.
  ///
  /// - Parameters:
  ///   - source: The places of the text.
  ///   - scalars: The text, in which every scalar stands where it stands in `source`.
  ///   - findings: Where everything wrong is noted.
  init?(_ source: YAMLSource, of scalars: [Unicode.Scalar], findings: YAMLFindings) {
    var scalars = scalars
    var replaced: [YAMLPosition: Unicode.Scalar] = [:]
    // A large text is read again only a few times, so that the work stays bounded.
    let repeats = max(1, 4 * YAMLReader.maximumBytes / max(1, scalars.count))
    var standIns = Self.standIns.prefix(repeats).makeIterator()
    while true {
      do {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        let parser = try Parser(yaml: String(text), resolver: .basic, encoding: .utf8)
        node = try parser.singleRoot()
        self.parser = parser
        self.replaced = replaced
        return
      } catch let error as YamlError {
        if case .duplicatedKeysInMapping(_, let context) = error,
          let standIn = standIns.next()
        {
          let position = YAMLPosition(context.mark)
          if let index = Self.firstLetter(ofKeyAt: position, in: source) {
            replaced[position] = scalars[index]
            scalars[index] = standIn
            continue
          }
        }
        findings.report(error, of: source)
        return nil
      } catch {
        findings.report(code: "yaml.syntax", "this is not valid YAML.", at: nil)
        return nil
      }
    }
  }

  /// The document as nodes, with everything in it that is not used here noted.
  func root(findings: YAMLFindings) -> YAMLNode? {
    node.map { convert($0, depth: 1, findings: findings) }
  }

  /// Notes every anchor and says whether there was one.
  func reportAnchors(findings: YAMLFindings) -> Bool {
    guard let node else { return false }
    var pending = [node]
    var found = false
    while let next = pending.popLast() {
      if reportAnchor(of: next, findings: findings) { found = true }
      switch next {
      case .mapping(let mapping):
        for (key, value) in mapping { pending += [key, value] }
      case .sequence(let sequence): pending += sequence
      case .scalar, .alias: break
      }
    }
    return found
  }

  /// The index of the letter that can be replaced to make a key another key, or nil.
  private static func firstLetter(ofKeyAt position: YAMLPosition, in source: YAMLSource) -> Int? {
    guard var index = source.index(of: position) else { return nil }
    if source.scalars[index] == "\"" || source.scalars[index] == "'" { index += 1 }
    guard index < source.scalars.count else { return nil }
    let letter = source.scalars[index]
    return letter.properties.isAlphabetic || ("0"..."9").contains(letter) || letter == "_"
      ? index : nil
  }

  private func convert(_ node: Node, depth: Int, findings: YAMLFindings) -> YAMLNode {
    let position = YAMLPosition(node.mark)
    _ = reportAnchor(of: node, findings: findings)
    reportTag(of: node, findings: findings)
    guard depth <= YAMLReader.maximumDepth else {
      findings.report(
        code: "yaml.too-deep",
        "lists and mappings are nested deeper than \(YAMLReader.maximumDepth) levels.",
        at: position
      )
      return YAMLNode(.scalar(YAMLScalar("")), at: position)
    }
    switch node {
    case .scalar(let scalar):
      let isQuoted = scalar.style != .plain && scalar.style != .any
      let text = Self.withoutMarks(scalar.string)
      return YAMLNode(.scalar(YAMLScalar(text, isQuoted: isQuoted)), at: position)
    case .sequence(let sequence):
      return YAMLNode(
        .list(sequence.map { convert($0, depth: depth + 1, findings: findings) }),
        at: position
      )
    case .mapping(let mapping):
      return YAMLNode(
        .mapping(entries(of: mapping, depth: depth, findings: findings)),
        at: position
      )
    case .alias: return YAMLNode(.scalar(YAMLScalar("")), at: position)
    }
  }

  private func entries(
    of mapping: Node.Mapping,
    depth: Int,
    findings: YAMLFindings
  ) -> [YAMLEntry] {
    var places: [String: YAMLPosition] = [:]
    var entries: [YAMLEntry] = []
    for (keyNode, valueNode) in mapping {
      let position = YAMLPosition(keyNode.mark)
      _ = reportAnchor(of: keyNode, findings: findings)
      reportTag(of: keyNode, findings: findings)
      guard case .scalar(let scalar) = keyNode else {
        findings.report(
          code: "yaml.key-not-text",
          "a key must be a word or a text, not a list or a mapping.",
          at: position,
          remedy: "Put text that begins with [ or { in quotes."
        )
        continue
      }
      var key = scalar.string
      if let letter = replaced[position], !key.unicodeScalars.isEmpty {
        key.unicodeScalars.replaceSubrange(
          key.unicodeScalars.startIndex...key.unicodeScalars.startIndex,
          with: [letter]
        )
      }
      key = Self.withoutMarks(key)
      if let first = places[key] {
        findings.report(
          code: "yaml.duplicate-key",
          "\"\(key.shownInMessage)\" is given twice, first in line \(first.line).",
          at: position,
          remedy: "Keep one of the two."
        )
      } else {
        places[key] = position
        let value = convert(valueNode, depth: depth + 1, findings: findings)
        entries.append(YAMLEntry(key: key, at: position, value: value))
      }
    }
    return entries
  }

  /// A text without byte-order marks at its beginning, of which Foundation drops one anyway.
  private static func withoutMarks(_ text: String) -> String {
    guard text.unicodeScalars.first == "\u{FEFF}" else { return text }
    return String(text.unicodeScalars.drop { $0 == "\u{FEFF}" })
  }

  private func reportAnchor(of node: Node, findings: YAMLFindings) -> Bool {
    guard let anchor = node.anchor else { return false }
    findings.report(
      code: "yaml.anchor",
      "the anchor \"&\(anchor.rawValue.shownInMessage)\" cannot be used: anchors and aliases are "
        + "not read.",
      at: YAMLPosition(node.mark),
      remedy: "Write the value out, or put a text that begins with & in quotes."
    )
    return true
  }

  private func reportTag(of node: Node, findings: YAMLFindings) {
    let tag = node.tag.rawValue
    let plain = ["", "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"]
    guard !plain.contains(tag) else { return }
    findings.report(
      code: "yaml.tag",
      "the tag \"\(tag.shownInMessage)\" cannot be used: tags are not read.",
      at: YAMLPosition(node.mark),
      remedy: "Remove the tag, or put a text that begins with ! in quotes."
    )
  }
}

extension YAMLPosition {
  /// The place that Yams names; the beginning of the file when it names none.
  init(_ mark: Mark?) {
    self.init(line: max(1, mark?.line ?? 1), column: max(1, mark?.column ?? 1))
  }
}
