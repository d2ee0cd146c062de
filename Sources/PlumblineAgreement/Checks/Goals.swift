import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A goal with an amount that cannot be, or two goals for the same days.
  static let goals = AgreementCheck(code: "agreement.goals") { draft, report in
    for goal in draft.goals {
      checkAmount(goal.amount, named: goal.period.value, in: draft, report)
    }
    let groups = Dictionary(grouping: draft.goals) { goal in
      [goal.measure.rawValue, goal.owner.map { WordKey.of($0.value) } ?? ""]
    }
    for key in groups.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let goals = groups[key] ?? []
      let ordered = goals.sorted {
        ($0.days.lowerBound, $0.period.position) < ($1.days.lowerBound, $1.period.position)
      }
      // The goal that reaches farthest so far claims every day up to its end.
      var farthest: AgreementDraft.GoalEntry?
      for goal in ordered {
        if let earlier = farthest, goal.days.lowerBound <= earlier.days.upperBound {
          let whose = goal.owner.map { " of \"\($0.value.shownInMessage)\"" } ?? ""
          let (first, second) =
            earlier.period.position < goal.period.position ? (earlier, goal) : (goal, earlier)
          report(
            "\"\(second.period.value)\" of \"\(goal.measure.rawValue)\"\(whose) overlaps "
              + "\"\(first.period.value)\" in line \(first.period.position.line).",
            at: second.period.position,
            remedy: "Keep the longer period or its parts: days that two goals claim count twice."
          )
        }
        if farthest.map({ $0.days.upperBound < goal.days.upperBound }) ?? true { farthest = goal }
      }
    }
  }
}
