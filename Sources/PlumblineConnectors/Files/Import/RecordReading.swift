import PlumblineCore
import PlumblineYAML

/// Turns rows into facts of one record of the mapping.
///
/// A class, as are its fields: it is changed for every cell of every row, and copies would cost
/// more than the reading.
final class RecordReading {
  /// Why a row cannot become a fact.
  struct Refusal: Error {
    var code: String
    var reason: String
  }

  private final class Field {
    let plan: TablePlan.Field
    var text: TextField
    /// One a column where the field is a time, else none.
    var dates: [DateColumnParser]
    /// The value of every row; an amount's has to wait for the row's currency.
    let constant: Int64?
    /// The time of a row whose cell is missing, if the mapping names one.
    let whenMissing: Int64?

    init(
      _ plan: TablePlan.Field,
      text: TextField,
      dates: [DateColumnParser],
      constant: Int64?,
      whenMissing: Int64?
    ) {
      self.plan = plan
      self.text = text
      self.dates = dates
      self.constant = constant
      self.whenMissing = whenMissing
    }
  }

  let plan: TablePlan.Record
  private let kind: FactKind
  private let schema: FactSchema
  private var fields: [Field]
  /// Which of the fields are amounts.
  private let amountFields: [Int]
  private var aliases: [Field]
  private var conditions: [ConditionTest]
  private let calendar: LocalCalendar
  /// The code of the currency of amounts whose row names none; 0 where there is none.
  let defaultCurrency: Int64
  /// The code of what stage events cite as their evidence.
  let evidence: Int64
  private let aliasReason: Int64
  private let missing: MissingTexts
  private var currencyExponents: [UInt32: Int] = [:]
  /// The values of the fact being read, in the schema's order.
  private var values: [Int64]
  private let emptyValues: [Int64]

  init(
    _ plan: TablePlan.Record,
    _ mapping: Mapping,
    _ calendar: LocalCalendar,
    _ texts: inout TextDictionaries
  ) {
    self.plan = plan
    kind = plan.mapping.kind
    schema = kind.schema
    let missing = MissingTexts(mapping.missing)
    self.missing = missing
    self.calendar = calendar
    func resolve(_ field: TablePlan.Field, _ texts: inout TextDictionaries) -> Field {
      var domainRenames: ValueRenames?
      var constant: Int64?
      if case .text(let domain) = field.parse {
        domainRenames = mapping.renames[domain]
        constant = field.mapping.constant.map { Int64(texts[domain].intern($0)) }
      } else if let text = field.mapping.constant {
        constant = CellNumber.constant(text, field.parse, calendar)
      }
      let dates = field.parses.compactMap { parse -> DateColumnParser? in
        guard case .time(let format) = parse else { return nil }
        return DateColumnParser(format, calendar: calendar)
      }
      return Field(
        field,
        text: TextField(field.mapping, domainRenames: domainRenames, missing: missing),
        dates: dates,
        constant: constant,
        whenMissing: dates.isEmpty
          ? nil
          : field.mapping.valueWhenMissing.flatMap {
            CellNumber.constant($0, field.parse, calendar)
          }
      )
    }
    fields = plan.fields.map { resolve($0, &texts) }
    amountFields = plan.fields.indices.filter {
      if case .amount = plan.fields[$0].parse { true } else { false }
    }
    aliases = plan.aliases.map { resolve($0, &texts) }
    conditions = plan.conditions.map { ConditionTest($0.column, $0.test, missing) }
    defaultCurrency = Int64(plan.currency.map { texts[.currency].intern($0) } ?? 0)
    evidence = Int64(texts[.other].intern(plan.evidence))
    aliasReason = Int64(texts[.other].intern(LeadRegister.aliasReason))
    emptyValues = schema.columns.map(\.missingValue)
    values = emptyValues
  }

  /// Reads one row; what it gives is handed to `emit` whole or not at all.
  ///
  /// - Throws: `Refusal` when a cell cannot be read.
  func read(
    _ row: TableRow,
    _ texts: inout TextDictionaries,
    _ joins: JoinTables,
    emit: (FactKind, [Int64]) -> Void
  ) throws(Refusal) {
    for column in values.indices { values[column] = emptyValues[column] }
    for index in conditions.indices {
      guard conditions[index].passes(row.bytes(conditions[index].column)) else { return }
    }
    var several: (column: Int, codes: [UInt32])?
    for index in fields.indices {
      guard let column = fields[index].plan.schemaColumn else { continue }
      if let constant = fields[index].constant {
        values[column] = constant
        continue
      }
      let cell = firstPresent(fields[index].plan, row)
      if let separator = fields[index].plan.mapping.separator, let cell {
        let codes = split(cell.bytes, separator, index, &texts, joins)
        values[column] = Int64(codes.first ?? TextDictionary.missing)
        if codes.count > 1 { several = (column, codes) }
      } else {
        values[column] = try value(cell, fields[index], &texts, joins)
      }
    }
    try readAmounts(row, &texts)
    guard try isComplete() else { return }
    emit(kind, values)
    // An object with an id of its own is one fact however many leads it names: the first counts.
    if let several, !identifiesItself {
      for code in several.codes.dropFirst() {
        values[several.column] = Int64(code)
        emit(kind, values)
      }
    }
    if kind == .lead { emitAliases(row, &texts, joins, emit: emit) }
  }

  /// The values that the mapping gives to every row, one a field; nil where a column gives it.
  var constants: [Int64?] { fields.map(\.constant) }

  /// Whether a key column other than the one with several values holds something.
  private var identifiesItself: Bool {
    switch kind {
    case .activity, .deal, .meeting, .touch: values[schema["id"]] != Int64(TextDictionary.missing)
    default: false
    }
  }

  /// The first cell of a field's columns that is not missing, with the column's place among them.
  private func firstPresent(
    _ field: TablePlan.Field,
    _ row: TableRow
  ) -> (bytes: UnsafeRawBufferPointer, place: Int)? {
    for (place, column) in field.columns.enumerated() {
      let cell = row.bytes(column)
      if !missing.contains(cell) { return (cell, place) }
    }
    return nil
  }

  private func split(
    _ cell: UnsafeRawBufferPointer,
    _ separator: String,
    _ index: Int,
    _ texts: inout TextDictionaries,
    _ joins: JoinTables
  ) -> [UInt32] {
    guard case .text(let domain) = fields[index].plan.parse else { return [] }
    return TextBytes.string(cell).components(separatedBy: separator).compactMap { part in
      var part = part
      return part.withUTF8 { bytes in
        let piece = TextBytes.trimmed(UnsafeRawBufferPointer(bytes))
        if missing.contains(piece) { return nil }
        return fields[index].text.code(piece, &texts[domain], joins)
      }
    }
  }

  private func value(
    _ cell: (bytes: UnsafeRawBufferPointer, place: Int)?,
    _ field: Field,
    _ texts: inout TextDictionaries,
    _ joins: JoinTables
  ) throws(Refusal) -> Int64 {
    let parse = field.plan.parses[cell?.place ?? 0]
    switch parse {
    case .text(let domain):
      guard let cell else { return Int64(field.text.codeOfMissing(&texts[domain])) }
      return Int64(field.text.code(cell.bytes, &texts[domain], joins))
    case .time:
      guard let cell else { return field.whenMissing ?? TimePoint.missing.rawValue }
      guard let time = field.dates[cell.place].parse(cell.bytes) else {
        throw Refusal(
          code: "row.unreadable-date",
          reason: "\"\(TextBytes.excerpt(cell.bytes))\" is not a date of this column"
        )
      }
      return (field.plan.mapping.precision == .day ? startOfDay(time) : time).rawValue
    case .flag, .whole, .millionths, .probability:
      let mapping = field.plan.mapping
      return try CellNumber.withRenamed(cell?.bytes, mapping) { cell throws(Refusal) in
        try CellNumber.read(cell, parse, scale: mapping.scale)
      }
    case .amount: return FactColumn.noNumber
    }
  }

  /// The day of a time whose clock means nothing.
  private func startOfDay(_ time: TimePoint) -> TimePoint {
    guard time.isDated else { return time }
    return TimePoint(calendar.instant(of: calendar.day(of: time.instant)), precision: .day)
  }

  /// Millionths below which a rate, kept in millionths, would lose more than 0.5 % to rounding.
  private static let leastRate: Int64 = 100

  /// Amounts come last: how many decimals they have depends on the row's currency.
  private func readAmounts(
    _ row: TableRow,
    _ texts: inout TextDictionaries
  ) throws(Refusal) {
    for index in amountFields {
      guard let column = fields[index].plan.schemaColumn else { continue }
      let currencyColumn = schema["currency"]
      if values[currencyColumn] == Int64(TextDictionary.missing) {
        values[currencyColumn] = defaultCurrency
      }
      values[column] = try amount(row, fields[index].plan, texts)
    }
  }

  private func amount(
    _ row: TableRow,
    _ field: TablePlan.Field,
    _ texts: TextDictionaries
  ) throws(Refusal) -> Int64 {
    let mapping = field.mapping
    if let constant = mapping.constant {
      return try CellNumber.withCell(constant) { cell throws(Refusal) in
        try amount(cell, field.parse, texts)
      }
    }
    let cell = firstPresent(field, row)
    let parse = field.parses[cell?.place ?? 0]
    return try CellNumber.withRenamed(cell?.bytes, mapping) { cell throws(Refusal) in
      try CellNumber.scaled(try amount(cell, parse, texts), by: mapping.scale, cell)
    }
  }

  /// An amount in minor units of the row's currency.
  private func amount(
    _ cell: UnsafeRawBufferPointer?,
    _ parse: TablePlan.Field.Parse,
    _ texts: TextDictionaries
  ) throws(Refusal) -> Int64 {
    guard let cell, case .amount(let format) = parse else { return FactColumn.noNumber }
    let code = UInt32(values[schema["currency"]])
    if code == TextDictionary.missing, !MissingMark.matches(cell) {
      throw Refusal(code: "row.no-currency", reason: "the amount has no currency")
    }
    let exponent =
      currencyExponents[code] ?? Currency.decimals(of: texts[.currency][code].uppercased())
    currencyExponents[code] = exponent
    return try CellNumber.read(cell, format.minorUnits(cell, exponent: exponent))
  }

  /// Whether the row gives a fact: a stage without a date in its own column gives none.
  ///
  /// - Throws: `Refusal` when the row lacks what every fact of the kind needs.
  private func isComplete() throws(Refusal) -> Bool {
    func isMissing(_ name: String) -> Bool {
      let column = schema[name]
      return schema.columns[column].isMissing(values[column])
    }
    switch kind {
    case .lead, .owner:
      if isMissing("id") { throw Refusal(code: "row.no-id", reason: "the row has no id") }
    case .stageEvent:
      if isMissing("lead") {
        throw Refusal(code: "row.no-lead", reason: "the row names no lead")
      }
      if isMissing("stage") { return false }
      values[schema["evidence"]] =
        isMissing("evidence") ? evidence : values[schema["evidence"]]
      if isMissing("at") {
        guard plan.mapping["at"] == nil else { return false }
        values[schema["at"]] = TimePoint.undated.rawValue
      }
    case .attribute:
      if isMissing("lead") {
        throw Refusal(code: "row.no-lead", reason: "the row names no lead")
      }
      // What nobody says of a lead is no fact about it.
      if isMissing("name") || isMissing("value") { return false }
    case .disposition:
      if isMissing("lead") {
        throw Refusal(code: "row.no-lead", reason: "the row names no lead")
      }
      if isMissing("reason") { return false }
    case .spend, .quota:
      if isMissing("from") {
        throw Refusal(code: "row.no-date", reason: "the row has no date")
      }
      if isMissing("to") { values[schema["to"]] = values[schema["from"]] }
    case .merge:
      if isMissing("from") || isMissing("into") { return false }
    case .currencyRate:
      for name in ["from", "to", "day", "rate"] where isMissing(name) {
        throw Refusal(code: "row.incomplete-rate", reason: "the row has no \(name)")
      }
      if values[schema["rate"]] < Self.leastRate {
        throw Refusal(
          code: "row.rate-too-small",
          reason: "a rate below 0.0001 is not kept exactly; give the other direction's"
        )
      }
    case .activity, .deal, .meeting, .touch: break
    }
    return true
  }

  /// The stage date that this row leaves blank, for telling dates that disappear.
  func blankStageDate() -> [Int64]? {
    guard kind == .stageEvent, plan.mapping["at"] != nil,
      plan.mapping["stage"]?.constant != nil,
      values[schema["lead"]] != Int64(TextDictionary.missing),
      values[schema["at"]] == TimePoint.missing.rawValue
    else { return nil }
    return values
  }

  private func emitAliases(
    _ row: TableRow,
    _ texts: inout TextDictionaries,
    _ joins: JoinTables,
    emit: (FactKind, [Int64]) -> Void
  ) {
    let id = values[schema["id"]]
    for index in aliases.indices {
      guard let cell = firstPresent(aliases[index].plan, row) else { continue }
      let parts =
        aliases[index].plan.mapping.separator.map {
          TextBytes.string(cell.bytes).components(separatedBy: $0)
        } ?? [TextBytes.string(cell.bytes)]
      for part in parts {
        var part = part
        let code = part.withUTF8 { bytes in
          aliases[index].text.code(
            TextBytes.trimmed(UnsafeRawBufferPointer(bytes)),
            &texts[.lead],
            joins
          )
        }
        guard code != TextDictionary.missing, Int64(code) != id else { continue }
        emit(.merge, [Int64(code), id, TimePoint.missing.rawValue, aliasReason])
      }
    }
  }

  /// A warning for each look-up that did not find what rows name.
  func lookUpFindings(file: String) -> [Diagnostic] {
    (fields + aliases).compactMap { field in
      guard field.text.notFoundCount > 0, let join = field.plan.mapping.join,
        let column = field.plan.mapping.columns.first
      else { return nil }
      return Diagnostic(
        .warning,
        code: "import.look-up-not-found",
        "\(field.text.notFoundCount) values of column \"\(column.name)\" do not stand in column "
          + "\"\(join.key.name)\" of \(join.file.text); field "
          + "\(MappingKeys.fieldName(ofColumn: field.plan.mapping.column)) stays blank there.",
        at: Diagnostic.Location(file: file),
        remedy: "Compare how both files write the values, or export the other file whole."
      )
    }
  }
}
