import PlumblineCore
import PlumblineStatistics
@testable import PlumblineStorage
import Testing

/// Texts in bytes and back.
struct TextSegmentCodingTests {
  private func roundTrip(_ texts: [String]) -> [UInt8] {
    var dictionary = TextDictionary()
    _ = dictionary.intern("before")
    for text in texts { _ = dictionary.intern(text) }
    #expect(dictionary.count == texts.count + 2)
    let payload = TextSegmentCoding.encode(dictionary, 2..<dictionary.count)
    var bytes = Array("before".utf8)
    var ends: [UInt32] = [0, 6]
    payload.withUnsafeBytes { payload in
      do throws(Malformed) {
        try TextSegmentCoding.decode(payload, texts.count, into: &bytes, &ends)
        #expect(bytes == dictionary.bytes)
        #expect(ends == dictionary.ends)
        for (index, text) in texts.enumerated() {
          #expect(try TextSegmentCoding.text(payload, texts.count, at: index) == text)
        }
      } catch {
        Issue.record("what was written cannot be read")
      }
    }
    return payload
  }

  @Test(
    arguments: [
      ["a"], ["0"], ["1"], ["00"], ["0", "1", "10"], ["01", "1"], ["07", "12"],
      ["lead-1", "lead-01"],
      ["999999999999999999"], ["1000000000000000000", "1000000000000000001"],
      ["18446744073709551616", "3"], ["00000000000000000000000012", "00000000000000000000000013"],
      ["x9", "x10", "x11"], ["x09", "x10"], ["x9", "y9"], ["9", "x"], ["12", "1x"], ["1", "1é"],
      ["é", "日本", "🎉1", "🎉2"], ["5", "50", "500"], ["1.5", "1.25"], ["-1", "-2"], ["a1b2", "a1b3"],
      ["12", "123", "13"], ["a", "ab", "abc"], ["1 ", "2 "],
    ]
  )
  func `texts of any look survive`(texts: [String]) { _ = roundTrip(texts) }

  @Test(arguments: UInt64(0)..<200)
  func `texts drawn at random survive, and damage never traps`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var texts: [String] = []
    let letters = Array(["0123456789", "01", "ab0", "00012x"][random.integer(below: 4)])
    let beginning = ["", "", "id-", "0", "7"][random.integer(below: 5)]
    for _ in 0...random.integer(below: 60) {
      let length = random.integer(below: 22) + 1
      let text =
        beginning + String((0..<length).map { _ in letters[random.integer(below: letters.count)] })
      if !texts.contains(text) { texts.append(text) }
    }
    let payload = roundTrip(texts)
    for _ in 0..<50 {
      var damaged = payload
      for _ in 0...random.integer(below: 3) {
        damaged[random.integer(below: damaged.count)] = UInt8(random.integer(below: 256))
      }
      if random.integer(below: 4) == 0 {
        damaged = Array(damaged.prefix(random.integer(below: damaged.count)))
      }
      damaged.withUnsafeBytes {
        var (bytes, ends): ([UInt8], [UInt32]) = ([], [0])
        do throws(Malformed) {
          try TextSegmentCoding.decode($0, texts.count, into: &bytes, &ends)
          #expect(ends.count == texts.count + 1)
          #expect(Int(ends.last ?? 0) == bytes.count)
        } catch {
        }
        _ = try? TextSegmentCoding.text($0, texts.count, at: random.integer(below: texts.count))
      }
    }
  }

  @Test func `ids that count upwards take little room`() {
    let payload = roundTrip((0..<5000).map { String(20_000_000_000 + $0 * 17) })
    #expect(payload.count < 5000 / 4)
    #expect(roundTrip((0..<5000).map { "lead-\(100_000 + $0)" }).count < 200)
  }
}
