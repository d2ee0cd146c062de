/// Some of the leads that a verdict was judged on.
public enum JudgedGroup: Hashable, Sendable {
  /// All of them.
  case everybody
  /// A unit's own.
  case unit(LeakUnit)
  /// All but a unit's own: what the unit is compared with.
  case others(LeakUnit)

  /// A stable name: `all`, a unit's id such as `channel/Meta/direct`, or `others/` before one.
  public var id: String {
    switch self {
    case .everybody: "all"
    case .unit(let unit): unit.id
    case .others(let unit): Self.othersPrefix + unit.id
    }
  }

  private static let othersPrefix = "others/"

  /// The group of a name; nil where the verdict knows no unit of that name.
  ///
  /// - Parameters:
  ///   - id: The name, see `id`.
  ///   - verdict: The verdict whose leads are wanted: its units, and those of its grid, are known.
  public init?(id: String, in verdict: LeakVerdict) {
    if id == Self.everybody.id {
      self = .everybody
      return
    }
    let isOthers = id.hasPrefix(Self.othersPrefix)
    let name = isOthers ? String(id.dropFirst(Self.othersPrefix.count)) : id
    guard let unit = verdict.units.first(where: { $0.id == name }) else { return nil }
    self = isOthers ? .others(unit) : .unit(unit)
  }

  /// The unit that the group is about; nil for everybody.
  public var unit: LeakUnit? {
    switch self {
    case .everybody: nil
    case .unit(let unit), .others(let unit): unit
    }
  }
}

extension LeakVerdict {
  /// All units whose leads are known: those judged, and every channel, owner and pair of the grid.
  fileprivate var units: [LeakUnit] {
    evidence.map(\.unit)
      + grid.channels.map { LeakUnit(.channel, .direct, channel: $0) }
      + grid.owners.map { LeakUnit(.owner, .direct, owner: $0) }
      + grid.pairs.map {
        LeakUnit(.pair, .direct, channel: grid.channels[$0.channel], owner: grid.owners[$0.owner])
      }
  }
}

extension WorkRecords {
  /// The ids of the leads of a group, sorted; what is nil does not matter.
  ///
  /// - Parameters:
  ///   - group: The group.
  ///   - isFollowedUp: Whether the lead was followed up as agreed.
  ///   - isWon: Whether it was won within the horizon.
  /// - Returns: The ids as the source writes them.
  /// - Complexity: O(hand-offs).
  public func leadIDs(
    of group: JudgedGroup,
    isFollowedUp: Bool? = nil,
    isWon: Bool? = nil
  ) -> [String] {
    func ids(_ unit: LeakUnit?) -> [String] {
      leadIDs(
        channel: unit?.channel,
        owner: unit?.owner,
        isFollowedUp: isFollowedUp,
        isWon: isWon
      )
    }
    guard case .others(let unit) = group else { return ids(group.unit) }
    // A lead that came back stands more than once.
    var own: [String: Int] = [:]
    for id in ids(unit) { own[id, default: 0] += 1 }
    return ids(nil).filter { id in
      guard let count = own[id], count > 0 else { return true }
      own[id] = count - 1
      return false
    }
  }
}
