import PlumblineConnectors
import Testing

@Suite struct TextAndHeaderTests {
  @Test(arguments: [
    ("", ""), (" ", ""), ("a", "a"), (" a ", "a"), ("\t\r\na b\u{B}", "a b"), ("ä", "ä"),
    (" ä", "ä"),
    ("\u{A0}a\u{A0}", "a"), ("\u{202F}\u{2009}ä\u{3000}", "ä"), ("\u{FEFF}a\u{200B}", "a"),
    ("a\u{A0}b", "a\u{A0}b"), ("\u{1680}\u{205F}\u{2028}", ""), ("à", "à"), ("Ĩ", "Ĩ"),
    ("\u{2030}", "‰"),
  ])
  func `trims blanks of every kind at both ends`(text: String, expected: String) {
    #expect(withBytes(text) { TextBytes.string(TextBytes.trimmed($0)) } == expected)
  }

  @Test func `trims no byte of a character that only looks like a blank's`() {
    // The last bytes of these characters are those of blanks.
    for scalar in ["à", "Р", "な", "‡", "℀", "\u{10000}"] {
      #expect(withBytes(scalar) { TextBytes.string(TextBytes.trimmed($0)) } == scalar)
    }
  }

  @Test(arguments: [
    ("", ""), ("  ", ""), ("Amount", "amount"), (" C_Date ", "c date"),
    ("Deal -  Won_time", "deal - won time"),
    ("\u{FEFF}ID", "id"), ("Für\u{A0}Uns", "für uns"), ("__x__", "x"),
  ])
  func `normalises names for comparing`(name: String, expected: String) {
    #expect(HeaderName.normalized(name) == expected)
  }

  @Test(
    arguments: [
      ("Amount spent (USD)", "USD"), ("CPM (cost per 1,000 impressions) (EUR) ", "EUR"),
      ("Cost [GBP]", "GBP"), ("Cost (gbp)", nil), ("CLICKS (ALL)", nil),
      ("Montant dépensé (USD)", "USD"), ("Amount", nil), ("", nil), ("()", nil),
      ("Clicks (all)", nil), ("Conversions (ABC)", nil), ("USD", nil), ("Probability (%)", nil),
      ("(USD) spent", nil),
    ] as [(String, String?)]
  )
  func `finds the currency in a column's name`(name: String, expected: String?) {
    #expect(HeaderName.currency(in: name) == expected)
  }
}
