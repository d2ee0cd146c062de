import PlumblineCore
import Foundation
import PlumblineOracle
import PlumblineTestSupport
import Testing

/// The comparison itself must be able to fail, or no reference case means anything.
@Suite struct `Reference case comparison` {
  private func reference() throws -> ReferenceCase {
    let text = """
      {"id": "made-up", "method": "none", "input": {}, "expected": {"rate": 0.5, "gone": null, "verdict": "same",
      "known": true, "rows": [{"p": 0.2, "hi": 10}, {"p": 0.4, "hi": 20}]},
      "tolerance": {"default": {"abs": 1e-9, "rel": 0}, "rows.*.hi": {"abs": 0.5, "rel": 0},
      "rows.1.hi": {"rel": 0.1}}}
      """
    return try JSONDecoder().decode(ReferenceCase.self, from: Data(text.utf8))
  }

  private static let right: JSONTree = [
    "rate": 0.5, "gone": .null, "verdict": "same", "known": true, "extra": 3,
    "rows": [["p": 0.2, "hi": 10], ["p": 0.4, "hi": 20]],
  ]

  private func answer(_ changes: [String: JSONTree]) -> JSONTree {
    guard case .object(var members) = Self.right else { return .null }
    members.merge(changes) { _, new in new }
    return .object(members)
  }

  @Test(
    arguments: [
      [:], ["gone": .null], ["rate": 0.5000000001],
      ["rows": [["p": 0.2, "hi": 10.5], ["p": 0.4, "hi": 21.9]]],
    ] as [[String: JSONTree]]
  )
  func `accepts what lies within the closest tolerance`(changes: [String: JSONTree]) throws {
    #expect(try reference().differences(from: answer(changes)) == [])
  }

  @Test(
    arguments: [
      ["rate": 0.50000001], ["rate": .null], ["rate": .number(.nan)], ["rate": "0.5"],
      ["gone": 0], ["verdict": "lower"], ["known": false], ["known": 1], ["rows": []],
      ["rows": [["p": 0.2, "hi": 10.6], ["p": 0.4, "hi": 20]]],
      ["rows": [["p": 0.2, "hi": 10], ["p": 0.4, "hi": 22.1]]],
      ["rows": [["p": 0.2, "hi": 10], ["hi": 20]]],
    ] as [[String: JSONTree]]
  )
  func `names the one value that differs`(changes: [String: JSONTree]) throws {
    let differences = try reference().differences(from: answer(changes))
    #expect(differences.count == 1)
    #expect(differences.first?.hasPrefix(changes.keys.first ?? "none") == true)
  }

  @Test func `an empty answer differs in every value but the null`() throws {
    #expect(try reference().differences(from: [:]).count == 4)
    #expect(try reference().differences(from: .null).count == 1)
  }
}
