/// Counts leads that went one way forward, by the set of stages on record: what is reached under
/// each skip rule follows from the set alone, so that one look at a lead serves all rules.
struct PlainPaths {
  /// More stages would make the table of sets too large.
  private static let mostStages = 14

  private let stageCount: Int
  private let isOpen: Bool
  /// One place a set of stages, a bit each.
  private let counts: ScratchColumn<Int>

  /// No leads yet; with too many stages there never are any.
  init(_ stageCount: Int) {
    self.stageCount = stageCount
    isOpen = (1...Self.mostStages).contains(stageCount)
    counts = ScratchColumn(isOpen ? 1 << stageCount : 0)
    if isOpen { counts.base.initialize(repeating: 0, count: 1 << stageCount) }
  }

  /// The set of stages of a lead's events, and when it entered the path: all of them are dated, no
  /// stage follows a later one, and the lead left for good if it left at all.
  ///
  /// - Parameters:
  ///   - list: The events that count.
  ///   - created: When the lead was created, where it has one episode.
  ///   - isOneEpisode: Whether it has one episode whatever happens on its way.
  /// - Returns: Both, the set with the first stage; nil where the events are not such.
  @inline(__always)
  func path(
    of list: EventList,
    created: TimePoint,
    _ isOneEpisode: Bool
  ) -> (path: Int, entry: TimePoint)? {
    guard isOpen, list.firstDated == 0 else { return nil }
    var entry = created
    if created.isDated {
      // What lies before the lead's day is no part of its way.
      if list.count > 0, list.times[0].rawValue >> 2 < created.rawValue >> 2 { return nil }
    } else {
      guard list.count > 0, !list.codes[0].isDetour else { return nil }
      entry = list.times[0]
    }
    var path = 1
    var furthest = 0
    var hasLeft = false
    for index in 0..<list.count {
      let code = list.codes[index]
      if code.isDetour {
        hasLeft = true
        continue
      }
      guard isOneEpisode || !hasLeft else { return nil }
      let stage = Int(code.rawValue)
      guard stage > 0, stage < stageCount else { continue }
      guard stage >= furthest else { return nil }
      furthest = stage
      path |= 1 &<< stage
    }
    return (path, entry)
  }

  /// Counts a lead with a set of stages.
  @inline(__always)
  func count(_ path: Int) { counts.base[path] += 1 }

  /// How many of the leads reached each stage under a skip rule.
  func reached(under rule: SkipRule) -> [Int] {
    var reached = Array(repeating: 0, count: stageCount)
    guard isOpen else { return reached }
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
