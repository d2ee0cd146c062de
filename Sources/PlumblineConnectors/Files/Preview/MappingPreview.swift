public import PlumblineCore

/// What a mapping does with the columns of files, for somebody to look through before importing.
public struct MappingPreview: Sendable {
  /// What a column is used for.
  public enum Use: Hashable, Sendable {
    /// It decides whether a row gives a fact of the kind.
    case condition(FactKind)
    /// It fills a field of a kind, named as mapping files write it.
    case field(FactKind, String)
  }

  /// A column of a file.
  public struct Column: Sendable {
    /// Its name.
    public let name: String
    /// A few different cells; cells that could name a person are cut to their first character.
    public let samples: [String]
    /// What it is used for, in the order of the mapping.
    public let uses: [Use]
  }

  /// A file.
  public struct Table: Sendable {
    /// Its name without its folder.
    public let name: String
    /// The parts of the mapping that are about it, by their positions in `Mapping.files`.
    public let parts: [Int]
    /// Its columns.
    public let columns: [Column]
  }

  /// The files, in the order given; those that cannot be read are left out.
  public let tables: [Table]

  /// Looks at the first rows of files.
  ///
  /// - Parameters:
  ///   - mapping: The mapping.
  ///   - paths: The files.
  /// - Complexity: O(columns): some hundred rows of each file.
  public init(_ mapping: Mapping, paths: [String]) {
    tables = paths.compactMap { path in
      guard let reader = try? TableReader(path: path) else { return nil }
      let name = fileName(ofPath: path)
      let parts = mapping.files.indices.filter { mapping.files[$0].matches(fileName: name) }
      return Table(
        name: name,
        parts: parts,
        columns: Self.columns(reader, parts.flatMap { mapping.files[$0].records })
      )
    }
  }

  /// How many rows show what a column holds.
  private static let surveyedRowCount = 400
  private static let sampleCount = 3

  private struct Enough: Error {}

  private static func columns(_ reader: TableReader, _ records: [RecordMapping]) -> [Column] {
    var evidence = reader.header.map { ColumnEvidence($0, isNameable: true) }
    var samples = [[String]](repeating: [], count: evidence.count)
    var rows = 0
    do {
      try reader.forEachRow { row in
        for column in evidence.indices {
          evidence[column].observe(row.bytes(column), line: row.line, file: 0)
          guard samples[column].count < sampleCount, !row.bytes(column).isEmpty else { continue }
          let text = row.string(column)
          if !samples[column].contains(text) { samples[column].append(text) }
        }
        rows += 1
        if rows >= surveyedRowCount { throw Enough() }
      }
    } catch {
      // Enough has been seen.
    }
    return evidence.indices.map { index in
      let uses = uses(of: reader.header[index], in: records)
      let mask = SampleMask(evidence[index], isAboutPeople: uses.contains(where: \.isAboutPeople))
      return Column(
        name: reader.header[index],
        samples: samples[index].map(mask.shown).reduce(into: []) { shown, sample in
          if !shown.contains(sample) { shown.append(sample) }
        },
        uses: uses
      )
    }
  }

  private static func uses(of column: String, in records: [RecordMapping]) -> [Use] {
    let wanted = HeaderName.normalized(column)
    func isMeant(_ reference: ColumnReference) -> Bool {
      HeaderName.normalized(reference.name) == wanted
    }
    return records.flatMap { record -> [Use] in
      let conditions = record.conditions.filter { isMeant($0.column) }
        .map { _ in Use.condition(record.kind) }
      let fields = (record.fields + record.alsoKnownAs)
        .filter { $0.columns.contains(where: isMeant) }
        .map { Use.field(record.kind, MappingKeys.fieldName(ofColumn: $0.column)) }
      return conditions + fields
    }
  }
}

extension MappingPreview.Use {
  /// Whether such cells name people of sales, or are words that somebody wrote.
  fileprivate var isAboutPeople: Bool {
    guard case .field(let kind, let field) = self else { return false }
    return kind == .owner || ["name", "note", "owner", "text"].contains(field)
  }
}
