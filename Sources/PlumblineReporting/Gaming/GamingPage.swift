public import PlumblineCore

/// What the checks of records found, as parts of a page: for those who look after the numbers, and
/// who must not take a finding for a proof.
public struct GamingPage: Sendable {
  private let words: GamingWords

  /// So many records are listed of each finding; JSON has them all.
  private static let mostRecords = 20

  /// A page.
  ///
  /// - Parameters:
  ///   - report: What was found.
  ///   - history: The history that the records were read from.
  public init(_ report: GamingReport, of history: CompanyHistory) {
    words = GamingWords(report: report, history: history)
  }

  /// The answer in a sentence.
  public var header: Markup {
    HTMLPage.header(
      eyebrow: "Worth a look",
      headline: words.headline,
      scope: GamingWords.note
    )
  }

  /// From what it was made.
  ///
  /// - Parameter program: What made the page, such as a program and its version.
  /// - Returns: The foot of the page.
  public func footer(generatedBy program: String) -> Markup {
    let agreement = words.history.agreement
    let provenance = Provenance(
      agreement: agreement,
      asOf: words.history.asOf,
      question: FunnelQuestion(rule: agreement.journeyRule, pairs: []),
      horizons: []
    )
    return HTMLPage.footer(provenance.footer, under: agreement, generatedBy: program)
  }

  /// A section for each check.
  ///
  /// - Parameter address: Where a lead is shown, by its id; nil where no page shows it.
  /// - Returns: The sections.
  public func sections(leadAt address: (String) -> String?) -> [Markup] {
    GamingDetector.allCases.map { detector in
      let findings = words.report.findings.filter { $0.detector == detector }
      guard !findings.isEmpty else {
        let standing = GamingWords.standing(words.report.standings[detector])
        return HTMLPage.section(
          GamingWords.title(detector),
          [.element("p", [:], "\(standing.capitalizedFirst).")]
        )
      }
      return HTMLPage.section(
        GamingWords.title(detector),
        findings.map { found($0, address) }
      )
    }
  }

  private func found(_ finding: GamingFinding, _ address: (String) -> String?) -> Markup {
    let chance = Format.chance(finding.adjustedPValue)
    let calendar = words.history.agreement.calendar
    let shown = finding.evidence.prefix(Self.mostRecords).map { evidence -> Markup in
      let lead = words.lead(evidence)
      let time = " (\(Format.time(evidence.time, calendar)))"
      guard evidence.lead >= 0, let address = address(lead) else {
        return .element("li", [:], lead + time)
      }
      return .element("li", [:], [.element("a", ["href": address], lead), .text(time)])
    }
    let rest = finding.evidence.count - shown.count
    return .lines([
      .element("p", ["class": "answer-line"], words.sentence(finding)),
      .element(
        "p",
        [:],
        "By chance, in a company where all is well: \(chance). "
          + "\(GamingWords.innocent(finding.sign)) \(GamingWords.settles(finding.sign))"
      ),
      .element(
        "details",
        [:],
        [
          .element("summary", [:], Format.count(finding.evidence.count, "record")),
          .element("ul", [:], [.lines(shown)]),
          rest > 0 ? .element("p", [:], "\(Format.count(rest)) more, all in JSON.") : .none,
        ]
      ),
    ])
  }
}
