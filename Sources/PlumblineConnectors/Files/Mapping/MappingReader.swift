import Crypto
public import PlumblineCore
import PlumblineYAML

/// Reads a mapping file.
public struct MappingReader {
  let findings: YAMLFindings

  /// The mapping in a file's bytes, and everything to say about them.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes; their SHA-256 becomes `Mapping.canonicalHash`.
  ///   - file: The file's path as the user gave it, for messages.
  /// - Returns: The mapping, nil exactly when one of the diagnostics is an error; and all
  ///   diagnostics in the order of the file.
  public static func read(
    _ bytes: some Collection<UInt8>,
    file: String
  ) -> (mapping: Mapping?, diagnostics: [Diagnostic]) {
    let findings = YAMLFindings(file: file, codePrefix: "mapping")
    guard let root = YAMLReader.read(bytes, findings: findings),
      var mapping = MappingReader(findings: findings).mapping(
        YAMLValue(root, name: "the mapping", findings: findings)
      ),
      !findings.hasErrors
    else { return (nil, findings.diagnostics) }
    mapping.canonicalHash = SHA256.hash(data: Array(bytes)).hexadecimal
    return (mapping, findings.diagnostics)
  }

  /// The mapping in a text, see `read(_:file:)`.
  public static func read(
    text: String,
    file: String
  ) -> (mapping: Mapping?, diagnostics: [Diagnostic]) {
    read(Array(text.utf8), file: file)
  }

  private func mapping(_ value: YAMLValue) -> Mapping? {
    if case .mapping(let entries) = value.node.content,
      let format = entries.first(where: { $0.key == "mapping" }),
      let text = format.value.scalar?.text, !format.value.isNull, text != "1"
    {
      findings.report(
        code: "mapping.format",
        "the mapping has format \"\(text.shownInMessage)\"; this version reads format 1.",
        at: format.value.position,
        remedy: "Write \"mapping: 1\", or use a newer version."
      )
      return nil
    }
    guard let fields = value.fields(MappingKeys.top) else { return nil }
    _ = fields.required("mapping")?.integer(in: 1...1)
    let source = fields.required("source")?.filledText()?.value
    let files = fields.required("files").map { filled($0.items(), of: $0).compactMap(file) }
    return Mapping(
      source: source ?? "",
      zoneName: fields["time_zone"].flatMap(zone) ?? "UTC",
      currency: fields["currency"].flatMap { currency($0)?.value },
      dateOrder: fields["date_order"]?.word(Mapping.DateOrder.self)?.value,
      decimal: fields["decimal"]?.word(Mapping.DecimalMark.self)?.value,
      missing: fields["missing"]?.texts()?.map(\.value) ?? [],
      renames: fields["values"].map(domainRenames) ?? [:],
      files: files ?? []
    )
  }

  private func file(_ value: YAMLValue) -> FileMapping? {
    guard let fields = value.fields(MappingKeys.file) else { return nil }
    let patterns = fields.required("file").map { value in
      filled(value.oneOrMore(), of: value).compactMap(pattern)
    }
    let records = fields.required("records").map { filled($0.items(), of: $0).compactMap(record) }
    return FileMapping(
      patterns: patterns ?? [],
      delimiter: fields["delimiter"].flatMap(delimiter),
      encoding: fields["encoding"]?.word(Mapping.Encoding.self)?.value,
      headerLine: fields["header_line"]?.integer(in: 1...1000)?.value,
      isOptional: fields["optional"]?.flag()?.value ?? false,
      dateOrder: fields["date_order"]?.word(Mapping.DateOrder.self)?.value,
      decimal: fields["decimal"]?.word(Mapping.DecimalMark.self)?.value,
      records: records ?? [],
      spot: spot(value.position)
    )
  }

  /// The parts of a list, with a finding when there are none.
  func filled(_ items: [YAMLValue]?, of value: YAMLValue) -> [YAMLValue] {
    if items?.isEmpty == true {
      value.report("no-value", "\(value.name) must not be empty.")
    }
    return items ?? []
  }

  /// A pattern of file names.
  func pattern(_ value: YAMLValue) -> FilePattern? {
    guard let text = value.filledText() else { return nil }
    guard !text.value.contains("/"), !text.value.contains("\\") else {
      value.report(
        "file-pattern",
        "\(value.name) must be a file's name without its folder, not "
          + "\"\(text.value.shownInMessage)\".",
        remedy: "Leave out the folder."
      )
      return nil
    }
    return FilePattern(text.value, spot: spot(text.position))
  }

  /// A code of three capital letters.
  func currency(_ value: YAMLValue) -> Positioned<String>? {
    guard let text = value.text() else { return nil }
    guard CurrencyCode.isValid(text.value) else {
      value.report(
        "currency",
        "the currency must be three capital letters, not \"\(text.value.shownInMessage)\".",
        remedy: CurrencyCode.nearest(to: text.value).map { "Write \($0)." }
          ?? "Write the ISO 4217 code, such as EUR or USD."
      )
      return nil
    }
    return text
  }

  /// Where a position is, for messages.
  func spot(_ position: YAMLPosition) -> MappingSpot {
    MappingSpot(findings.location(position))
  }

  private func zone(_ value: YAMLValue) -> String? {
    guard let text = value.text() else { return nil }
    guard ZoneName.isValid(text.value) else {
      value.report(
        "time-zone",
        "there is no time zone \"\(text.value.shownInMessage)\".",
        remedy: ZoneName.nearest(to: text.value).map { "Did you mean \"\($0)\"?" }
          ?? "Write a name such as Europe/Berlin or UTC."
      )
      return nil
    }
    return text.value
  }

  private func delimiter(_ value: YAMLValue) -> UInt8? {
    guard let text = value.text() else { return nil }
    let bytes = Array((text.value == "tab" ? "\t" : text.value).utf8)
    guard bytes.count == 1, let byte = bytes.first, byte == 9 || (0x20...0x7E).contains(byte),
      byte != UInt8(ascii: "\""), !isLetterOrDigit(byte)
    else {
      value.report(
        "delimiter",
        "\(value.name) must be one sign such as \",\" or \";\", or the word tab, not "
          + "\"\(text.value.shownInMessage)\"."
      )
      return nil
    }
    return byte
  }

  private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    Unicode.Scalar(byte).properties.isAlphabetic
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private func domainRenames(_ value: YAMLValue) -> [TextDomain: ValueRenames] {
    guard let fields = value.fields(MappingKeys.domains.map(\.rawValue)) else { return [:] }
    var renames: [TextDomain: ValueRenames] = [:]
    for domain in MappingKeys.domains {
      if let value = fields[domain.rawValue] { renames[domain] = self.renames(value) }
    }
    return renames.filter { !$0.value.isEmpty }
  }

  /// Renames of values.
  func renames(_ value: YAMLValue) -> ValueRenames {
    var first: [String: YAMLPosition] = [:]
    var entries: [ValueRenames.Entry] = []
    for (from, value) in value.pairs() ?? [] {
      guard let to = value.text()?.value else { continue }
      if let position = first.updateValue(from.position, forKey: ValueRenames.trimmed(from.value)) {
        findings.report(
          code: "mapping.duplicate-value",
          "the value \"\(from.value.shownInMessage)\" is renamed twice, first in line "
            + "\(position.line).",
          at: from.position,
          remedy: "Keep one of the two; blanks at the ends do not matter."
        )
      }
      entries.append(ValueRenames.Entry(from.value, to: to))
    }
    return ValueRenames(entries)
  }
}
