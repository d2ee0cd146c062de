import Testing

@testable import PlumblineReporting

@Suite struct `Stretches of lists` {
  private func window(_ offset: Int, _ limit: Int) -> ListWindow {
    ListWindow(offset: offset, limit: limit) { "from \($0)" }
  }

  @Test(
    arguments: [
      (offset: 0, limit: 10, count: 0, range: 0..<0, next: nil),
      (0, 10, 10, 0..<10, nil), (0, 10, 11, 0..<10, "from 10"), (10, 10, 11, 10..<11, nil),
      (11, 10, 11, 11..<11, nil), (Int.max, 10, 11, 11..<11, nil), (-5, 2, 3, 0..<2, "from 2"),
      (0, 0, 3, 0..<1, "from 1"), (0, Int.max, 1001, 0..<1000, "from 1000"),
    ] as [(offset: Int, limit: Int, count: Int, range: Range<Int>, next: String?)]
  )
  func `end with the list`(
    offset: Int,
    limit: Int,
    count: Int,
    range: Range<Int>,
    next: String?
  ) {
    #expect(window(offset, limit).range(of: count) == range)
    #expect(window(offset, limit).next(of: count) == next)
  }
}
