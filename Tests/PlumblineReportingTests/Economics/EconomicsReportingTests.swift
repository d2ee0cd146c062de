import Foundation
import PlumblineCore
import PlumblineReporting
import PlumblineTestSupport
import Testing

/// Costs of customers as people and programs read them.
struct EconomicsReportingTests {
  /// Six channels, of which one has the cheapest meetings and the dearest customers.
  private static func world() -> EconomicsWorld {
    var economics = Economics(grossMargin: 0.78, horizonInMonths: 24, repMonthCost: 950_000)
    economics.overheadPerMonth = 1_200_000
    economics.sales.minutes = ["call": 12, "email": 4]
    economics.monthlyChurn = 0.02
    economics.dealCoversMonths = 12
    economics.sales.commission = 0.08
    var world = EconomicsWorld(economics, asOfDay: 200)
    let channels: [(name: String, spend: Int64, leads: Int, held: Int, won: Int)] = [
      ("Google Ads", 20_000_000, 260, 90, 34), ("LinkedIn", 22_000_000, 200, 70, 35),
      ("Meta", 21_000_000, 420, 200, 12), ("Organic search", 0, 240, 90, 36),
      ("Webinar with <partners> & friends", 4_000_000, 60, 20, 3), ("", 0, 20, 5, 2),
    ]
    for channel in channels {
      if channel.spend > 0 {
        world.facts.spend(channel.name, day: 0, to: 190, amount: channel.spend)
      }
      for index in 0..<channel.leads {
        let id = "\(channel.name) \(index)"
        let day = Double(index * 190 / channel.leads)
        let isWon = index < channel.won
        let isOpen = !isWon && day > 160
        world.lead(
          id,
          day: day,
          channel: channel.name,
          owner: "rep \(index % 4)",
          won: isWon ? day + 25 : nil,
          lost: isWon || isOpen ? nil : day + 30,
          amount: 900_000 + Int64(index % 7) * 250_000
        )
        if index < channel.held {
          world.facts.meeting(id, lead: id, booked: day, starts: day + 5, outcome: "held")
        }
        world.facts.activity("\(id) call", lead: id, kind: "call", day: day + 1)
        if index % 9 == 0 { world.facts.activity("\(id) fax", lead: id, kind: "fax", day: day + 2) }
      }
    }
    world.facts.spend("", day: 10, amount: 90_000, campaign: "mystery")
    world.facts.deal("orphan", lead: "", created: 2, closed: 6, outcome: "won", amount: 2_267_000)
    return world
  }

  private static func claims() -> EconomicsWorld {
    var world = EconomicsWorld()
    for (name, amount, revenue) in [("dear", 200_000, 100_000), ("cheap", 100_000, 300_000)] {
      world.facts.add(
        .spend,
        [
          "campaign": .text(name), "from": .time(FactBuilder.time(1, precision: .day)),
          "to": .time(FactBuilder.time(1, precision: .day)), "amount": .number(Int64(amount)),
          "revenue": .number(Int64(revenue)), "orders": .number(4), "leads": .number(40),
        ]
      )
    }
    return world
  }

  private static func show(_ text: String) {
    if ProcessInfo.processInfo.environment["SHOW"] != nil { print(text) }
  }

  @Test(arguments: [EconomicsQuestion.View.cohort, .cash])
  func `a page of text fits 80 columns and says its view`(view: EconomicsQuestion.View) throws {
    let world = Self.world()
    let answer = try world.answer(EconomicsQuestion(view: view))
    let text = EconomicsText(answer, under: world.agreement).text()
    Self.show(text)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.count <= 80 })
    let isCash = text.replacing("\n", with: " ").contains(
      "Cash view: spend of these days over wins closed in these days, whoever's leads they were"
    )
    #expect(isCash == (view == .cash))
    #expect(text.contains("media only") || view == .cash)
    #expect(text.contains("Sales: 4 reps with leads"))
    #expect(text.contains("fax"))
    #expect(text.contains("Commission: 8.0 % of the first year's revenue"))
    #expect(text.contains("orphan") && !text.contains(" - of 1"))
    #expect(text.contains("deals without a lead") == (view == .cash))
  }

  @Test func `a channel with cheap meetings and dear customers is called out everywhere`() throws {
    let world = Self.world()
    let answer = try world.answer()
    #expect(answer.hiddenCosts.map(\.group) == ["Meta"])
    let headline = EconomicsText(answer, under: world.agreement).headline
    #expect(headline.contains("the cheap meetings of Meta hide dear customers"))
    let page = EconomicsHTML(answer, under: world.agreement, generatedBy: "tests").text
    Self.show(page)
    #expect(page.contains("slope called"))
    #expect(page.contains("slope-picture wide-only") && page.contains("slope-picture narrow-only"))
    #expect(page.contains("<title id=\"economics-ranks-t\">"))
    #expect(!page.contains("<partners>"))
    #expect(page.contains("&lt;partners&gt;"))
  }

  @Test func `one comparable channel draws no picture`() throws {
    var world = EconomicsWorld()
    world.facts.spend("Meta", day: 0, amount: 100)
    world.lead("a", day: 0, won: 3)
    let page = EconomicsHTML(try world.answer(), under: world.agreement, generatedBy: "t").text
    #expect(!page.contains("slope-picture wide-only"))
  }

  @Test func `no margin and no cost of a rep say which key to add`() throws {
    var world = EconomicsWorld(Economics())
    world.facts.spend("Meta", day: 0, amount: 100_000)
    world.lead("a", day: 0, won: 3, amount: 5)
    let text = EconomicsText(try world.answer(), under: world.agreement).text()
      .replacing("\n", with: " ").replacing("    ", with: " ")
    #expect(text.contains("add `gross_margin` under `economics`"))
    #expect(text.contains("Media only"))
    #expect(text.contains("rep_month"))
    #expect(text.contains("in media alone"))
    #expect(!text.contains("all costs"))
    let page = EconomicsHTML(try world.answer(), under: world.agreement, generatedBy: "t").text
    #expect(page.contains("Media only") && !page.contains("All costs"))
  }

  @Test func `days without anything say so, and no horizon`() throws {
    let world = Self.world()
    let answer = try world.answer(EconomicsQuestion(firstDay: CivilDate("2027-01-01")))
    let text = EconomicsText(answer, under: world.agreement).text()
    Self.show(text)
    #expect(text.hasPrefix("No leads and no spend in these days.\n"))
    #expect(!text.contains("What a customer costs"))
    let claims = Self.claims()
    let alone = EconomicsText(try claims.answer(), under: claims.agreement).text()
    #expect(!alone.contains("Horizons"))
  }

  @Test func `spend on days without a lead is said`() throws {
    var world = EconomicsWorld()
    world.facts.spend("Meta", day: 1, amount: 50_000)
    world.lead("a", day: 40, won: 45)
    let answer = try world.answer(EconomicsQuestion(lastDay: CivilDate(dayNumber: 9)))
    #expect(
      EconomicsText(answer, under: world.agreement).headline
        == "USD 500 was spent in these days; no lead came in to set against it."
    )
  }

  @Test func `sums multiply out as printed`() throws {
    let world = Self.world()
    let text = EconomicsText(try world.answer(), under: world.agreement).text()
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let sum = try #require(
      text.firstMatch(of: /USD ([0-9,]+) a month x ([0-9.]+) months = USD ([0-9,]+)/)
    )
    func number(_ text: Substring) -> Double? { Double(text.replacing(",", with: "")) }
    let product = try #require(number(sum.1)) * (try #require(number(sum.2)))
    #expect(product.rounded() == number(sum.3))
  }

  @Test func `no win so far is at least, in JSON without an upper end`() throws {
    var world = Self.world()
    world.facts.spend("Young", day: 150, to: 160, amount: 5_000_000)
    for index in 0..<60 { world.lead("young \(index)", day: 180, channel: "Young") }
    let answer = try world.answer()
    let row = try #require(answer.rows.first { $0.group == "Young" })
    #expect(row.wins.expected > 0)
    let words = EconomicsText(answer, under: world.agreement).text()
    #expect(words.contains("at least"))
    let json = try #require(
      try JSONSerialization.jsonObject(
        with: Data(try EconomicsJSON(answer, under: world.agreement).text().utf8)
      ) as? [String: Any]
    )
    let rows = try #require(json["rows"] as? [[String: Any]])
    let young = try #require(rows.first { $0["group"] as? String == "Young" })
    for key in ["cost_per_win", "media_cost_per_win"] {
      let range = try #require(young[key] as? [String: Any])
      #expect(range["value"] is NSNull && range["upper"] is NSNull)
      #expect(range["lower"] is Double || range["lower"] is Int)
    }
    let without = try #require(json["deals_without_lead"] as? [String: Any])
    #expect(without["ids"] as? [String] == ["orphan"])
  }

  @Test func `claims of many campaigns are a table of the columns that have something`() throws {
    var world = EconomicsWorld()
    for index in 0..<64 {
      world.facts.add(
        .spend,
        [
          "channel": .text("Channel \(index % 4)"), "campaign": .text("camp_\(index % 16)"),
          "from": .time(FactBuilder.time(1, precision: .day)),
          "to": .time(FactBuilder.time(1, precision: .day)),
          "amount": .number(Int64(100_000 + index)), "leads": .number(40),
        ]
      )
    }
    let text = EconomicsText(try world.answer(), under: world.agreement).text()
    Self.show(text)
    let lines = text.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 80 })
    #expect(lines.contains { $0.contains("channel") && $0.contains("campaign") })
    #expect(!text.contains("orders") && !text.contains("brings"))
    // Money in one table, counts in another.
    #expect(lines.count { $0.contains("camp_") } == 2 * 16)
  }

  @Test func `the spend of a claim opens where it is the spend of a line`() throws {
    let links = RecordLinks { number in
      if case .funnel(let number, let group) = number {
        "/\(number)?\(group ?? "all")"
      } else {
        nil
      }
    }
    func page(_ world: EconomicsWorld) throws -> String {
      let answer = try world.answer(EconomicsQuestion(by: .campaign, claimsBy: .campaign))
      let whole = EconomicsSections(answer, world.agreement, links: links).all.map(\.source)
        .joined()
      let table = try #require(whole.split(separator: "id=\"economics-claims-table\"").last)
      return String(table.split(separator: "</table>").first ?? "")
    }
    var world = Self.claims()
    world.lead("L1", day: 1, channel: "Fair")
    let alone = try page(world)
    #expect(alone.contains("href=\"/spend?dear\"") && alone.contains("href=\"/spend?cheap\""))
    #expect(alone.contains("href=\"/spend?all\""))
    // The same campaign on another channel: the line of costs holds both, neither claim opens to it.
    world.facts.spend("Meta", day: 1, amount: 7_000, campaign: "dear")
    let both = try page(world)
    #expect(!both.contains("href=\"/spend?dear\"") && both.contains("href=\"/spend?cheap\""))
  }

  @Test func `claims answer alone where no lead is on record`() throws {
    let world = Self.claims()
    let answer = try world.answer()
    let text = EconomicsText(answer, under: world.agreement).text()
    Self.show(text)
    #expect(
      text.hasPrefix(
        "By the ad reports' own word 1 of 2 campaigns brings less than it costs (dear)."
      )
    )
    #expect(text.contains("not checked against the CRM"))
    let page = EconomicsHTML(answer, under: world.agreement, generatedBy: "t").text
    #expect(page.contains("less than it costs"))
    let none = EconomicsText(
      try EconomicsWorld().answer(),
      under: world.agreement
    ).text(claimsOnly: true)
    #expect(none.hasPrefix("The ad reports claim nothing."))
  }

  @Test func `nothing at all is said in a sentence`() throws {
    let world = EconomicsWorld()
    let answer = try world.answer()
    let text = EconomicsText(answer, under: world.agreement).text()
    #expect(text.contains("no leads and no spend on record"))
    let json = try EconomicsJSON(answer, under: world.agreement).text()
    let tree = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    #expect((tree?["rows"] as? [Any])?.isEmpty == true)
  }

  @Test func `every key of the JSON is explained`() throws {
    var keys = DocumentedKeys(section: "economics")
    keys.shapes = [
      "rows[]": "economics line", "total": "economics line", "campaigns[]": "ad claim",
      "all": "ad claim", "interval": "cost range", "final": "cost range",
      "cost_per_win": "cost range", "media_cost_per_win": "cost range",
      "media_cost_per_meeting_held": "cost range", "value_to_cost": "cost range",
      "payback_months": "cost range", "return_on_costs": "cost range",
    ]
    let worlds = [Self.world(), Self.claims()]
    try keys.check(
      try worlds.map { try EconomicsJSON(try $0.answer(), under: $0.agreement).text() }
    )
  }

  @Test func `costs in JSON add up to the total`() throws {
    let world = Self.world()
    let text = try EconomicsJSON(try world.answer(), under: world.agreement).text()
    Self.show(text)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    )
    let rows = try #require(json["rows"] as? [[String: Any]])
    let total = try #require(json["total"] as? [String: Any])
    for key in ["cost", "media", "overhead", "sales_so_far", "sales_to_come", "commission"] {
      let sum = rows.reduce(0.0) { $0 + (($1[key] as? Double) ?? 0) }
      let whole = try #require(total[key] as? Double)
      #expect(abs(sum - whole) < 0.05, "\(key)")
    }
    let media = try #require(rows.first { $0["group"] as? String == "Organic search" })
    let none = try #require(media["media_cost_per_win"] as? [String: Any])
    #expect(none["value"] is NSNull)
  }
}
