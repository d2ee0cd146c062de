import PlumblineTestSupport
import Testing

@testable import PlumblineCore
@testable import PlumblineReporting

struct RevenueGapTextTests {
  @Test(arguments: GapSample.allCases)
  func `whole text`(sample: GapSample) throws {
    let (answer, agreement) = try sample.answer()
    expectGolden(
      RevenueGapText(answer, under: agreement).text,
      suite: "RevenueGapText",
      sample.rawValue
    )
  }

  @Test(arguments: GapSample.allCases, [40, 80, 120])
  func `keeps to the width and to the words it may use`(sample: GapSample, width: Int) throws {
    let (answer, agreement) = try sample.answer()
    let text = RevenueGapText(answer, under: agreement, layout: TextLayout(width: width)).text
    for line in text.split(separator: "\n") {
      #expect(DisplayWidth.of(line) <= width, "\(line)")
    }
    #expect(!text.lowercased().contains("because"))
    #expect(!text.contains("nan") && !text.contains("inf "))
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
  }

  @Test(arguments: GapSample.allCases)
  func `says the gap in one sentence`(sample: GapSample) throws {
    let (answer, agreement) = try sample.answer()
    let headline = RevenueGapText(answer, under: agreement).headline
    #expect(headline.hasSuffix("."))
    #expect(headline.matches(of: /[.!?] +[A-Z]/).isEmpty, "\(headline)")
    #expect(headline.matches(of: /[0-9] %/).isEmpty, "no share without its base: \(headline)")
  }

  @Test(
    arguments: [
      (.empty, "no leads came in, neither in 2024 Q2 nor before"),
      (.nothingBefore, "more than those of 2024 Q1"),
      (
        .fallenChannel, "what stands out most is Meta, meeting booked → meeting held, EUR"
      ),
      (.simpson, "what stands out most is the mix of channels, EUR"),
      (.oneChannel, "chance alone may make"),
      (.hostile, "opportunity → won over all channels, EUR"),
      (.customersOnly, "customers"),
      (.inTotalAgainstPlan, "less than planned"),
      (.againstBest, "than if every channel's leads went on as Referral's do"),
    ] as [(GapSample, String)]
  )
  func `names what was put there`(sample: GapSample, words: String) throws {
    let (answer, agreement) = try sample.answer()
    let headline = RevenueGapText(answer, under: agreement).headline
    #expect(headline.contains(words), "\(headline)")
  }

  private func flowing(_ sample: GapSample) throws -> String {
    let (answer, agreement) = try sample.answer()
    return RevenueGapText(answer, under: agreement).text
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test func `warns of Simpson's paradox, and only there`() throws {
    let words = "every single channel does better, yet all together do worse"
    for sample in GapSample.allCases {
      #expect(try flowing(sample).contains(words) == (sample == .simpson), "\(sample)")
    }
  }

  @Test func `says what is not known yet, what was not planned and which is the best`() throws {
    #expect(try flowing(.young).contains("known"))
    #expect(try flowing(.young).contains("Leads still open count at what leads"))
    #expect(try flowing(.byChannelAgainstPlan).contains("taken as it came out"))
    #expect(try flowing(.againstBest).contains("The best channel on record is Referral"))
    #expect(try flowing(.customersOnly).contains("No won deal has an amount in EUR"))
  }

  @Test func `says which quarter was passed over`() throws {
    var (answer, agreement) = try GapSample.oneChannel.answer()
    answer.passedOver = GapPeriod.quarter(of: try #require(CivilDate("2024-08-01")))
    let text = RevenueGapText(answer, under: agreement).text
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("2024 Q3 is passed over"))
    #expect(text.contains("--from 2024-07-01 --to 2024-09-30"))
  }

  @Test func `says first of all that the base is only partly on record`() throws {
    for sample in GapSample.allCases {
      let (answer, agreement) = try sample.answer()
      let notes = GapWords(answer, agreement).notes
      let isPart = notes.first?.contains("of 2024 Q1 is on record") == true
      #expect(isPart == (sample == .nothingBefore), "\(sample)")
    }
    var (answer, agreement) = try GapSample.oneChannel.answer()
    for (day, words) in [("2024-03-31", "Only part of 2024 Q1"), ("2024-04-01", "Nothing of")] {
      answer.baseRecordBegins = CivilDate(day)
      let note = try #require(GapWords(answer, agreement).notes.first)
      #expect(note.hasPrefix(words) && note.contains("came in on \(day)"), "\(note)")
    }
  }

  @Test func `says up to when the last day counts where it is not over`() throws {
    var (answer, agreement) = try GapSample.oneChannel.answer()
    let calendar = agreement.calendar
    let end = calendar.instant(of: CivilDate(dayNumber: answer.period.last.dayNumber + 1))
    for (secondsBefore, isRunning) in [(Int64(0), false), (1, false), (2, true), (43_200, true)] {
      answer.asOf = end.advanced(bySeconds: -secondsBefore)
      let notes = GapWords(answer, agreement).notes
      #expect(notes.contains { $0.hasPrefix("The last day, 2024-06-30") } == isRunning)
    }
  }
}
