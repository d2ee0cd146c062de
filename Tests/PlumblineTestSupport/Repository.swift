public import Foundation

/// Where the files of this repository are.
public enum Repository {
  /// The root folder, found from this file's own place.
  public static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
