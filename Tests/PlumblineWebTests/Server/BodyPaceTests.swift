import NIOCore
import Testing

@testable import PlumblineWeb

@Suite struct `Pace of bodies` {
  @Test(arguments: [
    // Nothing yet, and nothing for the whole grace.
    (bytes: 0, seconds: Int64(0), isTooSlow: false), (0, 20, false),
    // A byte now and then.
    (10, 20, false), (11, 22, true), (1, 21, true),
    // Slow, but a telephone.
    (1024, 21, false), (1023, 21, true), (10 * 1024, 30, false), (10 * 1024, 31, true),
    // A large upload over a slow line.
    (256 * 1024 * 1024, 3_600, false),
  ])
  func `what trickles is too slow, what is large is not`(
    bytes: Int,
    seconds: Int64,
    isTooSlow: Bool
  ) {
    var pace = BodyPace()
    pace.note(bytes, after: .seconds(seconds))
    #expect(pace.isTooSlow == isTooSlow)
  }

  @Test func `parts add up`() {
    var pace = BodyPace()
    for _ in 0..<10 { pace.note(1, after: .seconds(2)) }
    #expect(!pace.isTooSlow)
    pace.note(1, after: .seconds(2))
    #expect(pace.isTooSlow)
    // Whoever catches up is waited for.
    pace.note(100_000, after: .zero)
    #expect(!pace.isTooSlow)
  }
}
