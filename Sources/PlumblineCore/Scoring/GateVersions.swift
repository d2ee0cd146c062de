/// The gates of a path under every version of an agreement, and when each version held.
struct GateVersions: Sendable {
  /// The gates under one version.
  ///
  /// A class, so that looking one up copies nothing but a reference.
  final class Version: Sendable {
    let agreement: Agreement
    /// By the stage's position in the path of the newest version; nil where nothing is tested.
    let gates: [StageGate?]
    /// The rules' scores; nil where the version has no rules.
    let scores: LeadScores?

    init(_ agreement: Agreement, _ gates: [StageGate?], _ scores: LeadScores? = nil) {
      self.agreement = agreement
      self.gates = gates
      self.scores = scores
    }
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
        version,
        agreement.path.indices.map { stage in
          // A gate on the first stage would take the lead's beginning away.
          stage == 0 ? nil : Self.gate(of: agreement.path[stage].id, under: version)
        }
      )
    }
  }

  /// Adds the scores of the versions that have rules.
  mutating func addScores(_ make: (LeadScoring) -> LeadScores) {
    for index in versions.indices {
      let version = versions[index]
      guard let scoring = version.agreement.scoring, scoring.hasRules,
        version.gates.contains(where: { $0?.score != nil })
      else { continue }
      let same = versions[..<index].first { $0.agreement.scoring == scoring && $0.scores != nil }
      let scores = same?.scores ?? make(scoring)
      versions[index] = Version(version.agreement, version.gates, scores)
    }
  }

  /// The same gates with another score asked for on entering a stage.
  ///
  /// - Precondition: Every version asks for a score there, see `Agreement.ask(score:)`.
  func asking(_ score: Int, on stage: Int) -> GateVersions {
    var result = self
    for (index, version) in versions.enumerated() where version.gates[stage]?.score != nil {
      var gates = version.gates
      gates[stage]?.score = score
      result.versions[index] = Version(version.agreement, gates, version.scores)
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
