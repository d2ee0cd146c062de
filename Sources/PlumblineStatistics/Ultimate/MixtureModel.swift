#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The mixture as a function of free numbers, to be searched.
///
/// What is fixed, a share or the shapes, has no number. The free ones stand in this order: the
/// log-odds of converting and of leaving against neither (where the converting share is fixed,
/// the log-odds of leaving within the rest); then for conversions and for exits the location and
/// the logarithm of the shape. Without exits their numbers are left out.
struct MixtureModel {
  let likelihood: MixtureLikelihood
  let family: LagFamily
  let hasExits: Bool
  var fixedShare: Double?
  var fixedShape: MixtureShape?

  /// A lowest point in the terms of the model.
  struct Fit {
    let shares: UltimateShares
    let shape: MixtureShape
    let logLikelihood: Double
    let point: [Double]
  }

  init(_ likelihood: MixtureLikelihood, family: LagFamily, hasExits: Bool) {
    self.likelihood = likelihood
    self.family = family
    self.hasExits = hasExits
  }

  private var shareCount: Int { (fixedShare == nil ? 1 : 0) + (hasExits ? 1 : 0) }

  /// The best fit from several starts; nil when no start is allowed.
  ///
  /// - Parameters:
  ///   - starts: Where to begin.
  ///   - isThorough: Whether to search on without derivatives.
  /// - Returns: The fit.
  func fit(from starts: [[Double]], isThorough: Bool) -> Fit? {
    guard let found = Minimum.search(from: starts, isThorough: isThorough, cost) else {
      return nil
    }
    return Fit(
      shares: shares(found.point),
      shape: shape(found.point),
      logLikelihood: -found.value,
      point: found.point
    )
  }

  /// Minus the logarithm of the likelihood, with a slight pull of log-odds towards 0 that keeps
  /// them finite.
  private func cost(_ point: [Double]) -> Double {
    guard isAllowed(point) else { return .infinity }
    let shares = shares(point)
    let value =
      likelihood.logarithm(shares, shape(point))
      - 1e-4 * (square(logOdds(shares.converts, shares)) + square(logOdds(shares.exits, shares)))
    return value.isFinite ? -value : .infinity
  }

  private func square(_ value: Double) -> Double { value * value }

  private func logOdds(_ share: Double, _ shares: UltimateShares) -> Double {
    // A way that is not modelled has no log-odds to be pulled.
    share == 0 && !hasExits ? 0 : log(max(share, 1e-300) / max(shares.neither, 1e-300))
  }

  /// Shapes so extreme that nothing distinguishes them are out of bounds.
  private func isAllowed(_ point: [Double]) -> Bool {
    guard point[..<shareCount].allSatisfy({ $0.magnitude < 40 }) else { return false }
    return stride(from: shareCount, to: point.count, by: 2).allSatisfy {
      (-12...18).contains(point[$0]) && (-4...4).contains(point[$0 + 1])
    }
  }

  private func shares(_ point: [Double]) -> UltimateShares {
    if let fixedShare {
      let exits = hasExits ? (1 - fixedShare) * SpecialFunctions.expit(point[0]) : 0
      let neither = hasExits ? (1 - fixedShare) * SpecialFunctions.expit(-point[0]) : 1 - fixedShare
      return UltimateShares(converts: fixedShare, exits: exits, neither: neither)
    }
    let second = hasExits ? point[1] : -.infinity
    let largest = max(point[0], second, 0)
    let converts = exp(point[0] - largest)
    let exits = exp(second - largest)
    let neither = exp(-largest)
    let sum = converts + exits + neither
    return UltimateShares(converts: converts / sum, exits: exits / sum, neither: neither / sum)
  }

  private func shape(_ point: [Double]) -> MixtureShape {
    if let fixedShape { return fixedShape }
    let first = shareCount
    return MixtureShape(
      conversion: LagDistribution(
        family: family,
        location: point[first],
        shape: exp(point[first + 1])
      ),
      exit: hasExits
        ? LagDistribution(family: family, location: point[first + 2], shape: exp(point[first + 3]))
        : nil
    )
  }

  /// Three starts: that nearly all has been seen, that half is still to come, that most is.
  func starts() -> [[Double]] {
    let total = likelihood.total
    let share = (likelihood.conversionCount + 0.5) / (total + 1)
    let exitShare = hasExits ? (likelihood.exitCount + 0.5) / (total + 1) : 0
    let rest = max(1 - share - exitShare, 0.02)
    return [(0.05, 1.0), (0.5, 1.8), (0.9, 4)].map { resolved, stretch in
      // The open entries are shared out as the ended ones were.
      let scale = 1 + resolved * rest / (share + exitShare)
      let neither = max(1 - scale * (share + exitShare), 0.01)
      let odds = [scale * share / neither] + (hasExits ? [scale * exitShare / neither] : [])
      if fixedShape != nil { return odds.map { log($0) } }
      return odds.map { log($0) } + shapeStart(likelihood.meanConversionLag * stretch)
        + (hasExits ? shapeStart(likelihood.meanExitLag * stretch) : [])
    }
  }

  private func shapeStart(_ mean: Double) -> [Double] {
    [log(max(mean, 0.5)) - (family == .logNormal ? 0.4 : 0), 0]
  }
}
