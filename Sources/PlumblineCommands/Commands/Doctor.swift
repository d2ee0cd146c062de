import ArgumentParser
import Foundation
import PlumblineCore
import PlumblineReporting
import PlumblineStorage

/// `plumbline doctor`: whether a workspace is whole.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract:
      "Check that a workspace is whole: its agreement, its facts, what is kept beside them.",
    discussion: """
      Reads every fact and compares its checksum, and compares the kept journeys with journeys made \
      anew from the facts. Journeys that differ are made anew. Exit code 1 when something was wrong.
      """
  )

  @OptionGroup var workspace: WorkspaceOption

  @Flag(help: "Join small pieces of the store into large ones, if it is whole.")
  var compact = false

  @Option(help: "How the findings are written: table or json.")
  var format = ReportFormat.table

  func run() throws {
    let workspace = workspace.value
    let (agreement, notes) = try workspace.checkedAgreement()
    let store = try workspace.store()
    let progress = Progress()
    var report = DoctorReport()
    report.add("agreement", workspace.agreementPath, notes.filter { $0.severity != .note })
    progress.tell("reading every fact")
    let damage = try store.check()
    report.add("facts", workspace.storePath, damage)
    if damage.isEmpty, compact {
      try store.compact { done, all in progress.tell("joining pieces: \(done) of \(all) read") }
    }
    if damage.isEmpty {
      let keeper = workspace.keeper(of: store)
      progress.tell("comparing the journeys with the facts")
      let findings = try keeper.compare(under: agreement)
      report.add("journeys", workspace.journeysPath, findings)
      // Only a file of ours: what else bears its name is not ours to delete.
      if findings.contains(where: { $0.code == "kept.differs" }) {
        try? FileManager.default.removeItem(atPath: workspace.journeysPath)
      }
      if !findings.isEmpty { _ = try keeper.read(under: agreement) }
    }
    progress.finish()
    switch format {
    case .json: print(try report.json(), terminator: "")
    case .table: print(report.text, terminator: "")
    }
    if report.isWrong { throw ExitCode(1) }
  }
}

/// What was checked, and what was found.
private struct DoctorReport {
  private struct Part: Encodable {
    let part: String
    let file: String
    let findings: [Finding]
  }

  private struct Finding: Encodable {
    let severity: String
    let code: String
    let message: String
    let remedy: String?
  }

  private var parts: [Part] = []
  private(set) var isWrong = false

  mutating func add(_ part: String, _ file: String, _ findings: [Diagnostic]) {
    if findings.contains(where: { $0.severity != .note }) { isWrong = true }
    parts.append(
      Part(
        part: part,
        file: file,
        findings: findings.map {
          Finding(
            severity: $0.severity.rawValue,
            code: $0.code,
            message: $0.message,
            remedy: $0.remedy
          )
        }
      )
    )
  }

  var text: String {
    parts.map { part in
      let head = "\(part.part.padding(toLength: 10, withPad: " ", startingAt: 0))\(part.file)"
      if part.findings.isEmpty { return "\(head): fine\n" }
      return part.findings.map { finding in
        "\(head): \(finding.message) [\(finding.code)]\n"
          + (finding.remedy.map { "          \($0)\n" } ?? "")
      }.joined()
    }.joined()
  }

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(parts), as: UTF8.self) + "\n"
  }
}
