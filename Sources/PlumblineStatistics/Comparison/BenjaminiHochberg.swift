/// Allowing for how many comparisons were made.
public enum BenjaminiHochberg {
  /// The q-values of a family of p-values: the false-discovery rate at which each would pass.
  ///
  /// A comparison that could not be made, nil, stays nil and does not count.
  ///
  /// - Complexity: O(n log n).
  /// - SeeAlso: Benjamini & Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x.
  public static func qValues(_ pValues: [Double?]) -> [Double?] {
    let family = pValues.enumerated()
      .compactMap { index, pValue in pValue.map { (index: index, pValue: $0) } }
      .sorted { ($0.pValue, $0.index) < ($1.pValue, $1.index) }
    var adjusted = [Double?](repeating: nil, count: pValues.count)
    var smallestAbove = 1.0
    for (position, member) in family.enumerated().reversed() {
      let scaled = member.pValue * Double(family.count) / Double(position + 1)
      smallestAbove = min(smallestAbove, scaled)
      adjusted[member.index] = smallestAbove
    }
    return adjusted
  }
}
