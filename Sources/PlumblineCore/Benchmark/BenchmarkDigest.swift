/// What some records answer to one question, to be put together with what other records answer.
struct BenchmarkDigest: Sendable {
  /// So many ends of a step of a channel.
  struct Ends: Sendable {
    /// The channel among those that count times the steps, plus the step.
    var step: UInt32
    /// Whole days times four plus a `BenchmarkOutcome`.
    var place: UInt32
    var count: UInt32
  }

  /// The cohorts of the records' own days, which follow one another among those of all records.
  let cohorts: BenchmarkCohorts
  /// The days on which leads came into being.
  let days: ClosedRange<Int32>
  /// One more than the most days that a record's step took.
  let lagCount: Int
  let longSteps: [LongStep]
  /// By channel that counts, segment and cohort.
  let cells: [BenchmarkCounts]
  let owners: [BenchmarkCounts]
  let cellValues: BenchmarkValues
  let ownerValues: BenchmarkValues
  /// Those that there are.
  let ends: [Ends]

  /// What records answer; nil where there are none.
  ///
  /// - Parameters:
  ///   - records: The records.
  ///   - ask: The question.
  ///   - names: What ranks in the records stand for.
  /// - Complexity: O(records of the channels that count + cells + owners + channels x days).
  init?(_ records: BenchmarkRecords, _ ask: BenchmarkAsk, _ names: BenchmarkNames) {
    guard let days = records.days else { return nil }
    let cohorts = BenchmarkCohorts(days, grain: ask.grain)
    let lagCount = Int(records.mostDays) + 1
    let channels = names.channels(of: ask)
    let shape = BenchmarkShape(names, channels, cohorts, lagCount: lagCount)
    let scan = BenchmarkScan(records, shape)
    let (cells, owners) = (scan.counts(\.cells), scan.counts(\.owners))
    cellValues = BenchmarkValues(cells) { places in
      for pair in 0..<shape.pairCount {
        let cell = pair * cohorts.starts.count
        for record in records.ofPair(shape.firstPair + pair) {
          places.put(record, cell + cohorts.number(of: record.day))
        }
      }
    }
    ownerValues = BenchmarkValues(owners) { places in
      for pair in 0..<shape.pairCount {
        for record in records.ofPair(shape.firstPair + pair) {
          places.put(record, Int(record.owner))
        }
      }
    }
    ends = scan.ends(shape)
    (self.cells, self.owners, self.cohorts, self.days) = (cells, owners, cohorts, days)
    (self.lagCount, longSteps) = (lagCount, records.longSteps)
  }
}

/// What all records of a company answer to one question.
struct BenchmarkSum {
  let shape: BenchmarkShape
  /// By channel that counts, segment and cohort.
  private(set) var cells: [BenchmarkCounts]
  private(set) var owners: [BenchmarkCounts]
  /// By channel that counts, step, whole days and outcome, see `BenchmarkShape.outcomeStride`.
  private(set) var outcomes: [UInt32]
  private let parts: [BenchmarkDigest]
  /// For each part, its first cohort among those of all.
  private let firstCohorts: [Int]

  /// What parts answer together.
  ///
  /// - Complexity: O(parts x (cells + owners) + their ends).
  init(_ parts: [BenchmarkDigest], _ ask: BenchmarkAsk, _ names: BenchmarkNames) {
    let first = parts.map(\.days.lowerBound).min() ?? 0
    let last = parts.map(\.days.upperBound).max() ?? 0
    let cohorts = BenchmarkCohorts(first...last, grain: ask.grain)
    let lagCount = parts.map(\.lagCount).max() ?? 1
    shape = BenchmarkShape(names, names.channels(of: ask), cohorts, lagCount: lagCount)
    self.parts = parts
    firstCohorts = parts.map { cohorts.number(of: $0.days.lowerBound) }
    cells = Array(repeating: BenchmarkCounts(), count: shape.cellCount)
    owners = Array(repeating: BenchmarkCounts(), count: names.owners.count)
    let stride = shape.outcomeStride
    outcomes = Array(repeating: 0, count: shape.channels.count * BenchmarkAsk.stepCount * stride)
    for (part, first) in zip(parts, firstCohorts) {
      let (count, all) = (part.cohorts.starts.count, cohorts.starts.count)
      for pair in 0..<shape.pairCount {
        for cohort in 0..<count {
          cells[pair * all + first + cohort].add(part.cells[pair * count + cohort])
        }
      }
      for owner in owners.indices { owners[owner].add(part.owners[owner]) }
      for ends in part.ends { outcomes[Int(ends.step) * stride + Int(ends.place)] += ends.count }
    }
  }

  /// The quantiles of every cell.
  ///
  /// - Complexity: O(values + parts x cells).
  func cellQuantiles(threads: Int) -> [BenchmarkValues.Quantiles] {
    let all = shape.cohorts.starts.count
    return BenchmarkValues.quantiles(groups: shape.cellCount, threads: threads) { cell, gather in
      let (pair, cohort) = cell.quotientAndRemainder(dividingBy: all)
      for (part, first) in zip(parts, firstCohorts) {
        let count = part.cohorts.starts.count
        guard (first..<first + count).contains(cohort) else { continue }
        gather(part.cellValues, pair * count + cohort - first)
      }
    }
  }

  /// The quantiles of every owner.
  ///
  /// - Complexity: O(values + parts x owners).
  func ownerQuantiles(threads: Int) -> [BenchmarkValues.Quantiles] {
    BenchmarkValues.quantiles(groups: owners.count, threads: threads) { owner, gather in
      for part in parts { gather(part.ownerValues, owner) }
    }
  }
}
