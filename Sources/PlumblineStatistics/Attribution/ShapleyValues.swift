/// A fair division of a joint result among those who brought it about.
public enum ShapleyValues {
  /// The most players that all subsets are tried for.
  public static let mostPlayers = 12

  /// Each player's mean contribution over every order in which the players could join.
  ///
  /// The shares add up to the value of everybody minus the value of nobody.
  ///
  /// - Parameters:
  ///   - playerCount: The number of players, 0...12.
  ///   - value: The value of a subset; bit k stands for player k. Called once for each subset.
  /// - Returns: One share per player.
  /// - Precondition: There are at most 12 players.
  /// - Complexity: O(2^n · n), and 2^n calls of `value`.
  /// - SeeAlso: Shapley (1953), Contributions to the Theory of Games 2:307.
  public static func shares(playerCount: Int, value: (_ members: Int) -> Double) -> [Double] {
    precondition((0...mostPlayers).contains(playerCount), "at most 12 players")
    let values = (0..<1 << playerCount).map(value)
    let weights = weights(playerCount: playerCount)
    return (0..<playerCount).map { player in
      let bit = 1 << player
      var share = 0.0
      for members in values.indices where members & bit == 0 {
        share += weights[members.nonzeroBitCount] * (values[members | bit] - values[members])
      }
      return share
    }
  }

  /// s!(n−1−s)!/n! for each number s of players who joined before.
  private static func weights(playerCount: Int) -> [Double] {
    var weights: [Double] = []
    var weight = 1 / Double(max(playerCount, 1))
    for joined in 0..<playerCount {
      weights.append(weight)
      weight *= Double(joined + 1) / Double(max(playerCount - 1 - joined, 1))
    }
    return weights
  }
}
