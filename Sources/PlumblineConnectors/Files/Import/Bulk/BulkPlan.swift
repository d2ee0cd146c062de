import PlumblineCore

/// How the rows of a large plain table become columns of facts, many at a time.
///
/// What is read so is the same as what `RecordReading` reads. Where only the first rows were
/// surveyed, each further cell has to be one that cannot change how its column is read; one that
/// could is a surprise, and the file is then read in the other way.
struct BulkPlan {
  /// Texts of one field.
  struct Text {
    var domain: TextDomain
    var field: FieldMapping
    var domainRenames: ValueRenames
    /// Whether most rows hold another text: ids, which are looked up many at a time.
    var isKey: Bool
  }

  /// Times of one field.
  struct Time {
    var format: DateColumnFormat
    var isDayOnly: Bool
    /// The value of a missing cell.
    var whenMissing: Int64
    /// Whether dates may stand there that have two numbers before the year.
    var acceptsEither: Bool
    /// Whether a cell may stand there that is no date.
    var acceptsUnreadable: Bool
  }

  /// Numbers of one field.
  struct Number {
    var parse: TablePlan.Field.Parse
    var sign: DecimalSign
    var field: FieldMapping
    /// Whether a cell is read as it stands: no renames, no factor, no bounds.
    var isPlain: Bool
    var acceptsPoint: Bool
    var acceptsComma: Bool
    var acceptsOpenSigns: Bool
    var acceptsUnreadable: Bool
    var acceptsCurrencies: Bool
  }

  /// What a cell becomes.
  enum Content {
    case text(Text)
    case time(Time)
    /// A number, or an amount in the row's currency.
    case number(Number, isAmount: Bool)
    case flag(FieldMapping)
    case constant
  }

  struct Field {
    /// The position in the kind's schema.
    var schemaColumn: Int
    /// The position in the table; 0 for a constant.
    var column: Int
    var content: Content
  }

  struct Record {
    var kind: FactKind
    var fields: [Field]
    /// The position in `fields` of the id without which a row is refused.
    var required: Int?
    /// Whether the mapping says where a stage's date stands.
    var isDated: Bool
    /// Whether each row is about the same stage, so that a blank date is worth knowing.
    var hasConstantStage: Bool

    /// Whether rows give an amount of money.
    var hasAmount: Bool {
      fields.contains { field in
        if case .number(_, isAmount: true) = field.content { true } else { false }
      }
    }
  }

  let table: TablePlan
  let records: [Record]
  /// The kinds of fact that come out, each once, in the order of the records.
  let kinds: [FactKind]
  let missing: MissingTexts

  /// A plan for a table, or nil when some of what the mapping asks for is not read in bulk.
  init?(_ table: TablePlan, calendar: LocalCalendar) {
    guard table.findings.isEmpty, table.reader.dialect.lineEnds == .lineFeed else { return nil }
    self.table = table
    missing = MissingTexts(table.mapping.missing)
    var records: [Record] = []
    for record in table.records {
      guard let read = Self.record(record, table, calendar) else { return nil }
      records.append(read)
    }
    // The order of new texts within a row takes a byte.
    guard !records.isEmpty, records.reduce(0, { $0 + $1.fields.count }) < 256 else { return nil }
    self.records = records
    var kinds: [FactKind] = []
    for record in records where !kinds.contains(record.kind) { kinds.append(record.kind) }
    self.kinds = kinds
  }

  private static let bulkKinds: Set<FactKind> = [
    .activity, .deal, .lead, .meeting, .stageEvent, .touch,
  ]

  private static func record(
    _ plan: TablePlan.Record,
    _ table: TablePlan,
    _ calendar: LocalCalendar
  ) -> Record? {
    let mapping = plan.mapping
    guard bulkKinds.contains(mapping.kind), plan.conditions.isEmpty, plan.aliases.isEmpty
    else { return nil }
    var fields: [Field] = []
    for field in plan.fields {
      guard let read = self.field(field, plan, table, calendar) else { return nil }
      fields.append(read)
    }
    let requiredName: String? =
      switch mapping.kind {
      case .lead: "id"
      case .stageEvent: "lead"
      default: nil
      }
    var required: Int?
    if let requiredName {
      // An id that is renamed or looked up may turn out to be missing only then.
      required = fields.firstIndex { $0.schemaColumn == mapping.kind.schema[requiredName] }
      guard let required, case .text(let text) = fields[required].content, text.isKey
      else { return nil }
    }
    return Record(
      kind: mapping.kind,
      fields: fields,
      required: required,
      isDated: mapping["at"] != nil,
      hasConstantStage: mapping["stage"]?.constant != nil
    )
  }

  private static func field(
    _ field: TablePlan.Field,
    _ record: TablePlan.Record,
    _ table: TablePlan,
    _ calendar: LocalCalendar
  ) -> Field? {
    let mapping = field.mapping
    guard mapping.join == nil, mapping.separator == nil, let schemaColumn = field.schemaColumn
    else { return nil }
    if let constant = mapping.constant {
      if case .amount = field.parse { return nil }
      if case .text = field.parse {
      } else {
        guard CellNumber.constant(constant, field.parse, calendar) != nil else { return nil }
      }
      return Field(schemaColumn: schemaColumn, column: 0, content: .constant)
    }
    guard field.columns.count == 1, let column = field.columns.first else { return nil }
    let content: Content? =
      switch field.parse {
      case .text(let domain): .text(text(domain, field, record, table))
      case .flag: .flag(mapping)
      case .time(let format):
        time(format, field, column, table, calendar).map { .time($0) }
      case .amount(let format):
        number(format, field, column, record, table).map { .number($0, isAmount: true) }
      case .probability(let format, _):
        // Whether shares go up to 1 or to 100 is seen in all rows, unless the mapping says it.
        table.isSurveyed || mapping.scale != nil && mapping.renames.isEmpty
          ? number(format, field, column, record, table).map { .number($0, isAmount: false) } : nil
      case .millionths(let format), .whole(let format):
        number(format, field, column, record, table).map { .number($0, isAmount: false) }
      }
    return content.map { Field(schemaColumn: schemaColumn, column: column, content: $0) }
  }

  private static func text(
    _ domain: TextDomain,
    _ field: TablePlan.Field,
    _ record: TablePlan.Record,
    _ table: TablePlan
  ) -> Text {
    let renames = table.mapping.renames[domain] ?? ValueRenames()
    let isPlain =
      field.mapping.renames.isEmpty && renames.isEmpty && field.mapping.valueWhenMissing == nil
    let isId = domain == .lead || field.mapping.column == "id"
    return Text(
      domain: domain,
      field: field.mapping,
      domainRenames: renames,
      isKey: isPlain && isId
    )
  }

  private static func time(
    _ format: DateColumnFormat,
    _ field: TablePlan.Field,
    _ column: Int,
    _ table: TablePlan,
    _ calendar: LocalCalendar
  ) -> Time? {
    guard let survey = table.dateSurveys[column] else { return nil }
    let hasValues = survey.valueCount > 0
    let isNamed = table.namedOrders[column] != nil
    if !table.isSurveyed {
      if survey.eitherCount > 0, !isNamed { return nil }
      if !hasValues, field.mapping.valueWhenMissing != nil { return nil }
    }
    let whenMissing = field.mapping.valueWhenMissing.flatMap {
      CellNumber.constant($0, field.parse, calendar)
    }
    return Time(
      format: format,
      isDayOnly: field.mapping.precision == .day,
      whenMissing: whenMissing ?? TimePoint.missing.rawValue,
      acceptsEither: table.isSurveyed || isNamed && hasValues,
      acceptsUnreadable: table.isSurveyed || hasValues
    )
  }

  private static func number(
    _ format: NumberColumnFormat,
    _ field: TablePlan.Field,
    _ column: Int,
    _ record: TablePlan.Record,
    _ table: TablePlan
  ) -> Number? {
    guard let survey = table.numberSurveys[column] else { return nil }
    let isOpen = table.isCurrencyOpen(record.mapping)
    let isNamed = table.namedDecimal(column) != nil
    let hasValues = survey.valueCount > 0
    let proven = survey.provenSign
    var isPlain = field.mapping.renames.isEmpty && field.mapping.scale == nil
    if case .probability = field.parse { isPlain = false }
    var number = Number(
      parse: field.parse,
      sign: format.decimalSign,
      field: field.mapping,
      isPlain: isPlain,
      acceptsPoint: true,
      acceptsComma: true,
      acceptsOpenSigns: true,
      acceptsUnreadable: true,
      acceptsCurrencies: true
    )
    if table.isSurveyed { return number }
    let isUndecided = survey.hasOpenSigns && proven == nil && !isNamed
    if isUndecided || isOpen && !survey.currencies.isEmpty { return nil }
    number.acceptsPoint =
      hasValues ? isNamed || proven != .comma : table.namedDecimal(column) != .comma
    number.acceptsComma = hasValues && (isNamed || proven == .comma)
    number.acceptsOpenSigns = hasValues && (isNamed || proven != nil)
    number.acceptsUnreadable = hasValues
    number.acceptsCurrencies = !isOpen
    return number
  }
}
