/// Counts hand-offs.
struct WorkTally {
  /// From so many leads on a gap at the beginning of the activities is looked for.
  private static let leadsForGap = 30
  /// More leads than this share due before the first activity: follow-up is not on record.
  private static let gapShare = 0.2
  /// More leads than this share that could be judged either way: nothing can be said of follow-up.
  private static let ambiguousShare = 0.2
  /// More winners than this share without dates: the others are no fair picture of them.
  ///
  /// The limit is that of the funnel's rates.
  private static let undatedShare = 0.05

  private let history: CompanyHistory
  private let horizon: StretchHorizon
  private let skips: SkipRule

  init(_ history: CompanyHistory, _ horizon: StretchHorizon, _ skips: SkipRule) {
    self.history = history
    self.horizon = horizon
    self.skips = skips
  }

  /// The hand-offs with their counts.
  func records(of handOffs: HandOffs) -> WorkRecords {
    let counted = handOffs.all.filter { $0.standing == .counted }
    let summary = summary(of: handOffs, counted)
    return WorkRecords(
      handOffs: handOffs.all,
      summary: summary,
      cells: Self.cells(of: summary.closed == nil ? counted : [], in: history.texts) {
        !summary.followUpIsRecorded || $0.followUp?.isMet == true
      },
      weeks: summary.followUpIsRecorded ? weeks(of: handOffs) : [],
      history: history
    )
  }

  // MARK: The summary

  private func summary(of handOffs: HandOffs, _ counted: [HandOff]) -> WorkSummary {
    let byStanding = Dictionary(grouping: handOffs.all, by: \.standing).mapValues(\.count)
    let followUps = counted.compactMap(\.followUp)
    let before = followUps.count { isBeforeActivities($0, handOffs) }
    var record = handOffs.followUpRecord
    if record == .exact {
      if counted.count >= Self.leadsForGap,
        Double(before) > Self.gapShare * Double(counted.count)
      {
        record = .notRecorded
      } else if followUps.contains(where: \.isByDay) {
        let either = followUps.count(where: \.couldBeEither)
        record =
          counted.count >= Self.leadsForGap
            && Double(either) > Self.ambiguousShare * Double(counted.count) ? .ambiguous : .byDay
      }
    }
    var summary = WorkSummary(
      horizon: horizon,
      skips: skips,
      leadsByStanding: byStanding,
      wins: counted.count(where: \.isWon),
      implied: counted.count { $0.source != .recorded },
      impliedByWin: counted.count { $0.isWon && $0.source == .impliedByWin },
      followUp: record,
      followedUp: followUps.count { $0.isMet == true },
      judgedByDay: followUps.count(where: \.isByDay),
      couldBeEither: followUps.count(where: \.couldBeEither),
      beforeActivities: before,
      withScore: counted.count { $0.score != nil },
      ownersWithUnknownZone: handOffs.ownersWithUnknownZone
    )
    summary.closed = closed(summary, handOffs)
    return summary
  }

  private func closed(_ summary: WorkSummary, _ handOffs: HandOffs) -> WorkSummary.ClosedReason? {
    let undated = summary.leadsByStanding[.undated] ?? 0
    if summary.handedOff == 0 { return .nobodyHandedOff }
    if undated * 2 > summary.handedOff
      || Double(handOffs.undatedWinners) > Self.undatedShare * Double(handOffs.winners)
    {
      return .undated
    }
    if summary.impliedByWin * 2 > summary.wins { return .handOffImplied }
    guard summary.leads == 0 else { return nil }
    let causes: [(HandOff.Standing, WorkSummary.ClosedReason)] = [
      (.tooYoung, .tooYoung), (.withoutOwner, .withoutOwner), (.withoutChannel, .withoutChannel),
      (.undated, .undated), (.withoutPromise, .withoutPromise),
    ]
    return causes.max {
      summary.leadsByStanding[$0.0] ?? 0 < summary.leadsByStanding[$1.0] ?? 0
    }?.1
  }

  private func isBeforeActivities(_ followUp: FollowUp, _ handOffs: HandOffs) -> Bool {
    handOffs.firstContact.map { followUp.deadline < $0 } ?? false
  }

  // MARK: The counts

  /// Leads that count, by channel, owner, segment, score and follow-up.
  static func cells(
    of counted: [HandOff],
    in texts: TextDictionaries,
    isFollowedUp: (HandOff) -> Bool
  ) -> WorkCells {
    let channels = Numbering(counted.map(\.channel), texts[.channel])
    let owners = Numbering(counted.map(\.owner), texts[.owner])
    let segments = SegmentNumbering(counted.map(\.segment), texts[.segment])
    let bands = ScoreBands(counted.map(\.score))
    var positions: [WorkKey: Int] = [:]
    var cells: [WorkCells.Cell] = []
    for handOff in counted {
      let key = WorkKey(
        channel: channels.number(of: handOff.channel),
        owner: owners.number(of: handOff.owner),
        segment: segments.number(of: handOff.segment),
        band: bands.band(of: handOff.score),
        isFollowedUp: isFollowedUp(handOff)
      )
      let position = positions[key] ?? cells.count
      if position == cells.count {
        positions[key] = position
        cells.append(key.emptyCell)
      }
      cells[position].leads += 1
      if handOff.isWon { cells[position].wins += 1 }
    }
    return WorkCells(
      channels: channels.names,
      owners: owners.names,
      segments: segments.names,
      scoreBandCount: bands.count,
      cells: cells.sorted { WorkKey($0) < WorkKey($1) }
    )
  }

  private func weeks(of handOffs: HandOffs) -> [FollowUpWeek] {
    struct Key: Hashable { var firstDay: CivilDate, channel, owner: UInt32 }
    var counts: [Key: (due: Int, met: Int)] = [:]
    for handOff in handOffs.all {
      guard let followUp = handOff.followUp, handOffs.isDue(followUp),
        !isBeforeActivities(followUp, handOffs)
      else { continue }
      let day = history.agreement.calendar.day(of: followUp.deadline)
      let key = Key(
        firstDay: day.startOfWeek,
        channel: handOff.channel,
        owner: handOff.owner
      )
      counts[key, default: (0, 0)].due += 1
      if followUp.isMetAtDeadline { counts[key, default: (0, 0)].met += 1 }
    }
    func name(_ code: UInt32, _ domain: TextDomain) -> String {
      code == 0 ? FunnelDimension.none : history.texts[domain][code]
    }
    return counts.map { key, count in
      FollowUpWeek(
        firstDay: key.firstDay,
        channel: name(key.channel, .channel),
        owner: name(key.owner, .owner),
        due: count.due,
        met: count.met
      )
    }
    .sorted { ($0.firstDay, $0.channel, $0.owner) < ($1.firstDay, $1.channel, $1.owner) }
  }
}

/// What leads of one cell have in common.
private struct WorkKey: Hashable, Comparable {
  var channel: Int
  var owner: Int
  var segment: Int
  var band: Int
  var isFollowedUp: Bool

  init(channel: Int, owner: Int, segment: Int, band: Int, isFollowedUp: Bool) {
    self.channel = channel
    self.owner = owner
    self.segment = segment
    self.band = band
    self.isFollowedUp = isFollowedUp
  }

  init(_ cell: WorkCells.Cell) {
    self.init(
      channel: cell.channel,
      owner: cell.owner,
      segment: cell.segment,
      band: cell.scoreBand,
      isFollowedUp: cell.isFollowedUp
    )
  }

  var emptyCell: WorkCells.Cell {
    WorkCells.Cell(
      channel: channel,
      owner: owner,
      segment: segment,
      scoreBand: band,
      isFollowedUp: isFollowedUp,
      leads: 0,
      wins: 0
    )
  }

  static func < (left: WorkKey, right: WorkKey) -> Bool {
    (left.channel, left.owner, left.segment, left.band, left.isFollowedUp ? 1 : 0)
      < (right.channel, right.owner, right.segment, right.band, right.isFollowedUp ? 1 : 0)
  }
}
