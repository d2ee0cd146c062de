import PlumblineCore
import PlumblineStatistics
import Testing

struct TextLookUpTests {
  /// Calls `body` with texts as they are looked up, and returns the codes that it gives.
  private func codes(
    of texts: [String],
    _ body: (UnsafeBufferPointer<HashedText>, UnsafeMutableBufferPointer<UInt32>) -> Void
  ) -> [UInt32] {
    let buffers = texts.map { text in
      let buffer = UnsafeMutableRawBufferPointer.allocate(
        byteCount: text.utf8.count,
        alignment: 1
      )
      buffer.copyBytes(from: text.utf8)
      return buffer
    }
    defer { for buffer in buffers { buffer.deallocate() } }
    let hashed = buffers.compactMap { buffer in
      buffer.baseAddress.map { HashedText($0, count: buffer.count) }
    }
    var codes = Array(repeating: UInt32.max, count: texts.count)
    hashed.withUnsafeBufferPointer { hashed in
      codes.withUnsafeMutableBufferPointer { body(hashed, $0) }
    }
    return codes
  }

  private func texts(_ count: Int) -> [String] {
    (0..<count).map { String(repeating: "x", count: $0 % 40) + "\($0)" }
  }

  @Test(arguments: [0, 1, 2, 63, 64, 65, 1000])
  func `many texts are found as one by one`(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    var dictionary = TextDictionary()
    let known = texts(count)
    for text in known where Int.random(in: 0..<4, using: &random) > 0 {
      _ = dictionary.intern(text)
    }
    let asked = known.shuffled(using: &random) + known
    let expected = asked.map { dictionary.code(of: $0) ?? TextDictionary.missing }
    #expect(codes(of: asked) { dictionary.findCodes(of: $0, into: $1) } == expected)
    let stored = TextDictionary(bytes: dictionary.bytes, ends: dictionary.ends)
    #expect(codes(of: asked) { stored.findCodes(of: $0, into: $1) } == expected)
  }

  @Test(arguments: [0, 1, 2, 63, 64, 65, 1000])
  func `many texts get the codes that they get one by one`(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    var together = TextDictionary()
    _ = together.intern("7")
    var singly = together
    let asked = (texts(count) + texts(count / 2)).shuffled(using: &random)
    let found = codes(of: asked) { together.intern($0, into: $1) }
    #expect(found == asked.map { singly.intern($0) })
    #expect(together.bytes == singly.bytes)
    #expect(together.ends == singly.ends)
    #expect(asked.allSatisfy { together.code(of: $0) == singly.code(of: $0) })
  }
}
