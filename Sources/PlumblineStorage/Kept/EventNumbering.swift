import PlumblineCore

/// The numbers under which a kept file holds what events are: small, so that they pack well.
enum EventNumbering {
  /// Even for stages, odd for detours; the greatest for a return.
  static func number(of code: EventCode) -> UInt32 {
    if let stage = code.stageIndex { return UInt32(stage) * 2 }
    if let detour = code.detourIndex { return UInt32(detour) * 2 + 1 }
    return .max
  }

  /// The next column of numbers, as what they stand for.
  ///
  /// - Parameters:
  ///   - room: Memory that has room for just its stages, detours and returns.
  ///   - reader: Where the column is.
  ///   - stageCount: How many stages the path has.
  ///   - detourCount: How many detours there are.
  /// - Throws: `Malformed` when there is no such column, or the agreement has no such stage or detour.
  static func fill(
    _ room: UnsafeMutableBufferPointer<EventCode>,
    from reader: inout ColumnReader,
    stageCount: Int,
    detourCount: Int
  ) throws(Malformed) {
    guard let start = room.baseAddress, !room.isEmpty else { return }
    // The few that there can be, each worked out once.
    let most = UInt32(clamping: 2 * max(stageCount, detourCount))
    let known = (0..<most).map { number in
      try? code(of: number, stageCount: stageCount, detourCount: detourCount)
    }
    // Each number makes place for its code.
    let numbers = UnsafeMutableRawPointer(start).bindMemory(to: UInt32.self, capacity: room.count)
    defer {
      _ = UnsafeMutableRawPointer(numbers).bindMemory(to: EventCode.self, capacity: room.count)
    }
    try reader.numbers(room.count, into: numbers)
    for index in 0..<room.count {
      let number = numbers[index]
      guard let code = number < most ? known[Int(number)] : number == .max ? .reopened : nil
      else { throw Malformed() }
      numbers[index] = UInt32(bitPattern: code.rawValue)
    }
  }

  private static func code(
    of number: UInt32,
    stageCount: Int,
    detourCount: Int
  ) throws(Malformed) -> EventCode {
    let index = Int(number >> 1)
    guard index < (number & 1 == 0 ? stageCount : detourCount) else { throw Malformed() }
    return number & 1 == 0 ? .stage(index) : .detour(index)
  }
}
