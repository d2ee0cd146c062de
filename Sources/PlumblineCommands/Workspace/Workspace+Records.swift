import PlumblineCore
import PlumblineReporting

/// What questions read from the store besides the history.
///
/// A server asks again and again: what was read for one question is kept as long as its reading of
/// the facts is, and serves all who may see the same names.
extension Workspace {
  /// All deals and quotas, with people's names as the present question may see them.
  ///
  /// - Parameters:
  ///   - source: The engine over the facts.
  ///   - knownBy: The newest import that counts; all when nil.
  ///   - ledger: The facts of `DealRecords.kinds` at least, where somebody reads them anyway.
  /// - Returns: The deals.
  /// - Throws: What the store throws.
  func deals(
    of source: EmbeddedCells,
    knownBy: Int?,
    from ledger: (() throws -> Ledger)? = nil
  ) throws -> DealRecords {
    try source.kept(by: ReadBy(knownBy)) {
      if let ledger { return DealRecords(try ledger(), for: source.history) }
      return try DealRecords(reading: try facts(), for: source.history, through: knownBy)
    }
  }

  /// The records behind a number of all cells of a question together.
  ///
  /// - Parameters:
  ///   - number: The number.
  ///   - cells: The question.
  ///   - source: The engine over the facts.
  ///   - knownBy: The newest import that counts; all when nil.
  /// - Returns: The records.
  /// - Throws: `InputError` for spend that is not known by what the question asks; what the store
  ///   throws.
  func records(
    behind number: CellNumber,
    of cells: FunnelQuestion,
    _ source: EmbeddedCells,
    knownBy: Int?
  ) throws -> NumberSections {
    guard number != .spend || cells.isSpendKnown else {
      throw InputError(
        code: "economics.unknown-spend",
        "what was spent on these leads is not known.",
        remedy: "Spend is known by channel, campaign, cohort and week: leave out other conditions."
      )
    }
    return NumberSections(
      try sourced(source.records(behind: number, cells), of: source, knownBy: knownBy),
      behind: number,
      of: cells,
      source.history,
      LeadSummaries(source.history, source.journeys(under: cells.rule))
    )
  }

  /// Records with where the amounts spent among them were read.
  ///
  /// - Parameters:
  ///   - records: The records.
  ///   - source: The engine over the facts.
  ///   - knownBy: The newest import that counts; all when nil.
  /// - Returns: The records.
  /// - Throws: What the store throws.
  func sourced(
    _ records: NumberRecords,
    of source: EmbeddedCells,
    knownBy: Int?
  ) throws -> NumberRecords {
    try records.sourced {
      try source.kept(by: ReadBy(knownBy)) {
        try SpendSources(reading: try facts(), for: source.history, through: knownBy)
      }
    }
  }

  /// What an answer about costs needs.
  func economics(of source: EmbeddedCells, knownBy: Int?) throws -> EconomicsRecords {
    try source.kept(by: ReadBy(knownBy)) {
      try EconomicsRecords(reading: try facts(), for: source.history, through: knownBy)
    }
  }

  /// What both teams' page needs but the pulse, which has files of its own.
  ///
  /// - Parameters:
  ///   - source: The engine over the facts.
  ///   - knownBy: The newest import that counts; all when nil.
  ///   - ledger: The facts of `WeeklyRecords.kinds` at least, where somebody reads them anyway.
  /// - Returns: The records.
  /// - Throws: What the store throws.
  func weeklyRecords(
    of source: EmbeddedCells,
    knownBy: Int?,
    from ledger: (() throws -> Ledger)? = nil
  ) throws -> WeeklyRecords {
    try source.kept(by: ReadBy(knownBy)) {
      try WeeklyRecords(
        reading: try facts(),
        try ledger?(),
        for: source.history,
        through: knownBy
      )
    }
  }

  /// What an activity takes; nil where no minutes are agreed, or nothing with minutes is on record.
  func touchMinutes(of source: EmbeddedCells, knownBy: Int?) throws -> TouchMinutes? {
    let history = source.history
    let economics = history.agreement.economics
    guard !economics.sales.minutes.isEmpty else { return nil }
    return try source.kept(by: ReadBy(knownBy)) {
      TouchMinutes(
        try Ledger(reading: try facts(), through: knownBy, kinds: [.activity]),
        economics,
        asOf: history.asOf
      )
    }
  }
}

/// What kept records depend on besides the facts.
private struct ReadBy: Hashable {
  let knownBy: Int?
  /// Whose names they show; everybody's when nil.
  let shownOwners = ReadingShelf.shownOwners

  init(_ knownBy: Int?) { self.knownBy = knownBy }
}
