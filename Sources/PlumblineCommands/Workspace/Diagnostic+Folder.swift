public import PlumblineCore

extension Diagnostic {
  /// The finding with the files of a folder called by their names alone.
  ///
  /// - Parameter folder: The folder's path.
  /// - Returns: The finding; nothing in it says where the folder is.
  public func without(folder: String) -> Diagnostic {
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    var finding = mapTexts { $0.replacing(prefix, with: "") }
    finding.location?.file = location?.file.replacing(prefix, with: "") ?? ""
    return finding
  }
}
