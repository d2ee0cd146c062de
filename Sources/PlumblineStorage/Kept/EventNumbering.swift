import PlumblineCore

/// The numbers under which a kept file holds what events are: small, so that they pack well.
enum EventNumbering {
  /// Even for stages, odd for detours; the greatest for a return.
  static func number(of code: EventCode) -> UInt32 {
    if let stage = code.stageIndex { return UInt32(stage) * 2 }
    if let detour = code.detourIndex { return UInt32(detour) * 2 + 1 }
    return .max
  }

  /// What numbers stand for.
  ///
  /// - Parameters:
  ///   - numbers: The numbers.
  ///   - stageCount: How many stages the path has.
  ///   - detourCount: How many detours there are.
  /// - Returns: The stages, detours and returns.
  /// - Throws: `Malformed` when the agreement has no such stage or detour.
  static func codes(
    of numbers: [UInt32],
    stageCount: Int,
    detourCount: Int
  ) throws(Malformed) -> [EventCode] {
    // The few that there can be, each worked out once.
    let most = UInt32(clamping: 2 * max(stageCount, detourCount))
    let known = (0..<most).map { number in
      try? code(of: number, stageCount: stageCount, detourCount: detourCount)
    }
    var codes: [EventCode] = []
    codes.reserveCapacity(numbers.count)
    for number in numbers {
      guard let code = number < most ? known[Int(number)] : number == .max ? .reopened : nil
      else { throw Malformed() }
      codes.append(code)
    }
    return codes
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
