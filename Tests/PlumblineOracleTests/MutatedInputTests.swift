import Foundation
import PlumblineCore
import PlumblineOracle
import PlumblineTestSupport
import Testing

/// Inputs that somebody got wrong: each is answered or refused, and none stops the program.
@Suite struct `Mutated inputs` {
  private func answer(_ method: String, _ input: JSONTree) throws -> JSONTree {
    try OracleCase(method: method, input: input).answer(in: ReferenceCase.folder)
  }

  /// The codes of what is refused.
  private func codes(_ method: String, _ input: JSONTree) -> Set<String> {
    do {
      _ = try answer(method, input)
      return []
    } catch let error as InputError {
      return Set(error.diagnostics.map(\.code))
    } catch {
      return ["other"]
    }
  }

  private static let wrongValues: [JSONTree] = [
    .null, "x", [:], [], 1e300, -1, 9.3e18, 0,
  ]

  /// The input with one value after another left out or replaced: of a list its first and last
  /// entries.
  private static func mutations(of tree: JSONTree, depth: Int = 0) -> [JSONTree] {
    var found = depth == 0 ? [] : wrongValues
    switch tree {
    case .object(let members):
      for (name, value) in members.sorted(by: { $0.key < $1.key }) {
        found.append(.object(members.filter { $0.key != name }))
        for changed in mutations(of: value, depth: depth + 1) {
          found.append(.object(members.merging([name: changed]) { _, new in new }))
        }
      }
    case .list(let values):
      if values.contains(where: { $0.number != nil }) {
        for number in [-1, 0, 4e18] as [JSONTree] {
          found.append(.list(values.map { _ in number }))
        }
      }
      found.append(.list(Array(values.dropLast())))
      for index in Set([0, values.count - 1]).sorted() where values.indices.contains(index) {
        for changed in mutations(of: values[index], depth: depth + 1) {
          var values = values
          values[index] = changed
          found.append(.list(values))
        }
      }
    default: break
    }
    return found
  }

  /// Methods whose answers take long, or that read files, are left to the tests below.
  private static let slow: Set<String> = [
    "attribution", "cif_band", "cube", "leak", "leak_fit", "ultimate", "ultimate_cure",
    "work_cube",
  ]

  private static func quickCases() throws -> [ReferenceCase] {
    var methods: Set<String> = []
    return try ReferenceCase.load(prefix: "").filter {
      !slow.contains($0.oracle.method) && methods.insert($0.oracle.method).inserted
    }
  }

  @Test(
    .enabled(if: ReferenceCase.areAvailable, "\(ReferenceCase.absenceNote)"),
    arguments: try quickCases()
  )
  func `are answered or refused`(reference: ReferenceCase) throws {
    // These draw often; every seventh mutation takes them long enough.
    let step = ["gap", "rates"].contains(reference.oracle.method) ? 7 : 1
    let all = Self.mutations(of: reference.input)
    let mutations = stride(from: 0, to: all.count, by: step).map { all[$0] }
    #expect(all.count > 20)
    var refused = 0
    for input in mutations {
      // Getting here again after each of them is what is tested.
      if !codes(reference.oracle.method, input).isEmpty { refused += 1 }
    }
    #expect(refused > 0)
    #expect(refused < mutations.count)
  }

  // MARK: Files of cells

  private static let header = "channel,rep,segment,sla_met,n,won,score_band\n"

  /// What is said of a file of cells whose row 1 is in order and whose row 2 is given.
  private func findings(
    _ method: String,
    row: String,
    input extra: [String: JSONTree] = [:]
  ) throws -> [Diagnostic] {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = Self.header + "Ads,ann,SMB,1,10,2,0\n" + row + "\n"
    try Data(text.utf8).write(to: folder.appending(path: "cells.csv"))
    var input: [String: JSONTree] = [
      "cells_csv": "cells.csv", "sigma_channel": 0.3, "sigma_rep": 0.3, "sigma_pair": 0.1,
      "channel": "Ads", "draws": 20,
    ]
    input.merge(extra) { _, new in new }
    do {
      _ = try OracleCase(method: method, input: .object(input)).answer(in: folder)
      return []
    } catch let error as InputError {
      return error.diagnostics
    }
  }

  @Test(arguments: [
    ("Meta,bob,SMB,0,inf,2,0", "n"), ("Meta,bob,SMB,0,nan,2,0", "n"),
    ("Meta,bob,SMB,0,9e18,2,0", "n"), ("Meta,bob,SMB,0,1000000001,2,0", "n"),
    ("Meta,bob,SMB,0,-1,0,0", "n"), ("Meta,bob,SMB,0,2.5,2,0", "n"),
    ("Meta,bob,SMB,0,ten,2,0", "n"), ("Meta,bob,SMB,0,10,11,0", "won"),
    ("Meta,bob,SMB,0,10,-1,0", "won"), ("Meta,bob,SMB,0,10,0.5,0", "won"),
    ("Meta,bob,SMB,0,0,1,0", "won"), ("Meta,bob,SMB,0,10,1e30,0", "won"),
    ("Meta,bob,SMB,0,10,2,1e30", "score_band"), ("Meta,bob,SMB,0,10,2,-1", "score_band"),
    ("Meta,bob,SMB,0,10,2,100", "score_band"), ("Meta,bob,SMB,0,10,2,nan", "score_band"),
  ])
  func `a cell that is no such number is named by row and column`(
    row: String,
    column: String
  ) throws {
    for method in ["leak_fit", "attribution", "leak"] {
      let findings = try findings(method, row: row)
      #expect(findings.map(\.code) == ["oracle.input"])
      let message = try #require(findings.first?.message)
      #expect(message.contains("row 2 of cells.csv"))
      #expect(message.contains("in column \(column),"))
    }
  }

  @Test func `every wrong cell is told at once`() throws {
    let findings = try findings("leak_fit", row: "Meta,bob,SMB,0,x,y,z\nMeta,bob,SMB,0,3,4,")
    #expect(findings.count == 4)
  }

  @Test(arguments: [
    "Meta,bob,SMB,0,0,0,0", "Meta,bob,SMB,0,,,", "Meta,bob,SMB,0,10,10,99",
    "Meta,bob,SMB,0,1e9,1e9,", "Meta,bob,SMB,0,10.0,2.0,1",
  ])
  func `numbers at the edges are taken`(row: String) throws {
    #expect(try findings("leak_fit", row: row).isEmpty)
  }

  @Test(
    arguments: [
      ("score_bands", 9_007_199_254_740_992), ("score_bands", 0), ("score_bands", 101),
      ("score_bands", 1.5), ("draws", 0), ("draws", -1), ("draws", 1_000_001), ("draws", 1e18),
      ("draws", "x"),
    ] as [(String, JSONTree)]
  )
  func `a number of bands or draws beyond reason is refused`(
    name: String,
    value: JSONTree
  ) throws {
    let findings = try findings("attribution", row: "Meta,bob,SMB,0,9,1,", input: [name: value])
    #expect(findings.map(\.code) == ["oracle.input"])
    #expect(findings.first?.message.contains("\"\(name)\"") == true)
  }

  // MARK: What once stopped the program, or kept it busy for ever

  @Test(
    arguments: [
      ("cif", ["edges": [0, 1], "converted": [4e18, 4e18], "open": [4e18, 4e18]]),
      (
        "cif",
        ["edges": [0], "converted": [1], "open": [1], "horizons": [-9.223372036854775808e18]]
      ),
      ("chart", ["baseline_n": [9e18], "baseline_met": [1], "n": [1], "met": [1]]),
      ("p_limits", ["cases": [["n": 9e18, "p": 0.5]]]),
      ("numerics", ["calls": [["f": "poisson_ci_lo_95", "args": [1e18]]]]),
      ("numerics", ["calls": [["f": "gammaincinv", "args": [1e300, 0.5]]]]),
      (
        "field_value",
        [
          "cells": [["score": 1, "level": -1, "pos": 1, "neg": 1]], "levels": -1,
          "value_per_win": 9, "cost_per_lead": 1,
        ]
      ),
      (
        "field_value",
        [
          "cells": [["score": 1, "level": 1e18, "pos": 1, "neg": 1]], "value_per_win": 9,
          "cost_per_lead": 1,
        ]
      ),
      ("economics", ["company": [:], "channels": [["wins": 1e18]]]),
      ("economics", ["company": ["ltv_months": 1e18], "channels": [[:]]]),
      ("payback", ["cases": [["arpa": 1, "months": 1e18]]]),
      (
        "headcount",
        [
          "months": 1e9, "start_reps": 1, "capacity": 1, "close_rate": 0.1, "arpa": 1,
        ]
      ),
      (
        "gap",
        [
          "base": [["volume": 1, "rates": [1e300, 1e300], "deal": 1]],
          "actual": [["volume": 1, "rates": [1, 1], "deal": 1]],
        ]
      ),
    ] as [(String, JSONTree)]
  )
  func `numbers too large to reckon with are refused`(method: String, input: JSONTree) {
    #expect(codes(method, input) == ["oracle.input"])
  }
}
