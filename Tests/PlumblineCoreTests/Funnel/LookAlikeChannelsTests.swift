import PlumblineCore
import PlumblineTestSupport
import Testing

/// Channels that differ by case or blanks alone, in leads and in spend.
struct LookAlikeChannelsTests {
  private func history(leads: [String], spend: [String]) -> CompanyHistory {
    var facts = FactBuilder()
    for (index, channel) in leads.enumerated() { facts.lead("\(index)", day: 0, channel: channel) }
    for channel in spend {
      facts.add(
        .spend,
        [
          "channel": .text(channel), "from": .time(FactBuilder.time(1)), "amount": .number(100),
          "currency": .text("USD"),
        ]
      )
    }
    return facts.history(asOfDay: 9)
  }

  @Test(arguments: [
    ([], []), (["Meta", "Meta"], ["Meta"]), (["Meta", "Google"], ["LinkedIn"]), (["", ""], [""]),
  ])
  func `different names and equal ones are fine`(leads: [String], spend: [String]) {
    let gaps = history(leads: leads, spend: spend).gaps
    #expect(!gaps.contains { $0.kind == .lookAlikeChannels })
  }

  @Test(arguments: [
    (["google", "Google"], []), ([], ["google", "Google"]), (["Google"], ["google"]),
  ])
  func `two spellings are told wherever they stand`(leads: [String], spend: [String]) throws {
    let gaps = history(leads: leads, spend: spend).gaps
    let gap = try #require(gaps.first { $0.kind == .lookAlikeChannels })
    #expect(gap.count == 1)
    #expect(gap.examples == ["\"Google\" and \"google\""])
  }
}
