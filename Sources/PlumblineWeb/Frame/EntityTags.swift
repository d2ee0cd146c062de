/// What a program that has an answer says of it in `If-None-Match`.
///
/// Weak comparison: whether a tag is said to be weak makes no difference. See RFC 9110, 8.8.3.2 and
/// 13.1.2.
struct EntityTags: Equatable {
  /// Whether any answer that there is will do: `*`.
  private(set) var isAny = false
  /// What stands between the quotes of each tag.
  private(set) var tags: [String] = []

  /// The tags of some fields; what is no tag is left out.
  ///
  /// - Complexity: O(characters).
  init(_ fields: [String]) {
    for field in fields {
      if field.trimming(" \t") == "*" { isAny = true }
      // A comma may stand inside the quotes; of three parts between quotes the second is a tag.
      let parts = field.split(separator: "\"", omittingEmptySubsequences: false)
      for place in stride(from: 1, to: parts.count - 1, by: 2)
      where ["", "W/"].contains(parts[place - 1].trimming(" \t,")) {
        tags.append(String(parts[place]))
      }
    }
  }

  /// Whether an answer is one of those that the program has.
  ///
  /// - Parameter mark: What stands between the quotes of the answer's tag.
  /// - Returns: Whether it need not be sent again.
  func match(_ mark: String) -> Bool { isAny || tags.contains(mark) }
}

extension StringProtocol {
  /// The text without some characters at its ends.
  fileprivate func trimming(_ characters: String) -> String {
    let rest = drop(while: characters.contains)
    return String(rest.reversed().drop(while: characters.contains).reversed())
  }
}
