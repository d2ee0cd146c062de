import Synchronization

/// A source that remembers its latest answers.
///
/// For one agreement, one state of the facts and one as-of instant: whoever owns it makes a new one
/// when any of them changes, so that the question alone is the key.
public final class CachedCells: CellSource {
  /// So many questions are remembered.
  public static let mostQuestions = 64
  /// So many cells times stretches are remembered over all questions; an answer with more is not.
  static let mostCounts = 20_000

  private let source: any CellSource
  private let cells = Mutex(RecentAnswers<FunnelQuestion, FunnelCells>())
  private let reached = Mutex(RecentAnswers<ReachedQuestion, [[Int]]>())
  private let exitDays = Mutex<[BulkExitDay]?>(nil)

  private struct ReachedQuestion: Hashable {
    var question: FunnelQuestion
    var rules: [SkipRule]
  }

  /// A source in front of another.
  public init(_ source: any CellSource) { self.source = source }

  /// The cells that answer a question.
  public func cells(for question: FunnelQuestion) throws -> FunnelCells {
    if let known = cells.withLock({ $0.answer(to: question) }) { return known }
    let found = try source.cells(for: question)
    let size = found.cells.count * (1 + question.pairs.count)
    cells.withLock { $0.remember(found, of: question, size: size) }
    return found
  }

  /// How many episodes of a question reached each stage, under several skip rules.
  public func reached(
    for question: FunnelQuestion,
    under rules: [SkipRule]
  ) throws -> [[Int]] {
    let asked = ReachedQuestion(question: question, rules: rules)
    if let known = reached.withLock({ $0.answer(to: asked) }) { return known }
    let found = try source.reached(for: question, under: rules)
    reached.withLock { $0.remember(found, of: asked, size: 1) }
    return found
  }

  /// The ids of the leads behind one number of a cell, sorted; not remembered.
  public func leadIDs(for question: RecordQuestion) throws -> [String] {
    try source.leadIDs(for: question)
  }

  /// The leads handed to sales; not remembered.
  public func work(
    for question: FunnelQuestion
  ) throws -> (summary: WorkSummary, cells: WorkCells) {
    try source.work(for: question)
  }

  /// The days on which somebody seems to have tidied up, oldest first.
  public func bulkExitDays() throws -> [BulkExitDay] {
    if let known = exitDays.withLock({ $0 }) { return known }
    let found = try source.bulkExitDays()
    exitDays.withLock { $0 = found }
    return found
  }
}

/// The latest answers, the one not asked for longest forgotten first.
struct RecentAnswers<Question: Hashable & Sendable, Answer: Sendable>: Sendable {
  private struct Entry {
    var answer: Answer
    var size: Int
    var lastAsked: Int
  }

  private var entries: [Question: Entry] = [:]
  private var clock = 0
  private var size = 0

  /// The answer, if it is remembered.
  mutating func answer(to question: Question) -> Answer? {
    guard entries[question] != nil else { return nil }
    clock += 1
    entries[question]?.lastAsked = clock
    return entries[question]?.answer
  }

  /// Remembers an answer, and forgets others for it.
  mutating func remember(_ answer: Answer, of question: Question, size: Int) {
    guard size <= CachedCells.mostCounts else { return }
    clock += 1
    forget(question)
    entries[question] = Entry(answer: answer, size: size, lastAsked: clock)
    self.size += size
    while entries.count > CachedCells.mostQuestions || self.size > CachedCells.mostCounts {
      let oldest = entries.min { $0.value.lastAsked < $1.value.lastAsked }
      guard let oldest else { return }
      forget(oldest.key)
    }
  }

  private mutating func forget(_ question: Question) {
    guard let entry = entries.removeValue(forKey: question) else { return }
    size -= entry.size
  }
}
