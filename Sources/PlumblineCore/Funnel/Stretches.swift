/// The stretches of a path whose rates an answer gives: each step, the whole path, the close.
public struct Stretches: Sendable {
  /// All pairs, in the order of the question.
  public let pairs: [StagePair]
  /// The stage from which a lead is closed, or nil on a path of two stages.
  public let closingStage: Int?

  /// The stretches of an agreement's path.
  public init(_ agreement: Agreement) {
    let last = agreement.path.count - 1
    var pairs = (0..<max(0, last)).map { StagePair(from: $0, to: $0 + 1) }
    let closing =
      agreement.path.firstIndex { $0.evidence.contains(.meetingHeld) }
      ?? agreement.path.firstIndex { $0.evidence.contains(.dealCreated) } ?? (last - 1)
    closingStage = last >= 2 && closing < last ? closing : nil
    if last >= 2 { pairs.append(StagePair(from: 0, to: last)) }
    if let closingStage, closingStage > 0, closingStage + 1 < last {
      pairs.append(StagePair(from: closingStage, to: last))
    }
    self.pairs = pairs
  }

  /// The position of a pair in the question.
  public func index(from: Int, to: Int) -> Int? {
    pairs.firstIndex(of: StagePair(from: from, to: to))
  }
}
