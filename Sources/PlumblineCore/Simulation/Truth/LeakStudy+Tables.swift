extension LeakStudy {
  /// The outcomes of all trials as tables in Markdown.
  ///
  /// - Parameter outcomes: One for each of `trials`, in their order.
  /// - Returns: Lines without a line break at the end; empty without outcomes.
  public func tables(_ outcomes: [Outcome]) -> String {
    let results = Array(zip(trials, outcomes))
    let usual = results.filter { !rows[$0.0.row].isStress }
    let stress = results.filter { rows[$0.0.row].isStress }
    return [usual.isEmpty ? nil : usualTable(usual), stress.isEmpty ? nil : stressTable(stress)]
      .compactMap(\.self).joined(separator: "\n\n")
  }

  private typealias Result = (Trial, Outcome)

  private func usualTable(_ results: [Result]) -> String {
    let sizes = Self.sizes(of: results)
    var table = MarkdownTable(["truth"] + sizes.map { "\(Self.grouped($0)) leads" })
    func add(
      _ title: String,
      where isMeant: (Result) -> Bool = { _ in true },
      _ cell: ([Result]) -> String
    ) {
      table.add(
        [title] + sizes.map { size in cell(results.filter { $0.0.leads == size && isMeant($0) }) }
      )
    }
    for row in rows.indices where results.contains(where: { $0.0.row == row }) {
      add(rows[row].title, where: { $0.0.row == row }, Self.verdicts)
    }
    add("**all**") { "**\(Self.verdicts($0))**" }
    add("all, under strong confounding", where: isStronglyConfounded, Self.verdicts)
    add("a guilty party cleared") {
      let tally = LeakTally($0.map(\.1.judge))
      return MarkdownTable.percent(tally.guiltyCleared, of: tally.companies)
    }
    add("right channel, where marketing is rightly named") {
      let tally = LeakTally($0.map(\.1.judge))
      return MarkdownTable.percent(tally.channelFound, of: tally.marketingFound)
    }
    add("guilty among named owners, where sales is rightly named") {
      let owners = LeakTally($0.map(\.1.judge)).owners
      return MarkdownTable.percent(owners.rightlyNamed, of: owners.named)
    }
    add("named among guilty owners, where sales is rightly named") {
      let owners = LeakTally($0.map(\.1.judge)).owners
      return MarkdownTable.percent(owners.rightlyNamed, of: owners.guilty)
    }
    add("dashboard rule, all", Self.ruleVerdicts)
    add("dashboard rule, under strong confounding", where: isStronglyConfounded, Self.ruleVerdicts)
    add("dashboard rule, false alarms on healthy companies", where: isHealthy) {
      let tally = LeakTally($0.map(\.1.rule))
      return MarkdownTable.percent(tally.wronglyNamed, of: tally.companies)
    }
    let counted = sizes.map { size in results.count { $0.0.leads == size } }
    return """
      Answers right / a party wrongly named, in percent of companies. \
      Companies by size: \(counted.map(String.init).joined(separator: ", ")). Seed \(seed).

      \(table.text)

      \(Self.footnote)
      """
  }

  private func stressTable(_ results: [Result]) -> String {
    let sizes = Self.sizes(of: results)
    var table = MarkdownTable(["stress"] + sizes.map { "\(Self.grouped($0)) leads" })
    for row in rows.indices where results.contains(where: { $0.0.row == row }) {
      table.add(
        [rows[row].title]
          + sizes.map { size in
            let own = results.filter { $0.0.row == row && $0.0.leads == size }
            let tally = LeakTally(own.map(\.1.judge))
            let cleared = MarkdownTable.percent(tally.guiltyCleared, of: tally.companies)
            return Self.verdicts(own) + " (\(cleared))"
          }
      )
    }
    let companies = results.count { $0.0.row == results[0].0.row && $0.0.leads == sizes[0] }
    return """
      Answers right / a party wrongly named (a guilty party cleared), in percent of \
      \(companies) companies for each row and size. Seed \(seed).

      \(table.text)

      \(Self.footnote)
      """
  }

  private static let footnote = """
    \\* of these, every unit named truly is at least 1.25 times lower in odds, by chance.
    """

  private func isStronglyConfounded(_ result: Result) -> Bool {
    confounding(of: result.0) == .strong
  }

  private func isHealthy(_ result: Result) -> Bool {
    rows[result.0.row].plan(result.0.index, leads: result.0.leads).faults.isEmpty
  }

  private static func sizes(of results: [Result]) -> [Int] {
    Set(results.map(\.0.leads)).sorted()
  }

  private static func verdicts(_ results: [Result]) -> String {
    verdicts(LeakTally(results.map(\.1.judge)))
  }

  private static func ruleVerdicts(_ results: [Result]) -> String {
    verdicts(LeakTally(results.map(\.1.rule)))
  }

  private static func verdicts(_ tally: LeakTally) -> String {
    let right = MarkdownTable.percent(tally.right, of: tally.companies)
    let wrong = MarkdownTable.percent(tally.wronglyNamed, of: tally.companies)
    let isChance = tally.wronglyNamed > 0 && tally.chanceNamed == tally.wronglyNamed
    return "\(right) / \(wrong)\(isChance ? "*" : "")"
  }

  /// A whole number with commas between its thousands.
  private static func grouped(_ number: Int) -> String {
    number < 1000
      ? "\(number)"
      : "\(grouped(number / 1000))," + String("\(1000 + number % 1000)".dropFirst())
  }
}
