import PlumblineStatistics

extension AttainmentBuilder {
  /// The amounts of the deals won in the year up to a day, refunds aside.
  func dealSizes(upTo last: CivilDate) -> AmountSummary {
    let days = CivilDate(dayNumber: last.dayNumber - 364)...last
    return AmountSummary(
      deals.deals.lazy.filter { deal in
        deal.outcome == .won && deal.closed.isDated
          && days.contains(calendar.day(of: deal.closed.instant))
      }.compactMap { $0.amount.map(Double.init) }.filter { $0 > 0 }
    )
  }

  /// What chance alone would leave each person with a quota, were all as good as the team.
  func addChance(_ people: inout [AttainmentRow], _ deal: AmountSummary) {
    let compared = people.indices.filter { people[$0].quota.map { $0.amount > 0 } ?? false }
    // Refunds are no bad luck in selling.
    func won(_ row: AttainmentRow) -> Double { Double(row.won.amount - row.won.refunded) }
    let all = compared.reduce(0) { $0 + won(people[$1]) }
    let quotas = compared.reduce(0) { $0 + Double(people[$1].quota?.amount ?? 0) }
    guard compared.count > 1, all > 0, let mean = deal.mean, mean > 0 else { return }
    let ranges = compared.map { index -> ChanceRange? in
      let expected = Double(people[index].quota?.amount ?? 0) * all / quotas
      let sum = try? PoissonGammaSum(
        count: expected / mean,
        mean: mean,
        standardDeviation: deal.variance.squareRoot()
      )
      return sum.map { sum in
        ChanceRange(
          expected: expected,
          interval: sum.interval(),
          pValue: sum.twoSidedChance(won(people[index])),
          adjusted: 1,
          verdict: .withinChance
        )
      }
    }
    let adjusted = Holm.adjusted(ranges.map { $0?.pValue })
    for (place, index) in compared.enumerated() {
      guard var range = ranges[place], let value = adjusted[place] else { continue }
      range.adjusted = value
      if value < Self.falseNames {
        range.verdict = won(people[index]) > range.expected ? .above : .below
      }
      people[index].chance = range
    }
  }
}
