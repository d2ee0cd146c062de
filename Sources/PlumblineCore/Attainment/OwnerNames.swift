/// Which of the names that data and agreement write are the same person's.
struct OwnerNames {
  /// The id that a name stands for, by what words have in common.
  private let ids: [String: String]
  /// How each person is shown: as deals write it, else as the facts or the agreement do.
  private var shown: [String: String] = [:]

  /// The names of owners' own records.
  ///
  /// - Parameter names: What owners are called, by their ids.
  init(_ names: [String: String]) {
    var ids: [String: String] = [:]
    var twice: Set<String> = []
    for (id, name) in names.sorted(by: { $0.key < $1.key }) {
      let key = WordKey.of(name)
      // A name that two people share stands for neither.
      if ids.updateValue(WordKey.of(id), forKey: key) != nil { twice.insert(key) }
    }
    for key in twice { ids[key] = nil }
    self.ids = ids
  }

  /// What all names of one person have in common; empty for nobody.
  func key(_ name: String) -> String {
    let key = WordKey.of(name)
    return ids[key] ?? key
  }

  /// Takes note of how somebody is written; the first way stays.
  mutating func note(_ name: String) {
    let key = key(name)
    if !key.isEmpty, shown[key] == nil { shown[key] = name }
  }

  /// How somebody is shown.
  func name(_ key: String) -> String { shown[key] ?? key }
}
