import PlumblineCore
import PlumblineYAML

extension MappingReader {
  /// How a row becomes one fact.
  func record(_ value: YAMLValue) -> RecordMapping? {
    guard let kind = kind(of: value),
      let fields = value.fields(MappingKeys.record + MappingKeys.fields(of: kind))
    else { return nil }
    var record = RecordMapping(
      kind: kind,
      conditions: fields["when"].map(conditions) ?? [],
      fields: [],
      spot: spot(value.position)
    )
    for entry in fields.entries {
      guard let value = fields[entry.key],
        let column = kind.schema.columns.first(where: {
          MappingKeys.fieldName(ofColumn: $0.name) == entry.key
        })
      else { continue }
      guard let field = field(value, column.name, column.content) else { continue }
      if field.separator != nil, record.fields.contains(where: { $0.separator != nil }) {
        value.report(
          "two-separators",
          "a record can have several values in one of its cells only, not also in \(value.name).",
          remedy: "Keep \"separator\" in one field."
        )
      }
      record.fields.append(field)
    }
    if kind == .lead, let value = fields[MappingKeys.alsoKnownAs] {
      record.alsoKnownAs = filled(value.oneOrMore(), of: value).compactMap {
        field($0, MappingKeys.alsoKnownAs, .text(.lead))
      }
    }
    reportMissingFields(of: kind, in: fields)
    return record
  }

  private func kind(of value: YAMLValue) -> FactKind? {
    guard case .mapping(let entries) = value.node.content else {
      _ = value.fields(MappingKeys.record)
      return nil
    }
    guard let entry = entries.first(where: { $0.key == "kind" }) else {
      value.report(
        "missing-key",
        "\(value.name) has no \"kind\".",
        remedy: "Add \"kind\": one of \(FactKind.allCases.map(\.rawValue).joined(separator: ", "))."
      )
      return nil
    }
    return YAMLValue(entry.value, name: "\"kind\"", findings: findings).word(FactKind.self)?.value
  }

  private func reportMissingFields(of kind: FactKind, in fields: YAMLFields) {
    for group in MappingKeys.required(kind) where !group.contains(where: { fields[$0] != nil }) {
      let names = group.map { "\"\($0)\"" }.joined(separator: " or ")
      findings.report(
        code: "mapping.missing-field",
        "a record of kind \"\(kind.rawValue)\" needs \(names).",
        at: fields.position,
        remedy: "Add \(names) with the name of its column."
      )
    }
  }

  private func conditions(_ value: YAMLValue) -> [Condition] {
    (value.pairs() ?? []).compactMap { column, value in
      test(value).map {
        Condition(ColumnReference(column.value, spot: spot(column.position)), $0)
      }
    }
  }

  private func test(_ value: YAMLValue) -> Condition.Test? {
    if case .mapping = value.node.content {
      guard let fields = value.fields(["not"]), let negated = fields.required("not") else {
        return nil
      }
      return switch plainTest(negated) {
      case .absent: .present
      case .present: .absent
      case .oneOf(let values): .noneOf(values)
      case .noneOf(let values): .oneOf(values)
      case nil: nil
      }
    }
    return plainTest(value)
  }

  /// A word, a value or a list of values.
  private func plainTest(_ value: YAMLValue) -> Condition.Test? {
    if let scalar = value.node.scalar, !scalar.isQuoted {
      if scalar.text == "present" { return .present }
      if scalar.text == "absent" { return .absent }
    }
    let items = filled(value.oneOrMore(), of: value)
    let texts = items.compactMap { $0.text()?.value }
    return texts.isEmpty ? nil : .oneOf(texts)
  }
}
