import PlumblineStatistics
import Testing

@Suite struct HolmTests {
  /// Against the example of Holm's own procedure by hand: 0.01·4, 0.02·3, 0.03·2, 0.04·1, each at
  /// least the one before.
  @Test func `p-values are multiplied by what is left and never fall`() {
    let adjusted = Holm.adjusted([0.04, 0.01, nil, 0.03, 0.02]).map {
      $0.map { ($0 * 1e6).rounded() }
    }
    #expect(adjusted == [60_000, 40_000, nil, 60_000, 60_000])
    #expect(Holm.adjusted([0.9, 0.8]) == [1, 1])
    #expect(Holm.adjusted([]).isEmpty)
  }
}
