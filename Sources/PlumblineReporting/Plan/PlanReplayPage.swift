public import PlumblineCore

/// Plans of past dates against what came, as a page of its own.
public struct PlanReplayPage: Sendable {
  private let words: PlanReplayWords
  private let generatedBy: String

  /// A page to be made.
  ///
  /// - Parameters:
  ///   - replay: The plans against what came.
  ///   - agreement: The agreement under which they were made.
  ///   - generatedBy: What made the page, such as a program and its version.
  public init(_ replay: PlanReplay, under agreement: Agreement, generatedBy: String) {
    words = PlanReplayWords(replay: replay, agreement: agreement)
    self.generatedBy = generatedBy
  }

  /// The page.
  public var text: String {
    let agreement = words.agreement
    let company = agreement.company.isEmpty ? "" : " for \(agreement.company)"
    return HTMLPage(
      title: "Past plans\(company)",
      header: HTMLPage.header(
        eyebrow: "Past plans\(company), \(words.provenance.asOfText)",
        headline: words.replay.rows.isEmpty ? words.noneText : words.headline,
        scope: words.scope
      ),
      sections: [words.replay.section(under: agreement)],
      footer: HTMLPage.footer(
        words.provenance.footer,
        under: agreement,
        generatedBy: generatedBy
      )
    ).text
  }
}
