import Foundation
import PlumblineAgreement
import PlumblineCore
import Testing

/// `agreement.yaml` read together with its frozen versions.
struct AgreementVersionsTests {
  private static func text(
    _ version: String,
    _ effective: String?,
    currency: String = "EUR",
    zone: String = "UTC",
    more: String = ""
  ) -> String {
    """
    agreement: 1
    version: \(version)
    \(effective.map { "effective: \($0)" } ?? "# no day")
    currency: \(currency)
    time_zone: \(zone)
    \(more)
    """
  }

  private static func file(_ path: String, _ text: String) -> AgreementFile {
    AgreementFile(path: path, bytes: Array(text.utf8))
  }

  private static func read(
    _ present: String,
    _ frozen: [(String, String)] = []
  ) -> AgreementVersions {
    AgreementVersions(
      present: file("agreement.yaml", present),
      frozen: frozen.map { file("agreements/\($0.0).yaml", $0.1) }
    )
  }

  private static let one = text("2025", "2025-01-01")
  private static let two = text("2026", "2026-01-01")
  private static let three = text("2027", "2027-01-01")

  // MARK: Which versions there are

  @Test func `without frozen versions there is one, with the hash of its file`() throws {
    for present in [Self.one, Self.text("1", nil)] {
      let versions = Self.read(present)
      let agreement = try #require(versions.agreement)
      #expect(agreement.earlier.isEmpty)
      #expect(agreement.hash == AgreementReader.hash(of: Array(present.utf8)))
      #expect(versions.diagnostics.isEmpty)
      #expect(versions.entries.map(\.isPresent) == [true])
      #expect(versions.entries[0].frozen == nil)
    }
  }

  @Test func `the frozen copy of the newest is no version of its own`() throws {
    let versions = Self.read(Self.two, [("2026", Self.two)])
    let agreement = try #require(versions.agreement)
    #expect(agreement.earlier.isEmpty)
    #expect(agreement.hash == AgreementReader.hash(of: Array(Self.two.utf8)))
    #expect(versions.entries.map { $0.frozen?.path } == ["agreements/2026.yaml"])
    #expect(Self.read(Self.text("1", nil), [("1", Self.text("1", nil))]).diagnostics.isEmpty)
  }

  @Test func `versions stand in the order of their days, whatever their names`() throws {
    let early = Self.text("z", "2024-06-01")
    let versions = Self.read(
      Self.three,
      [("2025", Self.one), ("2026", Self.two), ("2027", Self.three), ("z", early)]
    )
    let agreement = try #require(versions.agreement)
    #expect(agreement.version == "2027")
    #expect(agreement.earlier.map(\.version) == ["z", "2025", "2026"])
    #expect(agreement.earlier.allSatisfy { $0.earlier.isEmpty })
    #expect(versions.entries.map { $0.agreement?.version } == ["z", "2025", "2026", "2027"])
    #expect(versions.diagnostics.isEmpty)
    let day = try #require(CivilDate("2026-05-05"))
    #expect(agreement.inForce(at: agreement.calendar.instant(of: day)).version == "2026")
  }

  @Test func `the hash of several follows from each, and from nothing else`() throws {
    func hash(_ present: String, _ frozen: [(String, String)]) throws -> String {
      try #require(Self.read(present, frozen).agreement).hash
    }
    let both = try hash(Self.two, [("2025", Self.one)])
    let hashes = [Self.one, Self.two].map { AgreementReader.hash(of: Array($0.utf8)) }
    #expect(
      both == AgreementReader.hash(of: Array("\(hashes[0])\n\(hashes[1])\n".utf8))
    )
    #expect(both == AgreementVersions.combinedHash(hashes))
    #expect(try hash(Self.two, [("2026", Self.two), ("2025", Self.one)]) == both)
    #expect(try hash(Self.two, [("2025", Self.one + "\n")]) != both)
    #expect(try hash(Self.two + "\n", [("2025", Self.one)]) != both)
    #expect(try hash(Self.two, []) != both)
  }

  // MARK: Faults

  private func faults(_ present: String, _ frozen: [(String, String)]) -> [String] {
    let versions = Self.read(present, frozen)
    #expect(versions.agreement == nil)
    return versions.diagnostics.map { finding in
      let place = finding.location.map { "\($0.file):\($0.line ?? 0)" } ?? ""
      return "\(place) \(finding.code)"
    }
  }

  @Test func `two versions of one day are told apart by nothing`() {
    #expect(
      faults(Self.text("b", "2025-01-01"), [("2025", Self.one)])
        == ["agreement.yaml:3 agreement.version-same-day"]
    )
    #expect(
      faults(Self.three, [("2025", Self.one), ("b", Self.text("b", "2025-01-01"))])
        == ["agreements/b.yaml:3 agreement.version-same-day"]
    )
  }

  @Test func `of several versions each must say its day`() {
    #expect(
      faults(Self.text("b", nil), [("2025", Self.one)])
        == ["agreement.yaml:2 agreement.version-no-day"]
    )
    #expect(
      faults(Self.two, [("a", Self.text("a", nil))])
        == ["agreements/a.yaml:2 agreement.version-no-day"]
    )
  }

  @Test func `a frozen version that was changed is told with the first line that differs`() {
    let changed = Self.text("2025", "2025-01-01", more: "company: New")
    let versions = Self.read(changed, [("2025", Self.one)])
    #expect(
      versions.diagnostics.map(\.description) == [
        """
        agreement.yaml:6:1: error: version "2025" was changed after it was frozen in \
        agreements/2025.yaml; this is the first line that differs.
          Give the changed agreement a new "version" and "effective", or put the frozen text back. \
        [agreement.version-changed]
        """
      ]
    )
    #expect(
      faults(Self.one + "\nrouting: regardless", [("2025", Self.one)])
        == ["agreement.yaml:7 agreement.version-changed"]
    )
    #expect(
      faults(Self.text("2025", "2025-02-01"), [("2025", Self.one)])
        == ["agreement.yaml:3 agreement.version-changed"]
    )
  }

  @Test func `the newest version is that of agreement.yaml`() {
    #expect(
      faults(Self.one, [("2026", Self.two)])
        == ["agreement.yaml:3 agreement.version-not-newest"]
    )
  }

  @Test func `currency and time zone stay what they were`() {
    let other = Self.text("2025", "2025-01-01", currency: "USD", zone: "Europe/Berlin")
    #expect(
      faults(Self.two, [("2025", other)]) == [
        "agreements/2025.yaml:4 agreement.version-currency",
        "agreements/2025.yaml:5 agreement.version-time-zone",
      ]
    )
  }

  @Test func `a frozen file is named after its version`() {
    #expect(
      faults(Self.two, [("2024", Self.one)])
        == ["agreements/2024.yaml:2 agreement.version-file-name"]
    )
    #expect(
      faults(Self.two, [("copy", Self.two)])
        == ["agreements/copy.yaml:2 agreement.version-file-name"]
    )
  }

  @Test func `faults of all files are told at once`() {
    let faulty = Self.text("2025", "2025-01-01", more: "curency: EUR")
    let found = faults(
      Self.text("2026", "yesterday"),
      [("2025", faulty), ("2024", Self.text("2024", nil))]
    )
    #expect(
      found == [
        "agreement.yaml:3 agreement.effective-date", "agreements/2025.yaml:6 agreement.unknown-key",
        "agreements/2024.yaml:2 agreement.version-no-day",
      ]
    )
  }

  @Test func `a condition about a stage that is no more is a warning`() throws {
    let old = Self.text(
      "2025",
      "2025-01-01",
      more:
        "stages: {path: [lead, {id: mql, confirmed_by: {stage: sal, within_days: 9}}, sal, won]}"
    )
    let versions = Self.read(Self.two, [("2025", old)])
    #expect(versions.diagnostics.map(\.code) == ["agreement.version-condition"])
    #expect(try #require(versions.agreement).journeyRule.confirmations == [])
    let renamed = Self.text(
      "2026",
      "2026-01-01",
      more: "stages: {path: [lead, mql, {id: sql, also: sal}, won]}"
    )
    let agreement = try #require(Self.read(renamed, [("2025", old)]).agreement)
    #expect(agreement.journeyRule.confirmations.map(\.by) == [2])
    #expect(Self.read(renamed, [("2025", old)]).diagnostics.isEmpty)
  }

  @Test func `notes and warnings of frozen versions are not repeated`() {
    let old = Self.text("2025", "2025-01-01", more: "signatures: {}")
    #expect(Self.read(Self.two, [("2025", old)]).diagnostics.isEmpty)
  }

  // MARK: In a folder

  @Test func `a folder gives its versions with paths as the user writes them`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumbline-versions-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("agreements"),
      withIntermediateDirectories: true
    )
    let versions = AgreementFolder(folder)
    #expect(try versions.frozenFiles().isEmpty)
    for (name, text) in [
      ("agreements/2025.yaml", Self.one), ("agreements/.hidden.yaml", "no"),
      ("agreements/2025.yaml~", "no"), ("agreements/notes.txt", "no"),
    ] {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    #expect(throws: InputError.self) { try versions.contents() }
    let read = try versions.versions(present: Array(Self.two.utf8))
    #expect(read.entries.map { $0.agreement?.version } == ["2025", "2026"])
    #expect(read.entries[0].file.path == folder.path + "/agreements/2025.yaml")
    #expect(versions.presentPath == folder.path + "/agreement.yaml")
  }

  @Test func `a folder without frozen versions has one version`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumbline-versions-\(UUID().uuidString)")
    let versions = try AgreementFolder(folder).versions(present: Array(Self.two.utf8))
    #expect(versions.agreement?.earlier.isEmpty == true)
  }
}
