import PlumblineStatistics

/// The time by which half have been seen to do something, those still waiting counted in.
///
/// The Kaplan–Meier median, with the interval of Brookmeyer & Crowley (1982),
/// doi:10.2307/2530286: the times at which half is within 1.96 Greenwood errors of the curve.
/// With everybody seen it is the lower median.
struct MedianTime {
  /// The median in seconds; nil when fewer than half were seen to.
  private(set) var median: Int64?
  /// The ends of the 95 % interval in seconds; nil at an end that the data do not reach.
  private(set) var lower: Int64?
  private(set) var upper: Int64?

  /// A median.
  ///
  /// - Parameter waits: Seconds, and whether the wait goes on.
  /// - Complexity: O(n log n).
  init(_ waits: [(seconds: Int64, isOpen: Bool)]) {
    let sorted = waits.sorted { ($0.seconds, $0.isOpen ? 1 : 0) < ($1.seconds, $1.isOpen ? 1 : 0) }
    var (surviving, greenwood) = (1.0, 0.0)
    var index = 0
    while index < sorted.count {
      let time = sorted[index].seconds
      let atRisk = Double(sorted.count - index)
      var done = 0.0
      while index < sorted.count, sorted[index].seconds == time {
        if !sorted[index].isOpen { done += 1 }
        index += 1
      }
      guard done > 0 else { continue }
      surviving *= (atRisk - done) / atRisk
      if atRisk > done { greenwood += done / (atRisk * (atRisk - done)) }
      let error = StandardNormal.z95 * surviving * greenwood.squareRoot()
      // Rounding must not part a curve that stands at one half from it.
      if median == nil, surviving <= 0.5 + 1e-12 { median = time }
      if lower == nil, surviving - error <= 0.5 + 1e-12 { lower = time }
      if upper == nil, surviving + error < 0.5 - 1e-12 { upper = time }
    }
  }
}
