extension Format {
  /// A file by its name alone: nothing of where on a server it is.
  ///
  /// - Parameter path: The file's path.
  /// - Returns: What stands after the last slash.
  public static func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
