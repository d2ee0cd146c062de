import PlumblineCore
import PlumblineStatistics

extension QuotaPlanWords {
  /// The answer to whether the quota will be made, in a sentence.
  var verdict: String {
    let goal = "\(money(Double(plan.question.quota))) by \(plan.question.deadline)"
    if plan.isMet {
      return "Will we make \(goal)? Yes: \(money(Double(plan.booked.amount))) is booked."
    }
    if let reason { return "Will we make \(goal)? Nobody can tell yet: \(reason)" }
    guard let today = plan.today, let chance = chanceToday else {
      return
        "Will we make \(goal)? Nobody can tell yet: too few whole weeks of leads are on record."
    }
    let likely =
      switch chance {
      case 0.8...: "Probably"
      case 0.5...: "Rather yes than no"
      case 0.2...: "Rather not"
      default: "Hardly"
      }
    return "Will we make \(goal)? \(likely): the chance is \(self.chance(chance)) with the "
      + "\(measured(today.perWeek)) new leads a week of late."
  }

  /// The chances for which is told what would have to be true: those that one thing may reach.
  var shownConditions: [Int] {
    let chances = plan.conditions?.probabilities ?? []
    return chances.indices.filter { chances[$0] < 0.9 }
  }

  /// What would have to be true, a row for each thing: its name, how it is, how it would have to be.
  func conditionRows(_ conditions: PlanConditions, _ shown: [Int]) -> [ConditionRow] {
    var rows: [ConditionRow] = []
    for step in conditions.steps {
      guard let rate = step.present.rate else { continue }
      rows.append(
        ConditionRow(
          subject: .step(from: step.from),
          name: "\(stages.step(step.from, step.from + 1)) within \(Format.days(step.withinDays))",
          present: self.rate(step.present),
          needed: shown.map { place in
            guard let needed = step.needed[place] else { return "out of reach" }
            if needed > 1 { return "not alone" }
            return needed <= rate ? "\(Format.percent(needed)), is there" : Format.percent(needed)
          }
        )
      )
    }
    if let mean = plan.wins.amounts.mean {
      rows.append(
        ConditionRow(
          subject: .meanWin,
          name: "mean win",
          present: "\(meanWin(mean)) of \(Format.count(plan.wins.amounts.count, "win"))",
          needed: shown.map { conditions.meanWin[$0].map(money) ?? "out of reach" }
        )
      )
    }
    return rows
  }

  /// The mean win with its interval.
  func meanWin(_ mean: Double) -> String {
    guard let interval = plan.wins.amounts.meanInterval else { return money(mean) }
    let ends = [interval.lower, interval.upper].map { Format.amount($0, agreement.currency) }
    return "\(money(mean)) (\(ends[0]) to \(ends[1]))"
  }

  /// A rate with its interval and its base.
  func rate(_ rate: IncidenceEstimate) -> String {
    rate.rate.map { "\(Format.percent($0, rate.interval)) of \(Format.count(rate.total))" }
      ?? Format.absent
  }

  /// How the table of what would have to be true is read.
  static let conditionNote =
    "One row at a time, all else as it is, also for open leads that have yet to take the step. Not "
    + "alone: the rate would have to pass 100 %."
}

/// What would have to be true of one thing, in words.
struct ConditionRow {
  /// What would have to change.
  enum Subject {
    /// The step from a stage to the next, by its position in the path.
    case step(from: Int)
    /// What a win brings.
    case meanWin
  }

  let subject: Subject
  let name: String
  /// What it is now.
  let present: String
  /// What it would have to be, for each chance shown.
  let needed: [String]
}
