import PlumblineCore
import PlumblineYAML

/// What can be wrong with several versions together, each of them being fine by itself.
struct VersionChecks {
  private(set) var findings: [Diagnostic] = []
  private let earlier: [AgreementVersions.Entry]
  private let presentFile: AgreementFile

  init(entries: [AgreementVersions.Entry], frozen: [AgreementFile]) {
    earlier = entries.filter { !$0.isPresent }
    guard let present = entries.last else { preconditionFailure("there is a present version") }
    presentFile = present.file
    for file in frozen { checkName(of: file) }
    guard !earlier.isEmpty else { return }
    checkDays(entries)
    if let agreement = present.agreement {
      checkChange(agreement)
      checkOrder(agreement)
      checkUnits(agreement)
      checkConditions(agreement)
    }
  }

  private mutating func report(
    _ code: String,
    _ message: String,
    at location: Diagnostic.Location,
    _ remedy: String,
    as severity: Diagnostic.Severity = .error
  ) {
    findings.append(
      Diagnostic(severity, code: "agreement.\(code)", message, at: location, remedy: remedy)
    )
  }

  private static func version(_ file: AgreementFile) -> String? {
    AgreementReader.read(file.bytes, file: file.path).agreement?.version
  }

  /// A frozen file is found by its version's name.
  private mutating func checkName(of file: AgreementFile) {
    let name = file.name(without: AgreementFolder.frozenSuffix)
    guard let version = Self.version(file), version != name else { return }
    report(
      "version-file-name",
      "the file holds version \"\(version.shownInMessage)\", but is named after another.",
      at: file.location(ofKey: "version"),
      "Name the file after its version, or put back the version that it was made for."
    )
  }

  private mutating func checkDays(_ entries: [AgreementVersions.Entry]) {
    var known: [CivilDate: AgreementFile] = [:]
    for entry in entries {
      guard let agreement = entry.agreement else { continue }
      guard let day = agreement.effective else {
        report(
          "version-no-day",
          "version \"\(agreement.version.shownInMessage)\" does not say from which day on it "
            + "holds, and there are several versions.",
          at: entry.file.location(ofKey: "version"),
          "Add its first day, such as \"effective: 2026-01-01\"."
        )
        continue
      }
      if let other = known[day], !isRename(entry.file, other) {
        report(
          "version-same-day",
          "two versions hold from \(day) on: this one and that of \(other.path).",
          at: entry.file.location(ofKey: "effective"),
          "Give the newer one a later first day."
        )
      }
      known[day] = entry.file
    }
  }

  /// Whether two files are one version that was changed, which is told by itself.
  private func isRename(_ one: AgreementFile, _ other: AgreementFile) -> Bool {
    (one == presentFile || other == presentFile) && Self.version(one) == Self.version(other)
  }

  private mutating func checkChange(_ present: Agreement) {
    for entry in earlier where entry.agreement?.version == present.version {
      guard let line = presentFile.firstDifference(from: entry.file) else { continue }
      report(
        "version-changed",
        "version \"\(present.version.shownInMessage)\" was changed after it was frozen in "
          + "\(entry.file.path); this is the first line that differs.",
        at: Diagnostic.Location(file: presentFile.path, line: line, column: 1),
        "Give the changed agreement a new \"version\" and \"effective\", or put the frozen text back."
      )
    }
  }

  private mutating func checkOrder(_ present: Agreement) {
    guard let day = present.effective else { return }
    for entry in earlier {
      guard let agreement = entry.agreement, let other = agreement.effective, other > day,
        agreement.version != present.version
      else { continue }
      report(
        "version-not-newest",
        "version \"\(agreement.version.shownInMessage)\" of \(entry.file.path) holds from \(other) "
          + "on, later than \(presentFile.path).",
        at: presentFile.location(ofKey: "effective"),
        "\(presentFile.path) must be the newest version: give it a later first day."
      )
    }
  }

  private mutating func checkUnits(_ present: Agreement) {
    for entry in earlier {
      guard let agreement = entry.agreement else { continue }
      if agreement.currency != present.currency {
        report(
          "version-currency",
          "the currency is \(agreement.currency), but \(present.currency) in "
            + "\(presentFile.path): a change of currency is not supported.",
          at: entry.file.location(ofKey: "currency"),
          "Keep one currency in all versions; other currencies are converted into it."
        )
      }
      if agreement.calendar.zoneName != present.calendar.zoneName {
        report(
          "version-time-zone",
          "the time zone is \(agreement.calendar.zoneName), but \(present.calendar.zoneName) in "
            + "\(presentFile.path): a change of time zone is not supported.",
          at: entry.file.location(ofKey: "time_zone"),
          "Keep one time zone in all versions, so that every day is a day once."
        )
      }
    }
  }

  /// A condition about a stage that is no more cannot be tested.
  private mutating func checkConditions(_ present: Agreement) {
    for entry in earlier {
      guard let agreement = entry.agreement else { continue }
      for condition in agreement.confirmations {
        let ids = [condition.stage, condition.by].map { agreement.path[$0].id }
        let missing = ids.filter { !present.isOnPath($0) }
        guard let first = missing.first else { continue }
        report(
          "version-condition",
          "stage \"\(ids[0])\" had to be confirmed by \"\(ids[1])\", but \"\(first)\" is no longer on "
            + "the path: this condition is not asked any more.",
          at: Diagnostic.Location(file: entry.file.path),
          "Name the stage that took its place in \(presentFile.path), with the old id under \"also\".",
          as: .warning
        )
      }
    }
  }
}

extension Agreement {
  /// Whether a stage of an earlier version is on the path, under its id or as another word.
  fileprivate func isOnPath(_ id: String) -> Bool {
    if pathIndex(of: id) != nil { return true }
    if detours.contains(where: { $0.id == id }) { return false }
    let word = WordKey.of(id)
    return path.contains { $0.aliases.contains { WordKey.of($0) == word } }
  }
}
