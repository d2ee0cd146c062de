import Foundation
import PlumblineCore

/// A chunk's bytes: its columns, each with the fewest bits that hold it.
///
/// Layout, little-endian: version (1), row count (8), column count (1), then for each column one
/// block, then a block for files and one for lines. Columns that came into the schema after the
/// chunk was written are missing in every row. Version 1 had no column count. A block of numbers is minimum (8), bit width (1), packed
/// differences from the minimum. `missing` values are kept apart as a code above the rest: width
/// and minimum are those of the present values. A block of texts is the texts used (count, total
/// bytes, lengths as a number block, bytes) and the local codes as a number block.
enum ChunkCoding {
  struct Malformed: Error {}

  static let version: UInt8 = 2

  static func encode(_ table: FactTable, _ texts: TextDictionaries) -> Data {
    var writer = ByteWriter()
    writer.put(version)
    writer.put(UInt64(table.rowCount))
    writer.put(UInt8(table.columns.count))
    for (index, column) in table.kind.schema.columns.enumerated() {
      if case .text(let domain) = column.content {
        writer.putTexts(table.columns[index], texts[domain])
      } else {
        writer.putNumbers(table.columns[index])
      }
    }
    writer.putNumbers(table.files.map(Int64.init))
    writer.putNumbers(table.lines.map(Int64.init))
    return Data(writer.bytes)
  }

  static func decode(_ data: Data, _ kind: FactKind, into batch: inout FactBatch) throws(Malformed)
  {
    var reader = ByteReader(data)
    let written = try reader.byte()
    guard (1...version).contains(written) else { throw Malformed() }
    let rowCount = Int(truncatingIfNeeded: try reader.word())
    guard (0...SQLiteFactStore.rowsPerChunk).contains(rowCount) else { throw Malformed() }
    let schema = kind.schema.columns
    let columnCount =
      written == 1 ? columnCountOfVersion1(kind) : Int(try reader.byte())
    guard (1...schema.count).contains(columnCount) else { throw Malformed() }
    var columns: [[Int64]] = []
    for column in schema.prefix(columnCount) {
      if case .text(let domain) = column.content {
        columns.append(try reader.texts(rowCount, &batch.texts[domain]))
      } else {
        columns.append(try reader.numbers(rowCount))
      }
    }
    for column in schema.dropFirst(columnCount) {
      columns.append(Array(repeating: column.missingValue, count: rowCount))
    }
    let files = try reader.numbers(rowCount).map { UInt32(truncatingIfNeeded: $0) }
    let lines = try reader.numbers(rowCount).map { UInt32(truncatingIfNeeded: $0) }
    let table = FactTable(kind, columns: columns, files: files, lines: lines)
    batch[kind].append(contentsOf: table)
  }

  /// How many columns a kind had while chunks did not say so.
  private static func columnCountOfVersion1(_ kind: FactKind) -> Int {
    kind == .lead ? 8 : kind.schema.columns.count
  }
}

/// Writes packed columns.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func put(_ byte: UInt8) { bytes.append(byte) }

  mutating func put(_ word: UInt64) {
    withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Extremes of the 64-bit range mean "missing" or "undated"; they get codes above the rest.
  mutating func putNumbers(_ values: [Int64]) {
    let present = values.lazy.filter { $0 != .min && $0 != .max }
    let least = present.min() ?? 0
    let greatest = present.max() ?? 0
    let span = UInt64(bitPattern: greatest &- least)
    let width = UInt8(64 - (span &+ 2).leadingZeroBitCount)
    let isWide = span >= 1 << 62
    put(UInt64(bitPattern: isWide ? 0 : least))
    put(isWide ? 64 : width)
    if isWide {
      for value in values { put(UInt64(bitPattern: value)) }
      return
    }
    var accumulator: UInt64 = 0
    var filled: UInt64 = 0
    for value in values {
      let code =
        value == .min
        ? span + 1 : value == .max ? span + 2 : UInt64(bitPattern: value &- least)
      accumulator |= code << filled
      if filled + UInt64(width) >= 64 {
        put(accumulator)
        let used = 64 - filled
        accumulator = used >= 64 ? 0 : code >> used
        filled = filled + UInt64(width) - 64
      } else {
        filled += UInt64(width)
      }
    }
    if filled > 0 { put(accumulator) }
    put(span)
  }

  mutating func putTexts(_ codes: [Int64], _ dictionary: TextDictionary) {
    var localCode: [Int64: Int64] = [0: 0]
    var used: [UInt32] = []
    let local = codes.map { code in
      if let known = localCode[code] { return known }
      used.append(UInt32(code))
      localCode[code] = Int64(used.count)
      return Int64(used.count)
    }
    put(UInt64(used.count))
    var lengths: [Int64] = []
    var text: [UInt8] = []
    for code in used {
      dictionary.withBytes(of: code) {
        lengths.append(Int64($0.count))
        text.append(contentsOf: $0)
      }
    }
    putNumbers(lengths)
    put(UInt64(text.count))
    bytes.append(contentsOf: text)
    putNumbers(local)
  }
}

/// Reads packed columns; throws instead of trusting.
struct ByteReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ data: Data) { bytes = Array(data) }

  mutating func byte() throws(ChunkCoding.Malformed) -> UInt8 {
    guard position < bytes.count else { throw ChunkCoding.Malformed() }
    position += 1
    return bytes[position - 1]
  }

  mutating func word() throws(ChunkCoding.Malformed) -> UInt64 {
    guard position + 8 <= bytes.count else { throw ChunkCoding.Malformed() }
    position += 8
    return bytes.withUnsafeBytes {
      UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: position - 8, as: UInt64.self))
    }
  }

  mutating func numbers(_ count: Int) throws(ChunkCoding.Malformed) -> [Int64] {
    let least = Int64(bitPattern: try word())
    let width = UInt64(try byte())
    guard (1...64).contains(width) else { throw ChunkCoding.Malformed() }
    var values: [Int64] = []
    values.reserveCapacity(count)
    if width == 64 {
      for _ in 0..<count { values.append(Int64(bitPattern: try word())) }
      return values
    }
    let (bits, overflow) = UInt64(count).multipliedReportingOverflow(by: width)
    guard !overflow else { throw ChunkCoding.Malformed() }
    let words = try (0..<Int((bits + 63) / 64)).map { _ throws(ChunkCoding.Malformed) in try word()
    }
    let span = try word()
    let mask = (UInt64(1) << width) - 1
    for index in 0..<UInt64(count) {
      let (word, shift) = (Int(index * width / 64), index * width % 64)
      var code = words[word] >> shift
      if shift + width > 64 { code |= words[word + 1] << (64 - shift) }
      code &= mask
      values.append(
        code == span + 1 ? .min : code == span + 2 ? .max : least &+ Int64(bitPattern: code)
      )
    }
    return values
  }

  mutating func texts(
    _ count: Int,
    _ dictionary: inout TextDictionary
  ) throws(ChunkCoding.Malformed) -> [Int64] {
    let used = try word()
    guard used <= UInt64(bytes.count) else { throw ChunkCoding.Malformed() }
    let lengths = try numbers(Int(used))
    let total = try word()
    guard total <= UInt64(bytes.count - position) else { throw ChunkCoding.Malformed() }
    let end = position + Int(total)
    var codes: [Int64] = [0]
    for length in lengths {
      guard length >= 0, length <= Int64(end - position) else { throw ChunkCoding.Malformed() }
      let range = position..<(position + Int(length))
      codes.append(
        Int64(
          bytes.withUnsafeBytes { dictionary.intern(UnsafeRawBufferPointer(rebasing: $0[range])) }
        )
      )
      position += Int(length)
    }
    guard position == end else { throw ChunkCoding.Malformed() }
    let local = try numbers(count)
    guard local.allSatisfy({ codes.indices.contains(Int($0)) }) else {
      throw ChunkCoding.Malformed()
    }
    return local.map { codes[Int($0)] }
  }
}
