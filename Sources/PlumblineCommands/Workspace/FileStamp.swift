import Crypto
import Foundation
import PlumblineCore

/// What tells whether a file or folder is as it was.
struct FileStamp: Hashable, Sendable {
  var size: Int
  /// Nanoseconds since 1970 at which the contents, or what is known of the file, changed last.
  ///
  /// Not the time of its contents, which whoever copies a file over another may choose.
  var changed: Int
  /// Which file it is.
  var node: UInt64

  /// The stamp of a file or folder; nil where there is none.
  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
    let time = status.st_ctimespec
    #else
    let time = status.st_ctim
    #endif
    size = Int(status.st_size)
    changed = Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
    node = UInt64(status.st_ino)
  }

  /// The stamps of a folder and of each file in it, in the order of their names.
  ///
  /// A folder alone does not tell of a file that is written anew in its place.
  ///
  /// - Complexity: O(files of the folder).
  static func all(in folder: String) -> [FileStamp?] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return [FileStamp(path: folder)]
      + names.sorted().map { FileStamp(path: (folder as NSString).appendingPathComponent($0)) }
  }

  /// The stamps of a SQLite file and of the log of what was written to it last.
  static func database(_ path: String) -> [FileStamp?] {
    [path, path + "-wal"].map { FileStamp(path: $0) }
  }
}

extension Array where Element == FileStamp? {
  /// Some stamps in 16 characters, the same in every process.
  var text: String {
    let parts = map { $0.map { "\($0.size).\($0.changed).\($0.node)" } ?? "-" }
    return SHA256.hash(data: [UInt8](parts.joined(separator: " ").utf8)).prefix(8).hexadecimal
  }
}
