import PlumblineTestSupport
import Testing

@testable import PlumblineCore
@testable import PlumblineReporting

struct WeeklyTextTests {
  @Test(arguments: WeeklySample.allCases)
  func `whole text`(sample: WeeklySample) throws {
    let (answer, agreement) = try sample.answer()
    expectGolden(
      WeeklyText(answer, under: agreement).text,
      suite: "WeeklyText",
      sample.rawValue
    )
  }

  @Test(arguments: WeeklySample.allCases, [40, 80, 120])
  func `keeps to the width and to the words it may use`(sample: WeeklySample, width: Int) throws {
    let (answer, agreement) = try sample.answer()
    let text = WeeklyText(answer, under: agreement, layout: TextLayout(width: width)).text
    for line in text.split(separator: "\n") {
      #expect(DisplayWidth.of(line) <= width, "\(line)")
    }
    #expect(!text.lowercased().contains("because"))
    #expect(!text.contains("nan") && !text.contains("inf "))
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
  }

  @Test(
    arguments: [
      (.empty, "No lead was handed to sales in week 2024-W39, and none was waiting"),
      (.oneLead, "In week 2024-W39 1 lead was handed to sales"),
      (.example, "nothing is outside what is usual."),
      (.exampleBothSides, "promised"),
    ] as [(WeeklySample, String)]
  )
  func `says the whole page in one sentence`(sample: WeeklySample, words: String) throws {
    let (answer, agreement) = try sample.answer()
    let headline = WeeklyText(answer, under: agreement).headline
    #expect(headline.contains(words), "\(headline)")
    #expect(headline.hasSuffix("."))
    #expect(headline.matches(of: /[.!?] +[A-Z]/).isEmpty, "\(headline)")
  }
}
