/// What the words and the evidence in the data mean, each fact under the version of the agreement
/// that was in force when it happened, in the terms of the present path.
///
/// What is not dated is read under the present version.
struct StageReadings {
  /// Why a fact says nothing about a stage.
  enum Problem {
    /// The version in force knows no such word.
    case unknown
    /// The version in force names a stage that is no more.
    case retired(String)
  }

  /// One version's.
  private struct Version {
    var words: [EventCode?]
    var evidence: [Stage.Evidence: EventCode] = [:]
    /// The ids of stages that are no more, by the word's code, and by evidence.
    var retiredWords: [Int: String] = [:]
    var retiredEvidence: [Stage.Evidence: String] = [:]
  }

  private let timeline: AgreementTimeline
  private let present: Version
  private let earlier: [Version]
  /// The packed time from which on the present version is in force.
  private let presentStart: Int64

  /// The readings of all words of a dictionary.
  ///
  /// - Complexity: O(words x versions).
  init(_ agreement: Agreement, words: TextDictionary) {
    timeline = AgreementTimeline(agreement)
    present = Self.version(agreement, agreement, words)
    earlier = agreement.earlier.map { Self.version($0, agreement, words) }
    let start = timeline.start(of: earlier.count).map(\.seconds) ?? .min
    presentStart = start > .min / 4 && start < .max / 4 ? start * 4 : start
  }

  private static func version(
    _ version: Agreement,
    _ present: Agreement,
    _ words: TextDictionary
  ) -> Version {
    func code(_ meaning: StageLexicon.Meaning) -> (code: EventCode?, id: String) {
      switch meaning {
      case .stage(let index):
        let id = version.path[index].id
        return (version.isSame(present) ? .stage(index) : present.presentCode(ofStage: id), id)
      case .detour(let index):
        let id = version.detours[index].id
        return (version.isSame(present) ? .detour(index) : present.presentCode(ofStage: id), id)
      case .reopened: return (.reopened, "")
      }
    }
    let lexicon = StageLexicon(version)
    var result = Version(words: [])
    result.words.reserveCapacity(words.count)
    for word in 0..<words.count {
      let reading = lexicon.meaning(of: words[UInt32(word)]).map(code)
      result.words.append(reading?.code)
      if let reading, reading.code == nil { result.retiredWords[word] = reading.id }
    }
    // The path comes last: evidence of a stage of the path outweighs that of a detour.
    for (stage, meaning) in version.detours.indices.map({
      (version.detours[$0], StageLexicon.Meaning.detour($0))
    }) + version.path.indices.map({ (version.path[$0], StageLexicon.Meaning.stage($0)) }) {
      let (code, id) = code(meaning)
      for kind in stage.evidence {
        result.evidence[kind] = code
        result.retiredEvidence[kind] = code == nil ? id : nil
      }
    }
    return result
  }

  /// What a word of the dictionary means at a time; nil where `problem(ofWord:at:)` says why not.
  @inline(__always)
  func code(ofWord word: Int, at time: TimePoint) -> EventCode? {
    time.rawValue >= presentStart ? present.words[word] : earlierCode(ofWord: word, at: time)
  }

  private func earlierCode(ofWord word: Int, at time: TimePoint) -> EventCode? {
    version(at: time).words[word]
  }

  /// Why a word means nothing at a time.
  func problem(ofWord word: Int, at time: TimePoint) -> Problem {
    version(at: time).retiredWords[word].map { .retired($0) } ?? .unknown
  }

  /// The stage that a kind of evidence shows at a time, or the id of one that is no more.
  @inline(__always)
  func reading(
    of kind: Stage.Evidence,
    at time: TimePoint
  ) -> (code: EventCode?, retired: String?) {
    let version = time.rawValue >= presentStart ? present : version(at: time)
    return (version.evidence[kind], version.retiredEvidence[kind])
  }

  /// The name of the version in force at a time; nil for the present one.
  func nameOfEarlierVersion(at time: TimePoint) -> String? {
    let index = timeline.index(at: time)
    return index < earlier.count ? timeline.versions[index].version : nil
  }

  private func version(at time: TimePoint) -> Version {
    let index = timeline.index(at: time)
    return index < earlier.count ? earlier[index] : present
  }
}

extension Agreement {
  /// Whether positions on the paths of two versions mean the same.
  fileprivate func isSame(_ other: Agreement) -> Bool {
    path.map(\.id) == other.path.map(\.id) && detours.map(\.id) == other.detours.map(\.id)
  }
}
