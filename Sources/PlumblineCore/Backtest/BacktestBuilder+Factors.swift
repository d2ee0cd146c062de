import PlumblineStatistics

// What each qualifying factor tells beyond the score.
extension BacktestBuilder {
  func factors(
    _ cohort: BacktestCohort,
    _ test: Backtest,
    _ attributes: LeadAttributes
  ) -> [Backtest.Factor] {
    var factors: [Backtest.Factor] = []
    for team in Stage.Team.allCases {
      for factor in history.agreement.qualifyingFactors {
        // What nobody signed is what marketing handed over; sales answers for itself.
        let answers = cohort.cases.map { one in
          team == .marketing
            ? attributes.answer(factor, of: one.lead, believedBy: .marketing)
            : attributes.answer(factor, of: one.lead, by: team)
        }
        guard answers.contains(where: { $0 != .notAsked }) else { continue }
        factors.append(self.factor(factor.id, team, answers, cohort, test))
      }
    }
    let adjusted = Holm.adjusted(factors.map { $0.value?.pValue })
    for index in factors.indices { factors[index].adjusted = adjusted[index] }
    return factors
  }

  private static let levels: [QualifyingFactor.Answer] = [.notAsked, .no, .yes]

  private func factor(
    _ id: String,
    _ team: Stage.Team,
    _ answers: [QualifyingFactor.Answer],
    _ cohort: BacktestCohort,
    _ test: Backtest
  ) -> Backtest.Factor {
    let levels = Self.levels.filter(answers.contains)
    func cells(_ isWanted: (BacktestCase) -> Bool) -> [FieldCell] {
      struct Key: Hashable { var score: Double, level: Int }
      var counts: [Key: (won: Double, lost: Double)] = [:]
      for (one, answer) in zip(cohort.cases, answers) where isWanted(one) {
        let key = Key(score: one.score, level: levels.firstIndex(of: answer) ?? 0)
        if one.isWon {
          counts[key, default: (0, 0)].won += 1
        } else {
          counts[key, default: (0, 0)].lost += 1
        }
      }
      return counts.map {
        FieldCell(score: $0.key.score, level: $0.key.level, won: $0.value.won, lost: $0.value.lost)
      }.sorted { ($0.score, $0.level) < ($1.score, $1.level) }
    }
    var found = Backtest.Factor(id: id, team: team, counts: [:])
    for level in QualifyingFactor.Answer.allCases {
      found.counts[level] = Backtest.Count(
        zip(cohort.cases, answers).filter { $0.1 == level }.map(\.0)
      )
    }
    guard levels.count > 1, let unit = try? WorkValue(perWin: 1, perCase: 0) else { return found }
    let value = test.value ?? unit
    found.value = try? QualifyingFieldValue(
      cells { _ in true },
      levels: levels.count,
      value: value
    )
    // What the answers would have brought is judged on leads that had no part in the fit.
    if let worth = test.value,
      let fitted = try? QualifyingFieldValue(
        cells { !$0.isForJudging },
        levels: levels.count,
        value: worth
      ),
      let model = test.model, let breakEven = worth.breakEvenProbability
    {
      var gain = 0.0
      for cell in cells({ $0.isForJudging }) {
        let net = worth.net(won: cell.won, total: cell.won + cell.lost)
        let logOdds =
          fitted.coefficients[0] + fitted.coefficients[1] * cell.score / 10
          + (cell.level > 0 ? fitted.coefficients[1 + cell.level] : 0)
        if SpecialFunctions.expit(logOdds) >= breakEven { gain += net }
        if model.probability(at: cell.score) >= breakEven { gain -= net }
      }
      found.netGain = gain
    }
    return found
  }
}
