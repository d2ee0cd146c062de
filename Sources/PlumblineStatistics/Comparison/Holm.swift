/// Holm's step-down adjustment of p-values for looking at several.
///
/// - SeeAlso: Holm (1979), A simple sequentially rejective multiple test procedure. Scandinavian
///   Journal of Statistics 6:65–70.
public enum Holm {
  /// The adjusted p-values; nil stays nil and counts for nothing.
  ///
  /// - Parameter values: The p-values.
  /// - Returns: One for each.
  /// - Complexity: O(n log n).
  public static func adjusted(_ values: [Double?]) -> [Double?] {
    let known = values.indices.filter { values[$0] != nil }.sorted {
      (values[$0] ?? 1, $0) < (values[$1] ?? 1, $1)
    }
    var adjusted = [Double?](repeating: nil, count: values.count)
    var greatest = 0.0
    for (rank, index) in known.enumerated() {
      greatest = max(greatest, min(1, (values[index] ?? 1) * Double(known.count - rank)))
      adjusted[index] = greatest
    }
    return adjusted
  }
}
