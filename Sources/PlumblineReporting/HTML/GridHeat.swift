import Foundation

/// The colours of a grid: four steps on each side of a quiet middle, at the same effects in every
/// report.
///
/// The steps stand at odds 1.1, 1.25, 1.5 and 2 times those of the others: what a decision rule
/// calls lower begins at the second. In percentage points they are where those odds lead from a
/// given share.
struct GridHeat {
  /// Where each step begins, in the grid's measure, the faintest first.
  let steps: [Double]

  init(_ measure: GridPicture.Measure) {
    let odds = [1.1, 1.25, 1.5, 2].map { log($0) }
    switch measure {
    case .logOdds: steps = odds
    case .points(let share):
      let base = share.isFinite && share > 0 && share < 1 ? share : 0.2
      steps = odds.map { $0 * base * (1 - base) }
    }
  }

  /// The class of an effect's colour.
  func kind(of value: Double) -> String {
    let level = steps.count { abs(value) >= $0 }
    return level == 0 ? "even" : "\(value < 0 ? "low" : "high")-\(level)"
  }

  /// Every colour with the effect at which it begins, from the worst to the best.
  var key: [(kind: String, value: Double)] {
    let levels = Array(steps.enumerated())
    return levels.reversed().map { ("low-\($0.offset + 1)", -$0.element) } + [("even", 0)]
      + levels.map { ("high-\($0.offset + 1)", $0.element) }
  }
}
