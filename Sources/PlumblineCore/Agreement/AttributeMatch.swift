/// Which values of a lead's attribute fit, such as 50 to 1000 employees, or software and fintech.
public enum AttributeMatch: Hashable, Sendable {
  /// A number in a range, both ends included; nil for an open end.
  case range(Double?, Double?)
  /// One of these words; case, blanks at the ends, and the choice of blank, `-` or `_` aside.
  case words([String])
  /// Any value at all.
  case present
  /// No value.
  case missing

  /// Whether a value fits; nil when the value is missing and only a value could tell.
  ///
  /// - Parameter value: The value as the source writes it; nil or blank when there is none. Numbers
  ///   may carry thousands separators (`1,200`), and a range such as `51-200` stands for its middle.
  /// - Complexity: O(words).
  public func fits(_ value: String?) -> Bool? {
    let value = value ?? ""
    let word = WordKey.of(value)
    switch self {
    case .missing: return word.isEmpty
    case .present: return !word.isEmpty
    case .words(let words):
      return word.isEmpty ? nil : words.contains { WordKey.of($0) == word }
    case .range(let least, let most):
      guard !word.isEmpty else { return nil }
      // What is not a number lies in no range: "unknown" fits no more than a blank tells.
      guard let number = Self.number(value) else { return nil }
      return (least ?? -.infinity)...(most ?? .infinity) ~= number
    }
  }

  /// The number that a text says: `1,200`, `1 200`, `200+`, or the middle of `51-200`.
  static func number(_ text: String) -> Double? {
    let plain = text.filter { !" ,_'\u{A0}\u{202F}".contains($0) }
    if let number = Double(plain), number.isFinite { return number }
    if plain.hasSuffix("+") { return Double(plain.dropLast()) }
    let ends = plain.split(whereSeparator: { "-–—".contains($0) }).map { Double($0) }
    guard ends.count == 2, let least = ends[0], let most = ends[1], least <= most,
      most.isFinite
    else { return nil }
    return (least + most) / 2
  }
}

/// One property of a lead by which the teams agreed to tell whom they want.
public struct AttributeCriterion: Hashable, Sendable {
  /// The attribute's name, as facts of the kind `attribute` carry it.
  public var name: String
  /// Which values fit.
  public var match: AttributeMatch

  /// A criterion.
  public init(name: String, match: AttributeMatch) {
    self.name = name
    self.match = match
  }
}
