/// A number of an answer about second chances that opens to its records.
public enum ReboundNumber: Hashable, Sendable {
  /// Who gets a second chance this week.
  case listed
  /// Whose day has not come.
  case waiting
  /// Who was put on a list before.
  case listedBefore
  /// Who was merged into another lead.
  case mergedAway
  /// Who is left alone.
  case excluded(Rebound.Exclusion)
  /// Who stands in a stage, by its position in the path; everybody without a group.
  case standing(stage: Int, ForgottenStage.Group?)
  /// The leads of first or later passes; all of them without an outcome.
  case passes(PassRevenue.Pass, PassRevenue.Outcome?)
  /// The deals won on them.
  case deals(PassRevenue.Pass)
  /// The leads put on a list before.
  case course(list: String, CourseOutcome)

  /// What became of a lead on a list.
  public enum CourseOutcome: String, Sendable, CaseIterable {
    case all, returned, won
  }

  /// A name for addresses, such as `stands:mql:worked`.
  ///
  /// - Parameter agreement: Names the stages.
  /// - Returns: The name.
  public func text(_ agreement: Agreement) -> String {
    switch self {
    case .listed: "listed"
    case .waiting: "waiting"
    case .listedBefore: "listed_before"
    case .mergedAway: "merged_away"
    case .excluded(let exclusion): "left_alone:\(exclusion.rawValue)"
    case .standing(let stage, let group):
      "stands:\(agreement.path[stage].id)" + (group.map { ":\($0.rawValue)" } ?? "")
    case .passes(let pass, let outcome):
      "passes:\(pass.rawValue)" + (outcome.map { ":\($0.rawValue)" } ?? "")
    case .deals(let pass): "deals:\(pass.rawValue)"
    case .course(let list, let outcome): "before:\(outcome.rawValue):\(list)"
    }
  }

  /// The number of a name; nil where there is none.
  ///
  /// - Parameters:
  ///   - text: The name, see `text(_:)`.
  ///   - rebound: The answer that it is a number of.
  ///   - agreement: Names the stages.
  public init?(_ text: String, of rebound: Rebound, _ agreement: Agreement) {
    let stages = rebound.forgotten.flatMap { stage in
      [.standing(stage: stage.stage, nil)]
        + ForgottenStage.Group.allCases.map { Self.standing(stage: stage.stage, $0) }
    }
    let passes = PassRevenue.Pass.allCases.flatMap { pass in
      [Self.deals(pass), .passes(pass, nil)]
        + PassRevenue.Outcome.allCases.map { .passes(pass, $0) }
    }
    let courses = rebound.earlier.flatMap { course in
      CourseOutcome.allCases.map { Self.course(list: course.list, $0) }
    }
    let all =
      [.listed, .waiting, .listedBefore, .mergedAway]
      + Rebound.Exclusion.allCases.map { Self.excluded($0) } + stages + passes + courses
    guard let number = all.first(where: { $0.text(agreement) == text }) else { return nil }
    self = number
  }
}

extension Rebound {
  /// The leads behind a number.
  ///
  /// - Parameters:
  ///   - number: The number; of deals their leads.
  ///   - history: The history that the answer was made from.
  /// - Returns: Dense numbers, ascending, one for each time that the number counts the lead.
  public func leads(behind number: ReboundNumber, in history: CompanyHistory) -> [Int] {
    switch number {
    case .listed: leads(.listed)
    case .waiting: leads(.waiting)
    case .listedBefore: leads(.listedBefore(week))
    case .mergedAway: mergedAway.map(\.lead).sorted()
    case .excluded(let exclusion): leads(.excluded(exclusion))
    case .standing(let stage, let group):
      forgotten.filter { $0.stage == stage }.flatMap { stage in
        group.map { stage.leads[$0] ?? [] } ?? stage.leads.values.flatMap(\.self).sorted()
      }
    case .passes(let pass, let outcome):
      passes[pass].leadsOfPasses.filter { outcome == nil || $0.key == outcome }.values
        .flatMap(\.self).sorted().map { Int($0) }
    case .deals(let pass): passes[pass].positions.map { history.wonDeals[$0].lead }
    case .course(let list, let outcome):
      earlier.filter { $0.list == list }.flatMap(\.entries).filter { entry in
        switch outcome {
        case .all: true
        case .returned: entry.returned.isPresent
        case .won: entry.wonDeals > 0
        }
      }.map(\.lead).sorted()
    }
  }

  /// The deals won on first or later passes.
  ///
  /// - Parameters:
  ///   - pass: Which passes.
  ///   - history: The history that the answer was made from.
  /// - Returns: The deals, in the order of the history.
  public func deals(
    _ pass: PassRevenue.Pass,
    in history: CompanyHistory
  )
    -> [CompanyHistory.WonDeal]
  { passes[pass].positions.map { history.wonDeals[$0] } }
}
