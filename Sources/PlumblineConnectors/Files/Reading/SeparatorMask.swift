/// Which of 64 bytes separate fields or lines, or are quotes; a bit a byte.
///
/// Kept, because making the three patterns anew costs more than a search.
struct SeparatorMask {
  private let delimiters: SIMD64<UInt8>
  private let lineFeeds = SIMD64<UInt8>(repeating: Ascii.lineFeed)
  private let quotes = SIMD64<UInt8>(repeating: Ascii.quote)

  init(delimiter: UInt8) { delimiters = SIMD64(repeating: delimiter) }

  /// The mask of the 64 bytes at an address, the first of them in the lowest bit.
  ///
  /// - SeeAlso: The gathering of one bit a byte by a multiplication: H. S. Warren, *Hacker's
  ///   Delight*, 2nd edition, section 7-3.
  @inline(__always)
  func bits(_ address: UnsafeRawPointer) -> UInt64 {
    let part = address.loadUnaligned(as: SIMD64<UInt8>.self)
    let found = (part .== delimiters) .| (part .== lineFeeds) .| (part .== quotes)
    let words = unsafeBitCast(found, to: SIMD8<UInt64>.self)
    var bits: UInt64 = 0
    for index in 0..<8 {
      let word = words[index] & 0x0101_0101_0101_0101
      bits |= ((word &* 0x0102_0408_1020_4080) &>> 56) &<< UInt64(8 &* index)
    }
    return bits
  }
}
