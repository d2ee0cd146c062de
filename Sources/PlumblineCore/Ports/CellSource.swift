/// Where cells come from: the embedded engine, or the same question as SQL in a warehouse.
public protocol CellSource: Sendable {
  /// The cells that answer a question.
  func cells(for question: FunnelQuestion) throws -> FunnelCells

  /// How many episodes of a question reached each stage, one list a skip rule; its dimensions and
  /// stretches do not matter.
  func reached(for question: FunnelQuestion, under rules: [SkipRule]) throws -> [[Int]]

  /// The ids of the leads behind one number of a cell, sorted.
  func leadIDs(for question: RecordQuestion) throws -> [String]

  /// The leads handed to sales among a question's episodes, counted by channel, owner, segment,
  /// score and follow-up, and what became of every hand-off on its way into the counts.
  ///
  /// The question's dimensions and stretches do not matter.
  func work(for question: FunnelQuestion) throws -> (summary: WorkSummary, cells: WorkCells)

  /// The days on which somebody seems to have tidied up, oldest first.
  func bulkExitDays() throws -> [BulkExitDay]
}

extension CellSource {
  /// How many episodes of a question reached each stage, asked for rule by rule.
  ///
  /// - Throws: What the source throws.
  public func reached(
    for question: FunnelQuestion,
    under rules: [SkipRule]
  ) throws -> [[Int]] {
    try rules.map { rule in
      var other = question
      other.rule = question.rule.with(rule)
      other.by = []
      other.pairs = []
      let cells = try cells(for: other).cells
      return cells.dropFirst().reduce(cells.first?.reached ?? []) { zip($0, $1.reached).map(+) }
    }
  }
}

/// Which records are wanted: a cell, and a number in it.
public struct RecordQuestion: Hashable, Sendable {
  /// A number of a cell that can be opened.
  public enum Number: Hashable, Sendable {
    /// Episodes that reached a stage.
    case reached(stage: Int)
    /// Episodes that went from a stage to the next.
    case advanced(from: Int)
    /// Episodes that left the path from a stage.
    case detoured(from: Int)
    /// Episodes that left the path from a stage by one detour.
    case left(from: Int, by: Int)
    /// Episodes still in a stage.
    case open(in: Int)
    /// Episodes whose next stage is dated before the stage.
    case residual(from: Int)
  }

  /// The question whose cell is opened; its filters choose the cell.
  public var question: FunnelQuestion
  /// The number that is opened.
  public var number: Number

  /// A question for records.
  public init(_ question: FunnelQuestion, number: Number) {
    self.question = question
    self.number = number
  }
}
