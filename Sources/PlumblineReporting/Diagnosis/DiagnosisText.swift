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
  ///
  /// - Parameter isExplained: Whether the numbers of each step of the method are shown as well.
  /// - Returns: The text.
  public func text(explained isExplained: Bool = false) -> String {
    var page = TextPage(layout)
    let words = words
    page.paragraph(words.headline, ink: .strong)
    page.blank()
    page.paragraph(words.provenance.scopeText)
    leaks(words, &page)
    parties(words, &page)
    notNamed(words, &page)
    basis(words, &page)
    comparisons(words, &page)
    if isExplained { DiagnosisNumbers(diagnosis, agreement).write(to: &page) }
    GapText(diagnosis.gaps).write(to: &page)
    page.blank()
    page.paragraph(Self.caution)
    for line in words.provenance.footer { page.paragraph(line, ink: .faint) }
    return page.text
  }

  /// What every diagnosis must say of itself.
  static let caution =
    "All of this is association in the company's own history, after allowing for who worked the "
    + "leads and how fast; it does not prove what brought the gap about."

  private func leaks(_ words: DiagnosisWords, _ page: inout TextPage) {
    let leaks = words.leaks
    guard !leaks.isEmpty else { return }
    page.heading("Leaks, the costliest first")
    var table = TextTable([
      .whole(""), .wrapped("what"), .whole("whose"), .number("customers"), .number("at worst"),
      .number(agreement.currency), .number("at worst"),
    ])
    var rates = TextTable([
      .whole(""), .number("counted"), .number("the others"), .number("odds (95 %)"),
      .number("sure"),
    ])
    for (index, leak) in leaks.enumerated() {
      table.add(
        [
          "\(index + 1)", leak.name, leak.party, leak.customers, leak.customersBadCase,
          leak.revenue, leak.revenueBadCase,
        ],
        ink: .bad
      )
      rates.add([
        "\(index + 1)", leak.counted, leak.others,
        leak.leak.evidence.contrast.map { words.model.odds($0) } ?? Format.absent,
        words.model.certainty(leak.leak.evidence),
      ])
    }
    page.table(table)
    page.blank()
    page.table(rates)
    page.paragraph(
      "Customers and money: what it costs over the leads behind the verdict, and what at worst, if "
        + "the difference is as large as the data allow at 5 %. Odds: "
        + "how many times the others' odds, after allowing for who worked which leads; 1 is no "
        + "difference.",
      indent: 2
    )
    for (index, leak) in leaks.enumerated() { detail(index + 1, leak, &page) }
  }

  private func detail(_ number: Int, _ leak: LeakSentences, _ page: inout TextPage) {
    page.heading("\(number). \(leak.name.capitalizedFirst): \(leak.party)")
    func fact(_ label: String, _ text: String) {
      page.fact(label, text, indent: 3, labelWidth: 14)
    }
    fact("Costs", "\(leak.price.capitalizedFirst).")
    page.points("For", leak.evidenceFor, indent: 3, labelWidth: 14)
    page.points("Against", leak.evidenceAgainst, indent: 3, labelWidth: 14)
    if !leak.places.isEmpty {
      page.points("Shows at", leak.places.map { "\($0)." }, indent: 3, labelWidth: 14)
    }
    page.points("Would change", leak.wouldChange, indent: 3, labelWidth: 14)
    fact("Do", leak.remedy)
  }

  private func parties(_ words: DiagnosisWords, _ page: inout TextPage) {
    page.heading("Whose leak is it?")
    for answer in diagnosis.verdict.parties {
      page.fact(
        answer.party.word.capitalizedFirst,
        "\(answer.answer.rawValue): \(words.model.explanation(of: answer)).",
        indent: 2
      )
    }
    let advice = words.advice
    guard !advice.isEmpty else { return }
    page.blank()
    page.paragraph("What would settle the open questions:", indent: 2)
    page.bullets(advice, indent: 4)
  }

  private func notNamed(_ words: DiagnosisWords, _ page: inout TextPage) {
    let withheld = words.withheld
    if !withheld.isEmpty {
      page.heading("Withheld: looks worse, and may be something else")
      page.bullets(withheld)
    }
    guard !diagnosis.lookAlikes.isEmpty else { return }
    page.heading("Lower by plain counts, and not named")
    page.bullets(diagnosis.lookAlikes.map { words.explained($0) })
  }

  private func basis(_ words: DiagnosisWords, _ page: inout TextPage) {
    let spreads = words.spreads
    if !spreads.isEmpty {
      page.heading("How much do they differ, and what is chance?")
      page.bullets(spreads)
    }
    page.heading("How do we know")
    page.bullets(words.basis + words.changes)
  }

  private func comparisons(_ words: DiagnosisWords, _ page: inout TextPage) {
    guard !diagnosis.comparisons.isEmpty else { return }
    page.heading("Each step of the path, by plain rates (these name nobody)")
    var table = TextTable([
      .wrapped("step"), .whole("of"), .number("lower"), .number("same"),
      .number("slightly apart"), .number("higher"), .number("not decided"),
    ])
    for group in ComparisonTally.all(diagnosis.comparisons, words) {
      table.add(group.cells)
    }
    page.table(table)
    let lower = words.lowerSteps
    if !lower.isEmpty {
      page.blank()
      page.paragraph("Lower at a step and not named above, so look here first:", indent: 2)
      page.bullets(Array(lower.prefix(8)), indent: 4)
      if lower.count > 8 {
        page.paragraph("And \(Format.count(lower.count - 8)) more; JSON lists them.", indent: 4)
      }
    }
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
