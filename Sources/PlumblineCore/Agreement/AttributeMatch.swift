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
  ///   may carry thousands separators (`1,200` or `1.200`) or decimals (`1.5` or `1,5`), and a range
  ///   such as `51-200` stands for its middle.
  /// - Returns: Whether it fits; nil when nobody can tell.
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

  /// The number that a text says: `1,200`, `1.200`, `1 200`, `1,5`, `200+`, or the middle of
  /// `51-200`.
  static func number(_ text: String) -> Double? {
    let plain = text.filter { !" _'’\u{A0}\u{202F}".contains($0) }
    if let number = single(plain[...]) { return number }
    if plain.hasSuffix("+") { return single(plain.dropLast()) }
    let ends = plain.split(whereSeparator: { "-–—".contains($0) }).map { single($0) }
    guard ends.count == 2, let least = ends[0], let most = ends[1], least <= most
    else { return nil }
    return (least + most) / 2
  }

  /// One number, written with points or commas.
  ///
  /// One sign before exactly three digits groups thousands, be it a point or a comma; any other
  /// stands before the decimals. Where there are both, the last one does. `0.125` and `1234.567`
  /// are no grouped numbers, so their points stand before decimals.
  private static func single(_ text: Substring) -> Double? {
    let signs = text.filter { $0 == "." || $0 == "," }
    guard let last = signs.last else { return finite(text) }
    let isMixed = Set(signs).count == 2
    var whole = text
    var decimals = ""
    let parts = text.split(separator: last, omittingEmptySubsequences: false)
    if isMixed || (parts.count == 2 && !isGrouped(parts)) {
      guard parts.count == 2 else { return nil }
      whole = parts[0]
      decimals = "." + parts[1]
    }
    let groups = whole.split(
      omittingEmptySubsequences: false,
      whereSeparator: { $0 == "." || $0 == "," }
    )
    guard groups.count == 1 || isGrouped(groups) else { return nil }
    return finite(groups.joined() + decimals)
  }

  /// Whether parts of a number are groups of thousands, or of lakhs: one to three digits, the last
  /// three, those between two or three.
  private static func isGrouped(_ groups: [Substring]) -> Bool {
    guard let first = groups.first, let last = groups.last, groups.count > 1 else { return false }
    let digits = first.drop { $0 == "-" || $0 == "+" }
    return 1...3 ~= digits.count && digits.first != "0" && last.count == 3
      && groups.dropFirst().allSatisfy { 2...3 ~= $0.count && $0.allSatisfy(\.isWholeNumber) }
      && digits.allSatisfy(\.isWholeNumber)
  }

  private static func finite(_ text: some StringProtocol) -> Double? {
    Double(text).flatMap { $0.isFinite ? $0 : nil }
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
