/// A hand-off as the journeys have it: when, within which episode, and what ended the lead's stay.
struct PassedLead {
  let lead: Int
  let episode: Int
  let handOff: TimePoint
  /// From when the episode runs until when the next begins, in seconds since 1970.
  let span: Range<Int64>
  /// What happened first of going on to a later stage, leaving the path and coming back.
  let closing: Closing?
  /// When it went on to a later stage; nil when it did not.
  let movedOn: Closing?

  init(_ journeys: Journeys, row: Int, stage: Int) {
    lead = Int(journeys.leads[row])
    episode = Int(journeys.attempts[row])
    handOff = journeys.reached[stage][row]
    func beginning(_ row: Int) -> TimePoint { journeys.reached[0][row] }
    func second(_ time: TimePoint) -> Int64? { time.isDated ? time.instant.seconds : nil }
    let start = journeys.attempts[row] == 1 ? .min : second(beginning(row)) ?? .min
    let hasNext = row + 1 < journeys.count && journeys.leads[row + 1] == journeys.leads[row]
    let end = hasNext ? second(beginning(row + 1)) ?? .max : .max
    span = start..<max(start, end)
    var later = TimePoint.missing
    var isUndated = false
    for next in stage + 1..<max(stage + 1, journeys.stageCount) {
      let time = journeys.reached[next][row]
      if time.isDated { later = min(later, time) } else if time.isPresent { isUndated = true }
    }
    movedOn =
      later.isPresent ? Closing(time: later) : isUndated ? Closing(time: .undated) : nil
    var times = [journeys.exits[row]]
    if hasNext { times.append(beginning(row + 1)) }
    if let movedOn { times.append(movedOn.time) }
    let dated = times.filter(\.isDated).min()
    closing =
      dated.map { Closing(time: $0) }
      ?? (times.contains { $0.isPresent } ? Closing(time: .undated) : nil)
  }
}

/// When a lead's stay ended.
struct Closing {
  /// When; `undated` where nobody said.
  let time: TimePoint

  /// The instant; nil where nobody knows.
  var instant: Instant? { time.isDated ? time.instant : nil }
}
