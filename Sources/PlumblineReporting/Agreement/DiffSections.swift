public import PlumblineCore

/// Two definitions for a page: what differs, who changes, what it is worth and what it asks; the
/// same numbers and sentences as `DiffText`.
public struct DiffSections: Sendable {
  /// So many leads of a list are named; the file of all has the others.
  private static let mostLeads = 100

  private let diff: DefinitionDiff
  private let words: DiffWords
  private let lead: @Sendable (String) -> Markup

  /// Two definitions to be shown.
  ///
  /// - Parameters:
  ///   - diff: The answer.
  ///   - names: What the definitions are called where their versions do not tell them apart.
  ///   - lead: How a lead is named, such as by a link to its page.
  public init(
    _ diff: DefinitionDiff,
    names: (before: String, after: String)? = nil,
    lead: @escaping @Sendable (String) -> Markup = { .text($0) }
  ) {
    self.diff = diff
    words = DiffWords(diff, names: names)
    self.lead = lead
  }

  /// What changes, as one sentence.
  public var headline: String { words.headline }

  /// The parts, each under a heading of the second order.
  public var markup: Markup {
    .lines(
      section("What the agreements say differently", [changes])
        + section("Leads at each stage", stages)
        + section("Leads that change class", classes)
        + section("What those who gain or lose a stage brought", worth)
        + section("Work for sales", [work])
        + section("Promises of sales to follow leads up", [promises])
        + section(
          "What nobody recorded",
          [.bullets(diff.gaps.map { "\(GapText.sentence($0)) \($0.kind.remedy)" })]
        )
        + section("How to read this", [.bullets(words.notes)])
        + words.footer.map { .element("p", ["class": "note"], $0) }
    )
  }

  private func section(_ title: String, _ content: [Markup]) -> [Markup] {
    guard content.contains(where: { !$0.source.isEmpty }) else { return [] }
    return [.element("section", [:], [.lines([.element("h2", [:], title)] + content)])]
  }

  private var changes: Markup {
    guard !diff.changes.isEmpty else { return .element("p", [:], "Nothing.") }
    var table = MarkupTable(
      "diff-changes",
      caption: "Each value that differs",
      [.text("In the agreement"), .text("First"), .text("Second")]
    )
    for change in diff.changes {
      table.add([change.path, change.before ?? "not said", change.after ?? "not said"])
    }
    return table.markup
  }

  private var stages: [Markup] {
    var table = MarkupTable(
      "diff-stages",
      caption: "How many leads reach each stage under the first and under the second",
      [
        .text("Stage"), .number("First"), .number("Second"), .number("Gained"), .number("Lost"),
        .number("Moved"), .number("A month, first"), .number("A month, second"),
      ]
    )
    for stage in diff.stages {
      table.add([
        StageWords.usualLabel(stage.id), words.count(stage.before), words.count(stage.after),
        Format.count(stage.gained), Format.count(stage.lost), Format.count(stage.moved),
        words.perMonth(stage.perMonthBefore), words.perMonth(stage.perMonthAfter),
      ])
    }
    let notes = words.scoreWithoutHandOff.map { [Markup.element("p", [:], $0)] } ?? []
    return [table.markup] + notes
      + diff.stages.flatMap { stage in StageChange.Kind.allCases.map { leads($0, stage) } }
  }

  /// Who gains, loses or moves.
  private func leads(_ kind: StageChange.Kind, _ stage: StageDiff) -> Markup {
    let ids = diff.leadIDs(kind, stage: stage.id)
    guard !ids.isEmpty else { return .none }
    let name = StageWords.usualLabel(stage.id)
    let others = ids.count - Self.mostLeads
    return .unfolding(
      "\(name): \(Format.count(ids.count, "lead")) \(kind.rawValue)",
      [
        .element(
          "p",
          ["class": "ids"],
          ids.prefix(Self.mostLeads).flatMap { [lead($0), .text(" ")] }
        ),
        others > 0
          ? .element("p", ["class": "note"], "and \(Format.count(others)) more.") : .none,
      ]
    )
  }

  private var classes: [Markup] {
    let changed = diff.transitions.filter { $0.before != $0.after }
    guard !changed.isEmpty else { return [] }
    var table = MarkupTable(
      "diff-classes",
      caption: "Where leads end up under the first and under the second",
      [.text("First"), .text("Second"), .number("Leads")]
    )
    let largest = changed.enumerated().sorted {
      ($1.element.count, $0.offset) < ($0.element.count, $1.offset)
    }
    for (_, transition) in largest {
      table.add([
        words.name(transition.before), words.name(transition.after),
        Format.count(transition.count),
      ])
    }
    let stay = diff.allPasses - diff.changedClass
    return [
      table.markup,
      .element("p", [:], "\(Format.count(stay)) of \(Format.count(diff.allPasses)) keep theirs."),
    ]
  }

  private var worth: [Markup] {
    let points = diff.stages.flatMap { stage -> [String] in
      [
        (words.group("gained", stage.gained, "earlier", stage.earlier), stage.gainedWorth),
        (words.group("lost", stage.lost, "later", stage.later), stage.lostWorth),
      ].compactMap { name, worth in
        guard let worth, worth.passes > 0 else { return nil }
        return "\(StageWords.usualLabel(stage.id)), \(name). \(words.worth(worth))"
          + (words.expected(worth).map { " To expect of such leads: \($0)" } ?? "")
      }
    }
    return [.bullets(points)]
  }

  private var work: Markup {
    let (first, second) = (diff.workload.before, diff.workload.after)
    var table = MarkupTable(
      "diff-work",
      caption: "What the definitions ask of sales",
      [.text("A month"), .number("First"), .number("Second")]
    )
    let stages =
      first.stage == second.stage
      ? StageWords.usualLabel(first.stage)
      : "\(StageWords.usualLabel(first.stage)); \(StageWords.usualLabel(second.stage))"
    table.add([
      "hand-offs (\(stages))", words.perMonth(first.handOffsPerMonth),
      words.perMonth(second.handOffsPerMonth),
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
    return table.markup
  }

  private var promises: Markup {
    let promises = diff.promises
    var points = [
      "First: \(words.promises(promises.before)).", "Second: \(words.promises(promises.after)).",
    ]
    if promises.before.judged != nil, promises.after.judged != nil {
      points.append(
        "\(Format.count(promises.newlyBroken.count)) broken under the second only, "
          + "\(Format.count(promises.noLongerBroken.count)) under the first only."
      )
    }
    return .bullets(points)
  }
}
