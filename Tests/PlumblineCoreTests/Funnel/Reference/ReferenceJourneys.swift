import PlumblineCore

/// Journeys read lead by lead in the plainest way, to set the columns against.
struct ReferenceJourneys {
  struct Row: Equatable {
    var lead: Int
    var attempt: Int
    var reached: [TimePoint]
    var exit: TimePoint
    var detour: Int
  }

  private struct Event {
    var time: TimePoint
    var code: EventCode
  }

  private let history: CompanyHistory
  private let rule: JourneyRule
  private let stageCount: Int
  private(set) var rows: [Row] = []

  init(_ history: CompanyHistory, _ rule: JourneyRule) {
    self.history = history
    self.rule = rule
    stageCount = history.agreement.path.count
    let events = history.events
    for lead in history.leads.ids.indices {
      let all = events.range(of: lead).map { Event(time: events.times[$0], code: events.codes[$0]) }
      if all.isEmpty { continue }
      let counted = all.filter { isConfirmed($0, all) }
      rows += rule.returns == .sameEpisode ? [one(lead, counted)] : several(lead, counted)
    }
  }

  private func isConfirmed(_ event: Event, _ all: [Event]) -> Bool {
    rule.confirmations.filter { condition in
      guard event.code.stageIndex == condition.stage else { return false }
      if !event.time.isDated { return condition.until == nil }
      let seconds = event.time.instant.seconds
      return seconds >= condition.from?.seconds ?? .min
        && seconds < condition.until?.seconds ?? .max
    }
    .allSatisfy { condition in
      event.time.isDated
        && all.contains { other in
          guard other.code.stageIndex == condition.by, other.time.isDated else { return false }
          if event.time.precision == .exact, other.time.precision == .exact {
            let seconds = other.time.instant.seconds - event.time.instant.seconds
            return (0...Int64(condition.withinDays) * 86_400).contains(seconds)
          }
          return (0...condition.withinDays)
            .contains(history.lagInDays(from: event.time, to: other.time))
        }
    }
  }

  private func isNot(_ time: TimePoint, before other: TimePoint) -> Bool {
    if time.instant >= other.instant { return true }
    if time.precision == .exact, other.precision == .exact { return false }
    return history.lagInDays(from: time, to: other) == 0
  }

  private func one(_ lead: Int, _ all: [Event]) -> Row {
    let created = history.leads.created[lead]
    let dated = all.filter(\.time.isDated)
    let beginning =
      created.isDated ? created : dated.first { $0.code.detourIndex == nil }?.time ?? .missing
    let counted = dated.filter { !beginning.isPresent || isNot($0.time, before: beginning) }
    var row = Row(
      lead: lead,
      attempt: 1,
      reached: Array(repeating: .missing, count: stageCount),
      exit: .missing,
      detour: 0
    )
    read(counted.filter { $0.code.detourIndex == nil }, from: beginning, &row)
    if let exit = counted.first(where: { $0.code.detourIndex != nil }) {
      row.exit = exit.time
      row.detour = exit.code.detourIndex ?? 0
    }
    if !created.isDated, all.contains(where: { !$0.time.isDated && $0.code.stageIndex == 0 }) {
      row.reached[0] = .undated
    }
    if !row.reached[0].isPresent { row.reached[0] = .undated }
    markUndated(all, &row)
    return row
  }

  private func several(_ lead: Int, _ all: [Event]) -> [Row] {
    var episodes: [(stages: [Event], exit: Event?)] = []
    for event in all where event.time.isDated {
      let isOpen = episodes.last.map { $0.exit == nil } ?? false
      if event.code.detourIndex != nil {
        if isOpen { episodes[episodes.count - 1].exit = event }
      } else if isOpen {
        episodes[episodes.count - 1].stages.append(event)
      } else {
        episodes.append(([event], nil))
      }
    }
    if episodes.isEmpty { episodes = [([], nil)] }
    return episodes.enumerated().map { index, episode in
      var row = Row(
        lead: lead,
        attempt: index + 1,
        reached: Array(repeating: .missing, count: stageCount),
        exit: episode.exit?.time ?? .missing,
        detour: episode.exit?.code.detourIndex ?? 0
      )
      read(episode.stages, from: episode.stages.first?.time ?? .missing, &row)
      let isUndated = all.contains { !$0.time.isDated && $0.code.stageIndex == 0 }
      if index == 0, isUndated || !row.reached[0].isPresent { row.reached[0] = .undated }
      if index == episodes.count - 1 { markUndated(all, &row) }
      return row
    }
  }

  private func read(_ events: [Event], from beginning: TimePoint, _ row: inout Row) {
    guard beginning.isPresent else { return }
    row.reached[0] = beginning
    switch rule.skips {
    case .filled:
      for event in events {
        for stage in 0...(event.code.stageIndex ?? 0) where !row.reached[stage].isPresent {
          row.reached[stage] = event.time
        }
      }
    case .any:
      for event in events {
        let stage = event.code.stageIndex ?? 0
        if !row.reached[stage].isPresent { row.reached[stage] = event.time }
      }
    case .strict, .ordered:
      var last = beginning
      for stage in 1..<stageCount {
        let found = events.first {
          $0.code.stageIndex == stage && isNot($0.time, before: last)
        }
        if let found {
          row.reached[stage] = found.time
          last = found.time
        } else if rule.skips == .strict {
          return
        }
      }
    }
  }

  private func markUndated(_ all: [Event], _ row: inout Row) {
    let known = Set(all.filter(\.time.isDated).compactMap(\.code.stageIndex))
    let undated = all.filter { !$0.time.isDated }
    let stages = undated.compactMap(\.code.stageIndex).filter {
      $0 > 0 && (rule.skips == .filled ? $0 > known.max() ?? 0 : !known.contains($0))
    }
    for stage in 1..<stageCount where !row.reached[stage].isPresent {
      switch rule.skips {
      case .filled: if stage <= stages.max() ?? 0 { row.reached[stage] = .undated }
      case .any, .ordered: if stages.contains(stage) { row.reached[stage] = .undated }
      case .strict:
        guard row.reached[stage - 1].isPresent, stages.contains(stage) else { break }
        row.reached[stage] = .undated
      }
    }
    if let exit = undated.compactMap(\.code.detourIndex).first, !row.exit.isPresent {
      row.exit = .undated
      row.detour = exit
    }
  }
}
