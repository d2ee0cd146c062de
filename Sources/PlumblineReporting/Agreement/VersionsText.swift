public import PlumblineCore

/// The versions of an agreement as text for people: when each holds, and who signed it.
public struct VersionsText: Sendable {
  /// What the reader wants to know.
  public enum Purpose: Sendable {
    /// Which versions there are.
    case history
    /// Whether all are signed and unchanged; with the number of faults found.
    case verification(faults: Int)
  }

  private let records: [VersionRecord]
  private let agreementHash: String?
  private let purpose: Purpose
  private let calendar: LocalCalendar
  private let layout: TextLayout

  /// Versions to be shown.
  ///
  /// - Parameters:
  ///   - records: The versions, oldest first.
  ///   - agreementHash: The hash that numbers carry; nil when the agreement has faults.
  ///   - purpose: What the reader wants to know.
  ///   - calendar: The clock on which times are shown.
  ///   - layout: How wide, and whether for a terminal.
  public init(
    _ records: [VersionRecord],
    agreementHash: String? = nil,
    for purpose: Purpose,
    calendar: LocalCalendar,
    layout: TextLayout = TextLayout()
  ) {
    self.records = records
    self.agreementHash = agreementHash
    self.purpose = purpose
    self.calendar = calendar
    self.layout = layout
  }

  /// The state of the signatures as one sentence.
  public var headline: String {
    let signed = records.count(where: \.isSigned)
    let count = Format.count(records.count, "version")
    switch purpose {
    case .history:
      return signed == records.count
        ? "\(count) of the agreement, signed by both teams."
        : "\(count) of the agreement, \(signed == 0 ? "none" : Format.count(signed)) signed by both "
          + "teams."
    case .verification(faults: 0):
      return
        "Both teams signed \(records.count == 1 ? "the agreement" : "all \(count)"); every signed "
        + "file is as it was, and no earlier version is missing."
    case .verification(let faults):
      return "Not everything is signed and as it was: \(Format.count(faults, "fault"))."
    }
  }

  /// The text, each line ending in a line break.
  public var text: String {
    var page = TextPage(layout)
    page.paragraph(headline, ink: .strong)
    page.heading("Versions")
    var table = TextTable(
      [.text("version"), .whole("from"), .whole("until"), .whole("hash")]
        + Stage.Team.allCases.map { .whole($0.rawValue) }
    )
    for record in records {
      table.add(
        [
          record.version, record.effective?.description ?? "always", until(record),
          String(record.hash.prefix(12)),
        ] + Stage.Team.allCases.map { state(of: $0, record) },
        ink: isFaulty(record) ? .bad : .plain
      )
    }
    page.table(table)
    for line in stand { page.paragraph(line, indent: 2) }
    signatures(&page)
    if let unchecked {
      page.blank()
      page.paragraph(unchecked)
    }
    return page.text
  }

  /// What else a page says of them.
  var notes: [String] { stand + [unchecked].compactMap { $0 } }

  private var stand: [String] {
    ["The last version is \(records.last?.file ?? "missing")."]
      + (agreementHash.map { ["Numbers carry \($0.prefix(12)), \(origin)."] } ?? [])
  }

  /// What a verification cannot tell.
  private var unchecked: String? {
    guard case .verification = purpose, records.contains(where: { !$0.signatures.isEmpty }) else {
      return nil
    }
    return
      "Not checked: whose the keys are, and whether a newer version was taken away. Compare the "
      + "keys with those that the teams told each other."
  }

  /// What the hash that numbers carry is made from.
  private var origin: String {
    switch records.count {
    case 1: "the hash of this version"
    case 2: "from both versions"
    default: "from all \(Format.count(records.count, "version"))"
    }
  }

  func until(_ record: VersionRecord) -> String {
    record.until.map { CivilDate(dayNumber: $0.dayNumber - 1).description } ?? Format.absent
  }

  private func isFaulty(_ record: VersionRecord) -> Bool {
    record.signatures.contains { !$0.isValid }
  }

  private func state(of team: Stage.Team, _ record: VersionRecord) -> String {
    guard let signature = record.signatures.first(where: { $0.team == team }) else {
      return "not signed"
    }
    return signature.isValid ? calendar.day(of: signature.time).description : "not valid"
  }

  private func signatures(_ page: inout TextPage) {
    let items = records.flatMap { record in
      record.signatures.map { signature in
        "\(record.version): \(signature.signer) for \(signature.team.rawValue), "
          + "\(Format.instant(signature.time, calendar)), key \(signature.keyFingerprint)"
          + (signature.isValid ? "." : "; does not hold.")
      }
    }
    guard !items.isEmpty else { return }
    page.heading("Signatures")
    page.bullets(items)
  }
}
