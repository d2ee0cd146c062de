import Testing

@testable import PlumblineCore

@Suite struct LeakStudyTests {
  @Test func `the usual rows have as many companies as asked for, evenly confounded`() {
    let study = LeakStudy(rows: LeakStudyRow.usual, companies: 90, seed: 1)
    // Five truths of 90, the two kinds of hand-off sharing one, at three sizes.
    #expect(study.trials.count == 450 * 3)
    for row in study.rows.indices {
      let own = study.trials.filter { $0.row == row && $0.leads == 2500 }
      #expect(own.count == (study.rows[row].title.hasPrefix("hand-off") ? 45 : 90))
      for confounding in Confounding.allCases {
        #expect(own.count { study.confounding(of: $0) == confounding } == own.count / 3)
      }
    }
    #expect(Set(study.trials).count == study.trials.count)
  }

  @Test func `two in five sales truths are skill, two discipline, one the team`() throws {
    let row = try #require(LeakStudyRow.usual.first { $0.title.hasPrefix("sales") })
    for confounding in Confounding.allCases {
      let plans = (0..<90).map { row.plan($0, leads: 800) }.filter { $0.confounding == confounding }
      #expect(plans.count == 30)
      #expect(plans.count { $0.faults == [.skill] } == 12)
      #expect(plans.count { $0.faults == [.discipline] } == 12)
      #expect(plans.count { $0.faults == [.teamFollowUp] } == 6)
    }
  }

  @Test func `every truth takes its turn under stress, and every row is its own`() throws {
    for row in LeakStudyRow.stress {
      let parties = Set((0..<90).map { row.plan($0, leads: 800).guiltyParties })
      let isMixed = !row.title.contains("only companies")
      #expect(parties.contains([]) == isMixed)
      #expect(parties.contains([.marketing]) && parties.contains([.sales]))
    }
    #expect(Set(LeakStudyRow.all.map(\.stream)).count == LeakStudyRow.all.count)
    #expect(Set(LeakStudyRow.all.map(\.title)).count == LeakStudyRow.all.count)
    let weaker = try #require(LeakStudyRow.stress.first { $0.title.contains("-0.5") })
    #expect(weaker.plan(0, leads: 800).faultLogOdds == -0.5)
    let nested = try #require(LeakStudyRow.stress.first { $0.title.contains("one channel only") })
    #expect(nested.plan(0, leads: 800).isNested)
  }

  @Test func `a trial depends on its place and the seed alone`() {
    let study = LeakStudy(companies: 3, leads: [200], seed: 5)
    let again = LeakStudy(companies: 9, leads: [100, 200], seed: 5)
    let other = LeakStudy(companies: 3, leads: [200], seed: 6)
    for trial in study.trials {
      let cells = study.company(of: trial).cells.cells
      #expect(cells == again.company(of: trial).cells.cells)
      #expect(cells != other.company(of: trial).cells.cells)
    }
    let trial = study.trials[4]
    #expect(study.outcome(of: trial) == again.outcome(of: trial))
  }

  /// Six companies of each truth, the two kinds of hand-off sharing one: 30 of 2,500 leads.
  private static let study = LeakStudy(
    rows: LeakStudyRow.usual,
    companies: 6,
    leads: [2500],
    seed: 1
  )
  private static let outcomes = study.trials.map(study.outcome)

  private func tally(
    _ score: KeyPath<LeakStudy.Outcome, LeakScore>,
    where isMeant: (LeakStudy.Trial) -> Bool = { _ in true }
  ) -> LeakTally {
    LeakTally(
      zip(Self.study.trials, Self.outcomes).filter { isMeant($0.0) }
        .map { $0.1[keyPath: score] }
    )
  }

  @Test func `nobody is named in healthy companies`() {
    let healthy = tally(\.judge) { $0.row == 0 }
    #expect(healthy.companies == 6)
    #expect(healthy.wronglyNamed == 0)
  }

  /// The large run has 87 % right and 1.3 % wrong.
  ///
  /// Were that 80 %, fewer than 18 of 30 would be
  /// right once in 100 such tests; were it 3 % wrong, more than 4 of 30 once in 500.
  @Test func `the planted cause is found, and seldom another`() {
    let all = tally(\.judge)
    #expect(all.companies == 30)
    #expect(all.right >= 18, "\(all.right) right")
    #expect(all.wronglyNamed <= 4, "\(all.wronglyNamed) wrong")
    #expect(all.channelFound == all.marketingFound)
    #expect(all.owners.rightlyNamed >= all.owners.named - 1)
  }

  @Test func `the dashboard's rule is right less often and wrong far more often`() {
    let (judge, rule) = (tally(\.judge), tally(\.rule))
    #expect(rule.right < judge.right)
    #expect(rule.wronglyNamed > judge.wronglyNamed + 5)
  }

  @Test func `tables have a row for each truth and a column for each size`() {
    let text = Self.study.tables(Self.outcomes)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first?.hasSuffix("Companies by size: 30. Seed 1.") == true)
    for row in LeakStudyRow.usual { #expect(text.contains("| \(row.title) ")) }
    let widths = Set(lines.filter { $0.hasPrefix("|") }.map(\.count))
    #expect(widths.count == 1, "columns line up")
    #expect(!text.contains("stress"))
    #expect(text == Self.study.tables(Self.outcomes))
    #expect(LeakStudy(companies: 0, seed: 1).tables([]).isEmpty)
  }

  @Test(
    arguments: [
      (0, 0, "–"), (0, 1, "0"), (1, 1, "100"), (1, 90, "1.1"), (9, 90, "10"), (199, 2000, "10"),
      (198, 2000, "9.9"), (1, 2, "50"), (2, 3, "67"), (1, 3, "33"), (3, 100, "3"), (1, 3000, "0"),
    ] as [(Int, Int, String)]
  )
  func `percent are whole from ten on and have a decimal below`(
    part: Int,
    whole: Int,
    expected: String
  ) {
    #expect(MarkdownTable.percent(part, of: whole) == expected)
  }
}
