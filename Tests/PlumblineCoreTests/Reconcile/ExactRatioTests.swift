import PlumblineCore
import Testing

/// Fractions that add up to the last bit.
struct ExactRatioTests {
  @Test func `nothing can be divided by nothing`() {
    #expect(ExactRatio(1, 0) == nil && ExactRatio(0, 0) == nil && ExactRatio(1, -1) == nil)
  }

  @Test(arguments: [
    (0, 5, "0/1"), (5, 5, "1/1"), (20, 40, "1/2"), (-6, 52, "-3/26"), (7, 3, "7/3"),
  ])
  func `is in lowest terms`(numerator: Int, denominator: Int, text: String) {
    #expect(ExactRatio(Int128(numerator), Int128(denominator))?.description == text)
  }

  @Test func `a sum goes there and back`() throws {
    let (third, seventh) = (try #require(ExactRatio(1, 3)), try #require(ExactRatio(1, 7)))
    let sum = try #require(third.adding(seventh))
    #expect(sum == ExactRatio(10, 21) && sum.subtracting(seventh) == third)
    #expect(third.subtracting(third) == ExactRatio(0, 1))
  }

  @Test func `what does not fit is nil, not a trap`() throws {
    let least = try #require(ExactRatio(.min, 3))
    #expect(least.adding(least) == nil && least.subtracting(least) == nil)
    let small = try #require(ExactRatio(1, .max))
    #expect(small.adding(try #require(ExactRatio(1, .max - 1))) == nil)
    #expect(ExactRatio(.min, 2) == ExactRatio(.min / 2, 1))
  }
}
