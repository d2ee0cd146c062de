import Foundation
import PlumblineCore
import PlumblineStatistics

/// Work cells of a company whose truth is known: counts are what is to be expected, rounded, so
/// that no luck is in them.
struct SimulatedWork: Sendable {
  var channels = 5
  var owners = 6
  var segments = 2
  /// The leads of each channel, owner and segment.
  var leads = 40
  /// The log-odds of winning without follow-up, and what follow-up adds.
  var base = -1.2
  var followUpEffect = 0.9
  /// The log-odds of being followed up.
  var compliance = 2.0
  /// What a channel, an owner or a pair adds to either.
  var channelEffects: [Int: Double] = [:]
  var ownerEffects: [Int: Double] = [:]
  var pairEffects: [[Int]: Double] = [:]
  var channelCompliance: [Int: Double] = [:]
  var ownerCompliance: [Int: Double] = [:]
  var pairCompliance: [[Int]: Double] = [:]
  /// Pairs without leads.
  var isEmpty: @Sendable (_ channel: Int, _ owner: Int) -> Bool = { _, _ in false }
  /// The shares of an owner's leads by score band; one band when empty.
  var bands: @Sendable (_ owner: Int) -> [Double] = { _ in [] }
  /// What a step up in the score band adds to the log-odds of winning.
  var bandEffect = 0.0

  var cells: WorkCells {
    var cells: [WorkCells.Cell] = []
    var bandCount = 1
    for channel in 0..<channels {
      for owner in 0..<owners where !isEmpty(channel, owner) {
        let shares = bands(owner).isEmpty ? [1] : bands(owner)
        bandCount = shares.count
        let followUp =
          compliance + channelCompliance[channel, default: 0] + ownerCompliance[owner, default: 0]
          + pairCompliance[[channel, owner], default: 0]
        let share = SpecialFunctions.expit(followUp)
        let direct =
          base + channelEffects[channel, default: 0] + ownerEffects[owner, default: 0]
          + pairEffects[[channel, owner], default: 0]
        for segment in 0..<segments {
          for (band, part) in shares.enumerated() {
            let all = (Double(leads) * part).rounded()
            let met = (all * share).rounded()
            for (isFollowedUp, count) in [(false, all - met), (true, met)] {
              let logOdds =
                direct + (isFollowedUp ? followUpEffect : 0) + 0.2 * Double(segment)
                + bandEffect * (Double(band) - 0.5 * Double(shares.count - 1))
              cells.append(
                WorkCells.Cell(
                  channel: channel,
                  owner: owner,
                  segment: segment,
                  scoreBand: band,
                  isFollowedUp: isFollowedUp,
                  leads: Int(count),
                  wins: Int((count * SpecialFunctions.expit(logOdds)).rounded())
                )
              )
            }
          }
        }
      }
    }
    return WorkCells(
      channels: (0..<channels).map { "channel \($0)" },
      owners: (0..<owners).map { "owner \($0)" },
      segments: (0..<segments).map { "segment \($0)" },
      scoreBandCount: bandCount,
      cells: cells
    )
  }

  func verdict(
    target: Double = 0.8,
    routing: RoutingRule? = .regardless,
    followUpIsRecorded: Bool = true
  ) -> LeakVerdict {
    LeakJudge(
      cells,
      complianceTarget: target,
      routing: routing,
      followUpIsRecorded: followUpIsRecorded
    ).verdict()
  }
}

extension LeakVerdict {
  /// The answers of marketing, sales and the hand-off.
  var answers: [LeakAnswer] { parties.map(\.answer) }
  /// What marketing, sales and the hand-off have that is named.
  var allNamed: [LeakUnit] { parties.flatMap(\.named) }
}
