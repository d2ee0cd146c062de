import Foundation
import PlumblineCore

/// Chunks as stores wrote them before there was one numbering of texts (versions 1 and 2).
///
/// Layout, little-endian: version (1), row count (8), column count (1, not in version 1), then for
/// each column one block, then a block for files and one for lines. A block of numbers is minimum
/// (8), bit width (1), packed differences from the minimum, span (8); the two codes above the span
/// are the extremes of the 64-bit range. A block of texts is the texts used (count, lengths as a
/// number block, total bytes, bytes) and the chunk's own codes as a number block.
enum LegacyChunkCoding {
  /// Appends a chunk's facts to a batch, whose numbering of texts takes in those of the chunk.
  static func decode(_ data: Data, _ kind: FactKind, into batch: inout FactBatch) throws(Malformed)
  {
    var reader = LegacyColumnReader(data)
    let written = try reader.byte()
    guard (1...2).contains(written) else { throw Malformed() }
    let rowCount = Int(truncatingIfNeeded: try reader.word())
    guard (0...ChunkCoding.mostRows).contains(rowCount) else { throw Malformed() }
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
    switch kind {
    case .deal: 11
    case .lead: 8
    default: kind.schema.columns.count
    }
  }

  /// The checksum that such chunks have.
  static func checksum(_ data: Data) -> Int64 {
    data.withUnsafeBytes { Int64(bitPattern: TextDictionary.hash($0, seed: 0x506C_756D_6200)) }
  }
}

/// Reads the columns of old chunks; throws instead of trusting.
struct LegacyColumnReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ data: Data) { bytes = Array(data) }

  mutating func byte() throws(Malformed) -> UInt8 {
    guard position < bytes.count else { throw Malformed() }
    position += 1
    return bytes[position - 1]
  }

  mutating func word() throws(Malformed) -> UInt64 {
    guard position + 8 <= bytes.count else { throw Malformed() }
    position += 8
    return bytes.withUnsafeBytes {
      UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: position - 8, as: UInt64.self))
    }
  }

  mutating func numbers(_ count: Int) throws(Malformed) -> [Int64] {
    let least = Int64(bitPattern: try word())
    let width = UInt64(try byte())
    guard (1...64).contains(width) else { throw Malformed() }
    var values: [Int64] = []
    values.reserveCapacity(count)
    if width == 64 {
      for _ in 0..<count { values.append(Int64(bitPattern: try word())) }
      return values
    }
    let (bits, overflow) = UInt64(count).multipliedReportingOverflow(by: width)
    guard !overflow else { throw Malformed() }
    let words = try (0..<Int((bits + 63) / 64)).map { _ throws(Malformed) in try word()
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
  ) throws(Malformed) -> [Int64] {
    let used = try word()
    guard used <= UInt64(bytes.count) else { throw Malformed() }
    let lengths = try numbers(Int(used))
    let total = try word()
    guard total <= UInt64(bytes.count - position) else { throw Malformed() }
    let end = position + Int(total)
    var codes: [Int64] = [0]
    for length in lengths {
      guard length >= 0, length <= Int64(end - position) else { throw Malformed() }
      let range = position..<(position + Int(length))
      codes.append(
        Int64(
          bytes.withUnsafeBytes { dictionary.intern(UnsafeRawBufferPointer(rebasing: $0[range])) }
        )
      )
      position += Int(length)
    }
    guard position == end else { throw Malformed() }
    let local = try numbers(count)
    guard local.allSatisfy({ codes.indices.contains(Int($0)) }) else {
      throw Malformed()
    }
    return local.map { codes[Int($0)] }
  }
}
