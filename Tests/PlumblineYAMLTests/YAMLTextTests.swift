import PlumblineCore
import PlumblineYAML
import Testing

struct YAMLTextTests {
  /// The texts of a mapping's keys and of its values, in order.
  private func readBack(_ yaml: String) throws -> (keys: [String], values: [String]) {
    let findings = YAMLFindings(file: "a.yaml", codePrefix: "test")
    let root = try #require(YAMLReader.read(Array(yaml.utf8), findings: findings))
    #expect(findings.diagnostics.map(\.description) == [])
    guard case .mapping(let entries) = root.content else { return ([], []) }
    return (
      entries.map(\.key), entries.compactMap { $0.value.isNull ? nil : $0.value.scalar?.text }
    )
  }

  @Test(arguments: [
    "", " ", "a ", " a", "null", "~", "Null", "yes", "1", "2026-01-01", "- a", "a: b", "a #b", "#",
    "\"", "'", "\\", "*x", "&x", "!x", "%x", "@x", "`x", "[x]", "{x}", "a,b", "line\nbreak", "\r",
    "tab\t", "\u{0}", "\u{7F}", "\u{85}", "\u{A0}", "x\u{FEFF}", "\u{2028}", "\u{E000}", "ß", "日本",
    "👩‍👩‍👧", "\u{10FFFF}", "e\u{301}", "Google Ads", "a/b.c-d_e", "---", "...", "? x", "x:", "|", ">",
  ])
  func `reads back as the same text`(text: String) throws {
    let yaml = YAMLText.entry(text, YAMLText.scalar(text), indent: 0) + "\n"
    let (keys, values) = try readBack(yaml)
    #expect(keys.map { Array($0.unicodeScalars) } == [Array(text.unicodeScalars)])
    #expect(values.map { Array($0.unicodeScalars) } == [Array(text.unicodeScalars)])
    let flow = try readBack("{\(YAMLText.scalar(text)): \(YAMLText.scalar(text))}\n")
    #expect(flow.keys == [text])
    #expect(flow.values == [text])
  }

  @Test(arguments: ["\u{FEFF}", "\u{FEFF}\u{FEFF}"])
  func `drops byte-order marks at the beginning of a text`(marks: String) throws {
    let (keys, values) = try readBack(
      YAMLText.entry(marks + "a", YAMLText.scalar(marks + "b"), indent: 0)
    )
    #expect(keys.map(\.unicodeScalars.count) == [1])
    #expect(values.map(\.unicodeScalars.count) == [1])
  }

  @Test(arguments: [1, 999, 1000, 1001, 5000])
  func `reads back keys of any length`(length: Int) throws {
    let key = String(repeating: "k", count: length)
    let yaml = "a:\n" + YAMLText.entry(key, "v", indent: 2) + "\nb: c\n"
    let findings = YAMLFindings(file: "a.yaml", codePrefix: "test")
    let root = try #require(YAMLReader.read(Array(yaml.utf8), findings: findings))
    #expect(findings.diagnostics.isEmpty)
    guard case .mapping(let entries) = root.content,
      case .mapping(let inner) = entries[0].value.content
    else {
      Issue.record("no mapping")
      return
    }
    #expect(inner.map(\.key) == [key])
    #expect(entries.map(\.key) == ["a", "b"])
  }

  @Test func `reads back every scalar of the first planes`() throws {
    for start in stride(from: UInt32(0), to: 0x1_1000, by: 0x800) {
      var text = ""
      for value in start..<(start + 0x800) {
        if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
        // Heaps of marks are refused.
        if value % 16 == 0 { text.unicodeScalars.append("x") }
      }
      guard !text.isEmpty else { continue }
      let (_, values) = try readBack("a: " + YAMLText.scalar(text) + "\n")
      #expect(values.first.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
    }
  }

  @Test func `keeps comments from becoming content`() throws {
    let comment = "one\ntwo\r\nthree\u{2028}four: 4\u{85}five\u{0}\n"
    let lines = YAMLText.comment(comment, indent: 2)
    #expect(lines.allSatisfy { $0.hasPrefix("  #") })
    #expect(try readBack("a: 1\n" + lines.joined(separator: "\n") + "\nb: 2\n").keys == ["a", "b"])
    #expect(YAMLText.comment("", indent: 0) == ["#"])
  }
}
