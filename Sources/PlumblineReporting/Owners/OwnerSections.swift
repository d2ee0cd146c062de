public import PlumblineCore
import PlumblineStatistics

/// The parts of a page about reps: what each wins after allowing for which leads they got, and what
/// chance makes of the differences.
///
/// In order of names: a ranking would put chance into an order.
public struct OwnerSections: Sendable {
  let diagnosis: Diagnosis
  let agreement: Agreement
  let words: DiagnosisWords
  let links: RecordLinks
  /// The reader's own name among the reps.
  let reader: String?

  /// Parts to be made.
  ///
  /// - Parameters:
  ///   - diagnosis: The diagnosis.
  ///   - agreement: The agreement under which it was made.
  ///   - reader: The rep who reads; their row stands first.
  ///   - links: Where numbers open to the records behind them.
  public init(
    _ diagnosis: Diagnosis,
    under agreement: Agreement,
    for reader: String? = nil,
    links: RecordLinks = .none
  ) {
    self.diagnosis = diagnosis
    self.agreement = agreement
    self.reader = reader
    self.links = links
    words = DiagnosisWords(diagnosis, agreement)
  }

  private var verdict: LeakVerdict { diagnosis.verdict }

  private var spread: UnitSpread? { diagnosis.spreads.first { $0.dimension == .owner } }

  /// Whether reps differ, and whether one of them can be named, as a sentence.
  public var headline: String {
    let named = diagnosis.leaks.filter { $0.unit.kind == .owner }
    if !named.isEmpty {
      let names = Format.list(named.map { words.model.name($0.unit) })
      return "\(names.capitalizedFirst) "
        + "\(named.count == 1 ? "stands" : "stand") out, after allowing for which leads each rep "
        + "got; nobody else does."
    }
    guard let spread, spread.count > 1 else { return "There are no two reps to compare." }
    return spread.pValue < 0.05
      ? "Reps differ by more than chance makes, but no one of them can be named."
      : "No rep stands out: \(Format.count(spread.count)) who are alike would differ as much by "
        + "chance alone."
  }

  /// What the leads are, as a sentence.
  public var scope: String {
    "\(words.provenance.scopeText) \(Format.count(verdict.leads, "lead")) handed to sales and old "
      + "enough to judge, \(Format.count(verdict.wins)) won within "
      + "\(Format.days(words.model.withinDays)) of it."
  }

  /// What chance makes of the differences, and what the comparison takes for granted.
  public var chance: Markup {
    let ownerSpreads = zip(diagnosis.spreads, words.spreads)
      .filter { $0.0.dimension == .owner }.map(\.1)
    return HTMLPage.section(
      "What chance makes",
      [
        .element(
          "ul",
          [:],
          [
            .lines((ownerSpreads + words.basis).map { .element("li", [:], $0) })
          ]
        ),
        links.ways(words.groups),
        .element(
          "p",
          ["class": "note"],
          "A bar that crosses the line is as good as the others as far as the data tell. "
            + DiagnosisText.caution
        ),
      ]
    )
  }

  /// Each rep against the others.
  public var table: Markup {
    let names = ordered
    guard !names.isEmpty else {
      return .element("p", [:], "No lead that was handed to sales has a rep on record.")
    }
    var table = MarkupTable(
      "owners-table",
      caption: "Each rep against the mean of the others, in order of names",
      [
        .text("Rep"), .number("Leads"), .number("Won, as counted"),
        .number("Won, as expected"), .number("With everybody's leads"),
        .text("Of 100 like leads (95 %)"), .number("Followed up as agreed"), .text("What it says"),
      ]
    )
    let rows = names.map { row($0) }
    let scale = RangeScale.amounts(
      rows.flatMap { row in [base, row.share?.upper].map { $0.map { $0 * 100 } } }
    )
    for (index, row) in rows.enumerated() { table.add(cells(row, index, scale)) }
    return HTMLPage.section(
      "Rep by rep",
      [
        table.markup,
        .element(
          "p",
          ["class": "note"],
          "As expected: what these leads would bring by the model, as they were worked. With "
            + "everybody's leads: had the rep worked the channels and segments of all leads. Of 100 "
            + "like leads: how many the rep would win where the others win "
            + "\(base.map { Format.fixed($0 * 100, decimals: 0) } ?? Format.absent) (the line), after "
            + "allowing for few leads."
        ),
      ]
    )
  }

  /// What every number rests on, and what made the page.
  ///
  /// - Parameter program: What made the page, such as a program and its version.
  /// - Returns: The foot of the page.
  public func footer(generatedBy program: String) -> Markup {
    HTMLPage.footer(words.provenance.footer, under: agreement, generatedBy: program)
  }

  // MARK: Rows

  private struct Row {
    var name: String
    var leads: Int
    var evidence: LeakEvidence?
    var followUp: LeakEvidence?
    var rates: StandardizedWinRates?
    /// The share of like leads that the rep would win.
    var share: (value: Double, lower: Double, upper: Double)?
  }

  private var base: Double? {
    verdict.leads > 0 ? Double(verdict.wins) / Double(verdict.leads) : nil
  }

  /// Reps with leads behind the verdict, the reader first.
  private var ordered: [String] {
    let names = verdict.grid.owners.filter { $0 != FunnelDimension.none }.sorted()
    return names.filter { $0 == reader } + names.filter { $0 != reader }
  }

  private func row(_ name: String) -> Row {
    let evidence = verdict.evidence(of: LeakUnit(.owner, .direct, owner: name))
    let place = verdict.grid.owners.firstIndex(of: name)
    var row = Row(
      name: name,
      leads: place.map { verdict.grid.ownerLeads[$0] } ?? 0,
      evidence: evidence,
      followUp: verdict.evidence(of: LeakUnit(.owner, .followUp, owner: name)),
      rates: diagnosis.ownerRates.first { $0.unit == name }
    )
    if let contrast = evidence?.contrast, let base, base > 0, base < 1 {
      row.share = (
        SpecialFunctions.shifted(base, byLogOdds: contrast.mean),
        SpecialFunctions.shifted(base, byLogOdds: contrast.interval95.lower),
        SpecialFunctions.shifted(base, byLogOdds: contrast.interval95.upper)
      )
    }
    return row
  }

  private func cells(_ row: Row, _ index: Int, _ scale: Double) -> [Markup] {
    let id = LeakUnit(.owner, .direct, owner: row.name).id
    let leads = Format.count(row.leads)
    let isReader = row.name == reader
    let picture: Markup =
      row.share.map { share in
        let text =
          "\(hundredth(share.value)) (\(hundredth(share.lower))–\(hundredth(share.upper)))"
        return .lines([
          RangePicture(
            id: "owner-\(index)",
            value: share.value * 100,
            lower: share.lower * 100,
            upper: share.upper * 100,
            reference: base.map { $0 * 100 },
            scale: scale,
            title: "\(row.name.printable), of 100 like leads",
            description: text
          ).markup,
          .element("span", ["class": "figure"], text),
        ])
      } ?? .text("too few leads")
    return [
      .lines([
        .text(row.name),
        isReader ? .element("span", ["class": "remark"], "you") : .none,
      ]),
      row.leads == 0 ? .text(leads) : links.markup(leads, .unit(id)),
      row.evidence.map { links.markup(words.model.counted($0), .unit(id)) } ?? .text(Format.absent),
      .text(row.rates.map { Format.percent($0.asWorked) } ?? Format.absent),
      .text(row.rates.map { Format.percent($0.averagePartner) } ?? Format.absent),
      picture,
      followedUp(row.followUp),
      .text(says(row)),
    ]
  }

  /// The share of a rep's leads followed up as agreed, with its base, opened to those leads.
  private func followedUp(_ evidence: LeakEvidence?) -> Markup {
    guard let evidence, let share = words.model.share(evidence) else { return .text(Format.absent) }
    return links.markup(
      "\(share) of \(Format.count(evidence.leads))",
      .unit(evidence.unit.id)
    )
  }

  private func hundredth(_ share: Double) -> String {
    Format.fixed(share * 100, decimals: share < 0.0995 && share != 0 ? 1 : 0)
  }

  /// What the data say of a rep: a name, why there is none, or that nothing is to be said.
  private func says(_ row: Row) -> String {
    let named = [row.evidence, row.followUp].compactMap(\.self).filter(\.isNamed)
    if !named.isEmpty {
      return Format.list(named.map { "\(words.model.name($0.unit)) is named as a leak" })
    }
    let withheld = verdict.parties.flatMap(\.withheld).filter { $0.unit.owner == row.name }
    if withheld.contains(where: { $0.unit.kind == .owner }) {
      return "looks lower, and may be something else: not named"
    }
    guard row.evidence?.contrast != nil else { return "too few leads to judge" }
    return "nothing that chance does not make"
  }
}
