import PlumblineCore
import PlumblineStatistics

extension FunnelSections {
  /// The whole path, the close and show-up of each group, drawn with their intervals.
  public var rates: Markup {
    let last = answer.stages.count - 1
    var table = MarkupTable(
      "rates-by-group-table",
      caption: "What becomes of leads, by \(dimension.word)",
      [
        .text(dimension.word.capitalizedFirst), .number("Leads"),
        .text("\(words.step(0, last)) (95 %)"), .number("Mature"), .number("So far (naive)"),
        .text("Close rate (95 %)"), .number("Show-up (95 %)"),
      ]
    )
    let whole = RangeScale.rates(rows.map(\.firstToLast))
    let close = RangeScale.rates(rows.compactMap(\.close))
    for (index, row) in rows.enumerated() {
      let all = row.group.isEmpty ? nil : answer.total
      table.add(
        [
          .text(name(row)), count(row.episodes, "reached:\(answer.stages[0])", row),
          FunnelPicture.rate(
            row.firstToLast,
            "whole-\(index)",
            name(row),
            whole,
            all?.firstToLast.rate,
            of: dimension.plural
          ),
          .text(Format.maturity(row.firstToLast)), .text(Format.naive(row.firstToLast)),
          row.close.map {
            FunnelPicture.rate(
              $0,
              "close-\(index)",
              name(row),
              close,
              all?.close?.rate,
              of: dimension.plural
            )
          } ?? .text(Format.absent),
          Self.showUp(row, links),
        ],
        kind: kind(row.group)
      )
    }
    return HTMLPage.section(
      "How many are won",
      [
        table.markup,
        .element(
          "p",
          ["class": "note"],
          "Dot: best estimate; bar: 95 % interval; line: all \(dimension.plural) together. Mature: "
            + "the share of those who entered whose outcome by then is known. So far (naive): plain "
            + "share, too low while leads are young. With unconfirmed: show-up if none, or all, of "
            + "the meetings were held of which nobody recorded what happened."
        ),
      ]
    )
  }

  /// Show-up, and under it what is not known of it.
  static func showUp(_ row: FunnelRow, _ links: RecordLinks) -> Markup {
    guard let meetings = row.showUp else { return .text(Format.absent) }
    // Where stages alone speak of meetings, those are the leads of the steps.
    func link(_ text: String, _ number: CellNumber) -> Markup {
      meetings.source == .meetings ? links.markup(text, number, row) : .text(text)
    }
    let known = Format.showUpWithBase(meetings)
    let rate = meetings.rate == nil ? .text(known) : link(known, .meetings)
    guard let (range, count) = Format.unconfirmedRange(meetings) else { return rate }
    return .lines([
      .element("div", [:], [rate]),
      .element("div", ["class": "note"], [.text("\(range); "), link(count, .unconfirmed)]),
    ])
  }

  /// Each step by itself: its rates, and who went on, left, or is still there.
  public var steps: Markup {
    HTMLPage.section(
      "Step by step",
      [
        .element(
          "p",
          [:],
          "Each lead that entered a step went on, left, or is still there. A number opens to the "
            + "leads behind it."
        )
      ] + answer.total.transitions.indices.map { step($0) }
    )
  }

  private func step(_ stage: Int) -> Markup {
    let whole = answer.total.transitions[stage]
    let title = words.step(whole.from, whole.to)
    let within = Format.days(whole.rate.withinDays)
    var table = MarkupTable(
      "step-\(stage)-table",
      caption: "\(title) within \(within), by \(dimension.word)",
      [
        .text(dimension.word.capitalizedFirst), .text("Rate (95 %)"), .number("Mature"),
        .number("So far (naive)"), .number("Entered"), .number("Went on"), .number("Left"),
        .number("Still there"), .number("Residual"),
      ]
    )
    let scale = RangeScale.rates(rows.map { $0.transitions[stage].rate })
    for (index, row) in rows.enumerated() {
      let transition = row.transitions[stage]
      let entered = transition.count
      let from = transition.from
      table.add(
        [
          .text(name(row)),
          FunnelPicture.rate(
            transition.rate,
            "step-\(stage)-\(index)",
            "\(name(row)), \(title)",
            scale,
            row.group.isEmpty ? nil : whole.rate.rate,
            of: dimension.plural
          ),
          .text(Format.maturity(transition.rate)), .text(Format.naive(transition.rate)),
          count(entered.entered, "reached:\(from)", row),
          count(entered.advanced, "advanced:\(from)", row),
          count(entered.detoured.reduce(0, +), "detoured:\(from)", row),
          count(entered.open, "open:\(from)", row),
          count(entered.residual, "residual:\(from)", row),
        ],
        kind: kind(row.group)
      )
    }
    let rate =
      whole.rate.status == .supported ? ": \(Format.rate(whole.rate)) within \(within)" : ""
    return .element(
      "details",
      [:],
      [.lines([.element("summary", [:], title + rate), table.markup])]
    )
  }
}
