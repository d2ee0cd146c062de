/// What the people of sales are called where their names are not to be shown.
///
/// A pseudonym is made of the order of names, so that it stays while no owner comes or goes, and
/// so that whatever is counted or drawn in the order of names comes out the same.
public struct OwnerPseudonyms: Sendable {
  /// What owners are called instead, by what the words of their ids and names have in common.
  private var names: [String: String] = [:]
  /// The keys of those who keep their names.
  private let shown: Set<String>

  /// Pseudonyms for owners.
  ///
  /// - Parameters:
  ///   - owners: The owners' ids, as facts write them.
  ///   - called: What owners' own records call them, by their ids.
  ///   - others: People whom an agreement names, and who may be on record or not.
  ///   - shown: The ids of those who keep their names.
  /// - Complexity: O(owners x log owners).
  public init(
    _ owners: [String],
    called: [String: String] = [:],
    others: [String] = [],
    except shown: Set<String> = []
  ) {
    self.shown = Set(shown.map(WordKey.of))
    let owners = owners.filter { !$0.isEmpty }.sorted()
    let keys = owners.map(WordKey.of)
    // A pseudonym that might be somebody's name would be taken for that person.
    let prefix =
      Self.prefixes.first { prefix in !keys.contains { $0.hasPrefix(prefix) } } ?? "somebody no. "
    let digits = String(owners.count).count
    func pseudonym(_ place: Int) -> String {
      let number = String(place + 1)
      return prefix + String(repeating: "0", count: max(0, digits - number.count)) + number
    }
    for (place, key) in keys.enumerated() where names[key] == nil {
      names[key] = pseudonym(place)
    }
    for (id, name) in called.sorted(by: { $0.key < $1.key }) {
      let (key, alias) = (WordKey.of(id), WordKey.of(name))
      guard !alias.isEmpty, names[alias] == nil else { continue }
      names[alias] = names[key]
      if self.shown.contains(key) { names[alias] = name }
    }
    var place = owners.count
    for name in others.sorted() where !name.isEmpty && names[WordKey.of(name)] == nil {
      names[WordKey.of(name)] = pseudonym(place)
      place += 1
    }
  }

  private static let prefixes = ["rep ", "seller ", "colleague ", "member "]

  /// What somebody is called.
  ///
  /// - Parameter name: An owner's id or name; empty for nobody.
  /// - Returns: The pseudonym, the name itself for those who keep theirs, and nothing for somebody
  ///   who is not known.
  public func name(for name: String) -> String {
    let key = WordKey.of(name)
    return shown.contains(key) ? name : names[key] ?? ""
  }

  /// A numbering of owners in which each is called so.
  ///
  /// - Parameter owners: A numbering of owners who are all known.
  /// - Returns: The same numbers with other names.
  public func hiding(_ owners: TextDictionary) -> TextDictionary {
    var hidden = TextDictionary()
    for code in 1..<max(1, UInt32(owners.count)) {
      var name = name(for: owners[code])
      // Two ways to write one id stay two numbers, and so does somebody unknown.
      while hidden.code(of: name) != nil || name.isEmpty { name += name.isEmpty ? "somebody" : "'" }
      _ = hidden.intern(name)
    }
    return hidden
  }

  /// An agreement that sets goals for people who are called so, in all its versions.
  ///
  /// - Parameter agreement: The agreement.
  /// - Returns: The same with other names of owners.
  public func hiding(_ agreement: Agreement) -> Agreement {
    var agreement = agreement
    for place in agreement.goals.indices {
      agreement.goals[place].owner = agreement.goals[place].owner.map { name(for: $0) }
    }
    agreement.earlier = agreement.earlier.map { hiding($0) }
    return agreement
  }
}
