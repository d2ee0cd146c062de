/// How the lists of some leads take the place of older ones among the lists of all leads.
struct ListPatch {
  private struct Piece {
    var isNew: Bool
    var range: Range<Int>
  }

  private var pieces: [Piece] = []
  private var count = 0
  /// Whether no element moves towards the front: the columns are then patched where they are.
  private var isGrowing = true

  /// A patch.
  ///
  /// - Parameters:
  ///   - targets: For each lead whose list is new, its number among all, ascending.
  ///   - oldLeadCount: How many leads there were.
  ///   - oldCount: How many elements all old lists have.
  ///   - oldRange: Where an old list stands.
  ///   - newRange: Where a new list stands, by its position in `targets`.
  init(
    _ targets: [Int32],
    oldLeadCount: Int,
    oldCount: Int,
    oldRange: (Int) -> Range<Int>,
    newRange: (Int) -> Range<Int>
  ) {
    var cursor = 0
    for position in targets.indices {
      let target = Int(targets[position])
      let old = target < oldLeadCount ? oldRange(target) : oldCount..<oldCount
      append(isNew: false, cursor..<old.lowerBound)
      append(isNew: true, newRange(position))
      cursor = old.upperBound
      if count < cursor { isGrowing = false }
    }
    append(isNew: false, cursor..<oldCount)
  }

  private mutating func append(isNew: Bool, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    count += range.count
    pieces.append(Piece(isNew: isNew, range: range))
  }

  /// Puts a column's new elements in the place of its old ones.
  func apply<Element>(_ new: [Element], to column: inout [Element]) {
    // Nothing comes, and nothing goes.
    if new.isEmpty, count == column.count { return }
    guard isGrowing, let filler = new.first else {
      var result: [Element] = []
      result.reserveCapacity(count)
      for piece in pieces {
        result.append(contentsOf: piece.isNew ? new[piece.range] : column[piece.range])
      }
      column = result
      return
    }
    column.append(contentsOf: repeatElement(filler, count: count - column.count))
    var end = count
    column.withUnsafeMutableBufferPointer { column in
      new.withUnsafeBufferPointer { new in
        // From the back, where nothing is overwritten that is yet to be moved.
        for piece in pieces.reversed() {
          let start = end - piece.range.count
          defer { end = start }
          if piece.isNew {
            for offset in 0..<piece.range.count {
              column[start + offset] = new[piece.range.lowerBound + offset]
            }
          } else if start != piece.range.lowerBound {
            for offset in (0..<piece.range.count).reversed() {
              column[start + offset] = column[piece.range.lowerBound + offset]
            }
          }
        }
      }
    }
  }
}

extension [Int32] {
  /// Where a number stands in this ascending list.
  ///
  /// - Complexity: O(log count).
  func range(of number: Int32) -> Range<Int> {
    let start = firstPosition { $0 >= number }
    var end = start
    while end < count, self[end] == number { end += 1 }
    return start..<end
  }
}

extension Array {
  /// The first position whose element is behind something, of elements of which none before it is.
  ///
  /// - Complexity: O(log count).
  func firstPosition(_ isBehind: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
