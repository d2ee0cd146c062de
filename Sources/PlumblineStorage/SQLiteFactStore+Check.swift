import GRDB
public import PlumblineCore

extension SQLiteFactStore {
  /// Reads everything and says what is damaged: SQLite's own pages, every chunk, every text.
  ///
  /// - Returns: A finding for each fault; none when the store is whole.
  /// - Throws: What SQLite reports and is not damage, such as a file that may not be read.
  /// - Complexity: O(facts + texts).
  public func check() throws -> [Diagnostic] {
    do {
      return try read { try findings($0) }
    } catch let error as InputError {
      return error.diagnostics
    }
  }

  /// Compares the checksum of every chunk and every text, in constant memory.
  ///
  /// Less than `check()`: what a checksum covers is not read. A store of an older schema, which keeps
  /// its checksums otherwise, is let pass.
  ///
  /// - Throws: `InputError` with code `store.damaged`, or what SQLite reports.
  static func compareChecksums(_ database: Database) throws {
    guard try Migrations.migrator.hasCompletedMigrations(database) else { return }
    try StoreDamage.naming {
      let rows = try ImportRow.all(database)
      let contents = rows.last?.contents ?? ImportContents()
      for kind in FactKind.allCases {
        for place in try ChunkRow.places(database, of: kind, holding: contents.facts[kind] ?? 0) {
          do {
            let (payload, checksum) = try ChunkRow.payload(database, place)
            try ChunkRow.reading(payload, checksum, place) { _ in }
          } catch let damage as DamagedChunk {
            throw damage.error(rows.map(\.record))
          }
        }
      }
      try TextSegments.compareChecksums(database)
    }
  }

  private func findings(_ database: Database) throws -> [Diagnostic] {
    var findings = try String.fetchAll(database, sql: "PRAGMA quick_check").filter { $0 != "ok" }
      .map { StoreDamage.finding("SQLite says: \($0).") }
    var records: [ImportRecord] = []
    var contents = ImportContents()
    try noting(&findings) {
      let rows = try ImportRow.all(database)
      records = rows.map(\.record)
      contents = rows.last?.contents ?? contents
      for (index, row) in rows.enumerated() where row.record.sequence != index + 1 {
        throw StoreDamage.error("import \(index + 1) is missing.")
      }
    }
    var counts: [TextDomain: Int] = [:]
    for domain in TextDomain.allCases {
      try noting(&findings) {
        let texts = try TextSegments.read(database, [domain], atLeast: contents.texts)
        counts[domain] = texts[domain].count
      }
    }
    for kind in FactKind.allCases {
      var places: [ChunkRow.Place] = []
      try noting(&findings) {
        places = try ChunkRow.places(database, of: kind, holding: contents.facts[kind] ?? 0)
      }
      for place in places {
        var damaged: [Diagnostic] = []
        try noting(&damaged) {
          do {
            let (payload, checksum) = try ChunkRow.payload(database, place)
            try ChunkRow.reading(payload, checksum, place) {
              try Self.check($0, place, counts)
            }
          } catch let damage as DamagedChunk {
            throw damage.error(records)
          }
        }
        findings += damaged
      }
    }
    let names = FactKind.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    for name in try String.fetchAll(
      database,
      sql: "SELECT DISTINCT kind FROM chunk WHERE kind NOT IN (\(names)) ORDER BY kind"
    ) { findings.append(StoreDamage.finding("there is no kind of fact \(name).")) }
    return findings
  }

  /// Calls `body` and notes the damage that it meets.
  private func noting(_ findings: inout [Diagnostic], _ body: () throws -> Void) throws {
    do {
      try StoreDamage.naming(body)
    } catch let error as InputError {
      findings += error.diagnostics
    }
  }

  /// Checks what a checksum does not: imports in order, codes that have a text.
  private static func check(
    _ reader: ChunkReader,
    _ place: ChunkRow.Place,
    _ counts: [TextDomain: Int]
  ) throws {
    let table = try reader.table()
    if let imports = try reader.rowImports() {
      guard imports.first == Int64(place.firstImport), imports.last == Int64(place.lastImport),
        zip(imports, imports.dropFirst()).allSatisfy({ $0 <= $1 })
      else { throw ChunkRow.damage(place, "holds facts of other imports") }
    }
    if place.hasCodes, place.codes != ChunkCodes(table) {
      throw ChunkRow.damage(place, "is listed with other leads and ids than it names")
    }
    for (index, column) in table.kind.schema.columns.enumerated() {
      guard case .text(let domain) = column.content, let count = counts[domain] else { continue }
      guard table.columns[index].allSatisfy({ $0 >= 0 && $0 < Int64(count) }) else {
        throw ChunkRow.damage(
          place,
          "names texts of the domain \(domain.rawValue) that are missing"
        )
      }
    }
  }
}
