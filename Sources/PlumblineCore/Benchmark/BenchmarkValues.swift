/// The values behind the medians, gathered group by group.
struct BenchmarkValues: Sendable {
  /// The quantiles of one group; nil where it has no values.
  struct Quantiles: Sendable {
    var wonMedian: Int?
    var wonNinth: Int?
    var touchMedian: Int?
  }

  /// Where each group's values begin, and one more.
  private let wonStarts: [Int]
  private let touchStarts: [Int]
  private var won: [UInt32]
  private var touches: [UInt32]

  /// Gathers values of some records.
  ///
  /// - Parameters:
  ///   - counts: The counts of each group over all parts.
  ///   - parts: The counts of each group in each part.
  ///   - ranges: The records of each part.
  ///   - gather: Puts the records of a range with their groups, in the order in which they stand.
  init(
    _ counts: [BenchmarkCounts],
    _ parts: [[BenchmarkCounts]],
    _ ranges: [Range<Int>],
    _ gather: @Sendable (_ range: Range<Int>, _ places: inout Places) -> Void
  ) {
    var wonStarts = [0]
    var touchStarts = [0]
    for group in counts {
      wonStarts.append(wonStarts[wonStarts.count - 1] + group.reached[5])
      touchStarts.append(touchStarts[touchStarts.count - 1] + group.touched)
    }
    var firsts: [(won: [Int], touches: [Int])] = []
    var next = (won: Array(wonStarts.dropLast()), touches: Array(touchStarts.dropLast()))
    for part in parts {
      firsts.append(next)
      for (group, count) in part.enumerated() {
        next.won[group] += count.reached[5]
        next.touches[group] += count.touched
      }
    }
    let (places, wonCount) = (firsts, wonStarts[wonStarts.count - 1])
    let touchCount = touchStarts[touchStarts.count - 1]
    var touches: [UInt32] = []
    won = Array(unsafeUninitializedCapacity: wonCount) { wonBuffer, wonInitialized in
      let wonRoom = SharedColumn(wonBuffer.baseAddress)
      touches = Array(unsafeUninitializedCapacity: touchCount) { touchBuffer, touchInitialized in
        let touchRoom = SharedColumn(touchBuffer.baseAddress)
        _ = ParallelRanges.map(ranges) { part, range in
          var room = Places(
            won: wonRoom,
            touches: touchRoom,
            nextWon: places[part].won,
            nextTouch: places[part].touches
          )
          gather(range, &room)
        }
        touchInitialized = touchCount
      }
      wonInitialized = wonCount
    }
    self.touches = touches
    self.wonStarts = wonStarts
    self.touchStarts = touchStarts
  }

  /// Where the values of one part go.
  struct Places {
    fileprivate let won: SharedColumn<UInt32>
    fileprivate let touches: SharedColumn<UInt32>
    fileprivate var nextWon: [Int]
    fileprivate var nextTouch: [Int]

    /// Puts the values of a record with those of a group.
    @inline(__always)
    mutating func put(_ record: BenchmarkRecord, _ group: Int) {
      let mark = record.outcomes[6]
      if mark >> 6 != 0 {
        touches.base?.advanced(by: nextTouch[group]).initialize(to: record.touchLag)
        nextTouch[group] &+= 1
      }
      if mark & 0b10_0000 != 0 {
        won.base?.advanced(by: nextWon[group]).initialize(to: record.wonLag)
        nextWon[group] &+= 1
      }
    }
  }

  /// The quantiles of every group.
  ///
  /// - Parameter threads: How many parts are worked on at once.
  /// - Returns: One entry a group.
  /// - Complexity: O(values).
  func quantiles(threads: Int) -> [Quantiles] {
    ParallelRanges.map(ParallelRanges.divide(wonStarts.count - 1, into: threads)) { _, groups in
      var selection = RankSelection()
      return groups.map { quantiles(of: $0, &selection) }
    }.flatMap { $0 }
  }

  private func quantiles(of group: Int, _ selection: inout RankSelection) -> Quantiles {
    var quantiles = Quantiles()
    let wonRange = wonStarts[group]..<wonStarts[group + 1]
    if !wonRange.isEmpty {
      let ranks = [5, 9].map { RankSelection.rank(tenths: $0, of: wonRange.count) }
      let found = won.withUnsafeBufferPointer { values in
        selection.values(of: ranks, among: UnsafeBufferPointer(rebasing: values[wonRange]))
      }
      (quantiles.wonMedian, quantiles.wonNinth) = (Int(found[0]), Int(found[1]))
    }
    let touchRange = touchStarts[group]..<touchStarts[group + 1]
    if !touchRange.isEmpty {
      let ranks = [RankSelection.rank(tenths: 5, of: touchRange.count)]
      quantiles.touchMedian = touches.withUnsafeBufferPointer { values in
        Int(
          selection.values(of: ranks, among: UnsafeBufferPointer(rebasing: values[touchRange]))[0]
        )
      }
    }
    return quantiles
  }
}
