import Foundation
import PlumblineCore

/// A page that a command writes to a file.
enum HTMLFile {
  /// Writes a page and says so.
  ///
  /// - Parameters:
  ///   - text: The page.
  ///   - path: The file.
  /// - Throws: `InputError` when the file cannot be written.
  static func write(_ text: String, to path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8)) else {
      throw InputError(
        code: "report.not-written",
        "\(path) cannot be written.",
        remedy: "Name a file in a folder that you may write to, with --output."
      )
    }
    print("Wrote \(path).")
  }
}
