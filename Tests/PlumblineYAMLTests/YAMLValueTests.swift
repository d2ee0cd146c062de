import PlumblineCore
import PlumblineYAML
import Testing

struct YAMLValueTests {
  private enum Colour: String, CaseIterable { case red, green }

  /// The fields of a text with the keys `a` to `f`.
  private func fields(_ text: String) throws -> YAMLFields {
    let findings = YAMLFindings(file: "a.yaml", codePrefix: "test")
    let root = try #require(YAMLReader.read(Array(text.utf8), findings: findings))
    return try #require(
      YAMLValue(root, name: "the file", findings: findings).fields([
        "amount", "colour", "day", "list", "share", "text", "whole",
      ])
    )
  }

  @Test func `reads values of each type`() throws {
    let fields = try fields(
      """
      amount: 12.50
      colour: red
      day: 2024-02-29
      list: [x, "", no]
      share: 1
      text: 007
      whole: -3

      """
    )
    #expect(fields["amount"]?.decimal()?.value == ExactDecimal(significand: 1250, decimals: 2))
    #expect(fields["colour"]?.word(Colour.self)?.value == .red)
    #expect(fields["day"]?.date()?.value == CivilDate(year: 2024, month: 2, day: 29))
    #expect(fields["list"]?.texts()?.map(\.value) == ["x", "", "no"])
    #expect(fields["share"]?.share()?.value.value == 1)
    #expect(fields["text"]?.text()?.value == "007")
    #expect(fields["text"]?.texts()?.map(\.value) == ["007"])
    #expect(fields["whole"]?.integer(in: -3...3)?.value == -3)
    #expect(fields["whole"]?.position == YAMLPosition(line: 7, column: 8))
    #expect(fields["missing"] == nil)
    #expect(fields.findings.diagnostics.isEmpty)
  }

  @Test func `finds everything wrong at once`() throws {
    let fields = try fields(
      """
      amount: twelve
      colour: Red
      day: 2023-02-29
      list: {}
      share: 78.50 %
      text: [x]
      whole: 4
      lst: 1
      something: 1

      """
    )
    #expect(fields["amount"]?.decimal() == nil)
    #expect(fields["colour"]?.word(Colour.self) == nil)
    #expect(fields["day"]?.date() == nil)
    #expect(fields["list"]?.items() == nil)
    #expect(fields["share"]?.share() == nil)
    #expect(fields["text"]?.text() == nil)
    #expect(fields["whole"]?.integer(in: -3...3) == nil)
    #expect(fields.required("none") == nil)
    #expect(
      fields.findings.diagnostics.map(\.description) == [
        "a.yaml:1:1: error: the file has no \"none\".\n  Add \"none\". [test.missing-key]",
        "a.yaml:1:9: error: \"amount\" must be a number, not \"twelve\".\n"
          + "  Write digits with a decimal point, such as 1250 or 0.78. [test.wrong-type]",
        "a.yaml:2:9: error: \"colour\" must be one of red, green, not \"Red\".\n"
          + "  Did you mean \"red\"? [test.wrong-type]",
        "a.yaml:3:6: error: \"day\" must be a date, not \"2023-02-29\".\n"
          + "  Write year, month and day, such as 2026-01-31. [test.wrong-type]",
        "a.yaml:4:7: error: \"list\" must be a list, not a mapping.\n"
          + "  Write [first, second], or lines that begin with -. [test.wrong-type]",
        "a.yaml:5:8: error: \"share\" must be a share from 0 to 1, not \"78.50 %\".\n"
          + "  Write 0.785. [test.wrong-type]",
        "a.yaml:6:7: error: \"text\" must be a text, not a list. [test.wrong-type]",
        "a.yaml:7:8: error: \"whole\" must be between -3 and 3, not 4. [test.out-of-range]",
        "a.yaml:8:1: error: the file has no key \"lst\".\n"
          + "  Did you mean \"list\"? [test.unknown-key]",
        "a.yaml:9:1: error: the file has no key \"something\".\n"
          + "  Known keys: amount, colour, day, list, share, text, whole. [test.unknown-key]",
      ]
    )
  }

  @Test(arguments: ["text:", "text: ~", "text: null"])
  func `tells an empty value from a wrong one`(text: String) throws {
    let fields = try fields(text)
    let value = try #require(fields["text"])
    #expect(value.text() == nil)
    #expect(value.items() == nil)
    #expect(value.oneOrMore() == nil)
    #expect(value.decimal() == nil)
    #expect(value.flag() == nil)
    #expect(fields.findings.diagnostics.count == 5)
    #expect(
      fields.findings.diagnostics.allSatisfy {
        $0.message == "\"text\" has no value." && $0.code == "test.no-value"
      }
    )
  }

  @Test func `names the entry of a list`() throws {
    let fields = try fields("list: [x, [y], \"\"]")
    #expect(fields["list"]?.texts()?.map(\.value) == ["x", ""])
    _ = fields["list"]?.items()?.map { $0.filledText() }
    #expect(
      fields.findings.diagnostics.map(\.description) == [
        "a.yaml:1:11: error: entry 2 of \"list\" must be a text, not a list. [test.wrong-type]",
        "a.yaml:1:11: error: entry 2 of \"list\" must be a text, not a list. [test.wrong-type]",
        "a.yaml:1:16: error: entry 3 of \"list\" must not be empty. [test.no-value]",
      ]
    )
  }

  @Test func `shows nothing in a message that moves the cursor`() {
    #expect("a\u{1B}[2Jb\n\u{202E}c".shownInMessage == "a\u{FFFD}[2Jb\u{FFFD}\u{FFFD}c")
    #expect(String(repeating: "x", count: 60).shownInMessage.count == 60)
    #expect(String(repeating: "x", count: 61).shownInMessage.hasSuffix("x…"))
  }
}
