public import PlumblineCore
import PlumblineStatistics

/// An answer about costs as a page: the sentence, the picture of both ranks, the tables, the rule.
public struct EconomicsHTML: Sendable {
  private let answer: EconomicsAnswer
  private let agreement: Agreement
  private let generatedBy: String

  /// A page to be made.
  ///
  /// - Parameters:
  ///   - answer: The answer.
  ///   - agreement: The agreement under which it was made.
  ///   - generatedBy: What made the page, such as a program and its version.
  public init(_ answer: EconomicsAnswer, under agreement: Agreement, generatedBy: String) {
    self.answer = answer
    self.agreement = agreement
    self.generatedBy = generatedBy
  }

  /// The document, ending in a line break.
  public var text: String {
    let words = EconomicsWords(answer, agreement)
    return HTMLPage(
      title:
        "Economics of \(agreement.company.isEmpty ? "customers" : agreement.company.printable)",
      header: HTMLPage.header(
        eyebrow: "Economics, \(words.provenance.asOfText)",
        headline: words.headline,
        scope: answer.hasLeads ? words.scope : words.claimsScope
      ),
      sections: EconomicsSections(answer, agreement).all,
      footer: HTMLPage.footer(
        words.provenance.footer,
        under: agreement,
        generatedBy: generatedBy
      )
    ).text
  }
}

/// The parts of a page about costs, for a page of their own or a report.
public struct EconomicsSections: Sendable {
  private let answer: EconomicsAnswer
  private let agreement: Agreement
  private let words: EconomicsWords
  private let links: RecordLinks

  /// Parts to be made.
  ///
  /// - Parameters:
  ///   - answer: The answer.
  ///   - agreement: The agreement under which it was made.
  ///   - links: Where its numbers open.
  public init(_ answer: EconomicsAnswer, _ agreement: Agreement, links: RecordLinks = .none) {
    self.answer = answer
    self.agreement = agreement
    self.links = links
    words = EconomicsWords(answer, agreement)
  }

  /// The answer in a sentence.
  public var headline: String { words.headline }

  /// Every part that has something to say.
  public var all: [Markup] {
    guard answer.hasLeads else { return [claims] }
    guard !answer.rows.isEmpty else { return [knowledge] }
    return [ranks, costs, worth, answer.claims.claimsResults ? claims : .none, parts, knowledge]
  }

  /// Cost per meeting against cost per customer: the picture with its table; nothing where fewer
  /// than two lines can be ranked.
  var ranks: Markup {
    let ranking = CostRanking(answer.rows)
    guard !words.isCash, ranking.entries.count > 1 else { return .none }
    let called = Set(answer.hiddenCosts.map(\.group))
    let sentences = words.hiddenCostSentences
    let answerLine =
      sentences.isEmpty
      ? "No \(words.thing) has cheap meetings that hide dear customers, as far as the numbers tell."
      : sentences.joined(separator: " ")
    let picture = RankSlopePicture(
      id: "economics-ranks",
      ranking: ranking,
      called: called,
      currency: words.currency,
      costs: words.costsName,
      title: answerLine
    )
    var table = MarkupTable(
      "economics-ranks-table",
      caption: "Cost per meeting held and per customer, in \(words.currency)",
      [
        .text(words.thing.capitalizedFirst), .number("A meeting held costs, media only (95 %)"),
        .number("Rank"), .number("A customer costs, \(words.costsName) (95 %)"), .number("Rank"),
      ]
    )
    for entry in ranking.entries {
      table.add(
        [
          words.name(entry.row),
          words.costPerMeeting(entry.row),
          "\(entry.rankByMeeting)", words.costPerWin(entry.row), "\(entry.rankByWin)",
        ],
        kind: called.contains(entry.row.group) ? "leaking" : ""
      )
    }
    let left = ranking.entries.count - picture.shown.count
    let caption =
      words.hiddenCostRule
      + (left > 0 ? " \(Format.count(left)) with less spend are in the table only." : "")
      + (ranking.unranked.isEmpty
        ? ""
        : " Not ranked, without media spend or without meetings held: "
          + EconomicsWords.list(ranking.unranked.map(\.printable), most: 6) + ".")
    return HTMLPage.section(
      "Cheap meetings, dear customers?",
      [
        .element("p", ["class": "answer-line"], answerLine),
        .element("figure", [:], [picture.markup, .element("figcaption", [:], caption)]),
        table.markup,
      ]
    )
  }

  private var rows: [EconomicsRow] {
    answer.rows.count > 1 ? answer.rows + [answer.total] : answer.rows
  }

  private func kind(_ row: EconomicsRow) -> String { row.kind == .total ? "total" : "" }

  /// A number of a row as a link to its records.
  private func link(_ text: String, _ number: CellNumber, _ row: EconomicsRow) -> Markup {
    links.markup(
      text,
      .funnel(number.rawValue, group: row.kind == .total ? nil : row.group)
    )
  }

  /// A count of a row as a link to the leads that reached a stage; of cash, which counts deals by
  /// when they were closed, there is no such list.
  private func link(_ text: String, _ stage: Stage?, _ row: EconomicsRow) -> Markup {
    guard row.hasLeads, !words.isCash, let stage else { return .text(text) }
    let group = row.kind == .total ? nil : row.group
    return links.markup(text, .funnel("reached:\(stage.id)", group: group))
  }

  private var costs: Markup {
    var table = MarkupTable(
      "economics-costs-table",
      caption: words.isMediaOnly
        ? "Media over wins, in \(words.currency)"
        : "\(words.costsName.capitalizedFirst) over wins, and media alone, in \(words.currency)",
      [
        .text(words.thing.capitalizedFirst), .number("Leads"),
        .number(words.isCash ? "Wins closed" : "Wins + to come"),
        .number(words.costsName.capitalizedFirst), .number("A customer costs (95 %)"),
      ] + (words.isMediaOnly ? [] : [.number("Media only (95 %)")])
    )
    for row in rows {
      table.add(
        [
          .text(words.name(row)), link(words.leads(row), agreement.path.first, row),
          link(words.wins(row), agreement.path.last, row), .text(words.amount(row.cost)),
          .text(words.costPerWin(row)),
        ]
          + (words.isMediaOnly
            ? [] : [.text(row.hasLeads ? words.mediaCostPerWin(row) : Format.absent)]),
        kind: kind(row)
      )
    }
    return HTMLPage.section("What a customer costs", [table.markup])
  }

  private var worth: Markup {
    guard answer.total.deals.count > 0 else { return .none }
    var table = MarkupTable(
      "economics-worth-table",
      caption: "What a customer is worth, and what comes back, in \(words.currency)",
      [
        .text(words.thing.capitalizedFirst), .number("Deals"), .number("Mean deal (95 %)"),
        .number("Worth, break-even"), .number("Target cost"), .number("Worth : cost (95 %)"),
        .number("Back after months"),
        .number("Revenue with wins to come"), .number("Return on costs (95 %)"), .text("Pays"),
      ]
    )
    for row in rows where row.kind != .spendWithoutGroup {
      let economics = row.economics
      let verdict =
        switch row.profitability {
        case .yes: "verdict profitable"
        case .no: "verdict unprofitable"
        case .cannotTell, nil: "verdict"
        }
      let deals = Format.count(row.deals.count)
      // The total's also hold those of which no lead is on record.
      let opens = row.deals.count > 0 && row.kind != .dealsWithoutLead && !words.isCash
      let cells: [Markup] = [
        words.meanDeal(row), words.value(row), words.amount(economics?.targetCostPerWin),
        words.worthToCost(row), words.payback(row),
        words.amount(row.completedRevenue), words.ratio(row.returnOnSpend, row.returnInterval),
      ].map { .text($0) }
      table.add(
        [.text(words.name(row)), opens ? link(deals, .deals, row) : .text(deals)] + cells + [
          .element("span", ["class": verdict], words.verdict(row))
        ],
        kind: kind(row)
      )
    }
    return HTMLPage.section("What a customer is worth, and whether it pays", [table.markup])
  }

  private var claims: Markup {
    guard answer.claims.claimsAnything else { return .none }
    let columns = words.claimColumns
    var table = MarkupTable(
      "economics-claims-table",
      caption: "By the ad reports' own word, in \(words.currency)",
      words.claimNameHeads.map { .text($0.capitalizedFirst) }
        + columns.map { .number($0.head.capitalizedFirst) }
        + (words.areClaimsJudged ? [.text("Brings")] : [])
    )
    func add(_ row: AdClaims.Row, _ names: [String], _ kind: String) {
      let verdict = row.bringsLess == true ? "verdict unprofitable" : "verdict"
      let told = columns.map { column in
        let text = column.cell(row)
        // The reports' own sum, where it is the one that costs rest on.
        guard column.isSpend, let line = line(of: row, isTotal: kind == "total") else {
          return Markup.text(text)
        }
        return link(text, .spend, line)
      }
      let cells = names.map { .text($0) } + told
      let brings = row.bringsLess.map { $0 ? "less than it costs" : "more" } ?? "not known"
      table.add(
        cells + (words.areClaimsJudged ? [.element("span", ["class": verdict], brings)] : []),
        kind: kind
      )
    }
    for row in answer.claims.rows { add(row, words.claimNames(row), "") }
    if answer.claims.rows.count > 1 {
      add(answer.claims.total, ["all"] + words.claimNameHeads.dropFirst().map { _ in "" }, "total")
    }
    return HTMLPage.section(
      "What the ad reports claim",
      [.element("p", ["class": "answer-line"], words.claimsHeadline ?? ""), table.markup]
        + words.claimNotes.map { .element("p", ["class": "note"], $0) }
    )
  }

  /// The line of costs that has the spend of a claim; nil where it has another.
  private func line(of claim: AdClaims.Row, isTotal: Bool) -> EconomicsRow? {
    guard claim.spend != 0 else { return nil }
    if isTotal { return answer.total.spend == claim.spend ? answer.total : nil }
    let name = answer.question.dimension == .campaign ? claim.campaign : claim.channel
    let group = name.isEmpty ? FunnelDimension.none : name
    let lines = answer.rows.filter { $0.group == group && $0.spend != 0 }
    return lines.count == 1 && lines[0].spend == claim.spend ? lines[0] : nil
  }

  private var parts: Markup {
    var table = MarkupTable(
      "economics-parts-table",
      caption: "What the costs are, in \(words.currency)",
      [
        .text(words.thing.capitalizedFirst), .number("Media"), .number("Overhead"),
        .number(words.isCash ? "Sales" : "Sales so far"), .number("Sales to come"),
      ] + (answer.hasCommission ? [.number("Commission")] : []) + [.number("All")]
    )
    for row in rows {
      let media = words.amount(row.media)
      let others =
        [
          words.amount(row.overhead), words.amount(row.salesSoFar), words.amount(row.salesToCome),
        ] + (answer.hasCommission ? [words.amount(row.commission)] : [])
        + [words.amount(row.cost)]
      // What was spent, where a part of it works on other days, is not what counts here.
      let opens = row.spend != 0 && Double(row.spend) == row.media
      table.add(
        [.text(words.name(row)), opens ? link(media, .spend, row) : .text(media)]
          + others.map { .text($0) },
        kind: kind(row)
      )
    }
    return HTMLPage.section(
      "What the costs are",
      [table.markup] + words.allocation.map { .element("p", ["class": "note"], $0) }
    )
  }

  private var knowledge: Markup {
    HTMLPage.section(
      "How we know",
      [.element("ul", [:], words.notes.map { .element("li", [:], $0) })]
    )
  }
}
