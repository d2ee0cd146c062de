import PlumblineCore
import PlumblineTestSupport
import Testing

@testable import PlumblineReporting

/// Versions and signatures for people and programs.
struct VersionsTextTests {
  /// Kinds of history to show.
  enum Sample: String, CaseIterable {
    case draft, signed, changed, long

    var records: [VersionRecord] {
      func signature(_ team: Stage.Team, _ name: String, isValid: Bool = true) -> SignatureRecord {
        SignatureRecord(
          team: team,
          signer: name,
          time: Instant(seconds: 1_767_272_461),
          keyFingerprint: "0123456789abcdef",
          isValid: isValid
        )
      }
      func record(
        _ version: String,
        _ effective: String?,
        until: String? = nil,
        isPresent: Bool = false,
        _ signatures: [SignatureRecord] = []
      ) -> VersionRecord {
        VersionRecord(
          version: version,
          effective: effective.flatMap { CivilDate($0) },
          until: until.flatMap { CivilDate($0) },
          file: isPresent ? "agreement.yaml" : "agreements/\(version).yaml",
          hash: String(repeating: "a1", count: 32),
          isPresent: isPresent,
          isFrozen: !signatures.isEmpty,
          signatures: signatures
        )
      }
      let both = [signature(.marketing, "Jana Example"), signature(.sales, "Sam Müller")]
      switch self {
      case .draft: return [record("1", nil, isPresent: true)]
      case .signed:
        return [
          record("2025-H2", "2025-07-01", until: "2026-01-01", both),
          record("2026-Q1", "2026-01-01", isPresent: true, both),
        ]
      case .changed:
        return [
          record(
            "2025-H2",
            "2025-07-01",
            until: "2026-01-01",
            [both[0], signature(.sales, "Sam Müller", isValid: false)]
          ),
          record("2026-Q1", "2026-01-01", isPresent: true, [both[1]]),
        ]
      case .long:
        let name = String(repeating: "extraordinary-", count: 4)
        let signer = "\u{1B}[31mEve\u{202E} " + String(repeating: "Longname ", count: 15)
        return [record(name, "2026-01-01", isPresent: true, [signature(.sales, signer)])]
      }
    }

    var faults: Int {
      switch self {
      case .draft, .long: 1
      case .signed: 0
      case .changed: 2
      }
    }
  }

  private static let berlin = LocalCalendar(zoneName: "Europe/Berlin") ?? .utc

  @Test(arguments: Sample.allCases)
  func `whole text`(sample: Sample) {
    let hash = sample == .changed ? nil : String(repeating: "c3", count: 32)
    let history = VersionsText(
      sample.records,
      agreementHash: hash,
      for: .history,
      calendar: Self.berlin
    ).text
    let check = VersionsText(
      sample.records,
      agreementHash: hash,
      for: .verification(faults: sample.faults),
      calendar: Self.berlin
    )
    expectGolden(
      history + "\n=====\n" + check.text,
      suite: "VersionsText",
      sample.rawValue
    )
  }

  @Test(arguments: Sample.allCases, [40, 80, 120])
  func `keeps to the width`(sample: Sample, width: Int) {
    let text = VersionsText(
      sample.records,
      for: .history,
      calendar: .utc,
      layout: TextLayout(width: width)
    ).text
    for line in text.split(separator: "\n") { #expect(DisplayWidth.of(line) <= width, "\(line)") }
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
  }

  @Test(arguments: [
    (Sample.draft, "1 version of the agreement, none signed by both teams."),
    (.signed, "2 versions of the agreement, signed by both teams."),
    (.changed, "2 versions of the agreement, none signed by both teams."),
  ])
  func `the headline says how many are signed`(sample: Sample, text: String) {
    #expect(VersionsText(sample.records, for: .history, calendar: .utc).headline == text)
  }

  @Test func `the headline of a check says whether all holds`() {
    func headline(_ records: [VersionRecord], _ faults: Int) -> String {
      VersionsText(records, for: .verification(faults: faults), calendar: .utc).headline
    }
    let signed = Sample.signed.records
    #expect(
      headline(signed, 0)
        == "Both teams signed all 2 versions; every signed file is as it was, and no earlier "
        + "version is missing."
    )
    #expect(
      headline([signed[1]], 0)
        == "Both teams signed the agreement; every signed file is as it was, and no earlier "
        + "version is missing."
    )
    #expect(
      headline(Sample.changed.records, 2) == "Not everything is signed and as it was: 2 faults."
    )
  }

  @Test(
    arguments: [
      (1, "Numbers carry 012345678901, the hash of this version."),
      (2, "Numbers carry 012345678901, from both versions."),
      (3, "Numbers carry 012345678901, from all 3 versions."),
    ]
  )
  func `says which hash numbers carry, and from what`(count: Int, text: String) {
    let records = [VersionRecord](repeating: Sample.signed.records[1], count: count)
    for purpose in [VersionsText.Purpose.history, .verification(faults: 0)] {
      func shown(_ hash: String?) -> String {
        VersionsText(records, agreementHash: hash, for: purpose, calendar: .utc).text
      }
      #expect(shown("0123456789012345").contains("\n  \(text)\n"))
      #expect(!shown(nil).contains("Numbers carry"))
    }
  }

  // MARK: JSON

  private func json(_ sample: Sample) throws -> String {
    try VersionsJSON(
      sample.records,
      agreementHash: sample == .changed ? nil : "abc",
      faults: sample.faults,
      calendar: Self.berlin
    ).text()
  }

  @Test(arguments: Sample.allCases)
  func `whole JSON`(sample: Sample) throws {
    expectGolden(try json(sample), suite: "VersionsJSON", sample.rawValue)
  }

  @Test func `every key is explained`() throws {
    try DocumentedKeys(section: "agreement_versions").check(Sample.allCases.map { try json($0) })
  }

  @Test func `all is signed only where nothing is wrong`() throws {
    #expect(try json(.signed).contains("\n  \"is_signed\" : true,"))
    for sample in [Sample.draft, .changed, .long] {
      #expect(try json(sample).contains("\n  \"is_signed\" : false,"))
    }
    let none = try VersionsJSON([], agreementHash: nil, faults: 0, calendar: .utc).text()
    #expect(none.contains("\"is_signed\" : false"))
  }
}
