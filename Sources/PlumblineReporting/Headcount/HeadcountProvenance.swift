public import PlumblineCore

/// From what a simulation was made, in sentences.
public struct HeadcountProvenance: Hashable, Sendable {
  /// A sentence each.
  public let sentences: [String]

  /// Where a simulation comes from.
  ///
  /// - Parameters:
  ///   - agreement: The agreement; nil where a file gave everything.
  ///   - asOf: Up to when records count; nil without any.
  ///   - file: The file of scenarios, if there was one.
  public init(agreement: Agreement?, asOf: Instant?, file: String?) {
    var sentences: [String] = []
    if let agreement, let asOf {
      let provenance = Provenance(
        agreement: agreement,
        asOf: asOf,
        question: FunnelQuestion(rule: agreement.journeyRule, pairs: []),
        horizons: []
      )
      sentences.append("\(provenance.agreementText), \(provenance.asOfText).")
    }
    if let file {
      sentences.append(
        agreement == nil
          ? "Every number is from \(file); no records and no agreement were read."
          : "Scenarios from \(file)."
      )
    }
    self.sentences = sentences
  }
}
