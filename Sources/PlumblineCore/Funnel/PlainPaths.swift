/// Counts leads that went one way forward, by the set of stages on record: what is reached under
/// each skip rule follows from the set alone, so that one look at a lead serves all rules.
struct PlainPaths {
  /// More stages would make the table of sets too large.
  private static let mostStages = 14

  private let stageCount: Int
  /// One place a set of stages, a bit each.
  private let counts: ScratchColumn<Int>

  /// Whether paths of so many stages can be counted so.
  static func hold(_ stageCount: Int) -> Bool { (1...mostStages).contains(stageCount) }

  /// No leads yet.
  ///
  /// - Precondition: `hold(stageCount)`.
  init(_ stageCount: Int) {
    self.stageCount = stageCount
    counts = ScratchColumn(1 << stageCount)
    counts.base.initialize(repeating: 0, count: 1 << stageCount)
  }

  /// The set of stages of a lead's events: its first event is dated and no detour, no stage follows
  /// a later one, and nothing but detours follows a detour.
  ///
  /// - Returns: The set, with the first stage; nil where the events are not such.
  @inline(__always)
  func path(of list: EventList) -> Int? {
    guard list.count > 0, list.firstDated == 0, !list.codes[0].isDetour else { return nil }
    var path = 1
    var furthest = 0
    var hasLeft = false
    for index in 0..<list.count {
      let code = list.codes[index]
      if code.isDetour {
        hasLeft = true
        continue
      }
      guard !hasLeft else { return nil }
      let stage = Int(code.rawValue)
      guard stage > 0, stage < stageCount else { continue }
      guard stage >= furthest else { return nil }
      furthest = stage
      path |= 1 &<< stage
    }
    return path
  }

  /// Counts a lead with a set of stages.
  @inline(__always)
  func count(_ path: Int) { counts.base[path] += 1 }

  /// How many of the leads reached each stage under a skip rule.
  func reached(under rule: SkipRule) -> [Int] {
    var reached = Array(repeating: 0, count: stageCount)
    for path in 1..<1 << stageCount where counts.base[path] > 0 {
      let stages = Self.stages(path, under: rule)
      for stage in 0..<stageCount where stages & 1 << stage != 0 {
        reached[stage] += counts.base[path]
      }
    }
    return reached
  }

  private static func stages(_ path: Int, under rule: SkipRule) -> Int {
    switch rule {
    case .any, .ordered: path
    // Up to the first gap.
    case .strict: (path ^ (path + 1)) >> 1
    // Up to the furthest.
    case .filled: (1 << (Int.bitWidth - path.leadingZeroBitCount)) - 1
    }
  }
}
