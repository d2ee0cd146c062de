/// The episodes of those leads that another rule reads otherwise, beside journeys that hold for all
/// others.
///
/// What is counted adds up: cells under the other rule are those under the journeys' own, less what
/// these leads counted, plus what they count now. So a what-if costs what it changes.
struct JourneyPatch: Sendable {
  /// The journeys that hold for all other leads.
  let base: Journeys
  /// The episodes of the leads that are read otherwise; others have no rows.
  let changed: Journeys
  /// These leads, in ranges, ascending.
  let leads: [[Int32]]

  /// So large a part of the leads read otherwise makes a patch no cheaper than journeys.
  static let largestShare = 0.5

  /// What another rule changes; nil where that is most of it.
  ///
  /// - Parameters:
  ///   - base: Journeys of the history.
  ///   - rule: The other rule.
  ///   - history: The history.
  ///   - largestShare: So large a part of the leads may be read otherwise, a fraction 0...1.
  ///   - pieces: How many ranges the leads are divided into; the episodes do not depend on it.
  /// - Complexity: O(events), and O(events x stages) of the leads read otherwise.
  init?(
    of base: Journeys,
    to rule: JourneyRule,
    in history: CompanyHistory,
    largestShare: Double = Self.largestShare,
    pieces: Int? = nil
  ) {
    self.base = base
    let found = EventColumns.with(history) { events -> ([[Int32]], JourneyColumns)? in
      let ranges = ParallelRanges.divide(events.leadCount, into: pieces)
      let leads = ParallelRanges.map(ranges) { _, range in
        let comparison = RuleComparison(events, base.rule, rule)
        return range.compactMap { comparison.mayDiffer($0) ? Int32($0) : nil }
      }
      let count = leads.reduce(0) { $0 + $1.count }
      guard Double(count) <= largestShare * Double(events.leadCount) else { return nil }
      return (leads, JourneyColumns(events, rule, Array(zip(ranges, leads.map(Optional.some)))))
    }
    guard let (leads, columns) = found else { return nil }
    self.leads = leads
    changed = Journeys(history, rule, columns)
  }

  /// The rows that the leads have in the journeys, in the ranges of `leads`.
  var replacedRows: [[Int]] {
    leads.map { leads in leads.flatMap { base.rows(ofLead: Int($0)) } }
  }

  /// The rows that the leads have instead, in parts of about the same length.
  var changedRows: [Range<Int>] { ParallelRanges.divide(changed.count) }
}

/// Whether two rules may read the events of a lead otherwise; for one thread.
private struct RuleComparison {
  private let events: EventColumns
  private let walker: EpisodeWalker
  private let filters: [ConfirmationFilter]
  private let readsAlike: Bool
  private let returnsAlike: Bool
  private let isOneEpisode: Bool
  private let plain: PlainPaths

  init(_ events: EventColumns, _ rule: JourneyRule, _ other: JourneyRule) {
    self.events = events
    walker = EpisodeWalker(events, rule)
    let calendar = events.agreement.calendar
    filters =
      rule.confirmations == other.confirmations
      ? [] : [rule, other].map { ConfirmationFilter($0.confirmations, calendar) }
    returnsAlike = rule.returns == other.returns
    readsAlike = returnsAlike && rule.skips == other.skips
    isOneEpisode = rule.returns == .sameEpisode
    plain = PlainPaths(events.stageCount)
  }

  /// Whether they may; false only where both give the same episodes.
  @inline(__always)
  func mayDiffer(_ lead: Int) -> Bool {
    guard events.starts[lead] < events.starts[lead + 1] else { return false }
    if !filters.isEmpty {
      let all = events.list(of: lead)
      for index in 0..<all.count
      where filters[0].isConfirmed(index, all) != filters[1].isConfirmed(index, all) {
        return true
      }
    }
    return !readsAlike && !isReadAlike(lead)
  }

  /// Whether a lead went one way forward without a gap, in one pass: that is read alike under every
  /// skip rule and, where it began when it was created, whatever a return is.
  @inline(__always)
  private func isReadAlike(_ lead: Int) -> Bool {
    let list = walker.list(of: lead)
    let created = events.created[lead]
    if returnsAlike {
      let path = plain.path(of: list, created: isOneEpisode ? created : .missing, isOneEpisode)
      return path.map { $0.path & ($0.path + 1) == 0 } ?? false
    }
    guard let (path, entry) = plain.path(of: list, created: .missing, false) else { return false }
    return path & (path + 1) == 0 && (!created.isDated || created == entry)
  }
}
