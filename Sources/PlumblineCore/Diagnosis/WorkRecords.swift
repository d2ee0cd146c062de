/// Every lead handed to sales with what was done for it, and the counts made of them.
public struct WorkRecords: Sendable {
  /// One entry a hand-off that the question asks for, in order of leads.
  public let handOffs: [HandOff]
  /// What became of them on their way into the counts.
  public let summary: WorkSummary
  /// The counts behind the verdict; empty when the question cannot be asked.
  public let cells: WorkCells
  /// How many leads fell due each week, and for how many the promise was kept.
  public let weeks: [FollowUpWeek]
  let history: CompanyHistory

  /// The counts with follow-up as something else than activities tells it.
  ///
  /// - Parameter isFollowedUp: Whether a lead was followed up as agreed.
  /// - Returns: The counts; empty when the question cannot be asked.
  /// - Complexity: O(hand-offs).
  public func cells(isFollowedUp: (HandOff) -> Bool) -> WorkCells {
    let counted = summary.closed == nil ? handOffs.filter { $0.standing == .counted } : []
    return WorkTally.cells(of: counted, in: history.texts, isFollowedUp: isFollowedUp)
  }

  /// The ids of the leads whose hand-off stands so, sorted.
  ///
  /// - Complexity: O(hand-offs).
  func leadIDs(standing: HandOff.Standing) -> [String] {
    handOffs.filter { $0.standing == standing }.map { history.id(ofLead: $0.lead) }.sorted()
  }

  /// The ids of the leads in the verdict that fit, sorted; what is nil does not matter.
  ///
  /// - Parameters:
  ///   - channel: The channel's name.
  ///   - owner: The owner's name.
  ///   - isFollowedUp: Whether the lead was followed up as agreed.
  ///   - isWon: Whether it was won within the horizon.
  /// - Returns: The ids as the source writes them.
  /// - Complexity: O(hand-offs).
  public func leadIDs(
    channel: String? = nil,
    owner: String? = nil,
    isFollowedUp: Bool? = nil,
    isWon: Bool? = nil
  ) -> [String] {
    func codes(_ name: String?, _ domain: TextDomain) -> UInt32?? {
      name.map { $0 == FunnelDimension.none ? 0 : history.texts[domain].code(of: $0) }
    }
    let (channelCode, ownerCode) = (codes(channel, .channel), codes(owner, .owner))
    return handOffs.filter { handOff in
      handOff.standing == .counted
        && (channelCode.map { $0 == handOff.channel } ?? true)
        && (ownerCode.map { $0 == handOff.owner } ?? true)
        && (isFollowedUp.map { $0 == handOff.followUp?.isMet } ?? true)
        && (isWon.map { $0 == handOff.isWon } ?? true)
    }
    .map { history.id(ofLead: $0.lead) }
    .sorted()
  }
}

/// The leads of one channel and owner whose follow-up fell due in one week.
public struct FollowUpWeek: Hashable, Sendable {
  /// The Monday of the week of the deadlines, local to the agreement.
  public var firstDay: CivilDate
  /// The channel's name, `FunnelDimension.none` where nobody said.
  public var channel: String
  /// The owner's name, `FunnelDimension.none` where nobody said.
  public var owner: String
  /// Leads whose deadline fell in the week and has passed.
  public var due: Int
  /// Leads among them that were touched in time; where only attempts are agreed, reached or tried
  /// often enough.
  public var met: Int
}
