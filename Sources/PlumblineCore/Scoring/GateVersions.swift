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

  /// Whether any version of an agreement tests leads on entering a stage but the first.
  static func hasGates(_ agreement: Agreement) -> Bool {
    ([agreement] + agreement.earlier).contains { version in
      agreement.path.dropFirst().contains { gate(of: $0.id, under: version) != nil }
    }
  }

  /// The versions of an agreement, without scores.
  init(_ agreement: Agreement) {
    versions = (agreement.earlier + [agreement]).map { version in
      Version(
        agreement: version,
        gates: agreement.path.indices.map { stage in
          // A gate on the first stage would take the lead's beginning away.
          stage == 0 ? nil : Self.gate(of: agreement.path[stage].id, under: version)
        }
      )
    }
    let calendar = agreement.calendar
    let days = Set(versions.compactMap(\.agreement.effective)).sorted()
    let starts: [CivilDate?] = [nil] + days.map { $0 }
    spans = starts.indices.map { index in
      let end = index + 1 < starts.count ? starts[index + 1] : nil
      return Span(
        version: Self.index(of: agreement, on: starts[index]),
        start: starts[index].map { calendar.instant(of: $0) },
        end: end.map { calendar.instant(of: $0).advanced(bySeconds: -1) }
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

  /// The version that held at an instant.
  func version(at instant: Instant) -> Version {
    let span = spans.last { $0.start.map { $0 <= instant } ?? true } ?? spans[0]
    return versions[span.version]
  }

  /// The same choice as `Agreement.inForce(at:)` makes, as a position in the list of versions; nil
  /// stands for the time before the first day of any.
  private static func index(of agreement: Agreement, on day: CivilDate?) -> Int {
    let newest = agreement.earlier.count
    guard newest > 0 else { return 0 }
    if let day, let effective = agreement.effective, effective <= day { return newest }
    return agreement.earlier.lastIndex { version in
      version.effective.map { effective in day.map { effective <= $0 } ?? false } ?? true
    } ?? 0
  }

  private static func gate(of id: String, under version: Agreement) -> StageGate? {
    guard let gate = version.path.first(where: { $0.id == id })?.gate,
      gate.score != nil || gate.factors != nil || gate.acceptedBy != nil
    else { return nil }
    return gate
  }
}
