/// A decimal number as written, without rounding: `12.50` is 1250 with 2 decimals.
public struct ExactDecimal: Hashable, Sendable, CustomStringConvertible {
  /// All digits as one whole number, with the sign.
  public let significand: Int64
  /// How many of the digits stand after the point.
  public let decimals: Int

  /// A number of so many tenths, hundredths and so on.
  ///
  /// - Precondition: `decimals` is 0...18.
  public init(significand: Int64, decimals: Int) {
    precondition((0...18).contains(decimals))
    self.significand = significand
    self.decimals = decimals
  }

  /// The number written in a text, or nil when it is not a plain decimal number.
  ///
  /// At most 18 decimals, and digits that fit 64 bits; no exponent, no group separators, no
  /// hexadecimal, no infinity.
  public init?(_ text: String) {
    var digits = Substring(text).utf8
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
    let parts = digits.split(
      separator: UInt8(ascii: "."),
      maxSplits: 1,
      omittingEmptySubsequences: false
    )
    guard let whole = parts.first, !whole.isEmpty, digits.count <= 20,
      parts.count == 1 || !parts[1].isEmpty
    else { return nil }
    var value: Int64 = 0
    for part in parts {
      for digit in part {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
        let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
        let (sum, carried) = tens.addingReportingOverflow(Int64(digit - UInt8(ascii: "0")))
        guard !overflow, !carried else { return nil }
        value = sum
      }
    }
    significand = isNegative ? -value : value
    decimals = parts.count == 2 ? parts[1].count : 0
    guard decimals <= 18 else { return nil }
  }

  /// The nearest floating-point number.
  public var value: Double { Double(description) ?? 0 }

  /// The number times a power of ten as a whole number, or nil when it is not whole or too large.
  public func scaled(byPowerOfTen power: Int) -> Int64? {
    var value = significand
    for _ in 0..<max(0, power - decimals) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      value = product
    }
    for _ in 0..<max(0, decimals - power) {
      guard value.isMultiple(of: 10) else { return nil }
      value /= 10
    }
    return value
  }

  /// The number as written, without a leading plus.
  public var description: String {
    let digits = String(significand.magnitude)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let sign = significand < 0 ? "-" : ""
    guard decimals > 0 else { return sign + padded }
    return "\(sign)\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
  }

  /// The share that a text such as `78 %` means, or nil when it is not a percentage of 0 to 100.
  public static func percent(_ text: String) -> ExactDecimal? {
    guard text.hasSuffix("%") else { return nil }
    let digits = text.dropLast().filter { $0 != " " }
    guard let number = ExactDecimal(String(digits)), number.decimals <= 16,
      (0...100).contains(number.value)
    else { return nil }
    return ExactDecimal(significand: number.significand, decimals: number.decimals + 2).shortened
  }

  /// The same number without zeros at the end of its decimals.
  private var shortened: ExactDecimal {
    var (significand, decimals) = (significand, decimals)
    while decimals > 0, significand.isMultiple(of: 10) {
      significand /= 10
      decimals -= 1
    }
    return ExactDecimal(significand: significand, decimals: decimals)
  }
}
