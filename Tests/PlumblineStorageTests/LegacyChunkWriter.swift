import Foundation
import PlumblineCore
@testable import PlumblineStorage

/// Writes columns as stores did before there was one numbering of texts.
struct LegacyColumnWriter {
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
