import PlumblineStatistics
import Synchronization

/// The embedded engine: cells by one pass over journeys.
///
/// Journeys are read when a question first asks for their rule, and kept.
public struct EmbeddedCells: CellSource {
  /// The facts that it counts.
  public let history: CompanyHistory
  let shelf: JourneyShelf

  /// An engine over a history.
  public init(_ history: CompanyHistory) {
    self.history = history
    shelf = JourneyShelf(history, nil)
  }

  /// An engine over a history whose journeys under one rule are at hand.
  ///
  /// - Parameters:
  ///   - history: The history.
  ///   - journeys: Journeys of this history.
  public init(_ history: CompanyHistory, journeys: Journeys) {
    self.history = history
    shelf = JourneyShelf(history, journeys)
  }

  init(_ history: CompanyHistory, shelf: JourneyShelf) {
    self.history = history
    self.shelf = shelf
  }

  /// An engine over a history that differs from another's in what happened to some leads.
  ///
  /// - Parameters:
  ///   - history: The history.
  ///   - origin: The other engine.
  ///   - changes: The events of the leads that have others than there.
  init(_ history: CompanyHistory, changing origin: EmbeddedCells, _ changes: EventChanges) {
    self.history = history
    shelf = JourneyShelf(history, nil, JourneyShelf.Origin(cells: origin, changes: changes))
  }

  /// The cells that answer a question.
  ///
  /// - Complexity: O(episodes x stages), on all processors; O(events) where only the rule differs
  ///   from one asked before, and the episodes of few leads with it.
  public func cells(for question: FunnelQuestion) -> FunnelCells {
    if let patched = patchedCells(for: question) { return patched }
    let pass = CellPass(history, journeys(under: question.rule), question)
    guard pass.mostCounts <= Self.mostKeptCounts else { return pass.cells() }
    // The same cells are asked for again and again: for horizons, and to take a what-if off.
    var tally = tally(of: pass, under: question.rule, on: shelf)
    let money = CellMoney(&tally)
    return tally.finish(money)
  }

  /// The counts of a pass, which are kept.
  private func tally(
    of pass: CellPass,
    under rule: JourneyRule,
    on shelf: JourneyShelf
  ) -> CellTally {
    shelf.tallies.value(for: TallyKey(pass, rule)) { pass.tally() }.read(by: pass)
  }

  /// The cells of a question under a rule whose journeys are not at hand, from those under the rule
  /// whose are; nil where that would not pay.
  private func patchedCells(for question: FunnelQuestion) -> FunnelCells? {
    guard let patch = shelf.patch(to: question.rule) else { return nil }
    let pass = CellPass(history, patch.base, question)
    guard pass.mostCounts <= Self.mostKeptCounts, pass.covers(patch.changed) else { return nil }
    var tally = tally(of: pass, under: patch.base.rule, on: shelf.base)
    tally.merge(pass.tally(patch.changedRows, of: patch.changed))
    tally.subtract(pass.tally(patch.replacedRows, of: patch.base))
    let money = CellMoney(&tally, changed: patch.changed)
    return tally.finish(money)
  }

  /// Counts of cells that are kept for one question, 4 bytes each.
  private static let mostKeptCounts = 1 << 20

  /// What the counts of a tally depend on: names are none of it, for others may see other names.
  private struct TallyKey: Hashable {
    let question: FunnelQuestion
    let passing: [[Bool]]

    init(_ pass: CellPass, _ rule: JourneyRule) {
      var question = pass.question
      question.rule = rule
      for index in question.filters.indices { question.filters[index].values = [] }
      self.question = question
      passing = pass.passing
    }
  }

  /// What `reached(for:under:)` counts of all leads.
  private struct ReachedKey: Hashable {
    let tally: TallyKey
    let rules: [SkipRule]
  }

  /// How many episodes of a question reached each stage, under several skip rules.
  ///
  /// Journeys that nobody has asked for yet are not kept for it.
  ///
  /// - Complexity: O(events x stages x rules).
  public func reached(for question: FunnelQuestion, under rules: [SkipRule]) -> [[Int]] {
    // By which day an episode counts is the same under every skip rule for the first stage only.
    if question.datedBy == 0, rules.contains(where: { !shelf.holds(question.rule.with($0)) }) {
      if let patched = patchedReached(for: question, under: rules) { return patched }
      let pass = CellPass(history, journeys(under: question.rule), question)
      return pass.reached(under: rules)
    }
    return rules.map { rule in
      var other = question
      other.rule = question.rule.with(rule)
      other.by = []
      other.pairs = []
      return cells(for: other).total?.reached ?? history.agreement.path.map { _ in 0 }
    }
  }

  /// The same from what the journeys at hand gave, see `patchedCells(for:)`.
  private func patchedReached(
    for question: FunnelQuestion,
    under rules: [SkipRule]
  ) -> [[Int]]? {
    guard let patch = shelf.patch(to: question.rule) else { return nil }
    let pass = CellPass(history, patch.base, question)
    guard pass.covers(patch.changed) else { return nil }
    let (base, rule) = (shelf.base, patch.base.rule)
    let key = ReachedKey(tally: TallyKey(pass, rule), rules: rules)
    let whole = base.tallies.value(for: key) {
      pass.reached(under: rules, reading: rule, in: base.history)
    }
    let before = pass.reached(under: rules, reading: rule, of: patch.leads, in: base.history)
    let after = pass.reached(
      under: rules,
      reading: question.rule,
      of: patch.leads,
      in: base.history,
      patch.events
    )
    return whole.indices.map { index in
      whole[index].indices.map { whole[index][$0] - before[index][$0] + after[index][$0] }
    }
  }

  /// The ids of the leads behind one number of a cell, sorted.
  ///
  /// - Complexity: O(episodes).
  public func leadIDs(for question: RecordQuestion) -> [String] {
    let journeys = journeys(under: question.question.rule)
    let pass = CellPass(history, journeys, question.question)
    let rows = pass.wantedRows { row in
      switch question.number {
      case .reached(let stage): journeys.reached[stage][row].isPresent
      case .advanced(let stage): pass.outcome(from: stage, row: row) == .advanced
      case .detoured(let stage):
        if case .detoured = pass.outcome(from: stage, row: row) { true } else { false }
      case .left(let stage, let detour): pass.outcome(from: stage, row: row) == .detoured(detour)
      case .open(let stage): pass.outcome(from: stage, row: row) == .open
      case .residual(let stage): pass.outcome(from: stage, row: row) == .residual
      }
    }
    return Set(rows.map { journeys.leads[$0] }).map { history.id(ofLead: Int($0)) }.sorted()
  }

  /// The journeys under a rule.
  public func journeys(under rule: JourneyRule) -> Journeys { shelf.journeys(under: rule) }

  /// A rule whose journeys are at hand, for questions to which any will do; nil where none are.
  public var ruleAtHand: JourneyRule? { shelf.base.first?.rule }
}

/// The journeys of a history under the rules that were asked for.
final class JourneyShelf: Sendable {
  /// Besides the first, which is the one that most questions ask for.
  private static let mostKept = 3

  /// What else was counted from the history.
  let keepsakes = Keepsakes()
  /// What was counted of episodes.
  let tallies = Keepsakes()

  /// What a rule changes; nothing where a patch would not pay.
  private struct Change {
    let rule: JourneyRule
    let patch: JourneyPatch?
  }

  /// Another engine, and the events of the leads that have others than there.
  struct Origin {
    let cells: EmbeddedCells
    let changes: EventChanges
  }

  let history: CompanyHistory
  private let origin: Origin?
  private let kept: Mutex<[Journeys]>
  private let changes = Mutex<[Change]>([])

  init(_ history: CompanyHistory, _ first: Journeys?, _ origin: Origin? = nil) {
    self.history = history
    self.origin = origin
    kept = Mutex(first.map { [$0] } ?? [])
  }

  /// The shelf whose journeys patches are put onto.
  var base: JourneyShelf { origin?.cells.shelf ?? self }

  /// What a rule changes of the first journeys of `base`; nil where there are none, where the
  /// journeys under that rule are at hand, and where it changes most of them.
  func patch(to rule: JourneyRule) -> JourneyPatch? {
    guard !holds(rule), let first = base.first(or: origin == nil ? nil : rule) else { return nil }
    return changes.withLock { changes in
      if let known = changes.first(where: { $0.rule == rule }) { return known.patch }
      let patch = JourneyPatch(of: first, to: rule, in: base.history, changes: origin?.changes)
      if changes.count > Self.mostKept { changes.removeFirst() }
      changes.append(Change(rule: rule, patch: patch))
      return patch
    }
  }

  /// The first journeys that were asked for; nil where there are none yet.
  var first: Journeys? { kept.withLock(\.first) }

  /// The same; those under a rule where there are none yet.
  private func first(or rule: JourneyRule?) -> Journeys? {
    first ?? rule.map { journeys(under: $0) }
  }

  /// Whether the journeys under a rule are at hand.
  func holds(_ rule: JourneyRule) -> Bool {
    kept.withLock { $0.contains { $0.rule == rule } }
  }

  /// The journeys under a rule; whoever asks meanwhile waits, so that nothing is read twice.
  func journeys(under rule: JourneyRule) -> Journeys {
    kept.withLock { kept in
      if let known = kept.first(where: { $0.rule == rule }) { return known }
      var made = Journeys(history, rule: rule)
      if let first = kept.first { made = made.sharingActivityCounts(with: first) }
      if kept.count > Self.mostKept { kept.remove(at: 1) }
      kept.append(made)
      return made
    }
  }
}
