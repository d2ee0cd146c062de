/// Facts of one kind as columns: `columns[c][row]`, with where each row came from.
public struct FactTable: Sendable {
  /// The kind, and with it the meaning of each column.
  public let kind: FactKind
  /// One array a column of the schema, all `rowCount` long.
  ///
  /// Text codes are widened to 64 bits.
  public private(set) var columns: [[Int64]]
  /// For each row, the index of its file in the import's list of files.
  public private(set) var files: [UInt32]
  /// For each row, the line of the file where its record began, counted from 1.
  public private(set) var lines: [UInt32]

  /// An empty table.
  public init(_ kind: FactKind) {
    self.kind = kind
    columns = Array(repeating: [], count: kind.schema.columns.count)
    files = []
    lines = []
  }

  /// A table read back from storage.
  ///
  /// - Precondition: All arrays have the same length and there is one array a column.
  public init(_ kind: FactKind, columns: [[Int64]], files: [UInt32], lines: [UInt32]) {
    precondition(columns.count == kind.schema.columns.count)
    precondition(columns.allSatisfy { $0.count == files.count } && files.count == lines.count)
    self.kind = kind
    self.columns = columns
    self.files = files
    self.lines = lines
  }

  /// How many facts the table holds.
  public var rowCount: Int { files.count }

  /// One column by name.
  ///
  /// - Precondition: The kind has such a column.
  public subscript(column: String) -> [Int64] { columns[kind.schema[column]] }

  /// Appends one fact; `values` holds one value a column, in the schema's order.
  public mutating func append(_ values: ArraySlice<Int64>, file: UInt32, line: UInt32) {
    precondition(values.count == columns.count)
    for column in columns.indices { columns[column].append(values[values.startIndex + column]) }
    files.append(file)
    lines.append(line)
  }

  /// Appends one fact; `values` holds one value a column, in the schema's order.
  public mutating func append(_ values: [Int64], file: UInt32, line: UInt32) {
    append(values[...], file: file, line: line)
  }

  /// Appends some facts of another table of the same kind.
  mutating func append(contentsOf other: FactTable, rows: ArraySlice<Int>) {
    guard let first = rows.first, let last = rows.last else { return }
    if last - first == rows.count - 1 {
      for column in columns.indices {
        columns[column].append(contentsOf: other.columns[column][first...last])
      }
      files.append(contentsOf: other.files[first...last])
      lines.append(contentsOf: other.lines[first...last])
      return
    }
    for column in columns.indices {
      let values = other.columns[column]
      columns[column].append(contentsOf: rows.lazy.map { values[$0] })
    }
    files.append(contentsOf: rows.lazy.map { other.files[$0] })
    lines.append(contentsOf: rows.lazy.map { other.lines[$0] })
  }

  /// Appends all facts of another table of the same kind.
  public mutating func append(contentsOf other: FactTable) {
    precondition(other.kind == kind)
    for column in columns.indices { columns[column].append(contentsOf: other.columns[column]) }
    files.append(contentsOf: other.files)
    lines.append(contentsOf: other.lines)
  }

  /// Replaces one value.
  public mutating func set(_ value: Int64, column: Int, row: Int) { columns[column][row] = value }

  /// The rows of a range, in order.
  public func slice(_ range: Range<Int>) -> FactTable {
    FactTable(
      kind,
      columns: columns.map { Array($0[range]) },
      files: Array(files[range]),
      lines: Array(lines[range])
    )
  }

  /// Replaces the codes of texts.
  ///
  /// - Parameter newCodes: For each code of a domain the new one; nil where they stay.
  /// - Precondition: Every code of a domain that changes has a new one.
  public mutating func recode(_ newCodes: (TextDomain) -> [UInt32]?) {
    for (index, column) in kind.schema.columns.enumerated() {
      guard case .text(let domain) = column.content, let codes = newCodes(domain) else { continue }
      for row in columns[index].indices {
        columns[index][row] = Int64(codes[Int(columns[index][row])])
      }
    }
  }

  /// The rows at the given positions, in that order.
  public func selecting(_ rows: [Int]) -> FactTable {
    FactTable(
      kind,
      columns: columns.map { column in rows.map { column[$0] } },
      files: rows.map { files[$0] },
      lines: rows.map { lines[$0] }
    )
  }
}

/// One dictionary for each text domain.
public struct TextDictionaries: Sendable {
  private var byDomain: [TextDictionary]
  /// Dictionaries that nobody has asked for yet, by the position of their domain.
  private var late: [Int: LateTexts] = [:]

  /// Empty dictionaries.
  public init() { byDomain = TextDomain.allCases.map { _ in TextDictionary() } }

  /// The dictionary of a domain.
  public subscript(domain: TextDomain) -> TextDictionary {
    get {
      guard !late.isEmpty, let late = late[domain.index] else { return byDomain[domain.index] }
      return late.dictionary
    }
    _modify {
      if !late.isEmpty, let late = late.removeValue(forKey: domain.index) {
        byDomain[domain.index] = late.dictionary
      }
      yield &byDomain[domain.index]
    }
  }

  /// How many codes of a domain are in use, the missing text's included.
  public func count(of domain: TextDomain) -> Int {
    late[domain.index]?.count ?? byDomain[domain.index].count
  }

  /// The text of a code, read by itself where the dictionary of its domain is yet to be read.
  public func text(_ code: UInt32, of domain: TextDomain) -> String {
    late[domain.index]?.text(of: code) ?? byDomain[domain.index][code]
  }

  /// The texts of a domain whose dictionary is yet to be read; nil where it is at hand.
  package func lateTexts(of domain: TextDomain) -> LateTexts? { late[domain.index] }

  /// Puts texts in the place of a domain's dictionary that are read when somebody asks for them.
  package mutating func postpone(_ domain: TextDomain, _ texts: LateTexts) {
    late[domain.index] = texts
  }
}

extension TextDomain {
  /// The position in `allCases`.
  var index: Int {
    switch self {
    case .campaign: 0
    case .channel: 1
    case .currency: 2
    case .lead: 3
    case .other: 4
    case .owner: 5
    case .segment: 6
    case .stage: 7
    }
  }
}

/// Facts of every kind that came together, with the dictionaries their codes refer to.
public struct FactBatch: Sendable {
  /// What the codes in the tables mean.
  public var texts: TextDictionaries
  private var tables: [FactKind: FactTable]

  /// A batch without facts.
  public init() {
    texts = TextDictionaries()
    tables = [:]
  }

  /// The table of a kind, empty when there are no such facts.
  public subscript(kind: FactKind) -> FactTable {
    get { tables[kind] ?? FactTable(kind) }
    _modify { yield &tables[kind, default: FactTable(kind)] }
  }

  /// How many facts there are, of all kinds.
  public var rowCount: Int { tables.values.reduce(0) { $0 + $1.rowCount } }
}
