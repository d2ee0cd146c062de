import PlumblineTestSupport
import Testing

@testable import PlumblineCore
@testable import PlumblineReporting

struct WatchTextTests {
  @Test(arguments: WatchSample.allCases)
  func `whole text`(sample: WatchSample) throws {
    let (answer, agreement) = try sample.answer()
    expectGolden(
      WatchText(answer, under: agreement).text,
      suite: "WatchText",
      sample.rawValue
    )
  }

  @Test(arguments: WatchSample.allCases, [40, 80, 120])
  func `keeps to the width and to the words it may use`(sample: WatchSample, width: Int) throws {
    let (answer, agreement) = try sample.answer()
    let text = WatchText(answer, under: agreement, layout: TextLayout(width: width)).text
    for line in text.split(separator: "\n") {
      #expect(DisplayWidth.of(line) <= width, "\(line)")
    }
    #expect(!text.lowercased().contains("because"))
    #expect(!text.contains("nan") && !text.contains("inf "))
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
  }

  @Test(
    arguments: [
      (.empty, "Nothing can be watched yet: no leads on record."),
      (.young, "Nothing can be watched yet: not enough data in any of"),
      (.quiet, "Nothing has become worse than usual in"),
      (.alarm, "Meta, lead → MQL within 7 days, since the week of 2024-08-"),
      (.shock, "Meta, lead → MQL within 7 days, in the week of 2024-09-23"),
      (.several, "others are listed below"),
      (.small, "Nothing has become worse than usual in"),
      (.deadlines, "Ana, first touch in time, since the week of"),
    ] as [(WatchSample, String)]
  )
  func `says the state in one sentence`(sample: WatchSample, words: String) throws {
    let (answer, agreement) = try sample.answer()
    let headline = WatchText(answer, under: agreement).headline
    #expect(headline.contains(words), "\(headline)")
    #expect(headline.hasSuffix("."))
    #expect(headline.matches(of: /[.!?] +[A-Z]/).isEmpty, "\(headline)")
    let shares = headline.matches(of: /[0-9] %/).count
    let bases = headline.matches(of: /[0-9] %\)? of [0-9]|\([0-9.]+–[0-9.]+ %/).count
    #expect(bases >= shares / 2, "\(headline)")
  }

  private func flowing(_ sample: WatchSample) throws -> String {
    let (answer, agreement) = try sample.answer()
    return WatchText(answer, under: agreement).text
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test func `says what is over, what is slow, what is missing and what is not watched`() throws {
    #expect(try flowing(.cleared).contains("Seen in these weeks, and over"))
    #expect(try flowing(.small).contains("Where few come each week a change is seen late"))
    #expect(try flowing(.young).contains("before, needs 8"))
    #expect(
      try flowing(.undated).contains(
        "Not watched, for too many of their dates are missing: lead → MQL, MQL → SQL"
      )
    )
    #expect(try flowing(.quiet).contains("never met before, so it cannot become worse"))
    #expect(try flowing(.several).contains("2.5 false alarms a year"))
    #expect(try flowing(.deadlines).contains("every whole week of every series from 2024-07-01 on"))
  }
}

struct SparklineTests {
  @Test(
    arguments: [
      ([], ""), ([nil], "·"), ([0.5], "▅"), ([0], "▁"), ([1], "█"), ([0, 1], "▁█"),
      ([0.5, nil, 0.5], "▅·▅"), ([0.50, 0.52], "▄▅"), ([0.2, 0.9, .nan], "▁█·"),
    ] as [([Double?], String)]
  )
  func `draws shares as bars`(shares: [Double?], text: String) {
    let known = shares.compactMap { $0 }.filter(\.isFinite)
    #expect(Sparkline(known).text(shares) == text)
  }
}
