/// The episodes of those leads that another rule, or other events, read otherwise, beside journeys
/// that hold for all others.
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
  /// Their events, where some are not those of the history; others have none.
  let events: CompanyHistory.Events?

  /// So large a part of the leads read otherwise makes a patch no cheaper than journeys.
  static let largestShare = 0.5

  /// What changes; nil where that is most of it.
  ///
  /// - Parameters:
  ///   - base: Journeys of the history.
  ///   - rule: The other rule.
  ///   - history: The history.
  ///   - changes: The events of leads that have others than in the history.
  ///   - largestShare: So large a part of the leads may be read otherwise, a fraction 0...1.
  ///   - pieces: How many ranges the leads are divided into; the episodes do not depend on it.
  /// - Complexity: O(events) where the rule is not that of the journeys, O(leads) where it is, and
  ///   O(events x stages) of the leads read otherwise.
  init?(
    of base: Journeys,
    to rule: JourneyRule,
    in history: CompanyHistory,
    changes: EventChanges? = nil,
    largestShare: Double = Self.largestShare,
    pieces: Int? = nil
  ) {
    let leadCount = history.leads.ids.count
    let ranges = ParallelRanges.divide(leadCount, into: pieces)
    let leads = Self.leads(ranges, from: base.rule, to: rule, history, changes)
    let count = leads.reduce(0) { $0 + $1.count }
    guard Double(count) <= largestShare * Double(leadCount) else { return nil }
    self.base = base
    self.leads = leads
    events = changes?.events(of: leads, in: history)
    let parts = zip(ranges, leads).map { ($0, Optional($1)) }
    let columns = EventColumns.with(history, events) { JourneyColumns($0, rule, parts) }
    changed = Journeys(history, rule, columns)
  }

  private static func leads(
    _ ranges: [Range<Int>],
    from rule: JourneyRule,
    to other: JourneyRule,
    _ history: CompanyHistory,
    _ changes: EventChanges?
  ) -> [[Int32]] {
    if rule == other {
      return ranges.map { range in changes.map { Array($0.leads(in: range)) } ?? [] }
    }
    return EventColumns.with(history) { events in
      ParallelRanges.map(ranges) { _, range in
        let comparison = RuleComparison(events, rule, other)
        var rest = changes?.leads(in: range) ?? []
        return range.compactMap { lead in
          if let next = rest.first, next == lead {
            rest.removeFirst()
            return next
          }
          return comparison.mayDiffer(lead) ? Int32(lead) : nil
        }
      }
    }
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
  private let filters: (ConfirmationFilter, ConfirmationFilter)
  private let views: (ConfirmationFilter.View, ConfirmationFilter.View)
  private let confirmsAlike: Bool
  private let readsAlike: Bool
  private let returnsAlike: Bool
  private let isOneEpisode: Bool
  private let plain: PlainPaths

  init(_ events: EventColumns, _ rule: JourneyRule, _ other: JourneyRule) {
    self.events = events
    walker = EpisodeWalker(events, rule)
    let calendar = events.agreement.calendar
    filters = (
      ConfirmationFilter(rule.confirmations, calendar),
      ConfirmationFilter(other.confirmations, calendar)
    )
    views = (filters.0.view, filters.1.view)
    confirmsAlike = rule.confirmations == other.confirmations
    returnsAlike = rule.returns == other.returns
    readsAlike = returnsAlike && rule.skips == other.skips
    isOneEpisode = rule.returns == .sameEpisode
    plain = PlainPaths(events.stageCount)
  }

  /// Whether they may; false only where both give the same episodes.
  @inline(__always)
  func mayDiffer(_ lead: Int) -> Bool {
    guard events.starts[lead] < events.starts[lead + 1] else { return false }
    if !confirmsAlike {
      let all = events.list(of: lead)
      for index in 0..<all.count
      where views.0.isConfirmed(index, all) != views.1.isConfirmed(index, all) {
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
