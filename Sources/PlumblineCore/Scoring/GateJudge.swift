/// Says whether a recorded entry of a gated stage counts.
struct GateJudge: Sendable {
  /// What became of a recorded entry.
  enum Verdict: Hashable, Sendable {
    /// Every condition on record holds.
    case passed
    /// A condition on record does not hold.
    case failed
    /// Nothing on record speaks against it, but some condition could not be tested.
    case untested
  }

  private(set) var versions: GateVersions
  private let attributes: LeadAttributes
  private let dispositions: Dispositions
  private let calendar: LocalCalendar
  private let asOf: Instant
  private let recordedScores: [Int64]

  init(
    _ versions: GateVersions,
    _ attributes: LeadAttributes,
    _ dispositions: Dispositions,
    of history: CompanyHistory
  ) {
    self.versions = versions
    self.attributes = attributes
    self.dispositions = dispositions
    calendar = history.agreement.calendar
    asOf = history.asOf
    recordedScores = history.leads.scoresAtHandOff
  }

  /// A judge of the same leads who asks for another score on entering a stage.
  func asking(_ score: Int, on stage: Int) -> GateJudge {
    var judge = self
    judge.versions = versions.asking(score, on: stage)
    return judge
  }

  /// Judges a recorded entry; nil where the version in force then tests nothing.
  ///
  /// - Parameters:
  ///   - stage: The stage's position in the path.
  ///   - time: The time of the entry.
  ///   - lead: The lead.
  ///   - passes: When the lead's passes along the path began, the first without a beginning.
  ///   - bracket: Told which other scores would give the same verdict.
  /// - Returns: What became of the entry.
  func verdict(
    on stage: Int,
    at time: TimePoint,
    of lead: Int,
    passes: () -> [Instant?],
    noting bracket: inout ScoreBracket
  ) -> Verdict? {
    guard time.isDated else {
      // Nobody knows which version held, nor what was known then.
      return versions.versions.contains { $0.gates[stage] != nil } ? .untested : nil
    }
    let version = versions.version(at: time.instant)
    guard let gate = version.gates[stage] else { return nil }
    var verdict = Verdict.passed
    func note(_ answer: Bool?) {
      if answer == false { verdict = .failed }
      if answer == nil, verdict == .passed { verdict = .untested }
    }
    if let score = gate.score { note(reaches(score, version, lead, time, &bracket)) }
    if let count = gate.factors {
      note(hasFactors(count, version.agreement.qualifyingFactors, lead, time))
    }
    if let team = gate.acceptedBy { note(isAccepted(by: team, lead, time, passes())) }
    return verdict
  }

  /// The end of the time in which something happened: of its day where only that is known.
  private func end(of time: TimePoint) -> Instant {
    guard time.precision == .day else { return time.instant }
    let day = calendar.day(of: time.instant).dayNumber
    let end = calendar.instant(of: CivilDate(dayNumber: day + 1)).advanced(bySeconds: -1)
    return max(time.instant, min(end, asOf))
  }

  // MARK: Conditions; nil where nothing on record tells

  private func reaches(
    _ threshold: Int,
    _ version: GateVersions.Version,
    _ lead: Int,
    _ time: TimePoint,
    _ bracket: inout ScoreBracket
  ) -> Bool? {
    guard let scores = version.scores, scores.isComputed(lead) else {
      let recorded = recordedScores[lead]
      guard recorded != FactColumn.noNumber else { return nil }
      let isReached = recorded >= Int64(threshold)
      bracket.note(greatest: Int(recorded), isReached: isReached)
      return isReached
    }
    let span = time.instant...end(of: time)
    let found = scores.firstTime(reaching: threshold, of: lead, within: span, noting: &bracket)
    return found != nil
  }

  private func hasFactors(
    _ count: Int,
    _ factors: [QualifyingFactor],
    _ lead: Int,
    _ time: TimePoint
  ) -> Bool? {
    let end = end(of: time)
    var (isAnyOnRecord, met) = (false, 0)
    for factor in factors {
      guard let number = attributes.number(ofName: factor.id) else { continue }
      var answer = QualifyingFactor.Answer.notAsked
      // Sales' word, else the one that both go by, else marketing's.
      for team in [Stage.Team.sales, nil, .marketing] {
        guard let entry = attributes.entry(number, of: lead, by: team) else { continue }
        let found = factor.answer(attributes.word(entry.code))
        guard found != .notAsked else { continue }
        isAnyOnRecord = true
        let said = calendar.rebased(entry.time)
        guard !said.isDated || said.instant <= end else { continue }
        if answer == .notAsked { answer = found }
      }
      if answer == .yes { met += 1 }
    }
    return isAnyOnRecord ? met >= count : nil
  }

  /// Whether sales said, during the same pass, that the lead is accepted.
  ///
  /// Its word may come after the entry, which it then confirms. What the CRM filled in by itself,
  /// and what is not on the agreement's list, says nothing.
  private func isAccepted(
    by team: Stage.Team,
    _ lead: Int,
    _ time: TimePoint,
    _ passes: [Instant?]
  ) -> Bool? {
    // Nobody records what marketing accepts.
    guard team == .sales else { return nil }
    let wanted = Self.pass(at: time.instant, passes)
    var isOnRecord = false
    for entry in dispositions[lead] {
      guard let reason = entry.reason, !dispositions.reasons[reason].isDefault else { continue }
      let pass = entry.time.isDated ? Self.pass(at: end(of: entry.time), passes) : passes.count - 1
      guard pass == wanted else { continue }
      isOnRecord = true
      if dispositions.reasons[reason].outcome == .accepted { return true }
    }
    return isOnRecord ? false : nil
  }

  /// The last pass that had begun by an instant.
  private static func pass(at instant: Instant, _ passes: [Instant?]) -> Int {
    passes.lastIndex { $0.map { $0 <= instant } ?? true } ?? 0
  }
}
