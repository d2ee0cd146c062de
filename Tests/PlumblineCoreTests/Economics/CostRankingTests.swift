import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

/// Cheap meetings that hide dear customers: found where they are real, and not made up by chance.
struct CostRankingTests {
  /// A channel: what it spent, its leads, and the shares of them that meet and that are won.
  private struct Channel {
    var spend: Int64
    var leads: Int
    var held: Int
    var won: Int
  }

  private func answer(_ channels: KeyValuePairs<String, Channel>) throws -> EconomicsAnswer {
    var world = EconomicsWorld()
    for (name, channel) in channels {
      world.facts.spend(name, day: 0, to: 10, amount: channel.spend)
      for index in 0..<channel.leads {
        let id = "\(name) \(index)"
        let isWon = index < channel.won
        world.lead(id, day: 1, channel: name, won: isWon ? 20 : nil, lost: isWon ? nil : 30)
        if index < channel.held {
          world.facts.meeting(id, lead: id, booked: 2, starts: 3, outcome: "held")
        }
      }
    }
    return try world.answer()
  }

  @Test func `one line, or lines without meetings, rank against nobody`() throws {
    let one = try answer(["Meta": Channel(spend: 1000, leads: 10, held: 5, won: 1)])
    #expect(one.hiddenCosts.isEmpty)
    #expect(CostRanking(one.rows).entries.count == 1)
    let free = try answer([
      "Meta": Channel(spend: 1000, leads: 10, held: 0, won: 0),
      "Referral": Channel(spend: 0, leads: 10, held: 5, won: 1),
    ])
    #expect(CostRanking(free.rows).entries.isEmpty)
    #expect(Set(CostRanking(free.rows).unranked) == ["Meta", "Referral"])
  }

  @Test func `a channel with the cheapest meetings and the dearest customers is called out`()
    throws
  {
    let answer = try answer([
      "Meta": Channel(spend: 1_000_000, leads: 400, held: 200, won: 8),
      "LinkedIn": Channel(spend: 1_000_000, leads: 150, held: 80, won: 40),
      "Google": Channel(spend: 1_000_000, leads: 150, held: 90, won: 45),
    ])
    let hidden = try #require(answer.hiddenCosts.first)
    #expect(answer.hiddenCosts.count == 1)
    #expect(hidden.group == "Meta")
    #expect((hidden.rankByMeeting, hidden.rankByWin, hidden.ranked) == (1, 3, 3))
    #expect(Set(hidden.cheaperInTruth) == ["LinkedIn", "Google"])
  }

  @Test func `a channel without any win ranks last and is called out when the least is dearer`()
    throws
  {
    let answer = try answer([
      "Meta": Channel(spend: 1_000_000, leads: 400, held: 200, won: 0),
      "Google": Channel(spend: 1_000_000, leads: 150, held: 90, won: 45),
    ])
    #expect(answer.hiddenCosts.map(\.group) == ["Meta"])
  }

  @Test func `a few meetings and wins more or less call out nobody`() throws {
    let answer = try answer([
      "Meta": Channel(spend: 1_000_000, leads: 30, held: 14, won: 3),
      "Google": Channel(spend: 1_000_000, leads: 30, held: 11, won: 6),
    ])
    #expect(CostRanking(answer.rows).entries.map(\.rankByWin) == [2, 1])
    #expect(answer.hiddenCosts.isEmpty)
  }

  @Test func `where all channels are alike hardly any company has one called out`() throws {
    var alarms = 0
    for seed in UInt64(1)...100 {
      var random = SeededGenerator(seed: seed)
      func channel() -> Channel {
        let held = random.poisson(mean: 60)
        return Channel(
          spend: 1_000_000,
          leads: 120,
          held: min(held, 120),
          won: min(random.poisson(mean: 12), 120)
        )
      }
      let answer = try answer([
        "a": channel(), "b": channel(), "c": channel(), "d": channel(), "e": channel(),
      ])
      alarms += answer.hiddenCosts.isEmpty ? 0 : 1
    }
    #expect(alarms <= 5)
  }
}
