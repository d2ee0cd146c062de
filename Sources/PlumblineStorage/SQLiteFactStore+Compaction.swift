import GRDB
import PlumblineCore

extension SQLiteFactStore {
  /// From how many small chunks of one kind on an import joins them.
  static let mostSmallChunks = 64

  /// Joins small chunks of the same kind that follow one another into full ones.
  ///
  /// Which import, file and line each fact came from stays on record. All of it happens or nothing;
  /// readers see the store as it was before or as it is after.
  ///
  /// - Parameter progress: Told how many chunks were read so far, of how many.
  /// - Throws: `InputError` with code `store.damaged`, or what else SQLite reports.
  public func compact(progress: (_ done: Int, _ all: Int) -> Void = { _, _ in }) throws {
    let joined = try write { database in
      do {
        let contents = try ImportRow.newest(database).contents
        let runs = try FactKind.allCases.flatMap { kind in
          Self.runs(
            try ChunkRow.places(database, of: kind, holding: contents.facts[kind] ?? 0)
          )
        }
        let all = runs.reduce(0) { $0 + $1.count }
        var done = 0
        for run in runs {
          try Self.join(run, database) {
            done += 1
            progress(done, all)
          }
        }
        return done
      } catch let damage as DamagedChunk {
        throw damage.error(try ImportRow.all(database).map(\.record))
      }
    }
    if joined > 0 { try truncateLog() }
  }

  /// Whether some kind has so many small chunks that reading them one by one costs.
  func hasManySmallChunks() throws -> Bool {
    try read { database in
      try Int.fetchOne(
        database,
        sql: "SELECT 1 FROM chunk WHERE row_count < ? GROUP BY kind HAVING count(*) > ? LIMIT 1",
        arguments: [ChunkAppender.fewestRows, Self.mostSmallChunks]
      ) != nil
    }
  }

  /// Small chunks that follow one another, where joining them makes fewer of them.
  private static func runs(_ places: [ChunkRow.Place]) -> [[ChunkRow.Place]] {
    let runs = places.split { $0.rowCount >= ChunkAppender.fewestRows }.map(Array.init)
    return runs.filter { run in
      let rowCount = run.reduce(0) { $0 + $1.rowCount }
      return (rowCount + ChunkCoding.mostRows - 1) / ChunkCoding.mostRows < run.count
    }
  }

  /// Writes the facts of some chunks into fewer, which take the numbers of the first.
  private static func join(
    _ run: [ChunkRow.Place],
    _ database: Database,
    _ note: () -> Void
  ) throws {
    guard let kind = run.first?.kind else { return }
    var (table, imports): (FactTable, [Int64]) = (FactTable(kind), [])
    var ids = run.map(\.id)[...]
    func put(_ count: Int) throws {
      guard count > 0, let id = ids.popFirst() else { return }
      try ChunkRow(table.slice(0..<count), imports: Array(imports[0..<count]))
        .insert(database, id: id)
      table = table.slice(count..<table.rowCount)
      imports.removeFirst(count)
    }
    for place in run {
      let (payload, checksum) = try ChunkRow.payload(database, place)
      try ChunkRow.reading(payload, checksum, place) { reader in
        table.append(contentsOf: try reader.table())
        imports +=
          try reader.rowImports()
          ?? Array(repeating: Int64(place.firstImport), count: place.rowCount)
      }
      // Its facts are held, so its number is free.
      try ChunkRow.delete(database, id: place.id)
      note()
      while table.rowCount >= ChunkCoding.mostRows { try put(ChunkCoding.mostRows) }
    }
    try put(table.rowCount)
  }
}
