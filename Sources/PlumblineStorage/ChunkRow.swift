import Foundation
import GRDB
import PlumblineCore

/// The row of a chunk.
struct ChunkRow: Sendable {
  /// What a chunk holds, as the list of chunks says.
  struct Place: Hashable, Sendable {
    var id: Int64
    var kind: FactKind
    var firstImport: Int
    var lastImport: Int
    var rowCount: Int
    /// Which codes its facts name; nil where nobody knows.
    var codes: ChunkCodes?
    /// Whether somebody said which codes its facts name, be it damaged since.
    var hasCodes = false
  }

  let kind: FactKind
  let firstImport: Int
  let lastImport: Int
  let rowCount: Int
  let payload: [UInt8]
  private let codes: ChunkCodes?

  /// A chunk of facts of one import.
  init(_ table: FactTable, in sequence: Int) {
    kind = table.kind
    (firstImport, lastImport) = (sequence, sequence)
    rowCount = table.rowCount
    payload = ChunkCoding.encode(table)
    codes = ChunkCodes(table)
  }

  /// A chunk of facts of several imports, oldest first.
  init(_ table: FactTable, imports: [Int64]) {
    kind = table.kind
    firstImport = Int(imports.first ?? 0)
    lastImport = Int(imports.last ?? 0)
    rowCount = table.rowCount
    payload = ChunkCoding.encode(table, imports: firstImport == lastImport ? nil : imports)
    codes = ChunkCodes(table)
  }

  /// Stores the chunk behind all others, or under a number that is free.
  func insert(_ database: Database, id: Int64? = nil) throws {
    let place = try insertFacts(database, id: id)
    try codes?.insert(database, of: place)
  }

  /// Forgets a chunk.
  static func delete(_ database: Database, id: Int64) throws {
    try database.execute(sql: "DELETE FROM chunk WHERE id = ?", arguments: [id])
    try database.execute(sql: "DELETE FROM chunk_codes WHERE id = ?", arguments: [id])
  }

  /// Stores the chunk, but not which codes it names.
  @discardableResult
  func insertFacts(_ database: Database, id: Int64? = nil) throws -> Place {
    let id = try id ?? ((Int64.fetchOne(database, sql: "SELECT max(id) FROM chunk") ?? 0) + 1)
    let place = Place(
      id: id,
      kind: kind,
      firstImport: firstImport,
      lastImport: lastImport,
      rowCount: rowCount
    )
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO chunk (id, kind, first_import, last_import, row_count, payload, checksum)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    )
    let checksum = Int64(bitPattern: Checksum.of(payload, seed: Self.seed(place)))
    try statement.execute(
      arguments: [
        id, kind.rawValue, firstImport, lastImport, rowCount, Data(payload), checksum,
      ]
    )
    return place
  }

  /// What a chunk's bytes belong to: another chunk's bytes in its place are noticed.
  static func seed(_ place: Place) -> UInt64 {
    Checksum.seed(
      place.kind.rawValue,
      Int(place.id),
      place.firstImport,
      place.lastImport,
      place.rowCount
    )
  }

  /// The chunks of a kind in the order of storage.
  ///
  /// - Parameters:
  ///   - database: Where to read.
  ///   - kind: The kind.
  ///   - count: How many facts there have to be.
  /// - Returns: The places, by the numbers of the chunks.
  /// - Throws: `InputError` with code `store.damaged`, or what SQLite reports.
  static func places(
    _ database: Database,
    of kind: FactKind,
    holding count: Int
  ) throws -> [Place] {
    let places = try Row.fetchAll(
      database,
      sql: """
        SELECT chunk.id, first_import, last_import, row_count, leads, ids,
          chunk_codes.checksum AS codes_checksum
        FROM chunk LEFT JOIN chunk_codes ON chunk_codes.id = chunk.id WHERE kind = ?
        """,
      arguments: [kind.rawValue]
    ).map { row in
      var place = Place(
        id: try row.integer("id"),
        kind: kind,
        firstImport: Int(try row.integer("first_import")),
        lastImport: Int(try row.integer("last_import")),
        rowCount: Int(try row.integer("row_count"))
      )
      place.codes = ChunkCodes(row, of: place)
      place.hasCodes = !(row["codes_checksum"] as DatabaseValue).isNull
      return place
    }.sorted { $0.id < $1.id }
    let found = places.reduce(0) { $0 &+ $1.rowCount }
    guard found == count else {
      throw StoreDamage.error(
        "it has to hold \(count) facts of the kind \(kind.rawValue) and holds \(found)."
      )
    }
    return places
  }

  /// The bytes of a chunk and the checksum they should have.
  static func payload(_ database: Database, _ place: Place) throws -> (Data, Int64) {
    let statement = try database.cachedStatement(
      sql: "SELECT payload, checksum FROM chunk WHERE id = ?"
    )
    guard let row = try Row.fetchOne(statement, arguments: [place.id]) else {
      throw damage(place, "is not there")
    }
    return (try row.blob("payload"), try row.integer("checksum"))
  }

  /// Calls `body` with a reader of a chunk's bytes if they are whole.
  ///
  /// - Throws: `InputError` with code `store.damaged`.
  static func reading<Value>(
    _ payload: Data,
    _ expected: Int64,
    _ place: Place,
    _ body: (ChunkReader) throws -> Value
  ) throws -> Value {
    try payload.withUnsafeBytes { bytes in
      guard Int64(bitPattern: Checksum.of(bytes, seed: seed(place))) == expected else {
        throw damage(place, "does not match its checksum")
      }
      do {
        let reader = try ChunkReader(bytes, place.kind)
        guard reader.rowCount == place.rowCount else { throw Malformed() }
        return try body(reader)
      } catch is Malformed {
        throw damage(place, "cannot be read")
      }
    }
  }

  /// Damage of one chunk; `fault` begins with a verb.
  static func damage(_ place: Place, _ fault: String) -> DamagedChunk {
    DamagedChunk(place: place, fault: fault)
  }
}

/// A chunk is damaged; told with its files' names before anybody sees it.
struct DamagedChunk: Error {
  let place: ChunkRow.Place
  let fault: String

  /// The damage in words.
  ///
  /// - Parameter records: All imports.
  /// - Returns: An error with one finding.
  func error(_ records: [ImportRecord]) -> InputError { InputError([finding(records)]) }

  func finding(_ records: [ImportRecord]) -> Diagnostic {
    let range = place.firstImport...max(place.firstImport, place.lastImport)
    let imports =
      range.count == 1
      ? "import \(range.lowerBound)" : "imports \(range.lowerBound) to \(range.upperBound)"
    var names: [String] = []
    for record in records where range.contains(record.sequence) {
      for file in record.files where !names.contains(file.name) { names.append(file.name) }
    }
    let shown = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", …" : "")
    let files = names.isEmpty ? "" : "; files: \(shown)"
    return StoreDamage.finding(
      "chunk \(place.id) (\(place.kind.rawValue), \(imports)\(files)) \(fault)."
    )
  }
}
