import Testing

@testable import PlumblineReporting

struct TextTableTests {
  private func table(_ rows: [[String]], columns: [TextTable.Column]) -> TextTable {
    var table = TextTable(columns)
    for row in rows { table.add(row) }
    return table
  }

  @Test func `has no lines without rows`() {
    #expect(table([], columns: [.text("a")]).lines(TextLayout()).isEmpty)
  }

  @Test func `puts numbers to the right`() {
    let lines = table(
      [["Meta", "5"], ["Google", "1,234"]],
      columns: [.text("channel"), .number("n")]
    )
    .lines(TextLayout())
    #expect(lines == ["channel      n", "Meta         5", "Google   1,234"])
  }

  @Test func `counts wide and combining characters by columns`() {
    let lines = table(
      [["广告", "1"], ["e\u{301}", "2"], ["👩‍👩‍👧", "3"], ["", "4"]],
      columns: [.text("", least: 2), .number("n")]
    ).lines(TextLayout())
    #expect(lines == ["      n", "广告  1", "e\u{301}     2", "👩‍👩‍👧    3", "      4"])
  }

  @Test func `shortens words before it gives up on columns`() {
    let name = String(repeating: "x", count: 60)
    let lines = table([[name, "1,234"]], columns: [.text("channel"), .number("leads")])
      .lines(TextLayout(width: 40))
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= 40 })
    #expect(lines.last?.hasSuffix("…  1,234") == true)
  }

  @Test func `goes on in the next line where words are wrapped`() {
    let lines = table(
      [["meeting booked to meeting held", String(repeating: "9", count: 20)]],
      columns: [.wrapped("step", least: 10), .number("n")]
    ).lines(TextLayout(width: 40))
    #expect(
      lines == [
        "step                                   n",
        "meeting booked to   99999999999999999999",
        "meeting held",
      ]
    )
  }

  @Test func `keeps a number with its sign in a title`() {
    let lines = table([["Meta", "-"]], columns: [.text("channel"), .number("CAC (95 %)")])
      .lines(TextLayout())
    #expect(lines == ["            CAC", "channel  (95 %)", "Meta          -"])
  }

  @Test func `stacks what does not fit`() {
    let lines = table(
      [["Meta", String(repeating: "1", count: 20), String(repeating: "2", count: 20)]],
      columns: [.text("channel"), .number("first"), .number("second")]
    ).lines(TextLayout(width: 40))
    #expect(
      lines == ["Meta", "  first   11111111111111111111", "  second  22222222222222222222"]
    )
  }

  @Test func `breaks a title over narrow numbers`() {
    let lines = table([["1"]], columns: [.number("meeting booked")]).lines(TextLayout())
    #expect(lines == ["meeting", " booked", "      1"])
  }

  @Test func `is plain unless a terminal shows it`() {
    var table = TextTable([.text("a")])
    table.add(["x"], ink: .bad)
    #expect(table.lines(TextLayout()) == ["a", "x"])
    #expect(
      table.lines(TextLayout(isTerminal: true))
        == ["\u{1B}[2ma\u{1B}[0m", "\u{1B}[31mx\u{1B}[0m"]
    )
  }

  @Test func `lets no escape sequence through`() {
    let lines = table([["\u{1B}[31mred\u{9B}0m\n\u{202E}x"]], columns: [.text("a")])
      .lines(TextLayout())
    #expect(lines == ["a", "�[31mred�0m�x"])
  }
}

struct TextWrapTests {
  @Test(arguments: [
    ("", [String]()), ("a", ["a"]), ("one two", ["one two"]),
    ("one two three four", ["one two", "three four"]),
    ("abcdefghijklmnop", ["abcdefghij", "klmnop"]),
    ("is about 12 % of", ["is about", "12 % of"]),
    ("cost (at EUR 5,000)", ["cost (at", "EUR 5,000)"]),
    ("sixteen (EUR 5)", ["sixteen", "(EUR 5)"]),
  ])
  func `breaks between words but not inside a number`(text: String, lines: [String]) {
    #expect(TextWrap.lines(text, width: 10) == lines)
  }
}

struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("a", 1), ("é", 1), ("e\u{301}", 1), ("广", 2), ("ﾊ", 1), ("ハ", 2), ("🎉", 2),
    ("🇩🇪", 2), ("\u{200B}", 0), ("…–", 2),
  ])
  func `counts columns`(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }

  @Test(arguments: [
    ("abc", 0, ""), ("abc", 1, "…"), ("abc", 2, "a…"), ("abc", 3, "abc"), ("广告广", 4, "广…"),
  ])
  func `shortens to a width`(text: String, width: Int, short: String) {
    #expect(DisplayWidth.shortened(text, to: width) == short)
  }
}
