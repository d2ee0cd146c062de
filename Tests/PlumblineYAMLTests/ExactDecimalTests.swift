import PlumblineYAML
import Testing

struct ExactDecimalTests {
  @Test(
    arguments: [
      ("0", 0, 0, "0"), ("-0.5", -5, 1, "-0.5"), ("+7", 7, 0, "7"), ("0.050", 50, 3, "0.050"),
      ("007", 7, 0, "7"), ("999999999999999999", 999_999_999_999_999_999, 0, "999999999999999999"),
      ("0.000000000000000001", 1, 18, "0.000000000000000001"),
    ] as [(String, Int64, Int, String)]
  )
  func `keeps the digits`(text: String, significand: Int64, decimals: Int, shown: String) throws {
    let number = try #require(ExactDecimal(text))
    #expect(number.significand == significand)
    #expect(number.decimals == decimals)
    #expect(number.description == shown)
  }

  @Test(arguments: [
    "", "-", ".", "1.", ".5", "1e3", "0x10", "1,000", "1 000", "nan", "inf", "٣", "--1", "1.2.3",
    "99999999999999999999", "9999999999999999999", "0.0000000000000000001",
  ])
  func `takes nothing else for a number`(text: String) {
    #expect(ExactDecimal(text) == nil)
  }

  @Test(
    arguments: [
      ("0", 2, 0), ("11000", 2, 1_100_000), ("11000.5", 2, 1_100_050), ("11000.500", 2, 1_100_050),
      ("1.005", 2, nil), ("100000000000000000", 2, nil), ("-1.5", 0, nil), ("-1.0", 0, -1),
    ] as [(String, Int, Int64?)]
  )
  func `scales without rounding`(text: String, power: Int, scaled: Int64?) throws {
    #expect(try #require(ExactDecimal(text)).scaled(byPowerOfTen: power) == scaled)
  }
}
