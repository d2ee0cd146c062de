/// The form of currency codes: three capital letters, as in ISO 4217.
public enum CurrencyCode {
  /// Whether a text has the form of a code; whether such a currency exists is not asked.
  public static func isValid(_ text: String) -> Bool {
    text.utf8.count == 3
      && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
  }

  /// The code that somebody who wrote another text probably meant, or nil.
  public static func nearest(to text: String) -> String? {
    let upper = text.uppercased().filter { $0 != " " }
    if isValid(upper) { return upper }
    switch upper {
    case "$", "US$", "DOLLAR", "DOLLARS": return "USD"
    case "€", "EURO", "EUROS": return "EUR"
    case "£", "POUND", "POUNDS": return "GBP"
    case "¥", "YEN": return "JPY"
    default: return nil
    }
  }
}
