import PlumblineStatistics
import Testing

@Suite struct `Early rate trend` {
  /// A cohort whose entries are all old enough.
  private func cohort(_ converted: Int, of total: Int) -> LagCounts {
    var counts = LagCounts()
    counts.add(.converted, lagInDays: 5, count: converted)
    counts.add(.open, lagInDays: 60, count: total - converted)
    return counts
  }

  private func trend(_ cohorts: [(Int, Int)]) -> EarlyRateTrend {
    EarlyRateTrend(cohorts.map { cohort($0.0, of: $0.1) })
  }

  @Test(
    arguments: [
      ([], .cannotTell), ([(0, 0)], .cannotTell), ([(30, 100)], .cannotTell),
      ([(0, 100), (0, 100)], .cannotTell), ([(100, 100), (100, 100)], .cannotTell),
      ([(0, 0), (0, 0), (30, 100)], .cannotTell),
      // Alike, but a fifth more or less would look the same.
      ([(30, 100), (30, 100)], .cannotTell),
      ([(900, 3_000), (890, 3_000), (910, 3_000)], .doesNotMove),
      ([(90, 300), (20, 300)], .moves),
      // Half and half agree; a month in between does not.
      ([(900, 3_000), (600, 3_000), (600, 3_000), (900, 3_000)], .moves),
    ] as [([(Int, Int)], EarlyRateTrend.Verdict)]
  )
  func `judges`(cohorts: [(Int, Int)], verdict: EarlyRateTrend.Verdict) {
    #expect(trend(cohorts).verdict == verdict)
  }

  @Test func `shortens the window to the newest months that are alike`() {
    let months = [(90, 300), (95, 300), (92, 300), (40, 300), (38, 300), (45, 300)]
    #expect(trend(months).firstAlike == 3)
    #expect(trend([(90, 300), (40, 300)]).firstAlike == 1)
    #expect(trend([(90, 300), (85, 300)]).firstAlike == 0)
    // Every month differs from the next: the newest alone.
    #expect(trend([(900, 3_000), (600, 3_000), (300, 3_000), (100, 3_000)]).firstAlike == 3)
  }

  @Test func `leaves months out that are too young or too small`() {
    var young = LagCounts()
    young.add(.converted, lagInDays: 2, count: 50)
    young.add(.open, lagInDays: 5, count: 100)
    let trend = EarlyRateTrend([cohort(90, of: 300), cohort(2, of: 9), cohort(88, of: 300), young])
    #expect(trend.judged == [0, 2])
    #expect(trend.verdict == .cannotTell)
    // A young month stays in a shortened window: it cannot be told apart.
    let moving = EarlyRateTrend([cohort(90, of: 300), cohort(20, of: 300), young])
    #expect(moving.verdict == .moves)
    #expect(moving.firstAlike == 1)
  }

  /// Twelve months without any change, 1,000 companies.
  @Test func `finds a movement where there is none in about one company of twenty`() {
    var generator = SeededGenerator(seed: 5)
    let alarms = (0..<1_000).count { _ in
      let months = (0..<12).map { _ in
        let total = 60 + generator.integer(below: 200)
        return (generator.binomial(trials: total, probability: 0.2), total)
      }
      return trend(months).verdict == .moves
    }
    // 50 expected; chance alone moves it by 7.
    #expect((25...75).contains(alarms), "\(alarms)")
  }

  /// The rate halves after month 8 of 12.
  @Test func `finds a change and where it happened`() {
    var generator = SeededGenerator(seed: 6)
    var (found, kept) = (0, 0)
    for _ in 0..<200 {
      let trend = trend(
        (0..<12).map { month in
          (generator.binomial(trials: 300, probability: month < 8 ? 0.2 : 0.1), 300)
        }
      )
      if trend.verdict == .moves { found += 1 }
      if (6...8).contains(trend.firstAlike) { kept += 1 }
    }
    #expect(found >= 190, "\(found)")
    #expect(kept >= 160, "\(kept)")
  }
}
