public import PlumblineCore
import PlumblineStatistics

/// The parts of a page about a funnel: counts, rates, meetings and costs of each group, and the same
/// under a what-if beside them.
///
/// Every count opens to its leads where the page has lists.
public struct FunnelSections: Sendable {
  let answer: FunnelAnswer
  /// The same leads under the agreement, where `answer` is a what-if.
  let agreed: FunnelAnswer?
  let agreement: Agreement
  let words: StageWords
  let links: RecordLinks

  /// Parts to be made.
  ///
  /// - Parameters:
  ///   - answer: The funnel.
  ///   - agreed: The funnel of the same leads as the agreement counts it, where `answer` is a
  ///     what-if; nil where it is not.
  ///   - agreement: The agreement under which both were made.
  ///   - links: Where numbers open to the records behind them.
  public init(
    _ answer: FunnelAnswer,
    agreed: FunnelAnswer? = nil,
    under agreement: Agreement,
    links: RecordLinks = .none
  ) {
    self.answer = answer
    self.agreed = agreed
    self.agreement = agreement
    self.links = links
    words = StageWords(agreement)
  }

  /// What became of all leads, as a sentence.
  public var headline: String {
    let total = answer.total
    guard total.episodes > 0 else { return "There are no leads to count." }
    let last = answer.stages.count - 1
    let rate = total.firstToLast
    let within =
      rate.status == .supported && rate.rate != nil
      ? "\(Format.rate(rate)) within \(Format.days(rate.withinDays))"
      : Format.absenceInFull(of: rate)
    let counted =
      total.episodes == total.leads
      ? Format.count(total.leads, "lead")
      : "\(Format.count(total.episodes)) passes of leads"
    return "\(Format.count(total.reached[last])) of \(counted) "
      + "\(total.reached[last] == 1 ? "has" : "have") reached “\(words.label(last))” so far: \(within)."
  }

  /// Which leads these are, as a sentence.
  public var scope: String {
    let returns = answer.total.episodes - answer.total.leads
    let passes =
      returns > 0
      ? " \(Format.count(answer.total.leads, "lead")), of whom some were given up and came back: "
        + "each of the \(Format.count(returns, "return")) counts as another pass."
      : ""
    return provenance.scopeText + passes
  }

  /// What every number rests on, and what made the page.
  ///
  /// - Parameter program: What made the page, such as a program and its version.
  /// - Returns: The foot of the page.
  public func footer(generatedBy program: String) -> Markup {
    HTMLPage.footer(provenance.footer, under: agreement, generatedBy: program)
  }

  var provenance: Provenance {
    Provenance(
      agreement: agreement,
      asOf: answer.asOf,
      question: answer.question,
      horizons: answer.horizons
    )
  }

  var dimension: FunnelDimension { answer.question.by.first ?? .channel }

  /// The groups, and all of them together.
  var rows: [FunnelRow] { answer.rows + [answer.total] }

  func name(_ row: FunnelRow) -> String { name(row.group) }

  func name(_ group: String) -> String { group.isEmpty ? "All" : group }

  func kind(_ group: String) -> String { group.isEmpty ? "total" : "" }

  /// A count that opens to its leads; of nobody there is nothing to open.
  func count(_ count: Int, _ number: String, _ row: FunnelRow) -> Markup {
    let text = Format.count(count)
    guard count > 0 else { return .text(text) }
    return links.markup(text, .funnel(number, group: row.group.isEmpty ? nil : row.group))
  }

  // MARK: Counts

  /// How many reached each stage.
  public var counts: Markup {
    var table = MarkupTable(
      "counts-table",
      caption: "How many reached each stage, by \(dimension.word)",
      [.text(dimension.word.capitalizedFirst)]
        + answer.stages.map { .number(words.label($0).capitalizedFirst) }
    )
    for row in rows {
      table.add(
        [.text(name(row))]
          + zip(answer.stages, row.reached).map { count($1, "reached:\($0)", row) },
        kind: kind(row.group)
      )
    }
    return HTMLPage.section("How many reached each stage", [table.markup])
  }

  // MARK: Costs

  /// What a meeting held costs, with the meetings that it is of.
  static func perMeeting(_ row: FunnelRow, _ currency: String, _ links: RecordLinks) -> Markup {
    let money = row.money
    let cost = Format.cost(
      money.costPerMeetingHeld,
      money.costPerMeetingHeldLower,
      money.costPerMeetingHeldUpper,
      currency
    )
    guard money.costPerMeetingHeld != nil, let meetings = row.showUp else { return .text(cost) }
    let held = Format.count(meetings.held)
    // Where stages alone speak of meetings, those are the leads of the steps.
    return .lines([
      .text("\(cost) of"),
      meetings.source == .meetings ? links.markup(held, .held, row) : .text(held),
    ])
  }

  /// What a customer costs with the reps' share; of the wins that stand beside it.
  static func loaded(_ money: MoneyAnswer, _ currency: String) -> String {
    Format.cost(money.loadedCAC, money.loadedCACLower, money.loadedCACUpper, currency)
  }

  /// What meetings and customers cost by media, against what a customer brings.
  public var costs: Markup {
    func amount(_ value: Double?) -> Markup {
      .text(value.map { Format.amount($0, agreement.currency) } ?? Format.absent)
    }
    func opened(_ value: Double?, _ number: CellNumber, _ row: FunnelRow) -> Markup {
      guard let value, value != 0 else { return amount(value) }
      return links.markup(Format.amount(value, agreement.currency), number, row)
    }
    var table = MarkupTable(
      "media-costs-table",
      caption: "What meetings and customers cost and bring, in \(agreement.currency)",
      [
        .text(dimension.word.capitalizedFirst), .number("Spend"),
        .number("Per meeting held (95 %)"), .number("Customers"), .text("Media CAC (95 %)"),
        .number("Media + reps CAC (95 %)"),
        .number("Break-even CAC"), .text("Media alone"), .number("Revenue"), .number("Mean deal"),
      ]
    )
    let scale = RangeScale.amounts(
      rows.flatMap { row in
        let money = row.money
        return [money.mediaCACLower, money.mediaCAC, money.mediaCACUpper, money.breakEvenCAC]
      }
    )
    let last = answer.stages.last ?? ""
    for (index, row) in rows.enumerated() {
      let money = row.money
      table.add(
        [
          .text(name(row)), opened(money.spend.map(Double.init), .spend, row),
          Self.perMeeting(row, agreement.currency, links),
          count(money.wins, "reached:\(last)", row),
          FunnelPicture.cost(money, agreement.currency, "cost-\(index)", name(row), scale),
          .text(Self.loaded(money, agreement.currency)), amount(money.breakEvenCAC),
          .element(
            "span",
            ["class": "verdict \(money.verdict.rawValue)"],
            Format.verdict(money.verdict)
          ),
          opened(Double(money.revenue), .deals, row), opened(money.meanDeal, .deals, row),
        ],
        kind: kind(row.group)
      )
    }
    let notes =
      [
        "Bar: 95 % interval; line: break-even. \(Format.mediaAlone)",
        "Meetings are those on record where there are any; a lead may have several.",
      ]
      + Format.missingEconomics(agreement)
    return HTMLPage.section(
      "What meetings and customers cost",
      [table.markup] + notes.map { .element("p", ["class": "note"], $0) }
    )
  }
}
