/// A fraction of whole numbers, so that differences add up to the last bit.
public struct ExactRatio: Hashable, Sendable {
  /// Above the line.
  public let numerator: Int128
  /// Below the line, above 0.
  public let denominator: Int128

  /// A fraction in lowest terms; nil when there is nothing to divide by.
  public init?(_ numerator: Int128, _ denominator: Int128) {
    guard denominator > 0 else { return nil }
    var (divisor, rest) = (denominator.magnitude, numerator.magnitude)
    while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
    // A divisor of the denominator fits where the denominator does.
    let common = Int128(divisor)
    self.numerator = numerator / common
    self.denominator = denominator / common
  }

  /// The nearest floating-point number.
  public var value: Double { Double(numerator) / Double(denominator) }

  /// The exact sum; nil where it does not fit into 128 bits.
  public func adding(_ other: ExactRatio) -> ExactRatio? {
    let (left, isLeftTooLarge) = numerator.multipliedReportingOverflow(by: other.denominator)
    let (right, isRightTooLarge) = other.numerator.multipliedReportingOverflow(by: denominator)
    let (below, isBelowTooLarge) = denominator.multipliedReportingOverflow(by: other.denominator)
    let (above, isAboveTooLarge) = left.addingReportingOverflow(right)
    guard !isLeftTooLarge, !isRightTooLarge, !isBelowTooLarge, !isAboveTooLarge else { return nil }
    return ExactRatio(above, below)
  }

  /// The exact difference; nil where it does not fit into 128 bits.
  public func subtracting(_ other: ExactRatio) -> ExactRatio? {
    let (opposite, isTooLarge) = other.numerator.multipliedReportingOverflow(by: -1)
    return isTooLarge ? nil : ExactRatio(opposite, other.denominator).flatMap(adding)
  }
}

extension ExactRatio: CustomStringConvertible {
  /// The fraction as `3/5`.
  public var description: String { "\(numerator)/\(denominator)" }
}
