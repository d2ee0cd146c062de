/// Facts about currencies, by their three-letter codes.
public enum Currency {
  /// How many decimals the currency's minor unit has: 2 for most, 0 for yen, 3 for dinars.
  ///
  /// - SeeAlso: ISO 4217, column "Minor unit".
  public static func decimals(of code: String) -> Int {
    switch code {
    case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND",
      "VUV", "XAF", "XOF", "XPF":
      0
    case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
    default: 2
    }
  }

  /// How many minor units make one major unit.
  public static func minorUnits(of code: String) -> Int64 {
    switch decimals(of: code) {
    case 0: 1
    case 3: 1000
    default: 100
    }
  }
}
