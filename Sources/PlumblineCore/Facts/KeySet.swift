/// The rows seen so far, each as a hash of 128 bits.
///
/// Among a billion facts the chance that any two share a hash by accident is below 1e-20.
struct KeySet: Sendable {
  /// Two words a key, all zero where none stands.
  private var words: [UInt64] = Array(repeating: 0, count: 128)
  private var count = 0

  /// The rows among some of a table (all when nil) that repeat earlier ones, ascending.
  mutating func repeatedRows(of table: FactTable, _ columns: [Int], _ rows: [Int]?) -> [Int] {
    let rowCount = rows?.count ?? table.rowCount
    var high = [UInt64](repeating: 0x2545_F491_4F6C_DD1D, count: rowCount)
    var low = [UInt64](repeating: 0x9E6C_63D0_876A_68DD, count: rowCount)
    for column in columns {
      let values = table.columns[column]
      let some = rows.map { rows in rows.map { values[$0] } } ?? values
      WideHash.fold(&high, some)
      WideHash.fold(&low, some)
    }
    while (count + rowCount) * 8 > words.count / 2 * 7 { grow() }
    var repeated: [Int] = []
    for index in 0..<rowCount
    where !insert(TextDictionary.mix(high[index]), TextDictionary.mix(low[index]) | 1) {
      repeated.append(rows?[index] ?? index)
    }
    return repeated
  }

  /// Puts a key into the set, if there is room for it.
  ///
  /// - Returns: Whether it was not there.
  private mutating func insert(_ high: UInt64, _ low: UInt64) -> Bool {
    let mask = words.count / 2 - 1
    var slot = Int(truncatingIfNeeded: high) & mask
    while words[2 * slot + 1] != 0 {
      if words[2 * slot] == high, words[2 * slot + 1] == low { return false }
      slot = (slot + 1) & mask
    }
    words[2 * slot] = high
    words[2 * slot + 1] = low
    count += 1
    return true
  }

  private mutating func grow() {
    let old = words
    words = Array(repeating: 0, count: old.count * 2)
    count = 0
    for slot in stride(from: 0, to: old.count, by: 2) where old[slot + 1] != 0 {
      _ = insert(old[slot], old[slot + 1])
    }
  }
}

/// For each code a hash of what is said of its object, 0 where nothing is.
struct FingerprintMap: Sendable {
  private static let pageBits: Int64 = 10
  private var pages: [Int32] = []
  private var hashes: [UInt64] = []

  subscript(code: Int64) -> UInt64 {
    get {
      let page = Int(code >> Self.pageBits)
      guard page < pages.count, pages[page] >= 0 else { return 0 }
      return hashes[place(code, page)]
    }
    set {
      let page = Int(code >> Self.pageBits)
      if page >= pages.count { pages += Array(repeating: -1, count: page + 1 - pages.count) }
      if pages[page] < 0 {
        pages[page] = Int32(hashes.count >> Int(Self.pageBits))
        hashes += Array(repeating: 0, count: 1 << Int(Self.pageBits))
      }
      hashes[place(code, page)] = newValue
    }
  }

  @inline(__always)
  private func place(_ code: Int64, _ page: Int) -> Int {
    Int(pages[page]) << Int(Self.pageBits) | Int(code & (1 << Self.pageBits - 1))
  }
}

/// Makes sure that each day known as such begins at one instant only, so that equal days are equal
/// numbers.
struct DayStarts: Sendable {
  private var startOfDay: [Int: Int64] = [:]
  private var newest: Int64?

  mutating func check(
    _ table: FactTable,
    _ columns: [Int]
  ) throws(FreshFacts.NeedsLedger.Reason) {
    for column in columns {
      for value in table.columns[column]
      where value & 3 == Int64(TimePoint.Precision.day.rawValue) && value != newest {
        let day = TimePoint(rawValue: value).sourceDay.dayNumber
        if let known = startOfDay[day], known != value { throw .changedObject }
        startOfDay[day] = value
        newest = value
      }
    }
  }
}

extension WideHash {
  /// Adds a word to each of some hashes.
  static func fold(_ hashes: inout [UInt64], _ words: [Int64]) {
    precondition(hashes.count == words.count)
    for index in hashes.indices { hashes[index] = fold(hashes[index], words[index]) }
  }
}
