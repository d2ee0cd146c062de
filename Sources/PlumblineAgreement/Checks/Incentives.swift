import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// Pay that hangs on nothing, on the same thing twice, or on more than all of it; or a target that
  /// nobody can reach.
  static let incentives = AgreementCheck(code: "agreement.incentives") { draft, report in
    for team in Stage.Team.allCases {
      var first: [String: YAMLPosition] = [:]
      var billionths: Int64 = 0
      var hasReported = false
      for incentive in draft.incentives where incentive.team == team {
        let shown = incentive.measure.value.shownInMessage
        let key = WordKey.of(incentive.measure.value)
        if let position = first[key] {
          report(
            "\(team.rawValue) is paid for \"\(shown)\" twice, first in line \(position.line).",
            at: incentive.measure.position,
            remedy: "Keep one of the two."
          )
        } else {
          first[key] = incentive.measure.position
        }
        if let payout = incentive.payout { checkAmount(payout, named: "payout", in: draft, report) }
        checkMeasure(of: incentive, report)
        checkTarget(of: incentive, in: draft, report)
        let weight = incentive.weight.value
        guard weight.value > 0, weight.value <= 1 else {
          report(
            "\"weight\" must be above 0 and at most 1, not \(weight).",
            at: incentive.weight.position,
            remedy: ExactDecimal.percent("\(weight) %").flatMap {
              $0.significand > 0 ? "Write \(weight) % as \($0)." : nil
            }
          )
          continue
        }
        billionths += weight.scaled(byPowerOfTen: 9) ?? Int64(weight.value * 1e9)
        guard billionths > 1_000_000_000, !hasReported else { continue }
        hasReported = true
        report(
          "the weights of \(team.rawValue) add up to more than 1.",
          at: incentive.weight.position,
          remedy: "The weights of a team are shares of its variable pay: 1 is all of it."
        )
      }
    }
  }
  /// Words that people use for measures that go by another name here.
  private static let otherWords = [
    "quota": ScorecardMeasure.revenue, "attainment": .revenue, "bookings": .revenue,
    "mqls": .qualifiedLeads, "leads": .qualifiedLeads, "meetings": .meetingsHeld,
    "demos": .meetingsHeld, "deals": .wins, "won deals": .wins, "win rate": .wonShare,
    "close rate": .wonShare, "sla": .firstTouch, "speed to lead": .firstTouch,
    "response time": .firstTouch, "cac": .costPerWin,
  ]

  /// Warns of a measure that no answer computes, with the one that was likely meant.
  private static func checkMeasure(of incentive: AgreementDraft.IncentiveEntry, _ report: Report) {
    guard incentive.known == nil else { return }
    let word = incentive.measure.value
    let all = ScorecardMeasure.allCases.map(\.rawValue)
    report.warn(
      "no answer computes \"\(word.shownInMessage)\": pay for it stays out of the scorecard.",
      at: incentive.measure.position,
      remedy: (otherWords[WordKey.of(word)]?.rawValue ?? Suggestion.nearest(to: word, among: all))
        .map { "Did you mean \"\($0)\"?" } ?? "Known measures: \(all.joined(separator: ", "))."
    )
  }

  /// Notes a target or a way to pay that cannot be.
  private static func checkTarget(
    of incentive: AgreementDraft.IncentiveEntry,
    in draft: AgreementDraft,
    _ report: Report
  ) {
    if let target = incentive.target {
      switch incentive.known?.unit {
      case .money: checkAmount(target, named: "target", in: draft, report)
      case .share: checkRange(target, named: "target", in: .share, report)
      case .count, nil: checkRange(target, named: "target", in: .amount, report)
      }
      // Of a measure that nobody here knows, none at all may well be the aim.
      if target.value.significand == 0, let isLessBetter = incentive.known?.isLessBetter {
        report(
          "a \"target\" of 0 for \"\(incentive.measure.value.shownInMessage)\" "
            + (isLessBetter ? "can never be reached." : "is reached by doing nothing."),
          at: target.position,
          remedy: isLessBetter
            ? "Write what it may be at most." : "Write a target above 0, or leave it out."
        )
      }
    }
    checkRange(incentive.paysFrom, named: "pays_from", in: .positiveShare, report)
    checkRange(incentive.paysUpTo, named: "pays_up_to", in: .overTarget, report)
  }
}
