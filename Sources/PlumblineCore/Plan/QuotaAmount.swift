/// A sum of money as people type it: `2.4M`, `2400k`, `2,400,000`.
public enum QuotaAmount {
  /// The sum in minor units.
  ///
  /// Commas part thousands and a point parts decimals; `k`, `m` and `b` (or `bn`) stand for
  /// thousands, millions and thousands of millions, in either case.
  ///
  /// - Parameters:
  ///   - text: The text, with or without the currency's letters in front.
  ///   - currency: The agreement's currency.
  /// - Returns: Minor units, 0 or more.
  /// - Throws: `InputError` for anything that could be read in two ways, or not at all.
  public static func minorUnits(_ text: String, currency: String) throws(InputError) -> Int64 {
    var rest = text.trimmed.lowercased()
    if rest.hasPrefix(currency.lowercased()) {
      rest = String(rest.dropFirst(currency.count)).trimmed
    }
    var factor: Int64 = 1
    for (ending, value) in [("bn", 1_000_000_000), ("b", 1_000_000_000), ("m", 1_000_000)]
      + [("k", 1000)] as [(String, Int64)]
    where rest.hasSuffix(ending) {
      rest = String(rest.dropLast(ending.count)).trimmed
      factor = value
      break
    }
    let parts = rest.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first.flatMap({ digits($0) }) else {
      throw unreadable(text)
    }
    let fraction = parts.count == 2 ? String(parts[1]) : ""
    guard parts.count == 1 || isDigits(fraction), fraction.count <= 12 else {
      throw unreadable(text)
    }
    let unit = Int128(factor) * Int128(Currency.minorUnits(of: currency))
    guard let number = Int128(whole + fraction) else { throw unreadable(text) }
    var divisor: Int128 = 1
    for _ in fraction { divisor *= 10 }
    let (amount, remainder) = (number * unit).quotientAndRemainder(dividingBy: divisor)
    // Beyond this a quota is a slip of the pen, and sums would not fit.
    guard remainder == 0, amount <= 1_000_000_000_000_000_000 else { throw unreadable(text) }
    return Int64(amount)
  }

  /// Digits without their commas, which must part thousands.
  private static func digits(_ text: Substring) -> String? {
    let groups = text.split(separator: ",", omittingEmptySubsequences: false)
    guard groups.allSatisfy({ isDigits(String($0)) }), text.count <= 24 else { return nil }
    if groups.count > 1 {
      guard let first = groups.first, first.count <= 3,
        groups.dropFirst().allSatisfy({ $0.count == 3 })
      else { return nil }
    }
    return groups.joined()
  }

  private static func isDigits(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
  }

  private static func unreadable(_ text: String) -> InputError {
    InputError(
      code: "plan.unreadable-quota",
      "--quota \(text) is not a sum of money.",
      remedy: "Write it as 2400000, 2,400,000, 2400k or 2.4M."
    )
  }
}

extension String {
  /// Without blanks at its ends.
  fileprivate var trimmed: String {
    let start = drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}
