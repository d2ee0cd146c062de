/// A checksum of bytes: notices damage, does not withstand malice.
///
/// Four lanes of multiply–xorshift over 32 bytes a step, so that neither waits for another. Every
/// step can be undone, so a change within eight bytes that stand together is always noticed, any
/// other but for one in 2^64.
enum Checksum {
  /// The checksum of bytes that belong to something.
  ///
  /// - Parameters:
  ///   - bytes: The bytes.
  ///   - seed: What they belong to: the same bytes in another place have another checksum.
  /// - Returns: The checksum.
  static func of(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
    let start = mixed(seed ^ multiplier, UInt64(bytes.count))
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return start }
    var lanes = (start, ~start, start &* other, ~start &* other)
    var offset = 0
    while offset &+ 32 <= bytes.count {
      lanes.0 = mixed(lanes.0, word(base, offset))
      lanes.1 = mixed(lanes.1, word(base, offset &+ 8))
      lanes.2 = mixed(lanes.2, word(base, offset &+ 16))
      lanes.3 = mixed(lanes.3, word(base, offset &+ 24))
      offset &+= 32
    }
    while offset &+ 8 <= bytes.count {
      lanes.0 = mixed(lanes.0, word(base, offset))
      offset &+= 8
    }
    var tail: UInt64 = 0
    while offset < bytes.count {
      tail = tail << 8 | UInt64(base.load(fromByteOffset: offset, as: UInt8.self))
      offset &+= 1
    }
    var sum = mixed(lanes.0, tail)
    sum = mixed(sum &* other, lanes.1)
    sum = mixed(sum &* other, lanes.2)
    sum = mixed(sum &* other, lanes.3)
    return mixed(sum, start)
  }

  /// The checksum of bytes that belong to something.
  static func of(_ bytes: [UInt8], seed: UInt64 = 0) -> UInt64 {
    bytes.withUnsafeBytes { of($0, seed: seed) }
  }

  /// A seed made of several numbers and a word; their order counts.
  static func seed(_ word: String, _ numbers: Int...) -> UInt64 {
    numbers.reduce(of(Array(word.utf8))) { mixed($0 &* other, UInt64(bitPattern: Int64($1))) }
  }

  /// Odd numbers whose bits are evenly mixed: those of MurmurHash3's finaliser.
  private static let multiplier: UInt64 = 0xFF51_AFD7_ED55_8CCD
  private static let other: UInt64 = 0xC4CE_B9FE_1A85_EC53

  @inline(__always)
  private static func word(_ base: UnsafeRawPointer, _ offset: Int) -> UInt64 {
    base.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
  }

  @inline(__always)
  private static func mixed(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    let product = (lane ^ word) &* multiplier
    return product ^ (product >> 32)
  }
}
