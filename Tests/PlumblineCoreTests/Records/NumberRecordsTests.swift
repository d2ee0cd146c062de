import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore

/// The records behind a number are as many as it says, and come to it.
struct NumberRecordsTests {
  private static func amounts(_ records: NumberRecords) -> [Int64] {
    switch records {
    case .passages, .meetings: []
    case .deals(let deals): deals.compactMap(\.amount)
    case .spend(let parts): parts.map(\.amount)
    }
  }

  /// A random company with amounts spent over many days.
  private static func company(_ seed: UInt64) -> Ledger {
    var random = SeededGenerator(seed: seed)
    let company = RandomCompany(seed: seed, importCount: 2)
    var facts = FactBuilder()
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      facts.spend(
        ["", "Meta", "Fair"][Int.random(in: 0..<3, using: &random)],
        day: Double(Int.random(in: 0..<100, using: &random)),
        to: Double(Int.random(in: 100..<140, using: &random)),
        amount: Int64.random(in: -50...5000, using: &random),
        campaign: ["", "c2"][Int.random(in: 0..<2, using: &random)]
      )
    }
    var ledger = company.ledger(exportedDays: [nil, nil])
    ledger.add(facts.batch, of: FactBuilder.record(source: "test", seenDay: 130, exportedDay: nil))
    return ledger
  }

  @Test(arguments: UInt64(0)..<80)
  func `behind what customers cost`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let zone = ["UTC", "America/New_York", "Pacific/Auckland"][Int(seed % 3)]
    let ledger = Self.company(seed)
    let history = CompanyHistory(ledger, under: RandomCompany.agreement(zone: zone))
    let engine = EmbeddedCells(history)
    let builder = EconomicsBuilder(engine, EconomicsRecords(ledger, for: history))
    let first = Int.random(in: 0..<90, using: &random)
    var compared = 0
    let filters = [[], [DimensionFilter(.campaign, values: ["C2", "c1"])], []]
    let views: [EconomicsQuestion.View] = [.cohort, .cohort, .cash]
    for dimension in [FunnelDimension.channel, .campaign] {
      for (view, conditions) in zip(views, filters) {
        var question = EconomicsQuestion(
          by: dimension,
          filters: conditions,
          firstDay: random.chance(0.5) ? CivilDate(dayNumber: first) : nil,
          lastDay: random.chance(0.5) ? CivilDate(dayNumber: first + 30) : nil,
          view: view
        )
        let answer = try builder.answer(question)
        let names = Dictionary(grouping: answer.rows, by: \.group)
        for row in answer.rows + [answer.total] where row.kind != .dealsWithoutLead {
          // Leads without a channel and spend without one are two lines.
          guard row.kind == .total || names[row.group]?.count == 1 else { continue }
          compared += 1
          question.filters =
            conditions
            + (row.kind == .total ? [] : [DimensionFilter(dimension, values: [row.group])])
          func records(_ number: CellNumber) -> NumberRecords {
            engine.records(behind: number, builder.recordQuestion(question, number))
          }
          let spend = records(.spend)
          #expect(Self.amounts(spend).reduce(0, +) == row.spend, "\(dimension) \(row.group)")
          // Of deals in the total some may be nobody's leads', and a line of spend has none.
          guard row.kind != .spendWithoutGroup, view == .cohort || row.kind != .total else {
            continue
          }
          let deals = Self.amounts(records(.deals))
          #expect(deals.count == row.deals.count, "\(dimension) \(row.group)")
          #expect(Double(deals.reduce(0, +)) == row.deals.sum)
        }
      }
    }
    #expect(compared >= 6)
  }

  @Test(arguments: UInt64(0)..<80)
  func `behind a divided budget`(seed: UInt64) throws {
    let zone = ["UTC", "America/New_York", "Pacific/Auckland"][Int(seed % 3)]
    var agreement = RandomCompany.agreement(zone: zone)
    let isCarriedOver = seed % 4 == 1
    if isCarriedOver { agreement.economics.weeklyCarryOver = 0.3 }
    let history = CompanyHistory(Self.company(seed), under: agreement)
    let engine = EmbeddedCells(history)
    let builder = BudgetBuilder(history, source: engine)
    for dimension in [FunnelDimension.channel, .campaign] {
      var options = BudgetOptions()
      options.by = dimension
      options.mostWeeks = seed.isMultiple(of: 2) ? 52 : 8
      let situation = try builder.situation(options)
      let deals = try #require(try builder.records(behind: .deals, options, of: engine)).records
      let pooled = situation.units.reduce(AmountSummary([])) { $0 + $1.deals }
      #expect(Self.amounts(deals).count == pooled.count)
      #expect(Double(Self.amounts(deals).reduce(0, +)) == pooled.sum)
      for unit in situation.units {
        func records(_ number: BudgetNumber) throws -> NumberRecords {
          try #require(try builder.records(behind: number, options, of: engine)).records
        }
        let evidence = try SpendEvidence(unit.weeks)
        #expect(try records(.of(.leads, unit.name)).count == evidence.leads)
        #expect(try records(.of(.rate, unit.name)).count == unit.winRate.entered)
        let (all, today) = (
          Self.amounts(try records(.of(.spend, unit.name))),
          Self.amounts(try records(.of(.today, unit.name)))
        )
        // From a week that corrections make negative nothing is read.
        guard all.allSatisfy({ $0 >= 0 }) else { continue }
        // What works in the weeks is not what was spent in them where some works later.
        if !isCarriedOver { #expect(Double(all.reduce(0, +)) == evidence.spend) }
        let weeks = Double(max(unit.weeksOfToday.count, 1))
        #expect(abs(Double(today.reduce(0, +)) / weeks - unit.todaysSpend) < 1e-6)
      }
      #expect(try builder.records(behind: .of(.rate, "nobody"), options, of: engine) == nil)
    }
  }

  @Test(arguments: UInt64(0)..<60)
  func `behind a plan`(seed: UInt64) throws {
    let history = CompanyHistory(Self.company(seed), under: RandomCompany.agreement())
    let source = EmbeddedCells(history)
    let builder = QuotaPlanBuilder(source, under: history.agreement.journeyRule)
    for filters in [[], [DimensionFilter(.channel, values: ["paid"])]] {
      let question = QuotaQuestion(
        quota: 1_000_000,
        deadline: CivilDate(dayNumber: 400),
        since: CivilDate(dayNumber: 20),
        filters: filters
      )
      let wins = Self.amounts(builder.records(behind: .wins, question))
      let sizes = builder.winSizes(question).amounts
      #expect(wins.count == sizes.count && Double(wins.reduce(0, +)) == sizes.sum)
      let booked = builder.records(behind: .booked, question)
      let told = builder.booked(question)
      #expect(booked.count == told.deals && Self.amounts(booked).reduce(0, +) == told.amount)
    }
  }

  @Test(arguments: UInt64(0)..<40)
  func `of a cell are its spend and its meetings`(seed: UInt64) throws {
    let history = CompanyHistory(
      Self.company(seed),
      under: RandomCompany.agreement(zone: "America/New_York")
    )
    let engine = EmbeddedCells(history)
    let rule = history.agreement.journeyRule
    for dimension in [FunnelDimension.week, .cohort] {
      let cells = engine.cells(for: FunnelQuestion(by: [dimension], rule: rule, pairs: []))
      for (key, cell) in zip(cells.keys, cells.cells) {
        let asked = FunnelQuestion(
          filters: [DimensionFilter(dimension, values: key)],
          rule: rule,
          pairs: []
        )
        #expect(engine.spendParts(for: asked).reduce(0) { $0 + $1.amount } == cell.spend ?? 0)
        let (held, missed, open) = (
          cell.meetings[Int(CompanyHistory.Meeting.Outcome.held.rawValue)],
          cell.meetings[Int(CompanyHistory.Meeting.Outcome.noShow.rawValue)],
          cell.meetings[Int(CompanyHistory.Meeting.Outcome.unconfirmed.rawValue)]
        )
        #expect(engine.records(behind: .meetings, asked).count == held + missed)
        #expect(engine.records(behind: .unconfirmed, asked).count == open)
      }
    }
    let segment = DimensionFilter(.segment, values: ["smb"])
    let unknown = FunnelQuestion(filters: [segment], rule: rule, pairs: [])
    #expect(engine.spendParts(for: unknown).isEmpty)
  }

  @Test(arguments: UInt64(0)..<60)
  func `of spend say what was recorded`(seed: UInt64) throws {
    let ledger = Self.company(seed)
    let history = CompanyHistory(ledger, under: RandomCompany.agreement())
    let engine = EmbeddedCells(history)
    let all = FunnelQuestion(rule: history.agreement.journeyRule, pairs: [])
    let records = engine.records(behind: .spend, all).sourced { SpendSources(ledger, for: history) }
    guard case .spend(let parts) = records else {
      Issue.record("spend opens to other records")
      return
    }
    #expect(!parts.isEmpty && parts.count <= history.spend.count)
    for part in parts {
      let source = try #require(part.source)
      // The random companies spend in the agreement's currency.
      #expect(source.amount == part.spend.amount && source.currency == history.agreement.currency)
      #expect(source.line > 0)
    }
  }

  @Test func `names that differ in capitals only are told apart`() {
    let filter = DimensionFilter(.campaign, values: ["Brand", "fair"])
    #expect(filter.passing(["Brand", "brand", "BRAND"]) == ["Brand"])
    #expect(filter.passing(["brand", "BRAND", "other"]) == ["brand", "BRAND"])
    #expect(filter.passing(["FAIR", "Fair", "brand"]) == ["FAIR", "Fair", "brand"])
    #expect(filter.passing([]).isEmpty)
    var facts = FactBuilder()
    facts.lead("L1", day: 3)
    facts.spend("Ads", day: 1, amount: 1000, campaign: "Brand")
    facts.spend("Ads", day: 1, amount: 200, campaign: "brand")
    let history = facts.history(RandomCompany.agreement())
    let engine = EmbeddedCells(history)
    func spend(_ name: String) -> [Int64] {
      let asked = FunnelQuestion(
        filters: [DimensionFilter(.campaign, values: [name])],
        rule: history.agreement.journeyRule,
        pairs: []
      )
      return Self.amounts(engine.records(behind: .spend, asked))
    }
    #expect(spend("Brand") == [1000] && spend("brand") == [200] && spend("BRAND") == [1000, 200])
  }

  @Test func `won deals in another currency count at its rate`() throws {
    var facts = FactBuilder()
    facts.add(
      .currencyRate,
      [
        "from": .text("GBP"), "to": .text("USD"),
        "day": .time(FactBuilder.time(0, precision: .day)), "rate": .number(1_250_000),
      ]
    )
    for (id, amount, currency) in [("L1", 1000, "GBP"), ("L2", 500, ""), ("L3", 70, "XXX")] {
      facts.lead(id, day: 1, channel: "Fair")
      facts.stage(id, "won", day: 2)
      facts.deal(
        "D\(id)",
        lead: id,
        created: 1,
        closed: 2,
        outcome: "won",
        amount: Int64(amount),
        currency: currency
      )
    }
    let ledger = facts.ledger()
    let history = CompanyHistory(ledger, under: RandomCompany.agreement())
    let engine = EmbeddedCells(history)
    let builder = EconomicsBuilder(engine, EconomicsRecords(ledger, for: history))
    let question = EconomicsQuestion(by: .channel)
    let row = try #require(try builder.answer(question).rows.first)
    let deals = Self.amounts(
      engine.records(behind: .deals, builder.recordQuestion(question, .deals))
    )
    // Of a currency without a rate there is no amount.
    #expect(deals.sorted() == [500, 1250])
    #expect(row.deals.count == 2 && row.deals.sum == 1750 && row.dealsWithoutAmount == 1)
  }

  @Test func `spend in another currency says both amounts and its line`() throws {
    var facts = FactBuilder()
    facts.lead("L1", day: 3)
    facts.add(
      .currencyRate,
      [
        "from": .text("GBP"), "to": .text("USD"),
        "day": .time(FactBuilder.time(0, precision: .day)), "rate": .number(1_250_000),
      ]
    )
    facts.spend("Fair", day: 1, amount: 1000, currency: "GBP")
    facts.spend("Fair", day: 2, amount: 500)
    let ledger = facts.ledger()
    let history = CompanyHistory(ledger, under: RandomCompany.agreement())
    let sources = SpendSources(ledger, for: history).sources
    #expect(history.spend.map(\.amount) == [1250, 500])
    #expect(sources.map(\.amount) == [1000, 500] && sources.map(\.currency) == ["GBP", "USD"])
    #expect(sources.map(\.file) == ["facts.csv", "facts.csv"])
    #expect(Set(sources.map(\.line)).count == 2)
    // A history of other facts is no history of these: nothing is said rather than something wrong.
    facts.spend("Fair", day: 1, amount: 7)
    let other = CompanyHistory(facts.ledger(), under: RandomCompany.agreement())
    #expect(SpendSources(ledger, for: other).sources.isEmpty)
  }

  @Test func `an amount of many days counts by the days asked, in whole cents`() throws {
    var facts = FactBuilder()
    facts.lead("L1", day: 3)
    facts.spend("Fair", day: 0, to: 9, amount: 1003)
    let history = facts.history(RandomCompany.agreement(), asOfDay: 20)
    let engine = EmbeddedCells(history)
    func amount(_ first: Int, _ last: Int) -> [Int64] {
      engine.spendParts(
        for: FunnelQuestion(
          firstDay: CivilDate(dayNumber: first),
          lastDay: CivilDate(dayNumber: last),
          rule: history.agreement.journeyRule,
          pairs: []
        )
      ).map(\.amount)
    }
    // The first three days take the cents that ten days cannot share.
    #expect(amount(0, 1) == [202] && amount(2, 3) == [201] && amount(-5, -1).isEmpty)
    #expect(amount(0, 3) == [403])
  }
}

extension NumberRecords {
  /// How many there are.
  var count: Int {
    switch self {
    case .passages(let passages): passages.count
    case .deals(let deals): deals.count
    case .spend(let parts): parts.count
    case .meetings(let meetings): meetings.count
    }
  }
}
