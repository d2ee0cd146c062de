import Foundation

/// The name under which an uploaded file is kept and shown, made of the one that the browser gives.
///
/// It is a label, never a path: whatever is no letter, digit, blank or one of a few signs is
/// replaced, so that no folder, no hidden file and no direction of writing can come of it.
enum FileLabel {
  /// No label is longer, in bytes of UTF-8.
  static let mostBytes = 120

  /// The label for a name.
  ///
  /// - Parameters:
  ///   - name: The name as it was sent, perhaps with folders.
  ///   - taken: Labels that other files have, in lower case.
  /// - Returns: A label that no other file has.
  static func label(for name: String, besides taken: Set<String> = []) -> String {
    let last = name.split { $0 == "/" || $0 == "\\" }.last ?? ""
    // Letters with marks as one character, as most systems write them; the ending stays.
    let scalars = Array(String(last).precomposedStringWithCanonicalMapping.unicodeScalars)
    let kept =
      scalars.count > 4 * mostBytes
      ? scalars.prefix(2 * mostBytes) + scalars.suffix(2 * mostBytes) : scalars[...]
    let clean = String(kept.map { isAllowed($0) ? Character($0) : "_" })
    let (stem, ending) = parts(clean)
    var label = stem + ending
    var number = 1
    while taken.contains(label.lowercased()) {
      number += 1
      label = "\(stem)-\(number)\(ending)"
    }
    return label
  }

  /// The name without dots and blanks at its beginning, cut to what is left beside its ending.
  private static func parts(_ name: String) -> (stem: String, ending: String) {
    let pieces = name.split(separator: ".").map(String.init)
    let isGzip = pieces.last?.lowercased() == "gz" && pieces.count > 2
    let endings = pieces.count > 1 ? pieces.suffix(isGzip ? 2 : 1) : []
    let ending = endings.map { ".\($0)" }.joined()
    let isEnding = ending.utf8.count <= 16
    var stem = pieces.dropLast(isEnding ? endings.count : 0).joined(separator: ".")
    stem = String(stem.drop { $0 == " " || $0 == "-" })
    while stem.utf8.count > mostBytes { stem.removeLast() }
    return (stem.isEmpty ? "file" : stem, isEnding ? ending : "")
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        || " ._-()+".unicodeScalars.contains(scalar)
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .decimalNumber:
      return true
    default: return false
    }
  }
}
