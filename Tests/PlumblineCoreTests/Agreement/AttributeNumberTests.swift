import Testing

@testable import PlumblineCore

/// Numbers as people and programs write them into a lead's attributes.
struct AttributeNumberTests {
  @Test(
    arguments: [
      ("", nil), (".", nil), (",", nil), ("unknown", nil), ("nan", nil), ("inf", nil),
      ("0", 0), ("7", 7), ("-5", -5), ("1200", 1200), ("1e3", 1000),
      ("1.200", 1200), ("1,200", 1200), ("-1.200", -1200), ("999,999", 999_999),
      ("1.5", 1.5), ("1,5", 1.5), ("1.50", 1.5), ("1,25", 1.25), ("1.2345", 1.2345),
      (".5", 0.5), (",5", 0.5), ("0.125", 0.125), ("0,125", 0.125), ("1234.567", 1234.567),
      ("1.234.567", 1_234_567), ("1,234,567", 1_234_567), ("12,34,567", 1_234_567),
      ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("1.234,567", 1234.567),
      ("1,234,567.89", 1_234_567.89), ("1.234.567,89", 1_234_567.89),
      ("1.2.3", nil), ("1,2,3", nil), ("1,23.5", nil), ("1,234.567,8", nil), ("1.2,3,4", nil),
      ("1 200", 1200), ("1\u{202F}200,5", 1200.5), ("1'200", 1200), ("1’200.50", 1200.5),
      ("200+", 200), ("1.000+", 1000), ("+", nil),
      ("51-200", 125.5), ("1.000-5.000", 3000), ("1,000 – 5,000", 3000), ("1,5-2,5", 2),
      ("200-51", nil), ("1-2-3", nil),
    ] as [(String, Double?)]
  )
  func `reads a number`(text: String, number: Double?) {
    #expect(AttributeMatch.number(text) == number)
  }

  @Test func `a range takes a number in either spelling`() {
    let match = AttributeMatch.range(1000, 1500)
    #expect(match.fits("1.200") == true && match.fits("1,200") == true)
    #expect(AttributeMatch.range(1, 2).fits("1,5") == true)
    #expect(match.fits("1,5") == false)
  }
}
