/// Signs and codes of currencies as they stand beside amounts.
enum CurrencyMark {
  /// Whether a text is a code of ISO 4217 in capitals.
  static func isCode(_ text: String) -> Bool { text.utf8.count == 3 && codes.contains(text) }

  /// The length of the sign or code at the start of a text, 0 when there is none.
  ///
  /// - Parameter text: The rest of a cell.
  /// - Returns: How many bytes the mark takes.
  static func length(atStartOf text: UnsafeRawBufferPointer) -> Int {
    guard let first = text.first else { return 0 }
    for sign in signsByFirstByte[Int(first)] where starts(text, with: sign) { return sign.count }
    guard text.count >= 3, isCode(text, at: 0) else { return 0 }
    // Four capitals in a row are a word, not a code.
    return text.count > 3 && Ascii.isLetter(text[3]) ? 0 : 3
  }

  /// The length of the sign or code at the end of a text, 0 when there is none.
  ///
  /// - Parameter text: The start of a cell.
  /// - Returns: How many bytes the mark takes.
  static func length(atEndOf text: UnsafeRawBufferPointer) -> Int {
    guard let last = text.last else { return 0 }
    for sign in signsByLastByte[Int(last)] where ends(text, with: sign) { return sign.count }
    guard text.count >= 3, isCode(text, at: text.count - 3) else { return 0 }
    return text.count > 3 && Ascii.isLetter(text[text.count - 4]) ? 0 : 3
  }

  private static func isCode(_ text: UnsafeRawBufferPointer, at start: Int) -> Bool {
    var packed: UInt32 = 0
    for index in start..<start + 3 {
      guard text[index] &- 0x41 < 26 else { return false }
      packed = packed << 8 | UInt32(text[index])
    }
    return packedCodes.contains(packed)
  }

  private static func starts(_ text: UnsafeRawBufferPointer, with sign: [UInt8]) -> Bool {
    text.count >= sign.count && sign.indices.allSatisfy { text[$0] == sign[$0] }
  }

  private static func ends(_ text: UnsafeRawBufferPointer, with sign: [UInt8]) -> Bool {
    let start = text.count - sign.count
    return start >= 0 && sign.indices.allSatisfy { text[start + $0] == sign[$0] }
  }

  /// Longest first, so that `US$` is not read as `$`.
  private static let signs: [[UInt8]] = [
    "MX$", "NZ$", "HK$", "CA$", "AU$", "NT$", "US$", "A$", "C$", "R$", "S$", "kr.", "kr", "Kr.",
    "Kč", "zł", "Ft", "лв.", "лв", "руб.", "Rs.", "Rs", "Rp", "RM", "Fr.", "S/", "$", "€", "£",
    "¥", "￥", "₹", "₽", "₺", "₩", "₪", "₫", "฿", "₴", "₦", "₱", "₡", "₲", "₵", "₸", "₮", "﷼",
  ].map { Array($0.utf8) }.sorted { $0.count > $1.count }

  private static let signsByFirstByte = table { $0.first }
  private static let signsByLastByte = table { $0.last }

  private static func table(_ byte: ([UInt8]) -> UInt8?) -> [[[UInt8]]] {
    var table: [[[UInt8]]] = Array(repeating: [], count: 256)
    for sign in signs {
      if let byte = byte(sign) { table[Int(byte)].append(sign) }
    }
    return table
  }

  private static let packedCodes = Set(
    codes.map { $0.utf8.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } }
  )

  /// The codes of ISO 4217 for money in use, and a few that old exports still carry.
  private static let codes: Set<String> = Set(
    """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP
    BYN BZD CAD CDF CHF CLF CLP CNH CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD
    FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY
    KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU
    MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
    RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP
    TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG ZWL
    """.split(whereSeparator: \.isWhitespace).map(String.init)
  )
}
