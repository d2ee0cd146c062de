/// Some of the leads that a verdict was judged on, or that it left out.
public enum JudgedGroup: Hashable, Sendable {
  /// All of them.
  case everybody
  /// A unit's own.
  case unit(LeakUnit)
  /// All but a unit's own: what the unit is compared with.
  case others(LeakUnit)

  /// Those followed up as agreed, or those not.
  case followedUp(Bool)
  /// Leads handed over that were not judged, by why.
  case leftOut(HandOff.Standing)

  /// A stable name: `all`, a unit's id such as `channel/Meta/direct`, or `others/` before one;
  /// `follow_up/met`, `follow_up/missed`, or `left_out/` and why.
  public var id: String {
    switch self {
    case .followedUp(let isMet): "follow_up/\(isMet ? "met" : "missed")"
    case .leftOut(let standing): "left_out/\(standing.rawValue)"
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
    let named =
      [.everybody, .followedUp(true), .followedUp(false)]
      + HandOff.Standing.allCases.filter { $0 != .counted }.map { Self.leftOut($0) }
    if let group = named.first(where: { $0.id == id }) {
      self = group
      return
    }
    let isOthers = id.hasPrefix(Self.othersPrefix)
    let name = isOthers ? String(id.dropFirst(Self.othersPrefix.count)) : id
    guard let unit = verdict.units.first(where: { $0.id == name }) else { return nil }
    self = isOthers ? .others(unit) : .unit(unit)
  }

  /// The unit that the group is about; nil where it is about none.
  public var unit: LeakUnit? {
    switch self {
    case .everybody, .followedUp, .leftOut: nil
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
    switch group {
    case .everybody, .unit: return ids(group.unit)
    case .followedUp(let isMet):
      return isFollowedUp.map { $0 == isMet } ?? true
        ? leadIDs(isFollowedUp: isMet, isWon: isWon) : []
    case .leftOut(let standing): return leadIDs(standing: standing)
    case .others(let unit): return others(ids(unit), among: ids(nil))
    }
  }

  /// The ids of all but some leads.
  private func others(_ some: [String], among all: [String]) -> [String] {
    // A lead that came back stands more than once.
    var own: [String: Int] = [:]
    for id in some { own[id, default: 0] += 1 }
    return all.filter { id in
      guard let count = own[id], count > 0 else { return true }
      own[id] = count - 1
      return false
    }
  }
}
