import PlumblineCore

extension Format {
  /// A difference with its sign, `+0.41`, `−0.90`; `0` where it rounds to nothing.
  ///
  /// The minus is the typographic one, which screen readers speak.
  static func signed(_ value: Double, decimals: Int) -> String {
    withSign(value, fixed(abs(value), decimals: decimals))
  }

  /// A difference of two shares in percentage points with its sign: `−12`, `+4.2`, `−0.35`.
  static func signedPoints(_ difference: Double) -> String {
    let size = abs(difference) * 100
    return signed(difference * 100, decimals: size >= 9.95 ? 0 : size >= 0.95 ? 1 : 2)
  }

  /// An estimated amount with its sign, to three figures: `−182,000`.
  static func signedAmount(_ minorUnits: Double, _ currency: String) -> String {
    withSign(minorUnits, estimatedAmount(abs(minorUnits), currency))
  }

  /// A difference of counts with its sign: `+1,204`, `−12`, `0`.
  static func signedCount(_ difference: Int) -> String {
    withSign(Double(difference), count(Int(difference.magnitude)))
  }

  private static func withSign(_ value: Double, _ size: String) -> String {
    guard value.isFinite else { return absent }
    if size.allSatisfy({ "0.".contains($0) }) { return "0" }
    return (value < 0 ? "−" : "+") + size
  }
}
