import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Qualifying field` {
  private static func cells(_ row: ReferenceTable.Row) -> [FieldCell] {
    let (scores, won, lost) = (row.numbers("scores"), row.numbers("won"), row.numbers("lost"))
    return row.integers("level").enumerated().map { index, level in
      FieldCell(score: scores[index], level: level, won: won[index], lost: lost[index])
    }
  }

  @Test func `agrees with a penalised likelihood solved elsewhere`() throws {
    let table = try ReferenceTable("qualifying-fields")
    #expect(table.rows.count == 3)
    let value = try WorkValue(perWin: 500, perCase: 80)
    for row in table.rows {
      let levels = try #require(row.integer("levels"))
      let field = try #require(
        try QualifyingFieldValue(Self.cells(row), levels: levels, value: value)
      )
      for (value, expected) in zip(field.coefficients, row.numbers("coefficients")) {
        #expect(agree(value, expected, relative: 1e-7), "\(row)")
      }
      for (value, expected) in zip(field.standardErrors, row.numbers("errors")) {
        #expect(agree(value, expected, relative: 1e-7), "\(row)")
      }
      #expect(field.coefficients.count == row.numbers("coefficients").count)
      #expect(agree(field.chiSquare, row.number("chi2"), relative: 1e-8), "\(row)")
      #expect(agree(field.pValue, row.number("p"), relative: 1e-6), "\(row)")
      #expect(agree(field.areas.first, row.number("area_without"), relative: 1e-12), "\(row)")
      #expect(agree(field.areas.second, row.number("area_with"), relative: 1e-12), "\(row)")
      #expect(agree(field.areas.pValue, row.number("area_p"), relative: 1e-6), "\(row)")
      #expect(field.netWithout == row.number("net_without"), "\(row)")
      #expect(field.netWith == row.number("net_with"), "\(row)")
    }
  }

  private static let plain = [
    FieldCell(score: 20, level: 0, won: 4, lost: 30),
    FieldCell(score: 60, level: 0, won: 12, lost: 20),
  ]

  @Test func `one answer tells nothing beyond the score`() throws {
    let value = try WorkValue(perWin: 900, perCase: 110)
    let field = try #require(try QualifyingFieldValue(Self.plain, levels: 1, value: value))
    #expect(field.degreesOfFreedom == 0)
    #expect(field.chiSquare < 1e-9)
    #expect(field.pValue == 1)
    #expect(field.areas.pValue == 1)
    #expect(field.netWith == field.netWithout)
  }

  @Test func `an answer nobody gave keeps the prior and changes nothing`() throws {
    let value = try WorkValue(perWin: 900, perCase: 110)
    let field = try #require(try QualifyingFieldValue(Self.plain, levels: 2, value: value))
    #expect(field.coefficients[2].magnitude < 1e-9)
    #expect(agree(field.standardErrors[2], 2.5))
    #expect(field.areas.difference == 0)
  }

  @Test func `has no value where the score has no fit`() throws {
    let value = try WorkValue(perWin: 900, perCase: 110)
    #expect(try QualifyingFieldValue([], levels: 2, value: value) == nil)
    let alike = [
      FieldCell(score: 20, level: 0, won: 4, lost: 30),
      FieldCell(score: 20, level: 1, won: 12, lost: 20),
    ]
    #expect(try QualifyingFieldValue(alike, levels: 2, value: value) == nil)
    let nobody = Self.plain.map { FieldCell(score: $0.score, level: 0, won: 0, lost: $0.lost) }
    #expect(try QualifyingFieldValue(nobody, levels: 1, value: value) == nil)
  }

  @Test func `refuses answers that do not exist`() throws {
    let value = try WorkValue(perWin: 1, perCase: 1)
    #expect(throws: StatisticsError.lengthMismatch(expected: 1, found: 3)) {
      try QualifyingFieldValue(
        [FieldCell(score: 1, level: 2, won: 1, lost: 1)],
        levels: 1,
        value: value
      )
    }
  }
}
