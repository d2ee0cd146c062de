extension CompanyHistory {
  /// The version of the agreement in force as of the history's instant; one that comes into force
  /// later promises nothing yet.
  public var agreementInForce: Agreement { agreement.inForce(at: asOf) }
}

/// What the versions of an agreement ask of leads, each in its time, up to one instant.
///
/// What is not dated is judged under the version in force at that instant.
struct AgreedOverTime: Sendable {
  private let timeline: AgreementTimeline
  /// The position of the version in force at the instant.
  private let present: Int
  /// For each version not later than the present one, how long leads may stay at each stage of the
  /// path as it is numbered.
  private let limits: [[Int?]]

  /// The versions of a history's agreement that have come into force by its instant.
  init(_ history: CompanyHistory) {
    let agreement = history.agreement
    timeline = AgreementTimeline(agreement)
    present = timeline.index(at: history.asOf.seconds)
    limits = timeline.versions[...present].map { version in
      var limits = [Int?](repeating: nil, count: agreement.path.count)
      for stage in version.path where stage.staleAfterDays != nil {
        guard let index = agreement.presentCode(ofStage: stage.id)?.stageIndex else { continue }
        limits[index] = stage.staleAfterDays
      }
      return limits
    }
  }

  /// The versions that have come into force, oldest first.
  var versions: ArraySlice<Agreement> { timeline.versions[...present] }

  /// The version in force at a time.
  func version(at time: TimePoint) -> Agreement { timeline.versions[index(at: time)] }

  private func index(at time: TimePoint) -> Int {
    time.isDated ? min(present, timeline.index(at: time.instant.seconds)) : present
  }

  /// The days for which a lead may stay at a stage, as agreed when it entered; nil where it may stay
  /// for ever.
  func staleAfterDays(_ stage: Int, entered time: TimePoint) -> Int? {
    limits[index(at: time)][stage]
  }

  /// The same for a lead that enters now.
  func staleAfterDays(_ stage: Int) -> Int? { limits[present][stage] }

  /// The limit that was agreed last for a stage; nil where none ever was.
  func lastStaleAfterDays(_ stage: Int) -> Int? {
    limits.reversed().lazy.compactMap { $0[stage] }.first
  }
}
