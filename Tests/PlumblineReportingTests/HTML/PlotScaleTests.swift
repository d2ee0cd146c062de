import Testing

@testable import PlumblineReporting

struct PlotScaleTests {
  @Test(arguments: [
    (0.0, 10.0), (5, 55), (10, 100), (-3, 10), (99, 100), (.nan, 10), (.infinity, 10),
  ])
  func `places values, and what is outside at the end`(value: Double, place: Double) {
    #expect(PlotScale(0, 10, from: 10, to: 100)(value) == place)
  }

  @Test(arguments: [(3.0, 3.0), (3, 1), (.nan, .nan), (0, .infinity), (.infinity, .nan)])
  func `a domain that is none becomes one`(lower: Double, upper: Double) {
    let scale = PlotScale(lower, upper, from: 0, to: 1)
    #expect(scale.domain.upperBound == scale.domain.lowerBound + 1)
    #expect(scale(scale.domain.lowerBound) == 0)
  }

  @Test(
    arguments: [
      (0.0, 1.0, 6, [0, 0.2, 0.4, 0.6, 0.8, 1]), (0, 1, 5, [0, 0.5, 1]),
      (0, 0.5, 3, [0, 0.2, 0.4]),
      (-3, 4, 4, [-2, 0, 2, 4]), (19, 25, 3, [20, 22, 24]), (0, 0.9, 1, [0]), (0.1, 0.12, 1, [0.1]),
    ] as [(Double, Double, Int, [Double])]
  )
  func `marks round values`(lower: Double, upper: Double, most: Int, values: [Double]) {
    let ticks = PlotScale(lower, upper, from: 0, to: 1).ticks(atMost: most)
    #expect(ticks.count <= most)
    #expect(ticks.count == values.count)
    for (tick, value) in zip(ticks, values) { #expect(abs(tick - value) < 1e-12) }
  }

  @Test(
    arguments: [
      (3.0, [0, 1, 2, 3]), (14, [0, 7, 14]), (137, [0, 28, 56, 84, 112]),
      (400, [0, 91, 182, 273, 364]),
      (1e9, []),
    ] as [(Double, [Double])]
  )
  func `marks round days`(days: Double, values: [Double]) {
    #expect(PlotScale(0, days, from: 0, to: 1).dayTicks(atMost: 5) == values)
  }

  @Test(arguments: [
    (0.0, 1.0), (-2, 1), (.nan, 1), (0.001, 0.001), (0.33, 0.4), (0.41, 0.5), (7, 8), (81, 100),
    (1e-9, 1e-9),
  ])
  func `rounds up`(value: Double, rounded: Double) {
    #expect(abs(PlotScale.roundedUp(value) - rounded) < 1e-12)
  }
}

struct SignedFormatTests {
  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (0.004, "0"), (-0.004, "0"), (0.005001, "+0.01"), (-0.9, "−0.90"),
    (1234.5, "+1,234.50"), (.nan, "-"), (-.infinity, "-"),
  ])
  func `signs`(value: Double, text: String) {
    #expect(Format.signed(value, decimals: 2) == text)
  }

  @Test(arguments: [
    (0.0, "0"), (0.00001, "0"), (0.0035, "+0.35"), (-0.042, "−4.2"), (-0.0994, "−9.9"),
    (-0.0995, "−10"), (1, "+100"), (.nan, "-"),
  ])
  func `points with signs`(difference: Double, text: String) {
    #expect(Format.signedPoints(difference) == text)
  }
}
