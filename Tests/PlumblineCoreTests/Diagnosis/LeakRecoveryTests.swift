import PlumblineCore
import Testing

/// What mending named units would bring adds up, and nobody's part is more than mending it alone.
struct LeakRecoveryTests {
  /// Every owner works every channel; a lead followed up is won at 40 %, another at 15 %.
  private func cells(
    _ followUp: (_ channel: Int, _ owner: Int) -> Double,
    factor: (_ channel: Int, _ owner: Int) -> Double = { _, _ in 1 }
  ) -> WorkCells {
    var cells: [WorkCells.Cell] = []
    for channel in 0..<4 {
      for owner in 0..<6 {
        let met = Int((375 * followUp(channel, owner)).rounded())
        for (isMet, leads, rate) in [(true, met, 0.40), (false, 375 - met, 0.15)] {
          cells.append(
            WorkCells.Cell(
              channel: channel,
              owner: owner,
              isFollowedUp: isMet,
              leads: leads,
              wins: Int((Double(leads) * rate * factor(channel, owner)).rounded())
            )
          )
        }
      }
    }
    return WorkCells(
      channels: ["Google", "LinkedIn", "Meta", "Referral"],
      owners: (1...6).map { "rep-\($0)" },
      segments: ["all"],
      cells: cells
    )
  }

  @Test func `the team is mended without the channels that are named for their follow-up`() throws {
    let verdict = LeakJudge(
      cells { channel, _ in channel == 2 ? 0.2 : 0.6 },
      complianceTarget: 0.8,
      routing: .regardless
    ).verdict()
    let team = LeakUnit(.team, .followUp)
    let channel = LeakUnit(.channel, .followUp, channel: "Meta")
    let named = verdict.evidence.filter(\.isNamed)
    #expect(Set(named.map(\.unit)) == [team, channel])
    for evidence in named {
      let part = try #require(evidence.recoverableWins)
      #expect(part > 0 && part <= evidence.expectedWinsLost * (1 + 1e-9))
    }
    // 6,750 leads at 60 % instead of 80 %, worth 25 points each.
    let part = try #require(verdict.evidence(of: team)?.recoverableWins)
    #expect(abs(part - 6750 * 0.2 * 0.25) < 40)
  }

  @Test func `a channel and a rep that lose the same leads share them`() throws {
    let verdict = LeakJudge(
      cells({ _, _ in 0.8 }) { channel, owner in
        (channel == 2 ? 0.4 : 1) * (owner == 0 ? 0.4 : 1)
      },
      complianceTarget: 0.8,
      routing: .regardless
    ).verdict()
    let named = verdict.evidence.filter(\.isNamed)
    #expect(named.count == 2)
    let alone = named.reduce(0) { $0 + $1.expectedWinsLost }
    let together = named.compactMap(\.recoverableWins).reduce(0, +)
    #expect(together > 0 && together != alone)
    for evidence in verdict.evidence where !evidence.isNamed {
      #expect(evidence.recoverableWins == nil)
    }
  }
}

/// In a large team every rep is a small share of all wins, and a third of it is not.
struct LargeTeamTests {
  @Test func `sales is not cleared where a third of sixty reps wins half as often`() throws {
    func verdict(_ bad: Double) -> LeakVerdict {
      var cells: [WorkCells.Cell] = []
      for channel in 0..<4 {
        for owner in 0..<60 {
          let rate = owner < 20 ? bad : 0.3
          // Rounded to and fro, so that owners are not all alike.
          let wins = Int((20 * rate + Double((owner * 7 + channel * 3) % 5) * 0.5 - 1).rounded())
          cells.append(
            WorkCells.Cell(
              channel: channel,
              owner: owner,
              isFollowedUp: (owner + channel) % 6 != 0,
              leads: 20,
              wins: max(0, wins)
            )
          )
        }
      }
      return LeakJudge(
        WorkCells(
          channels: (0..<4).map { "channel-\($0)" },
          owners: (0..<60).map { "rep-\($0)" },
          segments: ["all"],
          cells: cells
        ),
        complianceTarget: 0.8,
        routing: .regardless
      ).verdict()
    }
    #expect(verdict(0.14)[.sales]?.answer == .undetermined)
    #expect(verdict(0.3)[.sales]?.answer == .no)
  }
}
