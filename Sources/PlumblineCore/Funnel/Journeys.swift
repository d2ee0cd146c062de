/// Journeys as columns: one row an episode, in the order of leads.
///
/// A lead's first episode begins when the lead comes into being; what ends one and begins another
/// is the rule's to say. Only a count, no list, hangs on a lead from here on.
public struct Journeys: Sendable {
  /// How events were read.
  public let rule: JourneyRule
  /// How many stages the path has.
  public let stageCount: Int
  /// The lead's dense number.
  public let leads: [Int32]
  /// 1 for the lead's first episode, then 2 and so on.
  public let attempts: [UInt16]
  /// `reached[s][row]`: when the stage was reached, `missing` if it was not.
  public let reached: [[TimePoint]]
  /// When the episode ended in a detour, `missing` if it did not.
  public let exits: [TimePoint]
  /// The detour's position in the agreement; meaningful where `exits` is present.
  public let detours: [UInt16]
  /// Where each lead's episodes begin; one more than there are leads.
  private let rowStarts: [Int32]
  private var deferredActivityCounts: Deferred<[Int32]>

  /// The skip rule under which stages were counted.
  public var skips: SkipRule { rule.skips }

  /// How many episodes there are.
  public var count: Int { leads.count }

  /// How many activities of people fall into each episode; counted when first asked for.
  ///
  /// Something belongs to the last episode that began by then; to the last of all, where the lead
  /// is now, if nobody knows when it happened.
  ///
  /// - Precondition: The history's activities can be read.
  public var activityCounts: [Int32] {
    do {
      return try deferredActivityCounts.value()
    } catch {
      preconditionFailure("the activities of the episodes cannot be counted: \(error)")
    }
  }

  /// The journeys in a history under a skip rule, returns being episodes of their own.
  public init(_ history: CompanyHistory, skips: SkipRule) {
    self.init(history, rule: JourneyRule(skips: skips))
  }

  /// The journeys in a history under a rule.
  ///
  /// The same whatever the number of processors.
  ///
  /// - Complexity: O(events x stages) at worst; two passes on all processors.
  public init(_ history: CompanyHistory, rule: JourneyRule) {
    self.init(history, rule: rule, pieces: nil)
  }

  /// The journeys in a history, made in so many pieces.
  init(_ history: CompanyHistory, rule: JourneyRule, pieces: Int?) {
    self.init(history, rule, JourneyColumns(history, rule, pieces: pieces))
  }

  /// Journeys of a history whose columns were read under a rule.
  init(_ history: CompanyHistory, _ rule: JourneyRule, _ columns: JourneyColumns) {
    let (leads, starts, first) = (columns.leads, columns.rowStarts, columns.reached.first ?? [])
    self.init(
      rule,
      columns,
      Deferred(loading: {
        try history.load([.humanActivities])
        return Self.activityCounts(history.humanActivities, leads, starts, beginnings: first)
      })
    )
  }

  /// Journeys made before; nil when the columns do not fit together.
  ///
  /// - Parameters:
  ///   - rule: The rule under which they were made.
  ///   - leadCount: How many leads the history has.
  ///   - detourCount: How many detours the agreement has.
  ///   - leads: The lead of each episode, ascending.
  ///   - attempts: 1 for a lead's first episode, then 2 and so on.
  ///   - reached: A column a stage of the path.
  ///   - exits: When each episode ended in a detour.
  ///   - detours: In which.
  ///   - activityCounts: How many activities of people fall into each episode; one an episode.
  package init?(
    rule: JourneyRule,
    leadCount: Int,
    detourCount: Int,
    leads: [Int32],
    attempts: [UInt16],
    reached: [[TimePoint]],
    exits: [TimePoint],
    detours: [UInt16],
    activityCounts: Deferred<[Int32]>
  ) {
    let count = leads.count
    guard attempts.count == count, exits.count == count, detours.count == count,
      !reached.isEmpty, reached.allSatisfy({ $0.count == count }),
      let starts = Self.rowStarts(leads, leadCount: leadCount),
      zip(exits, detours).allSatisfy({ !$0.isPresent || Int($1) < detourCount })
    else { return nil }
    let columns = JourneyColumns(
      leads: leads,
      attempts: attempts,
      reached: reached,
      exits: exits,
      detours: detours,
      rowStarts: starts
    )
    self.init(rule, columns, activityCounts)
  }

  private init(_ rule: JourneyRule, _ columns: JourneyColumns, _ counts: Deferred<[Int32]>) {
    self.rule = rule
    stageCount = columns.reached.count
    leads = columns.leads
    attempts = columns.attempts
    reached = columns.reached
    exits = columns.exits
    detours = columns.detours
    rowStarts = columns.rowStarts
    deferredActivityCounts = counts
  }

  /// The episodes of a lead.
  public func rows(ofLead lead: Int) -> Range<Int> {
    Int(rowStarts[lead])..<Int(rowStarts[lead + 1])
  }

  /// The episode of a lead during which something happened; nil for a lead without any.
  ///
  /// The last that began by then; the last of all, where the lead is now, for what happened on an
  /// unknown day.
  public func row(ofLead lead: Int, at time: TimePoint) -> Int? {
    let rows = rows(ofLead: lead)
    guard var row = rows.first else { return nil }
    while row + 1 < rows.upperBound,
      !time.isDated || reached[0][row + 1].instant <= time.instant
    {
      row += 1
    }
    return row
  }

  /// Calls `body` with the columns where they stand in memory.
  func withColumns<Result>(_ body: (EpisodeColumns) -> Result) -> Result {
    func next(_ stages: [UnsafePointer<TimePoint>]) -> Result {
      guard stages.count < stageCount else {
        return withOtherColumns { leads, attempts, exits, detours in
          stages.withUnsafeBufferPointer {
            body(
              EpisodeColumns(
                leads: leads,
                attempts: attempts,
                stages: $0,
                exits: exits,
                detours: detours
              )
            )
          }
        }
      }
      return reached[stages.count].withAddress { next(stages + [$0]) }
    }
    return next([])
  }

  private func withOtherColumns<Result>(
    _ body: (
      UnsafePointer<Int32>, UnsafePointer<UInt16>, UnsafePointer<TimePoint>, UnsafePointer<UInt16>
    ) -> Result
  ) -> Result {
    leads.withAddress { leads in
      attempts.withAddress { attempts in
        exits.withAddress { exits in
          detours.withAddress { detours in body(leads, attempts, exits, detours) }
        }
      }
    }
  }

  /// These journeys, taking the counts of activities from others of the same history, where those
  /// can be had from them.
  func sharingActivityCounts(with other: Journeys) -> Journeys {
    guard rowStarts.count == other.rowStarts.count, stageCount > 0, other.stageCount > 0 else {
      return self
    }
    var result = self
    if rowStarts == other.rowStarts, reached[0] == other.reached[0] {
      result.deferredActivityCounts = other.deferredActivityCounts
    } else if rule.returns == .sameEpisode {
      let leads = leads
      result.deferredActivityCounts = Deferred(loading: {
        let counts = other.activityCounts
        return leads.map { lead in other.rows(ofLead: Int(lead)).reduce(0) { $0 + counts[$1] } }
      })
    }
    return result
  }

  /// The furthest stage that an episode reached.
  public func furthestStage(of row: Int) -> Int {
    (0..<stageCount).last { reached[$0][row].isPresent } ?? 0
  }

  private static func rowStarts(_ leads: [Int32], leadCount: Int) -> [Int32]? {
    var starts = [Int32](repeating: 0, count: leadCount + 1)
    var lead = 0
    for row in leads.indices {
      let next = Int(leads[row])
      guard next >= 0, next < leadCount, row == 0 || next >= Int(leads[row - 1]) else {
        return nil
      }
      while lead < next {
        lead += 1
        starts[lead] = Int32(row)
      }
    }
    while lead < leadCount {
      lead += 1
      starts[lead] = Int32(leads.count)
    }
    return starts
  }

  private static func activityCounts(
    _ activities: CompanyHistory.HumanActivities,
    _ leads: [Int32],
    _ rowStarts: [Int32],
    beginnings: [TimePoint]
  ) -> [Int32] {
    var counts = leads.map { activities.counts[Int($0)] }
    for (position, lead) in activities.returningLeads.enumerated() {
      let rows = Int(rowStarts[Int(lead)])..<Int(rowStarts[Int(lead) + 1])
      guard rows.count > 1 else { continue }
      for row in rows { counts[row] = 0 }
      for time in activities.times[activities.starts[position]..<activities.starts[position + 1]] {
        var row = rows.lowerBound
        while row + 1 < rows.upperBound,
          !time.isDated || beginnings[row + 1].instant <= time.instant
        {
          row += 1
        }
        counts[row] += 1
      }
    }
    return counts
  }
}

/// The columns of journeys where they stand in memory; good within `Journeys.withColumns(_:)`.
struct EpisodeColumns {
  let leads: UnsafePointer<Int32>
  let attempts: UnsafePointer<UInt16>
  let stages: UnsafeBufferPointer<UnsafePointer<TimePoint>>
  let exits: UnsafePointer<TimePoint>
  let detours: UnsafePointer<UInt16>
}

extension Journeys: Equatable {
  /// Whether the same episodes were read under the same rule; counts of activities are left out.
  public static func == (left: Journeys, right: Journeys) -> Bool {
    left.rule == right.rule && left.leads == right.leads && left.attempts == right.attempts
      && left.reached == right.reached && left.exits == right.exits
      && left.detours == right.detours && left.rowStarts == right.rowStarts
  }
}
