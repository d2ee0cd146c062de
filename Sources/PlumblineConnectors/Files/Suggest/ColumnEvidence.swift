import PlumblineCore

/// What the cells of one column look like.
struct ColumnEvidence: Sendable {
  /// The name in the file's header.
  let name: String
  /// The name taken apart.
  let words: HeaderWords
  /// Whether the file itself writes this name; a mapping cannot name other columns.
  let isNameable: Bool
  /// How many rows were seen.
  private(set) var rowCount = 0
  /// How many cells had no text.
  private(set) var missingCount = 0
  /// How many cells repeat one further up in the same file.
  private(set) var duplicateCount = 0
  /// How many cells look like a mail address.
  private(set) var mailCount = 0
  /// How many cells hold a semicolon.
  private(set) var semicolonCount = 0
  /// How many cells are only a date in figures without separators, which any number can be.
  private(set) var compactDateCount = 0
  private(set) var dates = DateColumnSurvey()
  private(set) var numbers = NumberColumnSurvey(.fractional)

  /// More different values than this are not counted one by one.
  static let valueLimit = 200
  /// No key is longer, in bytes.
  private static let keyByteLimit = 100

  private var texts = TextDictionary()
  /// By the codes of `texts`: how often, and in which file last.
  private var counts: [Int] = [0]
  private var lastFiles: [Int] = [-1]
  /// Whether all values are kept: few of them, or keys.
  private(set) var isComplete = true
  private let hasKeyName: Bool

  init(_ name: String, isNameable: Bool) {
    self.name = name
    self.isNameable = isNameable
    words = HeaderWords(name)
    hasKeyName = FieldNames.key.rank(words) != nil
  }

  /// Looks at one cell.
  mutating func observe(_ cell: UnsafeRawBufferPointer, line: Int, file: Int) {
    rowCount += 1
    if cell.isEmpty {
      missingCount += 1
      return
    }
    let seen = rowCount - missingCount
    // A column whose first 500 cells are no dates has none.
    if dates.valueCount > 0 || seen < 500 {
      dates.observe(cell, line: line)
      if cell.count == 8, cell.allSatisfy(Ascii.isDigit) { compactDateCount += 1 }
    }
    if numbers.valueCount > 0 || seen < 500 { numbers.observe(cell, line: line) }
    if cell.contains(UInt8(ascii: "@")) { mailCount += 1 }
    if cell.contains(UInt8(ascii: ";")) { semicolonCount += 1 }
    if isComplete { count(cell, file: file) }
  }

  private mutating func count(_ cell: UnsafeRawBufferPointer, file: Int) {
    let code = Int(texts.intern(cell))
    if code == counts.count {
      counts.append(1)
      lastFiles.append(file)
    } else {
      counts[code] += 1
      if lastFiles[code] == file { duplicateCount += 1 }
      lastFiles[code] = file
    }
    if texts.count - 1 > Self.valueLimit {
      isComplete = (hasKeyName || duplicateCount == 0) && cell.count <= Self.keyByteLimit
      if !isComplete { texts = TextDictionary() }
    }
  }

  /// How many cells had text.
  var filledCount: Int { rowCount - missingCount }

  /// The different values with how often they stand there, the commonest first; nil when there are
  /// more than 200.
  var values: [(text: String, count: Int)]? {
    guard isComplete, texts.count - 1 <= Self.valueLimit else { return nil }
    return (1..<max(1, texts.count)).map { (texts[UInt32($0)], counts[$0]) }
      .sorted { ($1.count, $0.text) < ($0.count, $1.text) }
  }

  /// Whether every row of a file has a value, and each its own.
  var isUnique: Bool { rowCount > 0 && isComplete && missingCount == 0 && duplicateCount == 0 }

  /// Whether nothing stands in any row, of which there are some.
  var isBlank: Bool { rowCount > 0 && missingCount == rowCount }

  /// Whether the cells are dates, but for one in twenty.
  var isDate: Bool {
    guard dates.valueCount > 0, dates.unreadable.count * 19 <= dates.valueCount else {
      return false
    }
    return compactDateCount < dates.valueCount || FieldNames.date.rank(words) != nil
  }

  /// Whether the cells are numbers, but for one in twenty.
  var isNumber: Bool {
    numbers.valueCount > 0 && numbers.unreadable.count * 19 <= numbers.valueCount
  }

  /// Whether the cells are mail addresses, but for one in ten.
  var isMail: Bool { mailCount > 0 && mailCount * 10 >= filledCount * 9 }

  /// Whether the cells repeat a few values.
  var isCategory: Bool {
    guard let values, !values.isEmpty else { return false }
    return values.count <= 12 || values.count * 2 <= filledCount
  }

  /// The values that say yes, when all values say yes or no.
  var yesValues: [String]? {
    guard let values = values?.map(\.text), !values.isEmpty,
      values.allSatisfy({ ValueWords.isYes($0) || ValueWords.isNo($0) })
    else { return nil }
    return values.filter(ValueWords.isYes)
  }

  /// Whether one of the cells has this text.
  func contains(_ text: String) -> Bool { (texts.code(of: text) ?? 0) != 0 }

  /// Up to a thousand different values in the order of the file; empty when not all are kept.
  var samples: [String] {
    isComplete ? (1..<max(1, min(1001, texts.count))).map { texts[UInt32($0)] } : []
  }

  /// The share of this column's values that are values of another, 0...1.
  ///
  /// - Complexity: O(a thousand values).
  func shareFound(in other: ColumnEvidence) -> Double {
    guard other.isComplete else { return 0 }
    let pieces = samples.flatMap { sample in
      semicolonCount > 0
        ? sample.split(separator: ";").map { ValueRenames.trimmed(String($0)) } : [sample]
    }
    return pieces.isEmpty ? 0 : Double(pieces.count(where: other.contains)) / Double(pieces.count)
  }
}
