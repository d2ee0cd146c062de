/// What a number's cell holds.
public enum NumberReading: Sendable, Hashable {
  /// A number, scaled as asked.
  case value(Int64)
  /// Nothing, or a word or sign that says so.
  case missing
  /// Something that is not a number in this column's format.
  case unreadable
  /// A number with a fraction where a whole one is asked.
  case notWhole
  /// A number beyond 64 bits.
  case tooLarge

  /// The stable code of what is wrong, nil for a value or a missing one.
  public var code: String? {
    switch self {
    case .value, .missing: nil
    case .unreadable: "cell.unreadable-number"
    case .notWhole: "cell.not-whole"
    case .tooLarge: "cell.number-too-large"
    }
  }
}

/// How a column writes its numbers; reads them exactly, without floating point.
public struct NumberColumnFormat: Sendable, Hashable, Codable {
  /// The column's decimal sign.
  public var decimalSign: DecimalSign

  /// A format.
  public init(decimalSign: DecimalSign) { self.decimalSign = decimalSign }

  /// A cell's number in minor units, such as cents for an exponent of 2.
  ///
  /// More decimals than the exponent are rounded half to even. A currency or a percent sign beside
  /// the number does not change it: `77.77%` with an exponent of 2 is 7,777.
  ///
  /// - Parameters:
  ///   - cell: The cell's UTF-8 bytes; blanks at its ends do not matter.
  ///   - exponent: How many decimal places a minor unit stands for, 0...9.
  /// - Returns: The number times ten to the exponent, or why there is none.
  @inline(__always)
  public func minorUnits(_ cell: UnsafeRawBufferPointer, exponent: Int) -> NumberReading {
    precondition((0...9).contains(exponent), "an exponent of 0...9")
    if let plain = plainNumber(cell, exponent: exponent) { return .value(plain) }
    return scaledSlowly(cell, exponent: exponent, mustBeWhole: false)
  }

  /// A cell's whole number; `15.00` is 15 and `15.50` is `notWhole`.
  ///
  /// - Parameter cell: The cell's UTF-8 bytes; blanks at its ends do not matter.
  /// - Returns: The number, or why there is none.
  @inline(__always)
  public func wholeNumber(_ cell: UnsafeRawBufferPointer) -> NumberReading {
    if let plain = plainNumber(cell, exponent: 0) { return .value(plain) }
    return scaledSlowly(cell, exponent: 0, mustBeWhole: true)
  }

  private func scaledSlowly(
    _ cell: UnsafeRawBufferPointer,
    exponent: Int,
    mustBeWhole: Bool
  ) -> NumberReading {
    let cell = TextBytes.trimmed(cell)
    if MissingMark.matches(cell) { return .missing }
    guard let number = NumberCell(cell), number.fits(decimalSign) else { return .unreadable }
    guard let (value, isExact) = number.scaled(decimalSign, exponent: exponent)
    else { return .tooLarge }
    return mustBeWhole && !isExact ? .notWhole : .value(value)
  }

  /// The common case: up to 18 digits with at most one decimal sign and no more decimals than
  /// asked; nil for everything else.
  @inline(__always)
  private func plainNumber(_ cell: UnsafeRawBufferPointer, exponent: Int) -> Int64? {
    var index = 0
    let count = cell.count
    guard count > 0, count + exponent < 19 else { return nil }
    let isNegative = cell[0] == Ascii.minus
    if isNegative { index = 1 }
    var value: Int64 = 0
    let wholeStart = index
    while index < count, Ascii.isDigit(cell[index]) {
      value = value &* 10 &+ Int64(cell[index] &- Ascii.zero)
      index &+= 1
    }
    guard index > wholeStart else { return nil }
    var places = exponent
    if index < count {
      guard cell[index] == decimalSign.byte, index + 1 < count, count - index - 1 <= exponent
      else { return nil }
      index &+= 1
      while index < count {
        guard Ascii.isDigit(cell[index]) else { return nil }
        value = value &* 10 &+ Int64(cell[index] &- Ascii.zero)
        index &+= 1
        places &-= 1
      }
    }
    while places > 0 {
      value = value &* 10
      places &-= 1
    }
    return isNegative ? -value : value
  }
}
