import PlumblineStatistics

extension CellPass {
  /// The cells of the question.
  ///
  /// - Parameter pieces: How many ranges the episodes are divided into; the answer does not depend
  ///   on it.
  /// - Returns: The cells.
  func cells(pieces: Int? = nil) -> FunnelCells {
    var all = tally(pieces: pieces)
    let money = CellMoney(&all)
    return all.finish(money)
  }

  /// How many counts the question's cells have at most.
  var mostCounts: Int {
    var cells = 1
    for dimension in dimensions where cells < journeys.count { cells *= dimension.valueCount }
    return min(cells, journeys.count) * CellTally.Layout(self).width
  }

  /// The counts of the question's cells, without money.
  func tally(pieces: Int? = nil) -> CellTally {
    tally(ParallelRanges.divide(journeys.count, into: pieces), of: journeys)
  }

  /// The counts of episodes of some journeys, in parts that are counted at once.
  func tally<Rows: RandomAccessCollection<Int> & Sendable>(
    _ parts: [Rows],
    of journeys: Journeys
  ) -> CellTally where Rows.Index == Int {
    let activityCounts = journeys.activityCounts
    let tallies = ConcurrentMap.map(count: parts.count) { part in
      var tally = CellTally(self)
      tally.count(parts[part], of: journeys, activityCounts: activityCounts)
      return tally
    }
    var all = tallies.first ?? CellTally(self)
    for tally in tallies.dropFirst() { all.merge(tally) }
    return all
  }

  /// How many of the question's episodes reached each stage under several skip rules, by one walk
  /// over the events that keeps no journeys.
  ///
  /// - Precondition: The question dates episodes by the first stage.
  /// - Parameters:
  ///   - rules: The skip rules.
  ///   - rule: What else is a rule of reading events; the question's when nil.
  ///   - other: A history of the same leads whose events are read instead.
  ///   - pieces: How many ranges the leads are divided into; the answer does not depend on it.
  /// - Returns: For each rule, one count a stage.
  func reached(
    under rules: [SkipRule],
    reading rule: JourneyRule? = nil,
    in other: CompanyHistory? = nil,
    pieces: Int? = nil
  ) -> [[Int]] {
    EventColumns.with(other ?? history) { events in
      let ranges = ParallelRanges.divide(events.leadCount, into: pieces)
      let rule = rule ?? question.rule
      return sums(
        ParallelRanges.map(ranges) { reached(under: rules, events, rule, of: $1) },
        rules
      )
    }
  }

  /// The same of some leads alone, in parts that are counted at once.
  ///
  /// - Parameters:
  ///   - rules: The skip rules.
  ///   - rule: What else is a rule of reading events.
  ///   - leads: The leads.
  ///   - history: Whose events are read.
  ///   - events: Others than those of the history, where there are.
  /// - Returns: For each rule, one count a stage.
  func reached(
    under rules: [SkipRule],
    reading rule: JourneyRule,
    of leads: [[Int32]],
    in history: CompanyHistory,
    _ events: CompanyHistory.Events? = nil
  ) -> [[Int]] {
    EventColumns.with(history, events) { events in
      sums(
        ConcurrentMap.map(count: leads.count) { part in
          reached(under: rules, events, rule, of: leads[part].lazy.map(Int.init))
        },
        rules
      )
    }
  }

  private func sums(_ parts: [[[Int]]], _ rules: [SkipRule]) -> [[Int]] {
    rules.indices.map { rule in
      (0..<journeys.stageCount).map { stage in parts.reduce(0) { $0 + $1[rule][stage] } }
    }
  }

  private func reached(
    under rules: [SkipRule],
    _ events: EventColumns,
    _ rule: JourneyRule,
    of leads: some Sequence<Int>
  ) -> [[Int]] {
    precondition(question.datedBy == 0)
    let stageCount = journeys.stageCount
    let isOneEpisode = rule.returns == .sameEpisode
    return withReader { reader in
      let walkers = rules.map { EpisodeWalker(events, rule.with($0)) }
      let counts = rules.map { _ in ScratchColumn<Int>(stageCount) }
      var counters = counts.map { ReachedCounter(reader, $0.base, stageCount) }
      let plain = PlainPaths(stageCount)
      walkers.withUnsafeBufferPointer { walkers in
        guard let confirming = walkers.first else { return }
        for lead in leads where events.starts[lead] < events.starts[lead + 1] {
          // Which events count is the same under every skip rule.
          let list = confirming.list(of: lead)
          let created = isOneEpisode ? events.created[lead] : .missing
          if let (path, entry) = plain.path(of: list, created: created, isOneEpisode) {
            if reader.isWanted(lead, 1, entry) { plain.count(path) }
            continue
          }
          for index in 0..<walkers.count {
            walkers[index].walk(lead, list, into: &counters[index])
          }
        }
      }
      return zip(rules, counts).map { rule, column in
        let others = plain.reached(under: rule)
        return (0..<stageCount).map { column.base[$0] + others[$0] }
      }
    }
  }
}

/// Counts the episodes that a question wants by the stages they reached; addresses only.
private struct ReachedCounter: EpisodeSink {
  private let reader: EpisodeReader
  private let counts: UnsafeMutablePointer<Int>
  private let stageCount: Int

  init(_ reader: EpisodeReader, _ counts: UnsafeMutablePointer<Int>, _ stageCount: Int) {
    self.reader = reader
    self.counts = counts
    self.stageCount = stageCount
    counts.initialize(repeating: 0, count: stageCount)
  }

  @inline(__always)
  mutating func take(_ lead: Int, _ attempt: Int, _ episode: Episode) {
    guard reader.isWanted(lead, attempt, episode.reached[0]) else { return }
    for stage in 0..<stageCount where episode.reached[stage].isPresent { counts[stage] += 1 }
  }
}
