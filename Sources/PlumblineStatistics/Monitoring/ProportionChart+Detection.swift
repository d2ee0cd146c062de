extension ProportionChart {
  /// In how many weeks a lasting change is seen in half of all cases; nil when not within
  /// `longest` weeks.
  ///
  /// Works out the chances of the smoothed score week by week, on a grid, instead of drawing
  /// numbers: the same question always has the same answer. Every week is taken to have as many
  /// items, and the baseline to be right.
  ///
  /// - Parameters:
  ///   - rate: The share that holds from the first week on, 0...1.
  ///   - items: Items a week, at least 1.
  ///   - longest: The last week that is looked at.
  /// - Returns: A number of weeks, at least 1.
  /// - Complexity: O(weeks x grid x items).
  /// - SeeAlso: Brook & Evans (1972), doi:10.1093/biomet/59.3.539, for charts as Markov chains.
  public func medianWeeksUntilAlarm(
    rate: Double,
    itemsPerWeek items: Int,
    longest: Int = 52
  ) -> Int? {
    chancesOfAlarm(rate: rate, itemsPerWeek: items, weeks: longest)
      .firstIndex { $0 >= 0.5 }.map { $0 + 1 }
  }

  /// The chance of an alarm or a shock by the end of each week.
  func chancesOfAlarm(rate: Double, itemsPerWeek items: Int, weeks: Int) -> [Double] {
    guard items > 0 else { return [] }
    var chart = ProportionChart(
      baseline: baseline,
      limitFactor: limitFactor,
      smoothing: smoothing,
      worse: worse
    )
    let steps = steps(rate: rate, items: items)
    var grid = ScoreGrid()
    var chances: [Double] = []
    for _ in 0..<weeks {
      let limit = chart.advance(items: items)
      grid.advance(steps, smoothing)
      grid.drop { isBeyond($0, limit) }
      chances.append(1 - grid.total)
      if grid.total < 0.4, weeks > chances.count {
        // Later weeks cannot change which week was the median.
        chances += Array(repeating: 1 - grid.total, count: weeks - chances.count)
        break
      }
    }
    return chances
  }

  /// The scores a week may have, with their chances, without those that are a shock at once.
  private func steps(rate: Double, items: Int) -> [(score: Double, chance: Double)] {
    let usual = baseline.distribution(items: items)
    let now = BetaBinomialDistribution(
      trials: items,
      mean: min(max(rate, 0), 1),
      overdispersion: baseline.overdispersion
    )
    let shockLimit = shockLimit(items: items)
    var below = 0.0
    return (0...items).compactMap { met in
      let own = usual.probability(of: met)
      defer { below += own }
      let chance = now.probability(of: met)
      guard chance > 1e-9 else { return nil }
      let tail = below + own / 2
      // Beyond this the running sum has lost its digits; the exact tail is summed instead.
      let score =
        tail > 1e-12 && tail < 1 - 1e-9
        ? StandardNormal.quantile(tail) : usual.normalScore(of: met)
      return isBeyond(score, shockLimit) ? nil : (score, chance)
    }
  }
}

/// The chances of a smoothed score, on points 0.02 apart from −6 to 6.
private struct ScoreGrid {
  private static let spacing = 0.02
  private static let half = 300
  private var chances: [Double]

  init() {
    chances = Array(repeating: 0, count: 2 * Self.half + 1)
    chances[Self.half] = 1
  }

  var total: Double { chances.reduce(0, +) }

  private static func score(_ index: Int) -> Double { Double(index - half) * spacing }

  /// Moves every point by every step, sharing each arrival between the two nearest points.
  mutating func advance(_ steps: [(score: Double, chance: Double)], _ smoothing: Double) {
    var next = Array(repeating: 0.0, count: chances.count)
    for index in chances.indices where chances[index] > 1e-12 {
      let kept = (1 - smoothing) * Self.score(index)
      for step in steps {
        let place = (kept + smoothing * step.score) / Self.spacing + Double(Self.half)
        let inside = min(max(place, 0), Double(chances.count - 1))
        let lower = min(Int(inside), chances.count - 2)
        let share = inside - Double(lower)
        let arriving = chances[index] * step.chance
        next[lower] += arriving * (1 - share)
        next[lower + 1] += arriving * share
      }
    }
    chances = next
  }

  mutating func drop(_ isBeyond: (Double) -> Bool) {
    for index in chances.indices where isBeyond(Self.score(index)) { chances[index] = 0 }
  }
}
