import Synchronization

/// A history under the scores that a question may ask for on entering a stage: what if an MQL took
/// 70 points rather than 60?
///
/// Every lead is read once, under the score that was asked for first, and with it the scores are
/// noted that would give the same reading. Under another score only those leads are read again for
/// which it is none of these.
public final class ScoreWhatIf: Sendable {
  /// What was noted of all leads.
  private struct Notes {
    /// For each lead the scores that would give the same reading.
    var brackets: [ScoreBracket] = []
    var tested = 0
    var gaps = Gaps()
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

  /// What is said of leads whose reading changes.
  private struct Piece: Sendable {
    var changes = EventChanges()
    var leads: [Int32] = []
    /// One entry a lead.
    var gaps = Gaps()
  }

  private let gates: StageGates
  private let stage: Int
  private let first: Int
  private let history: CompanyHistory
  private let notes: Notes
  private let origin: EmbeddedCells
  private let newest = Mutex<(score: Int, cells: EmbeddedCells)?>(nil)

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
    var (starts, times, codes, notes) = ([0], [TimePoint](), [EventCode](), Notes())
    for reading in pieces.joined() {
      notes.brackets.append(reading.bracket)
      notes.tested += reading.tested
      notes.gaps.append(reading)
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
    self.first = score
    self.history = read
    self.notes = notes
    origin = EmbeddedCells(read)
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
    let cells = newest.withLock { newest in
      if let newest, newest.score == score { return newest.cells }
      let made = made(under: score)
      newest = (score, made)
      return made
    }
    return cells.viewing(cells.history.asked(under: agreement))
  }

  private func made(under score: Int) -> EmbeddedCells {
    if score == first {
      return EmbeddedCells(told(history, notes.gaps), shelf: origin.shelf)
    }
    let gates = gates.asking(score, on: stage)
    let events = history.events
    let pieces = LeadRanges(count: notes.brackets.count).map { leads in
      var piece = Piece()
      for lead in leads where !notes.brackets[lead].contains(score) {
        let reading = gates.reading(of: lead)
        piece.leads.append(Int32(lead))
        piece.gaps.append(reading)
        // Where only a gap comes or goes, nothing is counted anew.
        let isSame = events.range(of: lead).elementsEqual(reading.list) { index, event in
          events.times[index] == event.time && events.codes[index] == event.code
        }
        if !isSame { piece.changes.append(lead, reading.list) }
      }
      return piece
    }
    var all = EventChanges()
    var gaps = notes.gaps
    for piece in pieces {
      for (index, lead) in piece.leads.enumerated() {
        gaps.untested[Int(lead)] = piece.gaps.untested[index]
        gaps.handOffsMissed[Int(lead)] = piece.gaps.handOffsMissed[index]
      }
      all.append(piece.changes)
    }
    let changes = all
    var read = told(history, gaps)
    read.deferredEvents = Deferred(loading: { [history] in changes.applied(to: history.events) })
    return EmbeddedCells(read, changing: origin, changes)
  }

  /// The history with its capture gaps.
  private func told(_ history: CompanyHistory, _ noted: Gaps) -> CompanyHistory {
    let gaps = GapCounter()
    for lead in noted.untested.indices where noted.untested[lead] > 0 {
      for _ in 0..<noted.untested[lead] {
        gaps.note(.gateNotTestable, history.id(ofLead: lead))
      }
    }
    for lead in noted.handOffsMissed.indices where noted.handOffsMissed[lead] {
      gaps.note(.scoreWithoutHandOff, history.id(ofLead: lead))
    }
    gaps.setTotal(.gateNotTestable, notes.tested)
    var result = history
    result.gaps += gaps.gaps
    return result
  }
}
