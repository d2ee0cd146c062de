/// What the words for reasons mean, each as agreed when it was said, in the terms of the list in
/// force.
///
/// What is not dated is read under the version in force as of the history's instant.
struct ReasonWords {
  /// One version's words.
  private struct Version {
    var reasons: [DispositionReason]
    var positions: [String: Int]
    /// For each of its reasons the position in the list of all, once it is known.
    var known: [Int?]
  }

  /// The list in force, then reasons of earlier versions that were met and have no successor in it.
  private(set) var reasons: [DispositionReason]
  private let timeline: AgreementTimeline
  private let present: Int
  private var versions: [Version]

  /// The words of the versions that have come into force by a history's instant.
  init(_ history: CompanyHistory) {
    timeline = AgreementTimeline(history.agreement)
    present = timeline.index(at: history.asOf.seconds)
    reasons = timeline.versions[present].dispositions
    versions = timeline.versions[...present].map { version in
      Version(
        reasons: version.dispositions,
        positions: Self.positions(of: version.dispositions),
        known: Array(repeating: nil, count: version.dispositions.count)
      )
    }
  }

  /// The position in `reasons` of what a word meant at a time; nil for a word that was not agreed
  /// upon.
  mutating func position(of text: String, at time: TimePoint) -> Int? {
    let index = time.isDated ? min(present, timeline.index(at: time.instant.seconds)) : present
    guard let own = versions[index].positions[WordKey.of(text)] else { return nil }
    if index == present { return own }
    if let known = versions[index].known[own] { return known }
    let reason = versions[index].reasons[own]
    let position = successor(of: reason) ?? added(reason)
    versions[index].known[own] = position
    return position
  }

  /// What a reason of an earlier version is called now: its id, or a reason that has it among its
  /// other words.
  private func successor(of reason: DispositionReason) -> Int? {
    let word = WordKey.of(reason.id)
    let list = timeline.versions[present].dispositions
    return list.firstIndex { WordKey.of($0.id) == word } ?? versions[present].positions[word]
  }

  /// The position of a reason that is no more; several versions may have it.
  private mutating func added(_ reason: DispositionReason) -> Int {
    let first = timeline.versions[present].dispositions.count
    let same = reasons[first...].firstIndex {
      $0.id == reason.id && $0.outcome == reason.outcome && $0.isDefault == reason.isDefault
    }
    if let same { return same }
    reasons.append(reason)
    return reasons.count - 1
  }

  /// The position of each word by which a reason goes.
  static func positions(of reasons: [DispositionReason]) -> [String: Int] {
    var positions: [String: Int] = [:]
    for (index, reason) in reasons.enumerated() {
      for word in [reason.id] + reason.aliases where positions[WordKey.of(word)] == nil {
        positions[WordKey.of(word)] = index
      }
    }
    return positions
  }
}
