import Foundation
import GRDB
import PlumblineCore
import PlumblineStatistics
@testable import PlumblineStorage
import PlumblineTestSupport

/// A folder for a store that goes when the test ends.
struct TemporaryStore {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  var path: String { folder.appendingPathComponent("plumbline.sqlite").path }

  static func with(_ body: (TemporaryStore) throws -> Void) throws {
    let temporary = try TemporaryStore()
    defer { try? FileManager.default.removeItem(at: temporary.folder) }
    try body(temporary)
  }

  func open() throws -> SQLiteFactStore { try SQLiteFactStore(path: path) }

  /// Changes the file behind the store's back.
  func tamper(_ sql: String, _ arguments: StatementArguments = []) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: sql, arguments: arguments) }
    try queue.close()
  }

  func query<Value: DatabaseValueConvertible>(_ sql: String) throws -> [Value] {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try queue.read { try Value.fetchAll($0, sql: sql) }
  }
}

/// A fact in words: its import, kind, values with texts spelled out, file and line.
struct ToldFact: Hashable, Comparable, CustomStringConvertible {
  var sequence: Int
  var kind: String
  var values: [String]

  var description: String { "\(sequence) \(kind) \(values.joined(separator: "|"))" }

  static func < (left: ToldFact, right: ToldFact) -> Bool {
    (left.sequence, left.kind) < (right.sequence, right.kind)
  }

  static func all(_ table: FactTable, _ texts: TextDictionaries, _ sequence: Int) -> [ToldFact] {
    (0..<table.rowCount).map { row in
      let values = table.kind.schema.columns.enumerated().map { index, column in
        let value = table.columns[index][row]
        if case .text(let domain) = column.content { return texts[domain][UInt32(value)] }
        return String(value)
      }
      return ToldFact(
        sequence: sequence,
        kind: table.kind.rawValue,
        values: values + [String(table.files[row]), String(table.lines[row])]
      )
    }
  }

  static func all(_ batch: FactBatch, _ sequence: Int) -> [ToldFact] {
    FactKind.allCases.flatMap { all(batch[$0], batch.texts, sequence) }
  }
}

extension SQLiteFactStore {
  /// Everything in the order in which the store gives it.
  func told(
    of kinds: Set<FactKind> = Set(FactKind.allCases),
    after sequence: Int = 0,
    through last: Int? = nil,
    selecting selection: FactSelection? = nil
  ) throws -> [ToldFact] {
    let texts = try texts(Set(TextDomain.allCases), isIndexed: false)
    var facts: [ToldFact] = []
    try forEachChunk(of: kinds, after: sequence, through: last, selecting: selection) {
      facts += ToldFact.all($0.table, texts, $0.sequence)
    }
    return facts
  }
}

/// Facts of several kinds drawn at random; leads recur between calls.
func drawnFacts(_ random: inout SeededGenerator, count: Int) -> FactBatch {
  var facts = FactBuilder()
  for _ in 0..<count {
    let lead = "lead-\(random.integer(below: 40))"
    switch random.integer(below: 5) {
    case 0:
      facts.lead(lead, day: Double(random.integer(below: 900)), channel: "c\(random.next() % 3)")
    case 1: facts.stage(lead, "s\(random.next() % 4)", day: Double(random.integer(below: 900)))
    case 2: facts.deal("d\(random.next() % 30)", lead: lead, created: 1, amount: 5)
    case 3: facts.merge(lead, into: "lead-\(random.integer(below: 40))")
    default:
      facts.spend("c\(random.next() % 3)", day: Double(random.integer(below: 90)), amount: 12)
    }
  }
  return facts.batch
}

extension TemporaryStore {
  /// The size of a file in bytes; 0 when there is none.
  func size(ofFile path: String) throws -> Int {
    guard FileManager.default.fileExists(atPath: path) else { return 0 }
    return try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
  }
}
