import PlumblineStatistics
import Testing

struct LagCountsTests {
  private func counts(seed: UInt64, size: Int) -> LagCounts {
    var random = SeededGenerator(seed: seed)
    var counts = LagCounts()
    for _ in 0..<size {
      let outcome = LagOutcome.allCases[random.integer(below: 3)]
      counts.add(outcome, lagInDays: random.integer(below: 900))
    }
    return counts
  }

  @Test func `nobody adds nothing and takes nothing away`() {
    let some = counts(seed: 1, size: 40)
    var same = some
    same.merge(LagCounts())
    same.remove(LagCounts())
    #expect(same == some)
  }

  @Test func `a part taken out of the whole leaves the other part`() {
    let (one, other) = (counts(seed: 2, size: 300), counts(seed: 3, size: 70))
    var rest = one + other
    #expect(rest.total == 370)
    rest.remove(one)
    #expect(rest == other)
    rest.remove(other)
    #expect(rest == LagCounts())
  }
}
