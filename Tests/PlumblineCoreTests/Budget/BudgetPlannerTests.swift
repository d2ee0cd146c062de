import Foundation
import PlumblineStatistics
import Testing

@testable import PlumblineCore

struct BudgetPlannerTests {
  private static let weeksPerMonth = BudgetOptions.weeksPerMonth

  /// Channels with clear responses and many customers: the data can tell.
  private static func company(
    _ channels: [(name: String, spend: Double, leads: Int, wins: Int)] = [
      ("Google", 400_000, 60, 100), ("LinkedIn", 500_000, 30, 40), ("Meta", 300_000, 60, 60),
    ]
  ) -> BudgetCompany {
    var generator = SeededGenerator(seed: 1)
    var company = BudgetCompany([], weeks: 0, spread: 0, noise: 0, using: &generator)
    company.units = channels.map { name, spend, leads, wins in
      BudgetCompany.unit(
        name,
        BudgetCompany.weeks(40, spend: spend, leads: leads, swing: 0.3),
        wins: wins
      )
    }
    return company
  }

  private static func row(_ answer: BudgetAnswer, _ name: String) throws -> BudgetRow {
    try #require(answer.rows.first { $0.name == name })
  }

  // MARK: Nothing to divide

  @Test func `without any record nothing is spent`() throws {
    let answer = try Self.company([]).answer()
    #expect(answer.verdict == .nothingSpent)
    #expect(answer.rows.isEmpty && answer.bystanders.isEmpty && answer.gain == nil)
    #expect(answer.proposedSpend == nil && answer.firstWeek == nil)
  }

  @Test func `leads without spend are no candidates`() throws {
    var company = Self.company([])
    company.units = [
      BudgetCompany.unit(
        "Organic",
        BudgetCompany.weeks(20, spend: 0, leads: 10),
        wins: 9
      )
    ]
    let answer = try company.answer()
    #expect(answer.verdict == .nothingSpent)
    let organic = try #require(answer.bystanders.first)
    #expect(organic.reason == .organic && organic.leads == 10 && organic.spend == 0)
  }

  @Test func `spend that stopped long ago is listed with its last week`() throws {
    var company = Self.company()
    var weeks = BudgetCompany.weeks(40, spend: 200_000, leads: 20, swing: 0.3)
    for week in 20..<40 { weeks[week].spend = 0 }
    for week in 20..<40 { weeks[week].effectiveSpend = 0 }
    company.units.append(BudgetCompany.unit("Radio", weeks, wins: 20))
    let answer = try company.answer()
    #expect(!answer.rows.contains { $0.name == "Radio" })
    #expect(
      answer.bystanders.first { $0.name == "Radio" }?.reason
        == .stopped(lastWeek: weeks[19].start)
    )
    // A most makes it a candidate again, from nothing.
    var options = BudgetOptions.brief
    options.most = ["radio": 500_000]
    let again = try Self.row(try company.answer(options), "Radio")
    #expect(again.today.spend == 0 && again.least == 0 && again.reservation == nil)
    #expect(abs(again.most - 500_000 / Self.weeksPerMonth) < 1e-6)
    #expect(again.today.marginalCostPerLead == nil && again.change == nil)
  }

  @Test func `spend that names no channel cannot be moved`() throws {
    var company = Self.company()
    company.units.append(
      BudgetCompany.unit(
        FunnelDimension.none,
        BudgetCompany.weeks(40, spend: 100_000, leads: 5, swing: 0.3),
        wins: 3
      )
    )
    let answer = try company.answer()
    #expect(answer.rows.count == 3)
    #expect(answer.bystanders.first?.reason == .unnamed)
    #expect(answer.bystanders.first?.spend == 100_000)
    #expect(answer.todaysSpend == 1_200_000)
  }

  // MARK: What the data can tell

  @Test(
    arguments: [
      (1, "too_few_weeks"), (2, "too_few_weeks"), (7, "too_few_weeks"), (8, nil), (40, nil),
    ] as [(Int, String?)]
  )
  func `a channel needs eight weeks`(weeks: Int, code: String?) throws {
    var company = Self.company()
    var series = BudgetCompany.weeks(40, spend: 300_000, leads: 60, swing: 0.3)
    for week in 0..<(40 - weeks) {
      series[week].spend = 0
      series[week].effectiveSpend = 0
      series[week].leads = 0
    }
    company.units[2] = BudgetCompany.unit("Meta", series, wins: 60, of: 2400)
    let answer = try company.answer()
    let row = try Self.row(answer, "Meta")
    #expect(row.reservation?.code == code)
    #expect((row.bound == .held) == (code != nil))
    #expect(row.evidence.paidWeeks == weeks)
    // What a new channel spends today is known from its own weeks.
    #expect(row.today.spend > 200_000)
    if weeks == 1 { #expect(abs(row.evidence.priorShare - 1) < 1e-12) }
  }

  @Test(arguments: [(0.0, true), (0.05, true), (0.2, false)])
  func `weeks of much the same spend tell nothing`(swing: Double, isHeld: Bool) throws {
    var company = Self.company()
    company.units[0].weeks = BudgetCompany.weeks(40, spend: 400_000, leads: 60, swing: swing)
    let row = try Self.row(try company.answer(), "Google")
    #expect((row.reservation?.code == "hardly_varied") == isHeld)
  }

  @Test(arguments: [(4, false), (5, true)])
  func `weeks without leads hide the response`(without: Int, isHeld: Bool) throws {
    var company = Self.company()
    for week in 0..<without { company.units[0].weeks[week].leads = 0 }
    let row = try Self.row(try company.answer(), "Google")
    #expect(row.evidence.fit?.weeksWithoutLeads == without)
    #expect((row.reservation == .weeksWithoutLeads(share: 5.0 / 40)) == isHeld)
  }

  @Test func `a channel that never had spend waits for its first weeks`() throws {
    var company = Self.company()
    company.units.append(
      BudgetCompany.unit("Podcast", BudgetCompany.weeks(40, spend: 0, leads: 3), wins: 2)
    )
    var options = BudgetOptions.brief
    options.least = ["Podcast": 50_000]
    let answer = try company.answer(options)
    let row = try Self.row(answer, "Podcast")
    #expect(row.reservation == .tooFewWeeks(have: 0, need: 8))
    #expect(abs((row.proposed?.spend ?? 0) - 50_000 / Self.weeksPerMonth) < 1e-6)
    #expect(row.proposed?.leads.expected == 0)
  }

  @Test func `few customers leave the next one's cost unknown`() throws {
    var company = Self.company()
    company.units = [
      BudgetCompany.unit(
        "Google",
        BudgetCompany.weeks(40, spend: 400_000, leads: 10, swing: 0.3),
        wins: 1,
        of: 50
      )
    ]
    let row = try Self.row(try company.answer(), "Google")
    guard case .tooWide(let factor)? = row.reservation else {
      Issue.record("\(String(describing: row.reservation))")
      return
    }
    #expect(factor > 3)
  }

  @Test func `what cannot be told is moved when asked to`() throws {
    var company = Self.company()
    company.units[0].weeks = BudgetCompany.weeks(40, spend: 400_000, leads: 60)
    var options = BudgetOptions.brief
    options.movesAnyway = true
    let answer = try company.answer(options)
    let row = try Self.row(answer, "Google")
    #expect(row.reservation?.code == "hardly_varied" && row.bound != .held)
    #expect(abs(row.least - 280_000) < 1e-6 && abs(row.most - 520_000) < 1e-6)
  }

  @Test func `spend without leads is cut only where chance cannot be the reason`() throws {
    for (spend, isHeld) in [(1000.0, true), (4_000_000.0, false)] {
      var company = Self.company()
      company.units.append(
        BudgetCompany.unit(
          "Print",
          BudgetCompany.weeks(20, spend: spend, leads: 0),
          wins: 0
        )
      )
      let row = try Self.row(try company.answer(), "Print")
      #expect((row.reservation?.code == "no_leads") == isHeld)
      #expect(row.today.costPerLead == nil && row.today.marginalCostPerLead == nil)
      #expect(row.bound == (isHeld ? .held : .least))
    }
  }

  // MARK: The division

  @Test func `one channel stays where it is, or shrinks when its next customer is too dear`()
    throws
  {
    let profitable = try Self.company([("Google", 100_000, 60, 100)]).answer()
    #expect(profitable.verdict == .nearBest)
    #expect(profitable.rows.first?.bound == .most || profitable.rows.first?.change == 0)
    let dear = try Self.company([("Google", 4_000_000, 60, 100)]).answer()
    let row = try #require(dear.rows.first)
    #expect(row.bound == .least && abs((row.change ?? 0) + 0.3) < 1e-9)
    #expect(dear.verdict == .move)
    #expect(dear.priceOfMoney == 0 && dear.moreBudget == nil)
  }

  /// The best of a grid of all divisions in steps of a hundredth of each channel's room.
  private static func bruteForce(_ answer: BudgetAnswer, hours: Double?) -> Double {
    let steps = 60
    var best = -Double.infinity
    func net(_ spend: [Double]) -> Double? {
      var (sum, needed) = (0.0, 0.0)
      for (row, amount) in zip(answer.rows, spend) {
        let response = row.evidence.fit?.response
        let leads = (response?.scale ?? 0) * pow(amount, response?.elasticity ?? 1)
        sum += leads * (row.worth?.value ?? 0) - amount
        needed += leads * (row.worth?.hours ?? 0)
      }
      if spend.reduce(0, +) > answer.budget * (1 + 1e-9) { return nil }
      if let hours, needed > hours * (1 + 1e-9) { return nil }
      return sum
    }
    func spend(_ row: Int, _ step: Int) -> Double {
      let row = answer.rows[row]
      return row.least + (row.most - row.least) * Double(step) / Double(steps)
    }
    for first in 0...steps {
      for second in 0...steps {
        for third in 0...steps {
          if let net = net([spend(0, first), spend(1, second), spend(2, third)]) {
            best = max(best, net)
          }
        }
      }
    }
    return best
  }

  @Test(
    arguments: [(nil, nil), (nil, 800.0), (4_000_000.0, nil), (7_000_000.0, 900.0)]
      as [(Double?, Double?)]
  )
  func `no division of a fine grid is better`(budget: Double?, hours: Double?) throws {
    let company = Self.company()
    var options = BudgetOptions.brief
    options.budgetPerMonth = budget
    options.hoursPerLead = 1.5
    options.hoursPerMonth = hours
    let answer = try company.answer(options)
    let rows = answer.rows
    let spend = try #require(answer.proposedSpend)
    #expect(spend <= answer.budget * (1 + 1e-9))
    let net = rows.reduce(0.0) { sum, row in
      sum + (row.proposed?.leads.expected ?? 0) * (row.worth?.value ?? 0)
        - (row.proposed?.spend ?? 0)
    }
    let grid = Self.bruteForce(answer, hours: hours.map { $0 / Self.weeksPerMonth })
    #expect(net >= grid - 1e-6 * abs(grid))
    #expect(net <= grid + 0.01 * abs(grid))
    if let hours {
      let needed = try #require(answer.hoursProposed)
      #expect(needed <= hours / Self.weeksPerMonth * (1 + 1e-9))
    }
  }

  @Test(arguments: UInt64(0)..<30)
  func `inside its bounds the next unit of money brings the same everywhere`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let company = Self.company(
      (0..<4).map { index in
        (
          "C\(index)", generator.uniform(in: 1e5..<6e5), 20 + generator.integer(below: 80),
          40 + generator.integer(below: 60)
        )
      }
    )
    var options = BudgetOptions.brief
    options.move = 0.8
    options.hoursPerLead = 1
    options.hoursPerMonth = seed % 2 == 0 ? nil : 700
    let answer = try company.answer(options)
    guard answer.proposedSpend != nil else { return }
    let priceOfHour = answer.priceOfHour ?? 0
    for row in answer.rows {
      let point = try #require(row.best ?? row.proposed)
      let next = try #require(point.marginalCostPerLead?.expected)
      let value = try #require(row.worth?.value) - priceOfHour * 1
      let returned = value / next - 1 - (answer.priceOfMoney ?? 0)
      switch row.bestBound ?? row.bound {
      case .inside: #expect(abs(returned) < 1e-4, "\(row.name)")
      case .least: #expect(returned < 1e-4, "\(row.name)")
      case .most: #expect(returned > -1e-4, "\(row.name)")
      case .held, .reference: break
      }
    }
  }

  @Test func `a budget of 0 stops everything`() throws {
    var options = BudgetOptions.brief
    options.budgetPerMonth = 0
    let answer = try Self.company().answer(options)
    #expect(answer.verdict == .stopsEverything)
    #expect(answer.proposedSpend == 0)
    #expect(answer.rows.allSatisfy { $0.proposed?.leads.expected == 0 && $0.change == -1 })
    // One that the data cannot tell of stops too, but not one that must have its least.
    var flat = Self.company()
    flat.units[0].weeks = BudgetCompany.weeks(40, spend: 400_000, leads: 60)
    #expect(try Self.row(try flat.answer(options), "Google").bound != .held)
    options.least = ["Google": 1]
    guard case .leastAboveBudget = try flat.answer(options).verdict else {
      Issue.record("a least above a budget of 0")
      return
    }
  }

  @Test func `bounds above the budget are named`() throws {
    var options = BudgetOptions.brief
    options.budgetPerMonth = 1_000_000
    let answer = try Self.company().answer(options)
    guard case .leastAboveBudget(let least, let budget) = answer.verdict else {
      Issue.record("\(answer.verdict)")
      return
    }
    #expect(abs(least - 0.7 * 1_200_000) < 1e-6)
    #expect(abs(budget - 1_000_000 / Self.weeksPerMonth) < 1e-6)
    #expect(answer.gain == nil && answer.rows.allSatisfy { $0.proposed == nil })
    options.move = 1
    #expect(try Self.company().answer(options).verdict == .move)
  }

  @Test func `bounds whose leads take more hours than there are are named`() throws {
    var options = BudgetOptions.brief
    options.hoursPerLead = 10
    options.hoursPerMonth = 100
    let answer = try Self.company().answer(options)
    guard case .leastAboveHours(let needed, let limit) = answer.verdict else {
      Issue.record("\(answer.verdict)")
      return
    }
    #expect(needed > limit && abs(limit - 100 / Self.weeksPerMonth) < 1e-9)
  }

  @Test func `leads that come without spend take their hours first`() throws {
    var company = Self.company()
    company.units.append(
      BudgetCompany.unit("Organic", BudgetCompany.weeks(20, spend: 0, leads: 30), wins: 20)
    )
    var options = BudgetOptions.brief
    options.hoursPerLead = 1
    options.hoursPerMonth = 10_000
    #expect(try company.answer(options).bystanderHours == 30)
  }

  @Test func `bounds that were asked for hold`() throws {
    var options = BudgetOptions.brief
    options.least = ["google": 450_000 * Self.weeksPerMonth]
    options.most = ["META": 310_000 * Self.weeksPerMonth]
    let answer = try Self.company().answer(options)
    let google = try #require(Self.row(answer, "Google").proposed).spend
    let meta = try #require(Self.row(answer, "Meta").proposed).spend
    #expect(google >= 450_000 - 1e-6 && meta <= 310_000 + 1e-6)
  }

  @Test func `a smaller budget is held against the same cut everywhere`() throws {
    var options = BudgetOptions.brief
    options.budgetPerMonth = 1_000_000 * Self.weeksPerMonth
    let answer = try Self.company().answer(options)
    #expect(answer.gain?.reference == .evenCut)
    #expect(abs((answer.proposedSpend ?? 0) - 1_000_000) < 1)
  }

  @Test func `without a margin the budget goes where it brings the most customers`() throws {
    var company = Self.company()
    company.economics = Economics()
    let answer = try company.answer()
    #expect(answer.objective == .wins && answer.priceOfMoney == nil)
    #expect(abs((answer.proposedSpend ?? 0) - answer.budget) < 1e-6 * answer.budget)
    let before = answer.rows.reduce(0) { $0 + $1.today.wins.expected }
    let after = answer.rows.reduce(0) { $0 + ($1.proposed?.wins.expected ?? 0) }
    #expect(after > before)
    for row in answer.rows { #expect(row.worth?.breakEven == nil && row.worth?.value == nil) }
  }

  @Test func `sales' work and commission are part of what a customer costs`() throws {
    var company = Self.company()
    let plain = try Self.row(try company.answer(), "Google")
    company.economics.repMonthCost = 1_000_000
    company.economics.sales.hoursPerRepMonth = 100
    company.economics.sales.commission = 0.1
    var options = BudgetOptions.brief
    options.hoursPerLead = 2
    let full = try Self.row(try company.answer(options), "Google")
    let worth = try #require(full.worth)
    // Two hours of 10,000 each; a tenth of the deal, which covers twelve months.
    #expect(worth.salesCost == 20_000 && abs(worth.commission - 100_000) < 1e-6)
    let lead = try #require(plain.today.costPerLead)
    let rate = worth.winRate.mean
    #expect(abs((full.today.costPerWin ?? 0) - ((lead + 20_000) / rate + 100_000)) < 1e-6)
    #expect(abs((worth.value ?? 0) - (rate * (600_000 - 100_000) - 20_000)) < 1e-6)
  }

  @Test func `another budget step brings what dividing again says`() throws {
    let company = Self.company()
    let answer = try company.answer()
    let step = try #require(answer.moreBudget)
    var more = BudgetOptions.brief
    more.budgetPerMonth = (answer.budget + step.step) * Self.weeksPerMonth
    let other = try company.answer(more)
    func wins(_ answer: BudgetAnswer) -> Double {
      answer.rows.reduce(0) { $0 + ($1.proposed?.wins.expected ?? 0) }
    }
    #expect(abs(wins(other) - wins(answer) - step.wins) < 1e-9)
    #expect(
      (step.net ?? 0) > 0 && (step.net ?? 0) <= step.step * (answer.priceOfMoney ?? 0) * 1.001
    )
  }

  @Test func `average and marginal cost that put channels in different orders are called out`()
    throws
  {
    var generator = SeededGenerator(seed: 4)
    let company = BudgetCompany(
      [
        .init(
          name: "Steep",
          response: try SpendResponse(
            scale: 40 / SpendResponse.power(300_000, 0.93),
            elasticity: 0.93
          ),
          winRate: 0.05,
          spend: 300_000
        ),
        .init(
          name: "Flat",
          response: try SpendResponse(
            scale: 55 / SpendResponse.power(300_000, 0.33),
            elasticity: 0.33
          ),
          winRate: 0.05,
          spend: 300_000
        ),
      ],
      weeks: 52,
      spread: 0.5,
      noise: 0.02,
      using: &generator
    )
    let answer = try company.answer()
    let crossed = try #require(answer.crossing)
    #expect(answer.rows[crossed.cheaperOnAverage].name == "Flat")
    #expect(answer.rows[crossed.cheaperNext].name == "Steep")
    #expect(crossed.isSure == (crossed.chance >= 0.9))
    #expect(try Self.company([]).answer().crossing == nil)
  }

  @Test func `orders that cross only by chance are not called sure`() throws {
    var generator = SeededGenerator(seed: 4)
    func channel(
      _ name: String,
      _ leads: Double,
      _ elasticity: Double
    ) throws -> BudgetCompany.Channel {
      .init(
        name: name,
        response: try SpendResponse(
          scale: leads / SpendResponse.power(300_000, elasticity),
          elasticity: elasticity
        ),
        winRate: 0.05,
        spend: 300_000
      )
    }
    let company = BudgetCompany(
      [try channel("One", 40, 0.7), try channel("Two", 41, 0.65)],
      weeks: 12,
      spread: 0.3,
      noise: 0.2,
      using: &generator
    )
    #expect(try company.answer().crossing?.isSure != true)
  }

  // MARK: What is advised

  /// Two channels alike but for little: what moving brings is noise.
  private static var alike: BudgetCompany {
    var company = Self.company()
    company.units = [("Google", 62), ("Meta", 52)].map { name, leads in
      BudgetCompany.unit(
        name,
        BudgetCompany.weeks(16, spend: 400_000, leads: leads, swing: 0.25),
        wins: 12,
        of: 500
      )
    }
    return company
  }

  @Test func `within the noise today's spend is proposed, and the best known division beside`()
    throws
  {
    let answer = try Self.alike.answer()
    #expect(answer.verdict == .withinNoise)
    #expect(answer.proposedSpend == answer.todaysSpend && !answer.advisesBest)
    for row in answer.rows {
      #expect(row.proposed?.spend == row.today.spend && row.change == 0)
      #expect(row.bound == .reference)
      #expect(abs(row.bestChange ?? 0) > 0.01)
    }
    let gain = try #require(answer.gain)
    #expect(gain.chance > 0 && gain.chance < BudgetAnswer.leastChance && gain.expected > 0)
  }

  @Test func `within the noise of a smaller budget the same cut is proposed`() throws {
    var options = BudgetOptions.brief
    options.budgetPerMonth = 720_000 * Self.weeksPerMonth
    let answer = try Self.alike.answer(options)
    #expect(answer.verdict == .withinNoise)
    #expect(answer.gain?.reference == .evenCut)
    for row in answer.rows { #expect(abs((row.change ?? 0) + 0.1) < 1e-9) }
    #expect(abs((answer.proposedSpend ?? 0) - 720_000) < 1e-6)
  }

  @Test func `a move has no other division beside it`() throws {
    let answer = try Self.company().answer()
    #expect(answer.verdict == .move && answer.advisesBest)
    #expect(answer.rows.allSatisfy { $0.best == nil && $0.bestBound == nil })
  }

  @Test(arguments: [("most", 100_000.0), ("least", 900_000.0)])
  func `a channel that cannot tell is held at a bound that was asked for`(
    side: String,
    perWeek: Double
  ) throws {
    var company = Self.company()
    company.units[0].weeks = BudgetCompany.weeks(40, spend: 400_000, leads: 60)
    var options = BudgetOptions.brief
    if side == "most" {
      options.most = ["Google": perWeek * Self.weeksPerMonth]
    } else {
      options.least = ["Google": perWeek * Self.weeksPerMonth]
      options.budgetPerMonth = 3_000_000 * Self.weeksPerMonth
    }
    let answer = try company.answer(options)
    let row = try Self.row(answer, "Google")
    #expect(row.reservation != nil && row.bound.rawValue == side)
    #expect(abs((row.proposed?.spend ?? 0) - perWeek) < 1e-6)
    #expect(answer.verdict == .move || answer.verdict == .asBoundsAsk)
    #expect(answer.advisesBest)
  }

  @Test func `an answer within bounds that cost money does not call itself a move`() throws {
    var options = BudgetOptions.brief
    options.most = ["Google": 1000]
    let answer = try Self.company().answer(options)
    #expect(answer.verdict == .asBoundsAsk && answer.gain?.expected ?? 0 < 0)
    #expect(try Self.row(answer, "Google").bound == .most)
  }

  // MARK: What the range carries

  /// A channel with customers enough whose deals are so many thousand.
  private static func costing(_ deal: Int) throws -> BudgetRow {
    var company = Self.company([("Google", 400_000, 60, 100)])
    company.units[0].deals = AmountSummary(Array(repeating: Double(deal) * 1000, count: 100))
    return try Self.row(try company.answer(), "Google")
  }

  @Test(
    arguments: [(200, true), (370, nil), (400, nil), (1000, false)] as [(Int, Bool?)]
  )
  func `the next customer costs more than it brings only where the range carries it`(
    deal: Int,
    isAbove: Bool?
  ) throws {
    let row = try Self.costing(deal)
    let limit = try #require(row.worth?.breakEven)
    let next = try #require(row.today.marginalCostPerWin)
    let chance = try #require(row.today.lossChance)
    #expect(row.isAboveWorth == isAbove, "\(limit) \(next) \(chance)")
    if row.isAboveWorth == true { #expect(next.low > limit && chance >= 0.9) }
    if next.low <= limit, limit <= next.high { #expect(row.isAboveWorth == nil) }
  }

  @Test func `what the data cannot tell is never above its worth for sure`() throws {
    var company = Self.company([("Google", 400_000, 60, 100)])
    company.units[0].weeks = BudgetCompany.weeks(40, spend: 400_000, leads: 60)
    company.units[0].deals = AmountSummary([10_000, 11_000, 12_000])
    let row = try Self.row(try company.answer(), "Google")
    #expect(row.reservation?.code == "hardly_varied" && row.isAboveWorth == nil)
    #expect(row.today.lossChance ?? 0 > 0.99)
  }

  @Test func `the same seed draws the same, another another`() throws {
    let company = Self.company()
    var options = BudgetOptions.brief
    let first = try company.answer(options)
    #expect(first.gain == (try company.answer(options).gain))
    options.seed = 2
    let other = try company.answer(options)
    #expect(first.gain != other.gain)
    #expect(first.rows.map(\.proposed?.spend) == other.rows.map(\.proposed?.spend))
  }
}
