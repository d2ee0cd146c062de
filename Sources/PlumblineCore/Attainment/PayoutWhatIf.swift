/// Results in place of those that came, to see what the two teams would be paid.
public struct PayoutWhatIf: Hashable, Sendable {
  /// What is put in the place of a result: a count, a share 0...1, or minor units.
  public var results: [ScorecardMeasure: Double]
  /// What is put in the place of an incentive's weight; its payout changes in the same proportion.
  public var weights: [Weight]

  /// Another weight of one incentive.
  public struct Weight: Hashable, Sendable {
    /// Whose incentive.
    public var team: Stage.Team
    /// Its measure, as the agreement writes it.
    public var measure: String
    /// Its weight, 0...1.
    public var weight: Double

    /// A weight.
    public init(team: Stage.Team, measure: String, weight: Double) {
      self.team = team
      self.measure = measure
      self.weight = weight
    }
  }

  /// A what-if.
  public init(results: [ScorecardMeasure: Double], weights: [Weight] = []) {
    self.results = results
    self.weights = weights
  }

  /// Whether nothing is put in the place of anything.
  public var isEmpty: Bool { results.isEmpty && weights.isEmpty }
}

/// What the two teams would be paid if results had been others, and what that would be worth.
public struct WhatIfAnswer: Hashable, Sendable {
  /// One measure before and after.
  public struct Change: Hashable, Sendable {
    /// How a number after comes about.
    public enum Origin: String, Sendable, Codable {
      /// It was asked for.
      case asked
      /// It follows from what was asked for.
      case follows
      /// It stays as it was.
      case same
    }

    /// The measure.
    public var measure: ScorecardMeasure
    /// What was reached; nil where nothing says so.
    public var before: Double?
    /// What would be.
    public var after: Double?
    /// How that comes about.
    public var origin: Origin
  }

  /// What a change does to the teams and to the company.
  public enum Finding: Hashable, Sendable {
    /// A team is paid more while the company loses.
    case paidForLoss(Stage.Team)
    /// Both teams are paid more while the company loses.
    case bothPaidForLoss
    /// A team is paid less while the company gains.
    case punishedForGain(Stage.Team)
    /// A team's pay does not move at all though the company's result does.
    case indifferent(Stage.Team)
  }

  /// What was asked.
  public var question: PayoutWhatIf
  /// Every measure that an incentive or the question names, in the order of measures.
  public var changes: [Change]
  /// The teams as they are.
  public var before: [TeamScorecard]
  /// The teams as they would be.
  public var after: [TeamScorecard]
  /// The company's value as it is.
  public var valueBefore: CompanyValue
  /// The company's value as it would be.
  public var valueAfter: CompanyValue
  /// What that says; empty where pay and value go the same way.
  public var findings: [Finding]

  /// What a team would be paid more, or less where below 0; nil where nothing says.
  public func change(of team: Stage.Team) -> Int64? {
    func payout(_ cards: [TeamScorecard]) -> Int64? { cards.first { $0.team == team }?.payout }
    guard let now = payout(before), let then = payout(after) else { return nil }
    return then - now
  }

  /// What the company would have more, or less where below 0, payouts not yet taken off.
  public var valueChange: Double? {
    guard let now = valueBefore.value, let then = valueAfter.value else { return nil }
    return then - now
  }

  /// What both teams would be paid more, or less where below 0.
  public var payoutChange: Int64 {
    Stage.Team.allCases.reduce(0) { $0 + (change(of: $1) ?? 0) }
  }
}

extension Scorecard {
  /// What the teams would be paid if results had been others.
  ///
  /// Wins of the period's leads follow from the share won and, in proportion, from the qualified
  /// leads; deals won and revenue follow from those wins, the cost of a win from them and the same
  /// spend. What is asked for itself does not follow. Meetings and touches change nothing else:
  /// what they become is what `won_share` says.
  ///
  /// - Parameters:
  ///   - question: The results in place of those that came.
  ///   - incentives: What the teams are paid for.
  ///   - value: What the company got.
  /// - Returns: Payouts and value before and after.
  func whatIf(
    _ question: PayoutWhatIf,
    _ incentives: [Incentive],
    _ value: CompanyValue
  ) -> WhatIfAnswer {
    let asked = question.results
    func ratio(_ measure: ScorecardMeasure) -> Double {
      guard let now = results[measure]?.value, let then = asked[measure], now > 0 else { return 1 }
      return then / now
    }
    var other = self
    func set(_ measure: ScorecardMeasure, _ value: Double) {
      let base = results[measure]?.base ?? 0
      other.results[measure] = ScorecardResult(value: value, base: base)
    }
    // How many times as many leads of the period are won.
    let volume = ratio(.qualifiedLeads)
    let growth =
      asked[.wins] != nil && asked[.wonShare] == nil
      ? ratio(.wins) : volume * ratio(.wonShare)
    var after = value
    after.wins = value.wins.map { $0 * growth }
    if growth != 1 {
      if asked[.wins] == nil, let wins = results[.wins]?.value { set(.wins, wins * growth) }
      if asked[.wonShare] == nil, let share = results[.wonShare]?.value, volume != growth {
        set(.wonShare, min(1, share * growth / volume))
      }
      if asked[.revenue] == nil, let revenue = results[.revenue]?.value {
        set(.revenue, revenue * growth)
      }
    }
    if let cost = asked[.costPerWin] {
      if value.spend != nil { after.spend = after.wins.map { $0 * cost } }
    } else if growth != 1, let cost = results[.costPerWin]?.value {
      set(.costPerWin, growth > 0 ? cost / growth : .infinity)
    }
    if let revenue = asked[.revenue], let now = results[.revenue]?.value, now > 0 {
      // The same wins for more or less money are larger or smaller deals.
      let wins = growth > 0 ? growth : 1
      let larger = revenue / now / wins
      after.meanDeal = value.meanDeal.map { $0 * larger }
      after.lifetimeValue = value.lifetimeValue.map { $0 * larger }
    }
    for (measure, value) in asked { set(measure, value) }
    let reweighted = incentives.map { incentive in
      var copy = incentive
      let wanted = question.weights.first {
        $0.team == incentive.team && WordKey.of($0.measure) == WordKey.of(incentive.measure)
      }
      if let wanted {
        copy.weight = wanted.weight
        if incentive.weight > 0, let payout = incentive.payout {
          copy.payout = Int64((Double(payout) * wanted.weight / incentive.weight).rounded())
        }
      }
      return copy
    }
    var answer = WhatIfAnswer(
      question: question,
      changes: [],
      before: teams(incentives),
      after: other.teams(reweighted),
      valueBefore: value,
      valueAfter: after,
      findings: []
    )
    let named = Set(incentives.compactMap(\.known)).union(asked.keys)
    answer.changes = ScorecardMeasure.allCases.filter(named.contains).map { measure in
      let (before, after) = (results[measure]?.value, other.results[measure]?.value)
      return WhatIfAnswer.Change(
        measure: measure,
        before: before,
        after: after,
        origin: asked[measure] != nil ? .asked : before == after ? .same : .follows
      )
    }
    answer.findings = Self.findings(answer)
    return answer
  }

  private static func findings(_ answer: WhatIfAnswer) -> [WhatIfAnswer.Finding] {
    guard let gain = answer.valueChange, abs(gain) >= 0.5 else { return [] }
    let changes = Stage.Team.allCases.compactMap { team in
      answer.change(of: team).map { (team, $0) }
    }
    if gain < 0 {
      let paid = changes.filter { $0.1 > 0 }.map(\.0)
      if paid.count == Stage.Team.allCases.count { return [.bothPaidForLoss] }
      return paid.map { .paidForLoss($0) }
        + changes.filter { $0.1 == 0 }.map { .indifferent($0.0) }
    }
    return changes.filter { $0.1 < 0 }.map { .punishedForGain($0.0) }
      + changes.filter { $0.1 == 0 }.map { .indifferent($0.0) }
  }
}
