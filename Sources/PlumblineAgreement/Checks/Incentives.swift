import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// Pay that hangs on nothing, on the same thing twice, or on more than all of it.
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
}
