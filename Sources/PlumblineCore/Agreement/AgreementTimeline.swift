/// The versions of an agreement in order of time: which is in force when.
public struct AgreementTimeline: Sendable {
  /// The versions, oldest first; the present one is the last.
  public let versions: [Agreement]
  /// The second at which each version but the oldest begins, ascending.
  private let starts: [Int64]

  /// The versions of an agreement.
  ///
  /// - Parameter agreement: The present version, with the earlier ones in it.
  public init(_ agreement: Agreement) {
    versions = agreement.earlier + [agreement]
    starts = versions.dropFirst().map { version in
      // A version of which nobody said when it begins never comes into force after another.
      version.effective.map { agreement.calendar.instant(of: $0).seconds } ?? .max
    }
  }

  /// Whether there is only the present version.
  public var isSingle: Bool { starts.isEmpty }

  /// The position in `versions` of the one in force at a second since 1970-01-01T00:00:00Z.
  ///
  /// - Complexity: O(versions).
  public func index(at seconds: Int64) -> Int {
    var index = starts.count
    while index > 0, starts[index - 1] > seconds { index -= 1 }
    return index
  }

  /// The position in `versions` of the one under which a time is read: the one in force then, the
  /// present one where the time is not dated.
  public func index(at time: TimePoint) -> Int {
    time.isDated ? index(at: time.instant.seconds) : starts.count
  }

  /// From when on a version is in force; nil for the oldest, which was in force ever since.
  public func start(of index: Int) -> Instant? {
    index > 0 ? Instant(seconds: starts[index - 1]) : nil
  }

  /// When a version ceases to be in force; nil for the present one.
  public func end(of index: Int) -> Instant? {
    index < starts.count ? Instant(seconds: starts[index]) : nil
  }
}

extension Agreement {
  /// What a stage of an earlier version is called now: its id where the path or the detours still
  /// have it, else the stage that has the id among its other words.
  ///
  /// - Parameter id: The id in the earlier version.
  /// - Returns: The event that reaching it is; nil for a stage that is no more.
  func presentCode(ofStage id: String) -> EventCode? {
    func position(_ stages: [Stage]) -> Int? { stages.firstIndex { $0.id == id } }
    func other(_ stages: [Stage]) -> Int? {
      let word = WordKey.of(id)
      return stages.firstIndex { $0.aliases.contains { WordKey.of($0) == word } }
    }
    if let index = position(path) { return .stage(index) }
    if let index = position(detours) { return .detour(index) }
    if let index = other(path) { return .stage(index) }
    return other(detours).map { .detour($0) }
  }

  /// The conditions of every version, each for the time in which its version is in force, on
  /// the present path.
  ///
  /// What several versions in a row agree upon is one condition. A condition about a stage that is
  /// no more, or that is the first now, cannot be tested and is left out.
  public var confirmationsOverTime: [Confirmation] {
    guard !earlier.isEmpty else { return confirmations }
    let timeline = AgreementTimeline(self)
    var all: [Confirmation] = []
    for (index, version) in timeline.versions.enumerated() {
      for condition in version.confirmations {
        guard let stage = presentPosition(of: condition.stage, version),
          let by = presentPosition(of: condition.by, version), stage > 0, by > 0, stage != by
        else { continue }
        let start = timeline.start(of: index)
        let known = all.firstIndex {
          $0.stage == stage && $0.by == by && $0.withinDays == condition.withinDays
            && $0.until != nil && $0.until == start
        }
        if let known {
          all[known].until = timeline.end(of: index)
        } else {
          all.append(
            Confirmation(
              stage: stage,
              by: by,
              withinDays: condition.withinDays,
              from: start,
              until: timeline.end(of: index)
            )
          )
        }
      }
    }
    return all
  }

  /// The position on the present path of a position on a version's.
  private func presentPosition(of position: Int, _ version: Agreement) -> Int? {
    guard version.path.indices.contains(position) else { return nil }
    return presentCode(ofStage: version.path[position].id)?.stageIndex
  }
}
