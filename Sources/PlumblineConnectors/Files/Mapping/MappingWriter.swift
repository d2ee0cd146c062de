import PlumblineCore
import PlumblineYAML

/// Writes a mapping as a mapping file.
public enum MappingWriter {
  /// What a comment stands above; files and records are counted from 0.
  public enum Place: Hashable, Sendable {
    /// The whole file.
    case top
    /// An entry of `files`.
    case file(Int)
    /// An entry of a file's `records`.
    case record(file: Int, record: Int)
    /// A field of a record, named as mapping files write it.
    case field(file: Int, record: Int, field: String)
  }

  /// The mapping as YAML that reads back as an equal mapping.
  ///
  /// - Parameters:
  ///   - mapping: What to write.
  ///   - comments: Comments by place; one for a place that is not written is left out.
  /// - Returns: The text of the file.
  public static func yaml(_ mapping: Mapping, comments: [Place: String] = [:]) -> String {
    var writer = Writer(comments: comments)
    writer.write(mapping)
    return writer.lines.joined(separator: "\n") + "\n"
  }

  private struct Writer {
    let comments: [Place: String]
    var lines: [String] = []

    mutating func write(_ mapping: Mapping) {
      comment(.top, indent: 0)
      lines.append("mapping: 1")
      lines.append("source: \(YAMLText.scalar(mapping.source))")
      lines.append("time_zone: \(YAMLText.scalar(mapping.zoneName))")
      if let currency = mapping.currency { lines.append("currency: \(YAMLText.scalar(currency))") }
      if let order = mapping.dateOrder { lines.append("date_order: \(order.rawValue)") }
      if let decimal = mapping.decimal { lines.append("decimal: \(decimal.rawValue)") }
      if !mapping.missing.isEmpty { lines.append("missing: \(list(mapping.missing))") }
      let domains = MappingKeys.domains.filter { mapping.renames[$0]?.isEmpty == false }
      if !domains.isEmpty { lines.append("values:") }
      for domain in domains {
        lines.append("  \(domain.rawValue):")
        for entry in mapping.renames[domain]?.entries ?? [] {
          lines.append(YAMLText.entry(entry.from, YAMLText.scalar(entry.to), indent: 4))
        }
      }
      lines.append("files:")
      for (index, file) in mapping.files.enumerated() { write(file, index) }
    }

    mutating func write(_ file: FileMapping, _ index: Int) {
      comment(.file(index), indent: 2)
      let patterns = file.patterns.map(\.text)
      lines.append(
        "  - file: \(patterns.count == 1 ? YAMLText.quoted(patterns[0]) : list(patterns))"
      )
      if let delimiter = file.delimiter {
        let text = String(Character(Unicode.Scalar(delimiter)))
        lines.append("    delimiter: \(text == "\t" ? "tab" : YAMLText.quoted(text))")
      }
      if let encoding = file.encoding { lines.append("    encoding: \(encoding.rawValue)") }
      if let line = file.headerLine { lines.append("    header_line: \(line)") }
      if file.isOptional { lines.append("    optional: true") }
      if let order = file.dateOrder { lines.append("    date_order: \(order.rawValue)") }
      if let decimal = file.decimal { lines.append("    decimal: \(decimal.rawValue)") }
      lines.append("    records:")
      for (position, record) in file.records.enumerated() { write(record, index, position) }
    }

    mutating func write(_ record: RecordMapping, _ file: Int, _ index: Int) {
      comment(.record(file: file, record: index), indent: 6)
      lines.append("      - kind: \(record.kind.rawValue)")
      if !record.conditions.isEmpty {
        comment(.field(file: file, record: index, field: "when"), indent: 8)
        lines.append("        when:")
        for condition in record.conditions {
          lines.append(YAMLText.entry(condition.column.name, test(condition.test), indent: 10))
        }
      }
      for field in record.fields {
        let name = MappingKeys.fieldName(ofColumn: field.column)
        comment(.field(file: file, record: index, field: name), indent: 8)
        lines.append("        \(name): \(source(field))")
      }
      if !record.alsoKnownAs.isEmpty {
        let name = MappingKeys.alsoKnownAs
        comment(.field(file: file, record: index, field: name), indent: 8)
        lines.append("        \(name): [\(record.alsoKnownAs.map(source).joined(separator: ", "))]")
      }
    }

    mutating func comment(_ place: Place, indent: Int) {
      guard let text = comments[place] else { return }
      lines += YAMLText.comment(text, indent: indent)
    }

    func source(_ field: FieldMapping) -> String {
      var parts: [String] = []
      switch field.source {
      case .constant(let text): parts.append("constant: \(YAMLText.scalar(text))")
      case .columns(let columns) where columns.count == 1:
        parts.append("column: \(YAMLText.scalar(columns[0].name))")
      case .columns(let columns): parts.append("columns: \(list(columns.map(\.name)))")
      }
      if let join = field.join {
        parts.append(
          "through: {file: \(YAMLText.quoted(join.file.text)), "
            + "key: \(YAMLText.scalar(join.key.name)), value: \(YAMLText.scalar(join.value.name))}"
        )
      }
      if let separator = field.separator {
        parts.append("separator: \(YAMLText.quoted(separator))")
      }
      if !field.renames.isEmpty {
        let pairs = field.renames.entries.map { flowEntry($0.from, YAMLText.scalar($0.to)) }
        parts.append("values: {\(pairs.joined(separator: ", "))}")
      }
      if let missing = field.valueWhenMissing {
        parts.append("missing: \(YAMLText.scalar(missing))")
      }
      if let order = field.dateOrder { parts.append("date_order: \(order.rawValue)") }
      if let precision = field.precision { parts.append("precision: \(precision.rawValue)") }
      if let decimal = field.decimal { parts.append("decimal: \(decimal.rawValue)") }
      if let scale = field.scale { parts.append("scale: \(scale)") }
      if parts.count == 1, case .columns(let columns) = field.source, columns.count == 1 {
        return YAMLText.scalar(columns[0].name)
      }
      return "{\(parts.joined(separator: ", "))}"
    }

    func test(_ test: Condition.Test) -> String {
      switch test {
      case .absent: "absent"
      case .present: "present"
      case .oneOf(let values) where values.count == 1: YAMLText.quoted(values[0])
      case .oneOf(let values): list(values)
      case .noneOf(let values): "{not: \(list(values))}"
      }
    }

    func list(_ texts: [String]) -> String {
      "[\(texts.map(YAMLText.scalar).joined(separator: ", "))]"
    }

    /// A key and a value inside braces; a long key needs the explicit form, see `YAMLText.entry`.
    func flowEntry(_ key: String, _ value: String) -> String {
      YAMLText.entry(key, value, indent: 0).split(separator: "\n").joined(separator: " ")
    }
  }
}
