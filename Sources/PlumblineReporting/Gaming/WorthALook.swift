public import PlumblineCore

/// What the detectors of gaming found, in a few sentences for the page of another answer.
public struct WorthALook: Sendable {
  /// The answer in a sentence, also where nothing was found.
  let headline: String
  /// A sentence for each finding.
  let sentences: [String]

  /// What was found.
  ///
  /// - Parameters:
  ///   - report: What was found.
  ///   - history: The history that the records were read from.
  public init(_ report: GamingReport, of history: CompanyHistory) {
    let words = GamingWords(report: report, history: history)
    headline = words.headline
    sentences = report.findings.map(words.sentence)
  }
}
