import Foundation
import GRDB
public import PlumblineCore
import PlumblineStatistics

extension SQLiteFactStore {
  /// Calls `body` with each piece of the facts of some kinds, imports oldest first; see `FactStore`.
  ///
  /// Pieces of one import come kind by kind in the order of `FactKind.allCases`. A few chunks are
  /// unpacked at a time, on all processors; `body` is called by the caller's thread.
  ///
  /// - Parameters:
  ///   - kinds: The kinds wanted.
  ///   - sequence: The import after which to begin; 0 for all.
  ///   - last: The newest import that counts; all when nil.
  ///   - selection: Which facts are wanted; all when nil. Pieces without any are left out.
  ///   - body: What to do with a piece.
  /// - Throws: `InputError` with code `store.damaged`, or what SQLite or `body` throws.
  public func forEachChunk(
    of kinds: Set<FactKind>,
    after sequence: Int,
    through last: Int?,
    selecting selection: FactSelection?,
    _ body: (FactChunk) throws -> Void
  ) throws {
    try read { database in
      let contents = try ImportRow.newest(database).contents
      let pages = selection.map(SelectedPages.init)
      var places: [ChunkRow.Place] = []
      for kind in kinds {
        places += try ChunkRow.places(database, of: kind, holding: contents.facts[kind] ?? 0)
          .filter { $0.lastImport > sequence && $0.firstImport <= last ?? .max }
          .filter { pages?.mayBe(in: $0) ?? true }
      }
      var order = PieceOrder(places)
      do {
        while let window = order.nextWindow() {
          let payloads = try window.map { try ChunkRow.payload(database, $0) }
          let results = ConcurrentMap.map(count: window.count) { index in
            Result {
              try ChunkRow.reading(payloads[index].0, payloads[index].1, window[index]) {
                try Self.pieces($0, window[index], selection)
              }
            }
          }
          for result in results {
            for piece in try result.get()
            where piece.sequence > sequence && piece.sequence <= last ?? .max {
              order.add(piece)
            }
          }
          while let piece = order.nextPiece() { try body(piece) }
        }
      } catch let damage as DamagedChunk {
        throw damage.error(try ImportRow.all(database).map(\.record))
      }
    }
  }

  /// A chunk's facts import by import.
  private static func pieces(
    _ reader: ChunkReader,
    _ place: ChunkRow.Place,
    _ selection: FactSelection?
  ) throws(Malformed) -> [FactChunk] {
    let table: FactTable
    var imports = try reader.rowImports()
    if let selection {
      guard let (found, rows) = try reader.table(selecting: selection) else { return [] }
      table = found
      if let rows, let all = imports { imports = rows.map { all[$0] } }
    } else {
      table = try reader.table()
    }
    guard let imports else { return [FactChunk(sequence: place.firstImport, table: table)] }
    var pieces: [FactChunk] = []
    var start = 0
    while start < imports.count {
      let sequence = imports[start]
      guard (place.firstImport...max(place.firstImport, place.lastImport)).contains(Int(sequence)),
        pieces.last.map({ $0.sequence < Int(sequence) }) ?? true
      else { throw Malformed() }
      let end = imports[start...].firstIndex { $0 != sequence } ?? imports.count
      pieces.append(FactChunk(sequence: Int(sequence), table: table.slice(start..<end)))
      start = end
    }
    return pieces
  }

  /// Calls `body` with each import after a sequence, oldest first, with its facts.
  ///
  /// - Parameters:
  ///   - sequence: The import after which to begin; 0 for all.
  ///   - body: What to do with an import; the numbering of texts is the store's, and not indexed.
  /// - Throws: `InputError` with code `store.damaged`, or what SQLite or `body` throws.
  public func forEachBatch(
    after sequence: Int,
    _ body: (ImportRecord, FactBatch) throws -> Void
  ) throws {
    try read { _ in
      var records = try imports().filter { $0.sequence > sequence }[...]
      guard let newest = records.last?.sequence else { return }
      var batch = FactBatch()
      batch.texts = try texts(Set(TextDomain.allCases), isIndexed: false)
      let empty = batch
      func finish(before next: Int) throws {
        while let record = records.first, record.sequence < next {
          try body(record, batch)
          batch = empty
          records.removeFirst()
        }
      }
      try forEachChunk(
        of: Set(FactKind.allCases),
        after: sequence,
        through: newest,
        selecting: nil
      ) { chunk in
        try finish(before: chunk.sequence)
        if batch[chunk.table.kind].rowCount == 0 {
          batch[chunk.table.kind] = chunk.table
        } else {
          batch[chunk.table.kind].append(contentsOf: chunk.table)
        }
      }
      try finish(before: newest + 1)
    }
  }

  /// The facts that name a lead by its id, with the import each came from, oldest first.
  ///
  /// The batches have a numbering of their own, of the texts that they use.
  ///
  /// - Parameter id: The lead's id as a source wrote it.
  /// - Returns: The imports that name the lead, each with the facts that do.
  /// - Throws: `InputError` with code `store.damaged`, or what else SQLite reports.
  /// - Complexity: O(facts), but of most only the column of leads is read.
  public func history(ofLead id: String) throws -> [(ImportRecord, FactBatch)] {
    try read { database in
      let leads = try texts([.lead], isIndexed: false)[.lead]
      guard let code = leads.code(of: id), code != TextDictionary.missing else { return [] }
      var selection = FactSelection()
      selection.leads.insert(Int64(code))
      let kinds = FactKind.allCases.filter { kind in
        kind.schema.columns.contains { $0.content == .text(.lead) }
      }
      var chunks: [FactChunk] = []
      try forEachChunk(of: Set(kinds), after: 0, through: nil, selecting: selection) {
        chunks.append($0)
      }
      let records = try imports()
      var history: [(ImportRecord, FactBatch)] = []
      for (sequence, tables) in try recoded(chunks, database) {
        guard let record = records.first(where: { $0.sequence == sequence }) else {
          throw StoreDamage.error("import \(sequence) has facts and no record.")
        }
        history.append((record, tables))
      }
      return history
    }
  }

  /// One batch an import, each with the texts that it uses.
  private func recoded(
    _ chunks: [FactChunk],
    _ database: Database
  ) throws -> [(Int, FactBatch)] {
    var used: [TextDomain: Set<Int64>] = [:]
    for chunk in chunks {
      for (index, column) in chunk.table.kind.schema.columns.enumerated() {
        guard case .text(let domain) = column.content else { continue }
        used[domain, default: []].formUnion(chunk.table.columns[index])
      }
    }
    var words: [TextDomain: [Int64: String]] = [:]
    for (domain, codes) in used {
      words[domain] = try TextSegments.texts(of: codes, domain, database)
    }
    var batches: [(Int, FactBatch)] = []
    for chunk in chunks {
      if batches.last?.0 != chunk.sequence { batches.append((chunk.sequence, FactBatch())) }
      let last = batches.count - 1
      var columns = chunk.table.columns
      for (index, column) in chunk.table.kind.schema.columns.enumerated() {
        guard case .text(let domain) = column.content else { continue }
        columns[index] = columns[index].map { code in
          Int64(batches[last].1.texts[domain].intern(words[domain]?[code] ?? ""))
        }
      }
      batches[last].1[chunk.table.kind].append(
        contentsOf: FactTable(
          chunk.table.kind,
          columns: columns,
          files: chunk.table.files,
          lines: chunk.table.lines
        )
      )
    }
    return batches
  }
}
