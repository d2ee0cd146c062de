import Foundation
import PlumblineStatistics
import Testing

@Suite struct `Crossed model over a grid of spreads` {
  /// A table drawn from the model itself, with what the first row's effect really is.
  private static func simulated(
    rows: Int,
    columns: Int,
    strata: Int = 2,
    trials: Int,
    seed: UInt64
  ) -> (table: CrossedTable, firstRow: Double) {
    var generator = SeededGenerator(seed: seed)
    let rowEffects = (0..<rows).map { _ in generator.normal(standardDeviation: 0.4) }
    let columnEffects = (0..<columns).map { _ in generator.normal(standardDeviation: 0.2) }
    var cells: [CrossedTable.Cell] = []
    for row in 0..<rows {
      for column in 0..<columns {
        let pair = generator.normal(standardDeviation: 0.1)
        for stratum in 0..<strata {
          for isExposed in [false, true] {
            let logOdds =
              -1 + rowEffects[row] + columnEffects[column] + pair + (isExposed ? 0.8 : 0)
            let count = generator.poisson(mean: Double(trials))
            let chance = SpecialFunctions.expit(logOdds)
            cells.append(
              CrossedTable.Cell(
                row: row,
                column: column,
                stratum: stratum,
                isExposed: isExposed,
                trials: Double(count),
                successes: Double(generator.binomial(trials: count, probability: chance))
              )
            )
          }
        }
      }
    }
    let others = rowEffects.dropFirst().reduce(0, +) / Double(max(1, rows - 1))
    return (
      CrossedTable(rowCount: rows, columnCount: columns, stratumCount: strata, cells: cells),
      rowEffects[0] - others
    )
  }

  /// Every node of the standard grid fitted on its own, with its weight.
  private static func weights(_ model: CrossedModel) -> [(fit: CrossedFit, weight: Double)] {
    let factors = [0.05, 0.1, 0.2, 0.35, 0.6, 1, 1.6]
    let pairs = [0.05, 0.15, 0.35, 0.7]
    // Half-normal(0.5) times the spread times half the distance of the neighbours' logarithms.
    func prior(_ values: [Double], _ index: Int) -> Double {
      let above = values[min(index + 1, values.count - 1)]
      let below = values[max(index - 1, 0)]
      let width = 0.5 * log(above / below)
      return log(values[index]) + log(width) - 2 * values[index] * values[index]
    }
    var all: [(fit: CrossedFit, logWeight: Double)] = []
    for row in factors.indices {
      for column in factors.indices {
        for pair in pairs.indices {
          let fit = model.fit(
            CrossedSpreads(rows: factors[row], columns: factors[column], pairs: pairs[pair])
          )
          let logPrior = prior(factors, row) + prior(factors, column) + prior(pairs, pair)
          all.append((fit, fit.mode.logEvidence + logPrior))
        }
      }
    }
    let total = SpecialFunctions.logSumExp(all.map(\.logWeight))
    return all.map { ($0.fit, exp($0.logWeight - total)) }
  }

  @Test func `weights are evidence times prior, and add up to 1`() {
    let model = CrossedModel(
      Self.simulated(rows: 4, columns: 5, trials: 12, seed: 1).table,
      includesExposure: true
    )
    let posterior = CrossedPosterior(model)
    #expect(posterior.evaluatedNodes == 196)
    #expect(agree(posterior.nodes.reduce(0) { $0 + $1.weight }, 1, relative: 1e-12))
    let wanted = Self.weights(model).filter { $0.weight >= CrossedPosterior.smallestWeight }
    #expect(posterior.nodes.count == wanted.count)
    let kept = wanted.reduce(0) { $0 + $1.weight }
    for (node, expected) in zip(posterior.nodes, wanted) {
      #expect(node.fit.mode.spreads == expected.fit.mode.spreads)
      #expect(agree(node.weight, expected.weight / kept, relative: 1e-6))
    }
  }

  @Test func `in a large table the combinations left out have no weight`() {
    let model = CrossedModel(
      Self.simulated(rows: 16, columns: 50, trials: 2, seed: 2).table,
      includesExposure: true
    )
    #expect(model.table.cells.count > 1_500)
    let posterior = CrossedPosterior(model, fewCells: 1_500)
    let full = CrossedPosterior(model, fewCells: .max)
    #expect(full.evaluatedNodes == 196)
    #expect(posterior.evaluatedNodes < 150)
    #expect(posterior.nodes.map(\.fit.mode.spreads) == full.nodes.map(\.fit.mode.spreads))
    for (node, other) in zip(posterior.nodes, full.nodes) {
      #expect(agree(node.weight, other.weight, relative: 1e-4))
    }
    let contrast = CrossedContrast.row(0, against: Array(1..<16))
    #expect(
      agree(
        posterior.distribution(contrast).quantile(0.05),
        full.distribution(contrast).quantile(0.05),
        absolute: 1e-6
      )
    )
  }

  @Test func `a contrast is the mixture of its nodes`() {
    let model = CrossedModel(
      Self.simulated(rows: 3, columns: 3, trials: 10, seed: 3).table,
      includesExposure: true
    )
    let posterior = CrossedPosterior(model)
    let contrast = CrossedContrast.column(1, against: [0, 2])
    let mixture = posterior.distribution(contrast)
    var mean = 0.0
    for node in posterior.nodes { mean += node.weight * node.fit.moments(contrast).mean }
    #expect(agree(mixture.mean, mean, relative: 1e-9))
    let means = posterior.means
    #expect(
      agree(
        mixture.mean,
        means.columns[1] - 0.5 * (means.columns[0] + means.columns[2]),
        relative: 1e-9
      )
    )
    #expect(agree(posterior.distribution(.pair(4)).mean, means.pairs[4], absolute: 1e-12))
  }

  @Test func `two runs are the same to the last bit`() {
    let table = Self.simulated(rows: 5, columns: 4, trials: 9, seed: 4).table
    let model = CrossedModel(table, includesExposure: true)
    let (one, other) = (CrossedPosterior(model), CrossedPosterior(model))
    #expect(one.means == other.means)
    #expect(one.nodes.map(\.weight) == other.nodes.map(\.weight))
    let (large, again) = (
      CrossedPosterior(model, fewCells: 0), CrossedPosterior(model, fewCells: 0)
    )
    #expect(large.means == again.means)
  }

  @Test(arguments: [(0, 0), (1, 1), (1, 4), (4, 1)])
  func `tables of one level, or of none, have a posterior`(rows: Int, columns: Int) {
    let cells =
      rows == 0
      ? []
      : (0..<rows * columns).map {
        CrossedTable.Cell(row: $0 / columns, column: $0 % columns, trials: 9, successes: 3)
      }
    let table = CrossedTable(
      rowCount: rows,
      columnCount: columns,
      stratumCount: max(1, rows),
      cells: cells
    )
    let posterior = CrossedPosterior(CrossedModel(table, includesExposure: true))
    #expect(posterior.nodes.count > 20)
    let isFinite = posterior.means.fixed.allSatisfy { $0.isFinite }
    #expect(isFinite)
  }

  @Test func `draws have the mean and the spread of the fit`() {
    let model = CrossedModel(
      Self.simulated(rows: 3, columns: 4, trials: 15, seed: 5).table,
      includesExposure: true
    )
    let fit = model.fit(CrossedSpreads(rows: 0.35, columns: 0.2, pairs: 0.15))
    var generator = SeededGenerator(seed: 6)
    let contrast = CrossedContrast.row(0, against: [1, 2])
    let (mean, variance) = fit.moments(contrast)
    let pair = fit.moments(.pair(5))
    let column = fit.moments(.column(3))
    var sums = [0.0, 0, 0]
    var squares = [0.0, 0, 0]
    let count = 4_000
    for _ in 0..<count {
      let draw = fit.draw(using: &generator)
      let values = [
        draw.rows[0] - 0.5 * (draw.rows[1] + draw.rows[2]) - mean,
        draw.pairs[5] - pair.mean, draw.columns[3] - column.mean,
      ]
      for (index, value) in values.enumerated() {
        sums[index] += value
        squares[index] += value * value
      }
    }
    for (index, wanted) in [variance, pair.variance, column.variance].enumerated() {
      let error = (wanted / Double(count)).squareRoot()
      #expect((sums[index] / Double(count)).magnitude < 4 * error)
      #expect(agree(squares[index] / Double(count), wanted, relative: 0.1))
    }
  }

  @Test func `pairs that are not asked for keep their likeliest effects`() {
    let model = CrossedModel(
      Self.simulated(rows: 2, columns: 3, trials: 15, seed: 7).table,
      includesExposure: false
    )
    let fit = model.fit(CrossedSpreads(rows: 0.35, columns: 0.2, pairs: 0.15))
    var generator = SeededGenerator(seed: 8)
    let draw = fit.draw(using: &generator, pairs: [2])
    #expect(draw.pairs[2] != fit.effects.pairs[2])
    #expect(draw.pairs[0] == fit.effects.pairs[0])
    #expect(draw.pairs[5] == fit.effects.pairs[5])
  }

  @Test func `nine in ten intervals of 90 percent hold the truth`() {
    let runs = 60
    let held = (0..<runs).count { run in
      let (table, truth) = Self.simulated(
        rows: 5,
        columns: 6,
        strata: 1,
        trials: 10,
        seed: UInt64(100 + run)
      )
      let interval = CrossedPosterior(CrossedModel(table, includesExposure: true))
        .distribution(.row(0, against: [1, 2, 3, 4])).interval(confidence: 0.9)
      return interval.lower <= truth && truth <= interval.upper
    }
    // 54 are expected; fewer than 46 come by chance once in a thousand times.
    #expect(held >= 46)
  }
}
