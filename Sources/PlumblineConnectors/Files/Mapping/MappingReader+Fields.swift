import PlumblineCore
import PlumblineYAML

extension MappingReader {
  /// Where one column of a fact comes from.
  func field(
    _ value: YAMLValue,
    _ column: String,
    _ content: FactColumn.Content
  ) -> FieldMapping? {
    switch value.node.content {
    case .scalar:
      return columnReference(value).map {
        FieldMapping(column, from: .columns([$0]), spot: spot(value.position))
      }
    case .list:
      value.report(
        "wrong-type",
        "\(value.name) must be a column's name or a mapping, not a list.",
        remedy: "Write {columns: […]} for the first of several columns that is not empty."
      )
      return nil
    case .mapping:
      guard let fields = value.fields(MappingKeys.field),
        let source = source(of: fields, content, value)
      else { return nil }
      reportMisplacedOptions(in: fields, content, source)
      if column == "probability" { reportImprobable(fields["constant"]) }
      return FieldMapping(
        column,
        from: source,
        renames: fields["values"].map(renames) ?? ValueRenames(),
        valueWhenMissing: fields["missing"].flatMap { constant($0, content) },
        dateOrder: fields["date_order"]?.word(Mapping.DateOrder.self)?.value,
        precision: fields["precision"]?.word(Mapping.TimePrecision.self)?.value,
        decimal: fields["decimal"]?.word(Mapping.DecimalMark.self)?.value,
        scale: fields["scale"].flatMap(scale),
        separator: fields["separator"].flatMap(separator),
        join: fields["through"].flatMap(join),
        spot: spot(value.position)
      )
    }
  }

  private func source(
    of fields: YAMLFields,
    _ content: FactColumn.Content,
    _ value: YAMLValue
  ) -> FieldMapping.Source? {
    let given = ["column", "columns", "constant"].filter { fields[$0] != nil }
    guard given.count == 1 else {
      value.report(
        "field-source",
        given.isEmpty
          ? "\(value.name) does not say where its value comes from."
          : "\(value.name) cannot have \(given.map { "\"\($0)\"" }.joined(separator: " and ")).",
        remedy: "Give one of \"column\", \"columns\" and \"constant\"."
      )
      return nil
    }
    if let column = fields["column"] { return columnReference(column).map { .columns([$0]) } }
    if let columns = fields["columns"] {
      let references = filled(columns.oneOrMore(), of: columns).compactMap(columnReference)
      return references.isEmpty ? nil : .columns(references)
    }
    return fields["constant"].flatMap { constant($0, content) }.map { .constant($0) }
  }

  private func columnReference(_ value: YAMLValue) -> ColumnReference? {
    value.filledText().map { ColumnReference($0.value, spot: spot($0.position)) }
  }

  private func constant(_ value: YAMLValue, _ content: FactColumn.Content) -> String? {
    switch content {
    case .text(.currency): currency(value)?.value
    case .text: value.filledText()?.value
    case .time: value.date()?.value.description
    case .number: value.decimal()?.value.description
    }
  }

  private func scale(_ value: YAMLValue) -> ExactDecimal? {
    guard let number = value.decimal()?.value else { return nil }
    guard number.significand > 0 else {
      value.report("out-of-range", "\(value.name) must be above 0, not \(number).")
      return nil
    }
    return number
  }

  /// Notes a probability that is none, on either scale.
  private func reportImprobable(_ value: YAMLValue?) {
    guard let value, let number = value.decimal()?.value,
      !(0...100).contains(number.value)
    else { return }
    value.report(
      "out-of-range",
      "\(value.name) must be a probability, 0 to 1 or 0 to 100, not \(number)."
    )
  }

  private func separator(_ value: YAMLValue) -> String? {
    guard let text = value.text()?.value else { return nil }
    guard !text.isEmpty else {
      value.report("no-value", "\(value.name) must not be empty.")
      return nil
    }
    return text
  }

  private func join(_ value: YAMLValue) -> Join? {
    guard let fields = value.fields(MappingKeys.join) else { return nil }
    let file = fields.required("file").flatMap(pattern)
    let key = fields.required("key").flatMap(columnReference)
    let result = fields.required("value").flatMap(columnReference)
    guard let file, let key, let result else { return nil }
    return Join(file: file, key: key, value: result)
  }

  /// Notes options that can have no effect.
  private func reportMisplacedOptions(
    in fields: YAMLFields,
    _ content: FactColumn.Content,
    _ source: FieldMapping.Source
  ) {
    for entry in fields.entries {
      let option = entry.key
      guard !["column", "columns", "constant"].contains(option) else { continue }
      if case .constant = source {
        findings.report(
          code: "mapping.option",
          "\"\(option)\" has no meaning beside \"constant\".",
          at: entry.keyPosition,
          remedy: "Remove it."
        )
      } else if let wanted = wantedContent(for: option, content) {
        findings.report(
          code: "mapping.option",
          "\"\(option)\" is only for \(wanted), which \(fields.name) is not.",
          at: entry.keyPosition,
          remedy: "Remove it."
        )
      } else if option == "through", case .columns(let columns) = source, columns.count > 1 {
        findings.report(
          code: "mapping.option",
          "\"through\" needs one column, not \(columns.count).",
          at: entry.keyPosition,
          remedy: "Write \"column\" with the column to look up."
        )
      }
    }
  }

  /// What an option is for, when that is not what the column holds.
  private func wantedContent(for option: String, _ content: FactColumn.Content) -> String? {
    switch (option, content) {
    case ("date_order", .text), ("date_order", .number), ("precision", .text),
      ("precision", .number):
      "times"
    case ("decimal", .text), ("decimal", .time), ("scale", .text), ("scale", .time): "numbers"
    case ("separator", .text(.lead)): nil
    case ("separator", _): "ids of leads"
    case ("through", .number), ("through", .time): "texts"
    case ("values", .time): "texts and numbers"
    default: nil
    }
  }
}
