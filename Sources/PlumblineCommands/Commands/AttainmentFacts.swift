import PlumblineCore

/// What the checks depend on besides the facts.
private struct GamingBy: Hashable {
  let rule: JourneyRule
  /// Whose names they show; everybody's when nil.
  let shownOwners = ReadingShelf.shownOwners
}

/// What `plumbline attainment` reads besides the history: much of it in one pass, and only what
/// nobody has kept.
final class AttainmentFacts {
  private let workspace: Workspace
  private let source: EmbeddedCells
  private let knownBy: Int?
  private var read: Ledger?

  /// Facts of an engine's history, everybody named.
  init(_ workspace: Workspace, _ source: EmbeddedCells, knownBy: Int?) {
    self.workspace = workspace
    self.source = source
    self.knownBy = knownBy
  }

  private func ledger() throws -> Ledger {
    if let read { return read }
    let ledger = try Ledger(
      reading: try workspace.facts(),
      through: knownBy,
      kinds: DealRecords.kinds.union(GamingRecords.kinds).union(WeeklyRecords.kinds)
    )
    read = ledger
    return ledger
  }

  /// All deals and quotas.
  func deals() throws -> DealRecords {
    try workspace.deals(of: source, knownBy: knownBy, from: ledger)
  }

  /// What the checks for bent numbers found.
  func gaming() throws -> GamingReport {
    let history = source.history
    let rule = history.agreement.journeyRule
    return try source.kept(by: GamingBy(rule: rule)) {
      try history.load([.activities])
      let journeys = source.journeys(under: rule)
      return GamingDetectors(GamingRecords(try ledger(), for: history, journeys)).report()
    }
  }

  /// What answers questions about attainment.
  func builder() throws -> AttainmentBuilder {
    try source.history.load([.activities])
    return AttainmentBuilder(
      source,
      deals: try deals(),
      records: try workspace.weeklyRecords(of: source, knownBy: knownBy, from: ledger),
      economics: try workspace.economics(of: source, knownBy: knownBy)
    )
  }
}
