import Foundation
import PlumblineStatistics
import Testing

@testable import PlumblineCore

@Suite struct PlantedCompanyTests {
  /// Leads and, among them, those that a test asks for.
  private static func share(
    of cells: [WorkCells.Cell],
    _ leads: (WorkCells.Cell) -> Int
  ) -> Double {
    let all = cells.reduce(0) { $0 + $1.leads }
    return Double(cells.reduce(0) { $0 + leads($1) }) / Double(all)
  }

  private static func compliance(_ cells: [WorkCells.Cell]) -> Double {
    share(of: cells) { $0.isFollowedUp ? $0.leads : 0 }
  }

  private static func companies(_ plan: CompanyPlan, _ count: Int = 20) -> [PlantedCompany] {
    (0..<UInt64(count)).map { PlantedCompany(plan, seed: $0) }
  }

  @Test(arguments: [0, 1, 7, 2500])
  func `every lead is in one cell`(leads: Int) {
    for company in Self.companies(CompanyPlan(leads: leads)) {
      let cells = company.cells
      #expect(cells.leads == leads)
      #expect((5...7).contains(cells.channels.count) && (8...12).contains(cells.owners.count))
      #expect(cells.scoreBandCount == 1)
      let combinations = cells.cells.map {
        [$0.channel, $0.owner, $0.segment, $0.scoreBand, $0.isFollowedUp ? 1 : 0]
      }
      #expect(Set(combinations).count == combinations.count)
      #expect(cells.cells.allSatisfy { $0.leads > 0 && (0...$0.leads).contains($0.wins) })
      #expect(cells.cells.allSatisfy { $0.channel < cells.channels.count })
      #expect(cells.cells.allSatisfy { $0.owner < cells.owners.count })
    }
  }

  @Test func `the same seed makes the same company and another seed another`() {
    let plan = CompanyPlan(leads: 500, faults: [.leads], confounding: .strong)
    let first = PlantedCompany(plan, seed: 3)
    #expect(first.cells.cells == PlantedCompany(plan, seed: 3).cells.cells)
    #expect(first.effects == PlantedCompany(plan, seed: 3).effects)
    #expect(first.cells.cells != PlantedCompany(plan, seed: 4).cells.cells)
  }

  /// 0.82 of 32 % and 0.18 of 15 % make 29 %; segments, spreads and chance move a mean of 20
  /// companies by about 0.01.
  @Test func `healthy companies win about 29 in 100 and follow up 82`() {
    let companies = Self.companies(CompanyPlan(leads: 2500))
    let cells = companies.flatMap(\.cells.cells)
    let rate = Self.share(of: cells, \.wins)
    #expect(abs(rate - 0.29) < 0.02, "\(rate)")
    #expect(abs(Self.compliance(cells) - 0.82) < 0.02)
    #expect(companies.allSatisfy { $0.plan.guiltyParties.isEmpty })
  }

  @Test func `spreads are small where nothing is wrong`() {
    let effects = Self.companies(CompanyPlan(leads: 0), 100).map(\.effects)
    for (values, spread) in [
      (effects.flatMap(\.channelWinning), 0.10), (effects.flatMap(\.ownerWinning), 0.10),
      (effects.flatMap(\.pairWinning), 0.10), (effects.flatMap(\.channelFollowUp), 0.10),
      (effects.flatMap(\.ownerFollowUp), 0.15), (effects.flatMap(\.pairFollowUp), 0.05),
    ] {
      let square = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
      // The standard error of a standard deviation is sd / sqrt(2n); n is at least 500.
      let error = spread / Double(2 * values.count).squareRoot()
      #expect(abs(square.squareRoot() - spread) < 4 * error)
    }
  }

  /// A fault moves what it concerns and nothing else: the same seed without it is the control.
  @Test(arguments: PlantedFault.allCases)
  func `a fault changes what it is about`(fault: PlantedFault) {
    for seed in 0..<UInt64(20) {
      let sick = PlantedCompany(CompanyPlan(leads: 0, faults: [fault]), seed: seed)
      let sound = PlantedCompany(CompanyPlan(leads: 0), seed: seed)
      func moved(_ effects: KeyPath<PlantedCompany.Effects, [Double]>) -> [Int: Double] {
        let pairs = zip(sick.effects[keyPath: effects], sound.effects[keyPath: effects])
        return Dictionary(
          uniqueKeysWithValues: pairs.enumerated().filter { $1.0 != $1.1 }.map { index, pair in
            (index, pair.0 - pair.1)
          }
        )
      }
      let channel = Set([sick.markedChannel])
      let owners = Set(sick.markedOwners)
      #expect(Set(moved(\.channelWinning).keys) == (fault == .leads ? channel : []))
      #expect(Set(moved(\.ownerWinning).keys) == (fault == .skill ? owners : []))
      #expect(Set(moved(\.channelFollowUp).keys) == (fault == .lateChannel ? channel : []))
      #expect(Set(moved(\.ownerFollowUp).keys) == (fault == .discipline ? owners : []))
      #expect(moved(\.pairFollowUp).isEmpty)
      let winning = Array(moved(\.channelWinning).values) + Array(moved(\.ownerWinning).values)
      #expect(winning.allSatisfy { abs($0 + 0.9) < 1e-9 })

      // Half the team, the marked owners among them, in the marked channel.
      let count = sick.cells.owners.count
      let half = moved(\.pairWinning).keys
      #expect(half.count == (fault == .splitTeam ? count / 2 : 0))
      #expect(half.allSatisfy { $0 / count == sick.markedChannel })
      #expect(fault != .splitTeam || Set(half.map { $0 % count }).isSuperset(of: owners))
    }
  }

  @Test func `late channels, loose owners and short teams follow up as little as meant`() {
    func compliance(
      _ fault: PlantedFault,
      _ isMeant: (PlantedCompany, WorkCells.Cell) -> Bool
    ) -> Double {
      Self.compliance(
        Self.companies(CompanyPlan(leads: 3000, faults: [fault]), 12).flatMap { company in
          company.cells.cells.filter { isMeant(company, $0) }
        }
      )
    }
    let late = compliance(.lateChannel) { $1.channel == $0.markedChannel }
    let loose = compliance(.discipline) { $0.markedOwners.contains($1.owner) }
    let team = compliance(.teamFollowUp) { _, _ in true }
    #expect(abs(late - 0.27) < 0.02, "\(late)")
    #expect(abs(loose - 0.27) < 0.02, "\(loose)")
    #expect(abs(team - 0.53) < 0.02, "\(team)")
    #expect(abs(compliance(.lateChannel) { $1.channel != $0.markedChannel } - 0.82) < 0.02)
    #expect(abs(compliance(.discipline) { !$0.markedOwners.contains($1.owner) } - 0.82) < 0.02)
  }

  @Test(arguments: [(Confounding.none, 0.24), (.moderate, 0.55), (.strong, 0.81)])
  func `the marked channel's leads go to the marked owners as often as meant`(
    confounding: Confounding,
    expected: Double
  ) {
    let companies = Self.companies(CompanyPlan(leads: 4000, confounding: confounding))
    var ofMarked: [WorkCells.Cell] = []
    for company in companies {
      let own = company.cells.cells.filter { $0.channel == company.markedChannel }
      #expect(own.reduce(0) { $0 + $1.leads } > 340, "at least a tenth, give or take chance")
      #expect(company.markedOwners.count == (company.cells.owners.count + 1) / 4)
      ofMarked += own.map {
        var cell = $0
        cell.wins = company.markedOwners.contains($0.owner) ? $0.leads : 0
        return cell
      }
    }
    let share = Self.share(of: ofMarked, \.wins)
    #expect(abs(share - expected) < 0.03, "\(share)")
  }

  @Test func `nested owners work one channel each, and every channel has one`() {
    for company in Self.companies(CompanyPlan(leads: 2500, isNested: true)) {
      let pairs = Set(company.cells.cells.map { [$0.channel, $0.owner] })
      #expect(pairs.count == company.cells.owners.count)
      #expect(Set(pairs.map { $0[0] }).count == company.cells.channels.count)
    }
  }

  @Test func `bands are quarters, and the score tells of winning as far as it explains`() {
    func rates(_ explained: Double) -> [Double] {
      let promise = LeadPromise(explainedByScore: explained)
      let cells = Self.companies(CompanyPlan(leads: 2000, promise: promise)).flatMap(\.cells.cells)
      return (0..<4).map { band in
        let own = cells.filter { $0.scoreBand == band }
        #expect(own.reduce(0) { $0 + $1.leads } == 20 * 500)
        return Self.share(of: own, \.wins)
      }
    }
    let (known, vague, nothing) = (rates(1), rates(0.35), rates(0))
    for rates in [known, vague] { #expect(rates == rates.sorted()) }
    #expect(known[3] - known[0] > 1.3 * (vague[3] - vague[0]))
    #expect(vague[3] - vague[0] > 0.1)
    // Ten thousand leads a band: 0.025 is four standard errors of a difference.
    #expect(abs(nothing[3] - nothing[0]) < 0.025)
  }

  @Test func `better owners get more promising leads only where meant`() {
    /// The mean band of the leads of the best owner less that of the worst, over companies.
    func advantage(_ routing: Double) -> Double {
      let promise = LeadPromise(routing: routing, explainedByScore: 1)
      let companies = Self.companies(CompanyPlan(leads: 2000, promise: promise))
      let sum = companies.reduce(0.0) { sum, company in
        let ranked = company.cells.owners.indices.sorted {
          company.effects.ownerWinning[$0] < company.effects.ownerWinning[$1]
        }
        func meanBand(_ owner: Int?) -> Double {
          Self.share(of: company.cells.cells.filter { $0.owner == owner }) {
            $0.leads * $0.scoreBand
          }
        }
        return sum + meanBand(ranked.last) - meanBand(ranked.first)
      }
      return sum / Double(companies.count)
    }
    #expect(abs(advantage(0)) < 0.1)
    #expect(advantage(0.25) > 0.4)
    #expect(advantage(0.5) > advantage(0.25) + 0.2)
  }

  @Test func `promise that drives both makes followed-up leads look better than following up does`()
  {
    func effect(_ promise: LeadPromise?) -> Double {
      let cells = Self.companies(CompanyPlan(leads: 2000, promise: promise)).flatMap(\.cells.cells)
      func logOdds(_ isFollowedUp: Bool) -> Double {
        let rate = Self.share(of: cells.filter { $0.isFollowedUp == isFollowedUp }, \.wins)
        return log(rate / (1 - rate))
      }
      return logOdds(true) - logOdds(false)
    }
    let plain = effect(nil)
    #expect(abs(plain - 1) < 0.1, "\(plain)")
    #expect(effect(LeadPromise(speedsFollowUp: true)) > plain + 0.2)
  }

  @Test func `a true contrast is against the mean of the others`() {
    let company = PlantedCompany(CompanyPlan(leads: 0, faults: [.leads, .skill]), seed: 1)
    let effects = company.effects
    for (position, name) in company.cells.channels.enumerated() {
      let others = effects.channelWinning.enumerated().filter { $0.offset != position }
      let mean = others.reduce(0) { $0 + $1.element } / Double(others.count)
      let contrast = company.trueContrast(of: LeakUnit(.channel, .direct, channel: name))
      #expect(abs(contrast - (effects.channelWinning[position] - mean)) < 1e-12)
    }
    let (channel, owner) = (company.cells.channels[1], company.cells.owners[2])
    let pair = LeakUnit(.pair, .direct, channel: channel, owner: owner)
    #expect(company.trueContrast(of: pair) == effects.pairWinning[company.cells.owners.count + 2])
    let slow = company.trueContrast(of: LeakUnit(.owner, .followUp, owner: owner))
    #expect(abs(slow) < 0.6 && slow != 0)
    for unit in [LeakUnit(.team, .followUp), LeakUnit(.channel, .direct, channel: "nobody's")] {
      #expect(company.trueContrast(of: unit) == 0)
    }
  }
}
