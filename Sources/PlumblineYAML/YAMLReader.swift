import PlumblineCore
import Yams

/// Reads YAML text into nodes that know their place.
///
/// Safe on any bytes: the text's size, its nesting and its findings are bounded, and anchors with
/// aliases, by which a small text can stand for an enormous one, are refused before anything is
/// built from them.
public enum YAMLReader {
  /// The largest file that is read, in bytes.
  public static let maximumBytes = 1 << 20
  /// How deep lists and mappings may be nested.
  public static let maximumDepth = 32

  /// The root of a file, or nil when there is nothing to look at.
  ///
  /// A file with a repeated key still gives a root, so that its other faults are found too; whether
  /// the file can be used says `YAMLFindings.hasErrors`.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes, UTF-8 with or without a byte-order mark.
  ///   - findings: Where everything wrong is noted.
  /// - Returns: The root, nil with an error among the findings when there is none.
  public static func read(_ bytes: some Collection<UInt8>, findings: YAMLFindings) -> YAMLNode? {
    guard let source = YAMLSource(bytes, findings: findings),
      aliasesAreAbsent(in: source, findings: findings),
      let composed = YAMLComposition(source, of: source.scalars, findings: findings)
    else { return nil }
    guard let root = composed.root(findings: findings) else {
      if !findings.hasErrors {
        findings.report(
          code: "yaml.empty",
          "the file holds nothing but blanks and comments.",
          at: nil
        )
      }
      return nil
    }
    return root
  }

  /// Whether the text has no anchors that an alias could repeat.
  ///
  /// Looks at the text with each `*` replaced by a character that begins a plain word, in which
  /// there can be no alias. Up to its first alias the real text reads the same, so when no anchor
  /// is found here, the real text cannot repeat anything: its first alias is an error.
  private static func aliasesAreAbsent(in source: YAMLSource, findings: YAMLFindings) -> Bool {
    guard source.scalars.contains("&"), source.scalars.contains("*") else { return true }
    // A noncharacter (Unicode 16, section 23.7), so that no text holds it by chance.
    guard let mask = Unicode.Scalar(0xFDD0 as UInt32) else { return false }
    let masked = source.scalars.map { $0 == "*" ? mask : $0 }
    guard let composed = YAMLComposition(source, of: masked, findings: findings)
    else { return false }
    return !composed.reportAnchors(findings: findings)
  }
}
