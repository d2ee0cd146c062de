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
  private let won: [UInt32]
  private let touches: [UInt32]

  /// Gathers values of some records.
  ///
  /// - Parameters:
  ///   - counts: The counts of each group.
  ///   - gather: Puts each record with its group.
  init(_ counts: [BenchmarkCounts], _ gather: (inout Places) -> Void) {
    let wonStarts = Self.starts(counts.lazy.map { $0.reached[5] })
    let touchStarts = Self.starts(counts.lazy.map(\.touched))
    let (wonCount, touchCount) = (wonStarts[counts.count], touchStarts[counts.count])
    var touches: [UInt32] = []
    won = Array(unsafeUninitializedCapacity: wonCount) { wonBuffer, wonInitialized in
      touches = Array(unsafeUninitializedCapacity: touchCount) { touchBuffer, touchInitialized in
        var places = Places(
          won: wonBuffer.baseAddress,
          touches: touchBuffer.baseAddress,
          nextWon: wonStarts,
          nextTouch: touchStarts
        )
        gather(&places)
        touchInitialized = touchCount
      }
      wonInitialized = wonCount
    }
    self.touches = touches
    self.wonStarts = wonStarts
    self.touchStarts = touchStarts
  }

  private static func starts(_ counts: some Sequence<Int>) -> [Int] {
    var starts = [0]
    for count in counts { starts.append(starts[starts.count - 1] + count) }
    return starts
  }

  /// Where values go.
  struct Places {
    fileprivate let won: UnsafeMutablePointer<UInt32>?
    fileprivate let touches: UnsafeMutablePointer<UInt32>?
    fileprivate var nextWon: [Int]
    fileprivate var nextTouch: [Int]

    /// Puts the values of a record with those of a group.
    @inline(__always)
    mutating func put(_ record: BenchmarkRecord, _ group: Int) {
      let mark = record.outcomes[6]
      if mark >> 6 != 0 {
        touches?.advanced(by: nextTouch[group]).initialize(to: record.touchLag)
        nextTouch[group] &+= 1
      }
      if mark & 0b10_0000 != 0 {
        won?.advanced(by: nextWon[group]).initialize(to: record.wonLag)
        nextWon[group] &+= 1
      }
    }
  }

  /// The quantiles of groups whose values stand in several places.
  ///
  /// - Parameters:
  ///   - groups: How many groups there are.
  ///   - threads: How many groups are worked on at once.
  ///   - find: Hands over, for a group, each place and the number that the group has there.
  /// - Returns: One entry a group.
  /// - Complexity: O(values), and the calls of `find`.
  static func quantiles(
    groups: Int,
    threads: Int,
    _ find: @Sendable (_ group: Int, _ gather: (BenchmarkValues, Int) -> Void) -> Void
  ) -> [Quantiles] {
    ParallelRanges.map(ParallelRanges.divide(groups, into: threads)) { _, range in
      var selection = RankSelection()
      var (won, touches): ([UInt32], [UInt32]) = ([], [])
      return range.map { group in
        won.removeAll(keepingCapacity: true)
        touches.removeAll(keepingCapacity: true)
        find(group) { values, group in
          won += values.won[values.wonStarts[group]..<values.wonStarts[group + 1]]
          touches += values.touches[values.touchStarts[group]..<values.touchStarts[group + 1]]
        }
        return quantiles(won, touches, &selection)
      }
    }.flatMap { $0 }
  }

  private static func quantiles(
    _ won: [UInt32],
    _ touches: [UInt32],
    _ selection: inout RankSelection
  ) -> Quantiles {
    var quantiles = Quantiles()
    if !won.isEmpty {
      let ranks = [5, 9].map { RankSelection.rank(tenths: $0, of: won.count) }
      let found = won.withUnsafeBufferPointer { selection.values(of: ranks, among: $0) }
      (quantiles.wonMedian, quantiles.wonNinth) = (Int(found[0]), Int(found[1]))
    }
    if !touches.isEmpty {
      let ranks = [RankSelection.rank(tenths: 5, of: touches.count)]
      let found = touches.withUnsafeBufferPointer { selection.values(of: ranks, among: $0) }
      quantiles.touchMedian = Int(found[0])
    }
    return quantiles
  }
}
