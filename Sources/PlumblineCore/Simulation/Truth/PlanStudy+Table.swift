extension PlanStudy {
  /// What came of the trials, row by row.
  ///
  /// - Parameter outcomes: One for each trial, in their order.
  /// - Returns: One for each row.
  public func tallies(_ outcomes: [Outcome]) -> [PlanTally] {
    var tallies = rows.map { _ in PlanTally() }
    for (trial, outcome) in zip(trials, outcomes) { tallies[trial.row].add(outcome) }
    return tallies
  }

  /// How often the targets were met, as a table in Markdown.
  ///
  /// - Parameter outcomes: One for each trial, in their order.
  /// - Returns: Lines without a line break at the end.
  public func table(_ outcomes: [Outcome]) -> String {
    let tallies = tallies(outcomes)
    let chances = Self.probabilities.map { MarkdownTable.percent(Int(100 * $0 + 0.5), of: 100) }
    var table = MarkdownTable(
      ["companies", "wins in a quarter"] + chances.map { "\($0) % met" } + [
        "none needed", "no number",
      ]
    )
    for (isStress, heading) in [(false, "as plans take them to be"), (true, "something changes")]
    where rows.contains(where: { $0.isStress == isStress }) {
      table.add(["**\(heading)**"])
      for (position, row) in rows.enumerated() where row.isStress == isStress {
        let wins = usualRevenue[position] / row.process.deals.mean
        table.add(
          [row.title, MarkdownTable.tenth(wins)] + tallies[position].targets.map(cell) + [
            counts(tallies[position], \.noneNeeded), counts(tallies[position], \.noNumber),
          ]
        )
      }
    }
    let largest = tallies.flatMap(\.targets).compactMap { $0.standardError(of: quarters) }.max()
    return """
      Of 100 quarters with as many leads as the plan asked for, so many met the quota: \
      \(companies) companies in each row, each target played \(quarters) times. \
      Standard error at most \(largest.map { MarkdownTable.tenth(100 * $0) } ?? "–"). Seed \(seed).

      \(table.text)
      """
  }

  private func cell(_ target: PlanTally.Target) -> String {
    guard target.companies > 0 else { return "–" }
    return MarkdownTable.tenths(target.met, of: target.companies * quarters)
  }

  private func counts(
    _ tally: PlanTally,
    _ count: (PlanTally.Target) -> Int
  ) -> String {
    tally.targets.map { "\(count($0))" }.joined(separator: " / ")
  }
}
