import Foundation
import PlumblineCore
import PlumblineStorage

/// The files that are a workspace: the one list of what a backup holds and a restore may write.
///
/// Everything else in the folder is the user's own (exports, reports, private keys), is made anew
/// (the kept journeys) or means nothing to another process (locks, logs of changes).
struct WorkspaceFiles {
  /// A SQLite file of what was done, and by whom.
  private struct Database {
    var name: String
    /// Tables that hold what only this running server may honour.
    var fleetingTables: [String] = []
  }

  private static let facts = "plumbline.sqlite"
  /// What was done because of the facts, and who did it.
  private static let records = [
    Database(name: "plumbline.alerts.sqlite"),
    // Whoever finds a backup must not be signed in as somebody else, and a token that was taken back
    // since must not hold again.
    Database(
      name: "plumbline.accounts",
      fleetingTables: ["api_token", "provider_visit", "session"]
    ),
  ]
  private static let databases = [facts] + records.map(\.name)

  private static let kept = "plumbline.journeys"
  /// Where the web app keeps what was uploaded and not imported yet.
  private static let uploads = "uploads"
  /// Folders, and how the names of their files end.
  private static let folders = [
    "agreements": [".yaml", ".json"], "imports": [".json"], "mappings": [".yaml"],
    "pulse": [".csv"],
  ]
  /// Ends of names of texts in the workspace itself: the agreement, mappings, alerts, pulse, serve.
  private static let endings = [".yaml", ".yml"]
  private static let texts: Set = ["plumbline.rebound"]

  let workspace: Workspace

  init(_ workspace: Workspace) { self.workspace = workspace }

  /// Whether a file of a name belongs to a workspace.
  static func contain(_ name: String) -> Bool {
    databases.contains(name) || isText(name)
  }

  /// The tables that are emptied in a backup and once more when it is restored, by file.
  static var fleetingTables: [String: [String]] {
    Dictionary(uniqueKeysWithValues: records.map { ($0.name, $0.fleetingTables) })
      .filter { !$0.value.isEmpty }
  }

  private static func isText(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let last = parts.last, !last.hasPrefix(".") else { return false }
    switch parts.count {
    case 1: return texts.contains(name) || endings.contains(where: name.hasSuffix)
    case 2: return folders[parts[0]]?.contains(where: last.hasSuffix) ?? false
    default: return false
    }
  }

  /// Adds the workspace to a backup.
  ///
  /// The order makes it consistent. The facts come first, then what was done because of them: whom
  /// the rebound record lists, what the alert log sent, what the audit log says. So a record may
  /// tell of more than the facts do, and the same import brings those facts back; never of less, for
  /// then people would be listed or told a second time. The texts are as they were at one moment.
  ///
  /// - Throws: `InputError` when this is no workspace, or a file cannot be read.
  func add(to backup: inout BackupDraft, telling tell: (String) -> Void) throws {
    guard
      [workspace.agreementPath, workspace.storePath].contains(
        where: FileManager.default.fileExists(atPath:)
      )
    else {
      throw InputError(
        code: "backup.nothing",
        "\(workspace.name) is not a workspace: it has neither an agreement nor facts.",
        remedy: "Name a workspace with --workspace."
      )
    }
    if FileManager.default.fileExists(atPath: workspace.storePath) {
      tell("copying \(Self.facts)")
      try backup.add(factsAt: workspace.storePath, as: Self.facts)
    }
    for text in try steadyTexts() {
      try backup.add(text.bytes, as: text.name, permissions: text.permissions)
    }
    for record in Self.records {
      let path = workspace.path(of: record.name)
      guard FileManager.default.fileExists(atPath: path) else { continue }
      tell("copying \(record.name)")
      try backup.add(databaseAt: path, as: record.name, clearing: record.fleetingTables)
    }
  }

  /// How many uploads wait for their import; no backup holds them.
  func waitingUploads() -> Int { uploadNames.count(where: Self.isUpload) }

  private var uploadNames: [String] {
    let folder = workspace.path(of: Self.uploads)
    return (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  }

  /// Whether the folder of uploads holds something that is not the web app's.
  private var hasOthersUploads: Bool {
    uploadNames.contains { !Self.isUpload($0) && !$0.hasPrefix("part-") }
  }

  /// Whether a name is that of an upload that has ended: 32 hexadecimal digits.
  private static func isUpload(_ name: String) -> Bool {
    name.utf8.count == 32
      && name.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }

  /// The names in the folder that no backup holds, but for those that mean nothing by themselves.
  func leftOut() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: workspace.folder.path)) ?? []
    return names.filter { name in
      !name.hasPrefix(".") && !name.hasSuffix(".plumbline-backup")
        && !Self.contain(name) && Self.folders[name] == nil
        && (name != Self.uploads || hasOthersUploads)
        && !(Self.databases + Self.texts + [Self.kept]).contains {
          name.hasPrefix($0)
        }
    }.sorted()
  }
}

/// A text of a workspace as it was read.
private struct WorkspaceText: Equatable {
  var name: String
  var bytes: [UInt8]
  var permissions: Int
}

extension WorkspaceFiles {
  /// The texts as they all were at one moment: two readings, one after the other, that agree.
  ///
  /// Signing an agreement, for one, writes several files.
  private func steadyTexts() throws -> [WorkspaceText] {
    var last = try readTexts()
    for _ in 0..<20 {
      let next = try readTexts()
      if next == last { return next }
      last = next
      Thread.sleep(forTimeInterval: 0.1)
    }
    throw InputError(
      code: "backup.changing",
      "the files of \(workspace.name) are being changed all the time.",
      remedy: "Wait until nobody writes them, then try again."
    )
  }

  private func readTexts() throws -> [WorkspaceText] {
    var names = try self.names(in: nil)
    for folder in Self.folders.keys.sorted() {
      names += try self.names(in: folder).map { "\(folder)/\($0)" }
    }
    return try names.filter(Self.isText).sorted().compactMap { name in
      let path = workspace.path(of: name)
      var status = stat()
      guard stat(path, &status) == 0 else {
        // It may have gone since the folder was read; a link that leads nowhere was never there.
        return nil
      }
      guard status.st_mode & S_IFMT == S_IFREG,
        let bytes = FileManager.default.contents(atPath: path)
      else {
        try Workspace.requireAbsence(path)
        return nil
      }
      return WorkspaceText(
        name: name,
        bytes: Array(bytes),
        permissions: Int(status.st_mode) & 0o777
      )
    }
  }

  private func names(in folder: String?) throws -> [String] {
    let path = folder.map { workspace.path(of: $0) } ?? workspace.folder.path
    if let names = try? FileManager.default.contentsOfDirectory(atPath: path) { return names }
    try Workspace.requireAbsence(path)
    return []
  }
}
