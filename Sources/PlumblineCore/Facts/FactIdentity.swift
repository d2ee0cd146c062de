/// What makes two facts of one kind the same: the key columns of an object, or of an event.
///
/// An object without a key (its id is missing) is itself: all its columns count.
struct FactIdentity: Sendable {
  let columns: [FactColumn]
  let isObject: Bool
  let isNumberedBySource: Bool
  let keyColumns: [Int]
  /// The columns that are no part of the key.
  let otherColumns: [Int]
  /// The key column of kinds whose whole key is one text.
  let soleNameColumn: Int?
  private let namingColumns: [Int]
  private let isTime: [Bool]

  init(_ kind: FactKind) {
    let columns = kind.schema.columns
    let keyColumns = columns.indices.filter { columns[$0].isKey }
    self.columns = columns
    self.keyColumns = keyColumns
    isObject = kind.schema.isObject
    isNumberedBySource = kind.isNumberedBySource
    otherColumns = columns.indices.filter { !columns[$0].isKey }
    namingColumns = keyColumns.filter {
      if case .text = columns[$0].content { true } else { false }
    }
    isTime = columns.map { $0.content == .time }
    soleNameColumn = isObject && keyColumns.count == 1 ? namingColumns.first : nil
  }

  /// Whether a row is known by its key alone.
  func isNamed(_ values: [[Int64]], _ row: Int) -> Bool {
    guard isObject else { return true }
    for column in namingColumns where values[column][row] != Int64(TextDictionary.missing) {
      return true
    }
    return false
  }

  /// A hash of what makes a fact itself.
  func hash(_ values: [[Int64]], _ row: Int, source: Int) -> UInt64 {
    var hash = UInt64(source) &+ 0x9E37_79B9_7F4A_7C15
    if isNamed(values, row) {
      for column in keyColumns { hash = WideHash.fold(hash, part(values, column, row)) }
    } else {
      for column in columns.indices { hash = WideHash.fold(hash, part(values, column, row)) }
    }
    return TextDictionary.mix(hash)
  }

  /// Whether two rows are the same object or event.
  func areSame(
    _ left: [[Int64]],
    _ leftRow: Int,
    _ right: [[Int64]],
    _ rightRow: Int
  ) -> Bool {
    let isNamed = isNamed(left, leftRow)
    guard isNamed == self.isNamed(right, rightRow) else { return false }
    if isNamed {
      for column in keyColumns
      where part(left, column, leftRow) != part(right, column, rightRow) { return false }
    } else {
      for column in columns.indices
      where part(left, column, leftRow) != part(right, column, rightRow) { return false }
    }
    return true
  }

  /// What a column adds to the identity: of a time known to the day only, the day.
  ///
  /// The instant of a day's beginning depends on the time zone of the mapping; the day does not,
  /// in zones less than twelve hours from Greenwich.
  @inline(__always)
  private func part(_ values: [[Int64]], _ column: Int, _ row: Int) -> Int64 {
    let value = values[column][row]
    guard isTime[column] else { return value }
    let time = TimePoint(rawValue: value)
    guard time.isDated, time.precision == .day else { return value }
    return Int64(time.sourceDay.dayNumber) * 4 + 1
  }
}

/// Hashes words by folding wide products, as wyhash does.
///
/// - SeeAlso: Wang Yi, "wyhash", https://github.com/wangyi-fudan/wyhash.
enum WideHash {
  /// The hash so far with one more word.
  @inline(__always)
  static func fold(_ hash: UInt64, _ word: Int64) -> UInt64 {
    let product = (hash ^ UInt64(bitPattern: word) &* 0x9E37_79B9_7F4A_7C15)
      .multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low &+ hash
  }
}
