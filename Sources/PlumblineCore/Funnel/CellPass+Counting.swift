extension CellPass {
  /// The cells of the question.
  ///
  /// - Parameter pieces: How many ranges the episodes are divided into; the answer does not depend
  ///   on it.
  /// - Returns: The cells.
  func cells(pieces: Int? = nil) -> FunnelCells {
    let activityCounts = journeys.activityCounts
    let ranges = ParallelRanges.divide(journeys.count, into: pieces)
    let tallies = ParallelRanges.map(ranges) { _, range in
      var tally = CellTally(self)
      tally.count(range, activityCounts: activityCounts)
      return tally
    }
    var all = tallies.first ?? CellTally(self)
    for tally in tallies.dropFirst() { all.merge(tally) }
    let money = CellMoney(&all)
    return all.finish(money)
  }

  /// How many of the question's episodes reached each stage under several skip rules, by one walk
  /// over the events that keeps no journeys.
  ///
  /// - Precondition: The question dates episodes by the first stage.
  func reached(under rules: [SkipRule], pieces: Int? = nil) -> [[Int]] {
    precondition(question.datedBy == 0)
    let stageCount = journeys.stageCount
    let isOneEpisode = question.rule.returns == .sameEpisode
    let parts = EventColumns.with(history) { events in
      ParallelRanges.map(ParallelRanges.divide(events.leadCount, into: pieces)) { _, range in
        withReader { reader in
          let walkers = rules.map { EpisodeWalker(events, question.rule.with($0)) }
          let counts = rules.map { _ in ScratchColumn<Int>(stageCount) }
          var counters = counts.map { ReachedCounter(reader, $0.base, stageCount) }
          let plain = PlainPaths(stageCount)
          walkers.withUnsafeBufferPointer { walkers in
            guard let confirming = walkers.first else { return }
            for lead in range where events.starts[lead] < events.starts[lead + 1] {
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
    return rules.indices.map { rule in
      (0..<stageCount).map { stage in parts.reduce(0) { $0 + $1[rule][stage] } }
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
