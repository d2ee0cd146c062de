import Testing

@testable import PlumblineCore

struct PromiseLineTests {
  private func ids(_ count: Int) -> [String] { (0..<count).map { "L\($0)" } }

  @Test(
    arguments: [
      (0, 0, 0, 0.8, .nothingDue), (0, 0, 5, 0.8, .notRecorded), (1, 0, 0, 1, .kept),
      (4, 1, 0, 0.8, .kept), (0, 1, 0, 0.8, .withinChance), (3, 2, 0, 0.8, .withinChance),
      (0, 30, 0, 0.8, .short), (12, 18, 0, 0.8, .short), (8, 0, 2, 0.8, .kept),
      (7, 0, 3, 0.8, .withinChance), (0, 30, 1, 0.8, .short), (0, 30, 60, 0.8, .short),
      (0, 30, 600, 0.8, .withinChance), (0, 2, 0, 0.8, .withinChance), (0, 3, 0, 0.8, .short),
      (99, 1, 0, 1, .short),
      (5, 5, 0, nil, .notAgreed), (0, 0, 0, nil, .nothingDue),
    ] as [(Int, Int, Int, Double?, PromiseLine.Verdict)]
  )
  func `says whether a share was kept`(
    kept: Int,
    missed: Int,
    unknown: Int,
    target: Double?,
    verdict: PromiseLine.Verdict
  ) {
    let line = PromiseLine(
      .firstTouch,
      by: .sales,
      target: target,
      kept: ids(kept),
      missed: ids(missed),
      unknown: ids(unknown)
    )
    #expect(line.verdict == verdict)
    #expect(line.base == kept + missed + unknown)
    #expect(line.interval == nil || kept + missed > 0)
    #expect(line.share == (kept + missed > 0 ? Double(kept) / Double(kept + missed) : nil))
  }

  @Test(
    arguments: [
      (0, 10, true, .short), (0, 10, false, .withinChance), (0, 3, true, .withinChance),
      (10, 10, true, .kept), (9, 10, true, .withinChance), (5, nil, true, .notAgreed),
      (0, 0, true, .kept),
    ] as [(Int, Double?, Bool, PromiseLine.Verdict)]
  )
  func `says whether enough leads came`(
    count: Int,
    target: Double?,
    isOver: Bool,
    verdict: PromiseLine.Verdict
  ) {
    let line = PromiseLine(volume: ids(count), target: target, isOver: isOver)
    #expect(line.verdict == verdict)
    #expect(line.share == nil && line.kept == count)
  }

  @Test(
    arguments: [
      (7, .week, "2026-W07", 7), (28, .month, "2026-W07", 7), (28, .month, "2026-02", 28),
      // Three days of January at 31/31 a day, four of February at 31/28.
      (31, .month, "2026-W05", 6 + 31.0 / 28), (90, .quarter, "2026-01", 31),
      (7, .week, "2026-02", 28),
    ] as [(Int, MarketingSLA.Period, String, Double)]
  )
  func `takes a volume by days`(
    count: Int,
    span: MarketingSLA.Period,
    period: String,
    target: Double
  ) throws {
    let period = try #require(WeeklyPeriod(period))
    let volume = MarketingSLA.Volume(count: count, period: span)
    #expect(abs(PromiseBuilder.target(volume, over: period) - target) < 1e-9)
  }
}
