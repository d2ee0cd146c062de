import Testing

@testable import PlumblineCore

@Suite struct DelimitedTextTests {
  @Test func `an empty text has only its mark`() {
    #expect(DelimitedText().bytes.isEmpty)
    #expect(DelimitedText(encoding: .utf8WithMark).bytes == [0xEF, 0xBB, 0xBF])
    #expect(DelimitedText(encoding: .utf16LittleEndianWithMark).bytes == [0xFF, 0xFE])
  }

  @Test(arguments: [
    ("", ""), ("a b", "a b"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\nb", "\"a\nb\""),
    ("a\tb", "a\tb"), ("a\r", "\"a\r\""),
  ])
  func `quotes only the fields that need it`(field: String, expected: String) {
    var text = DelimitedText()
    text.row([field, "x"])
    #expect(String(decoding: text.bytes, as: UTF8.self) == "\(expected),x\n")
  }

  @Test func `writes the low byte first`() {
    var text = DelimitedText(
      separator: "\t",
      lineEnd: "\r\n",
      encoding: .utf16LittleEndianWithMark
    )
    text.row(["é", "€"])
    #expect(
      text.bytes == [0xFF, 0xFE, 0xE9, 0, 0x09, 0, 0xAC, 0x20, 0x0D, 0, 0x0A, 0]
    )
  }

  @Test(
    arguments: [
      (0, "0.00"), (5, "0.05"), (99_999, "999.99"), (100_000, "1,000.00"),
      (123_456_789, "1,234,567.89"), (100_000_001, "1,000,000.01"),
    ] as [(Int64, String)]
  )
  func `groups digits by three`(cents: Int64, expected: String) {
    #expect(ExampleCompany.amount(cents, thousands: ",") == expected)
    #expect(ExampleCompany.amount(cents) == expected.filter { $0 != "," })
  }
}
