#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The converting shares that explain the counts nearly as well as the best one.
///
/// The share is fixed, everything else fitted anew, and the logarithm of the likelihood may fall
/// by half the 95 % point of chi-square with one degree of freedom. An end that is not found
/// is open.
///
/// - SeeAlso: Venzon & Moolgavkar (1988), doi:10.2307/2347496.
struct ProfileInterval {
  /// The lower end; nil when open.
  private(set) var lower: Double?
  /// The upper end; nil when open.
  private(set) var upper: Double?
  /// A fit better than the one given, met on the way: the interval is then not one.
  private(set) var betterPoint: [Double]?

  /// How far the logarithm of the likelihood may fall.
  static let cut = 1.920_729_410_347_062

  /// The interval around a fit.
  ///
  /// - Parameters:
  ///   - model: The model, with the converting share free.
  ///   - best: Its best fit.
  init(_ model: MixtureModel, around best: MixtureModel.Fit) {
    for direction in [-1.0, 1] {
      var walk = Walk(model, best)
      let end = walk.end(direction)
      if direction < 0 { lower = end } else { upper = end }
      if let point = walk.betterPoint { betterPoint = point }
    }
  }

  /// One way outwards on the scale of log-odds.
  private struct Walk {
    private var model: MixtureModel
    private let best: MixtureModel.Fit
    private let start: Double
    private var nuisance: [Double]
    private(set) var betterPoint: [Double]?

    /// Shares within e⁻¹² of 0 or 1 are not told from them.
    private static let border = 12.0

    init(_ model: MixtureModel, _ best: MixtureModel.Fit) {
      self.model = model
      self.best = best
      start = min(max(SpecialFunctions.logit(best.shares.converts), -Self.border), Self.border)
      nuisance = Array(best.point.dropFirst())
      if model.hasExits {
        let rest = max(best.shares.exits, 1e-12) / max(best.shares.neither, 1e-12)
        nuisance[0] = log(rest)
      }
    }

    mutating func end(_ direction: Double) -> Double? {
      var (inside, insideExcess) = (start, -Self.root(ProfileInterval.cut))
      var step = 0.1
      while true {
        let outside = inside + direction * step
        guard outside.magnitude <= Self.border else { return nil }
        let excess = excess(at: outside)
        if betterPoint != nil { return nil }
        if excess >= 0 { return crossing(inside, insideExcess, outside, excess) }
        (inside, insideExcess) = (outside, excess)
        step *= 1.7
      }
    }

    /// Where the excess is 0, by the rule of false position with the stale end's weight halved.
    private mutating func crossing(
      _ inside: Double,
      _ insideExcess: Double,
      _ outside: Double,
      _ outsideExcess: Double
    ) -> Double {
      var (low, lowExcess, high, highExcess) = (inside, insideExcess, outside, outsideExcess)
      var last = 0
      for _ in 0..<40 where (high - low).magnitude > 1e-7 {
        let share = lowExcess / (lowExcess - highExcess)
        let middle = low + min(max(share, 0.01), 0.99) * (high - low)
        let excess = excess(at: middle)
        if excess.magnitude < 1e-7 { return SpecialFunctions.expit(middle) }
        if excess > 0 {
          (high, highExcess) = (middle, excess)
          if last == 1 { lowExcess /= 2 }
          last = 1
        } else {
          (low, lowExcess) = (middle, excess)
          if last == -1 { highExcess /= 2 }
          last = -1
        }
      }
      return SpecialFunctions.expit(0.5 * (low + high))
    }

    /// The root of the fall less that of the cut: nearly straight along the log-odds.
    private mutating func excess(at logOdds: Double) -> Double {
      model.fixedShare = SpecialFunctions.expit(logOdds)
      let original = Array(best.point.dropFirst())
      guard let fit = model.fit(from: [nuisance, original], isThorough: false) else {
        return .infinity
      }
      nuisance = fit.point
      let fall = best.logLikelihood - fit.logLikelihood
      if fall < -1e-5 {
        let neither = max(fit.shares.neither, 1e-12)
        betterPoint =
          [log(fit.shares.converts / neither)]
          + (model.hasExits ? [log(max(fit.shares.exits, 1e-12) / neither)] : [])
          + fit.point.dropFirst(model.hasExits ? 1 : 0)
      }
      return Self.root(fall) - Self.root(ProfileInterval.cut)
    }

    private static func root(_ fall: Double) -> Double { max(fall, 0).squareRoot() }
  }
}
