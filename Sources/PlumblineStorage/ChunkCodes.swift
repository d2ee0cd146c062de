import Foundation
import GRDB
import PlumblineCore

/// Near which codes those lie that the facts of a chunk name, of kinds that name a lead.
///
/// Codes are told in pages of 256: facts of one time are mostly of leads of that time, so a chunk has
/// few pages, and one that has none of those asked for need not be read.
struct ChunkCodes: Hashable, Sendable {
  /// The pages of leads' codes, in whatever column, ascending.
  let leads: [Int64]
  /// The pages of the objects' own ids, ascending; none for kinds without.
  let ids: [Int64]

  /// The codes of facts; nil for kinds that name no lead, and for codes that no store has.
  init?(_ table: FactTable) {
    let schema = table.kind.schema.columns
    let columns = schema.indices.filter { schema[$0].content == .text(.lead) }
    let idColumn = FactSelection.idColumn(of: table.kind)
    guard !columns.isEmpty, let leads = Self.pages(columns.map { table.columns[$0] }),
      let ids = Self.pages(idColumn.map { [table.columns[$0]] } ?? [])
    else { return nil }
    (self.leads, self.ids) = (leads, ids)
  }

  /// The page of a code.
  static func page(of code: Int64) -> Int64 { code >> 8 }

  private static func pages(_ columns: [[Int64]]) -> [Int64]? {
    var pages = CodeSet()
    for column in columns {
      var last: Int64 = -1
      for code in column where page(of: code) != last {
        last = page(of: code)
        guard (0...Int64(PackedColumns.mostValues)).contains(code) else { return nil }
        pages.insert(last)
      }
    }
    return pages.sorted
  }

  /// What the row of a chunk says; nil where there is none, or one that does not match its checksum:
  /// such a chunk is read.
  init?(_ row: Row, of place: ChunkRow.Place) {
    guard let leads = Data.fromDatabaseValue(row["leads"]),
      let ids = Data.fromDatabaseValue(row["ids"]),
      let checksum = Int64.fromDatabaseValue(row["codes_checksum"]),
      checksum == Self.checksum(leads, ids, place),
      let leads = Self.unpacked(leads), let ids = Self.unpacked(ids)
    else { return nil }
    (self.leads, self.ids) = (leads, ids)
  }

  /// Stores which codes a chunk's facts name.
  func insert(_ database: Database, of place: ChunkRow.Place) throws {
    let (leads, ids) = (Self.packed(leads), Self.packed(ids))
    try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO chunk_codes (id, leads, ids, checksum) VALUES (?, ?, ?, ?)"
    ).execute(arguments: [place.id, leads, ids, Self.checksum(leads, ids, place)])
  }

  private static func packed(_ pages: [Int64]) -> Data {
    var writer = ColumnWriter()
    writer.put(UInt64(pages.count))
    writer.putNumbers(pages)
    return Data(writer.bytes)
  }

  private static func unpacked(_ bytes: Data) -> [Int64]? {
    bytes.withUnsafeBytes { bytes in
      var reader = ColumnReader(bytes)
      guard let count = try? Int(truncatingIfNeeded: reader.word()),
        let pages: [Int64] = try? reader.numbers(count), reader.remaining == 0
      else { return nil }
      return pages
    }
  }

  private static func checksum(_ leads: Data, _ ids: Data, _ place: ChunkRow.Place) -> Int64 {
    let seed = Checksum.seed("codes", Int(truncatingIfNeeded: ChunkRow.seed(place)), leads.count)
    return Int64(bitPattern: Checksum.of(Array(leads + ids), seed: seed))
  }
}

/// A selection of facts, ready to be asked whether a chunk may hold one of them.
struct SelectedPages: Sendable {
  private let leads: CodeSet
  private let ids: CodeSet

  init(_ selection: FactSelection) {
    leads = Self.pages(selection.leads)
    ids = Self.pages(selection.ids)
  }

  private static func pages(_ codes: CodeSet) -> CodeSet {
    var pages = CodeSet()
    for code in codes.sorted { pages.insert(ChunkCodes.page(of: code)) }
    return pages
  }

  /// Whether a chunk may hold a fact that is wanted.
  func mayBe(in place: ChunkRow.Place) -> Bool {
    guard let codes = place.codes else { return true }
    return codes.leads.contains(where: leads.contains) || codes.ids.contains(where: ids.contains)
  }
}
