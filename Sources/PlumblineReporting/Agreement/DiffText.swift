public import PlumblineCore

/// Two definitions as text for people: what differs, who changes, what it is worth and what it asks.
public struct DiffText: Sendable {
  /// So many lines of a list are shown; JSON and CSV have all.
  private static let mostLines = 15

  private let diff: DefinitionDiff
  private let names: (before: String, after: String)?
  private let layout: TextLayout

  /// Two definitions to be shown.
  ///
  /// - Parameters:
  ///   - diff: The answer.
  ///   - names: What the definitions are called where their versions do not tell them apart.
  ///   - layout: How wide, and whether for a terminal.
  public init(
    _ diff: DefinitionDiff,
    names: (before: String, after: String)? = nil,
    layout: TextLayout = TextLayout()
  ) {
    self.diff = diff
    self.names = names
    self.layout = layout
  }

  /// The text, each line ending in a line break.
  public var text: String {
    var page = TextPage(layout)
    let words = DiffWords(diff, names: names)
    page.paragraph(words.headline, ink: .strong)
    changes(words, &page)
    stages(words, &page)
    classes(words, &page)
    worth(words, &page)
    work(words, &page)
    GapText(diff.gaps).write(to: &page)
    page.heading("How to read this")
    page.bullets(words.notes)
    page.blank()
    for line in words.footer { page.paragraph(line, ink: .faint) }
    return page.text
  }

  private func changes(_ words: DiffWords, _ page: inout TextPage) {
    page.heading("What the agreements say differently")
    guard !diff.changes.isEmpty else {
      page.paragraph("Nothing.", indent: 2)
      return
    }
    for change in diff.changes {
      page.paragraph("\(change.path):", indent: 2)
      page.paragraph(
        "\(change.before ?? "not said") → \(change.after ?? "not said")",
        indent: 4
      )
    }
  }

  private func stages(_ words: DiffWords, _ page: inout TextPage) {
    page.heading("Leads at each stage")
    var table = TextTable([
      .text("stage"), .number("first"), .number("second"), .number("gained"), .number("lost"),
      .number("moved"), .number("a month, first"), .number("a month, second"),
    ])
    for stage in diff.stages {
      table.add([
        StageWords.usualLabel(stage.id), words.count(stage.before), words.count(stage.after),
        Format.count(stage.gained), Format.count(stage.lost), Format.count(stage.moved),
        words.perMonth(stage.perMonthBefore), words.perMonth(stage.perMonthAfter),
      ])
    }
    page.table(table)
    if let sentence = words.scoreWithoutHandOff { page.paragraph(sentence, indent: 2) }
    if let stage = diff.stages.first(where: { $0.gained + $0.lost > 0 }) {
      let kind = stage.lost > 0 ? "lost" : "gained"
      page.paragraph("Who they are: --ids \(kind):\(stage.id), or --format csv.", indent: 2)
    }
  }

  private func classes(_ words: DiffWords, _ page: inout TextPage) {
    let changed = diff.transitions.filter { $0.before != $0.after }
    guard !changed.isEmpty else { return }
    page.heading("Leads that change class")
    var table = TextTable([.wrapped("first"), .wrapped("second"), .number("leads")])
    let largest = changed.enumerated().sorted {
      ($1.element.count, $0.offset) < ($0.element.count, $1.offset)
    }
    for (_, transition) in largest.prefix(Self.mostLines) {
      table.add([
        words.name(transition.before), words.name(transition.after),
        Format.count(transition.count),
      ])
    }
    page.table(table)
    let others = largest.dropFirst(Self.mostLines).reduce(0) { $0 + $1.element.count }
    let stay = diff.allPasses - diff.changedClass
    page.paragraph(
      (others > 0 ? "\(Format.count(others)) more change otherwise; " : "")
        + "\(Format.count(stay)) of \(Format.count(diff.allPasses)) keep theirs.",
      indent: 2
    )
  }

  private func worth(_ words: DiffWords, _ page: inout TextPage) {
    let groups = diff.stages.flatMap { stage in
      [
        (words.group("gained", stage.gained, "earlier", stage.earlier), stage.gainedWorth),
        (words.group("lost", stage.lost, "later", stage.later), stage.lostWorth),
      ].compactMap { name, worth in
        worth.flatMap { $0.passes > 0 ? (StageWords.usualLabel(stage.id), name, $0) : nil }
      }
    }
    guard !groups.isEmpty else { return }
    page.heading("What those who gain or lose a stage brought")
    for (stage, name, worth) in groups {
      page.bullets([
        "\(stage), \(name). \(words.worth(worth))"
          + (words.expected(worth).map { " To expect of such leads: \($0)" } ?? "")
      ])
    }
  }

  private func work(_ words: DiffWords, _ page: inout TextPage) {
    let (first, second) = (diff.workload.before, diff.workload.after)
    page.heading("Work for sales")
    var table = TextTable([.wrapped("a month"), .number("first"), .number("second")])
    table.add([
      "hand-offs (\(StageWords.usualLabel(first.stage))"
        + (first.stage == second.stage ? ")" : "; \(StageWords.usualLabel(second.stage)))"),
      words.perMonth(first.handOffsPerMonth), words.perMonth(second.handOffsPerMonth),
    ])
    if first.attempts != nil || second.attempts != nil {
      table.add([
        "attempts agreed for each", words.count(first.attempts), words.count(second.attempts),
      ])
      table.add([
        "attempts, where all are made", words.perMonth(first.attemptsPerMonth),
        words.perMonth(second.attemptsPerMonth),
      ])
    }
    table.add(["reps with a hand-off", words.count(first.reps), words.count(second.reps)])
    table.add([
      "hand-offs for each rep", words.perMonth(first.handOffsPerRep),
      words.perMonth(second.handOffsPerRep),
    ])
    page.table(table)
    page.heading("Promises of sales to follow leads up")
    let promises = diff.promises
    page.fact("First", words.promises(promises.before) + ".", indent: 2, labelWidth: 8)
    page.fact("Second", words.promises(promises.after) + ".", indent: 2, labelWidth: 8)
    guard promises.before.judged != nil, promises.after.judged != nil else { return }
    page.fact(
      "Change",
      "\(Format.count(promises.newlyBroken.count)) broken under the second only, "
        + "\(Format.count(promises.noLongerBroken.count)) under the first only.",
      indent: 2,
      labelWidth: 8
    )
  }
}
