import PlumblineStatistics

/// The counts of the cells of one range of episodes, flat; those of disjoint ranges add up.
struct CellTally: Sendable {
  /// Where the counts of a cell stand: episodes, leads, the stages reached, the transitions, the
  /// pairs.
  struct Layout: Sendable {
    static let reached = 2
    let stageCount: Int
    let detourCount: Int
    let pairCount: Int
    let bucketCount: Int

    /// The layout of a pass's cells.
    init(_ pass: CellPass) {
      stageCount = pass.journeys.stageCount
      detourCount = pass.history.agreement.detours.count
      pairCount = pass.question.pairs.count
      bucketCount = LagCounts().buckets.count
    }

    /// Entered, advanced, open, residual, then one a detour.
    func transition(_ stage: Int) -> Int { Self.reached + stageCount + stage * (4 + detourCount) }
    /// Undated conversions, other undated ones, then the lags by outcome.
    func pair(_ index: Int) -> Int {
      transition(max(0, stageCount - 1)) + index * (2 + LagOutcome.allCases.count * bucketCount)
    }
    var width: Int { pair(pairCount) }
  }

  private(set) var pass: CellPass
  let layout: Layout
  private let buckets: LagBuckets
  private var slots: CellSlots
  /// One row a cell.
  private var counts: [UInt32] = []
  private var activities: [Int] = []

  /// No episodes yet.
  init(_ pass: CellPass) {
    self.pass = pass
    buckets = LagCounts().buckets
    layout = Layout(pass)
    slots = CellSlots(Array(pass.dimensions))
  }

  /// The counts of a tally, in the words of another pass over the same journeys: the same question
  /// of the same facts, seen by somebody else.
  func read(by pass: CellPass) -> CellTally {
    var tally = self
    tally.pass = pass
    return tally
  }

  /// How many cells there are.
  var cellCount: Int { slots.count }

  /// The values of a cell.
  func combination(_ slot: Int) -> [Int] { slots.combination(slot) }

  /// The cell of a combination of values, one a dimension; empty if it was not known.
  @inline(__always)
  mutating func slot(_ values: UnsafePointer<Int>) -> Int {
    let slot = slots.slot(values)
    if slot == activities.count { appendCell() }
    return slot
  }

  @inline(never)
  private mutating func appendCell() {
    counts.append(contentsOf: repeatElement(0, count: layout.width))
    activities.append(0)
  }

  // MARK: Episodes

  /// So many episodes are put into cells at a time, and counted then.
  private static let rowsAtATime = 1024

  /// Counts those episodes that the question wants.
  ///
  /// - Parameters:
  ///   - rows: The rows of the episodes.
  ///   - journeys: Whose rows.
  ///   - activityCounts: The counts of activities of these journeys.
  /// - Complexity: O(rows x (stages + pairs)).
  mutating func count<Rows: RandomAccessCollection<Int>>(
    _ rows: Rows,
    of journeys: Journeys,
    activityCounts: [Int32]
  ) where Rows.Index == Int {
    let scratch = EpisodeCounter.Scratch(pass.question.pairs, layout, buckets)
    let values = ScratchColumn<Int>(pass.dimensions.count)
    let found = ScratchColumn<(row: Int, place: Int)>(Self.rowsAtATime)
    let (datedBy, asOf) = (pass.question.datedBy, TimePoint(pass.history.asOf))
    pass.withReader { reader in
      journeys.withColumns { columns in
        let counter = EpisodeCounter(columns, layout, scratch, reader.days, asOf)
        let entries = columns.stages[datedBy]
        for first in stride(from: rows.startIndex, to: rows.endIndex, by: Self.rowsAtATime) {
          var count = 0
          for position in first..<min(first + Self.rowsAtATime, rows.endIndex) {
            let row = rows[position]
            let (lead, attempt) = (Int(columns.leads[row]), Int(columns.attempts[row]))
            guard reader.isWanted(lead, attempt, entries[row]) else { continue }
            reader.values(lead, attempt, entries[row], into: values.base)
            let slot = slot(values.base)
            activities[slot] += Int(activityCounts[row])
            found.base.advanced(by: count).initialize(to: (row, slot * layout.width))
            count += 1
          }
          counts.withUnsafeMutableBufferPointer { counts in
            guard let base = counts.baseAddress else { return }
            for index in 0..<count {
              counter.count(found.base[index].row, in: base + found.base[index].place)
            }
          }
        }
      }
    }
  }

  /// Adds the counts of other episodes of the same pass.
  mutating func merge(_ other: CellTally) {
    for position in 0..<other.cellCount {
      let target = other.combination(position).withAddress { slot($0) }
      activities[target] += other.activities[position]
      let (start, otherStart) = (target * layout.width, position * layout.width)
      for index in 0..<layout.width { counts[start + index] += other.counts[otherStart + index] }
    }
  }

  /// Takes away the counts of episodes that were added before.
  mutating func subtract(_ other: CellTally) {
    for position in 0..<other.cellCount {
      let target = other.combination(position).withAddress { slot($0) }
      activities[target] -= other.activities[position]
      let (start, otherStart) = (target * layout.width, position * layout.width)
      for index in 0..<layout.width { counts[start + index] -= other.counts[otherStart + index] }
    }
  }

  // MARK: The result

  /// The cells.
  func finish(_ money: CellMoney) -> FunnelCells {
    let dimensions = Array(pass.dimensions)
    var content: [[String]: FunnelCell] = [:]
    // Of a cell whose episodes were all taken away nothing is left but what was spent on it.
    for slot in 0..<cellCount where counts[slot * layout.width] > 0 || money.isSpentOn(slot) {
      var cell = cell(slot)
      money.add(slot, to: &cell)
      let key = zip(dimensions, combination(slot)).map { $0.name($1) }
      // Two values may go by the same name: no text, and a text that says so.
      if content[key] == nil { content[key] = cell } else { content[key]? += cell }
    }
    return FunnelCells(pass.question, asOf: pass.history.asOf, content)
  }

  private func cell(_ slot: Int) -> FunnelCell {
    var cell = FunnelCell(pass.question, pass.history.agreement)
    let start = slot * layout.width
    func count(_ index: Int) -> Int { Int(counts[start + index]) }
    cell.episodes = count(0)
    cell.leads = count(1)
    cell.activities = activities[slot]
    for stage in cell.reached.indices { cell.reached[stage] = count(Layout.reached + stage) }
    for stage in cell.transitions.indices {
      let first = layout.transition(stage)
      cell.transitions[stage].entered = count(first)
      cell.transitions[stage].advanced = count(first + 1)
      cell.transitions[stage].open = count(first + 2)
      cell.transitions[stage].residual = count(first + 3)
      for detour in 0..<layout.detourCount {
        cell.transitions[stage].detoured[detour] = count(first + 4 + detour)
      }
    }
    for pair in cell.pairs.indices {
      let first = layout.pair(pair)
      cell.pairs[pair].undatedConversions = count(first)
      cell.pairs[pair].undatedOthers = count(first + 1)
      for outcome in LagOutcome.allCases {
        let row = first + 2 + outcome.rawValue * buckets.count
        for bucket in 0..<buckets.count where counts[start + row + bucket] > 0 {
          cell.pairs[pair].lags.add(
            outcome,
            lagInDays: buckets.edges[bucket],
            count: count(row + bucket)
          )
        }
      }
    }
    return cell
  }
}

/// Adds single episodes to the counts of a cell; addresses only, as the reader.
private struct EpisodeCounter {
  /// What a counter works with.
  final class Scratch {
    struct Pair {
      var from: Int
      var to: Int
      /// Where the pair's counts stand in a cell.
      var place: Int
    }

    let times: ScratchColumn<TimePoint>
    let pairs: ScratchColumn<Pair>
    let bucketOfDay: ScratchColumn<Int32>
    let lastEdge: Int

    /// - Precondition: The path has both stages of every pair.
    init(_ pairs: [StagePair], _ layout: CellTally.Layout, _ buckets: LagBuckets) {
      times = ScratchColumn(layout.stageCount)
      self.pairs = ScratchColumn(pairs.count)
      for (index, pair) in pairs.enumerated() {
        precondition(min(pair.from, pair.to) >= 0 && max(pair.from, pair.to) < layout.stageCount)
        self.pairs.base.advanced(by: index)
          .initialize(to: Pair(from: pair.from, to: pair.to, place: layout.pair(index)))
      }
      lastEdge = buckets.edges[buckets.count - 1]
      bucketOfDay = ScratchColumn(lastEdge)
      for day in 0..<lastEdge {
        bucketOfDay.base.advanced(by: day)
          .initialize(to: Int32(buckets.bucket(ofLagInDays: day)))
      }
    }
  }

  private let columns: EpisodeColumns
  private let stageCount: Int
  private let detourCount: Int
  private let pairCount: Int
  private let bucketCount: Int
  private let firstTransition: Int
  private let days: LocalDays.View
  private let asOf: TimePoint
  private let times: UnsafeMutablePointer<TimePoint>
  private let pairs: UnsafeMutablePointer<Scratch.Pair>
  private let bucketOfDay: UnsafeMutablePointer<Int32>
  private let lastEdge: Int

  init(
    _ columns: EpisodeColumns,
    _ layout: CellTally.Layout,
    _ scratch: Scratch,
    _ days: LocalDays.View,
    _ asOf: TimePoint
  ) {
    self.columns = columns
    stageCount = layout.stageCount
    detourCount = layout.detourCount
    pairCount = layout.pairCount
    bucketCount = layout.bucketCount
    firstTransition = layout.transition(0)
    self.days = days
    self.asOf = asOf
    times = scratch.times.base
    pairs = scratch.pairs.base
    bucketOfDay = scratch.bucketOfDay.base
    lastEdge = scratch.lastEdge
  }

  /// Counts an episode, with few branches: whether a stage was reached is as good as random.
  @inline(__always)
  func count(_ row: Int, in cell: UnsafeMutablePointer<UInt32>) {
    cell[0] &+= 1
    cell[1] &+= columns.attempts[row] == 1 ? 1 : 0
    for stage in 0..<stageCount {
      let time = columns.stages[stage][row]
      times[stage] = time
      cell[CellTally.Layout.reached &+ stage] &+= time.isPresent ? 1 : 0
    }
    countTransitions(row, in: cell + firstTransition)
    let exit = columns.exits[row]
    for index in 0..<pairCount { count(pairs[index], exit, in: cell + pairs[index].place) }
  }

  /// See `CellPass.outcome(from:row:)`.
  @inline(__always)
  private func countTransitions(_ row: Int, in first: UnsafeMutablePointer<UInt32>) {
    let exit = columns.exits[row]
    let detour = exit.isPresent ? Int(columns.detours[row]) : 0
    precondition(!exit.isPresent || detour < detourCount, "the agreement has the detour")
    var counts = first
    for stage in 0..<max(0, stageCount &- 1) {
      let (entered, next) = (times[stage], times[stage &+ 1])
      let one: UInt32 = entered.isPresent ? 1 : 0
      var place = exit.isPresent && !exit.precedes(entered) ? 4 &+ detour : 2
      if next.isPresent { place = 1 }
      if next.precedes(entered), days.is(next, before: entered) { place = 3 }
      counts[0] &+= one
      counts[place] &+= one
      counts += 4 &+ detourCount
    }
  }

  /// See `Journeys.wait(for:row:in:)`.
  @inline(__always)
  private func count(
    _ pair: Scratch.Pair,
    _ exit: TimePoint,
    in counts: UnsafeMutablePointer<UInt32>
  ) {
    let entered = times[pair.from]
    let one: UInt32 = entered.isPresent ? 1 : 0
    let (outcome, end) = StageWait.end(
      entered: entered,
      converted: times[pair.to],
      exit: exit,
      asOf: asOf
    )
    // Who never entered waits no time, and counts as nobody.
    let start = entered.isPresent ? entered : end
    guard start.isDated, end.isDated else {
      counts[outcome == .converted ? 0 : 1] &+= one
      return
    }
    let lag = max(0, days.lagInDays(from: start, to: end))
    let bucket = lag < lastEdge ? Int(bucketOfDay[lag]) : bucketCount &- 1
    counts[2 &+ outcome.rawValue &* bucketCount &+ bucket] &+= one
  }
}
