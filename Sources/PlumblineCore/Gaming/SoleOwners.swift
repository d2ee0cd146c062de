/// How many leads have records of one owner alone: so many nobody else has.
struct SoleOwners {
  /// For each owner the leads of which only the owner's records can be undone.
  private(set) var leads: [UInt32: Int] = [:]
  /// For each owner the leads of which only the owner's records were undone.
  private(set) var undone: [UInt32: Int] = [:]

  /// Nobody's yet, one owner's, or several owners'.
  private enum Whose {
    case nobody, one(UInt32), several

    mutating func add(_ owner: UInt32) {
      switch self {
      case .nobody: self = .one(owner)
      case .one(let known) where known == owner: break
      case .one, .several: self = .several
      }
    }
  }

  /// - Complexity: O(edits).
  init(of edits: some Sequence<GamingRecords.Edit>) {
    var whose: [Int: (all: Whose, undone: Whose)] = [:]
    for edit in edits {
      guard let isReversed = edit.isReversed else { continue }
      whose[edit.lead, default: (.nobody, .nobody)].all.add(edit.owner)
      if isReversed { whose[edit.lead, default: (.nobody, .nobody)].undone.add(edit.owner) }
    }
    for (all, undone) in whose.values {
      if case .one(let owner) = all { leads[owner, default: 0] += 1 }
      if case .one(let owner) = undone { self.undone[owner, default: 0] += 1 }
    }
  }
}
