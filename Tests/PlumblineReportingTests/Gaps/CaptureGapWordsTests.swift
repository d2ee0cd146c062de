import PlumblineCore
import Testing

@testable import PlumblineReporting

struct CaptureGapWordsTests {
  @Test(arguments: CaptureGap.Kind.allCases)
  func `every kind has a sentence and a remedy`(kind: CaptureGap.Kind) {
    for (count, total) in [(1, nil), (2, nil), (1, 1), (2, 1000)] as [(Int, Int?)] {
      let sentence = GapText.sentence(CaptureGap(kind, count: count, of: total))
      #expect(sentence.hasPrefix("\(count)"))
      #expect(sentence.hasSuffix(".") && !sentence.contains("  "))
    }
    #expect(kind.remedy.hasSuffix(".") && !kind.remedy.dropLast().contains(". "))
  }

  @Test(
    arguments: [
      (1, nil, "1 meeting is past and has no outcome."),
      (1, 1, "1 of 1 meeting is past and has no outcome."),
      (1, 2, "1 of 2 meetings is past and has no outcome."),
      (12, 1300, "12 of 1,300 meetings are past and have no outcome."),
    ] as [(Int, Int?, String)]
  )
  func `speaks of one and of many`(count: Int, total: Int?, text: String) {
    #expect(GapText.sentence(CaptureGap(.meetingWithoutOutcome, count: count, of: total)) == text)
  }

  @Test func `names at most three examples and disarms them`() {
    let gap = CaptureGap(.unknownStage, count: 4, examples: ["a\u{1B}[0m", "b", "c", "d"])
    #expect(GapText.sentence(gap).hasSuffix("(for example a�[0m, b, c)."))
  }
}
