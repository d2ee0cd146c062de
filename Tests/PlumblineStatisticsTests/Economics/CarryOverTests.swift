import PlumblineStatistics
import Testing

@Suite struct `Carry-over` {
  @Test func `without it spend works where it falls`() throws {
    #expect(try CarryOver.geometric([], carried: 0.5) == [])
    #expect(try CarryOver.geometric([3, 0, 5], carried: 0) == [3, 0, 5])
  }

  @Test func `halves what waits each period`() throws {
    #expect(try CarryOver.geometric([8, 0, 0, 0], carried: 0.5) == [4, 2, 1, 0.5])
    #expect(try CarryOver.geometric([8, 4], carried: 0.5) == [4, 4])
  }

  @Test func `loses nothing in the long run`() throws {
    let spread = try CarryOver.geometric([10, 20] + Array(repeating: 0, count: 200), carried: 0.8)
    #expect(agree(spread.reduce(0, +), 30))
  }

  @Test(arguments: [-0.1, 1, .nan])
  func `refuses what is no share below 1`(carried: Double) {
    #expect(throws: StatisticsError.self) { try CarryOver.geometric([1], carried: carried) }
  }
}
