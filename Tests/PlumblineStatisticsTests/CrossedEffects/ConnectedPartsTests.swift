import PlumblineStatistics
import Testing

@Suite struct `Connected parts` {
  private func parts(
    _ pairs: [(Int, Int, Double)],
    rows: Int = 3,
    columns: Int = 3
  ) -> ConnectedParts {
    ConnectedParts(
      CrossedTable(
        rowCount: rows,
        columnCount: columns,
        stratumCount: 1,
        cells: pairs.map {
          CrossedTable.Cell(row: $0.0, column: $0.1, trials: $0.2, successes: 0)
        }
      ),
      minimumTrials: 5
    )
  }

  @Test func `nothing is joined without trials`() {
    #expect(parts([], rows: 0, columns: 0).count == 0)
    #expect(parts([], rows: 2, columns: 1).count == 3)
  }

  @Test func `too few trials do not join, cells of one pair are added up`() {
    #expect(parts([(0, 0, 4)], rows: 1, columns: 1).count == 2)
    #expect(parts([(0, 0, 5)], rows: 1, columns: 1).count == 1)
    let split = CrossedTable(
      rowCount: 1,
      columnCount: 1,
      stratumCount: 2,
      cells: [
        CrossedTable.Cell(row: 0, column: 0, stratum: 0, trials: 2, successes: 0),
        CrossedTable.Cell(row: 0, column: 0, stratum: 1, trials: 3, successes: 0),
      ]
    )
    #expect(ConnectedParts(split, minimumTrials: 5).count == 1)
  }

  @Test func `a chain is one part however long`() {
    let chain = parts([(0, 0, 9), (1, 0, 9), (1, 1, 9), (2, 1, 9), (2, 2, 9)])
    #expect(chain.count == 1)
    #expect(chain.rows == [0, 0, 0])
    #expect(chain.columns == [0, 0, 0])
  }

  @Test func `rows with columns of their own are parts of their own`() {
    let nested = parts([(0, 0, 9), (1, 1, 9), (2, 2, 9)])
    #expect(nested.count == 3)
    #expect(nested.rows == nested.columns)
    let two = parts([(0, 0, 9), (1, 1, 9), (2, 2, 9), (1, 2, 9)])
    #expect(two.count == 2)
    #expect(two.rows == [0, 1, 1])
  }
}
