import Foundation
import PlumblineCore

/// Some texts by the number that each ends with, so that they are found among stored ones that are
/// packed as numbers without writing those out.
struct NumberedTexts {
  private let texts: TextDictionary
  private var beginning: [UInt8] = []
  private var digits = -1
  /// Open addressing: a number and its text's code, 0 where nothing stands.
  private var slots: [(number: Int64, code: UInt32)] = []

  init(_ texts: TextDictionary) { self.texts = texts }

  /// Calls `body` with those of the texts that a stored segment holds, if it is packed as numbers.
  ///
  /// - Parameters:
  ///   - segment: The segment.
  ///   - body: Told a text's code and its place in the segment.
  /// - Returns: Whether it is packed so.
  /// - Throws: `InputError` with code `store.damaged`.
  mutating func forEachCode(
    in segment: TextSegments.Segment,
    _ body: (UInt32, Int) -> Void
  ) throws -> Bool {
    try TextSegments.check(segment)
    return try segment.payload.withUnsafeBytes { payload in
      do {
        guard let packed = try TextSegmentCoding.numbered(payload) else { return false }
        let numbers = try packed.numbers(segment.count)
        prepare(packed)
        guard !slots.isEmpty else { return true }
        for (place, number) in numbers.enumerated() {
          let code = code(of: number)
          if code != TextDictionary.missing { body(code, place) }
        }
        return true
      } catch is Malformed {
        throw TextSegments.damaged(segment)
      }
    }
  }

  /// Notes the numbers of the texts that would be packed as a segment's are.
  private mutating func prepare(_ packed: TextSegmentCoding.Numbered) {
    guard digits != packed.digits || !beginning.elementsEqual(packed.beginning) else { return }
    beginning = Array(packed.beginning)
    digits = packed.digits
    var numbers: [(number: Int64, code: UInt32)] = []
    for code in 1..<max(1, UInt32(texts.count)) {
      if let number = texts.withBytes(of: code, packed.number(of:)) {
        numbers.append((number, code))
      }
    }
    var capacity = 64
    while capacity < numbers.count * 2 { capacity *= 2 }
    slots = numbers.isEmpty ? [] : Array(repeating: (0, 0), count: capacity)
    for entry in numbers {
      var slot = home(entry.number)
      while slots[slot].code != 0 { slot = (slot + 1) & (capacity - 1) }
      slots[slot] = entry
    }
  }

  @inline(__always)
  private func home(_ number: Int64) -> Int {
    let mixed = UInt64(bitPattern: number) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> UInt64(64 - slots.count.trailingZeroBitCount))
  }

  @inline(__always)
  private func code(of number: Int64) -> UInt32 {
    slots.withUnsafeBufferPointer { slots in
      var slot = home(number)
      while slots[slot].code != 0 {
        if slots[slot].number == number { return slots[slot].code }
        slot = (slot &+ 1) & (slots.count &- 1)
      }
      return TextDictionary.missing
    }
  }
}
