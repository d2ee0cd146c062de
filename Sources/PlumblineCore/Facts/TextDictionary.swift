/// Texts numbered in the order they were first seen; code 0 is the missing text.
///
/// Works on UTF-8 bytes so that a reader can look a field up without making a `String`.
public struct TextDictionary: Sendable {
  /// Says that there is no text.
  public static let missing: UInt32 = 0

  private var bytes: [UInt8] = []
  private var ends: [Int] = [0]
  private var slots: [UInt32]
  private var hashes: [UInt64] = [0]

  /// A dictionary that knows only the missing text.
  public init() { slots = Array(repeating: 0, count: 64) }

  /// How many codes are in use, the missing text's included.
  public var count: Int { ends.count }

  /// The code of a text, new if it was not known; the empty text is `missing`.
  ///
  /// - Complexity: O(bytes), amortised.
  public mutating func intern(_ text: UnsafeRawBufferPointer) -> UInt32 {
    if text.isEmpty { return Self.missing }
    let hash = Self.hash(text)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let code = slots[slot]
      if hashes[Int(code)] == hash, equals(code, text) { return code }
      slot = (slot + 1) & (slots.count - 1)
    }
    let code = UInt32(ends.count)
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
    hashes.append(hash)
    slots[slot] = code
    if ends.count * 2 > slots.count { grow() }
    return code
  }

  /// The code of a text, new if it was not known; the empty text is `missing`.
  public mutating func intern(_ text: String) -> UInt32 {
    var text = text
    return text.withUTF8 { intern(UnsafeRawBufferPointer($0)) }
  }

  /// The code of a text, or nil when the dictionary does not hold it.
  public func code(of text: String) -> UInt32? {
    var text = text
    return text.withUTF8 { code(of: UnsafeRawBufferPointer($0)) }
  }

  /// The code of a text, or nil when the dictionary does not hold it.
  public func code(of text: UnsafeRawBufferPointer) -> UInt32? {
    if text.isEmpty { return Self.missing }
    let hash = Self.hash(text)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      if hashes[Int(slots[slot])] == hash, equals(slots[slot], text) { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// The text of a code; empty for `missing`.
  public subscript(code: UInt32) -> String {
    withBytes(of: code) { String(decoding: $0, as: UTF8.self) }
  }

  /// Calls `body` with the UTF-8 bytes of a code's text.
  public func withBytes<Result>(
    of code: UInt32,
    _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    let start = code == 0 ? 0 : ends[Int(code) - 1]
    let end = ends[Int(code)]
    return bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start..<end])) }
  }

  /// A 64-bit hash of bytes, the same in every process and on every machine.
  ///
  /// Multiply–xorshift over eight bytes at a time (the finaliser of MurmurHash3); not for secrets.
  public static func hash(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
    var hash = (seed ^ 0x9E37_79B9_7F4A_7C15) &+ UInt64(bytes.count)
    var index = 0
    while index + 8 <= bytes.count {
      hash = mix(hash ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian)
      index += 8
    }
    if index < bytes.count {
      var tail: UInt64 = 0
      for position in index..<bytes.count {
        tail |= UInt64(bytes[position]) << UInt64(8 * (position - index))
      }
      hash = mix(hash ^ tail ^ 0xA5A5_0000_0000_0000)
    }
    return mix(hash)
  }

  /// The finaliser of MurmurHash3: spreads every input bit over the whole word.
  public static func mix(_ value: UInt64) -> UInt64 {
    var value = value
    value ^= value >> 33
    value &*= 0xFF51_AFD7_ED55_8CCD
    value ^= value >> 33
    value &*= 0xC4CE_B9FE_1A85_EC53
    value ^= value >> 33
    return value
  }

  private func equals(_ code: UInt32, _ text: UnsafeRawBufferPointer) -> Bool {
    withBytes(of: code) { $0.elementsEqual(text) }
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for code in 1..<ends.count {
      var slot = Int(truncatingIfNeeded: hashes[code]) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(code)
    }
  }
}
