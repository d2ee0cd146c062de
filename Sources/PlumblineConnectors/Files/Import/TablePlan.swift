import PlumblineCore

/// A table with every column of the mapping found and its format decided.
struct TablePlan {
  /// One field of a record, resolved to positions in the table.
  struct Field {
    /// What the cell's text becomes.
    enum Parse {
      case text(TextDomain)
      case time(DateColumnFormat)
      case whole(NumberColumnFormat)
      case millionths(NumberColumnFormat)
      case amount(NumberColumnFormat)
      case probability(NumberColumnFormat, ShareScale)
      case flag
    }
    var mapping: FieldMapping
    /// Positions of the columns to look in.
    var columns: [Int]
    /// The position in the kind's schema, or nil for another id of a lead.
    var schemaColumn: Int?
    /// What a cell of each of the columns becomes, one at least: each is written in its own way.
    var parses: [Parse]
    /// What a constant becomes, and what kind of thing a cell does.
    var parse: Parse { parses[0] }
  }

  struct Record {
    var mapping: RecordMapping
    var fields: [Field]
    var aliases: [Field]
    var conditions: [(column: Int, test: Condition.Test)]
    /// The currency of amounts whose row names none.
    var currency: String?
    /// What stage events cite as their evidence.
    var evidence: String
  }

  let reader: TableReader
  let part: FileMapping
  private(set) var records: [Record] = []
  private(set) var findings: [Diagnostic] = []
  /// Columns that no field reads.
  private(set) var unusedColumns: [String] = []

  let mapping: Mapping
  private let options: FileImport.Options
  private var dates: [Int: DateColumnFormat] = [:]
  private var numbers: [Int: NumberColumnFormat] = [:]
  private var shares: [Int: ShareScale] = [:]
  /// What the surveys of columns saw, by position.
  private(set) var dateSurveys: [Int: DateColumnSurvey] = [:]
  private(set) var numberSurveys: [Int: NumberColumnSurvey] = [:]
  /// The order of day and month that the mapping names for a column of dates.
  private(set) var namedOrders: [Int: DayMonthOrder] = [:]
  /// Whether the surveys saw every row of the table that was opened.
  var isSurveyed = true
  /// How many rows the surveys look at.
  private let surveyedRowCount: Int
  /// Decimal signs that a field names for its column.
  private var decimals: [Int: Mapping.DecimalMark] = [:]
  private var currencyMarks: [Int: [String: Int]] = [:]

  /// - Parameters:
  ///   - reader: The table.
  ///   - part: The mapping's part for it.
  ///   - mapping: The mapping.
  ///   - options: What the user says over it.
  ///   - surveyedRowCount: How many rows may decide how columns are written; others decide it by
  ///     all of them.
  init(
    _ reader: TableReader,
    _ part: FileMapping,
    _ mapping: Mapping,
    _ options: FileImport.Options,
    surveyedRowCount: Int = .max
  ) {
    self.surveyedRowCount = surveyedRowCount
    self.reader = reader
    self.part = part
    self.mapping = mapping
    self.options = options
    checkColumns()
    guard findings.isEmpty else { return }
    survey()
    for record in part.records { records.append(resolve(record)) }
    noteUnusedColumns()
  }

  // MARK: Columns

  private mutating func checkColumns() {
    for record in part.records {
      for field in record.fields {
        check(field.columns, "field \(MappingKeys.fieldName(ofColumn: field.column))")
      }
      for field in record.alsoKnownAs { check(field.columns, "also_known_as") }
      for condition in record.conditions { check([condition.column], "a condition") }
    }
  }

  private mutating func check(_ columns: [ColumnReference], _ user: String) {
    guard let first = columns.first,
      !columns.contains(where: { reader.column(named: $0.name) != nil })
    else { return }
    let hint = Suggestion.nearest(to: first.name, among: reader.header)
    findings.append(
      Diagnostic(
        .error,
        code: "import.unknown-column",
        "\(fileName(ofPath: reader.file.path)) has no column \"\(first.name)\", which \(user) reads.",
        at: first.spot.location,
        remedy: (hint.map { "Did you mean \"\($0)\"? " } ?? "")
          + "Its columns are: \(reader.header.prefix(40).joined(separator: ", "))."
      )
    )
  }

  private func positions(_ field: FieldMapping) -> [Int] {
    field.columns.compactMap { reader.column(named: $0.name) }
  }

  private mutating func noteUnusedColumns() {
    var used = Set<Int>()
    for record in records {
      for field in record.fields + record.aliases { used.formUnion(field.columns) }
      used.formUnion(record.conditions.map(\.column))
    }
    unusedColumns = reader.header.indices.filter { !used.contains($0) }.map { reader.header[$0] }
  }

  // MARK: Formats

  private mutating func survey() {
    var dateSurveys: [Int: (survey: DateColumnSurvey, order: Mapping.DateOrder?)] = [:]
    var numberSurveys: [Int: NumberColumnSurvey] = [:]
    var shareSurveys: [Int: (survey: ShareColumnSurvey, field: FieldMapping)] = [:]
    for record in part.records {
      for field in record.fields {
        let name = field.column
        let column = record.kind.schema.columns[record.kind.schema[name]]
        for position in positions(field) {
          switch column.content {
          case .time:
            dateSurveys[position] = (DateColumnSurvey(), field.dateOrder ?? part.dateOrder)
          case .number where name != "automated":
            if let decimal = field.decimal { decimals[position] = decimal }
            let kind = NumberColumnSurvey.Kind(ofField: name)
            if numberSurveys[position] == nil || kind != .whole {
              numberSurveys[position] = NumberColumnSurvey(kind)
            }
            if kind == .share { shareSurveys[position] = (ShareColumnSurvey(), field) }
          case .number, .text: break
          }
        }
      }
    }
    guard !dateSurveys.isEmpty || !numberSurveys.isEmpty else { return }
    let missing = MissingTexts(mapping.missing)
    let (datePositions, numberPositions) = (Array(dateSurveys.keys), Array(numberSurveys.keys))
    isSurveyed = reader.file.withText { text in
      var pass = TablePass(over: text, of: reader)
      var rowCount = 0
      while let row = pass.next() {
        if rowCount == surveyedRowCount { return false }
        rowCount += 1
        for position in datePositions where !missing.contains(row.bytes(position)) {
          dateSurveys[position]?.survey.observe(row.bytes(position), line: row.line)
        }
        for position in numberPositions where !missing.contains(row.bytes(position)) {
          guard let field = shareSurveys[position]?.field else {
            numberSurveys[position]?.observe(row.bytes(position), line: row.line)
            continue
          }
          // Words may stand for shares, as the categories of a forecast do.
          CellNumber.withRenamed(row.bytes(position), field) { cell in
            numberSurveys[position]?.observe(cell, line: row.line)
            shareSurveys[position]?.survey.observe(cell, line: row.line)
          }
        }
      }
      return true
    }
    self.dateSurveys = dateSurveys.mapValues(\.survey)
    self.numberSurveys = numberSurveys
    for position in datePositions.sorted() {
      guard let (survey, order) = dateSurveys[position] else { continue }
      decide(survey, order, position)
    }
    for position in numberPositions.sorted() {
      guard let survey = numberSurveys[position] else { continue }
      currencyMarks[position] = survey.currencies
      decide(survey, position)
      if let share = shareSurveys[position]?.survey { decide(share, position) }
    }
  }

  /// What a field, the file and the mapping say settles a column; what the command line says only
  /// settles one that leaves it open.
  private mutating func decide(
    _ survey: DateColumnSurvey,
    _ order: Mapping.DateOrder?,
    _ position: Int
  ) {
    let named = (order ?? mapping.dateOrder)?.dayMonthOrder
    namedOrders[position] = named
    var decision = survey.decision(named: named)
    if case .ambiguous = decision, let asked = options.dateOrder?.dayMonthOrder {
      decision = survey.decision(named: asked)
    }
    switch decision {
    case .noValues: dates[position] = DateColumnFormat()
    case .decided(let format): dates[position] = format
    case .ambiguous(let examples):
      ask(
        "date-order",
        "the dates of column \"\(reader.header[position])\" can be read with the "
          + "day or the month first, for example \"\(examples.first?.text ?? "")\".",
        examples,
        "Say which with --date-order day-first or --date-order month-first, or with "
          + "date_order in the mapping.",
        onPage: "Choose what comes first under How the files are read."
      )
    case .contradictory(let dayFirst, let monthFirst):
      ask(
        "mixed-dates",
        "column \"\(reader.header[position])\" writes some dates with the day "
          + "first (\"\(dayFirst.first?.text ?? "")\") and others with the month first "
          + "(\"\(monthFirst.first?.text ?? "")\", line \(monthFirst.first?.line ?? 0)).",
        dayFirst,
        "Export the file again with one date format, or name the order with date_order in the "
          + "mapping; rows that do not fit it are then refused."
      )
    case .unreadable(let examples):
      ask(
        "no-dates",
        "column \"\(reader.header[position])\" holds no dates, for example "
          + "\"\(examples.first?.text ?? "")\".",
        examples,
        "Map the column that holds the date, or leave the field out."
      )
    }
  }

  private mutating func decide(_ survey: NumberColumnSurvey, _ position: Int) {
    let named = namedDecimal(position)
    var decision = survey.decision(named: named)
    if case .ambiguous = decision, let asked = options.decimal?.sign {
      decision = survey.decision(named: asked)
    }
    switch decision {
    case .noValues: numbers[position] = NumberColumnFormat(decimalSign: .point)
    case .decided(let format): numbers[position] = format
    case .ambiguous(let examples):
      ask(
        "decimal-sign",
        "the numbers of column \"\(reader.header[position])\" can be read with a "
          + "decimal point or comma, for example \"\(examples.first?.text ?? "")\".",
        examples,
        "Say which with --decimal point or --decimal comma, or with decimal in the mapping.",
        onPage: "Choose point or comma under How the files are read."
      )
    case .contradictory(let point, let comma):
      ask(
        "mixed-decimals",
        "column \"\(reader.header[position])\" writes some numbers with a "
          + "decimal point (\"\(point.first?.text ?? "")\") and others with a decimal comma "
          + "(\"\(comma.first?.text ?? "")\", line \(comma.first?.line ?? 0)).",
        point,
        "Export the file again with one number format, or name it with decimal in the mapping; "
          + "rows that do not fit it are then refused."
      )
    case .unreadable(let examples):
      ask(
        "no-numbers",
        "column \"\(reader.header[position])\" holds no numbers, for example "
          + "\"\(examples.first?.text ?? "")\".",
        examples,
        "Map the column that holds the number, or leave the field out."
      )
    }
  }

  /// Decides whether a column's shares go up to 1 or to 100, and says where that is in doubt.
  ///
  /// Nothing is in doubt where every field that reads the column says what to multiply it by.
  private mutating func decide(_ survey: ShareColumnSurvey, _ position: Int) {
    let isOpen = part.records.contains { record in
      record["probability"].map { $0.scale == nil && positions($0).contains(position) } ?? false
    }
    guard isOpen, let sign = numbers[position]?.decimalSign else { return }
    let name = reader.header[position]
    let decision = survey.decision(sign, isNamedPercent: name.contains("%"))
    shares[position] = decision.scale
    guard let doubt = decision.doubt else { return }
    findings.append(doubt.diagnostic(column: name, path: reader.file.path))
  }

  /// The decimal sign that the mapping names for a column.
  func namedDecimal(_ position: Int) -> DecimalSign? {
    (decimals[position] ?? part.decimal ?? mapping.decimal)?.sign
  }

  private mutating func ask(
    _ code: String,
    _ message: String,
    _ examples: [CellExample],
    _ remedy: String,
    onPage remedyOnPage: String? = nil
  ) {
    findings.append(
      Diagnostic(
        .error,
        code: "import.\(code)",
        message,
        at: Diagnostic.Location(file: reader.file.path, line: examples.first?.line),
        remedy: remedy,
        onPage: remedyOnPage
      )
    )
  }

  // MARK: Records

  private mutating func resolve(_ record: RecordMapping) -> Record {
    let schema = record.kind.schema
    let fields = record.fields.map { field in
      Field(
        mapping: field,
        columns: positions(field),
        schemaColumn: schema[field.column],
        parses: parses(field, schema.columns[schema[field.column]])
      )
    }
    let evidence = record["at"]?.columnNames.first ?? record["stage"]?.columnNames.first
    return Record(
      mapping: record,
      fields: fields,
      aliases: record.alsoKnownAs.map {
        Field(mapping: $0, columns: positions($0), schemaColumn: nil, parses: [.text(.lead)])
      },
      conditions: record.conditions.compactMap { condition in
        reader.column(named: condition.column.name).map { ($0, condition.test) }
      },
      currency: currency(of: record),
      evidence: evidence ?? part.patterns.first?.text ?? ""
    )
  }

  private func parses(_ field: FieldMapping, _ column: FactColumn) -> [Field.Parse] {
    let positions = positions(field)
    return positions.isEmpty
      ? [parse(field, column, nil)] : positions.map { parse(field, column, $0) }
  }

  private func parse(
    _ field: FieldMapping,
    _ column: FactColumn,
    _ position: Int?
  ) -> Field.Parse {
    let number = position.flatMap { numbers[$0] } ?? NumberColumnFormat(decimalSign: .point)
    switch column.content {
    case .text(let domain): return .text(domain)
    case .time: return .time(position.flatMap { dates[$0] } ?? DateColumnFormat())
    case .number:
      switch column.name {
      case "amount", "revenue": return .amount(number)
      case "rate": return .millionths(number)
      case "automated": return .flag
      case "probability": return .probability(number, shareScale(field, position))
      default: return .whole(number)
      }
    }
  }

  /// What a field's shares are written as; what the mapping multiplies them by settles it.
  private func shareScale(_ field: FieldMapping, _ position: Int?) -> ShareScale {
    if field.scale != nil { return .fraction }
    if let position { return shares[position] ?? .fraction }
    return field.constant.map(ShareScale.init(ofConstant:)) ?? .fraction
  }

  /// Whether signs beside amounts may decide which currency a record's amounts are in.
  func isCurrencyOpen(_ record: RecordMapping) -> Bool {
    guard record["amount"] != nil, record["currency"]?.constant == nil else { return false }
    let inHeader = amountPositions(record).contains {
      HeaderName.currency(in: reader.header[$0]) != nil
    }
    return !inHeader && mapping.currency == nil && options.currency == nil
  }

  /// The columns of a record's amounts, what was spent before what it is said to have brought.
  private func amountPositions(_ record: RecordMapping) -> [Int] {
    ["amount", "revenue"].compactMap { record[$0] }.flatMap(positions)
  }

  /// Asks where what was spent and what it is said to have brought are in two currencies: a row
  /// has one.
  private mutating func checkOneCurrency(of record: RecordMapping) {
    guard let amount = record["amount"], let revenue = record["revenue"] else { return }
    func names(_ field: FieldMapping) -> Set<String> {
      positions(field).reduce(into: []) { names, position in
        if let code = HeaderName.currency(in: reader.header[position]) {
          names.insert(code)
        } else {
          names.formUnion((currencyMarks[position] ?? [:]).keys)
        }
      }
    }
    let (spent, brought) = (names(amount), names(revenue))
    guard !spent.isEmpty, !brought.isEmpty, spent.isDisjoint(with: brought) else { return }
    findings.append(
      Diagnostic(
        .error,
        code: "import.two-currencies",
        "\"\(amount.columnNames.first ?? "")\" is in \(spent.sorted().joined(separator: ", ")), but "
          + "\"\(revenue.columnNames.first ?? "")\" is in "
          + "\(brought.sorted().joined(separator: ", ")); a row of spend has one currency.",
        at: Diagnostic.Location(file: reader.file.path, line: reader.headerLine),
        remedy: "Export both in one currency, or leave the field revenue out."
      )
    )
  }

  /// The currency of amounts whose row names none: from the header, the mapping, the command line
  /// or the cells themselves, in this order.
  private mutating func currency(of record: RecordMapping) -> String? {
    guard let amount = record["amount"] else { return nil }
    checkOneCurrency(of: record)
    let field = record["currency"]
    if let constant = field?.constant { return constant.uppercased() }
    let positions = amountPositions(record)
    let inHeader = positions.compactMap { HeaderName.currency(in: reader.header[$0]) }.first
    let marks = positions.reduce(into: Set<String>()) { marks, position in
      marks.formUnion((currencyMarks[position] ?? [:]).keys)
    }
    let code = marks.count == 1 ? marks.first.flatMap { $0.utf8.count == 3 ? $0 : nil } : nil
    if let found = inHeader ?? mapping.currency ?? options.currency ?? code { return found }
    if field == nil {
      findings.append(
        Diagnostic(
          .error,
          code: "import.no-currency",
          "nothing says in which currency the amounts of \"\(amount.columnNames.first ?? "")\" are.",
          at: Diagnostic.Location(file: reader.file.path, line: reader.headerLine),
          remedy: "Say it with --currency EUR, with currency in the mapping, or map a column.",
          onPage: "Say it under How the files are read, or choose a column that says it."
        )
      )
    }
    return nil
  }
}

extension Mapping.DateOrder {
  /// The order of day and month, or nil where the year stands first and no question arises.
  var dayMonthOrder: DayMonthOrder? {
    switch self {
    case .dayFirst: .dayFirst
    case .monthFirst: .monthFirst
    case .yearFirst: nil
    }
  }
}

extension Mapping.DecimalMark {
  var sign: DecimalSign { self == .point ? .point : .comma }
}
