/// Finds leads that sit in a stage for longer than the agreement lets them.
struct StaleStages {
  private let history: CompanyHistory
  private let clocks: VersionedClocks
  private let versions: PromiseVersions
  private let agreed: AgreedOverTime
  private let dispositions: Dispositions?

  init(
    _ history: CompanyHistory,
    _ versions: PromiseVersions,
    _ clocks: VersionedClocks,
    _ dispositions: Dispositions?
  ) {
    self.history = history
    self.dispositions = dispositions
    self.versions = versions
    self.clocks = clocks
    agreed = AgreedOverTime(history)
  }

  /// Whether leads must leave any stage in time, or had to under a version of the past.
  static func areAgreed(_ history: CompanyHistory) -> Bool {
    let agreed = AgreedOverTime(history)
    return history.agreement.path.indices.contains { agreed.lastStaleAfterDays($0) != nil }
  }

  /// The stages, in order of the path, with a step for each lead that is stale or soon will be.
  ///
  /// A lead is where its last episode is, if it has not left the path, and sales has not given it
  /// back or turned it down since. Its days begin with the end of a day known without a time. How
  /// many it has is as agreed when it entered the stage.
  ///
  /// - Parameters:
  ///   - journeys: The journeys.
  ///   - knownUntil: How far facts go; of leads that had to leave a stage later nobody knows
  ///     whether they did.
  ///   - isWanted: Whether an episode is asked for.
  /// - Returns: The stages and the steps.
  /// - Complexity: O(episodes).
  func find(
    _ journeys: Journeys,
    knownUntil: Instant,
    where isWanted: (Int) -> Bool
  ) -> (stages: [SLAStaleStage], steps: [SLAStep]) {
    let path = history.agreement.path
    let watched = path.indices.dropLast().compactMap { index in
      agreed.lastStaleAfterDays(index).map { (stage: index, days: $0) }
    }
    guard !watched.isEmpty else { return ([], []) }
    var found: [Int: SLAStaleStage] = [:]
    var since: [Int: Instant] = [:]
    for (stage, days) in watched {
      found[stage] = SLAStaleStage(
        stage: stage,
        staleAfterDays: days,
        leads: 0,
        stale: [],
        undated: 0
      )
    }
    var steps: [SLAStep] = []
    for row in 0..<journeys.count {
      let isLast = row + 1 == journeys.count || journeys.leads[row + 1] != journeys.leads[row]
      guard isLast, !journeys.exits[row].isPresent else { continue }
      let stage = journeys.furthestStage(of: row)
      guard found[stage] != nil else { continue }
      let entered = journeys.reached[stage][row]
      guard let days = agreed.staleAfterDays(stage, entered: entered), isWanted(row) else {
        continue
      }
      if isGivenBack(Int(journeys.leads[row]), since: entered) { continue }
      found[stage]?.leads += 1
      if days != found[stage]?.staleAfterDays { found[stage]?.otherLimits.insert(days) }
      guard entered.isDated else {
        found[stage]?.undated += 1
        continue
      }
      let start = history.moments(of: entered)
      let due = start.latest.advanced(bySeconds: Int64(days) * 86_400)
      let lead = Int(journeys.leads[row])
      if due > knownUntil, due <= history.asOf { continue }
      if due <= history.asOf {
        found[stage]?.stale.append(lead)
        since[lead] = start.latest
      }
      let version = versions.position(at: start.usual)
      guard
        let step = step(
          due,
          days,
          version,
          history.leads.owners[lead],
          knownUntil
        )
      else { continue }
      let owner = history.leads.owners[lead]
      steps.append(
        SLAStep(
          lead: history.id(ofLead: lead),
          owner: owner == 0 ? "" : history.texts[.owner][owner],
          promise: .stale,
          step: step,
          due: due,
          since: clocks.since(
            step,
            due,
            escalatedAfter: versions.salesSLAs[version]?.escalateAfter,
            owner,
            version: version
          ),
          episode: Int(journeys.attempts[row]),
          stage: path[stage].id
        )
      )
    }
    let shown = watched.compactMap { found[$0.stage] }.filter {
      $0.leads > 0 || agreed.staleAfterDays($0.stage) != nil
    }
    let stages = shown.map { stage in
      var stage = stage
      stage.stale.sort { left, right in
        let (first, second) = (since[left]?.seconds ?? 0, since[right]?.seconds ?? 0)
        return (first, left) < (second, right)
      }
      return stage
    }
    return (stages, steps)
  }

  private func isGivenBack(_ lead: Int, since entered: TimePoint) -> Bool {
    dispositions?.parting(of: lead, since: entered, history.agreement.calendar) != nil
  }

  private func step(
    _ due: Instant,
    _ days: Int,
    _ version: Int,
    _ owner: UInt32,
    _ knownUntil: Instant
  ) -> SLAStep.Step? {
    let sla = versions.salesSLAs[version]
    let clock = clocks.clock(of: owner, version: version)
    if due <= history.asOf {
      guard let after = sla?.escalateAfter else { return .breached }
      let grace = ClockedSpan(span: after, clock: clock)
      return grace.isPossible
        && grace.seconds(from: due, to: knownUntil, enough: after.seconds) >= after.seconds
        ? .escalated : .breached
    }
    let quarter = SalesSLA.Span(seconds: Int64(days) * 86_400 / 4, isWorkingTime: false)
    let reminder = sla?.remindBefore ?? quarter
    let ahead = ClockedSpan(span: reminder, clock: clock)
    let left = ahead.seconds(from: history.asOf, to: due, enough: reminder.seconds + 1)
    return left <= reminder.seconds ? .dueSoon : nil
  }
}
