import Foundation
import Testing

@testable import PlumblineCore

@Suite struct `Marks upon one letter` {
  @Test(arguments: [
    ("", true), ("a", true), (String(repeating: "a", count: 1000), true),
    ("a" + String(repeating: "\u{301}", count: 30), true),
    ("a" + String(repeating: "\u{301}", count: 31), false),
    (String(repeating: "\u{301}", count: 31), false),
    (String(repeating: "a" + String(repeating: "\u{301}", count: 30), count: 100), true),
    (String(repeating: "\u{301}\u{316}", count: 16) + "z", false),
    // No class of their own, but two marks each once they fall apart.
    (String(repeating: "\u{F73}", count: 31), false),
    (String(repeating: "\u{FF9E}", count: 31), false),
  ])
  func `are counted`(text: String, isShort: Bool) {
    #expect(MarkRun.isShort(in: text) == isShort)
  }

  @Test func `are all that normalising puts into an order`() {
    var missed: [UInt32] = []
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value), !MarkRun.isMark(scalar) else { continue }
      let first = String(scalar).decomposedStringWithCompatibilityMapping.unicodeScalars.first
      if let first, first.properties.canonicalCombiningClass != .notReordered {
        missed.append(value)
      }
    }
    #expect(missed.isEmpty)
  }

  @Test func `are at most four where a letter falls apart`() {
    var most = 0
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value), !MarkRun.isMark(scalar) else { continue }
      let parts = String(scalar).decomposedStringWithCompatibilityMapping.unicodeScalars
      var run = 0
      for part in parts {
        run = part.properties.canonicalCombiningClass == .notReordered ? 0 : run + 1
        most = max(most, run)
      }
    }
    #expect((1...4).contains(most))
  }
}
