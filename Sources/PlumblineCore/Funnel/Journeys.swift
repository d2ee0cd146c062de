/// Journeys as columns: one row an episode, in the order of leads.
///
/// A lead's first episode begins when the lead comes into being; an exit ends an episode and the
/// next stage or return begins another. Only a count, no list, hangs on a lead from here on.
public struct Journeys: Sendable {
  /// The skip rule under which stages were counted.
  public let skips: SkipRule
  /// How many stages the path has.
  public let stageCount: Int
  /// The lead's dense number.
  public private(set) var leads: [Int32] = []
  /// 1 for the lead's first episode, then 2 and so on.
  public private(set) var attempts: [UInt16] = []
  /// `reached[s][row]`: when the stage was reached, `missing` if it was not.
  public private(set) var reached: [[TimePoint]]
  /// When the episode ended in a detour, `missing` if it did not.
  public private(set) var exits: [TimePoint] = []
  /// The detour's position in the agreement; meaningful where `exits` is present.
  public private(set) var detours: [UInt16] = []

  /// How many episodes there are.
  public var count: Int { leads.count }

  /// The journeys in a history under a skip rule.
  ///
  /// - Complexity: O(events x stages) at worst; one pass.
  public init(_ history: CompanyHistory, skips: SkipRule) {
    self.skips = skips
    stageCount = history.agreement.path.count
    reached = Array(repeating: [], count: stageCount)
    let walker = EpisodeWalker(stageCount: stageCount, skips: skips)
    for lead in 0..<history.leads.ids.count {
      let range = history.events.range(of: lead)
      guard !range.isEmpty else { continue }
      walker.walk(history.events, range, history) { episode, attempt in
        append(episode, attempt, lead)
      }
    }
  }

  private mutating func append(_ episode: Episode, _ attempt: Int, _ lead: Int) {
    leads.append(Int32(lead))
    attempts.append(UInt16(min(attempt, Int(UInt16.max))))
    for stage in 0..<stageCount { reached[stage].append(episode.reached[stage]) }
    exits.append(episode.exit)
    detours.append(UInt16(clamping: episode.detour))
  }

  /// The furthest stage that an episode reached.
  public func furthestStage(of row: Int) -> Int {
    (0..<stageCount).last { reached[$0][row].isPresent } ?? 0
  }
}

/// One episode while it is being read.
struct Episode {
  var reached: [TimePoint]
  var exit = TimePoint.missing
  var detour = 0
}

/// Splits one lead's events into episodes.
struct EpisodeWalker {
  let stageCount: Int
  let skips: SkipRule

  /// Reads the events of one lead, which are in order of time with undated ones first.
  ///
  /// An undated stage that no episode dates is marked reached in the last one, which is where the
  /// lead is now; an undated exit ends the last episode if nothing else did.
  func walk(
    _ events: CompanyHistory.Events,
    _ range: Range<Int>,
    _ history: CompanyHistory,
    _ emit: (Episode, Int) -> Void
  ) {
    let firstDated = range.first { events.times[$0].isDated } ?? range.upperBound
    let undated = range.lowerBound..<firstDated
    var episodes: [[Int]] = []
    var isOpen = false
    for index in firstDated..<range.upperBound {
      let code = events.codes[index]
      if code.detourIndex != nil {
        guard isOpen else { continue }
        episodes[episodes.count - 1].append(index)
        isOpen = false
      } else if isOpen {
        episodes[episodes.count - 1].append(index)
      } else {
        episodes.append([index])
        isOpen = true
      }
    }
    if episodes.isEmpty { episodes = [[]] }
    let isBeginningUndated = undated.contains { events.codes[$0].stageIndex == 0 }
    let undatedStages = stages(undated, notDatedIn: firstDated..<range.upperBound, events)
    for (position, indices) in episodes.enumerated() {
      var episode = read(indices, events, history)
      if position == 0, isBeginningUndated || !episode.reached[0].isPresent {
        episode.reached[0] = .undated
      }
      if position == episodes.count - 1 {
        markUndatedStages(undatedStages, &episode)
        markUndatedExit(undated, events, &episode)
      }
      emit(episode, position + 1)
    }
  }

  private func read(
    _ indices: [Int],
    _ events: CompanyHistory.Events,
    _ history: CompanyHistory
  ) -> Episode {
    var episode = Episode(reached: Array(repeating: .missing, count: stageCount))
    for (position, index) in indices.enumerated() {
      let (code, time) = (events.codes[index], events.times[index])
      if let detour = code.detourIndex {
        episode.exit = time
        episode.detour = detour
        continue
      }
      let stage = code.stageIndex ?? 0
      if position == 0 { episode.reached[0] = time }
      switch skips {
      case .filled:
        for earlier in 0...stage where !episode.reached[earlier].isPresent {
          episode.reached[earlier] = time
        }
      case .any:
        if !episode.reached[stage].isPresent { episode.reached[stage] = time }
      case .strict: break
      }
    }
    if skips == .strict { readStrictly(indices, events, history, &episode) }
    return episode
  }

  /// Stage by stage: the first event of the stage that is not before the stage in front of it.
  private func readStrictly(
    _ indices: [Int],
    _ events: CompanyHistory.Events,
    _ history: CompanyHistory,
    _ episode: inout Episode
  ) {
    for stage in stride(from: 1, to: stageCount, by: 1) {
      let before = episode.reached[stage - 1]
      guard before.isPresent else { return }
      let found = indices.first { index in
        guard events.codes[index].stageIndex == stage else { return false }
        let time = events.times[index]
        if !before.isDated || time.instant >= before.instant { return true }
        let isKnownToTheDay = time.precision != .exact || before.precision != .exact
        return isKnownToTheDay && history.lagInDays(from: time, to: before) == 0
      }
      guard let found else { return }
      episode.reached[stage] = events.times[found]
    }
  }

  /// The undated stages that no episode dates: a status without a date says nothing new about a
  /// lead whose history shows that stage.
  private func stages(
    _ undated: Range<Int>,
    notDatedIn dated: Range<Int>,
    _ events: CompanyHistory.Events
  ) -> [Int] {
    let known = Set(dated.compactMap { events.codes[$0].stageIndex })
    let furthest = known.max() ?? 0
    return undated.compactMap { events.codes[$0].stageIndex }.filter { stage in
      stage > 0 && (skips == .filled ? stage > furthest : !known.contains(stage))
    }
  }

  private func markUndatedStages(_ stages: [Int], _ episode: inout Episode) {
    guard let furthest = stages.max() else { return }
    switch skips {
    case .filled:
      for stage in 0...furthest where !episode.reached[stage].isPresent {
        episode.reached[stage] = .undated
      }
    case .any:
      for stage in stages where !episode.reached[stage].isPresent {
        episode.reached[stage] = .undated
      }
    case .strict:
      for stage in 1..<max(2, stageCount) where stage < stageCount {
        guard episode.reached[stage - 1].isPresent else { return }
        if !episode.reached[stage].isPresent, stages.contains(stage) {
          episode.reached[stage] = .undated
        }
      }
    }
  }

  private func markUndatedExit(
    _ undated: Range<Int>,
    _ events: CompanyHistory.Events,
    _ episode: inout Episode
  ) {
    guard !episode.exit.isPresent,
      let exit = undated.compactMap({ events.codes[$0].detourIndex }).first
    else { return }
    episode.exit = .undated
    episode.detour = exit
  }
}
