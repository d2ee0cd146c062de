import PlumblineCore
public import PlumblineYAML

extension MappingReader {
  /// Tries the reader on damaged mappings.
  ///
  /// - Parameters:
  ///   - iterations: How many damaged files to try.
  ///   - seed: The same seed tries the same files.
  /// - Returns: What came of it; `FuzzTally.failures` is empty when the reader kept its promises.
  public static func fuzz(iterations: Int, seed: UInt64) -> FuzzTally {
    let keys =
      MappingKeys.top + MappingKeys.file + MappingKeys.record + MappingKeys.field
      + MappingKeys.join + FactKind.allCases.flatMap { MappingKeys.fields(of: $0) }
    let words =
      keys.map { $0 + ": " } + FactKind.allCases.map(\.rawValue)
      + ["present", "absent", "{not: [x]}", "day_first", "comma", "tab", "1000", "2026-01-01"]
    return FuzzTally(
      iterations: iterations,
      seed: seed,
      originals: [fuzzExample],
      words: words
    ) { bytes, file in
      let (mapping, diagnostics) = read(bytes, file: file)
      guard let mapping else { return (false, diagnostics, nil) }
      // What was read must also be written so that it reads back the same.
      let written = MappingWriter.yaml(mapping)
      let isSame = read(text: written, file: file).mapping == mapping
      return (true, diagnostics, isSame ? nil : "written, the mapping reads back differently")
    }
  }

  /// A mapping with every key, to be damaged.
  private static let fuzzExample = """
    mapping: 1
    source: crm
    time_zone: Europe/Berlin
    currency: USD
    date_order: month_first
    decimal: point
    missing: ["", Select]
    values:
      channel: {google: Google Ads, Google: Search, fb: Meta}
    files:
      - file: ["contacts*.csv", leads?.csv]
        delimiter: ";"
        encoding: windows-1252
        header_line: 2
        optional: true
        records:
          - kind: lead
            when: {Status: [Done, Pending], Closed: present, Test: {not: [x]}, Gone: absent}
            id: Contact ID
            also_known_as: [Email, {column: Phone}]
            created: {column: Create Date, date_order: day_first, precision: day}
            channel: {column: Lead Source, values: {Organic: Search}, missing: "(none)"}
            owner: {columns: [Owner, Contact owner]}
            segment: {constant: SMB}
          - {kind: deal, id: Deal ID, amount: {column: Amount, scale: 1000, decimal: comma},
             lead: {column: Contacts, separator: ";",
                    through: {file: contacts.csv, key: Email, value: Contact ID}}}
      - file: activities.csv
        records:
          - {kind: activity, lead: Lead, type: Kind, at: When}

    """
}
