/// Finds the value of a rank among many without sorting them all.
struct RankSelection {
  /// Counts by the upper bits of a floating-point number, which rise with the value.
  private var bins = [UInt32](repeating: 0, count: 33 * 16)
  private var candidates: [UInt32] = []

  /// The rank of a quantile among so many values: the least rank with at least that share.
  ///
  /// - Parameters:
  ///   - tenths: The quantile in tenths, 1...10.
  ///   - count: How many values there are; positive.
  /// - Returns: The rank, counted from 0.
  static func rank(tenths: Int, of count: Int) -> Int { (tenths * count + 9) / 10 - 1 }

  @inline(__always)
  private static func bin(_ value: UInt32) -> Int {
    Int(Float(UInt64(value) &+ 1).bitPattern >> 19) &- 127 << 4
  }

  /// The values of some ranks, counted from 0 in rising order.
  ///
  /// - Complexity: O(values) where they do not crowd in one sixteenth of a power of two.
  mutating func values(of ranks: [Int], among values: UnsafeBufferPointer<UInt32>) -> [UInt32] {
    if values.count <= 32 {
      let sorted = values.sorted()
      return ranks.map { sorted[$0] }
    }
    for index in bins.indices { bins[index] = 0 }
    bins.withUnsafeMutableBufferPointer { bins in
      for value in values { bins[Self.bin(value)] &+= 1 }
    }
    return ranks.map { rank in
      var before = 0
      var bin = 0
      while before + Int(bins[bin]) <= rank {
        before += Int(bins[bin])
        bin += 1
      }
      candidates.removeAll(keepingCapacity: true)
      for value in values where Self.bin(value) == bin { candidates.append(value) }
      candidates.sort()
      return candidates[rank - before]
    }
  }
}
