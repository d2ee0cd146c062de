#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Decides what a headcount plan leaves to chance, month by month.
protocol HeadcountChance {
  /// How many wins leads of before the plan bring.
  mutating func earlierWins(in month: Int, expected: Double) -> Double

  /// How many leads come in.
  mutating func leads(in month: Int, expected: Double) -> Double

  /// Adds the wins that a month's leads bring to the months in which they come.
  mutating func addWins(
    of row: HeadcountMonth,
    _ supply: LeadSupply,
    to arrivals: inout [Double],
    from month: Int
  )

  /// What some wins are worth, in units of one that pays as planned.
  mutating func worth(ofWins wins: Double, in month: Int) -> Double
}

/// Everything comes as expected.
struct ExpectedCourse: HeadcountChance {
  func earlierWins(in month: Int, expected: Double) -> Double { expected }

  func leads(in month: Int, expected: Double) -> Double { expected }

  func addWins(
    of row: HeadcountMonth,
    _ supply: LeadSupply,
    to arrivals: inout [Double],
    from month: Int
  ) {
    let produced =
      row.worked * supply.closeRate + (row.leads - row.worked) * supply.unworkedCloseRate
    for (delay, share) in supply.cycle.prefix(arrivals.count - month).enumerated() {
      arrivals[month + delay] += produced * share
    }
  }

  func worth(ofWins wins: Double, in month: Int) -> Double { wins }
}

/// Whole leads, whole wins and deals of different sizes, as drawn.
///
/// Each month has random numbers of its own for each thing, so that two plans that are drawn with
/// the same seed differ by what differs in them and hardly by chance.
struct DrawnCourse: HeadcountChance {
  let odds: HeadcountOdds
  /// How large deals are in this course, 1 as planned.
  let dealLevel: Double
  let seed: UInt64

  private func generator(_ thing: UInt64, _ month: Int) -> SeededGenerator {
    // Odd multipliers keep the seeds of months and things apart; the generator scrambles them.
    SeededGenerator(
      seed: seed &+ (UInt64(month) &* 4 &+ thing &+ 1) &* 0xD1B5_4A32_D192_ED03
    )
  }

  func earlierWins(in month: Int, expected: Double) -> Double {
    guard odds.drawsWins else { return expected }
    var generator = generator(3, month)
    return Double(generator.poisson(mean: expected))
  }

  func leads(in month: Int, expected: Double) -> Double {
    guard let dispersion = odds.leadDispersion, expected > 0 else { return expected }
    var generator = generator(0, month)
    // Gamma–Poisson: variance = dispersion · mean.
    let excess = dispersion - 1
    let mean =
      excess > 1e-9 ? generator.gamma(shape: expected / excess, scale: excess) : expected
    return Double(generator.poisson(mean: mean))
  }

  func addWins(
    of row: HeadcountMonth,
    _ supply: LeadSupply,
    to arrivals: inout [Double],
    from month: Int
  ) {
    guard odds.drawsWins else {
      return ExpectedCourse().addWins(of: row, supply, to: &arrivals, from: month)
    }
    var generator = generator(1, month)
    let leads = Self.whole(row.leads, &generator)
    let worked = min(Self.whole(row.worked, &generator), leads)
    var left =
      generator.binomial(trials: worked, probability: supply.closeRate)
      + generator.binomial(trials: leads - worked, probability: supply.unworkedCloseRate)
    // The months of the wins are multinomial, one month after another.
    var share = supply.cycle.reduce(0, +) > 1 ? supply.cycle.reduce(0, +) : 1
    for (delay, part) in supply.cycle.prefix(arrivals.count - month).enumerated() where left > 0 {
      let chance = share > 0 ? min(max(part / share, 0), 1) : 0
      // What rounding leaves of the shares is the last month's.
      let here = generator.binomial(trials: left, probability: chance > 1 - 1e-12 ? 1 : chance)
      arrivals[month + delay] += Double(here)
      left -= here
      share -= part
    }
  }

  func worth(ofWins wins: Double, in month: Int) -> Double {
    guard odds.dealVariation > 0, wins > 0 else { return wins * dealLevel }
    var generator = generator(2, month)
    let variance = odds.dealVariation * odds.dealVariation
    return generator.gamma(shape: wins / variance, scale: variance) * dealLevel
  }

  /// A whole number whose expectation is the number.
  private static func whole(_ value: Double, _ generator: inout SeededGenerator) -> Int {
    let floor = min(max(value, 0), 1e15).rounded(.down)
    let more = generator.uniform() < value - floor ? 1 : 0
    return Int(floor) + more
  }
}
