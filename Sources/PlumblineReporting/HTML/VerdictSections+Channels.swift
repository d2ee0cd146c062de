import PlumblineCore
import PlumblineStatistics

extension VerdictSections {
  /// The channels: rates with their intervals, then costs against what a customer brings.
  public var channels: Markup {
    guard !funnel.rows.isEmpty else { return .none }
    let notes =
      [
        "Dot: best estimate; bar: 95 % interval; line on rates: all channels together; line on CAC: "
          + "break-even. \(Format.mediaAlone)"
      ] + Format.missingEconomics(agreement)
    return section(
      "channels",
      "Channels",
      [channelRates, channelCosts] + notes.map { .element("p", ["class": "note"], $0) }
    )
  }

  private var rows: [FunnelRow] { funnel.rows + [funnel.total] }

  private func name(_ row: FunnelRow) -> String { row.group.isEmpty ? "All" : row.group }

  private func kind(_ row: FunnelRow) -> String { row.group.isEmpty ? "total" : "" }

  private var channelRates: Markup {
    let first = words.stages.label(0)
    let last = words.stages.label(funnel.stages.count - 1)
    var table = MarkupTable(
      "rates-by-channel-table",
      caption: "What becomes of each channel's leads",
      [
        .text("Channel"), .number("Leads"), .number(last.capitalizedFirst),
        .text("\(first) → \(last) (95 %)"), .text("Close rate (95 %)"), .number("Show-up (95 %)"),
      ]
    )
    let whole = RangeScale.rates(rows.map(\.firstToLast))
    let close = RangeScale.rates(rows.compactMap(\.close))
    for (index, row) in rows.enumerated() {
      let rest = row.group.isEmpty ? nil : funnel.total
      table.add(
        [
          .text(name(row)), .text(Format.count(row.episodes)),
          .text(Format.count(row.money.wins)),
          FunnelPicture.rate(
            row.firstToLast,
            "channel-\(index)-whole",
            name(row),
            whole,
            rest?.firstToLast.rate
          ),
          row.close.map {
            FunnelPicture.rate(
              $0,
              "channel-\(index)-close",
              name(row),
              close,
              rest?.close?.rate
            )
          } ?? .text(Format.absent),
          FunnelSections.showUp(row, links),
        ],
        kind: kind(row)
      )
    }
    return table.markup
  }

  private var channelCosts: Markup {
    func amount(_ value: Double?) -> Markup {
      .text(value.map { Format.amount($0, agreement.currency) } ?? Format.absent)
    }
    var table = MarkupTable(
      "costs-by-channel-table",
      caption: "What each channel costs and brings, in \(agreement.currency)",
      [
        .text("Channel"), .number("Spend"), .number("Per meeting held (95 %)"),
        .text("Media CAC (95 %)"), .number("Media + reps CAC (95 %)"), .number("Break-even CAC"),
        .text("Media alone"), .number("Revenue"), .number("Mean deal"),
      ]
    )
    let scale = RangeScale.amounts(
      rows.flatMap { row in
        let money = row.money
        return [money.mediaCACLower, money.mediaCAC, money.mediaCACUpper, money.breakEvenCAC]
      }
    )
    for (index, row) in rows.enumerated() {
      let money = row.money
      table.add(
        [
          .text(name(row)), amount(money.spend.map(Double.init)),
          FunnelSections.perMeeting(row, agreement.currency, links),
          FunnelPicture.cost(
            money,
            agreement.currency,
            "channel-\(index)-cost",
            name(row),
            scale
          ),
          .text(FunnelSections.loaded(money, agreement.currency)), amount(money.breakEvenCAC),
          .element(
            "span",
            ["class": "verdict \(money.verdict.rawValue)"],
            Format.verdict(money.verdict)
          ),
          amount(Double(money.revenue)), amount(money.meanDeal),
        ],
        kind: kind(row)
      )
    }
    return table.markup
  }
}
