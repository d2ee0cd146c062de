import Foundation
import PlumblineCore
import PlumblineStatistics

/// Numbers as people read them: the one place where a number becomes words.
///
/// Shares are fractions until they come here; amounts are minor units. Nothing here gives "nan".
public enum Format {
  /// What stands where there is no number.
  public static let absent = "-"

  // MARK: Counts

  /// A whole number with its thousands apart: `12,345`.
  public static func count(_ number: Int) -> String { grouped(String(number)) }

  /// A whole number with its thing in the right number: `1 lead`, `2 leads`.
  public static func count(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(count(number)) \(number == 1 ? singular : plural ?? singular + "s")"
  }

  /// An expected number of customers as a whole number; `<1` where it rounds to nothing.
  public static func expected(_ number: Double) -> String {
    guard number.isFinite else { return absent }
    return number > 0 && number < 0.5 ? "<1" : fixed(number, decimals: 0)
  }

  // MARK: Shares

  /// A share as percent: `40 %`, `2.3 %`; 0 % and 100 % only where it is exactly none or all.
  public static func percent(_ share: Double) -> String {
    guard share.isFinite else { return absent }
    let percent = share * 100
    if percent > 0, percent < 0.01 { return "under 0.01 %" }
    if percent < 100, percent >= 99.995 { return "over 99.99 %" }
    return "\(fixed(percent, decimals: decimals(ofPercent: percent))) %"
  }

  /// Two shares as a range: `12–19 %`.
  static func percentRange(_ interval: ConfidenceInterval, around share: Double) -> String {
    let ends = [interval.lower * 100, interval.upper * 100]
    guard ends.allSatisfy(\.isFinite) else { return absent }
    var decimals = decimals(ofPercent: share * 100)
    while decimals < 2,
      fixed(ends[0], decimals: decimals) == fixed(ends[1], decimals: decimals),
      ends[0] != ends[1]
    {
      decimals += 1
    }
    return "\(fixed(ends[0], decimals: decimals))–\(fixed(ends[1], decimals: decimals)) %"
  }

  /// A share with its interval: `15 % (12–19 %)`.
  static func percent(_ share: Double, _ interval: ConfidenceInterval?) -> String {
    guard let interval else { return percent(share) }
    return "\(percent(share)) (\(percentRange(interval, around: share)))"
  }

  /// A difference of two shares in percentage points: `34 points lower`.
  static func points(_ difference: Double) -> String {
    let size = pointSize(difference)
    return size == "0.0" ? "no points apart" : "\(size) points \(direction(difference))"
  }

  /// A range of differences: `27 to 41 points lower`, `6.0 points lower to 4.0 higher`.
  static func pointRange(_ interval: ConfidenceInterval) -> String {
    let (lower, upper) = (interval.lower, interval.upper)
    if upper < 0 { return "\(pointSize(upper)) to \(pointSize(lower)) points lower" }
    if lower > 0 { return "\(pointSize(lower)) to \(pointSize(upper)) points higher" }
    return "\(pointSize(lower)) points lower to \(pointSize(upper)) higher"
  }

  private static func direction(_ difference: Double) -> String {
    difference < 0 ? "lower" : "higher"
  }

  private static func pointSize(_ difference: Double) -> String {
    let size = abs(difference) * 100
    return fixed(size, decimals: size < 9.95 ? 1 : 0)
  }

  /// How many decimals a percentage needs: two figures, and never a false 0 or 100.
  private static func decimals(ofPercent percent: Double) -> Int {
    let size = abs(percent)
    if size == 0 || size == 100 { return 0 }
    if size >= 99.5, size < 100 { return size >= 99.95 ? 2 : 1 }
    return size >= 9.95 ? 0 : size >= 0.1 ? 1 : 2
  }

  // MARK: Money

  /// An amount with its currency: `EUR 12,340`.
  ///
  /// - Parameters:
  ///   - minorUnits: The amount in minor units, such as cents.
  ///   - currency: The currency's three letters.
  /// - Returns: The currency, then the amount in major units.
  public static func money(_ minorUnits: Double, _ currency: String) -> String {
    "\(currency) \(amount(minorUnits, currency))"
  }

  /// An amount without its currency: `12,340`, and with its decimals below a hundred: `45.30`.
  public static func amount(_ minorUnits: Double, _ currency: String) -> String {
    guard minorUnits.isFinite else { return absent }
    let major = minorUnits / Double(Currency.minorUnits(of: currency))
    let decimals = major != 0 && abs(major) < 100 ? Currency.decimals(of: currency) : 0
    return fixed(major, decimals: decimals)
  }

  /// An amount as a record has it, to the minor unit: `12,340.00`.
  public static func exactAmount(_ minorUnits: Int64, _ currency: String) -> String {
    let major = Double(minorUnits) / Double(Currency.minorUnits(of: currency))
    return fixed(major, decimals: Currency.decimals(of: currency))
  }

  /// An estimated amount, to three figures: `540,000`.
  public static func estimatedAmount(_ minorUnits: Double, _ currency: String) -> String {
    let major = minorUnits / Double(Currency.minorUnits(of: currency))
    guard major.isFinite else { return absent }
    guard abs(major) >= 1000 else { return fixed(major, decimals: 0) }
    let unit = pow(10, (log10(abs(major)) + 1e-12).rounded(.down) - 2)
    return fixed((major / unit).rounded() * unit, decimals: 0)
  }

  /// An estimated amount with its currency: `EUR 540,000`.
  public static func estimatedMoney(_ minorUnits: Double, _ currency: String) -> String {
    "\(currency) \(estimatedAmount(minorUnits, currency))"
  }

  // MARK: Chances and plain numbers

  /// A computed chance as percent: `1.9 %`, `under 0.01 %`, `over 99.99 %`; never 0 or 100 %.
  ///
  /// Draws and sums of odds that give exactly none or all have only met their own limits.
  public static func odds(_ chance: Double) -> String {
    guard chance.isFinite else { return absent }
    if chance < 0.0001 { return "under 0.01 %" }
    return chance >= 0.99995 ? "over 99.99 %" : percent(chance)
  }

  /// A chance between 0 and 1 to two figures: `0.031`; `under 0.001` below that.
  public static func chance(_ value: Double) -> String {
    guard value.isFinite else { return absent }
    if value < 0.001 { return "under 0.001" }
    return fixed(value, decimals: value < 0.1 ? 3 : 2)
  }

  /// A number with its thousands apart and so many decimals.
  static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return absent }
    let text = String(format: "%.\(decimals)f", value)
    let isZero = text.allSatisfy { "-0.".contains($0) }
    return grouped(isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text)
  }

  private static func grouped(_ text: String) -> String {
    let sign = text.hasPrefix("-") ? "-" : ""
    let parts = text.dropFirst(sign.count).split(separator: ".", maxSplits: 1)
    var whole = ""
    for (index, digit) in (parts.first ?? "0").reversed().enumerated() {
      if index > 0, index % 3 == 0 { whole.append(",") }
      whole.append(digit)
    }
    return sign + String(whole.reversed()) + (parts.count > 1 ? "." + parts[1] : "")
  }
}
