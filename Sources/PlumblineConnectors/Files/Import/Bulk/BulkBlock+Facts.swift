import PlumblineCore

extension BulkBlock {
  /// Where a column of a record's facts gets its values.
  enum Feed {
    case constant(Int64)
    case values(UnsafeMutablePointer<Int64>)

    @inline(__always)
    func value(_ row: Int) -> Int64 {
      switch self {
      case .constant(let value): value
      case .values(let values): values[row]
      }
    }
  }

  /// Where each column of a record's facts gets its values, in the schema's order.
  static func feeds(
    _ setting: Setting,
    _ record: Int,
    values: [UnsafeMutablePointer<Int64>]
  ) -> [Feed] {
    let plan = setting.plan.records[record]
    let defaults = setting.defaults[record]
    return plan.kind.schema.columns.indices.map { column in
      guard let field = plan.fields.firstIndex(where: { $0.schemaColumn == column }) else {
        return .constant(defaults[column])
      }
      guard let constant = setting.constants[record][field] else { return .values(values[field]) }
      let isMissing = constant == Int64(TextDictionary.missing)
      return .constant(
        isMissing && replacesMissing(column, plan.kind) ? defaults[column] : constant
      )
    }
  }

  /// Whether a column's missing text takes the default: a stage event's evidence, or the currency
  /// of an amount.
  private static func replacesMissing(_ column: Int, _ kind: FactKind) -> Bool {
    switch kind.schema.columns[column].name {
    case "currency": true
    case "evidence": kind == .stageEvent
    default: false
    }
  }

  /// Where the columns of a kind get their values: a constant only where all its records agree.
  static func sources(_ feeds: [[Feed]], columnCount: Int) -> [BulkColumns.Source] {
    (0..<columnCount).map { column in
      var constant: Int64?
      for (index, record) in feeds.enumerated() {
        guard case .constant(let value) = record[column], index == 0 || value == constant
        else { return .values }
        constant = value
      }
      return constant.map { .constant($0) } ?? .values
    }
  }

  /// Adds the facts of the rows at hand, row by row where several records give the same kind.
  func emit(_ kindIndex: Int) {
    let records = recordsOfKind[kindIndex]
    for record in records { replaceMissing(record) }
    let isWhole = selectedCount == cells.rowCount
    if records.count == 1, let record = records.first, isWhole, givesAll(record) {
      emitAll(kindIndex, record)
      return
    }
    kept.removeAll()
    blank.removeAll()
    if setting.plan.kinds[kindIndex] == .stageEvent {
      keepEvents(records)
    } else {
      for index in 0..<selectedCount {
        for record in records { kept.append(record, selection[index]) }
      }
    }
    emit(kept, to: &facts[kindIndex])
    if blank.count > 0 { emit(blank, to: &blanks) }
  }

  /// Whether all rows at hand give a fact of a record.
  private func givesAll(_ record: Int) -> Bool {
    let plan = setting.plan.records[record]
    guard plan.kind == .stageEvent else { return true }
    let lacksStages = holds(Int64(TextDictionary.missing), feeds[record][Self.stage])
    return !lacksStages
      && !(plan.isDated && holds(TimePoint.missing.rawValue, feeds[record][Self.at]))
  }

  /// Whether some row at hand has a value.
  private func holds(_ value: Int64, _ feed: Feed) -> Bool {
    switch feed {
    case .constant(let constant): return constant == value
    case .values(let values):
      var isFound = false
      for row in 0..<cells.rowCount where values[row] == value { isFound = true }
      return isFound
    }
  }

  private static let stage = FactKind.stageEvent.schema["stage"]
  private static let at = FactKind.stageEvent.schema["at"]

  /// Stage events need a stage, and a date where the mapping says that there is one.
  private func keepEvents(_ records: [Int]) {
    let plans = setting.plan.records
    for index in 0..<selectedCount {
      let row = selection[index]
      for record in records {
        if feeds[record][Self.stage].value(row) == Int64(TextDictionary.missing) { continue }
        if plans[record].isDated, feeds[record][Self.at].value(row) == TimePoint.missing.rawValue {
          if plans[record].hasConstantStage { blank.append(record, row) }
        } else {
          kept.append(record, row)
        }
      }
    }
  }

  private func replaceMissing(_ record: Int) {
    let plan = setting.plan.records[record]
    for field in plan.fields where Self.replacesMissing(field.schemaColumn, plan.kind) {
      guard case .values(let values) = feeds[record][field.schemaColumn] else { continue }
      let value = setting.defaults[record][field.schemaColumn]
      for row in 0..<cells.rowCount where values[row] == Int64(TextDictionary.missing) {
        values[row] = value
      }
    }
  }

  /// Adds the facts of one record from all rows at hand.
  private func emitAll(_ kindIndex: Int, _ record: Int) {
    let count = cells.rowCount
    for (column, feed) in feeds[record].enumerated() {
      guard case .values(let values) = feed else { continue }
      facts[kindIndex].append(UnsafeBufferPointer(start: values, count: count), to: column)
    }
    facts[kindIndex].append(lines: UnsafeBufferPointer(start: cells.lines, count: count))
  }

  /// Adds one fact for each pair of a record and a row.
  private func emit(_ pairs: BulkPairs, to facts: inout BulkColumns) {
    for column in facts.sources.indices where facts.sources[column] == .values {
      let feeds = feeds.map { $0.indices.contains(column) ? $0[column] : .constant(0) }
      for index in 0..<pairs.count {
        let pair = pairs[index]
        facts.append(feeds[pair.record].value(pair.row), to: column)
      }
    }
    for index in 0..<pairs.count { facts.append(line: cells.lines[pairs[index].row]) }
  }
}
