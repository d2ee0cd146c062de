import PlumblineStatistics
@testable import PlumblineStorage
import Testing

/// The codec of columns: what goes in comes out, and damage never traps.
struct PackedColumnsTests {
  private func roundTrip<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: [Value],
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> [UInt8] {
    var writer = ColumnWriter()
    writer.put(UInt8(7))
    writer.putNumbers(values)
    writer.put(UInt64(99))
    writer.bytes.withUnsafeBytes { bytes in
      var reader = ColumnReader(bytes)
      do throws(Malformed) {
        let (first, read) = (try reader.byte(), try reader.numbers(values.count, as: Value.self))
        #expect(first == 7, sourceLocation: sourceLocation)
        #expect(read == values, sourceLocation: sourceLocation)
        #expect(try reader.word() == 99, sourceLocation: sourceLocation)
        #expect(reader.remaining == 0, sourceLocation: sourceLocation)
        try expectRows(of: values, bytes, sourceLocation)
      } catch {
        Issue.record("what was written cannot be read", sourceLocation: sourceLocation)
      }
    }
    return writer.bytes
  }

  /// Some rows read by themselves are what they are among all.
  private func expectRows<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    of values: [Value],
    _ bytes: UnsafeRawBufferPointer,
    _ sourceLocation: SourceLocation
  ) throws(Malformed) {
    guard !values.isEmpty else { return }
    let last = values.count - 1
    for rows in [
      [], [0], [last], Array(0...last), Array(stride(from: last % 7, through: last, by: 7)),
    ]
      + [Array(stride(from: last % 1500, through: last, by: 1500))]
    {
      var reader = ColumnReader(bytes)
      _ = try reader.byte()
      let read = try reader.numbers(values.count, at: rows, as: Value.self)
      #expect(read == rows.map { values[$0] }, sourceLocation: sourceLocation)
      #expect(try reader.word() == 99, sourceLocation: sourceLocation)
    }
  }

  private func edges<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(_ type: Value.Type) {
    let (low, high) = (Value.min, Value.max)
    let columns: [[Value]] = [
      [], [0], [low], [high], [low, high], [high, low, high], [low, 0, high], [1, 2, 3],
      [low + 1, high - 1], [low + 1, high - 1, low, high],
      Array(repeating: high, count: 3000), Array(repeating: low, count: 1024),
      Array(repeating: 5, count: 1025) + [low], [high] + Array(repeating: 5, count: 1024),
      (0..<2049).map { Value(truncatingIfNeeded: $0) },
      (0..<2049).map { $0 % 3 == 0 ? low : $0 % 3 == 1 ? high : Value(truncatingIfNeeded: $0) },
      (0..<5000).map { $0 % 500 == 0 ? Value(truncatingIfNeeded: $0) : high },
    ]
    for column in columns { _ = roundTrip(column) }
  }

  @Test func `columns of every type keep their edges`() {
    edges(Int8.self)
    edges(Int16.self)
    edges(Int32.self)
    edges(Int64.self)
    edges(Int.self)
    edges(UInt8.self)
    edges(UInt16.self)
    edges(UInt32.self)
    edges(UInt64.self)
    edges(UInt.self)
  }

  /// A column of a shape drawn at random: walks, jumps, gaps, few values, outliers.
  private func column<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ random: inout SeededGenerator,
    _ type: Value.Type
  ) -> [Value] {
    let count = random.integer(below: random.integer(below: 3) == 0 ? 5000 : 300)
    let width = random.integer(below: Value.bitWidth) + 1
    let step = UInt64(1) << UInt64(random.integer(below: 8))
    let shape = random.integer(below: 5)
    let missing = random.integer(below: 4)
    var walk: UInt64 = random.next()
    return (0..<count).map { index in
      if missing > 0, random.integer(below: [1, 2, 20, 200][missing]) == 0 {
        return Bool.random(using: &random) ? .max : .min
      }
      let free = random.next() >> UInt64(64 - width) &* step
      switch shape {
      case 0: return Value(truncatingIfNeeded: free)
      case 1:
        walk &+= free & 0xFF
        return Value(truncatingIfNeeded: walk)
      case 2: return Value(truncatingIfNeeded: index &* Int(step))
      case 3: return Value(truncatingIfNeeded: (free % 7) &* 0x1234_5678_9ABC)
      default: return random.integer(below: 500) == 0 ? Value(truncatingIfNeeded: free) : 3
      }
    }
  }

  @Test(arguments: UInt64(0)..<300)
  func `any numbers of any type survive packing`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    _ = roundTrip(column(&random, Int64.self))
    _ = roundTrip(column(&random, UInt64.self))
    _ = roundTrip(column(&random, UInt32.self))
    _ = roundTrip(column(&random, Int32.self))
    _ = roundTrip(column(&random, UInt16.self))
    _ = roundTrip(column(&random, UInt8.self))
  }

  @Test(arguments: 0...64)
  func `codes of every width survive packing`(width: Int) {
    var random = SeededGenerator(seed: UInt64(width))
    for count in [1, 2, 7, 8, 63, 64, 65, 1023, 1024, 1025] {
      let values = (0..<count).map { _ in
        width == 0 ? 0 : Int64(bitPattern: random.next() >> UInt64(64 - width))
      }
      _ = roundTrip(values)
    }
  }

  /// A column, and the most bytes that it may take with all that is around it.
  @Test func `columns take the bytes that their shape needs`() {
    let count = 65_536
    var random = SeededGenerator(seed: 1)
    let around = 9
    // One value; line numbers; sorted times of a second's grain; leads out of a million.
    #expect(roundTrip([Int64](repeating: .max, count: count)).count <= 9 + around)
    #expect(roundTrip((2...UInt32(count + 1)).map { $0 }).count <= 64 * 6 + around)
    var time: Int64 = 1_700_000_000
    let times = (0..<count).map { _ in
      time += Int64(random.integer(below: 32))
      return time * 4
    }
    #expect(roundTrip(times).count <= count * 5 / 8 + 64 * 8 + around)
    let leads = (0..<count).map { _ in Int64(random.integer(below: 1 << 20)) }
    #expect(roundTrip(leads).count <= count * 20 / 8 + 64 * 8 + around)
    // One in a hundred present; one outlier; three values far apart.
    let sparse = (0..<count).map { $0 % 100 == 0 ? Int64($0) &* 977 : .min }
    #expect(roundTrip(sparse).count <= count / 8 + 656 * 4 + around + 30)
    var outlier = [Int64](repeating: 1, count: count)
    outlier[count / 2] = 1 << 50
    #expect(roundTrip(outlier).count <= 1024 * 51 / 8 + 64 * 3 + 30 + around)
    let few = (0..<count).map { _ in [3, 900_000, 1 << 40][random.integer(below: 3)] }
    #expect(roundTrip(few).count <= count / 4 + 300 + around)
  }

  @Test(arguments: UInt64(0)..<400)
  func `damaged columns are refused or read, never trusted with a crash`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var bytes: [UInt8] = []
    var count = 0
    while count == 0 {
      var writer = ColumnWriter()
      let values = column(&random, Int64.self)
      count = values.count
      writer.putNumbers(values)
      bytes = writer.bytes
    }
    for _ in 0..<50 {
      var damaged = bytes
      for _ in 0...random.integer(below: 3) {
        damaged[random.integer(below: min(damaged.count, 40))] = UInt8(random.integer(below: 256))
        damaged[random.integer(below: damaged.count)] ^= UInt8(1 << random.integer(below: 8))
      }
      if random.integer(below: 4) == 0 {
        damaged = Array(damaged.prefix(random.integer(below: damaged.count)))
      }
      // A copy of its own size: a read beyond its end is one beyond the allocation.
      damaged.withUnsafeBytes { bytes in
        var reader = ColumnReader(bytes)
        if let read = try? reader.numbers(count, as: Int64.self) { #expect(read.count == count) }
        var narrow = ColumnReader(bytes)
        if let read = try? narrow.numbers(count, as: UInt16.self) { #expect(read.count == count) }
        let rows = Array(stride(from: random.integer(below: 40), to: count, by: 31))
        var some = ColumnReader(bytes)
        if count > 0, let read = try? some.numbers(count, at: rows, as: Int64.self) {
          #expect(read.count == rows.count)
        }
      }
    }
  }

  @Test func `truncated columns are refused`() {
    var writer = ColumnWriter()
    writer.putNumbers((0..<3000).map { Int64($0 * $0 % 977) })
    writer.bytes.withUnsafeBytes { bytes in
      for length in 0..<bytes.count {
        var reader = ColumnReader(UnsafeRawBufferPointer(rebasing: bytes[0..<length]))
        #expect(throws: Malformed.self) { try reader.numbers(3000, as: Int64.self) }
        var some = ColumnReader(UnsafeRawBufferPointer(rebasing: bytes[0..<length]))
        #expect(throws: Malformed.self) { try some.numbers(3000, at: [7], as: Int64.self) }
      }
      var reader = ColumnReader(bytes)
      #expect(throws: Malformed.self) { try reader.numbers(-1, as: Int64.self) }
      #expect(throws: Malformed.self) { try reader.numbers(.max, as: Int64.self) }
    }
  }
}
