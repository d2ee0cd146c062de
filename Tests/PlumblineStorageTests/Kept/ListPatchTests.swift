import PlumblineStatistics
import Testing

@testable import PlumblineStorage

/// Lists of some leads take the place of older ones, and all others stay as they were.
struct ListPatchTests {
  private func ranges(_ lists: [[Int]]) -> [Range<Int>] {
    var start = 0
    return lists.map { list in
      defer { start += list.count }
      return start..<(start + list.count)
    }
  }

  private func patched(_ old: [[Int]], _ new: [[Int]], _ targets: [Int32]) -> [Int] {
    let (oldRanges, newRanges) = (ranges(old), ranges(new))
    let patch = ListPatch(
      targets,
      oldLeadCount: old.count,
      oldCount: old.joined().count,
      oldRange: { oldRanges[$0] },
      newRange: { newRanges[$0] }
    )
    var column = Array(old.joined())
    patch.apply(Array(new.joined()), to: &column)
    return column
  }

  @Test(
    arguments: [
      ([], [], [], []),
      ([[1]], [], [], [1]),
      ([], [[1]], [0], [1]),
      ([[1], [2]], [[]], [0], [2]),
      ([[1], [2]], [[]], [1], [1]),
      ([[1], [2]], [[], []], [0, 1], []),
      ([[], [2]], [[7, 8, 9]], [0], [7, 8, 9, 2]),
      ([[1, 2], [3]], [[], [4, 5]], [0, 1], [4, 5]),
      ([[1, 2], [3]], [[4], [5], [6]], [0, 2, 3], [4, 3, 5, 6]),
    ] as [([[Int]], [[Int]], [Int32], [Int])]
  )
  func `edges`(old: [[Int]], new: [[Int]], targets: [Int32], expected: [Int]) {
    #expect(patched(old, new, targets) == expected)
  }

  @Test(arguments: UInt64(0)..<200)
  func `any lists`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let isGrowing = seed % 2 == 0
    var next = 0
    func list(_ most: Int, atLeast least: Int = 0) -> [Int] {
      (0..<max(least, Int.random(in: 0...most, using: &generator))).map { _ in
        next += 1
        return next
      }
    }
    let old = (0..<Int.random(in: 0...30, using: &generator)).map { _ in list(4) }
    var expected = old
    var (targets, new): ([Int32], [[Int]]) = ([], [])
    for lead in old.indices where Bool.random(using: &generator) {
      targets.append(Int32(lead))
      new.append(list(6, atLeast: isGrowing ? old[lead].count : 0))
      expected[lead] = new[new.count - 1]
    }
    for _ in 0..<Int.random(in: 0...3, using: &generator) {
      targets.append(Int32(expected.count))
      new.append(list(3))
      expected.append(new[new.count - 1])
    }
    #expect(patched(old, new, targets) == Array(expected.joined()))
  }
}
