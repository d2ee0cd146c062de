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

  /// The cells that answer a question.
  ///
  /// - Complexity: O(episodes x stages), on all processors; O(events) where only the rule differs
  ///   from one asked before, and the episodes of few leads with it.
  public func cells(for question: FunnelQuestion) -> FunnelCells {
    patchedCells(for: question)
      ?? CellPass(history, journeys(under: question.rule), question).cells()
  }

  /// The cells of a question under a rule whose journeys are not at hand, from those under the rule
  /// whose are; nil where that would not pay.
  private func patchedCells(for question: FunnelQuestion) -> FunnelCells? {
    guard let patch = shelf.patch(to: question.rule) else { return nil }
    let pass = CellPass(history, patch.base, question)
    guard pass.mostCounts <= Self.mostKeptCounts, pass.covers(patch.changed) else { return nil }
    let whole = kept(by: TallyKey(pass, patch.base.rule)) { pass.tally() }
    var tally = whole.read(by: pass)
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
      guard let patch = shelf.patch(to: question.rule) else {
        let pass = CellPass(history, journeys(under: question.rule), question)
        return pass.reached(under: rules)
      }
      let pass = CellPass(history, patch.base, question)
      let rule = patch.base.rule
      let key = ReachedKey(tally: TallyKey(pass, rule), rules: rules)
      let whole = kept(by: key) { pass.reached(under: rules, reading: rule) }
      let before = pass.reached(under: rules, reading: rule, of: patch.leads)
      let after = pass.reached(under: rules, reading: question.rule, of: patch.leads)
      return whole.indices.map { index in
        whole[index].indices.map { whole[index][$0] - before[index][$0] + after[index][$0] }
      }
    }
    return rules.map { rule in
      var other = question
      other.rule = question.rule.with(rule)
      other.by = []
      other.pairs = []
      return cells(for: other).total?.reached ?? history.agreement.path.map { _ in 0 }
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
      case .open(let stage): pass.outcome(from: stage, row: row) == .open
      case .residual(let stage): pass.outcome(from: stage, row: row) == .residual
      }
    }
    return Set(rows.map { journeys.leads[$0] }).map { history.id(ofLead: Int($0)) }.sorted()
  }

  /// The journeys under a rule.
  public func journeys(under rule: JourneyRule) -> Journeys { shelf.journeys(under: rule) }
}

/// The journeys of a history under the rules that were asked for.
final class JourneyShelf: Sendable {
  /// Besides the first, which is the one that most questions ask for.
  private static let mostKept = 3

  /// What else was counted from the history.
  let keepsakes = Keepsakes()

  /// What a rule changes; nothing where a patch would not pay.
  private struct Change {
    let rule: JourneyRule
    let patch: JourneyPatch?
  }

  private let history: CompanyHistory
  private let kept: Mutex<[Journeys]>
  private let changes = Mutex<[Change]>([])

  init(_ history: CompanyHistory, _ first: Journeys?) {
    self.history = history
    kept = Mutex(first.map { [$0] } ?? [])
  }

  /// What a rule changes of the first journeys; nil where there are none, where the journeys under
  /// that rule are at hand, and where it changes most of them.
  func patch(to rule: JourneyRule) -> JourneyPatch? {
    let base = kept.withLock { kept in kept.contains { $0.rule == rule } ? nil : kept.first }
    guard let base else { return nil }
    return changes.withLock { changes in
      if let known = changes.first(where: { $0.rule == rule }) { return known.patch }
      let change = Change(rule: rule, patch: JourneyPatch(of: base, to: rule, in: history))
      if changes.count > Self.mostKept { changes.removeFirst() }
      changes.append(change)
      return change.patch
    }
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
