import PlumblineCore
import PlumblineStatistics

extension VerdictSections {
  /// The leaks one below the other, the costliest first, each with whose it is, what it costs, how
  /// sure that is, and what speaks for it and against it.
  public var findings: Markup {
    let leaks = words.leaks
    guard !leaks.isEmpty else { return self.leaks }
    let items = leaks.enumerated().map { index, leak in
      Markup.element("li", ["class": "finding"], [.lines(finding(leak, index))])
    }
    return section(
      "findings",
      leaks.count == 1 ? "The leak" : "The leaks, the costliest first",
      [
        .element("ol", ["class": "findings"], [.lines(items)]),
        .element(
          "p",
          ["class": "note"],
          "Customers and money are what the leak costs over the leads behind the verdict, and at "
            + "worst if the difference is as large as the data allow at 5 %."
        ),
      ]
    )
  }

  private func finding(_ leak: LeakSentences, _ index: Int) -> [Markup] {
    let currency = agreement.currency
    let money = leak.revenue == Format.absent ? Format.absent : "\(currency) \(leak.revenue)"
    let worst =
      leak.revenueBadCase == Format.absent
      ? Format.absent : "\(currency) \(leak.revenueBadCase)"
    return [
      .element(
        "h3",
        ["id": "finding-\(index)"],
        [
          .text(leak.name.capitalizedFirst + " "),
          .element("span", ["class": "tag"], leak.party.capitalizedFirst),
        ]
      ),
      .element(
        "dl",
        ["class": "figures"],
        [
          .lines([
            fact("Costs", [.text(money)], remark: worst),
            fact(
              "Customers lost",
              [.text(leak.customers)],
              remark: leak.customersBadCase
            ),
            fact("Sure", [.text(words.model.certainty(leak.leak.evidence))], remark: Format.absent),
            fact(
              "Counted",
              [links.markup(leak.counted, .unit(leak.leak.unit.id))],
              remark: Format.absent
            ),
            fact("The others", [others(leak)], remark: Format.absent),
          ])
        ]
      ),
      .element("p", ["class": "remedy"], leak.remedy),
      details("How do we know: \(leak.name)", reasons(for: leak, below: 3)),
    ]
  }

  private func others(_ leak: LeakSentences) -> Markup {
    let unit = leak.leak.unit
    guard unit.kind != .team, leak.leak.restLeads > 0 else { return .text(leak.others) }
    return links.markup(leak.othersWithInterval, .unit(JudgedGroup.others(unit).id))
  }

  private func fact(_ name: String, _ value: [Markup], remark: String) -> Markup {
    let worst: [Markup] =
      remark == Format.absent
      ? [] : [.element("span", ["class": "remark"], "at worst \(remark)")]
    return .element(
      "div",
      [:],
      [.element("dt", [:], name), .element("dd", [:], value + worst)]
    )
  }
}
