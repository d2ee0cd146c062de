#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

import PlumblineStatistics

/// What becomes of a simulated lead: when it reached each stage, when it left.
struct SimulatedLife {
  /// When each stage was reached, in days; the first is when the lead came.
  var reached: [Double]
  /// When it left the path; nil when it did not.
  var exit: Double?
  /// Whether sales had time for it.
  var isWorked: Bool
  /// What its deal is worth, in minor units; nil before there is a deal.
  var amount: Double?

  /// A lead that has just come.
  init(created: Double, isWorked: Bool = true) {
    reached = [created]
    self.isWorked = isWorked
  }

  /// When it was won; nil when it is not.
  func won(in process: SalesProcess) -> Double? {
    reached.count > process.steps.count ? reached.last : nil
  }

  /// Whether it is still under way on a day.
  func isOpen(in process: SalesProcess) -> Bool { exit == nil && won(in: process) == nil }

  /// The same lead as it was known at the end of a day.
  func asOf(_ day: Double) -> SimulatedLife {
    var known = self
    known.reached = reached.filter { $0 <= day }
    if let exit, exit > day { known.exit = nil }
    return known
  }
}

extension SalesProcess {
  /// How many leads come in a week with a mean.
  func leads(inWeekOf mean: Double, using generator: inout SeededGenerator) -> Int {
    guard mean > 0 else { return 0 }
    let extra = weekDispersion - 1
    let rate = extra > 0 ? generator.gamma(shape: mean / extra, scale: extra) : mean
    return generator.poisson(mean: rate)
  }

  /// The leads of a week that begins on a day, from their coming to their end.
  func week(
    from day: Double,
    mean: Double,
    using generator: inout SeededGenerator
  ) -> [SimulatedLife] {
    let count = leads(inWeekOf: mean, using: &generator)
    var worked = 1.0
    if case .overload(let capacity) = change { worked = min(1, capacity / Double(max(count, 1))) }
    return (0..<count).map { _ in
      let created = generator.uniform(in: day..<day + 7)
      var life = SimulatedLife(created: created, isWorked: generator.chance(worked))
      advance(&life, from: created, using: &generator)
      return life
    }
  }

  /// Draws what comes of a lead that is where it is on a day.
  ///
  /// What it does next depends on the time it has waited: who has waited long is more likely to wait
  /// for ever.
  func advance(
    _ life: inout SimulatedLife,
    from day: Double,
    using generator: inout SeededGenerator
  ) {
    while life.isOpen(in: self), let entered = life.reached.last {
      let position = life.reached.count - 1
      let step = steps[position]
      let share = position == 0 && !life.isWorked ? 0 : share(of: position, at: entered)
      let waited = max(day - entered, 0)
      let passing = share * upperTail(step.wait, waited)
      let leaving = step.exitShare * upperTail(step.exitWait, waited)
      let staying = max(1 - share - step.exitShare, 0)
      switch generator.choice(weights: [passing, leaving, max(staying, 1e-9)]) {
      case 0:
        life.reached.append(entered + longer(than: waited, step.wait, using: &generator))
        if life.amount == nil, life.reached.count == steps.count {
          life.amount = amount(using: &generator)
        }
      case 1: life.exit = entered + longer(than: waited, step.exitWait, using: &generator)
      default: return
      }
    }
  }

  /// The share that passes a step that is entered on a day.
  private func share(of position: Int, at day: Double) -> Double {
    let usual = steps[position].share
    guard position == steps.count - 1 else { return usual }
    switch change {
    case .none, .overload: return usual
    case .drift(let yearly):
      return min(usual * exp(log(1 - yearly) * day / 365), 1 - steps[position].exitShare)
    case .seasons(let swing):
      return usual * (1 + swing * sin(2 * .pi * (day - seasonStart) / 365))
    }
  }

  private func upperTail(_ wait: Wait, _ days: Double) -> Double {
    days > 0 ? GammaDistribution(shape: wait.shape).upperTail(days / wait.scale) : 1
  }

  /// A wait that is longer than the days waited already.
  private func longer(
    than days: Double,
    _ wait: Wait,
    using generator: inout SeededGenerator
  ) -> Double {
    for _ in 0..<1000 {
      let drawn = generator.gamma(shape: wait.shape, scale: wait.scale)
      if drawn > days { return drawn }
    }
    // So far out a gamma wait has nearly no memory.
    return days + generator.exponential(mean: wait.scale)
  }

  private func amount(using generator: inout SeededGenerator) -> Double {
    switch deals {
    case .gamma(let mean, let variation):
      guard variation > 0 else { return mean }
      let shape = 1 / (variation * variation)
      return generator.gamma(shape: shape, scale: mean / shape)
    case .logNormal(let mean, let variation):
      let square = log1p(variation * variation)
      return generator.logNormal(
        median: mean * exp(-square / 2),
        logStandardDeviation: square.squareRoot()
      )
    }
  }
}
