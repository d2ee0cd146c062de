import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore

@Suite struct PlanStudyTests {
  /// A company small enough for tests.
  private static let row = PlanStudyRow("small", stream: 99, leadsPerWeek: 12, stretch: 1.2..<1.8) {
    $0.recordInWeeks = 40
  }
  private static let study = PlanStudy(rows: [row], companies: 16, quarters: 4, seed: 1)
  private static let outcomes = study.trials.map { study.outcome(of: $0) }

  @Test func `a history built of the facts holds the record and nothing of the future`() {
    var dice = SeededGenerator(seed: 5)
    let record = SimulatedRecord(Self.row.process, using: &dice)
    let history = record.history()
    #expect(history.leads.ids.count == record.lives.count)
    #expect(history.asOf == SimulatedRecord.today)
    #expect(record.lives.allSatisfy { $0.reached.allSatisfy { $0 <= 0 } && ($0.exit ?? 0) <= 0 })
    let won = record.lives.filter { $0.won(in: Self.row.process) != nil }
    #expect(history.wonDeals.count == won.count)
    #expect(won.count > 5)
    let amounts = won.compactMap { $0.amount?.rounded() }.reduce(0, +)
    #expect(history.wonDeals.reduce(0) { $0 + Double($1.amount ?? 0) } == amounts)
    let journeys = Journeys(history, rule: history.agreement.journeyRule)
    let open = (0..<journeys.count).count {
      !journeys.exits[$0].isPresent && !journeys.reached[4][$0].isPresent
    }
    #expect(open == record.lives.count { $0.isOpen(in: Self.row.process) })
  }

  /// 40,000 leads: the standard error of the share won is 0.13 points, of the mean wait 0.7 days.
  @Test func `leads are won as often and after as long as the process says`() {
    let process = SalesProcess(leadsPerWeek: 4000)
    var dice = SeededGenerator(seed: 1)
    var lives: [SimulatedLife] = []
    for _ in 0..<10 { lives += process.week(from: 0, mean: 4000, using: &dice) }
    let won = lives.filter { $0.won(in: process) != nil }
    #expect(abs(Double(won.count) / Double(lives.count) - process.winShare) < 0.004)
    let waits = won.compactMap { life in life.won(in: process).map { $0 - life.reached[0] } }
    let meanWait = waits.reduce(0, +) / Double(waits.count)
    #expect((45...49).contains(meanWait))
    let amounts = won.compactMap(\.amount)
    #expect(amounts.count == won.count)
    let meanAmount = amounts.reduce(0, +) / Double(amounts.count)
    #expect((950_000...1_050_000).contains(meanAmount))
  }

  /// Playing on from day 30 what is known then must give what playing through gives.
  @Test func `a lead played on from where it is ends as one that is played through`() {
    let process = SalesProcess(leadsPerWeek: 1)
    var dice = SeededGenerator(seed: 2)
    var (through, resumed) = (0, 0)
    for _ in 0..<30_000 {
      var life = SimulatedLife(created: 0)
      process.advance(&life, from: 0, using: &dice)
      through += (life.won(in: process) ?? 0) > 30 ? 1 : 0
      var known = life.asOf(30)
      process.advance(&known, from: 30, using: &dice)
      resumed += (known.won(in: process) ?? 0) > 30 ? 1 : 0
    }
    // About 1,450 of 30,000 each; a difference of 220 is four standard errors.
    #expect(through > 1000)
    #expect(abs(through - resumed) < 220, "\(through) and \(resumed)")
  }

  @Test func `weeks are as uneven as they are said to be`() {
    var process = SalesProcess(leadsPerWeek: 40)
    process.weekDispersion = 3
    var dice = SeededGenerator(seed: 3)
    let counts = (0..<20_000).map { _ in Double(process.leads(inWeekOf: 40, using: &dice)) }
    let mean = counts.reduce(0, +) / Double(counts.count)
    let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(counts.count)
    #expect(abs(mean - 40) < 0.4)
    #expect(abs(variance / mean - 3) < 0.15)
    #expect(process.leads(inWeekOf: 0, using: &dice) == 0)
  }

  @Test func `a company depends on its place and the seed alone`() {
    let again = PlanStudy(rows: [Self.row], companies: 16, quarters: 4, seed: 1)
    #expect(again.outcome(of: again.trials[7]) == Self.outcomes[7])
    let backwards = again.trials.reversed().map { again.outcome(of: $0) }
    #expect(Array(backwards.reversed()) == Self.outcomes)
    let other = PlanStudy(rows: [Self.row], companies: 16, quarters: 4, seed: 2)
    #expect(other.trials.map { other.outcome(of: $0) } != Self.outcomes)
  }

  /// 30 companies x 4 quarters: a right 80 % is met in 80 with a standard error of 5 points.
  @Test func `a planner that asks for too few leads is found out, and the product's is not`() {
    let study = PlanStudy(rows: [Self.row], companies: 30, quarters: 4, seed: 1)
    let right = study.tallies(study.trials.map { study.outcome(of: $0) })[0]
    let bold = study.tallies(
      study.trials.map { trial in
        study.outcome(of: trial) { question in
          PlanStudy.product(question).map { $0.map { 0.6 * $0 } }
        }
      }
    )[0]
    let (share, low) = (right.targets[1].share(of: 4) ?? 0, bold.targets[1].share(of: 4) ?? 1)
    #expect((0.65...0.95).contains(share), "\(share)")
    #expect(low < 0.6, "\(low)")
    #expect(right.targets.allSatisfy { $0.noNumber < 5 })
  }

  @Test func `targets without a number, and those that need no lead, are counted apart`() {
    var tally = PlanTally()
    tally.add(PlanStudy.Outcome(targets: [.met(0), .noneNeeded, .noNumber]))
    tally.add(PlanStudy.Outcome(targets: [.met(4), .met(4), .noNumber]))
    #expect(tally.targets[0].share(of: 4) == 0.5)
    // Two companies at 0 and 1: the standard deviation is √½, over √2 it is ½.
    #expect(abs((tally.targets[0].standardError(of: 4) ?? 0) - 0.5) < 1e-12)
    #expect(tally.targets[1].share(of: 4) == 1)
    #expect(tally.targets[1].standardError(of: 4) == nil)
    #expect(tally.targets[1].noneNeeded == 1)
    #expect(tally.targets[2].noNumber == 2)
    #expect(tally.targets[2].share(of: 4) == nil)
    #expect(tally.targets[2].standardError(of: 4) == nil)
  }

  @Test func `the table has a row for each kind of company`() {
    let text = Self.study.table(Self.outcomes)
    #expect(text.contains("| small"))
    #expect(text.contains("16 companies in each row, each target played 4 times"))
    #expect(text.contains("Seed 1."))
    let nobody = PlanStudy(rows: [Self.row], companies: 0, seed: 1)
    #expect(nobody.table([]).contains("–"))
    #expect(Set(PlanStudyRow.all.map(\.stream)).count == PlanStudyRow.all.count)
    #expect(Set(PlanStudyRow.all.map(\.title)).count == PlanStudyRow.all.count)
  }
}
