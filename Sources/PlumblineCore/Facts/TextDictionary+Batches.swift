/// A text in memory that someone else keeps, with its hash.
public struct HashedText {
  /// Where its UTF-8 bytes are.
  public let start: UnsafeRawPointer
  /// How many bytes it has; at least one.
  public let count: Int
  /// Its `TextDictionary.hash(_:seed:)` with the seed 0.
  public let hash: UInt64

  /// A text whose hash is worked out here.
  public init(_ start: UnsafeRawPointer, count: Int) {
    self.start = start
    self.count = count
    hash = TextDictionary.hash(UnsafeRawBufferPointer(start: start, count: count))
  }
}

extension TextDictionary {
  /// Looks many texts up at once, so that waiting for memory overlaps.
  ///
  /// - Parameters:
  ///   - texts: The texts; none is empty.
  ///   - codes: Where their codes go; `missing` for a text that the dictionary does not hold.
  /// - Precondition: `codes` has room for as many.
  /// - Complexity: O(bytes).
  public func findCodes(
    of texts: UnsafeBufferPointer<HashedText>,
    into codes: UnsafeMutableBufferPointer<UInt32>
  ) {
    precondition(codes.count >= texts.count)
    guard isIndexed, count > 1 else {
      for index in texts.indices {
        let text = UnsafeRawBufferPointer(start: texts[index].start, count: texts[index].count)
        codes[index] = code(of: text, hash: texts[index].hash) ?? Self.missing
      }
      return
    }
    // First the slots and then the ends are fetched for a group, without a branch that would wait
    // for them.
    var start = 0
    while start < texts.count {
      let end = min(start + Self.groupSize, texts.count)
      findGroup(UnsafeBufferPointer(rebasing: texts[start..<end]), codes, from: start)
      start = end
    }
  }

  /// Gives codes to many texts, in their order, so that waiting for memory overlaps.
  ///
  /// - Parameters:
  ///   - texts: The texts; none is empty.
  ///   - codes: Where their codes go.
  /// - Precondition: `codes` has room for as many.
  /// - Complexity: O(bytes), amortised.
  public mutating func intern(
    _ texts: UnsafeBufferPointer<HashedText>,
    into codes: UnsafeMutableBufferPointer<UInt32>
  ) {
    precondition(codes.count >= texts.count)
    if slots.isEmpty { index() }
    var start = 0
    while start < texts.count {
      let end = min(start + Self.groupSize, texts.count)
      while (ends.count + end - start) * 2 > slots.count { grow() }
      // What is looked up at once is at hand when it is looked up one by one.
      findCodes(
        of: UnsafeBufferPointer(rebasing: texts[start..<end]),
        into: UnsafeMutableBufferPointer(rebasing: codes[start..<end])
      )
      for index in start..<end where codes[index] == Self.missing {
        let text = UnsafeRawBufferPointer(start: texts[index].start, count: texts[index].count)
        codes[index] = intern(text, hash: texts[index].hash)
      }
      start = end
    }
  }

  private static let groupSize = 64

  @inline(__always)
  private func findGroup(
    _ texts: UnsafeBufferPointer<HashedText>,
    _ codes: UnsafeMutableBufferPointer<UInt32>,
    from start: Int
  ) {
    slots.withUnsafeBufferPointer { slots in
      ends.withUnsafeBufferPointer { ends in
        bytes.withUnsafeBytes { bytes in
          withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * Self.groupSize) { room in
            let found = UnsafeMutableBufferPointer(rebasing: room[..<Self.groupSize])
            let words = UnsafeMutableBufferPointer(rebasing: room[Self.groupSize...])
            let mask = slots.count &- 1
            let shift = UInt64(64 &- slots.count.trailingZeroBitCount)
            for index in 0..<texts.count {
              found[index] = slots[Int(truncatingIfNeeded: texts[index].hash &>> shift)]
            }
            for index in 0..<texts.count {
              let hash = texts[index].hash
              var slot = Int(truncatingIfNeeded: hash &>> shift)
              var tagged = found[index]
              while tagged != 0, (tagged ^ hash) & Self.tagMask != 0 {
                slot = (slot &+ 1) & mask
                tagged = slots[slot]
              }
              codes[start &+ index] = UInt32(truncatingIfNeeded: tagged)
            }
            for index in 0..<texts.count {
              let code = Int(codes[start &+ index])
              let first = code == 0 ? 0 : ends[code &- 1]
              found[index] = UInt64(first) &<< 32 | UInt64(ends[code])
            }
            guard let base = bytes.baseAddress else { return }
            // Near the end of all bytes another word is fetched, for the wait's sake alone.
            let lastWord = max(0, bytes.count &- 8)
            for index in 0..<texts.count where bytes.count >= 8 {
              let offset = min(Int(found[index] &>> 32), lastWord)
              words[index] = base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            }
            for index in 0..<texts.count where codes[start &+ index] != 0 {
              let (first, last) = (Int(found[index] &>> 32), Int(found[index] & 0xFFFF_FFFF))
              let text = texts[index]
              if last &- first == text.count,
                text.count < 8 || words[index] == text.start.loadUnaligned(as: UInt64.self),
                Self.equal(base + first, text.start, text.count)
              {
                continue
              }
              let whole = UnsafeRawBufferPointer(start: text.start, count: text.count)
              codes[start &+ index] = find(whole, text.hash) ?? Self.missing
            }
          }
        }
      }
    }
  }
}
