import PlumblineStatistics

/// What becomes of an input: a value of its own, or more or less than before.
public enum HeadcountOverride: Hashable, Sendable {
  /// This value.
  case set(HeadcountValue)
  /// So many times what it was.
  case times(Double)
  /// So much more than it was; less when negative.
  case plus(Double)

  /// The value after it; nil where there is none before to change.
  func applied(to before: HeadcountValue?) -> HeadcountValue? {
    switch self {
    case .set(let value): value
    case .times(let factor): before?.number.map { .number($0 * factor) }
    case .plus(let more): before?.number.map { .number($0 + more) }
    }
  }
}

extension HeadcountInput {
  /// Why a text is no value of an input.
  public struct Misreading: Error, Hashable, Sendable {
    /// What it must be, as the rest of a sentence that begins with its name.
    public let wanted: String
  }

  /// What a text makes of this input: `0.06`, `6 %`, `+20%`, `-1`, `0,0.3,0.7`, `annual`.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - minorUnits: How many minor units one of the currency has.
  /// - Returns: The override.
  /// - Throws: `Misreading` for any other text, or a number outside the input's range.
  public func override(
    _ text: String,
    minorUnits: Int64
  ) throws(Misreading) -> HeadcountOverride {
    let text = text.filter { !$0.isWhitespace }
    switch unit {
    case .payments:
      guard let terms = PaymentTerms(rawValue: text) else {
        throw Misreading(wanted: "must be monthly or annual")
      }
      return .set(.payments(terms))
    case .shares: return .set(.shares(try shares(text)))
    default: break
    }
    if self == .leadsPerRep, text == "unlimited" { return .set(.number(range.upperBound)) }
    let isRelative = text.hasPrefix("+") || (text.hasPrefix("-") && self != .cash)
    if isRelative, text.hasSuffix("%") {
      guard let percent = Self.decimal(text.dropLast()), percent >= -100, percent <= 1e6 else {
        throw Misreading(wanted: "must be a change such as +20% or -20%")
      }
      return .times(1 + percent / 100)
    }
    if isRelative {
      guard let more = Self.decimal(text[...]) else { throw misreading }
      return .plus(more * scale(minorUnits))
    }
    let isPercent = text.hasSuffix("%") && unit == .share
    guard let number = Self.decimal(isPercent ? text.dropLast() : text[...]) else {
      throw misreading
    }
    return .set(.number(try checked(isPercent ? number / 100 : number * scale(minorUnits))))
  }

  /// Shares by month as this input has them.
  ///
  /// - Parameter list: The shares.
  /// - Returns: The shares; those of a cycle add up to 1 exactly.
  /// - Throws: `Misreading` for shares outside 0...1, or those of a cycle that do not add up to 1.
  public func shares(_ list: [Double]) throws(Misreading) -> [Double] {
    let most = HeadcountPlan.mostMonths
    guard list.count <= most, list.allSatisfy({ (0...1).contains($0) }) else {
      throw Misreading(wanted: "must be shares from 0 to 1, one a month, at most \(most)")
    }
    guard self == .cycle else { return list }
    let total = list.reduce(0, +)
    guard abs(total - 1) < 0.001 else {
      throw Misreading(wanted: "must be shares that add up to 1")
    }
    return list.map { $0 / total }
  }

  private func shares(_ text: String) throws(Misreading) -> [Double] {
    let parts = text.split(separator: ",").map { Self.decimal($0) }
    let numbers = parts.compactMap { $0 }
    if self == .ramp, parts.count == 1, let months = numbers.first, !text.contains("."),
      (0...Double(HeadcountPlan.mostMonths)).contains(months)
    {
      return HeadcountValue.ramp(months: Int(months))
    }
    guard !parts.isEmpty, numbers.count == parts.count else {
      throw Misreading(
        wanted: self == .ramp
          ? "must be a number of months, or shares such as 0,0.3,0.7"
          : "must be shares such as 0.5,0.3,0.2"
      )
    }
    return try shares(numbers)
  }

  /// A number that is in the range of this input.
  func checked(_ number: Double) throws(Misreading) -> Double {
    guard range.contains(number) else { throw misreading }
    return number
  }

  /// What this input must be.
  var misreading: Misreading {
    let wanted =
      switch unit {
      case .share: "must be a share from 0 to 1, or a percentage such as 6%"
      case .factor where range.lowerBound == 1: "must be a factor of 1 or more"
      case .factor: "must be a factor of 0 or more"
      case .money where self == .cash: "must be an amount"
      case .months where range.lowerBound == 1: "must be a number of months, 1 or more"
      default: "must be a number of 0 or more"
      }
    return Misreading(wanted: wanted)
  }

  /// A value that it may have, as one would write it.
  public var example: String {
    switch unit {
    case .payments: "annual"
    case .shares: self == .ramp ? "3 or 0,0.3,0.7" : "0.5,0.3,0.2"
    case .share: "0.06, 6% or +10%"
    case .factor: "1.5"
    case .money: "12000 or +20%"
    case .months: "12"
    case .count: "8 or +20%"
    }
  }

  private func scale(_ minorUnits: Int64) -> Double { unit == .money ? Double(minorUnits) : 1 }

  /// A plain decimal number; no exponent, no infinity.
  private static func decimal(_ text: Substring) -> Double? {
    let digits = text.hasPrefix("+") || text.hasPrefix("-") ? text.dropFirst() : text
    guard !digits.isEmpty, digits.utf8.count <= 20,
      digits.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 }),
      digits.utf8.count(where: { $0 == 46 }) <= 1, digits.utf8.first != 46, digits.utf8.last != 46
    else { return nil }
    return Double(text)
  }
}
