/// The sign between the whole and the fractional part of a number.
public enum DecimalSign: String, Sendable, Hashable, Codable, CaseIterable {
  /// `1,234.56`
  case point
  /// `1.234,56`
  case comma

  @inline(__always)
  var byte: UInt8 { self == .point ? Ascii.point : Ascii.comma }
}

/// A number's cell taken apart: sign, currency, percent, multiplier, and the digits between them.
///
/// What the digits' separators mean is not decided here but for the whole column.
struct NumberCell {
  /// The digits with the separators among them.
  let digits: UnsafeRawBufferPointer
  let isNegative: Bool
  /// The power of ten that a letter such as `K` stands for; 0 without one.
  let power: Int
  let isPercent: Bool
  /// The sign or code of a currency; empty without one.
  let currency: UnsafeRawBufferPointer
  /// With which decimal signs the digits make sense.
  let fitsPoint: Bool
  let fitsComma: Bool

  /// Takes a cell apart, nil when it is not a number with either decimal sign.
  ///
  /// - Parameter cell: The cell, already trimmed.
  init?(_ cell: UnsafeRawBufferPointer) {
    var edges = NumberEdges(cell)
    guard edges.strip() else { return nil }
    digits = edges.rest
    isNegative = edges.isNegative
    power = edges.power
    isPercent = edges.isPercent
    currency = edges.currency
    fitsPoint = NumberCell.fits(digits, .point)
    fitsComma = NumberCell.fits(digits, .comma)
    guard fitsPoint || fitsComma else { return nil }
  }

  func fits(_ sign: DecimalSign) -> Bool { sign == .point ? fitsPoint : fitsComma }

  /// The number times ten to the `exponent`, rounded half to even; nil when it does not fit.
  ///
  /// - Parameters:
  ///   - decimal: The decimal sign, with which the digits must make sense.
  ///   - exponent: How many decimal places to keep.
  /// - Returns: The scaled number and whether rounding changed it, or nil beyond 64 bits.
  func scaled(_ decimal: DecimalSign, exponent: Int) -> (value: Int64, isExact: Bool)? {
    var magnitude: UInt64 = 0
    // Places still to fill once the decimal sign is met.
    var places = exponent + power
    var isFraction = false
    var roundingDigit: UInt8?
    var hasMore = false
    for byte in digits {
      guard Ascii.isDigit(byte) else {
        if byte == decimal.byte { isFraction = true }
        continue
      }
      let digit = byte - Ascii.zero
      if isFraction && places == 0 {
        if roundingDigit == nil { roundingDigit = digit } else if digit != 0 { hasMore = true }
        continue
      }
      if isFraction { places -= 1 }
      guard let next = Self.appending(digit, to: magnitude) else { return nil }
      magnitude = next
    }
    for _ in 0..<places {
      guard let next = Self.appending(0, to: magnitude) else { return nil }
      magnitude = next
    }
    let rest = roundingDigit ?? 0
    if rest > 5 || (rest == 5 && (hasMore || magnitude % 2 == 1)) {
      let (next, isTooLarge) = magnitude.addingReportingOverflow(1)
      if isTooLarge { return nil }
      magnitude = next
    }
    guard magnitude <= UInt64(Int64.max) else { return nil }
    return (isNegative ? -Int64(magnitude) : Int64(magnitude), rest == 0 && !hasMore)
  }

  private static func appending(_ digit: UInt8, to magnitude: UInt64) -> UInt64? {
    let (tenfold, isTooLarge) = magnitude.multipliedReportingOverflow(by: 10)
    if isTooLarge { return nil }
    let (sum, overflows) = tenfold.addingReportingOverflow(UInt64(digit))
    return overflows ? nil : sum
  }

  /// Whether digits and separators make a number with this decimal sign.
  ///
  /// Groups are of three digits, or of two before the last three as in India; all group signs are
  /// alike; the first group is not empty and does not begin with 0.
  private static func fits(_ digits: UnsafeRawBufferPointer, _ decimal: DecimalSign) -> Bool {
    var groups = DigitGroups()
    var index = 0
    while index < digits.count {
      let byte = digits[index]
      if Ascii.isDigit(byte) {
        groups.append(byte)
        index += 1
      } else if byte == decimal.byte {
        guard groups.endsWell(allowsNone: true) else { return false }
        let fraction = digits[(index + 1)...]
        return !fraction.isEmpty && fraction.allSatisfy(Ascii.isDigit)
      } else {
        let width = separatorWidth(digits, at: index)
        guard width > 0, groups.close(by: digits[index]) else { return false }
        index += width
      }
    }
    return groups.endsWell(allowsNone: false)
  }

  /// The width of a sign that can stand between groups, 0 when there is none.
  private static func separatorWidth(_ digits: UnsafeRawBufferPointer, at index: Int) -> Int {
    switch digits[index] {
    case Ascii.comma, Ascii.point, Ascii.apostrophe, Ascii.space: return 1
    case 0xE2
    where index + 2 < digits.count && digits[index + 1] == 0x80 && digits[index + 2] == 0x99:
      return 3
    default: return TextBytes.blankWidth(digits, at: index, before: digits.count)
    }
  }
}

/// The groups of digits before a decimal sign.
private struct DigitGroups {
  private var length = 0
  private var groupCount = 0
  private var beginsWithZero = false
  private var hasPair = false
  private var hasTriple = false
  private var separator: UInt8 = 0

  mutating func append(_ digit: UInt8) {
    if length == 0 && groupCount == 0 { beginsWithZero = digit == Ascii.zero }
    length += 1
  }

  /// Ends a group at a separator; false when it cannot end there.
  ///
  /// Separators are told apart by their first byte, which keeps blanks of different widths apart
  /// from points, commas and apostrophes.
  mutating func close(by byte: UInt8) -> Bool {
    if groupCount == 0 {
      guard (1...3).contains(length), !beginsWithZero else { return false }
      separator = byte
    } else {
      guard byte == separator else { return false }
      if length == 2 {
        hasPair = true
      } else if length == 3 {
        hasTriple = true
      } else {
        return false
      }
    }
    groupCount += 1
    length = 0
    return true
  }

  /// Whether the number, or its whole part, can end here.
  func endsWell(allowsNone: Bool) -> Bool {
    if groupCount == 0 { return allowsNone || length > 0 }
    return length == 3 && !(hasPair && hasTriple)
  }
}

/// What stands around the digits of a number.
private struct NumberEdges {
  private(set) var rest: UnsafeRawBufferPointer
  private(set) var isNegative = false
  private(set) var power = 0
  private(set) var isPercent = false
  private(set) var currency = UnsafeRawBufferPointer(start: nil, count: 0)
  private var isSigned = false
  private var isOpen = false
  private var isClosed = false

  init(_ cell: UnsafeRawBufferPointer) { rest = cell }

  /// Removes everything up to the digits; false when something stands there twice or alone.
  mutating func strip() -> Bool {
    while let first = rest.first, !Ascii.isDigit(first) {
      guard let width = front(first) else { return false }
      if width == 0 { break }
      rest = UnsafeRawBufferPointer(rebasing: rest[width...])
    }
    while let last = rest.last, !Ascii.isDigit(last) {
      guard let width = back(last), width > 0 else { return false }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropLast(width))
    }
    return isOpen == isClosed && !rest.isEmpty
  }

  /// The width of what stands at the front, 0 for a decimal sign, nil when it cannot stand there.
  private mutating func front(_ byte: UInt8) -> Int? {
    switch byte {
    case Ascii.point, Ascii.comma: return 0
    case Ascii.minus: return sign(negative: true) ? 1 : nil
    case Ascii.plus: return sign(negative: false) ? 1 : nil
    case Ascii.openParenthesis:
      isOpen = true
      return sign(negative: true) ? 1 : nil
    case 0xE2 where rest.count > 2 && rest[1] == 0x88 && rest[2] == 0x92:
      return sign(negative: true) ? 3 : nil
    default:
      let blank = TextBytes.blankWidth(rest, at: 0, before: rest.count)
      if blank > 0 { return blank }
      let mark = CurrencyMark.length(atStartOf: rest)
      guard mark > 0, currency.isEmpty else { return nil }
      currency = UnsafeRawBufferPointer(rebasing: rest[..<mark])
      return mark
    }
  }

  /// The width of what stands at the back, nil when it cannot stand there.
  private mutating func back(_ byte: UInt8) -> Int? {
    switch byte {
    case Ascii.minus: return sign(negative: true) ? 1 : nil
    case Ascii.closeParenthesis:
      guard isOpen, !isClosed else { return nil }
      isClosed = true
      return 1
    case Ascii.percent:
      guard !isPercent else { return nil }
      isPercent = true
      return 1
    default:
      let blank = TextBytes.blankWidth(rest, endingAt: rest.count, notBefore: 0)
      if blank > 0 { return blank }
      let mark = CurrencyMark.length(atEndOf: rest)
      if mark > 0 {
        guard currency.isEmpty else { return nil }
        currency = UnsafeRawBufferPointer(rebasing: rest.suffix(mark))
        return mark
      }
      return multiplier(byte) ? 1 : nil
    }
  }

  private mutating func sign(negative: Bool) -> Bool {
    defer { isSigned = true }
    isNegative = negative
    return !isSigned
  }

  /// `K` or `k` for thousands, `M` for millions, `B` for thousands of millions.
  private mutating func multiplier(_ byte: UInt8) -> Bool {
    guard power == 0 else { return false }
    switch byte {
    case 0x4B, 0x6B: power = 3
    case 0x4D: power = 6
    case 0x42: power = 9
    default: return false
    }
    return true
  }
}
