import Foundation
import GRDB
public import PlumblineCore

extension SQLiteFactStore {
  /// Stores an import piece by piece, all of it or nothing; see `FactStore`.
  ///
  /// - Parameters:
  ///   - newest: The newest import that the facts were compared with, 0 for none.
  ///   - body: Gives pieces to the function it is called with; returns the numbering of texts and
  ///     what the import was. While it runs the store may be read, as it was before.
  /// - Returns: The record with its sequence.
  /// - Throws: `InputError` with code `store.changed` when another import has come since, or what
  ///   SQLite or `body` throws.
  @discardableResult
  public func append(
    after newest: Int,
    _ body: (_ store: (FactTable) throws -> Void) throws -> (ImportRecord, TextDictionaries)
  ) throws -> ImportRecord {
    let (record, rowCount) = try write { database in
      let before = try ImportRow.newest(database)
      guard before.sequence == newest else { throw Self.changed }
      var appender = ChunkAppender(database, sequence: newest + 1)
      let (record, texts) = try body { try appender.add($0) }
      try appender.finish()
      let news = try Self.news(texts, after: before.contents.texts, database)
      return try finish(record, appender, news, after: before, database)
    }
    // The facts are stored; where there is no room or no time to tidy up, a later import does.
    try? tidy(after: rowCount)
    return record
  }

  /// Stores an import and its facts, all of it or nothing; see `FactStore`.
  ///
  /// - Parameters:
  ///   - batch: The facts, in a numbering of texts of its own.
  ///   - record: What the import was.
  ///   - newest: The newest import that the facts were compared with, 0 for none.
  /// - Returns: The record with its sequence.
  /// - Throws: `InputError` with code `store.changed` when another import has come since, or what
  ///   SQLite reports.
  /// - Complexity: O(facts + texts of the store in the domains that the facts use).
  @discardableResult
  public func append(
    _ batch: FactBatch,
    of record: ImportRecord,
    after newest: Int
  ) throws -> ImportRecord {
    let (record, rowCount) = try write { database in
      let before = try ImportRow.newest(database)
      guard before.sequence == newest else { throw Self.changed }
      let recoding = try UsedTextRecoding(
        FactKind.allCases.map { batch[$0] },
        batch.texts,
        database,
        before.contents.texts
      )
      var appender = ChunkAppender(database, sequence: newest + 1)
      for kind in FactKind.allCases where batch[kind].rowCount > 0 {
        var table = batch[kind]
        recoding.recode(&table)
        try appender.add(table)
      }
      try appender.finish()
      return try finish(record, appender, recoding.news, after: before, database)
    }
    // The facts are stored; where there is no room or no time to tidy up, a later import does.
    try? tidy(after: rowCount)
    return record
  }

  /// Gives the facts of a batch the store's numbering of texts, which what is new continues; texts
  /// that none of them uses are left out.
  ///
  /// - Parameters:
  ///   - batch: The facts, in a numbering of texts of its own.
  ///   - others: More facts in the batch's numbering.
  /// - Throws: `InputError` with code `store.damaged`, or what else SQLite reports.
  /// - Complexity: O(facts + texts of the store in the domains that the facts use).
  public func number(_ batch: inout FactBatch, _ others: inout FactTable) throws {
    let (recoding, texts) = try read { database in
      let counts = try ImportRow.newest(database).contents.texts
      let tables = FactKind.allCases.map { batch[$0] } + [others]
      let recoding = try UsedTextRecoding(tables, batch.texts, database, counts)
      return (recoding, try recoding.texts(database, counts))
    }
    batch.texts = texts
    for kind in FactKind.allCases where batch[kind].rowCount > 0 { recoding.recode(&batch[kind]) }
    recoding.recode(&others)
  }

  private static var changed: InputError {
    InputError(
      code: "store.changed",
      "another import was stored while this one was read.",
      remedy: "Run the import again."
    )
  }

  /// What a numbering adds to the store's.
  ///
  /// - Throws: `ForeignNumbering` when it does not continue it.
  private static func news(
    _ texts: TextDictionaries,
    after counts: TextCounts,
    _ database: Database
  ) throws -> [TextNews] {
    try TextDomain.allCases.compactMap { domain in
      let known = counts[domain]
      if let late = texts.lateTexts(of: domain), late.storedCount == known {
        // What stands before them was read from this store.
        return TextNews(domain: domain, dictionary: late.news, start: 1, firstCode: known)
      }
      let dictionary = texts[domain]
      // A dictionary that nobody asked for is empty; any other begins with what is stored.
      guard dictionary.count > 1 else { return nil }
      if known > 1 {
        let last = Int64(known - 1)
        guard dictionary.count >= known,
          try TextSegments.texts(of: [last], domain, database)[last] == dictionary[UInt32(last)]
        else { throw ForeignNumbering(domain: domain) }
      }
      return TextNews(domain: domain, dictionary: dictionary, start: known, firstCode: known)
    }
  }

  /// Stores the texts and the record.
  private func finish(
    _ record: ImportRecord,
    _ appender: ChunkAppender,
    _ news: [TextNews],
    after before: (sequence: Int, contents: ImportContents),
    _ database: Database
  ) throws -> (ImportRecord, Int) {
    var contents = before.contents
    for (kind, count) in appender.counts { contents.facts[kind, default: 0] += count }
    for texts in news {
      contents.texts[texts.domain] = texts.firstCode + texts.dictionary.count - texts.start
      try TextSegments.append(texts, database)
    }
    for (domain, greatest) in appender.greatestCodes {
      guard UInt64(bitPattern: greatest) < UInt64(contents.texts[domain]) else {
        throw ForeignNumbering(domain: domain)
      }
    }
    var record = record
    record.sequence = 0
    let encoded = try JSONEncoder().encode(record)
    record.sequence = before.sequence + 1
    try ImportRow(sequence: record.sequence, record: encoded, contents: contents)
      .insert(database, seenAt: record.seenAt)
    return (record, appender.counts.values.reduce(0, +))
  }

  /// Joins small chunks where there are many, and after a big import gives back the room of the
  /// log, which would otherwise stay as large as the import was.
  private func tidy(after rowCount: Int) throws {
    if try hasManySmallChunks() { try compact() }
    if rowCount >= ChunkCoding.mostRows { try truncateLog() }
  }

  /// Moves what is in the log into the file itself, unless somebody is reading it.
  func truncateLog() throws {
    guard let pool else { return }
    do {
      _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
      // Readers still need the log; a later import tries again.
    } catch let error as DatabaseError where error.resultCode == .SQLITE_LOCKED {
    }
  }
}

/// Facts were given in a numbering that does not continue the store's: a mistake of the caller.
struct ForeignNumbering: Error {
  let domain: TextDomain
}
