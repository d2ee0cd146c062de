import PlumblineCore

/// A file that was read whole.
public struct AgreementFile: Hashable, Sendable {
  /// The path as the user would write it, for messages.
  public var path: String
  /// What the file holds.
  public var bytes: [UInt8]

  /// A file.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// The file's name without folders and without an ending.
  ///
  /// - Parameter suffix: The ending, such as `.yaml`.
  /// - Returns: The name; the whole of it where it does not end so.
  public func name(without suffix: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : name
  }

  /// SHA-256 of the bytes, in hexadecimal.
  var hash: String { AgreementReader.hash(of: bytes) }

  /// The line that begins with a key, counted from 1; nil when none does.
  func line(ofKey key: String) -> Int? {
    let word = Array((key + ":").utf8)
    return lines.firstIndex { $0.starts(with: word) }.map { $0 + 1 }
  }

  /// The first line in which two files differ, counted from 1; nil when they are the same.
  func firstDifference(from other: AgreementFile) -> Int? {
    guard bytes != other.bytes else { return nil }
    let (own, others) = (lines, other.lines)
    let same = zip(own, others).prefix { $0 == $1 }.count
    return same + 1
  }

  private var lines: [ArraySlice<UInt8>] {
    bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
  }

  /// A place in the file for a finding about a key, or about the whole file.
  func location(ofKey key: String) -> Diagnostic.Location {
    let line = line(ofKey: key)
    return Diagnostic.Location(file: path, line: line, column: line == nil ? nil : 1)
  }
}
