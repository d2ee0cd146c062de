public import PlumblineCore

/// What the detectors of gaming found, as JSON; every key is documented in
/// `Documentation/json.md`.
public struct GamingJSON: Sendable {
  private let wire: GamingWire

  /// A report to be written.
  ///
  /// - Parameters:
  ///   - report: What was found.
  ///   - history: The history that the records were read from.
  public init(_ report: GamingReport, of history: CompanyHistory) {
    wire = GamingWire(GamingWords(report: report, history: history))
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func text() throws -> String { try JSONText.text(wire) }
}

/// What the detectors of gaming found in JSON.
struct GamingWire: Codable, Hashable, Sendable {
  struct Detector: Codable, Hashable, Sendable {
    let detector: GamingDetector
    let standing: String
    @OrNull var tests: Int?
    @OrNull var have: Int?
    @OrNull var need: Int?
  }

  struct Record: Codable, Hashable, Sendable {
    @OrNull var lead: String?
    @OrNull var at: String?
  }

  struct Finding: Codable, Hashable, Sendable {
    let detector: GamingDetector
    let sign: GamingFinding.Sign
    @OrNull var records: GamingRecords.Edit.Kind?
    @OrNull var owner: String?
    let observed: Int
    let of: Int
    @OrNull var expected: Double?
    @OrNull var seconds: Int?
    @OrNull var pValue: Double?
    @OrNull var adjustedPValue: Double?
    let message: String
    let innocentReason: String
    let settledBy: String
    let evidence: [Record]
  }

  var format = JSONText.format
  var kind = "gaming"
  let headline: String
  let agreement: AgreementWire
  let asOf: String
  let falseAlarmChance: Double
  let detectors: [Detector]
  let findings: [Finding]
  let note: String

  init(_ words: GamingWords) {
    let history = words.history
    let calendar = history.agreement.calendar
    headline = words.headline
    agreement = AgreementWire(history.agreement)
    asOf = Format.iso8601(history.asOf, calendar)
    falseAlarmChance = GamingDetectors.falseAlarmChance
    detectors = GamingDetector.allCases.map { detector in
      switch words.report.standings[detector] {
      case .judged(let tests):
        Detector(detector: detector, standing: "judged", tests: tests, have: nil, need: nil)
      case .notEnoughData(let have, let need):
        Detector(
          detector: detector,
          standing: "not_enough_data",
          tests: nil,
          have: have,
          need: need
        )
      case .notRecorded, nil:
        Detector(detector: detector, standing: "not_recorded", tests: nil, have: nil, need: nil)
      case .notAgreed:
        Detector(detector: detector, standing: "not_agreed", tests: nil, have: nil, need: nil)
      }
    }
    findings = words.report.findings.map { finding in
      Finding(
        detector: finding.detector,
        sign: finding.sign,
        records: finding.kind,
        owner: finding.owner.map { history.texts[.owner][$0] },
        observed: finding.observed,
        of: finding.of,
        expected: Rounded.tenth(finding.expected),
        seconds: finding.seconds.map { Int($0) },
        pValue: Rounded.share(finding.pValue),
        adjustedPValue: Rounded.share(finding.adjustedPValue),
        message: words.sentence(finding),
        innocentReason: GamingWords.innocent(finding.sign),
        settledBy: GamingWords.settles(finding.sign),
        evidence: finding.evidence.map { evidence in
          Record(
            lead: evidence.lead >= 0 ? history.id(ofLead: evidence.lead) : nil,
            at: evidence.time.isDated ? Format.iso8601(evidence.time.instant, calendar) : nil
          )
        }
      )
    }
    note = GamingWords.note
  }
}
