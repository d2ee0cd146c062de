import PlumblineCore
import PlumblineTestSupport
import Testing

@testable import PlumblineReporting

struct FunnelTextTests {
  @Test(arguments: Sample.allCases)
  func `by channel`(sample: Sample) throws {
    let answers = try sample.answers
    let text = FunnelText(answers.byChannel, under: answers.agreement, gaps: answers.gaps).text
    expectGolden(text, suite: "FunnelText", "\(sample.rawValue)-by-channel")
  }

  @Test(arguments: [Sample.empty, .skipping, .leakyChannel])
  func `of everything`(sample: Sample) throws {
    let answers = try sample.answers
    let text = FunnelText(answers.overall, under: answers.agreement).text
    expectGolden(text, suite: "FunnelText", sample.rawValue)
  }

  @Test(arguments: Sample.allCases, [40, 60, 80, 120])
  func `keeps to the width and gives no number that is none`(sample: Sample, width: Int) throws {
    let answers = try sample.answers
    let text = FunnelText(
      answers.byChannel,
      under: answers.agreement,
      gaps: answers.gaps,
      layout: TextLayout(width: width)
    ).text
    for line in text.split(separator: "\n") {
      #expect(DisplayWidth.of(line) <= width, "\(line)")
    }
    #expect(!text.contains("nan") && !text.contains("inf"))
  }

  @Test(arguments: Sample.allCases)
  func `on a terminal differs only by ink`(sample: Sample) throws {
    let answers = try sample.answers
    func text(_ isTerminal: Bool) -> String {
      FunnelText(
        answers.byChannel,
        under: answers.agreement,
        layout: TextLayout(isTerminal: isTerminal)
      ).text
    }
    let inked = text(true)
    #expect(inked.contains("\u{1B}["))
    #expect(inked.replacing(/\u{1B}\[[0-9]*m/, with: "") == text(false))
  }

  @Test func `names filters and period`() throws {
    let company = Sample.oneLead.company
    let builder = FunnelBuilder(company.agreement, source: EmbeddedCells(company.history))
    let answer = try builder.answer(
      builder.question(
        by: [.owner],
        filters: [DimensionFilter(.channel, values: ["Meta", "X"])],
        firstDay: CivilDate("2024-09-01"),
        lastDay: CivilDate("2024-09-30"),
        skips: .strict
      )
    )
    let text = FunnelText(answer, under: company.agreement).text
    #expect(text.contains("Funnel of Acme Analytics by rep\n"))
    #expect(text.contains("came in from 2024-09-01 to 2024-09-30, where channel is Meta or X."))
    #expect(text.contains("skip rule strict"))
  }
}
