import PlumblineStatistics
@testable import PlumblineStorage
import Testing

/// Damage is noticed.
struct ChecksumTests {
  @Test(arguments: [0, 1, 7, 8, 9, 31, 32, 33, 64, 100])
  func `every flipped bit, every other length and every other place is noticed`(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    let bytes = (0..<count).map { _ in UInt8(random.integer(below: 256)) }
    let sum = Checksum.of(bytes, seed: 1)
    #expect(sum == Checksum.of(bytes, seed: 1))
    #expect(sum != Checksum.of(bytes, seed: 2))
    #expect(sum != Checksum.of(bytes + [0], seed: 1))
    for index in bytes.indices {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[index] ^= 1 << bit
        #expect(Checksum.of(damaged, seed: 1) != sum)
      }
    }
  }

  @Test func `the order of numbers in a seed counts`() {
    #expect(Checksum.seed("a", 1, 2) != Checksum.seed("a", 2, 1))
    #expect(Checksum.seed("a", 1, 2) != Checksum.seed("b", 1, 2))
  }

  /// Stores that exist depend on it.
  ///
  /// The numbers are those of a second implementation, in Python.
  @Test func `the checksum stays what it was`() {
    #expect(Checksum.of(Array(0..<100), seed: 7) == 9_740_837_493_829_664_837)
    #expect(Checksum.of([], seed: 0) == 17_866_986_576_054_490_505)
  }
}
