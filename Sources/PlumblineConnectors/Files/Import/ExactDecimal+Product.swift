import PlumblineYAML

extension ExactDecimal {
  /// The product with a whole number, rounded half away from zero; nil beyond 64 bits.
  func multiplied(by amount: Int64) -> Int64? {
    let (product, overflow) = amount.multipliedReportingOverflow(by: significand)
    guard !overflow else { return nil }
    var divisor: Int64 = 1
    for _ in 0..<decimals { divisor *= 10 }
    let (quotient, rest) = product.quotientAndRemainder(dividingBy: divisor)
    let isHalfOrMore = rest.magnitude >= divisor.magnitude - rest.magnitude
    return quotient + (isHalfOrMore && rest != 0 ? product.signum() : 0)
  }
}
