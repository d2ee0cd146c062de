import PlumblineCore

/// Turns the texts of one field into codes: missing texts, renames and look-ups, each distinct
/// text worked out once.
struct TextField {
  private let field: FieldMapping
  private let domainRenames: ValueRenames
  private let missing: MissingTexts
  private let isPlain: Bool
  private var raw = TextDictionary()
  private var codes: [UInt32] = [0]
  /// Codes in `raw` of texts that a look-up did not find.
  private var notFound = Set<UInt32>()
  /// Cells, not distinct texts, that a look-up did not find.
  private(set) var notFoundCount = 0

  /// - Parameters:
  ///   - field: The field's mapping.
  ///   - domainRenames: Renames of the field's text domain, after the field's own.
  ///   - missing: Texts that read as missing.
  init(_ field: FieldMapping, domainRenames: ValueRenames?, missing: MissingTexts) {
    self.field = field
    self.domainRenames = domainRenames ?? ValueRenames()
    self.missing = missing
    isPlain = field.renames.isEmpty && self.domainRenames.isEmpty && field.join == nil
  }

  /// Whether a cell reads as missing.
  func isMissing(_ cell: UnsafeRawBufferPointer) -> Bool { missing.contains(cell) }

  /// The code that stands for a missing cell.
  func codeOfMissing(_ dictionary: inout TextDictionary) -> UInt32 {
    field.valueWhenMissing.map { dictionary.intern($0) } ?? TextDictionary.missing
  }

  /// The code of a cell that is not missing.
  mutating func code(
    _ cell: UnsafeRawBufferPointer,
    _ dictionary: inout TextDictionary,
    _ joins: JoinTables
  ) -> UInt32 {
    if isPlain { return dictionary.intern(cell) }
    let rawCode = raw.intern(cell)
    if Int(rawCode) == codes.count { codes.append(translate(cell, rawCode, &dictionary, joins)) }
    if notFound.contains(rawCode) { notFoundCount += 1 }
    return codes[Int(rawCode)]
  }

  private mutating func translate(
    _ cell: UnsafeRawBufferPointer,
    _ rawCode: UInt32,
    _ dictionary: inout TextDictionary,
    _ joins: JoinTables
  ) -> UInt32 {
    var text = TextBytes.string(cell)
    if let join = field.join {
      guard let table = joins.tables[join] else { return TextDictionary.missing }
      guard let value = table.value(of: cell) else {
        notFound.insert(rawCode)
        return codeOfMissing(&dictionary)
      }
      if value == TextDictionary.missing { return codeOfMissing(&dictionary) }
      text = table.values[value]
    }
    let renamed = field.renamed(text, domainRenames)
    return renamed.isEmpty ? codeOfMissing(&dictionary) : dictionary.intern(renamed)
  }
}

extension FieldMapping {
  /// What a text is called in answers; empty when it reads as missing.
  func renamed(_ text: String, _ domainRenames: ValueRenames) -> String {
    renames.renamed(text) ?? domainRenames.renamed(text) ?? text
  }
}

/// Whether rows pass a condition; each distinct cell is judged once.
struct ConditionTest {
  let column: Int
  private let condition: Condition
  private let missing: MissingTexts
  private var raw = TextDictionary()
  private var verdicts: [Bool]

  init(_ column: Int, _ test: Condition.Test, _ missing: MissingTexts) {
    self.column = column
    self.missing = missing
    condition = Condition(ColumnReference(""), test)
    verdicts = [condition.holds(for: nil)]
  }

  mutating func passes(_ cell: UnsafeRawBufferPointer) -> Bool {
    if missing.contains(cell) { return verdicts[0] }
    let code = raw.intern(cell)
    if Int(code) == verdicts.count {
      verdicts.append(condition.holds(for: TextBytes.string(cell)))
    }
    return verdicts[Int(code)]
  }
}
