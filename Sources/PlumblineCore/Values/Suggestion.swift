/// "Did you mean": the nearest of a list of known words.
public enum Suggestion {
  /// The candidate nearest to a word, when it is near enough to be a likely slip.
  ///
  /// Distance is optimal string alignment (insert, delete, replace, swap neighbours), ignoring
  /// case; a candidate is near when it needs at most a third of the word's letters changed.
  ///
  /// - Complexity: O(candidates x letters²).
  public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let target = Array(word.lowercased().unicodeScalars.prefix(64))
    var best: (distance: Int, candidate: String)?
    for candidate in candidates {
      let other = Array(candidate.lowercased().unicodeScalars.prefix(64))
      let distance = distance(target, other)
      guard distance <= max(1, max(target.count, other.count) / 3) else { continue }
      if best.map({ distance < $0.distance }) ?? true { best = (distance, candidate) }
    }
    return best?.candidate
  }

  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1] + Array(repeating: 0, count: right.count)
      for column in right.indices {
        let cost = left[row] == right[column] ? 0 : 1
        var value = min(last[column + 1] + 1, current[column] + 1, last[column] + cost)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          value = min(value, beforeLast[column - 1] + 1)
        }
        current[column + 1] = value
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
