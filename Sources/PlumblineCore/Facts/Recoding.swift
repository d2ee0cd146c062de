/// Turns the codes of one set of dictionaries into those of another.
public struct Recoding: Sendable {
  private let newCodes: [[UInt32]]

  /// Interns every text of `source` into `target` and remembers the new codes.
  ///
  /// - Complexity: O(texts).
  public init(from source: TextDictionaries, into target: inout TextDictionaries) {
    var newCodes: [[UInt32]] = []
    for domain in TextDomain.allCases {
      let dictionary = source[domain]
      newCodes.append(
        (0..<UInt32(dictionary.count)).map { code in
          dictionary.withBytes(of: code) { target[domain].intern($0) }
        }
      )
    }
    self.newCodes = newCodes
  }

  /// The table with its text codes replaced.
  public func recode(_ table: FactTable) -> FactTable {
    var table = table
    table.recode { newCodes[$0.index] }
    return table
  }
}

extension TextDictionaries {
  /// Whether these dictionaries begin with all texts of others, under the same codes.
  ///
  /// - Complexity: O(bytes of the others).
  public func continues(_ others: TextDictionaries) -> Bool {
    TextDomain.allCases.allSatisfy { domain in
      if let late = lateTexts(of: domain), late === others.lateTexts(of: domain) { return true }
      return self[domain].continues(others[domain])
    }
  }
}

extension TextDictionary {
  /// Whether this dictionary begins with all texts of another, under the same codes.
  ///
  /// - Complexity: O(bytes of the other).
  public func continues(_ other: TextDictionary) -> Bool {
    guard count >= other.count, bytes.count >= other.bytes.count else { return false }
    return ends.prefix(other.count) == other.ends[...]
      && bytes.prefix(other.bytes.count) == other.bytes[...]
  }
}
