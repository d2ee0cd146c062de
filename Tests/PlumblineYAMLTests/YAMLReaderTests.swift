import PlumblineCore
import PlumblineYAML
import Testing

struct YAMLReaderTests {
  /// The root and the findings' descriptions of a text.
  private func read(_ bytes: [UInt8]) -> (root: YAMLNode?, findings: [String]) {
    let findings = YAMLFindings(file: "a.yaml", codePrefix: "test")
    let root = YAMLReader.read(bytes, findings: findings)
    return (root, findings.diagnostics.map(\.description))
  }

  private func read(_ text: String) -> (root: YAMLNode?, findings: [String]) {
    read(Array(text.utf8))
  }

  @Test(arguments: ["", "\n", "# only a comment\n", "\u{FEFF}", "---\n...\n# x\n"])
  func `says that a file holds nothing`(text: String) {
    let (root, findings) = read(text)
    if text.hasPrefix("---") {
      #expect(root?.isNull == true)
    } else {
      #expect(root == nil)
      #expect(
        findings == ["a.yaml: error: the file holds nothing but blanks and comments. [yaml.empty]"]
      )
    }
  }

  @Test func `gives line and column of every key and value`() throws {
    let root = try #require(read("\u{FEFF}a: 1\r\nbé: [x, 'y z']\n\nc:\n  - {d: e}\n").root)
    func describe(_ node: YAMLNode) -> String {
      let place = "@\(node.position.line):\(node.position.column)"
      return switch node.content {
      case .scalar(let scalar): (scalar.isQuoted ? "'\(scalar.text)'" : scalar.text) + place
      case .list(let nodes): "[" + nodes.map(describe).joined(separator: " ") + "]" + place
      case .mapping(let entries):
        "{"
          + entries.map { entry in
            "\(entry.key)@\(entry.keyPosition.line):\(entry.keyPosition.column)="
              + describe(entry.value)
          }.joined(separator: " ") + "}" + place
      }
    }
    #expect(
      describe(root)
        == "{a@1:1=1@1:4 bé@2:1=[x@2:6 'y z'@2:9]@2:5 "
        + "c@4:1=[{d@5:6=e@5:9}@5:5]@5:3}@1:1"
    )
  }

  @Test(arguments: [
    (
      "a: [1, 2\nb: 3\n",
      "a.yaml:2:2: error: this is not valid YAML: did not find expected ',' or ']', while parsing "
        + "a flow sequence that begins in line 1.\n  Close the list with ]. [yaml.syntax]"
    ),
    (
      "a:\n\tb: 1\n",
      "a.yaml:2:1: error: this is not valid YAML: found character that cannot start any token.\n"
        + "  Indent with blanks, never with tabs. [yaml.syntax]"
    ),
    (
      "a: b: c\n",
      "a.yaml:1:5: error: this is not valid YAML: mapping values are not allowed in this context.\n"
        + "  Put a text that holds a colon and a blank in quotes, and check the indentation. "
        + "[yaml.syntax]"
    ),
    (
      "a: \"b\n",
      "a.yaml:2:1: error: this is not valid YAML: found unexpected end of stream, while scanning a "
        + "quoted scalar that begins in line 1.\n  Close the quotes. [yaml.syntax]"
    ),
    (
      "a: 1\n---\nb: 2\n",
      "a.yaml:2:1: error: a second document begins here; only one is read.\n"
        + "  Remove the line that begins with --- and what follows it. [yaml.several-documents]"
    ),
    (
      "file: *contacts.csv\n",
      "a.yaml:1:7: error: a value that begins with * must stand in quotes.\n"
        + "  Write \"*…\" with the quotes; aliases are not read. [yaml.alias]"
    ),
    (
      "file: *\n",
      "a.yaml:1:7: error: a value that begins with * must stand in quotes.\n"
        + "  Write \"*…\" with the quotes; aliases are not read. [yaml.alias]"
    ),
    (
      "a: [x, *y]\n",
      "a.yaml:1:8: error: a value that begins with * must stand in quotes.\n"
        + "  Write \"*…\" with the quotes; aliases are not read. [yaml.alias]"
    ),
    (
      "a: & b\n",
      "a.yaml:1:4: error: a value that begins with & must stand in quotes.\n"
        + "  Write \"&…\" with the quotes; anchors are not read. [yaml.anchor]"
    ),
    (
      "a: &x 1\n",
      "a.yaml:1:4: error: the anchor \"&x\" cannot be used: anchors and aliases are not read.\n"
        + "  Write the value out, or put a text that begins with & in quotes. [yaml.anchor]"
    ),
    (
      "a: !!int 1\n",
      "a.yaml:1:4: error: the tag \"tag:yaml.org,2002:int\" cannot be used: tags are not read.\n"
        + "  Remove the tag, or put a text that begins with ! in quotes. [yaml.tag]"
    ),
    (
      "? [a]\n: 1\n",
      "a.yaml:1:3: error: a key must be a word or a text, not a list or a mapping.\n"
        + "  Put text that begins with [ or { in quotes. [yaml.key-not-text]"
    ),
    (
      "a: 1\nb: \u{1}\n",
      "a.yaml:2:4: error: the character U+0001 is not allowed here.\n"
        + "  Remove it; inside double quotes it may be written as an escape. "
        + "[yaml.forbidden-character]"
    ),
  ])
  func `explains what is not YAML`(text: String, finding: String) {
    #expect(read(text).findings == [finding])
  }

  @Test func `finds every repeated key and keeps the first value`() throws {
    let text = """
      company: A
      stages: {lead: 1, "lead": 2, won: 3, lead: 4}
      company: B
      other: 1
      'company': C

      """
    let (root, findings) = read(text)
    #expect(
      findings == [
        "a.yaml:2:19: error: \"lead\" is given twice, first in line 2.\n"
          + "  Keep one of the two. [yaml.duplicate-key]",
        "a.yaml:2:38: error: \"lead\" is given twice, first in line 2.\n"
          + "  Keep one of the two. [yaml.duplicate-key]",
        "a.yaml:3:1: error: \"company\" is given twice, first in line 1.\n"
          + "  Keep one of the two. [yaml.duplicate-key]",
        "a.yaml:5:1: error: \"company\" is given twice, first in line 1.\n"
          + "  Keep one of the two. [yaml.duplicate-key]",
      ]
    )
    guard case .mapping(let entries) = try #require(root).content else {
      Issue.record("no mapping")
      return
    }
    #expect(entries.map(\.key) == ["company", "stages", "other"])
    #expect(entries.first?.value.scalar?.text == "A")
  }

  @Test func `reports a repeated key that no letter can be replaced in`() {
    #expect(
      read("'': 1\n'': 2\n").findings == [
        "a.yaml:1:1: error: a key is given twice: \"\".\n  Keep one of the two. "
          + "[yaml.duplicate-key]"
      ]
    )
  }

  @Test func `says where a file stops being UTF-8`() {
    #expect(
      read(Array("a: 1\nb: x".utf8) + [0xFF] + Array("\n".utf8)).findings == [
        "a.yaml:2:5: error: the file is not UTF-8 from here on.\n  Save the file as UTF-8. "
          + "[yaml.not-utf-8]"
      ]
    )
    #expect(
      read([0xFF, 0xFE, 0x61, 0x00]).findings == [
        "a.yaml:1:1: error: the file is UTF-16, not UTF-8.\n  Save the file as UTF-8. "
          + "[yaml.not-utf-8]"
      ]
    )
  }

  @Test func `reads a file of the largest size and no larger`() {
    let largest = "a: " + String(repeating: "x", count: YAMLReader.maximumBytes - 3)
    #expect(read(largest).findings.isEmpty)
    #expect(
      read(largest + "x").findings == [
        "a.yaml: error: the file has 1048577 bytes; at most 1048576 are read.\n"
          + "  Check that this is the right file. [yaml.too-large]"
      ]
    )
  }

  @Test(arguments: [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", "")])
  func `bounds the depth`(opening: String, closing: String) {
    func nested(_ levels: Int) -> String {
      String(repeating: opening, count: levels) + "x" + String(repeating: closing, count: levels)
    }
    let atLimit = read(nested(YAMLReader.maximumDepth - 1)).findings
    #expect(opening == "? " ? atLimit.count == 1 : atLimit.isEmpty)
    for levels in [YAMLReader.maximumDepth, 900, 1100, 100_000] {
      let findings = read(nested(levels)).findings
      #expect(findings.count == 1)
      let code = opening == "? " && levels < 1000 ? "[yaml.key-not-text]" : "[yaml.too-deep]"
      #expect(findings.first?.hasSuffix(code) == true, "\(levels): \(findings)")
    }
  }

  @Test func `refuses a small text that stands for an enormous one`() {
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<30 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      bomb += "a\(level): &a\(level) [\(aliases)]\n"
    }
    bomb += "? *a29\n: 1\n"
    let findings = read(bomb).findings
    #expect(findings.count == 30)
    #expect(findings.allSatisfy { $0.hasSuffix("[yaml.anchor]") })
  }

  @Test func `takes stars and ampersands in texts for what they are`() throws {
    let (root, findings) = read("a: \"*\"\nb: R&D * 2\nc: |\n  *x &y\n# *z &z\n\"*k\": '&v'\n")
    #expect(findings.isEmpty)
    guard case .mapping(let entries) = try #require(root).content else {
      Issue.record("no mapping")
      return
    }
    #expect(entries.map(\.key) == ["a", "b", "c", "*k"])
    #expect(entries.compactMap(\.value.scalar?.text) == ["*", "R&D * 2", "*x &y\n", "&v"])
  }

  @Test func `keeps at most a hundred findings`() {
    let findings = YAMLFindings(file: "a.yaml", codePrefix: "test")
    let keys = (0..<150).map { "k\($0): 1\n" }.joined()
    let root = YAMLReader.read(Array(keys.utf8), findings: findings)
    if let root {
      _ = YAMLValue(root, name: "the file", findings: findings).fields(["z"])
    }
    #expect(findings.hasErrors)
    #expect(findings.diagnostics.count == 101)
    #expect(
      findings.diagnostics.last?.description
        == "a.yaml: error: 50 more findings are not listed.\n"
        + "  Mend those listed and read the file again. [yaml.more-findings]"
    )
  }

  @Test(arguments: UInt64(0)..<20)
  func `survives damaged files`(seed: UInt64) {
    let original =
      "a: {b: [1, \"two\", 'three']}\nc:\n  - d: |\n      text\n    e: &x *y\n? f\n: !g h\n"
    let tally = FuzzTally(
      iterations: 300,
      seed: seed,
      originals: [original],
      words: ["a: ", "b"]
    ) { bytes, file in
      let findings = YAMLFindings(file: file, codePrefix: "test")
      let root = YAMLReader.read(bytes, findings: findings)
      return (root != nil && !findings.hasErrors, findings.diagnostics, nil)
    }
    #expect(tally.tried == 300)
    #expect(tally.failures.isEmpty)
  }

  @Test(arguments: [
    "[", "{", "- ", "? ", "[{", "\"", "'", "|\n", ": ", "!", "%", "a: [", "- - a\n", "*a ", "&a ",
    "k: v\n", ",",
  ])
  func `takes a file of one repeated snippet in its stride`(snippet: String) {
    let count = YAMLReader.maximumBytes / 8 / snippet.utf8.count
    let clock = ContinuousClock()
    let elapsed = clock.measure {
      _ = read(String(repeating: snippet, count: count))
    }
    #expect(elapsed < .seconds(20))
  }

  @Test(arguments: [
    (String(repeating: "\u{301}", count: 30), true),
    (String(repeating: "\u{301}", count: 31), false),
    (String(repeating: "\\u0301", count: 30), true),
    (String(repeating: "\\u0301", count: 31), false),
    (String(repeating: "\\U00000301", count: 31), false),
    (String(repeating: "\\u0301\\\n  ", count: 31), false),
    (String(repeating: "\\u0301 ", count: 31), true),
    (String(repeating: "\\u00e9\\xe9\\", count: 31), true), ("\\u", true), ("\\U001", true),
  ])
  func `refuses heaps of marks upon one letter`(text: String, isTaken: Bool) {
    let (_, findings) = read("a: \"x\(text)\"\n")
    #expect(findings.contains { $0.contains("yaml.marks") } != isTaken)
  }
}
