import PlumblineCore
import PlumblineYAML

/// Says of each proposed field what its cells leave open: the order of dates, the decimal sign, the
/// currency, numbers that are not whole.
struct FormatNotes {
  let table: TableEvidence
  let profile: ExportProfile?
  /// Texts of dates and numbers that read as missing.
  private(set) var placeholders: Set<String> = []
  /// Whether a time of day stands without its offset from UTC.
  private(set) var hasLocalTimes = false

  init(_ table: TableEvidence, _ profile: ExportProfile?) {
    self.table = table
    self.profile = profile
  }

  /// Goes over the fields of a record.
  mutating func review(_ record: inout RecordDraft) {
    for index in record.fields.indices {
      let field = record.fields[index]
      guard let column = field.mapping.columns.first.flatMap({ table[$0.name] }),
        column.rowCount > 0
      else { continue }
      let content = record.kind.schema.columns[record.kind.schema[field.mapping.column]].content
      switch content {
      case .time: reviewDates(column, &record.fields[index])
      case .number where field.mapping.column != "automated":
        reviewNumbers(column, &record.fields[index])
        if field.mapping.column == "probability" { reviewShares(column, &record.fields[index]) }
      case .number, .text: break
      }
    }
    dropFractions(from: &record)
    reviewCurrency(of: &record)
  }

  // MARK: Dates

  private mutating func reviewDates(_ column: ColumnEvidence, _ field: inout FieldDraft) {
    if column.dates.dateOnlyCount + column.dates.zonedCount < column.dates.valueCount {
      hasLocalTimes = true
    }
    noteUnreadable(column.dates.unreadable, "no dates", &field)
    switch column.dates.decision() {
    case .ambiguous(let examples):
      let example = examples.first.map { "\"\($0.text)\"" } ?? "a date"
      if let order = profile?.dateOrder {
        field.mapping.dateOrder = order
        field.notes.append(
          "unsure: \(example) is read \(order == .dayFirst ? "day" : "month") first, as "
            + "\(profile?.name ?? "") usually has it"
        )
      } else {
        field.notes.append(
          "unsure: \(example) can have the day or the month first; add date_order: day_first or "
            + "date_order: month_first"
        )
      }
    case .contradictory(let dayFirst, let monthFirst):
      field.notes.append(
        "unsure: \"\(dayFirst.first?.text ?? "")\" has the day first and "
          + "\"\(monthFirst.first?.text ?? "")\" the month; name one with date_order, and the rows "
          + "with the other are refused"
      )
    case .decided, .noValues, .unreadable: break
    }
  }

  private mutating func noteUnreadable(
    _ cells: ListedRows<CellExample>,
    _ what: String,
    _ field: inout FieldDraft
  ) {
    let words = cells.listed.map(\.text).filter(ValueWords.isPlaceholder)
    placeholders.formUnion(words)
    guard let example = cells.listed.first(where: { !ValueWords.isPlaceholder($0.text) })
    else { return }
    field.notes.append(
      "unsure: cells that are \(what) (\(cells.count)), such as \"\(example.text)\" in line "
        + "\(example.line); their rows will be refused"
    )
  }

  // MARK: Numbers

  private mutating func reviewNumbers(_ column: ColumnEvidence, _ field: inout FieldDraft) {
    noteUnreadable(column.numbers.unreadable, "no numbers", &field)
    guard ["amount", "rate", "revenue"].contains(field.mapping.column) else { return }
    switch column.numbers.decision() {
    case .ambiguous(let examples):
      field.notes.append(
        "unsure: \"\(examples.first?.text ?? "")\" can have a decimal point or comma; add "
          + "decimal: point or decimal: comma"
      )
    case .contradictory(let point, let comma):
      field.notes.append(
        "unsure: \"\(point.first?.text ?? "")\" has a decimal point and "
          + "\"\(comma.first?.text ?? "")\" a comma; name one with decimal, and the rows with the "
          + "other are refused"
      )
    case .decided, .noValues, .unreadable: break
    }
  }

  /// Tells where it is in doubt whether shares go up to 1 or to 100.
  private func reviewShares(_ column: ColumnEvidence, _ field: inout FieldDraft) {
    guard let position = table.position(of: column.name) else { return }
    var numbers = NumberColumnSurvey(.share)
    var shares = ShareColumnSurvey()
    table.forEachRow { row in
      numbers.observe(row.bytes(position), line: row.line)
      shares.observe(row.bytes(position), line: row.line)
    }
    guard case .decided(let format) = numbers.decision() else { return }
    let decision = shares.decision(format.decimalSign, isNamedPercent: column.name.contains("%"))
    guard let doubt = decision.doubt else { return }
    field.notes.append(
      "unsure: its numbers \(doubt.reason); add scale: 0.01 where 100 is certain, scale: 1 where 1 is"
    )
  }

  /// Leaves out counts that are not whole numbers, because their rows would be refused.
  private func dropFractions(from record: inout RecordDraft) {
    let counts = record.fields.filter { field in
      let schema = record.kind.schema
      return schema.columns[schema[field.mapping.column]].content == .number
        && !["amount", "automated", "probability", "rate", "revenue"].contains(field.mapping.column)
    }
    let positions = counts.compactMap { field -> (field: String, column: Int)? in
      field.mapping.columns.first.flatMap { table.position(of: $0.name) }
        .map { (field.mapping.column, $0) }
    }
    guard !positions.isEmpty, table.rowCount > 0 else { return }
    var surveys = positions.map { _ in NumberColumnSurvey(.whole) }
    table.forEachRow { row in
      for (index, position) in positions.enumerated() {
        surveys[index].observe(row.bytes(position.column), line: row.line)
      }
    }
    var broken = Set<String>()
    let formats = surveys.map { survey -> NumberColumnFormat? in
      if case .decided(let format) = survey.decision() { format } else { nil }
    }
    table.forEachRow { row in
      for (index, position) in positions.enumerated() {
        switch formats[index]?.wholeNumber(row.bytes(position.column)) {
        case .notWhole, .tooLarge, .unreadable: broken.insert(position.field)
        case .missing, .value, nil: break
        }
      }
    }
    for (index, position) in positions.enumerated() where formats[index] == nil {
      if case .noValues = surveys[index].decision() { continue }
      broken.insert(position.field)
    }
    for name in broken.sorted() {
      guard let source = record.source(name) else { continue }
      record[name] = nil
      record.notes.append("left out: not all of \(source) are whole numbers")
    }
  }

  // MARK: Currency

  private func reviewCurrency(of record: inout RecordDraft) {
    guard let amount = record.source("amount"), let column = table[amount] else { return }
    if let source = record.source("currency"), let currency = table[source], currency.rowCount > 0 {
      let values = currency.values?.map(\.text) ?? []
      if !values.isEmpty, values.allSatisfy(CurrencyCode.isValid) {
        if currency.missingCount > 0 {
          record["currency"]?.notes.append(
            "unsure: \(currency.missingCount) rows say no currency; set a value with missing"
          )
        }
        return
      }
      record["currency"] = nil
      record.notes.append("left out: \(source) holds no currency codes of three capitals")
    }
    guard record["currency"] == nil, HeaderName.currency(in: amount) == nil else { return }
    let marks = column.numbers.currencies.keys.sorted()
    if marks.count == 1, CurrencyCode.isValid(marks[0]) { return }
    if marks.count == 1, let code = Self.codes[marks[0]] {
      record.set("currency", constant: code)
      if code != "EUR" {
        record["currency"]?.notes.append("unsure: \"\(marks[0])\" is read as \(code)")
      }
      return
    }
    let seen = marks.isEmpty ? "" : " beyond \(FieldPicker.list(marks))"
    record["amount"]?.notes.append(
      "unsure: nothing says the currency\(seen); add currency: {constant: USD} with its code"
    )
  }

  /// Signs that hardly mean more than one currency.
  private static let codes = [
    "€": "EUR", "£": "GBP", "R$": "BRL", "zł": "PLN", "Kč": "CZK", "₩": "KRW", "₪": "ILS",
    "₫": "VND", "₱": "PHP", "₴": "UAH", "₹": "INR", "₺": "TRY", "₽": "RUB", "฿": "THB",
  ]
}
