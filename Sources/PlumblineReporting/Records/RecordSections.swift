public import PlumblineCore

/// The leads behind a number, a page at a time, and as lines for a spreadsheet.
public struct RecordSections: Sendable {
  /// A lead of the list.
  public struct Entry: Hashable, Sendable {
    /// Its id as the source writes it.
    public var id: String
    /// What became of it, as JSON says it; empty where the number says all.
    public var outcome: String
    /// Whether sales did as agreed, as JSON says it; empty where the number says all.
    public var followUp: String

    /// A lead.
    public init(id: String, outcome: String = "", followUp: String = "") {
      self.id = id
      self.outcome = outcome
      self.followUp = followUp
    }
  }

  /// How many leads there are and what they have in common, as a sentence.
  public let headline: String
  /// Which leads were asked for, and how the list goes with the number, in sentences.
  public let scope: String

  private let number: String
  private let entries: [Entry]
  private let provenance: Provenance

  /// The leads behind a number of a funnel.
  ///
  /// - Parameters:
  ///   - ids: The ids of the leads, sorted.
  ///   - number: The number that they are behind, such as `open:sql`.
  ///   - answer: The funnel whose number it is.
  ///   - agreement: The agreement under which it was made.
  public init(
    _ ids: [String],
    behind number: String,
    of answer: FunnelAnswer,
    under agreement: Agreement
  ) {
    self.number = number
    entries = ids.map { Entry(id: $0) }
    provenance = Provenance(
      agreement: agreement,
      asOf: answer.asOf,
      question: answer.question,
      horizons: []
    )
    let words = RecordWords(agreement)
    headline =
      "\(Format.count(ids.count, "lead")) that \(words.clause(number, ids.count))"
    let passes = words.count(number, in: answer.total) ?? ids.count
    let returns =
      passes == ids.count
      ? "" : " The number is \(Format.count(passes)): a lead that came back is counted again."
    scope = provenance.scopeText + returns
  }

  /// The leads behind a channel, a rep or a pair of them that was judged.
  ///
  /// - Parameters:
  ///   - leads: The leads.
  ///   - unit: The id of what was judged, such as `channel/Meta/direct`.
  ///   - diagnosis: The diagnosis that judged it.
  ///   - agreement: The agreement under which it was made.
  public init(
    _ leads: [Entry],
    judgedAs unit: String,
    in diagnosis: Diagnosis,
    under agreement: Agreement
  ) {
    number = unit
    entries = leads
    let words = DiagnosisWords(diagnosis, agreement)
    provenance = words.provenance
    let evidence = diagnosis.verdict.evidence.first { $0.unit.id == unit }
    let name = evidence.map { words.model.name($0.unit) } ?? unit
    headline = "\(Format.count(leads.count, "lead")) behind what is said of \(name)"
    let counted = evidence.map { " \(words.model.counted($0).capitalizedFirst)." } ?? ""
    scope =
      "\(provenance.scopeText) Handed to sales and old enough to judge; won within "
      + "\(Format.days(words.model.withinDays)) first.\(counted)"
  }

  /// What the list rests on, and what made the page.
  ///
  /// - Parameter program: What made the page, such as a program and its version.
  /// - Returns: The foot of the page.
  public func footer(generatedBy program: String) -> Markup {
    HTMLPage.footer(provenance.footer, under: provenance.agreement, generatedBy: program)
  }

  /// Some of the leads, each a link to its page.
  ///
  /// - Parameters:
  ///   - range: Their places in the list.
  ///   - address: Where a lead's page is.
  /// - Returns: The list.
  public func list(_ range: Range<Int>, _ address: (String) -> String) -> Markup {
    let shown = entries[range.clamped(to: entries.indices)]
    guard let first = shown.first else { return .element("p", [:], "There are none.") }
    guard first.outcome.isEmpty else { return table(shown, address) }
    let items = shown.map { entry in
      Markup.element("li", [:], [.element("a", ["href": address(entry.id)], entry.id)])
    }
    return .element(
      "ol",
      ["class": "records", "start": String(range.lowerBound + 1)],
      [.lines(items)]
    )
  }

  private func table(_ shown: ArraySlice<Entry>, _ address: (String) -> String) -> Markup {
    var table = MarkupTable(
      "records-table",
      caption: "Leads with what became of them",
      [.text("Lead"), .text("Outcome"), .text("Follow-up")]
    )
    for entry in shown {
      table.add([
        .element("a", ["href": address(entry.id)], entry.id),
        .text(entry.outcome.replacing("_", with: " ")),
        .text(entry.followUp.replacing("_", with: " ")),
      ])
    }
    return table.markup
  }

  /// All of them as comma-separated values, each with what the list rests on.
  public var csv: String {
    let asOf = Format.iso8601(provenance.asOf, provenance.agreement.calendar)
    let names = [
      "lead_id", "number", "outcome", "follow_up", "as_of", "agreement_version", "agreement_hash",
    ]
    let agreement = provenance.agreement
    return DelimitedRow.line(names)
      + entries.map { entry in
        DelimitedRow.line([
          entry.id, number, entry.outcome, entry.followUp, asOf, agreement.version, agreement.hash,
        ])
      }.joined()
  }
}
