extension CoverageStudy {
  /// The coverage as a table in Markdown.
  ///
  /// - Parameter tally: The outcomes of all blocks, added up in their order.
  /// - Returns: Lines without a line break at the end.
  public func table(_ tally: CoverageTally) -> String {
    var table = MarkdownTable([
      "weeks since the first lead", "horizon, days", "rate", "longest horizon", "completed",
      "still to come",
    ])
    for (age, counts) in zip(agesInWeeks, tally.ages) {
      let toCome = counts.toCome / Double(max(tally.worlds, 1))
      table.add([
        "\(age)", "\(Self.horizonInDays(ofAgeInWeeks: age))",
        MarkdownTable.tenths(counts.ratesCovered, of: tally.worlds),
        MarkdownTable.tenths(counts.edgesCovered, of: counts.edges),
        counts.toCome > 0 ? MarkdownTable.tenths(counts.completed, of: tally.worlds) : "all known",
        MarkdownTable.tenth(toCome),
      ])
    }
    let headline = MarkdownTable.tenths(tally.headlinesCovered, of: tally.worlds)
    return """
      Of 100 intervals of 95 %, so many contain the truth, in \(tally.worlds) simulated worlds. \
      Seed \(seed).

      \(table.text)

      Rate of all leads of a year within \(Self.horizonInDays) days: \(headline).
      """
  }
}
