import PlumblineCore
import PlumblineStatistics

extension HTMLReport {
  /// How the answer is known: evidence, comparisons, what was not blamed, definitions.
  var evidence: Markup {
    section(
      "evidence",
      "How do we know",
      [.element("p", [:], DiagnosisText.caution)] + words.findings.map { evidence(for: $0) }
        + [comparisons, notBlamed, rates, skipRules, gaps, definitions]
    )
  }

  private func evidence(for finding: FindingWords) -> Markup {
    func part(_ title: String, _ points: [String]) -> [Markup] {
      [.element("h3", [:], title), list(points)]
    }
    return details(
      "Evidence: \(finding.comparison.place)",
      part("For", finding.evidenceFor) + part("Against", finding.evidenceAgainst)
        + part("What would change the verdict", finding.wouldChange)
        + part("What to do", [finding.remedy])
    )
  }

  private var comparisons: Markup {
    guard !diagnosis.comparisons.isEmpty else { return .none }
    var table = MarkupTable(
      "comparisons-table",
      caption: "Every channel and every rep against the others",
      [
        .text("Step"), .text("Channel or rep"), .number("Rate"), .number("The others"),
        .text("Allowing for few leads (95 %)"), .text("With equal shares of the other"),
        .text("Verdict"),
      ]
    )
    let all = diagnosis.comparisons.map { words.words($0) }
    let scale = RangeScale.rates(all)
    for (index, comparison) in all.enumerated() {
      table.add([
        .text(comparison.step),
        .text("\(comparison.unit) (\(comparison.comparison.dimension.word))"),
        .text(comparison.own), .text(comparison.rest),
        picture(of: comparison, "comparison-\(index)", scale),
        .element("span", ["class": "figure"], comparison.standardizedRates),
        .text("\(comparison.verdict), \(comparison.qValue)"),
      ])
    }
    return details("All \(Format.count(all.count)) comparisons", [table.markup])
  }

  private var notBlamed: Markup {
    let explained = diagnosis.explainedByMix.map { words.explained($0) }
    let undecided = words.undecided.map { words.undecided($0) }
    guard !explained.isEmpty || !undecided.isEmpty else { return .none }
    var content: [Markup] = []
    if !explained.isEmpty {
      content += [.element("h3", [:], "Looks like a leak, but is not this one's"), list(explained)]
    }
    if !undecided.isEmpty {
      content += [.element("h3", [:], "Cannot be decided"), list(undecided)]
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
        stretch.title, Format.days(rate.withinDays), Format.rateWithBase(rate),
        Format.maturity(rate), Format.naive(rate),
      ])
    }
    var balance = MarkupTable(
      "balance-table",
      caption: "Does it add up: entered = advanced + left + open + residual",
      [.text("From"), .number("Entered"), .number("Advanced")]
        + agreement.detours.map { .number(StageWords.label($0.id).capitalizedFirst) }
        + [.number("Open"), .number("Residual")]
    )
    for transition in funnel.total.transitions {
      let count = transition.count
      balance.add(
        [StageWords.label(transition.from)]
          + ([count.entered, count.advanced] + count.detoured + [count.open, count.residual])
          .map { Format.count($0) }
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
      [.text("Rule")] + funnel.stages.map { .number(StageWords.label($0).capitalizedFirst) }
    )
    for rule in funnel.skipRules {
      let isUsed = rule.skips == funnel.question.skips
      table.add(
        [rule.skips.rawValue + (isUsed ? " (used)" : "")] + rule.reached.map { Format.count($0) },
        kind: isUsed ? "total" : ""
      )
    }
    return details("Skip rules", [table.markup])
  }

  private var gaps: Markup {
    guard !diagnosis.gaps.isEmpty else { return .none }
    return details(
      "What nobody recorded (kept apart from leaks, never priced)",
      [list(diagnosis.gaps.map { "\(GapText.sentence($0)) \($0.kind.remedy)" })]
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
        StageWords.label(stage.id), StageWords.meaning(of: stage),
        stage.owner?.rawValue ?? Format.absent,
      ])
    }
    return details(
      "Definitions",
      [table.markup] + words.provenance.footer.map { .element("p", [:], $0) }
    )
  }
}
