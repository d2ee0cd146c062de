import Foundation

/// A straight scale: where a value stands on a picture, and which round values to mark.
struct PlotScale {
  /// The values at both ends.
  let domain: ClosedRange<Double>
  /// The coordinate of the lower end of the domain.
  let start: Double
  /// The coordinate of the upper end of the domain.
  let end: Double

  /// A scale; a domain that is empty or not finite becomes one that is not.
  init(_ lower: Double, _ upper: Double, from start: Double, to end: Double) {
    let low = lower.isFinite ? lower : 0
    domain = low...(upper.isFinite && upper > low ? upper : low + 1)
    self.start = start
    self.end = end
  }

  /// Where a value stands; what lies outside the domain stands at its end.
  func callAsFunction(_ value: Double) -> Double {
    let inside = min(max(value.isFinite ? value : 0, domain.lowerBound), domain.upperBound)
    let share = (inside - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
    return start + share * (end - start)
  }

  /// Round values inside the domain: multiples of 1, 2 or 5 times a power of ten.
  func ticks(atMost most: Int) -> [Double] {
    let span = domain.upperBound - domain.lowerBound
    let rough = span / Double(max(1, most))
    let power = pow(10, log10(rough).rounded(.down))
    let steps = [1, 2, 5, 10, 20].map { $0 * power }
    return steps.lazy.map { multiples(of: $0) }.first { $0.count <= max(1, most) } ?? []
  }

  /// Round numbers of days inside the domain: days, weeks, four weeks, quarters, years.
  func dayTicks(atMost most: Int) -> [Double] {
    let steps: [Double] = [1, 2, 7, 14, 28, 56, 91, 182, 364, 728, 1820, 3640, 18_200]
    return steps.lazy.map { multiples(of: $0) }.first { $0.count <= max(1, most) } ?? []
  }

  private func multiples(of step: Double) -> [Double] {
    let slack = step * 1e-9
    let first = ((domain.lowerBound - slack) / step).rounded(.up)
    let last = ((domain.upperBound + slack) / step).rounded(.down)
    guard first.isFinite, last.isFinite, last >= first, last - first < 1000 else { return [] }
    return (0...Int(last - first)).map { (first + Double($0)) * step }
  }

  /// The next of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten; 1 where there is nothing to show.
  static func roundedUp(_ value: Double) -> Double {
    guard value.isFinite, value > 0 else { return 1 }
    let power = pow(10, log10(value).rounded(.down))
    let steps = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map { $0 * power }
    return steps.first { $0 >= value * (1 - 1e-9) } ?? value
  }
}
