import Synchronization

/// A history under the scores that a question may ask for on entering a stage.
///
/// What if an MQL took 70 points rather than 60?
/// Every lead is read under the score that was asked for first, and with it the scores are noted
/// that would give the same reading. Under another score only those leads are read again for which
/// it is none of these; so a control that moves a little costs little.
public final class ScoreWhatIf: Sendable {
  /// How all leads were read last.
  private struct Last {
    var cells: EmbeddedCells
    var score: Int
    /// For each lead the scores that would give the same reading.
    var brackets: [ScoreBracket]
    var gaps: Gaps
    /// The leads whose events are not those under the first score.
    var changes: EventChanges
  }

  /// Capture gaps, one entry a lead.
  private struct Gaps {
    /// How often something could not be tested.
    var untested: [UInt16] = []
    var handOffsMissed: [Bool] = []

    mutating func append(_ reading: StageGates.Reading) {
      untested.append(UInt16(clamping: reading.untested))
      handOffsMissed.append(reading.isHandOffMissed)
    }
  }

  /// How some leads are read anew.
  private struct Piece: Sendable {
    var leads: [Int32] = []
    var brackets: [ScoreBracket] = []
    var gaps = Gaps()
    /// Those whose events are not those under the first score.
    var changes = EventChanges()
  }

  private let gates: StageGates
  private let stage: Int
  /// As read under the first score.
  private let history: CompanyHistory
  private let origin: EmbeddedCells
  /// How many entries are tested, whatever the score.
  private let tested: Int
  private let last: Mutex<Last>

  /// A history under the score that its agreement asks for.
  ///
  /// - Parameters:
  ///   - history: The history, without its gates, under an agreement that asks for another score,
  ///     see `Agreement.ask(score:)`.
  ///   - store: The store that it was read from.
  ///   - last: The newest import that counts; all when nil.
  /// - Throws: What the store throws.
  /// - Complexity: O(leads + attributes + touches x rules + events).
  public convenience init(
    _ history: CompanyHistory,
    reading store: some FactStore,
    through last: Int? = nil
  ) throws {
    let ledger = try StageGates.ledger(of: store, through: last)
    try history.load([.events])
    self.init(history, ledger)
  }

  /// The same, with a ledger that holds all leads and merges of the history.
  ///
  /// - Precondition: The agreement asks for a score.
  init(_ history: CompanyHistory, _ ledger: Ledger) {
    guard let score = history.agreement.askedScore, let stage = history.agreement.scoredStage else {
      preconditionFailure("a question asks for a score")
    }
    let gates = StageGates(history, ledger).asking(score, on: stage)
    let pieces = LeadRanges(count: history.leads.ids.count).map { leads in
      leads.map { gates.reading(of: $0) }
    }
    var (starts, times, codes) = ([0], [TimePoint](), [EventCode]())
    var (brackets, gaps, tested) = ([ScoreBracket](), Gaps(), 0)
    for reading in pieces.joined() {
      brackets.append(reading.bracket)
      gaps.append(reading)
      tested += reading.tested
      for event in reading.list {
        times.append(event.time)
        codes.append(event.code)
      }
      starts.append(times.count)
    }
    var read = history
    read.deferredEvents = Deferred(
      CompanyHistory.Events(starts: starts, times: times, codes: codes)
    )
    self.gates = gates
    self.stage = stage
    self.history = read
    self.tested = tested
    origin = EmbeddedCells(read)
    last = Mutex(
      Last(
        cells: EmbeddedCells(Self.told(read, gaps, tested), shelf: origin.shelf),
        score: score,
        brackets: brackets,
        gaps: gaps,
        changes: EventChanges()
      )
    )
  }

  /// The cells under a score.
  ///
  /// - Parameter agreement: The agreement, asking for a score, and otherwise what it was.
  /// - Returns: The engine; its history is the one that `StageGates` gives under that agreement.
  /// - Complexity: O(leads), and O(events + touches x rules) of the leads that are read otherwise.
  public func cells(under agreement: Agreement) -> EmbeddedCells {
    guard let score = agreement.askedScore else {
      preconditionFailure("a question asks for a score")
    }
    // Whoever asks meanwhile waits: a page asks several questions under one score.
    let cells = last.withLock { last in
      if last.score != score { read(under: score, &last) }
      return last.cells
    }
    return cells.viewing(cells.history.asked(under: agreement))
  }

  private func read(under score: Int, _ last: inout Last) {
    let pieces = pieces(under: score, last.brackets)
    var changes = EventChanges()
    for piece in pieces {
      for (index, lead) in piece.leads.enumerated() {
        last.brackets[Int(lead)] = piece.brackets[index]
        last.gaps.untested[Int(lead)] = piece.gaps.untested[index]
        last.gaps.handOffsMissed[Int(lead)] = piece.gaps.handOffsMissed[index]
      }
      changes.append(piece.changes)
    }
    last.changes = last.changes.replacing(Array(pieces.map(\.leads).joined()), with: changes)
    var read = Self.told(history, last.gaps, tested)
    let (changed, events) = (last.changes, history.events)
    read.deferredEvents = Deferred(loading: { changed.applied(to: events) })
    last.cells = EmbeddedCells(read, changing: origin, changed)
    last.score = score
  }

  /// The leads that are read otherwise under a score, read anew.
  private func pieces(under score: Int, _ brackets: [ScoreBracket]) -> [Piece] {
    let gates = gates.asking(score, on: stage)
    let events = history.events
    return LeadRanges(count: brackets.count).map { leads in
      var piece = Piece()
      for lead in leads where !brackets[lead].contains(score) {
        let reading = gates.reading(of: lead)
        piece.leads.append(Int32(lead))
        piece.brackets.append(reading.bracket)
        piece.gaps.append(reading)
        // Where only a gap comes or goes, nothing is counted anew.
        let isSame = events.range(of: lead).elementsEqual(reading.list) { index, event in
          events.times[index] == event.time && events.codes[index] == event.code
        }
        if !isSame { piece.changes.append(lead, reading.list) }
      }
      return piece
    }
  }

  /// The history with its capture gaps.
  private static func told(
    _ history: CompanyHistory,
    _ noted: Gaps,
    _ tested: Int
  )
    -> CompanyHistory
  {
    let gaps = GapCounter()
    for lead in noted.untested.indices where noted.untested[lead] > 0 {
      for _ in 0..<noted.untested[lead] {
        gaps.note(.gateNotTestable, history.id(ofLead: lead))
      }
    }
    for lead in noted.handOffsMissed.indices where noted.handOffsMissed[lead] {
      gaps.note(.scoreWithoutHandOff, history.id(ofLead: lead))
    }
    gaps.setTotal(.gateNotTestable, tested)
    var result = history
    result.gaps += gaps.gaps
    return result
  }
}
