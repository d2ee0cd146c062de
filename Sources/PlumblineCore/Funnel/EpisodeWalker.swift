/// One episode while it is being read.
struct Episode {
  /// One place a stage; `missing` where it was not reached.
  let reached: UnsafeMutablePointer<TimePoint>
  var exit = TimePoint.missing
  var detour = 0
}

/// What takes the episodes of leads.
protocol EpisodeSink {
  mutating func take(_ lead: Int, _ attempt: Int, _ episode: Episode)
}

/// Splits one lead's events into episodes.
///
/// **Undated events.** An undated stage that no episode dates is marked reached in the last one,
/// which is where the lead is now; an undated exit ends the last episode if nothing else did. Where
/// a stage needs confirming, what nobody dated is not confirmed and confirms nothing.
///
/// **One episode a lead.** It begins when the lead was created; what lies before that is no part of
/// it, and its exit is the first detour from then on. Without a day of creation it begins with the
/// first stage on record.
struct EpisodeWalker {
  private let events: EventColumns
  private let calendar: LocalCalendar
  private let skips: SkipRule
  private let isOneEpisode: Bool
  private let confirmations: ConfirmationFilter
  private let isConfirming: Bool
  private let stageCount: Int
  private let reached: ScratchColumn<TimePoint>

  /// A walker under a rule, for one thread.
  init(_ events: EventColumns, _ rule: JourneyRule) {
    self.events = events
    calendar = events.agreement.calendar
    skips = rule.skips
    isOneEpisode = rule.returns == .sameEpisode
    confirmations = ConfirmationFilter(rule.confirmations, calendar)
    isConfirming = !rule.confirmations.isEmpty
    stageCount = events.stageCount
    reached = ScratchColumn(stageCount)
  }

  /// The lead's events that count; good until the next lead's are asked for.
  @inline(__always)
  func list(of lead: Int) -> EventList {
    let list = events.list(of: lead)
    guard isConfirming else { return list }
    return confirmations.confirmed(list)
  }

  /// How many episodes a lead has; none where it has no events at all.
  @inline(__always)
  func episodeCount(of lead: Int) -> Int {
    let isEmpty = events.starts[lead] == events.starts[lead + 1]
    if isOneEpisode || isEmpty { return isEmpty ? 0 : 1 }
    let count = count(events.list(of: lead))
    // Leaving events out adds no episode, and one there always is.
    guard count > 1, isConfirming else { return max(1, count) }
    return max(1, self.count(confirmations.confirmed(events.list(of: lead))))
  }

  @inline(__always)
  private func count(_ list: EventList) -> Int {
    var count = 0
    var isOpen = false
    for index in list.firstDated..<list.count {
      let isDetour = list.codes[index].isDetour
      if !isDetour, !isOpen { count += 1 }
      isOpen = !isDetour
    }
    return count
  }

  /// Reads the events of one lead.
  ///
  /// - Complexity: O(events of the lead x stages) at worst.
  @inline(__always)
  func walk(_ lead: Int, into sink: inout some EpisodeSink) {
    guard events.starts[lead] < events.starts[lead + 1] else { return }
    walk(lead, list(of: lead), into: &sink)
  }

  /// Reads the events of one lead that count; there must be some on record.
  @inline(__always)
  func walk(_ lead: Int, _ list: EventList, into sink: inout some EpisodeSink) {
    if isOneEpisode {
      walkOne(lead, list, into: &sink)
    } else {
      walkEpisodes(lead, list, into: &sink)
    }
  }

  // MARK: Where episodes begin and end

  @inline(__always)
  private func walkEpisodes(_ lead: Int, _ list: EventList, into sink: inout some EpisodeSink) {
    var attempt = 0
    var index = next(list, from: list.firstDated) { !$0.isDetour }
    while index < list.count || attempt == 0 {
      attempt += 1
      let end = next(list, from: index) { $0.isDetour }
      var episode = emptyEpisode()
      read(list, index..<end, from: index < end ? list.times[index] : .missing, &episode)
      if end < list.count {
        episode.exit = list.times[end]
        episode.detour = list.codes[end].detourIndex ?? 0
      }
      index = next(list, from: end) { !$0.isDetour }
      markUndated(list, &episode, isFirst: attempt == 1, isLast: index >= list.count)
      sink.take(lead, attempt, episode)
    }
  }

  @inline(__always)
  private func walkOne(_ lead: Int, _ list: EventList, into sink: inout some EpisodeSink) {
    var beginning = events.created[lead]
    if !beginning.isDated {
      let first = next(list, from: list.firstDated) { !$0.isDetour }
      beginning = first < list.count ? list.times[first] : .missing
    }
    var episode = emptyEpisode()
    if beginning.isDated {
      read(list, list.firstDated..<list.count, from: beginning, &episode)
      for index in list.firstDated..<list.count
      where list.codes[index].isDetour && isNot(list.times[index], before: beginning) {
        episode.exit = list.times[index]
        episode.detour = list.codes[index].detourIndex ?? 0
        break
      }
    } else {
      markFirstExit(list, &episode)
    }
    markUndated(
      list,
      &episode,
      isFirst: !events.created[lead].isDated,
      isLast: true
    )
    sink.take(lead, 1, episode)
  }

  /// The first detour of a lead of which no stage is dated.
  private func markFirstExit(_ list: EventList, _ episode: inout Episode) {
    let first = next(list, from: list.firstDated) { $0.isDetour }
    guard first < list.count else { return }
    episode.exit = list.times[first]
    episode.detour = list.codes[first].detourIndex ?? 0
  }

  @inline(__always)
  private func next(_ list: EventList, from: Int, _ isWanted: (EventCode) -> Bool) -> Int {
    var index = from
    while index < list.count, !isWanted(list.codes[index]) { index += 1 }
    return index
  }

  @inline(__always)
  private func emptyEpisode() -> Episode {
    for stage in 0..<stageCount { reached.base[stage] = .missing }
    return Episode(reached: reached.base)
  }

  // MARK: Which stages count

  /// Reads the stages in a part of a list; detours in it are passed over, a return counts as the
  /// first stage, and so does what lies before the beginning.
  @inline(__always)
  private func read(
    _ list: EventList,
    _ part: Range<Int>,
    from beginning: TimePoint,
    _ episode: inout Episode
  ) {
    guard beginning.isPresent, stageCount > 0 else { return }
    episode.reached[0] = beginning
    switch skips {
    case .filled:
      var furthest = 0
      for index in part {
        let stage = stage(list, index, beginning)
        while furthest < stage {
          furthest += 1
          episode.reached[furthest] = list.times[index]
        }
      }
    case .any:
      for index in part {
        let stage = stage(list, index, beginning)
        if !episode.reached[stage].isPresent { episode.reached[stage] = list.times[index] }
      }
    case .strict: readInOrder(list, part, &episode, stopsAtGap: true)
    case .ordered: readInOrder(list, part, &episode, stopsAtGap: false)
    }
  }

  /// The stage of an event; 0, which is reached already, where it does not count as any.
  @inline(__always)
  private func stage(_ list: EventList, _ index: Int, _ beginning: TimePoint) -> Int {
    let code = Int(list.codes[index].rawValue)
    guard code > 0, code < stageCount else { return 0 }
    if isOneEpisode, !isNot(list.times[index], before: beginning) { return 0 }
    return code
  }

  /// Stage by stage: the first event of the stage that is not before the last stage reached.
  @inline(__always)
  private func readInOrder(
    _ list: EventList,
    _ part: Range<Int>,
    _ episode: inout Episode,
    stopsAtGap: Bool
  ) {
    // One bit a stage that occurs; stages that share a bit are looked for in vain at worst.
    var occurring: UInt64 = 0
    var furthest = 0
    for index in part {
      let code = Int(list.codes[index].rawValue)
      guard code < stageCount else { continue }
      occurring |= 1 &<< UInt64(truncatingIfNeeded: code)
      furthest = max(furthest, code)
    }
    var last = episode.reached[0]
    for stage in stride(from: 1, through: furthest, by: 1) {
      var found = TimePoint.missing
      if occurring & 1 &<< UInt64(truncatingIfNeeded: stage) != 0 {
        for index in part
        where Int(list.codes[index].rawValue) == stage && isNot(list.times[index], before: last) {
          found = list.times[index]
          break
        }
      }
      if found.isPresent {
        episode.reached[stage] = found
        last = found
      } else if stopsAtGap {
        return
      }
    }
  }

  /// Whether a dated event is not before another; one known to the day only is not on the same day.
  @inline(__always)
  private func isNot(_ time: TimePoint, before other: TimePoint) -> Bool {
    if time.rawValue >> 2 >= other.rawValue >> 2 { return true }
    if (time.rawValue | other.rawValue) & 3 == 0 { return false }
    return calendar.day(of: time.instant) == calendar.day(of: other.instant)
  }

  // MARK: Undated events

  @inline(__always)
  private func markUndated(
    _ list: EventList,
    _ episode: inout Episode,
    isFirst: Bool,
    isLast: Bool
  ) {
    if isFirst, stageCount > 0, !episode.reached[0].isPresent { episode.reached[0] = .undated }
    guard list.firstDated > 0 else { return }
    markUndatedSlowly(list, &episode, isFirst: isFirst, isLast: isLast)
  }

  @inline(never)
  private func markUndatedSlowly(
    _ list: EventList,
    _ episode: inout Episode,
    isFirst: Bool,
    isLast: Bool
  ) {
    let undated = 0..<list.firstDated
    if isFirst, undated.contains(where: { list.codes[$0].rawValue == 0 }) {
      episode.reached[0] = .undated
    }
    guard isLast else { return }
    markUndatedStages(list, &episode)
    if !episode.exit.isPresent,
      let exit = undated.lazy.compactMap({ list.codes[$0].detourIndex }).first
    {
      episode.exit = .undated
      episode.detour = exit
    }
  }

  /// The undated stages that no episode dates: a status without a date says nothing new about a
  /// lead whose history shows that stage.
  private func markUndatedStages(_ list: EventList, _ episode: inout Episode) {
    let dated = list.firstDated..<list.count
    let furthestDated = dated.lazy.compactMap { list.codes[$0].stageIndex }.max() ?? 0
    func isNew(_ stage: Int) -> Bool {
      guard stage > 0, stage < stageCount else { return false }
      return skips == .filled
        ? stage > furthestDated : !dated.contains { list.codes[$0].stageIndex == stage }
    }
    let stages = (0..<list.firstDated).compactMap { list.codes[$0].stageIndex }.filter(isNew)
    guard let furthest = stages.max() else { return }
    switch skips {
    case .filled:
      for stage in 0...furthest where !episode.reached[stage].isPresent {
        episode.reached[stage] = .undated
      }
    case .any, .ordered:
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
}

extension EventCode {
  /// Whether it is a detour.
  @inline(__always) var isDetour: Bool {
    rawValue >= EventCode.detour(0).rawValue && rawValue != .max
  }
}

/// Room that one thread writes to again and again.
final class ScratchColumn<Value> {
  let base: UnsafeMutablePointer<Value>

  /// Room for so many values, at least one; it starts out without any.
  init(_ count: Int) { base = .allocate(capacity: max(1, count)) }

  deinit { base.deallocate() }
}
