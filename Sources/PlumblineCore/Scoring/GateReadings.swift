/// What gates make of some leads, one after another.
struct GateReadings: Sendable {
  /// For each lead the other scores, asked for in place of this one, that would give the same.
  private(set) var brackets: [ScoreBracket] = []
  /// What nobody recorded.
  private(set) var gaps = GateGaps()
  private var starts = [0]
  private var times: [TimePoint] = []
  private var codes: [EventCode] = []

  /// The events as the gates let them count.
  var events: CompanyHistory.Events {
    CompanyHistory.Events(starts: starts, times: times, codes: codes)
  }

  /// Adds the next lead.
  mutating func append(_ reading: StageGates.Reading) {
    brackets.append(reading.bracket)
    gaps.append(reading)
    for event in reading.list {
      times.append(event.time)
      codes.append(event.code)
    }
    starts.append(times.count)
  }

  /// Adds the leads that follow.
  mutating func append(_ other: GateReadings) {
    let first = times.count
    brackets += other.brackets
    gaps.append(other.gaps)
    starts += other.starts.dropFirst().map { first + $0 }
    times += other.times
    codes += other.codes
  }
}

/// What could not be tested at gates, and hand-offs that nobody recorded: one entry a lead.
struct GateGaps: Sendable {
  /// How many entries were tested, or could not be.
  private var tested = 0
  /// How many of a lead's could not be.
  private var untested: [UInt16] = []
  private var handOffsMissed: [Bool] = []

  /// Adds the next lead.
  mutating func append(_ reading: StageGates.Reading) {
    tested += reading.tested
    untested.append(UInt16(clamping: reading.untested))
    handOffsMissed.append(reading.isHandOffMissed)
  }

  /// Adds the leads that follow.
  mutating func append(_ other: GateGaps) {
    tested += other.tested
    untested += other.untested
    handOffsMissed += other.handOffsMissed
  }

  /// Puts what was read of some leads anew in place of what was read before, as many entries being
  /// tested as then.
  ///
  /// - Parameters:
  ///   - leads: The leads.
  ///   - others: One entry for each of them.
  mutating func replace(_ leads: [Int32], with others: GateGaps) {
    for (index, lead) in leads.enumerated() {
      untested[Int(lead)] = others.untested[index]
      handOffsMissed[Int(lead)] = others.handOffsMissed[index]
    }
  }

  /// The gaps with the first few leads of each.
  func told(of history: CompanyHistory) -> [CaptureGap] {
    let gaps = GapCounter()
    for lead in untested.indices where untested[lead] > 0 {
      for _ in 0..<untested[lead] { gaps.note(.gateNotTestable, history.id(ofLead: lead)) }
    }
    for lead in handOffsMissed.indices where handOffsMissed[lead] {
      gaps.note(.scoreWithoutHandOff, history.id(ofLead: lead))
    }
    gaps.setTotal(.gateNotTestable, tested)
    return gaps.gaps
  }
}
