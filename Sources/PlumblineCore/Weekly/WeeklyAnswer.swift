/// The whole answer of `plumbline weekly`: one page for both teams.
public struct WeeklyAnswer: Sendable {
  /// The instant up to which facts count.
  public var asOf: Instant
  /// The week or the month that it is about.
  public var period: WeeklyPeriod
  /// Whether that was over at the instant.
  public var isOver: Bool
  /// The question whose rule was used.
  public var question: FunnelQuestion
  /// What was promised and what was delivered; marketing's promises first.
  public var promises: [PromiseLine]
  /// What became of every lead handed over.
  public var loop: ClosedLoop
  /// What changed against the periods before.
  public var changes: WeeklyChanges
  /// What to talk about.
  public var agenda: WeeklyAgenda
  /// What sales found out, beside what marketing believed.
  public var beliefs: BeliefTable
  /// What the teams say of each other; empty where nobody was asked.
  public var pulse: [PulseLine]
  /// The diagnosis of all leads, from which leaks come, and what a lead is worth.
  public var diagnosis: Diagnosis

  /// Whether it could be told of any lead whether it was followed up as agreed.
  public var isFollowUpJudged: Bool
}

/// Makes the page for both teams.
public struct WeeklyBuilder: Sendable {
  private let source: EmbeddedCells
  private let records: WeeklyRecords

  /// A builder.
  ///
  /// - Parameters:
  ///   - source: The history's cells.
  ///   - records: What is known besides the history.
  public init(_ source: EmbeddedCells, records: WeeklyRecords = WeeklyRecords()) {
    self.source = source
    self.records = records
  }

  /// The page about a week or a month.
  ///
  /// - Parameter period: The week or month; the last whole week when nil.
  /// - Returns: The page, the same for the same facts.
  /// - Throws: `InputError` for a period that has not begun, and what the source of cells throws.
  /// - Complexity: O(facts), and the model of the diagnosis.
  public func answer(_ period: WeeklyPeriod? = nil) throws -> WeeklyAnswer {
    let history = source.history
    let agreement = history.agreement
    let period = period ?? .lastWhole(.week, by: history.asOf, agreement.calendar)
    guard period.seconds(agreement.calendar).lowerBound <= history.asOf.seconds else {
      let last = WeeklyPeriod.lastWhole(period.kind, by: history.asOf, agreement.calendar)
      throw InputError(
        code: "option.period-not-begun",
        "--\(period.kind.rawValue) \(period): it had not begun by "
          + "\(agreement.calendar.day(of: history.asOf)), the newest day on record.",
        remedy: "The last whole \(period.kind.rawValue) is \(last)."
      )
    }
    // The parts ask much the same.
    let cells = CachedCells(source)
    let context = try WeeklyContext(source, period, records)
    let loop = ClosedLoopBuilder(context).loop()
    let beliefs = context.beliefs(of: loop)
    let changes = try WeeklyChangesBuilder(context: context, source: source).changes()
    let diagnosis = try DiagnosisBuilder(agreement, source: cells).diagnosis(gaps: history.gaps)
    let agenda = AgendaBuilder(
      context: context,
      loop: loop,
      beliefs: beliefs,
      watch: changes.watch,
      diagnosis: diagnosis
    ).agenda()
    return WeeklyAnswer(
      asOf: history.asOf,
      period: period,
      isOver: context.isOver,
      question: FunnelBuilder(agreement, source: source).question(),
      promises: PromiseBuilder(context: context).lines(),
      loop: loop,
      changes: changes,
      agenda: agenda,
      beliefs: beliefs,
      pulse: records.pulse,
      diagnosis: diagnosis,
      isFollowUpJudged: context.isFollowUpJudged
    )
  }
}
