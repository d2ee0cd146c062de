import Foundation
import PlumblineCore

/// Numbers as programs read them: rounded once, in one place, for JSON and CSV alike.
enum Rounded {
  /// A share, rate or chance to six figures; nil where there is none.
  static func share(_ value: Double?) -> Double? {
    guard let value, value.isFinite else { return nil }
    return Double(String(format: "%.6g", value))
  }

  /// An amount of minor units in major units, to the minor unit.
  static func amount(_ minorUnits: Double?, _ currency: String) -> Double? {
    guard let minorUnits, minorUnits.isFinite else { return nil }
    return minorUnits.rounded() / Double(Currency.minorUnits(of: currency))
  }

  /// An amount of minor units as a cell of a file, written as JSON writes it; empty where there is
  /// none.
  static func amountText(_ minorUnits: Int64?, _ currency: String) -> String {
    guard let amount = amount(minorUnits.map(Double.init), currency) else { return "" }
    return Int(exactly: amount).map(String.init) ?? "\(amount)"
  }

  /// A number of days, leads or customers to one decimal.
  static func tenth(_ value: Double?) -> Double? {
    guard let value, value.isFinite else { return nil }
    return (value * 10).rounded() / 10
  }
}
