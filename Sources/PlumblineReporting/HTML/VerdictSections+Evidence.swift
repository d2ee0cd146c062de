import PlumblineCore
import PlumblineStatistics

extension VerdictSections {
  /// How the answer is known: evidence, comparisons, what was not blamed, definitions.
  public var evidence: Markup {
    evidence(words.leaks.map { details("Evidence: \($0.name)", reasons(for: $0)) })
  }

  /// The same, without the evidence of each leak, which stands with the finding.
  public var method: Markup { evidence([]) }

  private func evidence(_ leaks: [Markup]) -> Markup {
    section(
      "evidence",
      "How do we know",
      [
        .element("p", [:], DiagnosisText.caution),
        list(words.spreads + words.basis + words.changes),
        links.ways(words.groups),
      ]
        + leaks + [notBlamed, comparisons, rates, skipRules, gaps, definitions]
    )
  }

  /// What speaks for a leak and against it, and what would change that.
  func reasons(for leak: LeakSentences, below level: Int = 2) -> [Markup] {
    func part(_ title: String, _ points: [String]) -> [Markup] {
      points.isEmpty ? [] : [.element("h\(level + 1)", [:], title), list(points)]
    }
    return part("For", leak.evidenceFor) + part("Against", leak.evidenceAgainst)
      + part("Shows at", leak.places) + part("What would change the verdict", leak.wouldChange)
      + part("What to do", [leak.remedy])
  }

  private var comparisons: Markup {
    guard !diagnosis.comparisons.isEmpty else { return .none }
    var table = MarkupTable(
      "comparisons-table",
      caption: "Every channel and every rep against the others",
      [
        .text("Step"), .text("Channel or rep"), .number("Rate"), .number("The others"),
        .text("Allowing for few leads (95 %)"), .text("Verdict"),
      ]
    )
    let all = diagnosis.comparisons.map { words.words($0) }
    let scale = RangeScale.rates(all)
    for (index, comparison) in all.enumerated() {
      table.add([
        .text(comparison.step),
        .text("\(comparison.unit) (\(comparison.comparison.dimension.word))"),
        own(comparison), rest(comparison),
        picture(of: comparison, "comparison-\(index)", scale),
        .text("\(comparison.verdict), \(comparison.qValue)"),
      ])
    }
    return details(
      "Each step by plain rates: \(Format.count(all.count, "comparison")), which name nobody",
      (words.lowerSteps.isEmpty
        ? [] : [.element("h3", [:], "Lower at a step and not named"), list(words.lowerSteps)])
        + [table.markup]
    )
  }

  /// The leads that entered a step from a channel or with a rep.
  private func own(_ words: ComparisonWords) -> Markup {
    let comparison = words.comparison
    guard comparison.own.entered > 0, comparison.own.status == .supported else {
      return .text(words.own)
    }
    return links.markup(words.own, entered(comparison, [comparison.unit]))
  }

  /// The leads that entered it from all others whose rate stands.
  private func rest(_ words: ComparisonWords) -> Markup {
    let comparison = words.comparison
    let others = diagnosis.comparisons.filter {
      $0.dimension == comparison.dimension && $0.fromStage == comparison.fromStage
        && $0.unit != comparison.unit && $0.own.status == .supported
    }.map(\.unit)
    // An address has its limits.
    let length = others.reduce(0) { $0 + $1.utf8.count }
    guard comparison.restEntered > 0, comparison.restRate != nil, length < 1000 else {
      return .text(words.rest)
    }
    return links.markup(words.rest, entered(comparison, others))
  }

  private func entered(_ comparison: UnitComparison, _ units: [String]) -> RecordLinks.Number {
    .cells("reached:\(funnel.stages[comparison.fromStage])", comparison.dimension, units)
  }

  private var notBlamed: Markup {
    let withheld = words.withheld
    let explained = diagnosis.lookAlikes.map { words.explained($0) }
    let undecided = words.undecided.map { words.undecided($0) }
    guard !withheld.isEmpty || !explained.isEmpty || !undecided.isEmpty else { return .none }
    var content: [Markup] = []
    if !withheld.isEmpty {
      content += [
        .element("h3", [:], "Withheld: looks worse, and may be something else"), list(withheld),
      ]
    }
    if !explained.isEmpty {
      content += [.element("h3", [:], "Lower by plain counts, and not named"), list(explained)]
    }
    if !undecided.isEmpty {
      content += [
        .element("h3", [:], "Steps that cannot be decided by plain rates"), list(undecided),
      ]
    }
    return details("What was not blamed, and why", content)
  }

  private var rates: Markup {
    var table = MarkupTable(
      "rates-table",
      caption: "Rates of all leads together",
      [
        .text("Step"), .number("Within"), .number("Rate (95 %)"), .number("Mature"),
        .number("So far (naive)"),
      ]
    )
    for stretch in FunnelStretch.all(of: funnel, agreement) {
      guard let rate = stretch.rate(funnel.total) else { continue }
      table.add([
        stretch.title(words.stages), Format.days(rate.withinDays), Format.rateWithBase(rate),
        Format.maturity(rate), Format.naive(rate),
      ])
    }
    var balance = MarkupTable(
      "balance-table",
      caption: "Does it add up: entered = advanced + left + open + residual",
      [.text("From"), .number("Entered"), .number("Advanced")]
        + agreement.detours.map { .number(words.stages.label($0.id).capitalizedFirst) }
        + [.number("Open"), .number("Residual")]
    )
    for transition in funnel.total.transitions {
      let count = transition.count
      func opened(_ count: Int, _ kind: String) -> Markup {
        links.count(count, .funnel("\(kind):\(transition.from)", group: nil))
      }
      balance.add(
        [
          .text(words.stages.label(transition.from)), opened(count.entered, "reached"),
          opened(count.advanced, "advanced"),
        ]
          + zip(agreement.detours, count.detoured).map { opened($1, $0.id) }
          + [opened(count.open, "open"), opened(count.residual, "residual")]
      )
    }
    return details(
      "Rates, their maturity, and whether they add up",
      [
        .element(
          "p",
          [:],
          "Mature: the share of those who entered whose outcome by then is known. So far "
            + "(naive): plain share of those who entered, too low while leads are young."
        ),
        table.markup, balance.markup,
      ]
    )
  }

  private var skipRules: Markup {
    var table = MarkupTable(
      "skip-table",
      caption: "How many reached each stage under each skip rule",
      [.text("Rule")] + funnel.stages.map { .number(words.stages.label($0).capitalizedFirst) }
    )
    for rule in funnel.skipRules {
      let isUsed = rule.skips == funnel.question.skips
      table.add(
        [.text(rule.skips.rawValue + (isUsed ? " (used)" : ""))]
          + zip(funnel.stages, rule.reached).map { stage, count in
            links.count(count, .skipped("reached:\(stage)", rule.skips))
          },
        kind: isUsed ? "total" : ""
      )
    }
    return details("Skip rules", [table.markup])
  }

  private var gaps: Markup {
    guard !diagnosis.gaps.isEmpty else { return .none }
    return details(
      "What nobody recorded (kept apart from leaks, never priced)",
      [
        .element(
          "ul",
          [:],
          [
            .lines(
              diagnosis.gaps.map { gap in
                .element(
                  "li",
                  [:],
                  [
                    links.markup(GapText.sentence(gap), .gap(gap.kind)),
                    .text(" \(gap.kind.remedy)"),
                  ]
                )
              }
            )
          ]
        )
      ]
    )
  }

  private var definitions: Markup {
    var table = MarkupTable(
      "definitions-table",
      caption: "What each stage means",
      [.text("Stage"), .text("Meaning"), .text("Decided by")]
    )
    for stage in agreement.path + agreement.detours {
      table.add([
        words.stages.label(stage.id), words.stages.meaning(of: stage),
        stage.owner?.rawValue ?? Format.absent,
      ])
    }
    return details(
      "Definitions",
      [table.markup] + words.provenance.footer.map { .element("p", [:], $0) }
    )
  }
}
