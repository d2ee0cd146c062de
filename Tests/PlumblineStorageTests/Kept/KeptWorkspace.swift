import Foundation
import PlumblineCore
import PlumblineTestSupport
import Testing

@testable import PlumblineStorage

/// A folder with a store and its kept file, for the time of a test.
final class KeptWorkspace {
  let folder: URL
  let store: SQLiteFactStore
  private var ledger = Ledger()

  var path: String { folder.appendingPathComponent("plumbline.journeys").path }
  var patchPath: String { path + ".patch" }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = try SQLiteFactStore(path: folder.appendingPathComponent("plumbline.sqlite").path)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// A keeper that updates whenever it can and writes after every update, few leads in a part.
  var keeper: HistoryKeeper {
    var keeper = HistoryKeeper(store: store, path: path, program: "1")
    keeper.largestShare = 2
    keeper.savedShare = -1
    keeper.leadsPerPart = 5
    return keeper
  }

  /// A keeper that never writes the file again, but keeps what new facts change beside it.
  var patchingKeeper: HistoryKeeper {
    var keeper = keeper
    keeper.savedShare = 9
    return keeper
  }

  /// Stores what is news, as an import does.
  func add(_ delivery: ScatteredCompany.Delivery) throws {
    var builder = FactBuilder()
    for fact in delivery.facts { builder.add(fact.kind, fact.fields) }
    try add(builder.batch, delivery.record)
  }

  /// Stores what is news, as an import does.
  func add(_ batch: FactBatch, _ record: ImportRecord) throws {
    let newest = try store.imports().last?.sequence ?? 0
    let (news, novelty) = ledger.addNews(of: batch, record)
    var record = record
    record.changedKinds = novelty.changedKinds
    try store.append(news, of: record, after: newest)
  }

  /// What a file would hold, read from all facts.
  func built(_ agreement: Agreement, asOf: Instant? = nil) throws -> KeptHistory {
    try keeper.built(try question(agreement, asOf: asOf))
  }

  /// What a reading says, as a file would hold it.
  func kept(_ reading: HistoryKeeper.Reading, like other: KeptHistory) throws -> KeptHistory {
    var key = other.key
    key.asOf = reading.history.asOf.seconds
    let texts = try question(reading.history.agreement).texts
    return KeptHistory(reading.history, reading.journeys, key, other.notes.tally, texts)
  }

  private func question(
    _ agreement: Agreement,
    asOf: Instant? = nil
  ) throws -> HistoryKeeper.Question {
    try #require(try keeper.question(agreement, store.imports(), asOf))
  }
}
