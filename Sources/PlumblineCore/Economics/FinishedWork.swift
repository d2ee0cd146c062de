/// How much work leads took that are won or have left.
struct FinishedWork {
  private var sums: [String: (work: Double, count: Int)] = [:]
  private let isDone: [Bool]
  /// The mean over all of them; nil without any.
  let pooled: Double?

  /// So many finished leads of its own say how much work a line's leads take.
  static let fewest = 10

  init(_ touches: SalesTouches, _ journeys: Journeys, group: (Int) -> String) {
    let last = journeys.stageCount - 1
    isDone = (0..<journeys.count).map { row in
      journeys.exits[row].isPresent || journeys.reached[last][row].isPresent
    }
    var all = (work: 0.0, count: 0)
    for row in 0..<journeys.count where isDone[row] {
      let group = group(row)
      let known = sums[group] ?? (0, 0)
      sums[group] = (known.work + touches.weights[row], known.count + 1)
      all = (all.work + touches.weights[row], all.count + 1)
    }
    pooled = all.count > 0 ? all.work / Double(all.count) : nil
  }

  /// Whether an episode is won or has left.
  func isFinished(_ row: Int) -> Bool { isDone[row] }

  /// The mean of a line's finished leads; everybody's where it has few.
  func mean(of group: String) -> Double? {
    guard let own = sums[group], own.count >= Self.fewest else { return pooled }
    return own.work / Double(own.count)
  }
}
