public import PlumblineCore

/// The versions of an agreement for a page: when each holds, and who signed it; the same sentences
/// as `VersionsText`.
public struct VersionsSections: Sendable {
  private let records: [VersionRecord]
  private let words: VersionsText
  private let calendar: LocalCalendar

  /// Versions to be shown.
  ///
  /// - Parameters:
  ///   - records: The versions, oldest first.
  ///   - agreementHash: The hash that numbers carry; nil when the agreement has faults.
  ///   - purpose: What the reader wants to know.
  ///   - calendar: The clock on which times are shown.
  public init(
    _ records: [VersionRecord],
    agreementHash: String?,
    for purpose: VersionsText.Purpose,
    calendar: LocalCalendar
  ) {
    self.records = records
    self.calendar = calendar
    words = VersionsText(
      records.map { record in
        var record = record
        record.file = Format.fileName(record.file)
        return record
      },
      agreementHash: agreementHash,
      for: purpose,
      calendar: calendar
    )
  }

  /// The state of the signatures as one sentence.
  public var headline: String { words.headline }

  /// The versions with their signatures, the newest first.
  ///
  /// - Parameter link: What leads from a version to what it changed; nothing where that is nil.
  /// - Returns: A table, and how to read it.
  public func markup(link: (_ record: VersionRecord, _ before: VersionRecord) -> Markup?) -> Markup
  {
    var table = MarkupTable(
      "agreement-versions",
      caption: "Versions, the newest first",
      [.text("Version"), .text("From"), .text("Until"), .text("Hash")]
        + Stage.Team.allCases.map { .text("Signed for \($0.rawValue)") } + [.text("Changes")]
    )
    for index in records.indices.reversed() {
      let record = records[index]
      let state = record.isPresent ? " (present)" : ""
      table.add(
        [
          .text(record.version + state), .text(record.effective?.description ?? "always"),
          .text(words.until(record)), .text(String(record.hash.prefix(12))),
        ]
          + Stage.Team.allCases.map { signature(of: $0, record) } + [
            index > 0 ? link(record, records[index - 1]) ?? .none : .none
          ]
      )
    }
    return .lines([table.markup, .bullets(words.notes)])
  }

  private func signature(of team: Stage.Team, _ record: VersionRecord) -> Markup {
    guard let signature = record.signatures.first(where: { $0.team == team }) else {
      return .text("not signed")
    }
    let text =
      "\(signature.signer), \(Format.instant(signature.time, calendar)), key "
      + "\(signature.keyFingerprint)"
    guard !signature.isValid else { return .text(text) }
    return .element("strong", ["class": "bad"], "does not hold: \(text)")
  }
}
