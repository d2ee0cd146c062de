import Foundation
import PlumblineCore

/// The texts of one domain as they are stored, packed in segments.
struct StoredTexts: Sendable {
  let segments: [TextSegments.Segment]
  /// How many codes they have, the missing text's included.
  let count: Int

  /// All texts, not indexed.
  ///
  /// - Throws: `InputError` with code `store.damaged`.
  func dictionary() throws -> TextDictionary {
    var (bytes, ends): ([UInt8], [UInt32]) = ([], [0])
    ends.reserveCapacity(count)
    for segment in segments {
      try TextSegments.decode(segment, into: &bytes, &ends)
      // Texts of a domain are mostly of one length.
      if segment.firstCode == 1 { bytes.reserveCapacity(bytes.count / segment.count * count) }
    }
    return TextDictionary(bytes: bytes, ends: ends)
  }

  /// The texts, to be read when somebody asks for them, with others behind them.
  ///
  /// - Throws: `InputError` with code `store.damaged`.
  func late(followedBy news: TextDictionary = TextDictionary()) throws -> LateTexts {
    for segment in segments { try TextSegments.check(segment) }
    return LateTexts(storedCount: count, news: news, all: dictionary) { [segments] code in
      guard let segment = segments.last(where: { $0.firstCode <= Int(code) }) else { return "" }
      return try segment.payload.withUnsafeBytes {
        try TextSegmentCoding.text($0, segment.count, at: Int(code) - segment.firstCode)
      }
    }
  }

  /// The codes of some texts.
  ///
  /// Goes through what is stored once, so that no index of all of it is made for a few.
  ///
  /// - Parameter texts: The texts, indexed.
  /// - Returns: For each code of `texts` the stored one, 0 where the text is not stored.
  /// - Throws: `InputError` with code `store.damaged`.
  /// - Complexity: O(stored texts).
  func codes(of texts: TextDictionary) throws -> [UInt32] {
    var stored = [UInt32](repeating: TextDictionary.missing, count: texts.count)
    var (bytes, ends): ([UInt8], [UInt32]) = ([], [])
    var found = [UInt32](repeating: 0, count: TextSegmentCoding.mostTexts)
    var numbered = NumberedTexts(texts)
    for segment in segments {
      let isNumbered = try numbered.forEachCode(in: segment) { code, place in
        stored[Int(code)] = UInt32(segment.firstCode + place)
      }
      if isNumbered { continue }
      bytes.removeAll(keepingCapacity: true)
      ends.removeAll(keepingCapacity: true)
      ends.append(0)
      try TextSegments.decode(segment, into: &bytes, &ends)
      bytes.withUnsafeBytes { bytes in
        guard let base = bytes.baseAddress else { return }
        let hashed = (1..<ends.count).map { code in
          HashedText(base + Int(ends[code - 1]), count: Int(ends[code] - ends[code - 1]))
        }
        hashed.withUnsafeBufferPointer { hashed in
          found.withUnsafeMutableBufferPointer { texts.findCodes(of: hashed, into: $0) }
        }
      }
      for index in 0..<segment.count where found[index] != TextDictionary.missing {
        stored[Int(found[index])] = UInt32(segment.firstCode + index)
      }
    }
    return stored
  }
}
