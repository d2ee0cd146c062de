import PlumblineCore

/// What the numbers of a picture are counted in, and how they are said.
enum PictureUnit: Hashable {
  /// Fractions of 1; differences of them are percentage points.
  case share
  /// Things that are counted, such as customers; may be expected numbers with fractions.
  case count(String)
  /// Minor units of a currency.
  case money(String)

  /// A level: `24.1 %`, `1,240 customers`, `EUR 1,983,000`.
  func level(_ value: Double) -> String {
    guard value.isFinite else { return Format.absent }
    return switch self {
    case .share: Self.minus("\(Format.fixed(value * 100, decimals: 1)) %")
    case .count(let things): "\(Self.minus(plain(value))) \(things)"
    case .money(let currency): "\(currency) \(Self.minus(Format.amount(value, currency)))"
    }
  }

  /// A level for an axis, without what it is counted in where that is long.
  func tick(_ value: Double) -> String {
    switch self {
    case .share: Self.minus(Format.percent(value))
    case .count: Self.minus(plain(value))
    case .money(let currency):
      Self.minus(Self.brief(value / Double(Currency.minorUnits(of: currency))))
    }
  }

  /// The minus of differences, which screen readers speak, for levels too.
  private static func minus(_ number: String) -> String {
    number.count > 1 && number.hasPrefix("-") ? "−" + number.dropFirst() : number
  }

  /// A round number with its thousands or millions as a letter: `450 k`, `1.5 m`.
  private static func brief(_ value: Double) -> String {
    let size = abs(value)
    let (unit, letter) =
      size >= 1e9 ? (1e9, " bn") : size >= 1e6 ? (1e6, " m") : size >= 1e4 ? (1e3, " k") : (1, "")
    let number = value / unit
    let decimals = (0...2).first { power in
      let shifted = number * [1, 10, 100][power]
      return abs(shifted - shifted.rounded()) < 1e-6
    }
    return Format.fixed(number, decimals: decimals ?? 2) + letter
  }

  /// A difference with its sign: `−2.1 points`, `+34`, `−182,000`.
  func step(_ value: Double) -> String {
    self == .share ? "\(signed(value)) points" : signed(value)
  }

  /// A range of differences: `−3.0 to −1.2`.
  func range(_ lower: Double, _ upper: Double) -> String { "\(signed(lower)) to \(signed(upper))" }

  /// Levels of shares have one decimal, so their differences have one too, and more only where
  /// that would say 0.
  private func signed(_ value: Double) -> String {
    switch self {
    case .share: Format.signed(value * 100, decimals: abs(value) < 0.000495 ? 2 : 1)
    case .count: Format.signed(value, decimals: decimals(value))
    case .money(let currency): Format.signedAmount(value, currency)
    }
  }

  private func plain(_ value: Double) -> String {
    Format.fixed(value, decimals: decimals(value))
  }

  private func decimals(_ value: Double) -> Int {
    abs(value) < 20 && value != value.rounded() ? 1 : 0
  }
}
