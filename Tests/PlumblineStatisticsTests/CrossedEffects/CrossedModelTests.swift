import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Crossed model at given spreads` {
  /// Cells written as row:column:stratum:covariate:trials:successes.
  private static func cells(_ row: ReferenceTable.Row) throws -> [CrossedTable.Cell] {
    try row.text("cells").split(separator: " ").map { token in
      let values = token.split(separator: ":").compactMap { Int($0) }
      try #require(values.count == 6)
      return CrossedTable.Cell(
        row: values[0],
        column: values[1],
        stratum: values[2],
        isExposed: values[3] == 1,
        trials: Double(values[4]),
        successes: Double(values[5])
      )
    }
  }

  private static func model(
    _ row: ReferenceTable.Row,
    _ cells: [CrossedTable.Cell]
  ) throws -> CrossedModel {
    CrossedModel(
      CrossedTable(
        rowCount: try #require(row.integer("rows")),
        columnCount: try #require(row.integer("columns")),
        stratumCount: try #require(row.integer("strata")),
        cells: cells
      ),
      includesExposure: row.integer("covariate") == 1
    )
  }

  private static func fit(_ row: ReferenceTable.Row, _ model: CrossedModel) -> CrossedFit {
    model.fit(
      CrossedSpreads(
        rows: row.number("sigma_rows"),
        columns: row.number("sigma_columns"),
        pairs: row.number("sigma_pairs")
      ),
      loose: row.integer("loose").map { LoosePairs(rows: [$0], spread: 1) },
      tolerance: 1e-14
    )
  }

  private static func expectAgreement(_ values: [Double], _ expected: [Double], _ note: String) {
    #expect(values.count == expected.count, "\(note)")
    for (value, wanted) in zip(values, expected) {
      #expect(agree(value, wanted, relative: 1e-7, absolute: 1e-8), "\(note)")
    }
  }

  @Test(arguments: try ReferenceTable("crossed-fit").rows)
  func `effects, evidence and contrasts agree with scipy`(row: ReferenceTable.Row) throws {
    let model = try Self.model(row, Self.cells(row))
    let fit = Self.fit(row, model)
    let effects = fit.effects
    Self.expectAgreement(effects.fixed, row.numbers("fixed"), "fixed")
    Self.expectAgreement(effects.rows, row.numbers("row_effects"), "rows")
    Self.expectAgreement(effects.columns, row.numbers("column_effects"), "columns")
    Self.expectAgreement(effects.pairs, row.numbers("pair_effects"), "pairs")
    #expect(agree(fit.mode.logEvidence, row.number("evidence"), relative: 1e-9))
    let first = model.pairs[0].row
    let own = model.pairs.indices.filter { model.pairs[$0].row == first }
    var withPairs = CrossedContrast.row(0, against: Array(1..<model.table.rowCount))
    withPairs.pairs = own.map { ($0, 1 / Double(own.count)) }
    let moments = [
      .row(0, against: Array(1..<model.table.rowCount)),
      .column(0, against: Array(1..<model.table.columnCount)), .pair(0), withPairs,
    ].map { fit.moments($0) }
    Self.expectAgreement(moments.map(\.mean), row.numbers("contrasts"), "contrasts")
    Self.expectAgreement(moments.map(\.variance), row.numbers("variances"), "variances")
  }

  @Test(arguments: try ReferenceTable("crossed-fit").rows)
  func `neither the order of cells nor splitting them changes a bit`(
    row: ReferenceTable.Row
  ) throws {
    let cells = try Self.cells(row)
    let halves = cells.flatMap { cell -> [CrossedTable.Cell] in
      var (one, other) = (cell, cell)
      one.trials = 1
      one.successes = min(1, cell.successes)
      other.trials -= 1
      other.successes -= one.successes
      return [other, one]
    }
    let fit = Self.fit(row, try Self.model(row, cells))
    let again = Self.fit(row, try Self.model(row, halves.reversed()))
    #expect(fit.effects == again.effects)
    #expect(fit.mode.logEvidence == again.mode.logEvidence)
  }

  @Test(arguments: try ReferenceTable("crossed-fit").rows)
  func `rows and columns can change places`(row: ReferenceTable.Row) throws {
    guard row.integer("loose") == nil else { return }
    let model = try Self.model(row, Self.cells(row))
    let turned = CrossedModel(
      CrossedTable(
        rowCount: model.table.columnCount,
        columnCount: model.table.rowCount,
        stratumCount: model.table.stratumCount,
        cells: model.table.cells.map {
          CrossedTable.Cell(
            row: $0.column,
            column: $0.row,
            stratum: $0.stratum,
            isExposed: $0.isExposed,
            trials: $0.trials,
            successes: $0.successes
          )
        }
      ),
      includesExposure: model.includesExposure
    )
    let fit = Self.fit(row, model)
    let other = turned.fit(
      CrossedSpreads(
        rows: row.number("sigma_columns"),
        columns: row.number("sigma_rows"),
        pairs: row.number("sigma_pairs")
      ),
      tolerance: 1e-14
    )
    Self.expectAgreement(other.effects.columns, fit.effects.rows, "rows")
    Self.expectAgreement(other.effects.rows, fit.effects.columns, "columns")
    #expect(agree(other.mode.logEvidence, fit.mode.logEvidence, relative: 1e-9))
  }

  @Test func `a table without trials leaves every effect at its prior`() {
    let table = CrossedTable(rowCount: 2, columnCount: 3, stratumCount: 1, cells: [])
    let fit = CrossedModel(table, includesExposure: true)
      .fit(CrossedSpreads(rows: 0.5, columns: 0.25, pairs: 0.1))
    #expect(fit.effects.rows == [0, 0])
    #expect(agree(fit.moments(.row(0)).variance, 0.25))
    #expect(agree(fit.moments(.column(2)).variance, 0.0625))
    #expect(agree(fit.moments(.fixed(1)).variance, 6.25))
    // Half the logarithm of 25 · 6.25: the priors' own constant is left out.
    #expect(agree(fit.mode.logEvidence, 0.5 * 5.051457288616511))
  }

  @Test func `flat priors under separation still give finite numbers`() {
    let table = CrossedTable(
      rowCount: 1,
      columnCount: 1,
      stratumCount: 2,
      cells: [
        CrossedTable.Cell(row: 0, column: 0, stratum: 0, trials: 5, successes: 2),
        CrossedTable.Cell(row: 0, column: 0, stratum: 1, trials: 4, successes: 0),
      ]
    )
    let fit = CrossedModel(table, includesExposure: true, priors: .flat)
      .fit(CrossedSpreads(rows: 0.3, columns: 0.3, pairs: 0.1))
    let isFinite = (fit.effects.fixed + fit.effects.rows).allSatisfy { $0.isFinite }
    #expect(isFinite)
  }

  @Test func `a search started elsewhere ends at the same place`() {
    let cells = (0..<24).map { index in
      CrossedTable.Cell(
        row: index % 3,
        column: index / 3 % 4,
        stratum: index % 2,
        isExposed: index / 12 == 1,
        trials: Double(5 + index),
        successes: Double(index % 5)
      )
    }
    let table = CrossedTable(rowCount: 3, columnCount: 4, stratumCount: 2, cells: cells)
    let model = CrossedModel(table, includesExposure: true)
    let far = model.fit(CrossedSpreads(rows: 1.6, columns: 1.6, pairs: 0.7))
    let spreads = CrossedSpreads(rows: 0.05, columns: 0.2, pairs: 0.05)
    let one = model.fit(spreads, tolerance: 1e-13)
    let other = model.fit(spreads, start: far.mode, tolerance: 1e-13)
    for (value, expected) in zip(one.effects.pairs, other.effects.pairs) {
      #expect(agree(value, expected, relative: 1e-6, absolute: 1e-9))
    }
    #expect(agree(one.mode.logEvidence, other.mode.logEvidence, relative: 1e-12))
  }
}
