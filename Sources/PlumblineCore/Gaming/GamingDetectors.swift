import PlumblineStatistics

/// Looks for records that were made to reach a number rather than to say what happened.
///
/// Each detector is one family of tests: Holm's method keeps the chance that it says anything at all
/// about a company in which nothing is wrong at or below `falseAlarmChance`.
public struct GamingDetectors: Sendable {
  /// The chance, for each company and detector, of any false alarm.
  public static let falseAlarmChance = 0.05

  private let records: GamingRecords

  /// Detectors over some records.
  public init(_ records: GamingRecords) { self.records = records }

  /// What is worth a look, see `report()`.
  public func findings() -> [GamingFinding] { report().findings }

  /// Runs all detectors.
  ///
  /// - Complexity: O(records log records).
  public func report() -> GamingReport {
    var report = GamingReport(standings: [:], findings: [])
    for detector in GamingDetector.allCases {
      let result = tests(of: detector)
      report.standings[detector] = result.standing
      report.findings += Self.told(result.tests, by: detector)
    }
    return report
  }

  /// What one detector finds.
  func findings(of detector: GamingDetector) -> [GamingFinding] {
    Self.told(tests(of: detector).tests, by: detector)
  }

  private func tests(of detector: GamingDetector) -> GamingTests {
    switch detector {
    case .dispositions: DispositionDetector(records).tests()
    case .firstTouch: FirstTouchDetector(records).tests()
    case .meetings: MeetingDetector(records).tests()
    case .periodEnd: PeriodEndDetector(records).tests()
    case .scoreLine: ScoreLineDetector(records).tests()
    }
  }

  private static func told(_ tests: [GamingTest], by detector: GamingDetector) -> [GamingFinding] {
    let adjusted = Holm.adjusted(tests.map(\.pValue))
    return tests.indices.filter { (adjusted[$0] ?? 1) <= falseAlarmChance }
      .sorted { (tests[$0].pValue, $0) < (tests[$1].pValue, $1) }
      .map { index in
        let test = tests[index]
        return GamingFinding(
          detector: detector,
          sign: test.sign,
          kind: test.kind,
          owner: test.owner,
          observed: test.observed,
          of: test.of,
          expected: test.expected,
          seconds: test.seconds,
          pValue: test.pValue,
          adjustedPValue: adjusted[index] ?? 1,
          evidence: test.evidence().sorted { ($0.time, $0.lead) < ($1.time, $1.lead) }
        )
      }
  }
}
