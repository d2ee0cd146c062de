import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore

@Suite struct BacktestTests {
  /// A company of leads handed over one an hour, with a score, a factor that is worth something
  /// and one that is noise.
  private static func company(
    seed: UInt64,
    leads: Int = 1200,
    scoreOdds: Double = 1.5,
    needOdds: Double = 2,
    lateShift: Double = 0,
    intercept: Double = -3,
    signer: String = "marketing"
  ) -> (history: CompanyHistory, attributes: LeadAttributes) {
    var random = SeededGenerator(seed: seed)
    var facts = FactBuilder()
    for number in 0..<leads {
      let id = "L\(number)"
      let day = Double(number) * 300 / Double(leads)
      let score = random.integer(below: 101)
      let need = random.integer(below: 3)
      let isLate = number * 4 >= leads * 3
      var odds = intercept + (scoreOdds - 1) * Double(score) / 20 + (isLate ? lateShift : 0)
      if need == 2 { odds += needOdds == 1 ? 0 : SpecialFunctions.logit(needOdds / (1 + needOdds)) }
      facts.lead(id, day: day, scoreAtHandOff: Int64(score))
      facts.stage(id, "sql", day: day + 0.5)
      if random.chance(SpecialFunctions.expit(odds)) {
        facts.stage(id, "won", day: day + 1 + Double(random.integer(below: 40)))
      }
      for (name, level) in [("need", need), ("noise", random.integer(below: 3))] where level > 0 {
        facts.add(
          .attribute,
          [
            "lead": .text(id), "name": .text(name), "by": .text(signer),
            "value": .text(level == 2 ? "yes" : "no"),
          ]
        )
      }
    }
    facts.lead("last", day: 500)
    var agreement = Agreement(path: ["lead", "sql", "won"].map { Stage(id: $0) })
    agreement.qualifyingFactors = ["need", "noise"].map { QualifyingFactor(id: $0) }
    agreement.scoring = LeadScoring(threshold: 50)
    var ledger = Ledger()
    _ = ledger.addNews(
      of: facts.batch,
      ImportRecord(source: "test", seenAt: 500 * 86_400, mappingHash: "", files: [])
    )
    let history = CompanyHistory(ledger, under: agreement)
    return (history, LeadAttributes(ledger, asOf: history.asOf))
  }

  private static func backtest(
    _ company: (history: CompanyHistory, attributes: LeadAttributes),
    _ options: BacktestBuilder.Options = BacktestBuilder.Options(
      valuePerWin: 1000,
      costPerLead: 100
    )
  ) -> Backtest {
    let history = company.history
    let scores = history.leads.scoresAtHandOff
    return BacktestBuilder(history, Journeys(history, skips: .filled), options: options).backtest(
      horizonInDays: 60,
      attributes: company.attributes
    ) { lead, _ in scores[lead] == FactColumn.noNumber ? nil : Double(scores[lead]) }
  }

  @Test func `a factor that nobody signed is marketing's`() {
    let signed = Self.backtest(Self.company(seed: 1)).factors
    let unsigned = Self.backtest(Self.company(seed: 1, signer: "")).factors
    #expect(signed.count == 2)
    #expect(signed.map(\.team) == unsigned.map(\.team))
    #expect(signed.map(\.counts) == unsigned.map(\.counts))
  }

  @Test func `every lead that entered is a case or left out for one reason`() {
    let test = Self.backtest(Self.company(seed: 1))
    let cohort = test.cohort
    #expect(
      cohort.entered
        == cohort.cases.count + cohort.withoutScore + cohort.tooYoung + cohort.undated
        + cohort.outside
    )
    #expect(cohort.cases.count == 1200)
    #expect(test.choosing.leads + test.judging.leads == 1200)
    // Leads of one day are not parted.
    #expect((300...304).contains(test.judging.leads))
    #expect(test.bands.reduce(0) { $0 + $1.judged.leads } == test.judging.leads)
  }

  @Test func `the threshold is chosen without looking at the leads that judge it`() throws {
    let company = Self.company(seed: 2)
    let whole = Self.backtest(company)
    let recommended = try #require(whole.thresholds.first { $0.kind == .recommended })
    // The same earlier leads, asked alone, recommend the same.
    let early = ScoreHistogram(whole.cohort.choosing)
    let model = try #require(ScoreModel(early))
    let value = try WorkValue(perWin: 1000, perCase: 100)
    #expect(recommended.score == model.threshold(value: value))
    // And what it is said to leave is counted on the later ones alone.
    let later = whole.cohort.judging.filter { $0.score >= recommended.score }
    #expect(recommended.worked.leads == later.count)
    #expect(
      recommended.net == Double(1000 * later.count(where: \.isWon) - 100 * later.count)
    )
  }

  @Test func `what a lower threshold leaves more is decided by the leads between, with a range`()
    throws
  {
    let test = Self.backtest(Self.company(seed: 2))
    let difference = try #require(test.difference)
    let agreed = try #require(test.thresholds.first { $0.kind == .agreed })
    let recommended = try #require(test.thresholds.first { $0.kind == .recommended })
    let sign: Double = recommended.score < agreed.score ? 1 : -1
    #expect(
      Double(difference.between.leads)
        == sign * Double(recommended.worked.leads - agreed.worked.leads)
    )
    #expect(difference.net == (recommended.net ?? 0) - (agreed.net ?? 0))
    #expect(difference.range.contains(difference.net))
    // Where nothing orders the leads, no threshold is recommended and no money is named.
    let noise = Self.backtest(Self.company(seed: 1, scoreOdds: 1, intercept: -1))
    #expect(noise.missing.contains(.order))
    #expect(noise.difference == nil)
  }

  @Test func `a factor that doubles the odds is found and one that is noise is not`() {
    // 40 companies: the factor's power at 1,200 leads is high; noise passes at 5 % after Holm, so
    // that 40 draws bring 2 on average and more than 7 with a chance below 1 in 1,000.
    var (found, false_) = (0, 0)
    for seed in 0..<40 as Range<UInt64> {
      let test = Self.backtest(Self.company(seed: 100 + seed))
      for factor in test.factors where factor.tells == true {
        if factor.id == "need" { found += 1 } else { false_ += 1 }
      }
    }
    #expect(found >= 34)
    #expect(false_ <= 7)
  }

  @Test func `a score that says nothing is not said to order leads, and one upside down is told`()
    throws
  {
    var doubtful = 0
    for seed in 0..<20 as Range<UInt64> {
      let company = Self.company(seed: seed, scoreOdds: 1, intercept: -1)
      let found = Self.backtest(company).area
      let area = try #require(found)
      if area.interval().contains(0.5) { doubtful += 1 }
    }
    #expect(doubtful >= 17)
    let upside = Self.backtest(Self.company(seed: 5, scoreOdds: 0.4, intercept: 0))
    #expect((upside.area?.interval().upper ?? 1) < 0.5)
    #expect(upside.missing.contains(.slope))
    #expect(!upside.thresholds.contains { $0.kind == .recommended })
  }

  @Test func `promises that no longer come true call for a new fit`() {
    var (refits, false_) = (0, 0)
    for seed in 0..<20 as Range<UInt64> {
      if Self.backtest(Self.company(seed: seed, lateShift: 1.5)).standing == .refit { refits += 1 }
      if Self.backtest(Self.company(seed: seed)).standing == .refit { false_ += 1 }
    }
    #expect(refits >= 18)
    #expect(false_ <= 3)
  }

  @Test(arguments: [0, 1, 9]) func `with too few leads nothing is claimed`(leads: Int) {
    let test = Self.backtest(Self.company(seed: 3, leads: leads))
    #expect(test.area == nil && test.model == nil && test.calibration == nil)
    #expect(test.standing == .undetermined)
    #expect(!test.thresholds.contains { $0.kind == .recommended })
    #expect(!test.missing.isEmpty)
    #expect(test.factors.isEmpty)
  }

  @Test func `without amounts and costs no money is named`() {
    let test = Self.backtest(Self.company(seed: 4), BacktestBuilder.Options())
    #expect(test.missing.contains(.value) && test.missing.contains(.cost))
    #expect(test.thresholds.allSatisfy { $0.net == nil })
    #expect(test.area != nil)
  }

  @Test func `capacity takes the best leads that fit`() throws {
    let test = Self.backtest(
      Self.company(seed: 6),
      BacktestBuilder.Options(valuePerWin: 1000, costPerLead: 100, capacityPerMonth: 40)
    )
    let capacity = try #require(test.thresholds.first { $0.kind == .capacity })
    let days = test.cohort.judging.map { $0.entered.instant.seconds / 86_400 }
    let months = Double((days.max() ?? 0) - (days.min() ?? 0) + 1) / 30.4375
    #expect(Double(capacity.worked.leads) <= 40 * months)
    #expect(Double(capacity.worked.leads) > 40 * months - 15)
  }

  @Test func `an early day gives all leads to the judges and a late one none`() {
    for (day, share) in [("1969-12-31", 1.0), ("1972-01-01", 0.0)] {
      let cohort = BacktestCohort.Options(splitDay: CivilDate(day))
      let test = Self.backtest(
        Self.company(seed: 7),
        BacktestBuilder.Options(cohort: cohort, valuePerWin: 1000, costPerLead: 100)
      )
      #expect(Double(test.judging.leads) / 1200 == share)
      #expect(test.area == nil)
    }
  }
}
