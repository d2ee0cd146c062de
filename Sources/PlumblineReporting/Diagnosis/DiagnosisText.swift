public import PlumblineCore
import PlumblineStatistics

/// A diagnosis as text for people: the sentence, the leaks, how it is known.
public struct DiagnosisText: Sendable {
  private let diagnosis: Diagnosis
  private let agreement: Agreement
  private let layout: TextLayout

  /// A diagnosis to be shown.
  ///
  /// - Parameters:
  ///   - diagnosis: The diagnosis.
  ///   - agreement: The agreement under which it was made.
  ///   - layout: How wide, and whether for a terminal.
  public init(
    _ diagnosis: Diagnosis,
    under agreement: Agreement,
    layout: TextLayout = TextLayout()
  ) {
    self.diagnosis = diagnosis
    self.agreement = agreement
    self.layout = layout
  }

  private var words: DiagnosisWords { DiagnosisWords(diagnosis, agreement) }

  /// The verdict as one sentence that can be read aloud.
  public var headline: String { words.headline }

  /// The text, each line ending in a line break.
  public var text: String {
    var page = TextPage(layout)
    let words = words
    page.paragraph(words.headline, ink: .strong)
    page.blank()
    page.paragraph(words.provenance.scopeText)
    leaks(words, &page)
    explained(words, &page)
    parties(words, &page)
    comparisons(words, &page)
    GapText(diagnosis.gaps).write(to: &page)
    page.blank()
    page.paragraph(Self.caution)
    for line in words.provenance.footer { page.paragraph(line, ink: .faint) }
    return page.text
  }

  /// What every diagnosis must say of itself.
  static let caution =
    "All of this is association in the company's own history, after allowing for who worked the "
    + "leads; it does not prove what brought the gap about."

  private func leaks(_ words: DiagnosisWords, _ page: inout TextPage) {
    let findings = words.findings
    guard !findings.isEmpty else { return }
    page.heading("Leaks, the most recoverable money first")
    var table = TextTable([
      .whole(""), .wrapped("where"), .whole("whose"), .number("customers"),
      .number("\(agreement.currency)"), .number("at least"),
    ])
    var rates = TextTable([
      .whole(""), .number("rate"), .number("the others"), .number("allowing for few leads"),
      .whole("may be chance"),
    ])
    for (index, finding) in findings.enumerated() {
      let comparison = finding.comparison
      let ink = finding.finding.party == .undetermined ? Ink.plain : .bad
      table.add(
        [
          "\(index + 1)", comparison.place, finding.party, finding.customers,
          finding.revenue ?? Format.absent, finding.revenueLow ?? Format.absent,
        ],
        ink: ink
      )
      rates.add([
        "\(index + 1)", comparison.own, comparison.rest, comparison.shrunk, comparison.qValue,
      ])
    }
    page.table(table)
    page.blank()
    page.table(rates)
    page.paragraph(
      "q: the share of leaks named at this level that are expected to be chance.",
      indent: 2
    )
    for (index, finding) in findings.enumerated() { detail(index + 1, finding, &page) }
  }

  private func detail(_ number: Int, _ finding: FindingWords, _ page: inout TextPage) {
    let comparison = finding.comparison
    page.heading("\(number). \(comparison.place): \(finding.party)")
    func fact(_ label: String, _ text: String) {
      page.fact(label, text, indent: 3, labelWidth: 14)
    }
    fact(
      "Rate",
      "\(Format.rateWithBase(comparison.comparison.own)) within "
        + "\(Format.days(comparison.comparison.withinDays)), the others \(comparison.rest). "
        + "Allowing for few leads: \(comparison.shrunk)."
    )
    fact("How sure", "\(comparison.certainty.capitalizedFirst).")
    fact("Mending it", "\(finding.price.capitalizedFirst).")
    page.points("For", finding.evidenceFor, indent: 3, labelWidth: 14)
    page.points("Against", finding.evidenceAgainst, indent: 3, labelWidth: 14)
    page.points("Would change", finding.wouldChange, indent: 3, labelWidth: 14)
    fact("Do", finding.remedy)
  }

  private func explained(_ words: DiagnosisWords, _ page: inout TextPage) {
    guard !diagnosis.explainedByMix.isEmpty else { return }
    page.heading("Looks like a leak, but is not this one's")
    page.bullets(diagnosis.explainedByMix.map { words.explained($0) })
  }

  private func parties(_ words: DiagnosisWords, _ page: inout TextPage) {
    page.heading("Whose leak is it?")
    for verdict in diagnosis.parties {
      page.fact(
        verdict.party.word.capitalizedFirst,
        "\(verdict.answer.rawValue): \(words.explanation(of: verdict)).",
        indent: 2
      )
    }
  }

  private func comparisons(_ words: DiagnosisWords, _ page: inout TextPage) {
    guard !diagnosis.comparisons.isEmpty else { return }
    page.heading("What was compared")
    var table = TextTable([
      .wrapped("step"), .whole("of"), .number("lower"), .number("same"),
      .number("slightly apart"), .number("higher"), .number("not decided"),
    ])
    for group in ComparisonTally.all(diagnosis.comparisons, words) {
      table.add(group.cells)
    }
    page.table(table)
    undecided(words, &page)
  }

  private func undecided(_ words: DiagnosisWords, _ page: inout TextPage) {
    let open = words.undecided
    guard !open.isEmpty else { return }
    page.blank()
    page.paragraph("Not decided, the nearest to a verdict first:", indent: 2)
    let nearest = open.sorted {
      ($0.judgement.qValue ?? 2) < ($1.judgement.qValue ?? 2)
    }
    page.bullets(
      nearest.prefix(8).map { words.undecided($0) },
      indent: 4
    )
    if nearest.count > 8 {
      page.paragraph(
        "And \(Format.count(nearest.count - 8)) more; JSON lists them all.",
        indent: 4
      )
    }
  }
}

/// How many comparisons of one step and kind came to which verdict.
struct ComparisonTally {
  let step: String
  let dimension: FunnelDimension
  let counts: [Int]

  /// A row of a table: step, kind, then lower, same, slightly different, higher, undecided.
  var cells: [String] { [step, dimension.plural] + counts.map { Format.count($0) } }

  static func all(_ comparisons: [UnitComparison], _ words: DiagnosisWords) -> [ComparisonTally] {
    let stages = Set(comparisons.map(\.fromStage)).sorted()
    return stages.flatMap { stage in
      [FunnelDimension.channel, .owner].compactMap { dimension in
        let own = comparisons.filter { $0.fromStage == stage && $0.dimension == dimension }
        guard !own.isEmpty else { return nil }
        let verdicts = own.map(\.judgement.verdict)
        let decided = [.lower, .same, .slightlyDifferent, .higher].map { verdict in
          verdicts.count { $0 == verdict }
        }
        return ComparisonTally(
          step: words.stages.step(stage, stage + 1),
          dimension: dimension,
          counts: decided + [own.count { words.words($0).isUndecided }]
        )
      }
    }
  }
}
