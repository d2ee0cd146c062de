/// Texts numbered in the order they were first seen; code 0 is the missing text.
///
/// Works on UTF-8 bytes so that a reader can look a field up without making a `String`.
public struct TextDictionary: Sendable {
  /// Says that there is no text.
  public static let missing: UInt32 = 0

  /// The UTF-8 bytes of all texts, one after another.
  public private(set) var bytes: [UInt8] = []
  /// For each code, where its text ends in `bytes`; 0 for the missing text.
  public private(set) var ends: [UInt32] = [0]

  /// Open addressing: the upper half of a text's hash above its code; 0 where nothing stands.
  ///
  /// A slot's place follows from the upper half alone, so growing needs no text. Empty in a
  /// dictionary read from storage that nobody has indexed.
  private(set) var slots: [UInt64]

  /// A dictionary that knows only the missing text.
  public init() { slots = Array(repeating: 0, count: Self.fewestSlots) }

  /// A dictionary read back from storage, not indexed yet.
  ///
  /// - Parameters:
  ///   - bytes: The texts of the codes from 1 on, one after another.
  ///   - ends: For each code from 0 on, where its text ends.
  /// - Precondition: `ends` begins with 0, never falls and ends with the count of bytes.
  public init(bytes: [UInt8], ends: [UInt32]) {
    precondition(ends.first == 0 && Int(ends.last ?? 0) == bytes.count)
    self.bytes = bytes
    self.ends = ends
    slots = []
  }

  /// How many codes are in use, the missing text's included.
  public var count: Int { ends.count }

  /// Whether texts are found by their hash.
  ///
  /// Without an index `code(of:)` goes through all texts.
  public var isIndexed: Bool { !slots.isEmpty }

  /// Makes the index of a dictionary read from storage.
  ///
  /// - Complexity: O(texts).
  public mutating func index() {
    guard !isIndexed else { return }
    var capacity = Self.fewestSlots
    while ends.count * 2 > capacity { capacity *= 2 }
    slots = Array(repeating: 0, count: capacity)
    let tagged = taggedCodes()
    let shift = UInt64(64 &- capacity.trailingZeroBitCount)
    let mask = capacity &- 1
    slots.withUnsafeMutableBufferPointer { slots in
      for tagged in tagged {
        var slot = Int(truncatingIfNeeded: tagged &>> shift)
        while slots[slot] != 0 { slot = (slot &+ 1) & mask }
        slots[slot] = tagged
      }
    }
  }

  /// What stands in the slots, ordered by the upper bits of the hashes: what is placed one after
  /// another then lies near one another in memory.
  private func taggedCodes() -> [UInt64] {
    let (parts, shift) = (256, UInt64(56))
    var tagged = [UInt64](repeating: 0, count: ends.count - 1)
    var starts = [Int](repeating: 0, count: parts + 1)
    bytes.withUnsafeBytes { bytes in
      for code in 1..<max(1, ends.count) {
        let text = UnsafeRawBufferPointer(rebasing: bytes[Int(ends[code - 1])..<Int(ends[code])])
        let own = Self.hash(text) & Self.tagMask | UInt64(code)
        tagged[code - 1] = own
        starts[Int(truncatingIfNeeded: own &>> shift) + 1] += 1
      }
    }
    for part in 0..<parts { starts[part + 1] += starts[part] }
    return [UInt64](unsafeUninitializedCapacity: tagged.count) { ordered, count in
      for own in tagged {
        let part = Int(truncatingIfNeeded: own &>> shift)
        ordered[starts[part]] = own
        starts[part] += 1
      }
      count = tagged.count
    }
  }

  /// The code of a text, new if it was not known; the empty text is `missing`.
  ///
  /// - Complexity: O(bytes), amortised.
  public mutating func intern(_ text: UnsafeRawBufferPointer) -> UInt32 {
    text.isEmpty ? Self.missing : intern(text, hash: Self.hash(text))
  }

  /// The code of a text whose hash is known, new if it was not known.
  ///
  /// - Precondition: `hash` is `TextDictionary.hash(text)`, and the text is not empty.
  public mutating func intern(_ text: UnsafeRawBufferPointer, hash: UInt64) -> UInt32 {
    if slots.isEmpty { index() }
    if let known = find(text, hash) { return known }
    let code = UInt32(ends.count)
    bytes.append(contentsOf: text)
    ends.append(UInt32(bytes.count))
    if ends.count * 2 > slots.count { grow() }
    place(hash & Self.tagMask | UInt64(code))
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
    text.isEmpty ? Self.missing : code(of: text, hash: Self.hash(text))
  }

  /// The code of a text whose hash is known, or nil when the dictionary does not hold it.
  ///
  /// - Precondition: `hash` is `TextDictionary.hash(text)`, and the text is not empty.
  public func code(of text: UnsafeRawBufferPointer, hash: UInt64) -> UInt32? {
    guard isIndexed else {
      return (1..<max(1, UInt32(ends.count))).first { equals($0, text) }
    }
    return find(text, hash)
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
    let start = code == 0 ? 0 : Int(ends[Int(code) - 1])
    let end = Int(ends[Int(code)])
    return bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start..<end])) }
  }

  /// A 64-bit hash of bytes, the same in every process and on every machine.
  ///
  /// Multiply–xorshift over eight bytes at a time (the finaliser of MurmurHash3); not for secrets.
  public static func hash(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
    var hash = (seed ^ 0x9E37_79B9_7F4A_7C15) &+ UInt64(bytes.count)
    guard let base = bytes.baseAddress else { return mix(hash) }
    let count = bytes.count
    var index = 0
    while index &+ 8 <= count {
      hash = mix(hash ^ base.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian)
      index &+= 8
    }
    if index < count { hash = mix(hash ^ tail(base, index, count) ^ 0xA5A5_0000_0000_0000) }
    return mix(hash)
  }

  /// The last one to seven bytes, the first of them lowest.
  @inline(__always)
  private static func tail(_ base: UnsafeRawPointer, _ index: Int, _ count: Int) -> UInt64 {
    if count >= 8 {
      let last = base.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self).littleEndian
      return last &>> UInt64(64 &- 8 &* (count &- index))
    }
    var tail: UInt64 = 0
    for position in index..<count {
      let byte = base.load(fromByteOffset: position, as: UInt8.self)
      tail |= UInt64(byte) &<< UInt64(8 &* (position &- index))
    }
    return tail
  }

  /// The finaliser of MurmurHash3: spreads every input bit over the whole word.
  @inline(__always)
  public static func mix(_ value: UInt64) -> UInt64 {
    var value = value
    value ^= value >> 33
    value &*= 0xFF51_AFD7_ED55_8CCD
    value ^= value >> 33
    value &*= 0xC4CE_B9FE_1A85_EC53
    value ^= value >> 33
    return value
  }

  private static let fewestSlots = 64
  static let tagMask: UInt64 = 0xFFFF_FFFF_0000_0000

  /// Where the search for a tag begins: its upper bits, so that the place follows from the slot.
  @inline(__always)
  private func home(_ tagged: UInt64) -> Int {
    Int(truncatingIfNeeded: tagged &>> UInt64(64 &- slots.count.trailingZeroBitCount))
  }

  @inline(__always)
  func find(_ text: UnsafeRawBufferPointer, _ hash: UInt64) -> UInt32? {
    var slot = home(hash)
    let mask = slots.count &- 1
    return slots.withUnsafeBufferPointer { slots in
      while slots[slot] != 0 {
        if (slots[slot] ^ hash) & Self.tagMask == 0 {
          let code = UInt32(truncatingIfNeeded: slots[slot])
          if equals(code, text) { return code }
        }
        slot = (slot &+ 1) & mask
      }
      return nil
    }
  }

  private mutating func place(_ tagged: UInt64) {
    var slot = home(tagged)
    let mask = slots.count &- 1
    while slots[slot] != 0 { slot = (slot &+ 1) & mask }
    slots[slot] = tagged
  }

  private func equals(_ code: UInt32, _ text: UnsafeRawBufferPointer) -> Bool {
    let start = Int(ends[Int(code) &- 1])
    let length = Int(ends[Int(code)]) &- start
    guard length == text.count, let other = text.baseAddress else { return false }
    return bytes.withUnsafeBytes { bytes in
      bytes.baseAddress.map { Self.equal($0 + start, other, length) } ?? false
    }
  }

  mutating func grow() {
    let old = slots
    slots = Array(repeating: 0, count: max(Self.fewestSlots, old.count * 2))
    for tagged in old where tagged != 0 { place(tagged) }
  }

  /// Whether so many bytes are the same in two places.
  @inline(__always)
  static func equal(
    _ left: UnsafeRawPointer,
    _ right: UnsafeRawPointer,
    _ count: Int
  ) -> Bool {
    func word(_ place: UnsafeRawPointer, _ offset: Int) -> UInt64 {
      place.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }
    var offset = 0
    while offset &+ 8 <= count {
      if word(left, offset) != word(right, offset) { return false }
      offset &+= 8
    }
    if count >= 8 { return word(left, count &- 8) == word(right, count &- 8) }
    while offset < count {
      if left.load(fromByteOffset: offset, as: UInt8.self)
        != right.load(fromByteOffset: offset, as: UInt8.self)
      {
        return false
      }
      offset &+= 1
    }
    return true
  }
}
