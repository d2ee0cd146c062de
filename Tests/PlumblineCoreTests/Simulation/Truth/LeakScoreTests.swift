import Testing

@testable import PlumblineCore

@Suite struct LeakScoreTests {
  /// What is planted, what is answered (marketing, sales, hand-off), what that counts as.
  struct Case: Sendable {
    let faults: Set<PlantedFault>
    let answers: [LeakAnswer]
    var isRight = false
    var isWrong = false
    var isCleared = false
  }

  private static let parties = [Party.marketing, .sales, .handOff]

  private static func company(_ faults: Set<PlantedFault>) -> PlantedCompany {
    PlantedCompany(CompanyPlan(leads: 0, faults: faults), seed: 11)
  }

  private static func score(
    _ faults: Set<PlantedFault>,
    _ answers: [LeakAnswer],
    named: [LeakUnit] = []
  ) -> LeakScore {
    LeakScore(
      answers: Dictionary(uniqueKeysWithValues: zip(parties, answers)),
      named: named,
      company: company(faults)
    )
  }

  @Test(
    arguments: [
      // A healthy company is right with three times no, and with nothing less.
      Case(faults: [], answers: []),
      Case(faults: [], answers: [.no, .no, .no], isRight: true),
      Case(faults: [], answers: [.no, .no, .undetermined]),
      Case(faults: [], answers: [.no, .yes, .no], isWrong: true),
      // The others may be left open, but neither named nor the guilty one missed.
      Case(faults: [.leads], answers: [.yes, .no, .no], isRight: true),
      Case(faults: [.leads], answers: [.yes, .undetermined, .undetermined], isRight: true),
      Case(faults: [.leads], answers: [.undetermined, .no, .no]),
      Case(faults: [.leads], answers: [.no, .no, .no], isCleared: true),
      Case(faults: [.leads], answers: [.yes, .yes, .no], isWrong: true),
      Case(faults: [.leads], answers: [.no, .yes, .no], isWrong: true, isCleared: true),
      Case(faults: [.skill], answers: [.no, .yes, .no], isRight: true),
      Case(faults: [.discipline], answers: [.no, .yes, .no], isRight: true),
      Case(faults: [.teamFollowUp], answers: [.no, .yes, .no], isRight: true),
      Case(faults: [.lateChannel], answers: [.no, .no, .yes], isRight: true),
      Case(faults: [.splitTeam], answers: [.yes, .no, .yes], isWrong: true),
      // Two guilty parties: both must be named.
      Case(faults: [.leads, .skill], answers: [.yes, .yes, .no], isRight: true),
      Case(faults: [.leads, .skill], answers: [.yes, .undetermined, .no]),
      Case(faults: [.leads, .skill], answers: [.yes, .no, .no], isCleared: true),
      Case(faults: [.leads, .skill], answers: [.yes, .yes, .yes], isWrong: true),
    ]
  )
  func `answers are counted as the page says`(example: Case) {
    let score = Self.score(example.faults, example.answers)
    #expect(score.isRight == example.isRight)
    #expect(score.isWronglyNamed == example.isWrong)
    #expect(score.isGuiltyCleared == example.isCleared)
  }

  @Test func `a wrong name is by chance only if every unit behind it truly is that bad`() throws {
    let company = Self.company([])
    let contrasts = company.cells.channels.map {
      company.trueContrast(of: LeakUnit(.channel, .direct, channel: $0))
    }
    let worst = try #require(contrasts.min())
    let position = try #require(contrasts.firstIndex(of: worst))
    let unit = LeakUnit(.channel, .direct, channel: company.cells.channels[position])
    let best = LeakUnit(
      .channel,
      .direct,
      channel: company.cells.channels[(position + 1) % company.cells.channels.count]
    )
    func isChance(_ named: [LeakUnit], odds: Double) -> Bool {
      LeakScore(
        answers: [.marketing: .yes, .sales: .no, .handOff: .no],
        named: named,
        company: company,
        namedOdds: odds
      ).isChanceNamed
    }
    #expect(worst < -0.02)
    #expect(isChance([unit], odds: 1.01))
    #expect(!isChance([unit], odds: 2))
    #expect(!isChance([unit, best], odds: 1.01) || company.trueContrast(of: best) < -0.01)
    #expect(!isChance([LeakUnit(.team, .followUp), unit], odds: 2))
    // Nothing is wrongly named, so nothing is so by chance.
    #expect(!Self.score([.leads], [.yes, .no, .no], named: [unit]).isChanceNamed)
  }

  @Test func `the right channel is the marked one and no other`() {
    let company = Self.company([.leads])
    func unit(_ position: Int) -> LeakUnit {
      LeakUnit(.channel, .direct, channel: company.cells.channels[position])
    }
    let marked = unit(company.markedChannel)
    let other = unit((company.markedChannel + 1) % company.cells.channels.count)
    let answers: [LeakAnswer] = [.yes, .no, .no]
    for (named, isFound) in [([marked], true), ([other], false), ([marked, other], false)] {
      let score = Self.score([.leads], answers, named: named)
      #expect(score.isMarketingFound)
      #expect(score.isChannelFound == isFound)
    }
    #expect(!Self.score([.leads], [.no, .no, .no]).isMarketingFound)
    #expect(!Self.score([.skill], answers, named: [marked]).isMarketingFound)
  }

  @Test func `named owners are counted where some owners are guilty and sales is named`() {
    let company = Self.company([.skill])
    let innocent = company.cells.owners.indices.filter { !company.markedOwners.contains($0) }
    let named = [company.markedOwners[0], innocent[0]].flatMap { owner in
      LeakUnit.Effect.allCases.map { LeakUnit(.owner, $0, owner: company.cells.owners[owner]) }
    }
    let owners = Self.score([.skill], [.no, .yes, .no], named: named).owners
    #expect(owners.named == 2)
    #expect(owners.rightlyNamed == 1)
    #expect(owners.guilty == company.markedOwners.count)
    let silent = LeakScore.Owners()
    #expect(Self.score([.skill], [.no, .no, .no], named: named).owners == silent)
    #expect(Self.score([.teamFollowUp], [.no, .yes, .no], named: named).owners == silent)
    #expect(Self.score([.leads], [.yes, .yes, .no], named: named).owners == silent)
  }

  @Test func `the dashboard's rule says no wherever it does not say yes`() {
    let company = Self.company([])
    let score = LeakScore(DashboardRule(company.cells), company: company)
    #expect(score.isRight)
  }

  @Test func `tallies add up`() {
    #expect(LeakTally([]).companies == 0)
    let tally = LeakTally([
      Self.score([], [.no, .no, .no]), Self.score([], [.yes, .no, .no]),
      Self.score([.leads], [.no, .no, .no]), Self.score([.leads], [.yes, .no, .no]),
    ])
    #expect(tally.companies == 4)
    #expect(tally.right == 2)
    #expect(tally.wronglyNamed == 1)
    #expect(tally.guiltyCleared == 1)
    #expect(tally.marketingFound == 1)
    #expect(tally.channelFound == 0)
  }
}
