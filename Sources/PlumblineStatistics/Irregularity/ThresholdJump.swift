#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Whether more cases stand just over a line, and fewer just below it, than a smooth curve through
/// the cases further away predicts.
///
/// Counts by whole number are taken as Poisson numbers whose logarithms follow a parabola, with one
/// step for the multiples of ten and one for those of five that are none of ten: people like round
/// numbers, and a line often is one. The numbers around the line take no part in the fit. The
/// residuals say how much more than Poisson numbers the counts vary; Student's t with their degrees
/// of freedom allows for how little they say.
///
/// - SeeAlso: Chetty, Friedman, Olsen & Pistaferri (2011), doi:10.1093/qje/qjr013, and Kleven &
///   Waseem (2013), doi:10.1093/qje/qjt004, for counts that are left out of the fit and for round
///   numbers; McCrary (2008), doi:10.1016/j.jeconom.2007.05.005, for a jump of the density.
public struct ThresholdJump: Hashable, Sendable {
  /// Cases just over the line.
  public let above: Int
  /// How many of them the curve predicts.
  public let expectedAbove: Double
  /// Cases just below the line.
  public let below: Int
  /// How many of them the curve predicts.
  public let expectedBelow: Double
  /// How many times more than Poisson numbers the counts vary; at least 1.
  public let dispersion: Double
  /// The step in standard errors, positive where there are more above and fewer below.
  public let statistic: Double
  /// The chance of such a step or a larger one on a smooth curve.
  public let pValue: Double

  /// How far from the line counts are looked at.
  public static let reach = 20
  /// How many numbers just over the line count: the line itself and those after it.
  public static let widthAbove = 3
  /// How many numbers just below the line count.
  public static let widthBelow = 5
  /// The cases, besides those at the line, that a curve needs on each side.
  public static let fewestOnEachSide = 50

  /// The numbers just over a line.
  public static func windowAbove(_ line: Int) -> Range<Int> { line..<line + widthAbove }
  /// The numbers just below a line.
  public static func windowBelow(_ line: Int) -> Range<Int> { line - widthBelow..<line }

  /// The step at a line; nil where there is too little on either side, or no curve.
  ///
  /// - Parameters:
  ///   - counts: How many cases there are of each whole number; those that are not there are 0.
  ///   - line: The line: the least number that passes.
  ///   - range: The numbers that are possible.
  /// - Complexity: O(1).
  public init?(counts: [Int: Int], line: Int, range: ClosedRange<Int>) {
    let numbers = (line - Self.reach...line + Self.widthAbove - 1 + Self.reach).filter(
      range.contains
    )
    let windowAbove = Self.windowAbove(line)
    let windowBelow = Self.windowBelow(line)
    let far = numbers.filter { !windowAbove.contains($0) && !windowBelow.contains($0) }
    func sum(_ numbers: [Int]) -> Int { numbers.reduce(0) { $0 + (counts[$1] ?? 0) } }
    guard windowAbove.allSatisfy(range.contains), windowBelow.allSatisfy(range.contains),
      sum(far.filter { $0 < line }) >= Self.fewestOnEachSide,
      sum(far.filter { $0 >= line }) >= Self.fewestOnEachSide
    else { return nil }
    func terms(_ number: Int) -> [Double] {
      let x = Double(number - line) / Double(Self.reach)
      return [
        1, x, x * x, number % 10 == 0 ? 1 : 0, number % 5 == 0 && number % 10 != 0 ? 1 : 0,
      ]
    }
    guard let fit = PoissonFit(rows: far.map(terms), counts: far.map { counts[$0] ?? 0 }) else {
      return nil
    }
    let above = Array(windowAbove)
    let below = Array(windowBelow)
    self.above = sum(above)
    self.below = sum(below)
    expectedAbove = above.reduce(0) { $0 + fit.mean(terms($1)) }
    expectedBelow = below.reduce(0) { $0 + fit.mean(terms($1)) }
    // How the predicted step moves with each coefficient.
    var gradient = Array(repeating: 0.0, count: 5)
    for (numbers, sign) in [(above, 1.0), (below, -1.0)] {
      for number in numbers {
        let row = terms(number)
        let mean = fit.mean(row)
        for index in row.indices { gradient[index] += sign * mean * row[index] }
      }
    }
    dispersion = fit.dispersion
    let variance = fit.dispersion * (expectedAbove + expectedBelow + fit.variance(gradient))
    let step = Double(self.above) - expectedAbove - (Double(self.below) - expectedBelow)
    statistic = step / variance.squareRoot()
    pValue = StudentT.upperTail(statistic, degreesOfFreedom: Double(fit.degreesOfFreedom))
  }
}

/// A Poisson regression with a logarithmic link, by Newton's method.
///
/// - SeeAlso: McCullagh & Nelder (1989), Generalized Linear Models, 2nd edition, chapter 6.
struct PoissonFit {
  let coefficients: [Double]
  /// The residuals' degrees of freedom; at least 1.
  let degreesOfFreedom: Int
  /// Pearson's statistic by degree of freedom; at least 1.
  let dispersion: Double
  private let factor: CholeskyFactor

  /// A fit; nil where the counts do not determine one.
  init?(rows: [[Double]], counts: [Int]) {
    guard let width = rows.first?.count, rows.count > width else { return nil }
    let total = counts.reduce(0, +)
    guard total > 0 else { return nil }
    var coefficients = Array(repeating: 0.0, count: width)
    coefficients[0] = log(Double(total) / Double(counts.count))
    func mean(_ row: [Double]) -> Double {
      exp(zip(row, coefficients).reduce(0) { $0 + $1.0 * $1.1 })
    }
    var last: CholeskyFactor?
    for _ in 0..<60 {
      var gradient = Array(repeating: 0.0, count: width)
      var information = Array(repeating: 0.0, count: width * width)
      for (row, count) in zip(rows, counts) {
        let mean = mean(row)
        for first in 0..<width {
          gradient[first] += row[first] * (Double(count) - mean)
          for second in 0...first {
            information[first * width + second] += mean * row[first] * row[second]
          }
        }
      }
      guard let factor = CholeskyFactor(information, dimension: width) else { return nil }
      last = factor
      let step = factor.solution(gradient)
      let longest = step.reduce(0) { max($0, $1.magnitude) }
      guard longest.isFinite else { return nil }
      let length = longest > 2 ? 2 / longest : 1
      for index in 0..<width { coefficients[index] += length * step[index] }
      if longest < 1e-10 { break }
    }
    guard let last, coefficients.allSatisfy({ $0.magnitude < 50 }) else { return nil }
    self.coefficients = coefficients
    factor = last
    degreesOfFreedom = rows.count - width
    let pearson = zip(rows, counts).reduce(0.0) { sum, entry in
      let mean = mean(entry.0)
      let residual = Double(entry.1) - mean
      return sum + residual * residual / mean
    }
    dispersion = max(1, pearson / Double(degreesOfFreedom))
  }

  /// The mean that belongs to some terms.
  func mean(_ row: [Double]) -> Double {
    exp(zip(row, coefficients).reduce(0) { $0 + $1.0 * $1.1 })
  }

  /// The variance of a function of the coefficients with a gradient, by the delta method, were the
  /// counts Poisson numbers.
  func variance(_ gradient: [Double]) -> Double {
    zip(gradient, factor.solution(gradient)).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
