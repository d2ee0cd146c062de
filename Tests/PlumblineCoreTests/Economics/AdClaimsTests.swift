import Foundation
import PlumblineCore
import PlumblineTestSupport
import Testing

/// What ad reports claim, kept apart from what the CRM says.
struct AdClaimsTests {
  private static let report = Repository.root.deletingLastPathComponent()
    .appending(path: "shared/data/daily_ad_spend/Marketing_iso.csv")

  private func add(
    _ world: inout EconomicsWorld,
    _ campaign: String,
    day: Double,
    to: Double? = nil,
    amount: Int64?,
    leads: Int64? = nil,
    orders: Int64? = nil,
    revenue: Int64? = nil,
    currency: String = ""
  ) {
    var fields: [String: FactBuilder.FieldValue] = [
      "channel": .text("Ads"), "campaign": .text(campaign), "currency": .text(currency),
      "from": .time(FactBuilder.time(day, precision: .day)),
      "to": .time(FactBuilder.time(to ?? day, precision: .day)),
    ]
    fields["amount"] = amount.map { .number($0) }
    fields["leads"] = leads.map { .number($0) }
    fields["orders"] = orders.map { .number($0) }
    fields["revenue"] = revenue.map { .number($0) }
    world.facts.add(.spend, fields)
  }

  @Test func `no report claims nothing`() throws {
    let claims = try EconomicsWorld().answer().claims
    #expect(claims.rows.isEmpty)
    #expect(!claims.claimsAnything)
    #expect(claims.total.claimedReturn == nil)
    #expect(claims.total.bringsLess == nil)
  }

  @Test func `a blank is counted apart, never as 0`() throws {
    var world = EconomicsWorld()
    add(&world, "a", day: 1, amount: 1_000, leads: 4, orders: 1, revenue: 3_000)
    add(&world, "a", day: 2, amount: nil, leads: 6, orders: 2, revenue: 9_000)
    add(&world, "a", day: 3, amount: 5_000)
    add(&world, "a", day: 4, amount: 2_000, revenue: 500, currency: "GBP")
    let row = try world.answer().claims.rows[0]
    #expect(row.rows == 4)
    #expect(row.spend == 6_000)
    #expect(row.rowsWithoutSpend == 2, "one blank, one without a rate")
    #expect(row.revenue == 12_000)
    #expect(row.rowsWithoutRevenue == 2)
    #expect(row.rowsWithBoth == 1)
    #expect(row.claimedReturn == 3)
    #expect(row.bringsLess == false)
    #expect(row.leads == 10)
    #expect(row.costPerLead == 250)
    #expect(row.costPerOrder == 1_000)
  }

  @Test func `no orders have no cost, and no spend no return`() throws {
    var world = EconomicsWorld()
    add(&world, "none", day: 1, amount: 1_000, orders: 0, revenue: 0)
    add(&world, "free", day: 1, amount: 0, orders: 3, revenue: 100)
    let claims = try world.answer().claims
    let none = try #require(claims.rows.first { $0.campaign == "none" })
    #expect(none.costPerOrder == nil)
    #expect(none.claimedReturn == 0)
    #expect(none.bringsLess == true)
    let free = try #require(claims.rows.first { $0.campaign == "free" })
    #expect(free.claimedReturn == nil)
    #expect(free.bringsLess == nil)
    #expect(free.costPerOrder == 0)
  }

  @Test func `claims are of the lines asked and by what was asked`() throws {
    var world = EconomicsWorld()
    add(&world, "a", day: 1, amount: 1_000, leads: 4)
    add(&world, "b", day: 1, amount: 500, leads: 2)
    world.facts.add(
      .spend,
      [
        "channel": .text("Radio"), "campaign": .text("a"), "amount": .number(70),
        "leads": .number(1), "from": .time(FactBuilder.time(1, precision: .day)),
        "to": .time(FactBuilder.time(1, precision: .day)),
      ]
    )
    let all = try world.answer().claims
    #expect(all.rows.map(\.campaign) == ["a", "b", "a"])
    #expect(all.rows.map(\.channel) == ["Ads", "Ads", "Radio"])
    let byChannel = try world.answer(EconomicsQuestion(claimsBy: .channel)).claims
    #expect(byChannel.rows.map(\.channel) == ["Ads", "Radio"])
    #expect(byChannel.rows.map(\.spend) == [1_500, 70])
    #expect(byChannel.rows.map(\.campaign) == ["", ""])
    func claims(_ dimension: FunnelDimension, _ value: String) throws -> [Int64] {
      let filter = DimensionFilter(dimension, values: [value])
      return try world.answer(EconomicsQuestion(filters: [filter])).claims.rows.map(\.spend)
    }
    #expect(try claims(.channel, "ads") == [1_000, 500])
    #expect(try claims(.campaign, "A") == [1_000, 70])
    #expect(try claims(.channel, "nobody").isEmpty)
  }

  @Test func `rows that lie only partly in the days are left out and counted`() throws {
    var world = EconomicsWorld()
    add(&world, "a", day: 1, to: 10, amount: 1_000, revenue: 10)
    add(&world, "a", day: 6, to: 8, amount: 500, revenue: 20)
    add(&world, "a", day: 50, amount: 500, revenue: 20)
    let claims = try world.answer(
      EconomicsQuestion(firstDay: CivilDate(dayNumber: 5), lastDay: CivilDate(dayNumber: 20))
    ).claims
    #expect(claims.total.spend == 500)
    #expect(claims.rowsPartlyOutside == 1)
  }

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: report.path),
      "the shared data are not beside this repository"
    )
  )
  func `five of eleven campaigns of a real report bring less than they cost`() throws {
    let lines = try String(contentsOf: Self.report, encoding: .utf8)
      .split(whereSeparator: \.isNewline).dropFirst()
    var world = EconomicsWorld(asOfDay: 20_000)
    var spent: [String: Int64] = [:]
    var earned: [String: Int64] = [:]
    for line in lines {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let day = try #require(CivilDate(cells[1])).dayNumber
      let amount = Int64((try #require(Double(cells[6])) * 100).rounded())
      let revenue = Int64((try #require(Double(cells[10])) * 100).rounded())
      spent[cells[2], default: 0] += amount
      earned[cells[2], default: 0] += revenue
      add(
        &world,
        cells[2],
        day: Double(day),
        amount: amount,
        leads: Int64(cells[8]),
        orders: Int64(cells[9]),
        revenue: revenue
      )
    }
    let answer = try world.answer()
    #expect(!answer.hasLeads)
    #expect(answer.claims.rows.count == 11)
    let fewer = spent.filter { earned[$0.key, default: 0] < $0.value }
    #expect(fewer.count == 5)
    #expect(Set(answer.claims.bringingLess.map(\.campaign)) == Set(fewer.keys))
    for row in answer.claims.rows {
      #expect(row.spend == spent[row.campaign])
      #expect(row.revenue == earned[row.campaign])
    }
  }
}
