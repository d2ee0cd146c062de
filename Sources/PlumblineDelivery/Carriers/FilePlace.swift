import Foundation

/// Where files of the settings are.
enum FilePlace {
  /// A path as the system takes it: relative ones count from a folder.
  static func path(of path: String, in folder: String) -> String {
    URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: folder, isDirectory: true)).path
  }
}
