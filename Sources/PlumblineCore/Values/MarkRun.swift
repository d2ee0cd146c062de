/// How many marks stand upon one letter.
///
/// To compare or normalise a text, the marks upon each letter are put into an order, in a time that
/// grows with the square of their number: some kilobytes of accents upon one letter would keep a
/// thread busy for minutes. No writing needs more than a few.
///
/// - SeeAlso: Unicode Standard Annex 15, section 13, whose stream-safe form has at most 30.
public enum MarkRun {
  /// At most so many marks may follow each other.
  public static let longest = 30

  /// Whether nowhere in a text more than `longest` marks follow each other.
  ///
  /// - Parameter text: A text from outside.
  /// - Returns: Whether it can be compared in a time that grows with its length alone.
  /// - Complexity: O(bytes).
  public static func isShort(in text: String) -> Bool {
    // A mark takes two bytes or more.
    text.utf8.count <= 2 * longest || isShort(in: text.unicodeScalars)
  }

  /// Whether nowhere among scalars more than `longest` marks follow each other.
  ///
  /// - Parameter scalars: Those of a text from outside.
  /// - Returns: Whether the text can be compared in a time that grows with its length alone.
  /// - Complexity: O(scalars).
  public static func isShort(in scalars: some Sequence<Unicode.Scalar>) -> Bool {
    var run = 0
    for scalar in scalars {
      run = isMark(scalar) ? run + 1 : 0
      if run > longest { return false }
    }
    return true
  }

  /// Whether a scalar is put into an order with its neighbours, or becomes one that is.
  static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    // Below U+0300 there is none.
    guard scalar.value >= 0x300 else { return false }
    // Some have no class of their own, but fall apart into marks that have: U+0F73, U+FF9E.
    return scalar.properties.canonicalCombiningClass != .notReordered
      || scalar.properties.isGraphemeExtend
  }
}
