public import PlumblineCore

/// What the detectors of gaming found, as text for people.
public struct GamingText: Sendable {
  private let words: GamingWords
  private let layout: TextLayout
  private let showsIDs: Bool

  /// A report to be shown.
  ///
  /// - Parameters:
  ///   - report: What was found.
  ///   - history: The history that the records were read from.
  ///   - showsIDs: Whether all records behind a finding are listed, not only some.
  ///   - layout: How wide, and whether for a terminal.
  public init(
    _ report: GamingReport,
    of history: CompanyHistory,
    showsIDs: Bool = false,
    layout: TextLayout = TextLayout()
  ) {
    words = GamingWords(report: report, history: history)
    self.layout = layout
    self.showsIDs = showsIDs
  }

  /// How many records are shown where not all are asked for.
  private static let examples = 5

  /// The text, each line ending in a line break.
  public var text: String {
    var page = TextPage(layout)
    write(to: &page)
    return page.text
  }

  /// Writes the section "Worth a look" to a page of another answer.
  func write(to page: inout TextPage) {
    page.heading("Worth a look")
    page.paragraph(words.headline, indent: 2)
    for detector in GamingDetector.allCases {
      let findings = words.report.findings.filter { $0.detector == detector }
      page.blank()
      let title = GamingWords.title(detector)
      guard !findings.isEmpty else {
        let standing = GamingWords.standing(words.report.standings[detector])
        page.paragraph("\(title): \(standing).", indent: 2)
        continue
      }
      page.paragraph("\(title)", indent: 2, ink: .strong)
      for finding in findings {
        page.bullets([words.sentence(finding)])
        let chance = Format.chance(finding.adjustedPValue)
        page.paragraph(
          "By chance, in a company where all is well: \(chance). "
            + GamingWords.innocent(finding.sign) + " " + GamingWords.settles(finding.sign),
          indent: 4
        )
        page.paragraph("Records: \(records(finding)).", indent: 4, ink: .faint)
      }
    }
    page.blank()
    page.paragraph(GamingWords.note, indent: 2, ink: .faint)
  }

  private func records(_ finding: GamingFinding) -> String {
    let shown = showsIDs ? finding.evidence : Array(finding.evidence.prefix(Self.examples))
    let calendar = words.history.agreement.calendar
    let list = shown.map { evidence in
      "\(words.lead(evidence).printable) (\(Format.time(evidence.time, calendar)))"
    }
    let rest = finding.evidence.count - shown.count
    return (list + (rest > 0 ? ["\(Format.count(rest)) more, all in JSON"] : []))
      .joined(separator: ", ")
  }
}
