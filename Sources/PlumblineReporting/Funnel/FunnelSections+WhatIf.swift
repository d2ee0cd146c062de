import PlumblineCore
import PlumblineStatistics

extension FunnelSections {
  /// Every number under the agreement, under the what-if, and the difference; nothing without one.
  public var comparison: Markup {
    guard let agreed else { return .none }
    let changes = FunnelChange.all(from: agreed, to: answer)
    guard let total = changes.last else { return .none }
    let was = Provenance(
      agreement: agreement.asWritten,
      asOf: agreed.asOf,
      question: agreed.question,
      horizons: agreed.horizons
    )
    return HTMLPage.section(
      "What if",
      [
        .element("p", ["class": "answer-line"], answerLine(total)),
        .element(
          "dl",
          ["class": "figures"],
          [
            .lines([
              Self.fact("As agreed", was.ruleText(beside: provenance)),
              Self.fact("What if", provenance.ruleText(beside: was)),
            ])
          ]
        ),
        totals(total), groups(changes),
      ]
    )
  }

  private static func fact(_ name: String, _ text: String) -> Markup {
    .element("div", [:], [.element("dt", [:], name), .element("dd", [:], text)])
  }

  private func answerLine(_ total: FunnelChange) -> String {
    let moved = answer.stages.indices.filter { stage in
      total.difference { row in row.reached[stage] } != 0
    }
    guard let first = moved.first else {
      let judged =
        (agreed?.horizons).map { $0 == answer.horizons } ?? true
        ? "" : " What differs is the time within which steps are judged."
      return "As many leads reach each stage as under the agreement.\(judged)"
    }
    let parts = moved.map { stage in
      let difference: Int = total.difference { row in row.reached[stage] }
      return "\(words.label(stage)) \(Format.signedCount(difference))"
    }
    return "The first stage that moves is \(words.label(first)): "
      + parts.joined(separator: ", ") + "."
  }

  private func totals(_ total: FunnelChange) -> Markup {
    var table = MarkupTable(
      "what-if-table",
      caption: "All leads: as agreed, what if, and the difference",
      [.text("Number"), .number("As agreed"), .number("What if"), .number("Difference")]
    )
    for (index, stage) in answer.stages.enumerated() {
      let difference: Int = total.difference { row in row.reached[index] }
      table.add(
        [
          .text("Reached \(words.label(stage))"),
          .text(Format.count(total.before?.reached[index] ?? 0)),
          count(answer.total.reached[index], "reached:\(stage)", answer.total),
          .text(Format.signedCount(difference)),
        ]
      )
    }
    for stretch in FunnelStretch.all(of: answer, agreement) {
      let days = [total.before, total.after].map { $0.flatMap(stretch.rate)?.withinDays ?? 0 }
      guard days[0] != days[1] else {
        table.add([
          "\(stretch.title(words)), within \(Format.days(days[1]))",
          rate(total.before, stretch.rate), rate(total.after, stretch.rate),
          points(total.difference(of: stretch.rate)),
        ])
        continue
      }
      // Each side has days of its own, and a difference would be of the days as well.
      func side(_ row: FunnelRow?, _ days: Int) -> String {
        "\(rate(row, stretch.rate)) within \(Format.days(days))"
      }
      table.add([
        stretch.title(words), side(total.before, days[0]), side(total.after, days[1]),
        "not the same days",
      ])
    }
    table.add([
      "Show-up", total.before?.showUp.map { Format.showUpWithBase($0) } ?? Format.absent,
      total.after?.showUp.map { Format.showUpWithBase($0) } ?? Format.absent,
      points(total.difference(of: { $0.showUp?.rate })),
    ])
    for (name, amount) in Self.amounts {
      table.add([
        "\(name), \(agreement.currency)", money(total.before.flatMap(amount)),
        money(total.after.flatMap(amount)),
        total.difference(of: amount).map { Format.signedAmount($0, agreement.currency) }
          ?? Format.absent,
      ])
    }
    return table.markup
  }

  private static let amounts: [(String, @Sendable (FunnelRow) -> Double?)] = [
    ("Cost per meeting held", { $0.money.costPerMeetingHeld }),
    ("Media CAC", { $0.money.mediaCAC }),
    ("Media + reps CAC", { $0.money.loadedCAC }),
    ("Break-even CAC", { $0.money.breakEvenCAC }),
  ]

  private func groups(_ changes: [FunnelChange]) -> Markup {
    var table = MarkupTable(
      "what-if-groups-table",
      caption: "How many reach each stage under the what-if, and how many more or fewer that is",
      [.text(dimension.word.capitalizedFirst)]
        + answer.stages.map { .number(words.label($0).capitalizedFirst) }
        + [.number("\(words.step(0, answer.stages.count - 1)) (95 %)")]
    )
    for change in changes {
      let counts = answer.stages.indices.map { stage -> Markup in
        let difference: Int = change.difference { row in row.reached[stage] }
        let now = Format.count(change.after?.reached[stage] ?? 0)
        guard difference != 0 else { return .text(now) }
        return .lines([
          .text(now),
          .element("span", ["class": "difference"], Format.signedCount(difference)),
        ])
      }
      table.add(
        [.text(name(change.group))] + counts + [
          .lines([
            .text(rate(change.after) { $0.firstToLast }),
            .element(
              "span",
              ["class": "difference"],
              "was \(rate(change.before) { $0.firstToLast })"
            ),
          ])
        ],
        kind: kind(change.group)
      )
    }
    return table.markup
  }

  private func rate(_ row: FunnelRow?, _ rate: (FunnelRow) -> RateEstimate?) -> String {
    row.flatMap(rate).map { Format.rateWithBase($0) } ?? Format.absent
  }

  private func points(_ difference: Double?) -> String {
    difference.map { "\(Format.signedPoints($0)) points" } ?? Format.absent
  }

  private func money(_ amount: Double?) -> String {
    amount.map { Format.amount($0, agreement.currency) } ?? Format.absent
  }
}
