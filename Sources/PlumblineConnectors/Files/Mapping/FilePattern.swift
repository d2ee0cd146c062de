/// A pattern of file names: `*` stands for any characters, `?` for one; case does not matter.
public struct FilePattern: Hashable, Sendable {
  /// The pattern as written.
  public let text: String
  /// Where it is written.
  public let spot: MappingSpot

  /// A pattern.
  public init(_ text: String, spot: MappingSpot = MappingSpot()) {
    self.text = text
    self.spot = spot
  }

  /// Whether the whole of a file's name fits.
  ///
  /// - Complexity: O(pattern x name): only the last `*` is ever tried again.
  public func matches(_ name: String) -> Bool {
    let pattern = Array(text.lowercased())
    let name = Array(name.lowercased())
    var inPattern = 0
    var inName = 0
    var lastStar: (pattern: Int, name: Int)?
    while inName < name.count {
      if inPattern < pattern.count, pattern[inPattern] == "*" {
        lastStar = (inPattern, inName)
        inPattern += 1
      } else if inPattern < pattern.count,
        pattern[inPattern] == "?" || pattern[inPattern] == name[inName]
      {
        inPattern += 1
        inName += 1
      } else if let star = lastStar {
        lastStar = (star.pattern, star.name + 1)
        inPattern = star.pattern + 1
        inName = star.name + 1
      } else {
        return false
      }
    }
    return pattern[inPattern...].allSatisfy { $0 == "*" }
  }
}
