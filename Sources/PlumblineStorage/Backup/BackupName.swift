/// Which names of files a backup may hold.
enum BackupName {
  /// Whether a name stays within the folder that it is restored to, on every system.
  ///
  /// Folders and names between single slashes; no `..`, nothing absolute, no backslash, colon or
  /// control character, and short enough for the header of a tar archive.
  static func isSafe(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return name.utf8.count <= TarHeader.longestName - BackupArchive.folder.utf8.count
      && parts.allSatisfy { part in
        !part.isEmpty && part != "." && part != ".."
          && part.unicodeScalars.allSatisfy {
            $0.value >= 0x20 && $0.value != 0x7F && $0 != "\\" && $0 != ":"
          }
      }
  }
}
