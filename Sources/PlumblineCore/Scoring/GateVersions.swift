/// The gates of a path under every version of an agreement, and when each version held.
struct GateVersions: Sendable {
  /// The gates under one version.
  struct Version: Sendable {
    var agreement: Agreement
    /// By the stage's position in the path of the newest version; nil where nothing is tested.
    var gates: [StageGate?]
    /// The rules' scores; nil where the version has no rules.
    var scores: LeadScores?
  }

  /// A span in which one version held.
  struct Span: Sendable {
    var version: Int
    /// The first instant; nil from the beginning.
    var start: Instant?
    /// The last instant; nil to the end.
    var end: Instant?
  }

  private(set) var versions: [Version]
  /// In order of time; they fill all of it.
  let spans: [Span]
  private let timeline: AgreementTimeline

  /// Whether any version of an agreement tests leads on entering a stage but the first.
  static func hasGates(_ agreement: Agreement) -> Bool {
    ([agreement] + agreement.earlier).contains { version in
      agreement.path.dropFirst().contains { gate(of: $0.id, under: version) != nil }
    }
  }

  /// The versions of an agreement, without scores.
  init(_ agreement: Agreement) {
    let timeline = AgreementTimeline(agreement)
    self.timeline = timeline
    spans = timeline.versions.indices.compactMap { index in
      let (start, end) = (timeline.start(of: index), timeline.end(of: index))
      // A version that another one follows on the same day never holds.
      if let start, let end, end <= start { return nil }
      return Span(version: index, start: start, end: end?.advanced(bySeconds: -1))
    }
    versions = timeline.versions.map { version in
      Version(
        agreement: version,
        gates: agreement.path.indices.map { stage in
          // A gate on the first stage would take the lead's beginning away.
          stage == 0 ? nil : Self.gate(of: agreement.path[stage].id, under: version)
        }
      )
    }
  }

  /// Adds the scores of the versions that have rules.
  mutating func addScores(_ make: (LeadScoring) -> LeadScores) {
    for index in versions.indices {
      guard let scoring = versions[index].agreement.scoring, scoring.hasRules,
        versions[index].gates.contains(where: { $0?.score != nil })
      else { continue }
      let same = versions[..<index].first { $0.agreement.scoring == scoring && $0.scores != nil }
      versions[index].scores = same?.scores ?? make(scoring)
    }
  }

  /// The same gates with another score asked for on entering a stage.
  ///
  /// - Precondition: Every version asks for a score there, see `Agreement.ask(score:)`.
  func asking(_ score: Int, on stage: Int) -> GateVersions {
    var result = self
    for index in versions.indices where versions[index].gates[stage]?.score != nil {
      result.versions[index].gates[stage]?.score = score
    }
    return result
  }

  /// The version that held at an instant.
  func version(at instant: Instant) -> Version { versions[timeline.index(at: instant.seconds)] }

  private static func gate(of id: String, under version: Agreement) -> StageGate? {
    guard let gate = version.path.first(where: { $0.id == id })?.gate,
      gate.score != nil || gate.factors != nil || gate.acceptedBy != nil
    else { return nil }
    return gate
  }
}
