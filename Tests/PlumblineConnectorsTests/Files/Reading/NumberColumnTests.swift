import PlumblineConnectors
import PlumblineCore
import Testing

@Suite struct NumberColumnTests {
  static func survey(
    _ cells: [String],
    _ kind: NumberColumnSurvey.Kind = .fractional
  ) -> NumberColumnSurvey {
    var survey = NumberColumnSurvey(kind)
    for (index, cell) in cells.enumerated() {
      withBytes(cell) { survey.observe($0, line: index + 2) }
    }
    return survey
  }

  static func cents(_ cell: String, _ sign: DecimalSign, exponent: Int = 2) -> NumberReading {
    withBytes(cell) { NumberColumnFormat(decimalSign: sign).minorUnits($0, exponent: exponent) }
  }

  static let point = NumberColumnSurvey.Decision.decided(NumberColumnFormat(decimalSign: .point))
  static let comma = NumberColumnSurvey.Decision.decided(NumberColumnFormat(decimalSign: .comma))

  @Test(
    arguments: [
      ([], .noValues), (["", " --", "n/a"], .noValues),
      (
        ["free", "12.34.5"],
        .unreadable([CellExample(line: 2, text: "free"), CellExample(line: 3, text: "12.34.5")])
      ),
      (["0"], point), (["1", "-7", "1234567"], point), (["1 234 567"], point),
      (["1.234"], .ambiguous([CellExample(line: 2, text: "1.234")])),
      (["1,661", "12"], .ambiguous([CellExample(line: 2, text: "1,661")])),
      (["-999,999 €"], .ambiguous([CellExample(line: 2, text: "-999,999 €")])),
      (
        ["1.234", "5,678"],
        .ambiguous([CellExample(line: 2, text: "1.234"), CellExample(line: 3, text: "5,678")])
      ),
      (["1,661", "2565.92"], point), (["1.661", "2565,92"], comma),
      (["1,234.5"], point), (["1.234,5"], comma), (["1,234,567"], point), (["1.234.567"], comma),
      (["0.123"], point), ([",5"], comma), (["1234.567"], point), (["1234,567"], comma),
      (["12,34"], comma), (["12,34,567"], point), (["1 234,567"], comma),
      (["1\u{202F}234,5"], comma),
      (["1'234.567"], point), (["$342.09K"], point), (["1,117.10", "--"], point),
      (["EUR 14.629,46", "EUR 1.234"], comma), (["77.77%"], point),
      (
        ["1,5", "2.5"],
        .contradictory(
          point: [CellExample(line: 3, text: "2.5")],
          comma: [CellExample(line: 2, text: "1,5")]
        )
      ),
    ] as [([String], NumberColumnSurvey.Decision)]
  )
  func `decides the decimal sign of a column of amounts`(
    cells: [String],
    decision: NumberColumnSurvey.Decision
  ) {
    #expect(Self.survey(cells).decision() == decision)
  }

  @Test(
    arguments: [
      ([], .noValues), (["40"], point), (["12.500"], point), (["12,500", "7"], comma),
      (["1,000", "0.5"], point), (["1.000", "0,5"], comma),
      (
        ["12.500", "12,500"],
        .contradictory(
          point: [CellExample(line: 2, text: "12.500")],
          comma: [CellExample(line: 3, text: "12,500")]
        )
      ),
    ] as [([String], NumberColumnSurvey.Decision)]
  )
  func `takes a lone sign in a column of shares for a decimal one`(
    cells: [String],
    decision: NumberColumnSurvey.Decision
  ) {
    #expect(Self.survey(cells, .share).decision() == decision)
  }

  @Test(
    arguments: [
      (["25,881", "20,287"], point), (["25.881", "7"], comma), (["15.00", "1,200"], point),
      (["12"], point), ([], .noValues),
      (
        ["1,234", "1.234"],
        .contradictory(
          point: [CellExample(line: 2, text: "1,234")],
          comma: [CellExample(line: 3, text: "1.234")]
        )
      ),
    ] as [([String], NumberColumnSurvey.Decision)]
  )
  func `takes a lone sign in a column of counts for grouping`(
    cells: [String],
    decision: NumberColumnSurvey.Decision
  ) {
    #expect(Self.survey(cells, .whole).decision() == decision)
  }

  @Test func `lets the user settle every doubt about the decimal sign`() {
    #expect(Self.survey(["1.234"]).decision(named: .comma) == Self.comma)
    #expect(Self.survey(["1,5", "2.5"]).decision(named: .point) == Self.point)
    #expect(Self.survey(["x"]).decision(named: .point) != Self.point)
  }

  @Test func `counts currencies, percents, missing and unreadable cells`() {
    let survey = Self.survey(["$1", "$2.50", "EUR 3", "4 €", "US$5", "6%", "--", "x", "7 kr"])
    #expect(survey.currencies == ["$": 2, "EUR": 1, "€": 1, "US$": 1, "kr": 1])
    #expect(survey.valueCount == 7)
    #expect(survey.percentCount == 1)
    #expect(survey.missingCount == 1)
    #expect(survey.unreadable.listed == [CellExample(line: 9, text: "x")])
  }

  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("7", 700), ("1234.56", 123_456), ("-1234.5", -123_450), (".5", 50),
      (" 1,234.56 ", 123_456), ("$22,700.00", 2_270_000), ("-$1.50", -150), ("$-1.50", -150),
      ("($1,234.56)", -123_456), ("1.50-", -150), ("\u{2212}3", -300), ("+3", 300),
      ("$342.09K", 34_209_000), ("1.5M", 150_000_000), ("2 B", 200_000_000_000), ("12k", 1_200_000),
      ("77.77%", 7777), ("USD 5", 500), ("5 USD", 500), ("5\u{A0}kr", 500),
      ("₹12,34,567.89", 123_456_789),
      ("1'000.00", 100_000), ("1’000", 100_000), ("1 000.5", 100_050),
      // Half to even, on the decimal digits themselves.
      ("0.005", 0), ("0.015", 2), ("0.025", 2), ("0.0250001", 3), ("-0.015", -2), ("0.0149999", 1),
      ("2.675", 268), ("92233720368547758.07", .max), ("-92233720368547758.07", -.max),
    ] as [(String, Int64)]
  )
  func `reads an amount in minor units with a decimal point`(cell: String, expected: Int64) {
    #expect(Self.cents(cell, .point) == .value(expected))
  }

  @Test(
    arguments: [
      ("1234,56", 123_456), ("1.234,56", 123_456), ("1 234,56", 123_456),
      ("1\u{A0}234,56", 123_456),
      ("1\u{202F}234\u{202F}567,8 €", 123_456_780), ("EUR 14.629,46", 1_462_946),
      ("1.234", 123_400),
      ("-1.234,5", -123_450), ("0,5", 50), ("12 345", 1_234_500), ("R$ 1.234,50", 123_450),
    ] as [(String, Int64)]
  )
  func `reads an amount in minor units with a decimal comma`(cell: String, expected: Int64) {
    #expect(Self.cents(cell, .comma) == .value(expected))
  }

  @Test(arguments: [
    "x", "1x", "1.2.3", "1,23", "12,34.5", "1,2345", "0,123", "1.", ".", "$", "--1", "-(1)", "(1",
    "1)", "1%%", "$1 €", "1..2", "1 2", "1,234 567", "1,234 567.0", "1.5E+06", "0x10", "١", "½",
    "2026-01-31", "660-485-0224", "ABC 1", "EURO 1", "1KK", "inf",
  ])
  func `refuses what is no number with a decimal point`(cell: String) {
    #expect(Self.cents(cell, .point) == .unreadable)
  }

  @Test(arguments: ["", " ", "-", " --", "—", "–", "N/A", "NaN", "null", "None", "#N/A", "(none)"])
  func `takes a word for nothing as no number`(cell: String) {
    #expect(Self.cents(cell, .point) == .missing)
  }

  @Test(arguments: [
    "92233720368547758.08", "99999999999999999999", "1000000000B", "-92233720368547758.08",
    "123456789012345678901234567890",
  ])
  func `refuses what does not fit 64 bits`(cell: String) {
    #expect(Self.cents(cell, .point) == .tooLarge)
  }

  @Test(
    arguments: [
      ("0", .value(0)), ("25,881", .value(25_881)), ("15.00", .value(15)), ("15.50", .notWhole),
      ("0.001", .notWhole), ("1.5K", .value(1500)), ("9223372036854775807", .value(.max)),
      ("-9223372036854775807", .value(-.max)), ("9223372036854775808", .tooLarge), ("", .missing),
      ("x", .unreadable),
    ] as [(String, NumberReading)]
  )
  func `reads a whole number`(cell: String, expected: NumberReading) {
    let format = NumberColumnFormat(decimalSign: .point)
    #expect(withBytes(cell) { format.wholeNumber($0) } == expected)
  }

  @Test(arguments: [(0, 3), (1, 26), (3, 2_565), (9, 2_565_000_000)] as [(Int, Int64)])
  func `keeps as many decimals as asked`(exponent: Int, expected: Int64) {
    #expect(Self.cents("2.565", .point, exponent: exponent) == .value(expected))
  }

  @Test(arguments: UInt64(0)..<20)
  func `reads back any amount in every way to write it`(seed: UInt64) {
    var dice = Dice(seed)
    for _ in 0..<200 {
      let digits = Int.random(in: 1...17, using: &dice)
      let amount = (0..<digits).reduce(Int64(0)) { sum, _ in
        sum * 10 + Int64.random(in: 0...9, using: &dice)
      }
      let whole = String(amount / 100)
      let fraction = (amount % 100 < 10 ? "0" : "") + String(amount % 100)
      for (decimal, group) in [
        (DecimalSign.point, ","), (.comma, "."), (.comma, " "), (.comma, "\u{202F}"), (.point, "'"),
        (.point, ""),
      ] {
        let sign = decimal == .point ? "." : ","
        let cell = Self.grouped(whole, group) + sign + fraction
        #expect(Self.cents(cell, decimal) == .value(amount), "\(cell)")
        #expect(Self.cents("-\(cell)", decimal) == .value(-amount), "\(cell)")
        let decision = Self.survey([cell]).decision()
        #expect(decision == .decided(NumberColumnFormat(decimalSign: decimal)), "\(cell)")
      }
    }
  }

  static func grouped(_ whole: String, _ sign: String) -> String {
    var groups: [Substring] = []
    var rest = whole[...]
    while rest.count > 3 {
      groups.insert(rest.suffix(3), at: 0)
      rest = rest.dropLast(3)
    }
    return ([rest] + groups).joined(separator: sign)
  }
}
