import Synchronization

/// A history under the scores that a question may ask for on entering a stage.
///
/// What if an MQL took 70 points rather than 60? Every lead is read under the score that was asked for first, and with it the scores are noted
/// that would give the same reading. Under another score only those leads are read again for which
/// it is none of these; so a control that moves a little costs little.
public final class ScoreWhatIf: Sendable {
  /// How all leads were read last.
  private struct Last {
    var cells: EmbeddedCells
    var score: Int
    /// For each lead the scores that would give the same reading.
    var brackets: [ScoreBracket]
    var gaps: GateGaps
    /// The leads whose events are not those under the first score.
    var changes: EventChanges
  }

  /// How some leads are read anew.
  private struct Piece: Sendable {
    var leads: [Int32] = []
    var brackets: [ScoreBracket] = []
    var gaps = GateGaps()
    /// Those whose events are not those under the first score.
    var changes = EventChanges()
  }

  private let gates: StageGates
  private let stage: Int
  /// As read under the first score.
  private let history: CompanyHistory
  private let origin: EmbeddedCells
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
    let readings = gates.readings()
    var read = history
    read.deferredEvents = Deferred(readings.events)
    self.gates = gates
    self.stage = stage
    self.history = read
    origin = EmbeddedCells(read)
    var told = read
    told.gaps += readings.gaps.told(of: read)
    last = Mutex(
      Last(
        cells: EmbeddedCells(told, shelf: origin.shelf),
        score: score,
        brackets: readings.brackets,
        gaps: readings.gaps,
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
      }
      last.gaps.replace(piece.leads, with: piece.gaps)
      changes.append(piece.changes)
    }
    last.changes = last.changes.replacing(Array(pieces.map(\.leads).joined()), with: changes)
    var read = history
    read.gaps += last.gaps.told(of: history)
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
}
