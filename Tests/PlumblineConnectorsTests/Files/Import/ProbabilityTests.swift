import PlumblineConnectors
import PlumblineCore
import Testing

/// A deal's probability, which some systems write as 0 to 1 and others as 0 to 100.
struct ProbabilityTests {
  /// Deals with these cells as their probabilities, the first in line 2.
  private func read(
    _ cells: [String],
    header: String = "P",
    field: String = "P"
  ) throws -> ImportedText {
    try ImportedText(
      """
      files:
        - file: deals.csv
          records:
            - {kind: deal, id: id, probability: \(field)}

      """,
      ["deals.csv": table(cells, header: header)]
    )
  }

  private func table(_ cells: [String], header: String = "P") -> String {
    let rows = cells.enumerated().map { "d\($0.offset),\"\($0.element)\"" }
    return (["id,\(header)"] + rows).joined(separator: "\n") + "\n"
  }

  private static let blank = FactColumn.noNumber

  @Test func `a probability given as 0..1 or 0..100 means the same`() throws {
    let expected: [Int64] = [0, 5_000, 400_000, 333_300, 999_900, 1_000_000, Self.blank]
    let writings = [
      ["0", "0.005", "0.4", "0.3333", "0.9999", "1", ""],
      ["0", "0,005", "0,4", "0,3333", "0,9999", "1,0", ""],
      ["0 %", "0.5 %", "40%", "33.33 %", "99.99%", "100 %", ""],
      ["0", "0,5 %", "40 %", "33,33", "99,99", "100", "n/a"],
    ]
    for cells in writings {
      let read = try read(cells)
      #expect(read.outcome.batch[.deal]["probability"] == expected, "\(cells)")
      #expect(read.codes == [] && read.outcome.refused.isEmpty, "\(cells)")
    }
  }

  @Test(
    arguments: [
      // Nothing to decide.
      ([], [], []), (["", ""], [blank, blank], []), (["0", "0.0"], [0, 0], []),
      // One value is enough, at either end.
      (["0.5"], [500_000], []), (["50"], [500_000], []), (["100"], [1_000_000], []),
      (["1.5"], [15_000], []), (["0.5 %"], [5_000], []), (["1 %", "1"], [10_000, 10_000], []),
      (["0.000001", "1"], [1, 1_000_000], []), (["33.3333333", "50"], [333_333, 500_000], []),
      // 1 is certain beside fractions and one percent beside percent.
      (["1", "0.5"], [1_000_000, 500_000], []), (["1", "50"], [10_000, 500_000], []),
      (["0", "1", ""], [0, 1_000_000, blank], ["import.probability-scale"]),
      (["1"], [1_000_000], ["import.probability-scale"]),
      // A sign never groups: there is no probability of a thousand.
      (["12.500", "0.125"], [125_000, 1_250], ["import.mixed-probabilities"]),
      (["12,500"], [125_000], []), (["0,125", "1,000"], [125_000, 1_000_000], []),
      (["0.5", "50"], [5_000, 500_000], ["import.mixed-probabilities"]),
      (["0.5", "50 %"], [5_000, 500_000], ["import.mixed-probabilities"]),
    ] as [([String], [Int64], [String])]
  )
  func `the whole column decides the scale`(
    cells: [String],
    expected: [Int64],
    codes: [String]
  ) throws {
    let read = try read(cells)
    #expect(read.outcome.batch[.deal]["probability"] == expected)
    #expect(read.codes == codes)
    #expect(read.outcome.refused.isEmpty)
  }

  @Test(
    arguments: [
      ("101", ["50"], "\"101\" is not a probability from 0 to 100"),
      ("100.01", ["50"], "\"100.01\" is not a probability from 0 to 100"),
      ("-1", ["50"], "\"-1\" is not a probability from 0 to 100"),
      ("-1", ["0.5"], "\"-1\" is not a probability from 0 to 1"),
      ("(0.5)", ["0.5"], "\"(0.5)\" is not a probability from 0 to 1"),
      ("-5 %", ["50"], "\"-5 %\" is not a probability from 0 to 100"),
      ("likely", ["50"], "\"likely\" is not a number of this column"),
    ]
  )
  func `what is no probability refuses its row alone`(
    cell: String,
    others: [String],
    reason: String
  ) throws {
    let read = try read(others + [cell])
    #expect(read.outcome.batch[.deal].rowCount == others.count)
    #expect(read.outcome.refused.map(\.line) == [others.count + 2])
    #expect(read.outcome.refused.map(\.reason) == [reason])
  }

  @Test func `numbers below one percent are told once, with their count and the first`() throws {
    let read = try read(["50", "0.5", "1", "0.25", "0", "0.5 %"])
    let found = try #require(read.outcome.diagnostics.first)
    #expect(read.outcome.diagnostics.count == 1 && found.severity == .warning)
    #expect(found.location?.line == 3)
    #expect(found.message.contains("because of \"50\" in line 2"))
    #expect(found.message.contains("2 of them are below 1 (\"0.5\" in line 3)"))
  }

  @Test func `a note tells how 0 and 1 alone are read, and the mapping settles it`() throws {
    let open = try read(["0", "1"])
    #expect(open.outcome.diagnostics.map(\.severity) == [.note])
    for (scale, expected) in [("0.01", 10_000), ("1", 1_000_000)] as [(String, Int64)] {
      let settled = try read(["0", "1"], field: "{column: P, scale: \(scale)}")
      #expect(settled.outcome.batch[.deal]["probability"] == [0, expected])
      #expect(settled.codes == [])
    }
  }

  @Test func `a percent sign in the column's name settles only what its numbers leave open`() throws
  {
    for (cells, expected, codes) in [
      (["0", "1"], [0, 10_000], ["import.probability-scale"]),
      (["0.5", "1"], [500_000, 1_000_000], ["import.probability-scale"]),
      (["50", "1"], [500_000, 10_000], []),
    ] as [([String], [Int64], [String])] {
      let read = try read(cells, header: "Probability (%)", field: "Probability (%)")
      #expect(read.outcome.batch[.deal]["probability"] == expected)
      #expect(read.codes == codes)
    }
  }

  @Test func `a scale that the mapping gives decides, whatever the numbers look like`() throws {
    let percent = try read(["0.5", "50", "101"], field: "{column: P, scale: 0.01}")
    #expect(percent.outcome.batch[.deal]["probability"] == [5_000, 500_000])
    #expect(
      percent.outcome.refused.map(\.reason) == [
        "\"101\" times 0.01 is not a probability from 0 to 1"
      ]
    )
    let plain = try read(["0.5", "50 %"], field: "{column: P, scale: 1}")
    #expect(plain.outcome.batch[.deal]["probability"] == [500_000])
    #expect(plain.outcome.refused.map(\.code) == ["row.no-probability"])
    #expect(percent.codes == [] && plain.codes == [])
  }

  @Test func `words may stand for probabilities, on the scale of the numbers they stand for`()
    throws
  {
    let field = "{column: P, values: {Commit: 90, Best case: 40, Omitted: \"\"}, missing: 10}"
    let read = try read(["Commit", "best case", "Omitted", "", "1"], field: field)
    #expect(
      read.outcome.batch[.deal]["probability"] == [900_000, 400_000, Self.blank, 100_000, 10_000]
    )
    #expect(read.codes == [])
  }

  @Test func `each of a field's columns has its own scale`() throws {
    let read = try ImportedText(
      """
      files:
        - file: deals.csv
          records:
            - {kind: deal, id: id, probability: {columns: [share, percent]}}

      """,
      ["deals.csv": "id,share,percent\na,0.5,70\nb,,70\nc,1,\n"]
    )
    #expect(read.outcome.batch[.deal]["probability"] == [500_000, 700_000, 1_000_000])
    #expect(read.codes == [])
  }

  @Test(arguments: [
    ("0", 0), ("1", 1_000_000), ("0.4", 400_000), ("40", 400_000), ("100", 1_000_000),
  ])
  func `one probability for all rows is on the scale that holds it`(
    constant: String,
    expected: Int64
  ) throws {
    let read = try read(["x"], field: "{constant: \(constant)}")
    #expect(read.outcome.batch[.deal]["probability"] == [expected])
  }

  @Test(arguments: ["-1", "100.5"])
  func `one that is none is an error of the mapping`(constant: String) throws {
    let error = #expect(throws: InputError.self) {
      _ = try read(["x"], field: "{constant: \(constant)}")
    }
    #expect(error?.diagnostics.map(\.code) == ["mapping.out-of-range"])
  }

  @Test(
    arguments: [
      "P", "{column: P, scale: 0.01}", "{column: P, scale: 1}",
      "{column: P, values: {7: \"0,7\"}}", "{column: P, values: {7: \"0,7\"}, scale: 0.01}",
    ]
  )
  func `large files are read as small ones`(field: String) throws {
    let mapping =
      "files:\n  - file: deals.csv\n    records:\n"
      + "      - {kind: deal, id: id, probability: \(field)}\n"
    let plain = (0..<300).map { "\($0 % 2)" }
    for late in [
      [], ["50"], ["0.5"], ["0,5"], ["50 %", "0.5"], ["-1"], ["101"], ["x"], ["7", "12.500"],
    ] {
      let text = table(plain + late + ["1", ""])
      try BothWays.expectSame(mapping, ["deals.csv": text])
    }
  }
}
