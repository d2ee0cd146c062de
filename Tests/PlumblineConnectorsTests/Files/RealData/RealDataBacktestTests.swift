import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

/// Scores made from public data, tested against what the leads became.
@Suite(.enabled(if: RealDataSet.areAvailable, Comment(rawValue: RealDataSet.absenceNote)))
struct RealDataBacktestTests {
  private func rule(_ name: String, _ match: AttributeMatch, _ points: Int) -> LeadScoring.FitRule {
    LeadScoring.FitRule(AttributeCriterion(name: name, match: match), points: points)
  }

  private func backtest(
    _ set: RealDataSet,
    _ scoring: LeadScoring,
    options: BacktestBuilder.Options,
    horizonInDays: Int
  ) throws -> Backtest {
    let ledger = try set.ledger()
    var agreement = try set.agreement()
    agreement.scoring = scoring
    let history = CompanyHistory(ledger, under: agreement)
    let attributes = LeadAttributes(ledger, asOf: history.asOf)
    let scores = LeadScores(scoring, attributes, LeadTouches(ledger, for: history), of: history)
    return BacktestBuilder(history, Journeys(history, skips: .filled), options: options).backtest(
      horizonInDays: horizonInDays,
      attributes: attributes
    ) { lead, time in
      scores.score(of: lead, at: time.isDated ? time.instant : history.asOf).total
    }
  }

  /// What visitors of a web site did before anybody called them.
  private var webScore: LeadScoring {
    LeadScoring(
      fit: [
        rule("seconds_on_site", .range(1000, nil), 40),
        rule("seconds_on_site", .range(300, 999), 20), rule("seconds_on_site", .range(1, 299), 5),
        rule("visits", .range(4, nil), 10), rule("visits", .range(1, 3), 5),
        rule("origin", .words(["Lead Add Form"]), 45),
        rule("origin", .words(["Landing Page Submission"]), 5),
        rule("no_mail", .words(["Yes"]), -20),
      ],
      threshold: 40
    )
  }

  /// The area, its standard error, the lift and the counts at 40 of all leads together are those of
  /// a program in Python with numpy 2.4.6 that reads the file and compares every won lead with
  /// every other, by the definition of Hanley & McNeil and DeLong's variance.
  @Test func `a score of web visits orders real leads as an independent program says`() throws {
    let test = try backtest(
      .xEducation,
      webScore,
      options: BacktestBuilder.Options(
        cohort: BacktestCohort.Options(stage: 0),
        valuePerWin: 500_00,
        costPerLead: 150_00
      ),
      horizonInDays: 182
    )
    let cases = test.cohort.cases
    #expect(cases.count == 9240)
    #expect(cases.count(where: \.isWon) == 3561)
    let all = try ScoreHistogram(
      scores: cases.map(\.score),
      won: cases.map { $0.isWon ? 1 : 0 },
      lost: cases.map { $0.isWon ? 0 : 1 }
    )
    #expect(all.bins.count == 21)
    let area = try #require(AreaUnderCurve(all))
    #expect(abs(area.area - 0.7692281959889173) < 1e-12)
    #expect(abs((area.standardError ?? 0) - 0.005262712185192901) < 1e-12)
    #expect(abs((all.lift(ofBest: 0.1) ?? 0) - 2.013502789288943) < 1e-12)
    let value = try WorkValue(perWin: 1, perCase: 0)
    let worked = all.outcome(workingFrom: 40, value: value)
    #expect(worked.worked == 2611 && worked.won == 1986)

    // Nothing is dated: any win counts, and a quarter of the leads, drawn by their ids, judges.
    #expect(test.cohort.isUndated && test.cohort.split == .byID)
    #expect(test.choosing.leads + test.judging.leads == 9240)
    #expect(abs(Double(test.judging.leads) / 9240 - 0.25) < 0.02)
    let judged = try #require(test.area)
    #expect(judged.interval().contains(area.area))
    let agreed = try #require(test.thresholds.first { $0.kind == .agreed })
    let recommended = try #require(test.thresholds.first { $0.kind == .recommended })
    let everybody = try #require(test.thresholds.first { $0.kind == .everybody })
    #expect(recommended.score < agreed.score)
    #expect((recommended.net ?? 0) > (agreed.net ?? 0))
    #expect((recommended.net ?? 0) >= (everybody.net ?? 0))
    #expect(test.months.isEmpty && test.quarters.isEmpty && test.standing == .undetermined)
  }

  @Test func `a score of touches on a simulated company is judged on later leads than chose it`()
    throws
  {
    let scoring = LeadScoring(
      fit: [
        rule("company_size", .words(["200-499", "500-999"]), 15),
        rule("process_maturity", .words(["high"]), 10),
      ],
      engagement: [
        LeadScoring.EngagementRule(touch: "content_download", points: 10),
        LeadScoring.EngagementRule(touch: "webinar", points: 8),
        LeadScoring.EngagementRule(touch: "call", points: 5),
      ],
      halfLifeInDays: 30,
      threshold: 30
    )
    let test = try backtest(
      .leadforge,
      scoring,
      options: BacktestBuilder.Options(costPerLead: 100_00),
      horizonInDays: 90
    )
    guard case .byDay(let day) = test.cohort.split else {
      Issue.record("dated leads are parted by a day")
      return
    }
    let calendar = LocalCalendar.utc
    for one in test.cohort.cases {
      #expect((calendar.day(of: one.entered.instant) >= day) == one.isForJudging)
    }
    #expect(test.choosing.leads > test.judging.leads)
    #expect(test.judging.leads > 100)
    let area = try #require(test.area)
    #expect((0.3...0.9).contains(area.area))
    #expect(area.interval().width < 0.3)
    #expect(test.missing.contains(.value), "no gross margin is agreed")
    #expect(!test.thresholds.contains { $0.kind == .recommended })
    #expect(test.bands.reduce(0) { $0 + $1.judged.leads } == test.judging.leads)
    #expect(test.months.reduce(0) { $0 + $1.count.leads } == test.judging.leads)
    #expect(test.quarters.reduce(0) { $0 + $1.count.leads } == test.cohort.cases.count)
  }
}
