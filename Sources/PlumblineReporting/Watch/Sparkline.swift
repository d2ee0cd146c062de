/// Shares as a row of small bars, one column a week.
struct Sparkline {
  private static let bars = Array("▁▂▃▄▅▆▇█")

  /// The share at the bottom of the lowest bar.
  let lowest: Double
  /// The share at the top of the highest.
  let highest: Double

  /// A scale that holds all shares and spans at least a fifth, so that chance does not look like
  /// mountains.
  init(_ shares: [Double]) {
    let low = shares.min() ?? 0
    let high = shares.max() ?? 1
    let missing = max(0, 0.2 - (high - low)) / 2
    let start = min(max(0, low - missing), 0.8)
    lowest = start
    highest = max(high, min(1, start + 0.2))
  }

  /// The bars; a dot where there is nothing to show.
  func text(_ shares: [Double?]) -> String {
    String(
      shares.map { share -> Character in
        guard let share, share.isFinite else { return "·" }
        // A share in the middle must not lose its bar to rounding.
        let place = (share - lowest) / max(highest - lowest, 1e-9) + 1e-9
        return Self.bars[min(max(Int(place * Double(Self.bars.count)), 0), Self.bars.count - 1)]
      }
    )
  }
}
