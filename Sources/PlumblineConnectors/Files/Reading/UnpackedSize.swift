import Foundation

/// How large files are once they are unpacked, found without keeping what comes out: a small file
/// can stand for an enormous one.
public enum UnpackedSize {
  /// How many bytes some files have once they are unpacked.
  ///
  /// - Parameters:
  ///   - paths: Where the files are.
  ///   - limit: Beyond so many bytes it is not looked any further.
  /// - Returns: The bytes of all of them, those of plain files as they are; nil when they are more
  ///   than `limit`. What cannot be read or is damaged counts as far as it can be read.
  /// - Complexity: O(bytes in and out), in constant memory.
  public static func of(_ paths: [String], limit: Int) -> Int? {
    var sum = 0
    for path in paths {
      let file = URL(fileURLWithPath: path)
      guard let contents = try? Data(contentsOf: file, options: .alwaysMapped) else { continue }
      let count = contents.withUnsafeBytes { bytes in
        Gzip.isGzip(bytes) ? Gzip.inflatedByteCount(bytes, limit: limit - sum) : bytes.count
      }
      guard let count, count <= limit - sum else { return nil }
      sum += count
    }
    return sum
  }
}
