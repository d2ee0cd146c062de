public import PlumblineCore
import PlumblineStatistics

/// A back-test as text for people.
public struct BacktestText: Sendable {
  private let test: Backtest
  private let agreement: Agreement
  private let asOf: Instant
  private let layout: TextLayout

  /// A back-test to be shown.
  ///
  /// - Parameters:
  ///   - test: The back-test.
  ///   - agreement: The agreement that was tested.
  ///   - asOf: The instant up to which facts count.
  ///   - layout: How wide, and whether for a terminal.
  public init(
    _ test: Backtest,
    under agreement: Agreement,
    asOf: Instant,
    layout: TextLayout = TextLayout()
  ) {
    self.test = test
    self.agreement = agreement
    self.asOf = asOf
    self.layout = layout
  }

  /// The text, each line ending in a line break.
  public var text: String {
    let words = BacktestWords(test: test, agreement: agreement, asOf: asOf)
    var page = TextPage(layout)
    page.paragraph(words.headline, ink: .strong)
    page.blank()
    page.paragraph(words.scope)
    if !words.leftOut.isEmpty {
      page.paragraph("Left out: \(words.leftOut.joined(separator: ", ")).")
    }
    if !test.cohort.cases.isEmpty {
      page.paragraph(words.split)
      thresholds(words, &page)
      bands(words, &page)
      factors(words, &page)
      drift(words, &page)
      page.heading("How to read this")
      page.bullets(words.notes)
    }
    page.blank()
    page.paragraph(words.footer, ink: .faint)
    return page.text
  }

  private func thresholds(_ words: BacktestWords, _ page: inout TextPage) {
    page.heading("From which score on")
    var table = TextTable([
      .text("threshold", least: 12), .number("score"), .number("worked"), .number("won"),
      .number("precision (95 %)"), .number("recall"), .number("left, \(agreement.currency)"),
    ])
    for threshold in test.thresholds {
      let worked = threshold.worked
      table.add(
        [
          BacktestWords.name(threshold.kind) + (threshold.isBelowTested ? " *" : ""),
          threshold.kind == .everybody ? "all" : BacktestWords.score(threshold.score),
          Format.count(worked.leads), Format.count(worked.won),
          worked.rate.map { Format.percent($0, worked.interval) } ?? Format.absent,
          threshold.recall.map(Format.percent) ?? Format.absent,
          threshold.net.map { Format.estimatedAmount($0, agreement.currency) } ?? Format.absent,
        ],
        ink: threshold.kind == .recommended ? .strong : .plain
      )
    }
    page.table(table)
    if test.thresholds.contains(where: \.isBelowTested) {
      page.paragraph("* lower than what was tested, see below.", indent: 2)
    }
    if !test.thresholds.contains(where: { $0.kind == .agreed }) {
      page.paragraph(
        "No threshold is agreed: write score.mql_at, or a gate with a score, into the agreement.",
        indent: 2
      )
    }
    page.paragraph(words.money, indent: 2)
    if test.missing.contains(.slope) {
      page.paragraph(
        "No threshold is recommended: the chance of winning does not rise with the score.",
        indent: 2
      )
    }
    if test.missing.contains(.order) {
      page.paragraph(
        "No threshold is recommended: whether the score orders leads cannot be told.",
        indent: 2
      )
    }
    if test.missing.contains(.nowhere) {
      page.paragraph("No threshold is recommended: working pays at no score.", indent: 2)
    }
    if let untested = words.untested { page.paragraph(untested, indent: 2) }
  }

  private func bands(_ words: BacktestWords, _ page: inout TextPage) {
    page.heading("What the scores promised, and what came")
    var table = TextTable([
      .number("score"), .number("leads"), .number("won"), .number("rate (95 %)"),
      .number("promised"), .number("pooled"), .whole(""),
    ])
    let most = test.bands.compactMap(\.judged.rate).max() ?? 0
    for band in test.bands {
      let (low, high) = (band.scores.lowerBound, band.scores.upperBound)
      let rate = band.judged.rate ?? 0
      let bar = most > 0 ? Int((rate / most * 12).rounded()) : 0
      table.add([
        low == high
          ? BacktestWords.score(low)
          : "\(BacktestWords.score(low))–\(BacktestWords.score(high))",
        Format.count(band.judged.leads), Format.count(band.judged.won),
        band.judged.rate.map { Format.percent($0, band.judged.interval) } ?? Format.absent,
        band.promised.map(Format.percent) ?? Format.absent,
        band.isotonic.map(Format.percent) ?? Format.absent,
        String(repeating: "█", count: bar),
      ])
    }
    page.table(table)
    if let lift = test.lift {
      page.paragraph(
        "The best tenth is won \(Format.fixed(lift, decimals: 1)) times as often as all.",
        indent: 2
      )
    }
    if let calibration = words.calibration { page.paragraph(calibration, indent: 2) }
  }

  private func factors(_ words: BacktestWords, _ page: inout TextPage) {
    guard !test.factors.isEmpty else { return }
    page.heading("What each qualifying factor is worth")
    func rate(_ factor: Backtest.Factor, _ answer: QualifyingFactor.Answer) -> String {
      let count = factor.counts[answer] ?? Backtest.Count(leads: 0, won: 0)
      return count.rate.map { "\(Format.percent($0)) of \(Format.count(count.leads))" }
        ?? Format.absent
    }
    for team in [Stage.Team.marketing, .sales] {
      let known = test.factors.filter { $0.team == team }
      guard !known.isEmpty else { continue }
      var table = TextTable([
        .text(team == .marketing ? "as marketing had it" : "as sales found it", least: 10),
        .number("won if yes"), .number("if no"), .number("not asked"), .number("p"),
        .wrapped("beyond the score", least: 12),
      ])
      for factor in known {
        table.add(
          [
            factor.id, rate(factor, .yes), rate(factor, .no), rate(factor, .notAsked),
            factor.adjusted.map(BacktestWords.pValue) ?? Format.absent, words.finding(factor),
          ],
          ink: factor.tells == true ? .strong : .plain
        )
      }
      page.table(table)
    }
    let gains = test.factors.compactMap { factor in
      factor.tells == true
        ? factor.netGain.map {
          "\(factor.id) (\(factor.team.rawValue)) \(Format.signedAmount($0, agreement.currency))"
        } : nil
    }
    if !gains.isEmpty {
      page.paragraph(
        "Used beside the score, on the judging leads it would have left, in \(agreement.currency): "
          + "\(gains.joined(separator: ", ")).",
        indent: 2
      )
    }
  }

  private func drift(_ words: BacktestWords, _ page: inout TextPage) {
    guard !test.months.isEmpty || !test.quarters.isEmpty else { return }
    page.heading("Does the score still hold?")
    page.paragraph(words.standing, indent: 2)
    var table = TextTable([
      .text("period"), .number("leads"), .number("won"), .number("promised"),
      .number("shift of scores"), .number("order (AUC)"),
    ])
    for period in test.quarters + test.months {
      table.add([
        period.name, Format.count(period.count.leads),
        period.count.rate.map(Format.percent) ?? Format.absent,
        period.calibration.map { Format.percent($0.promised) } ?? Format.absent,
        period.stability.map {
          "\(Format.fixed($0.index, decimals: 2))"
            + " (chance \(Format.fixed($0.expectedByChance, decimals: 2)))"
        } ?? Format.absent,
        period.area.map { Format.percent($0.area, $0.interval()) } ?? Format.absent,
      ])
    }
    page.table(table)
  }
}
