import PlumblineCore
import PlumblineStatistics
@testable import PlumblineStorage
import PlumblineTestSupport
import Testing

/// Chunks: columns that can be read one by one.
struct ChunkCodingTests {
  private func sample(_ seed: UInt64, _ kind: FactKind) -> FactTable {
    var random = SeededGenerator(seed: seed)
    return drawnFacts(&random, count: 60)[kind]
  }

  @Test(arguments: [FactKind.lead, .stageEvent, .deal, .merge, .spend])
  func `a chunk comes back as it was`(kind: FactKind) throws {
    let table = sample(1, kind)
    let imports = (0..<table.rowCount).map { Int64(3 + $0 / 4) }
    for own in [nil, imports] {
      try ChunkCoding.encode(table, imports: own).withUnsafeBytes { bytes in
        let reader = try ChunkReader(bytes, kind)
        let read = try reader.table()
        #expect(read.columns == table.columns)
        #expect(read.files == table.files && read.lines == table.lines)
        #expect(try reader.rowImports() == own)
      }
    }
  }

  @Test(arguments: [FactKind.deal, .lead])
  func `columns that came later are missing in every row`(kind: FactKind) throws {
    let table = sample(1, kind)
    var bytes = ChunkCoding.encode(table)
    let count = kind.schema.columns.count
    #expect(bytes[1] == UInt8(count))
    // The last column left out: its length and, as it is constant, its nine bytes.
    let lengths = 11..<(11 + 8 * (count + 2))
    let sizes = lengths.filter { ($0 - 11) % 8 == 0 }.map {
      Int(bytes[$0]) + Int(bytes[$0 + 1]) << 8
    }
    let start = lengths.upperBound + sizes[0..<(count - 1)].reduce(0, +)
    bytes.removeSubrange(start..<(start + sizes[count - 1]))
    bytes.removeSubrange((11 + 8 * (count - 1))..<(11 + 8 * count))
    bytes[1] -= 1
    try bytes.withUnsafeBytes { bytes in
      let read = try ChunkReader(bytes, kind).table()
      #expect(read.columns.dropLast() == table.columns.dropLast())
      #expect(read.columns.last?.allSatisfy { $0 == FactColumn.noNumber } == true)
    }
  }

  @Test func `a chunk of a later version, with more columns than are known, or longer is refused`()
  {
    let bytes = ChunkCoding.encode(sample(1, .lead))
    for (index, value) in [(0, 4), (0, 2), (1, 0), (1, 10), (2, 1), (2, 2), (3, 0), (5, 9)] {
      var other = bytes
      other[index] = UInt8(value)
      _ = other.withUnsafeBytes { bytes in
        #expect(throws: Malformed.self) { _ = try ChunkReader(bytes, .lead).table() }
      }
    }
    _ = (bytes + [0]).withUnsafeBytes { bytes in
      #expect(throws: Malformed.self) { _ = try ChunkReader(bytes, .lead) }
    }
  }

  @Test(arguments: UInt64(0)..<300)
  func `a damaged chunk is refused or read, never trusted with a crash`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let kind = [FactKind.lead, .deal, .merge][random.integer(below: 3)]
    let table = sample(seed, kind)
    let imports = Bool.random(using: &random) ? (0..<table.rowCount).map { Int64($0) } : nil
    let bytes = ChunkCoding.encode(table, imports: imports)
    var selection = FactSelection()
    for code in 0..<8 { selection.leads.insert(Int64(code)) }
    for _ in 0..<20 {
      var damaged = bytes
      for _ in 0...random.integer(below: 4) {
        damaged[random.integer(below: damaged.count)] = UInt8(random.integer(below: 256))
      }
      if random.integer(below: 4) == 0 {
        damaged = Array(damaged.prefix(random.integer(below: damaged.count)))
      }
      damaged.withUnsafeBytes { bytes in
        guard let reader = try? ChunkReader(bytes, kind) else { return }
        #expect(reader.rowCount <= ChunkCoding.mostRows)
        _ = try? reader.rowImports()
        if let read = try? reader.table() { #expect(read.rowCount == reader.rowCount) }
        _ = try? reader.table(selecting: selection)
      }
    }
  }
}
