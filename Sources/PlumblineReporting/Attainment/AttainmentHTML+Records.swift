public import PlumblineCore

extension AttainmentHTML {
  /// The records behind a number.
  ///
  /// - Parameters:
  ///   - number: The number.
  ///   - summaries: Tells of leads what their line says.
  /// - Returns: The list: of deals where these are counted, else of leads.
  public func records(
    behind number: AttainmentNumber,
    _ summaries: LeadSummaries
  ) -> RecordSections {
    let ids = answer.ids(behind: number)
    let (name, counted) = title(number)
    return RecordSections(
      ids,
      behind: number.text,
      headline: "\(name): \(Format.count(ids.count, counted))",
      scope: "\(words.provenance.asOfText.capitalizedFirst).\(passes(number, ids.count))",
      provenance: words.provenance,
      summaries: number.isOfDeals ? nil : summaries
    )
  }

  /// That a share stands on passes, where some leads have passed more than once.
  private func passes(_ number: AttainmentNumber, _ count: Int) -> String {
    guard case .base(let measure) = number, !number.isOfDeals,
      let base = answer.scorecard.results[measure]?.base
    else { return "" }
    return RecordWords.returns(of: count, countedAs: base)
  }

  /// A number in words, and what its records are.
  private func title(_ number: AttainmentNumber) -> (name: String, counted: String) {
    func name(_ measure: ScorecardMeasure) -> String {
      "\(answer.period), \(measure.rawValue.replacing("_", with: " "))"
    }
    switch number {
    case .met(let measure): return (name(measure), number.isOfDeals ? "won deal" : "lead")
    case .base(let measure):
      return ("\(name(measure)), all it stands on", number.isOfDeals ? "won deal" : "lead")
    case .won(let subject, let month):
      return ("\(month ?? answer.period), \(words.name(subject)), won", "deal")
    case .open(let subject): return ("\(words.name(subject)), open", "deal")
    }
  }
}
