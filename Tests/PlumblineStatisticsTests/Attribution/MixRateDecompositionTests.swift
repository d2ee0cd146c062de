import PlumblineStatistics
import Testing

@Suite struct `Mix against rate` {
  private func decompose(_ rows: [(Double, Double, Double, Double)]) -> MixRateDecomposition {
    MixRateDecomposition(
      rows.map {
        MixRateGroup(baseCases: $0.0, baseSuccesses: $0.1, cases: $0.2, successes: $0.3)
      }
    )
  }

  @Test func `of no groups is nothing`() {
    let answer = decompose([])
    #expect(answer.change == 0 && !answer.isSimpson && !answer.hasOppositeSigns)
  }

  @Test(
    arguments: [
      [(0, 0, 0, 0)],
      [(100, 30, 0, 0)],
      [(0, 0, 100, 30)],
      [(100, 30, 100, 30)],
      [(100, 0, 50, 0), (20, 0, 90, 0)],
      [(100, 30, 120, 24)],
      [(100, 30, 120, 24), (0, 0, 40, 10)],
      [(100, 30, 120, 24), (40, 10, 0, 0)],
      [(100, 15, 700, 119), (800, 320, 300, 126)],
      [(10.5, 3.25, 8, 0), (4, 4, 9, 1.5), (0, 0, 0, 0)],
    ] as [[(Double, Double, Double, Double)]]
  )
  func `adds up to the change`(rows: [(Double, Double, Double, Double)]) {
    let answer = decompose(rows)
    #expect(agree(answer.mix + answer.ownRates, answer.change, absolute: 1e-12))
    let (before, after) = (rows.reduce(0) { $0 + $1.0 }, rows.reduce(0) { $0 + $1.2 })
    if before > 0, after > 0 {
      let rates = (
        rows.reduce(0) { $0 + $1.1 } / before, rows.reduce(0) { $0 + $1.3 } / after
      )
      #expect(agree(answer.baseRate, rates.0, absolute: 1e-12))
      #expect(agree(answer.rate, rates.1, absolute: 1e-12))
    }
  }

  @Test func `one group is all rate`() {
    let answer = decompose([(100, 30, 200, 40)])
    #expect(answer.mixParts == [0])
    #expect(agree(answer.ownRates, -0.1))
    #expect(!answer.isSimpson && !answer.hasOppositeSigns)
  }

  @Test(
    arguments: [
      // Both channels better, the whole worse: more of the leads come from the weak one.
      ([(100, 15, 700, 119), (800, 320, 300, 126)], true, true),
      // One channel stays as it was: not every rate moved against the whole.
      ([(100, 15, 700, 105), (800, 320, 300, 126)], false, true),
      // Everything moves together.
      ([(100, 20, 100, 15), (100, 40, 100, 30)], false, false),
      // The same mix: never a paradox.
      ([(100, 20, 200, 60), (100, 40, 200, 90)], false, false),
      // Nothing moved but by rounding.
      ([(3, 1, 3, 1), (7, 2, 7, 2)], false, false),
    ] as [([(Double, Double, Double, Double)], Bool, Bool)]
  )
  func `sees when every rate moves against the whole`(
    rows: [(Double, Double, Double, Double)],
    isSimpson: Bool,
    isOpposite: Bool
  ) {
    let answer = decompose(rows)
    #expect(answer.isSimpson == isSimpson)
    #expect(answer.hasOppositeSigns == isOpposite)
  }

  @Test func `a group that was not there before moves the mix alone`() {
    let answer = decompose([(100, 30, 100, 30), (0, 0, 100, 10)])
    #expect(answer.rateParts == [0, 0])
    #expect(agree(answer.mix, -0.1))
  }
}
