public import PlumblineCore
import PlumblineStatistics

/// An answer about costs as text for people: the sentence, costs, worth, ranks, claims, the rule.
public struct EconomicsText: Sendable {
  private let answer: EconomicsAnswer
  private let agreement: Agreement
  private let layout: TextLayout

  /// An answer to be shown.
  ///
  /// - Parameters:
  ///   - answer: The answer.
  ///   - agreement: The agreement under which it was made.
  ///   - layout: How wide, and whether for a terminal.
  public init(
    _ answer: EconomicsAnswer,
    under agreement: Agreement,
    layout: TextLayout = TextLayout()
  ) {
    self.answer = answer
    self.agreement = agreement
    self.layout = layout
  }

  /// The answer as one sentence that can be read aloud.
  public var headline: String { EconomicsWords(answer, agreement).headline }

  /// The text, each line ending in a line break.
  ///
  /// - Parameter claimsOnly: Whether to show only what the ad reports claim.
  /// - Returns: The text.
  public func text(claimsOnly: Bool = false) -> String {
    var page = TextPage(layout)
    let words = EconomicsWords(answer, agreement)
    let isClaims = claimsOnly || !answer.hasLeads
    page.paragraph(
      claimsOnly ? words.claimsHeadline ?? "The ad reports claim nothing." : words.headline,
      ink: .strong
    )
    if !isClaims, answer.rows.isEmpty {
      page.blank()
      page.paragraph(words.scope)
      page.heading("To keep in mind")
      page.bullets(words.notes)
    } else if !isClaims {
      page.blank()
      page.paragraph(words.scope)
      costs(words, &page)
      worth(words, &page)
      returns(words, &page)
      ranks(words, &page)
    }
    if isClaims ? answer.claims.claimsAnything : answer.claims.claimsResults {
      claims(words, &page)
    }
    if !isClaims, !answer.rows.isEmpty {
      parts(words, &page)
      page.heading("To keep in mind")
      page.bullets(words.notes)
    }
    page.blank()
    for line in words.provenance.footer { page.paragraph(line, ink: .faint) }
    return page.text
  }

  private var rows: [EconomicsRow] {
    answer.rows.count > 1 ? answer.rows + [answer.total] : answer.rows
  }

  private func costs(_ words: EconomicsWords, _ page: inout TextPage) {
    page.heading("What a customer costs, in \(words.currency)")
    var table = TextTable(
      [
        .wrapped(words.thing, least: 12), .number("leads"),
        .number(words.isCash ? "wins closed" : "wins + to come"), .number(words.costsName),
        .number("a customer costs (95 %)"),
      ] + (words.isMediaOnly ? [] : [.number("media only")])
    )
    for row in rows {
      table.add(
        [
          words.name(row), words.leads(row), words.wins(row), words.amount(row.cost),
          words.costPerWin(row),
        ] + (words.isMediaOnly ? [] : [words.mediaCost(row)]),
        ink: words.ink(row)
      )
    }
    page.table(table)
  }

  private func worth(_ words: EconomicsWords, _ page: inout TextPage) {
    guard answer.total.economics?.lifetimeValue != nil else { return }
    page.heading("What a customer is worth, and whether it pays, in \(words.currency)")
    var table = TextTable([
      .wrapped(words.thing, least: 12), .number("worth = break-even"), .number("target cost"),
      .number("worth : cost (95 %)"), .number("back after months"), .whole("pays"),
    ])
    for row in rows where row.hasLeads {
      let economics = row.economics
      table.add(
        [
          words.name(row), words.value(row), words.amount(economics?.targetCostPerWin),
          words.worthToCost(row),
          words.payback(row), words.verdict(row),
        ],
        ink: words.ink(row)
      )
    }
    page.table(table)
  }

  private func returns(_ words: EconomicsWords, _ page: inout TextPage) {
    guard answer.total.deals.count > 0 else { return }
    page.heading("What comes back, in \(words.currency)")
    var table = TextTable([
      .wrapped(words.thing, least: 12), .number("deals"), .number("mean deal"),
      .number("revenue so far"), .number("with wins to come"),
      .number("return on \(words.costsName) (95 %)"),
    ])
    for row in rows where row.kind != .spendWithoutGroup {
      table.add([
        words.name(row), Format.count(row.deals.count), words.amount(row.deals.mean),
        words.amount(row.deals.sum), words.amount(row.completedRevenue),
        words.ratio(row.returnOnSpend, row.returnInterval),
      ])
    }
    page.table(table)
  }

  private func ranks(_ words: EconomicsWords, _ page: inout TextPage) {
    let ranking = CostRanking(answer.rows)
    guard !words.isCash, ranking.entries.count > 1 else { return }
    page.heading("Cheap meetings, dear customers? in \(words.currency)")
    var table = TextTable([
      .wrapped(words.thing, least: 12), .number("a meeting held costs, media only"),
      .number("rank"), .number("a customer costs, \(words.costsName)"), .number("rank"),
    ])
    let called = Set(answer.hiddenCosts.map(\.group))
    for entry in ranking.entries {
      table.add(
        [
          words.name(entry.row), words.costPerMeeting(entry.row),
          "\(entry.rankByMeeting)",
          words.costPerWin(entry.row), "\(entry.rankByWin)",
        ],
        ink: called.contains(entry.row.group) ? .bad : .plain
      )
    }
    page.table(table)
    for sentence in words.hiddenCostSentences { page.paragraph(sentence, indent: 2) }
    if called.isEmpty {
      page.paragraph(
        "None stands out: no order of meetings and customers differs beyond chance.",
        indent: 2
      )
    }
    page.paragraph(words.hiddenCostRule, indent: 2, ink: .faint)
  }

  private func claims(_ words: EconomicsWords, _ page: inout TextPage) {
    page.heading("What the ad reports claim, in \(words.currency)")
    let columns = words.claimColumns
    // Money first, then what was counted: both together fit no terminal.
    claims(words, columns.filter { $0.isMoney }, isJudged: words.areClaimsJudged, &page)
    let counts = columns.filter { !$0.isMoney }
    if !counts.isEmpty {
      page.blank()
      claims(words, counts, isJudged: false, &page)
    }
    for note in words.claimNotes { page.paragraph(note, indent: 2, ink: .faint) }
  }

  private func claims(
    _ words: EconomicsWords,
    _ columns: [EconomicsWords.ClaimColumn],
    isJudged: Bool,
    _ page: inout TextPage
  ) {
    var table = TextTable(
      words.claimNameHeads.map { .wrapped($0, least: 9) } + columns.map { .number($0.head) }
        + (isJudged ? [.whole("brings")] : [])
    )
    func add(_ row: AdClaims.Row, _ names: [String]) {
      table.add(
        names + columns.map { $0.cell(row) } + (isJudged ? [words.claimVerdict(row)] : []),
        ink: row.bringsLess == true ? .bad : .plain
      )
    }
    for row in answer.claims.rows { add(row, words.claimNames(row)) }
    if answer.claims.rows.count > 1 {
      add(answer.claims.total, ["all"] + words.claimNameHeads.dropFirst().map { _ in "" })
    }
    page.table(table)
  }

  private func parts(_ words: EconomicsWords, _ page: inout TextPage) {
    page.heading("What the costs are, in \(words.currency)")
    var table = TextTable(
      [
        .wrapped(words.thing, least: 12), .number("media"), .number("overhead"),
        .number(words.isCash ? "sales" : "sales so far"), .number("sales to come"),
      ] + (answer.hasCommission ? [.number("commission")] : []) + [.number("all")]
    )
    for row in rows {
      table.add(
        [
          words.name(row), words.amount(row.media), words.amount(row.overhead),
          words.amount(row.salesSoFar), words.amount(row.salesToCome),
        ] + (answer.hasCommission ? [words.amount(row.commission)] : []) + [words.amount(row.cost)]
      )
    }
    page.table(table)
    page.bullets(words.allocation)
  }
}
