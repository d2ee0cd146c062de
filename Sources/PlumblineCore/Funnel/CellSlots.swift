/// Finds the cell of a combination of values: in a table where there are few combinations, else by
/// numbering those that occur.
struct CellSlots {
  /// So many combinations have a table.
  private static let mostInTable = 1 << 18

  private let valueCounts: [Int]
  /// The cell of each combination, -1 where there is none yet; empty where there are too many.
  private var table: [Int32] = []
  /// One a dimension, where there is no table.
  private var chain: [PairNumbering] = []
  /// The values of each cell, one after another.
  private var values: [Int] = []

  /// How many cells there are.
  private(set) var count = 0

  /// No cells yet.
  init(_ dimensions: [CodedDimension]) {
    valueCounts = dimensions.map(\.valueCount)
    var product = 1
    for count in valueCounts where product <= Self.mostInTable {
      let (result, overflows) = product.multipliedReportingOverflow(by: count)
      product = overflows ? .max : result
    }
    if product <= Self.mostInTable {
      table = Array(repeating: -1, count: product)
    } else {
      chain = Array(repeating: PairNumbering(), count: valueCounts.count)
    }
  }

  /// The cell of a combination, a new one if it was not known.
  @inline(__always)
  mutating func slot(_ combination: UnsafePointer<Int>) -> Int {
    guard !table.isEmpty else { return chained(combination) }
    var index = 0
    for dimension in 0..<valueCounts.count {
      index = index &* valueCounts[dimension] &+ combination[dimension]
    }
    let known = Int(table[index])
    if known >= 0 { return known }
    table[index] = Int32(count)
    return append(combination)
  }

  private mutating func chained(_ combination: UnsafePointer<Int>) -> Int {
    var number = 0
    for dimension in chain.indices {
      number = chain[dimension].number(of: number, combination[dimension])
    }
    return number < count ? number : append(combination)
  }

  private mutating func append(_ combination: UnsafePointer<Int>) -> Int {
    for dimension in 0..<valueCounts.count { values.append(combination[dimension]) }
    count += 1
    return count - 1
  }

  /// The values of a cell.
  func combination(_ slot: Int) -> [Int] {
    Array(values[slot * valueCounts.count..<(slot + 1) * valueCounts.count])
  }
}

/// Numbers pairs of integers in the order in which they first occur.
struct PairNumbering {
  private var slots = [Int32](repeating: -1, count: 64)
  private var pairs: [(left: Int, right: Int)] = []

  /// The number of a pair, the next one if it was not known.
  mutating func number(of left: Int, _ right: Int) -> Int {
    if (pairs.count + 1) * 2 > slots.count { grow() }
    var place = home(left, right)
    while slots[place] >= 0 {
      let known = Int(slots[place])
      if pairs[known] == (left, right) { return known }
      place = (place + 1) & (slots.count - 1)
    }
    slots[place] = Int32(pairs.count)
    pairs.append((left, right))
    return pairs.count - 1
  }

  private func home(_ left: Int, _ right: Int) -> Int {
    let mixed = TextDictionary.mix(
      UInt64(bitPattern: Int64(left)) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(bitPattern: Int64(right))
    )
    return Int(truncatingIfNeeded: mixed) & (slots.count - 1)
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for (number, pair) in pairs.enumerated() {
      var place = home(pair.left, pair.right)
      while slots[place] >= 0 { place = (place + 1) & (slots.count - 1) }
      slots[place] = Int32(number)
    }
  }
}
