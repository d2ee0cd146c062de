/// How words of files and agreements are compared.
public enum WordKey {
  /// What two words have in common when they are the same: case, blanks at the ends, and the
  /// choice between blank, hyphen and underscore do not matter.
  ///
  /// - Complexity: O(letters).
  public static func of(_ word: String) -> String {
    word.lowercased().split { $0 == " " || $0 == "-" || $0 == "_" }.joined(separator: " ")
  }
}
