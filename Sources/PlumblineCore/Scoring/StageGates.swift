/// Lets the stages of a history count only where their gates let them.
///
/// **A recorded entry** of a gated stage counts when every condition that is on record holds: the
/// score at that time, the qualifying factors known by then, and sales' word during the same pass.
/// What nobody recorded stands in nobody's way: the entry counts, and is a capture gap. An entry
/// that does not count leaves the lead where it would be without it, on the first stage; a later
/// stage on record stays, and the skip rule says what that means. On an entry known to the day a
/// condition holds when it held at any time of that day.
///
/// **Where scores are computed a gate that asks for nothing else also suffices, before the stage
/// that hands leads to sales**: a lead without an entry that counts enters at the first instant at
/// which its score reaches the gate, as long as it has neither left the path nor gone further by
/// then. From the hand-off on, a gate only tests entries on record: a score alone never hands a lead
/// over, for sales got nothing. A lead whose score reaches such a gate and that nobody handed over
/// is a capture gap.
///
/// Each time is read under the version of the agreement in force then.
///
/// A class, so that reading a lead copies nothing but a reference.
public final class StageGates: Sendable {
  private let history: CompanyHistory
  private let events: CompanyHistory.Events
  private let judge: GateJudge
  /// The stages whose gate a score alone passes, under some version.
  private let sufficing: [Bool]
  /// The stage on whose gate another score is asked for.
  private let asked: Int?
  /// The stage that hands leads to sales.
  private let handOff: Int

  /// Whether an agreement, or an earlier version of it, has a gate that could change anything.
  public static func areAgreed(in agreement: Agreement) -> Bool {
    GateVersions.hasGates(agreement)
  }

  /// The history with its events as the gates let them count.
  ///
  /// The history itself, and nothing is read, where no version of its agreement has a gate.
  ///
  /// - Parameters:
  ///   - history: The history.
  ///   - store: The store that it was read from.
  ///   - last: The newest import that counts; all when nil.
  /// - Returns: The history; journeys made of the one given do not fit it.
  /// - Throws: What the store throws.
  /// - Complexity: O(leads + attributes + touches x rules + events).
  public static func apply(
    to history: CompanyHistory,
    reading store: some FactStore,
    through last: Int? = nil
  ) throws -> CompanyHistory {
    guard GateVersions.hasGates(history.agreement) else { return history }
    let ledger = try ledger(of: store, through: last)
    try history.load([.events])
    return apply(to: history, ledger)
  }

  /// The facts that gates are tested on.
  static func ledger(of store: some FactStore, through last: Int?) throws -> Ledger {
    try Ledger(
      reading: store,
      through: last,
      kinds: [.attribute, .disposition, .lead, .merge, .touch]
    )
  }

  /// The history with its events as the gates let them count.
  ///
  /// - Parameters:
  ///   - history: The history.
  ///   - ledger: A ledger that holds all leads and merges of the history.
  /// - Returns: The history; journeys made of the one given do not fit it.
  public static func apply(to history: CompanyHistory, _ ledger: Ledger) -> CompanyHistory {
    guard GateVersions.hasGates(history.agreement) else { return history }
    return StageGates(history, ledger).applied()
  }

  init(_ history: CompanyHistory, _ ledger: Ledger) {
    self.history = history
    events = history.events
    handOff = history.agreement.handOffStage
    asked = nil
    let attributes = LeadAttributes(ledger, asOf: history.asOf)
    var versions = GateVersions(history.agreement)
    var touches: LeadTouches?
    versions.addScores { scoring in
      let known = touches ?? LeadTouches(ledger, for: history)
      touches = known
      return LeadScores(scoring, attributes, known, of: history)
    }
    judge = GateJudge(versions, attributes, Dispositions(ledger, for: history), of: history)
    sufficing = history.agreement.path.indices.map { stage in
      versions.versions.contains { Self.suffices($0, stage) }
    }
  }

  /// The same gates with another score asked for on entering a stage.
  func asking(_ score: Int, on stage: Int) -> StageGates {
    StageGates(self, judge.asking(score, on: stage), asked: stage)
  }

  private init(_ other: StageGates, _ judge: GateJudge, asked: Int) {
    history = other.history
    events = other.events
    sufficing = other.sufficing
    handOff = other.handOff
    self.judge = judge
    self.asked = asked
  }

  /// What gates make of the events of a lead.
  struct Reading: Sendable {
    /// The events as the gates let them count.
    fileprivate(set) var list: [(time: TimePoint, code: EventCode)]
    /// How many entries were tested.
    fileprivate(set) var tested = 0
    /// How many of them could not be.
    fileprivate(set) var untested = 0
    /// Whether the score reached the gate of the hand-off, or of a later stage, without one.
    fileprivate(set) var isHandOffMissed = false
    /// The other scores, asked for in place of this one, that would give the same reading.
    fileprivate(set) var bracket = ScoreBracket()
  }

  private func applied() -> CompanyHistory {
    let readings = readings()
    var result = history
    result.deferredEvents = Deferred(readings.events)
    result.gaps += readings.gaps.told(of: history)
    return result
  }

  /// Reads the events of all leads, on all processors.
  func readings() -> GateReadings {
    let pieces = LeadRanges(count: history.leads.ids.count).map { leads in
      leads.reduce(into: GateReadings()) { $0.append(reading(of: $1)) }
    }
    return pieces.reduce(into: GateReadings()) { $0.append($1) }
  }

  private typealias Event = (time: TimePoint, code: EventCode)

  /// Reads the events of a lead.
  func reading(of lead: Int) -> Reading {
    var reading = Reading(
      list: events.range(of: lead).map { (time: events.times[$0], code: events.codes[$0]) }
    )
    // As recorded, whatever gates say of it.
    let (first, last) = (events.starts[lead], events.starts[lead + 1])
    func passes() -> [Instant?] { beginnings(first..<last) }
    let isHandedOver = reading.list.contains { ($0.code.stageIndex ?? -1) >= handOff }
    var isChanged = false
    var other = ScoreBracket()
    for index in reading.list.indices {
      guard let stage = reading.list[index].code.stageIndex, stage > 0 else { continue }
      let time = reading.list[index].time
      let verdict =
        stage == asked
        ? judge.verdict(on: stage, at: time, of: lead, passes: passes, noting: &reading.bracket)
        : judge.verdict(on: stage, at: time, of: lead, passes: passes, noting: &other)
      guard let verdict else { continue }
      reading.tested += 1
      switch verdict {
      case .passed: break
      case .untested: reading.untested += 1
      case .failed:
        reading.list[index].code = .stage(0)
        isChanged = true
      }
    }
    let path = sufficing.indices
    for stage in path.prefix(handOff).dropFirst() {
      guard let time = computedEntry(of: stage, lead, &reading) else { continue }
      reading.list.append((time, .stage(stage)))
      isChanged = true
    }
    if !isHandedOver {
      for stage in path.dropFirst(handOff)
      where computedEntry(of: stage, lead, &reading) != nil {
        reading.isHandOffMissed = true
        break
      }
    }
    if isChanged { reading.list = Self.ordered(reading.list) }
    return reading
  }

  /// When a lead without an entry that counts reached a gate that asks for a score only.
  private func computedEntry(
    of stage: Int,
    _ lead: Int,
    _ reading: inout Reading
  ) -> TimePoint? {
    guard sufficing[stage], !reading.list.contains(where: { $0.code == .stage(stage) }),
      let beginning = reading.list.first(where: { $0.time.isDated && !$0.code.isDetour })?.time
    else { return nil }
    var last = history.asOf
    for event in reading.list where event.time.isDated {
      if event.code.isDetour {
        last = min(last, event.time.instant.advanced(bySeconds: -1))
      } else if let other = event.code.stageIndex, other > stage {
        last = min(last, event.time.instant)
      }
    }
    for span in judge.versions.spans {
      let version = judge.versions.versions[span.version]
      let start = max(beginning.instant, span.start ?? beginning.instant)
      let end = min(last, span.end ?? last)
      guard Self.suffices(version, stage), start <= end,
        let threshold = version.gates[stage]?.score, let scores = version.scores,
        scores.isComputed(lead)
      else { continue }
      var other = ScoreBracket()
      let found =
        stage == asked
        ? scores.firstTime(
          reaching: threshold,
          of: lead,
          within: start...end,
          noting: &reading.bracket
        )
        : scores.firstTime(reaching: threshold, of: lead, within: start...end, noting: &other)
      guard let found else { continue }
      return found.instant == beginning.instant ? beginning : found
    }
    return nil
  }

  private static func suffices(_ version: GateVersions.Version, _ stage: Int) -> Bool {
    guard let gate = version.gates[stage], version.scores != nil else { return false }
    return gate.score != nil && gate.factors == nil && gate.acceptedBy == nil
  }

  /// When the passes of a lead along the path began: the first without a beginning, then with each
  /// return after a detour.
  private func beginnings(_ range: Range<Int>) -> [Instant?] {
    var passes: [Instant?] = [nil]
    var hasLeft = false
    for index in range where events.times[index].isDated {
      if events.codes[index].isDetour {
        hasLeft = true
      } else if hasLeft {
        passes.append(events.times[index].instant)
        hasLeft = false
      }
    }
    return passes
  }

  /// Events by time, undated ones first, then by what happened, then as they were.
  private static func ordered(_ list: [Event]) -> [Event] {
    list.enumerated().sorted { left, right in
      let keys = (left.element.time.sortKey, right.element.time.sortKey)
      if keys.0 != keys.1 { return keys.0 < keys.1 }
      return (left.element.code, left.offset) < (right.element.code, right.offset)
    }.map(\.element)
  }
}
