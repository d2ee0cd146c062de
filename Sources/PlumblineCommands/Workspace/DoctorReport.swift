import Foundation
public import PlumblineCore
import PlumblineStorage

/// What was checked of a workspace, and what was found.
public struct DoctorReport: Sendable {
  /// A part of the workspace.
  public struct Part: Sendable {
    /// Which: `agreement`, `facts` or `journeys`.
    public let name: String
    /// The file.
    public let file: String
    /// What was found; nothing when it is fine.
    public let findings: [Diagnostic]
  }

  /// The parts, in the order in which they were checked.
  public private(set) var parts: [Part] = []

  init() {}

  /// Whether something was found that is more than a note.
  public var isWrong: Bool {
    parts.contains { $0.findings.contains { $0.severity != .note } }
  }

  mutating func add(_ name: String, _ file: String, _ findings: [Diagnostic]) {
    parts.append(Part(name: name, file: file, findings: findings))
  }

  /// The findings as text for people.
  var text: String {
    parts.map { part in
      let head = "\(part.name.padding(toLength: 10, withPad: " ", startingAt: 0))\(part.file)"
      if part.findings.isEmpty { return "\(head): fine\n" }
      return part.findings.map { finding in
        "\(head): \(finding.message) [\(finding.code)]\n"
          + (finding.remedy.map { "          \($0)\n" } ?? "")
      }.joined()
    }.joined()
  }

  /// The findings as JSON.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let wire = parts.map { part in
      PartWire(part: part.name, file: part.file, findings: part.findings.map(FindingWire.init))
    }
    return String(decoding: try encoder.encode(wire), as: UTF8.self) + "\n"
  }

  private struct PartWire: Encodable {
    let part: String
    let file: String
    let findings: [FindingWire]
  }

  private struct FindingWire: Encodable {
    let severity: String
    let code: String
    let message: String
    let remedy: String?

    init(_ finding: Diagnostic) {
      severity = finding.severity.rawValue
      code = finding.code
      message = finding.message
      remedy = finding.remedy
    }
  }
}

extension Workspace {
  /// Checks whether the workspace is whole; journeys that differ from the facts are made anew.
  ///
  /// - Parameters:
  ///   - compacting: Whether small pieces of the store are joined, if it is whole.
  ///   - progress: Told now and then what is being done.
  /// - Returns: What was found.
  /// - Throws: `InputError` when there is no agreement or nothing was imported.
  /// - Complexity: O(facts).
  public func examined(
    compacting: Bool = false,
    progress: @escaping (String) -> Void = { _ in }
  ) throws -> DoctorReport {
    let (agreement, notes) = try checkedAgreement()
    let store = try store()
    var report = DoctorReport()
    report.add("agreement", agreementPath, notes.filter { $0.severity != .note })
    progress("reading every fact")
    let damage = try store.check()
    report.add("facts", storePath, damage)
    guard damage.isEmpty else { return report }
    if compacting {
      try store.compact { done, all in progress("joining pieces: \(done) of \(all) read") }
    }
    let keeper = keeper(of: store)
    progress("comparing the journeys with the facts")
    let findings = try keeper.compare(under: agreement)
    report.add("journeys", journeysPath, findings)
    // Only a file of ours: what else bears its name is not ours to delete.
    if findings.contains(where: { $0.code == "kept.differs" }) {
      try? FileManager.default.removeItem(atPath: journeysPath)
    }
    if !findings.isEmpty { _ = try keeper.read(under: agreement) }
    return report
  }
}
