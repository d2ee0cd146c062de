/// Quarters of leads by their score, the coldest first.
///
/// Leads of one score stay together, so that quarters may be unequal, and fewer than four.
struct ScoreBands {
  /// The highest score of each band but the last.
  private let limits: [Int]
  /// The band of leads without a score; nil when all or none have one.
  private let bandWithoutScore: Int?

  /// The bands of some leads; nil stands for a lead without a score.
  ///
  /// - Complexity: O(n log n).
  init(_ scores: [Int?]) {
    let known = scores.compactMap(\.self).sorted()
    var limits: [Int] = []
    for quarter in 1..<4 where !known.isEmpty {
      let limit = known[(quarter * known.count + 3) / 4 - 1]
      if limit < known[known.count - 1], limits.last.map({ $0 < limit }) ?? true {
        limits.append(limit)
      }
    }
    self.limits = limits
    let isMixed = !known.isEmpty && known.count < scores.count
    bandWithoutScore = isMixed ? limits.count + 1 : nil
  }

  /// How many bands there are.
  var count: Int { limits.count + 1 + (bandWithoutScore == nil ? 0 : 1) }

  /// The band of a lead, from 0.
  func band(of score: Int?) -> Int {
    guard let score else { return bandWithoutScore ?? 0 }
    return limits.firstIndex { score <= $0 } ?? limits.count
  }
}
