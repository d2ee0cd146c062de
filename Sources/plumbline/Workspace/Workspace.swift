import ArgumentParser
import Foundation
import PlumblineAgreement
import PlumblineCore
import PlumblineStorage

/// A folder with an agreement and the facts that were imported.
struct Workspace {
  let folder: URL

  init(_ path: String) { folder = URL(fileURLWithPath: path, isDirectory: true) }

  var agreementPath: String { folder.appendingPathComponent("agreement.yaml").path }
  var storePath: String { folder.appendingPathComponent("plumbline.sqlite").path }

  /// The agreement; warnings go to standard error.
  ///
  /// - Throws: `InputError` with every fault of the file, or when there is none.
  func agreement() throws -> Agreement {
    guard let bytes = FileManager.default.contents(atPath: agreementPath) else {
      throw InputError(
        code: "workspace.no-agreement", "\(agreementPath) does not exist.",
        remedy: "Make a workspace with plumbline init, or name one with --workspace.")
    }
    let reading = AgreementReader.read(Array(bytes), file: agreementPath)
    guard let agreement = reading.agreement else { throw InputError(reading.diagnostics) }
    for finding in reading.diagnostics where finding.severity == .warning {
      Console.complain(finding.description)
    }
    return agreement
  }

  /// The facts.
  ///
  /// - Throws: `InputError` when nothing was imported, or the store cannot be opened.
  func store() throws -> SQLiteFactStore {
    guard FileManager.default.fileExists(atPath: storePath) else {
      throw InputError(
        code: "workspace.no-facts", "nothing has been imported into \(folder.path) yet.",
        remedy: "Import files with plumbline import --mapping mapping.yaml FILE…")
    }
    return try SQLiteFactStore(path: storePath)
  }

  /// The store, made if there is none.
  func storeForImport() throws -> SQLiteFactStore {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder),
      isFolder.boolValue
    else {
      throw InputError(
        code: "workspace.no-folder", "\(folder.path) is not a folder.",
        remedy: "Make a workspace with plumbline init \(folder.path).")
    }
    return try SQLiteFactStore(path: storePath)
  }

  /// Facts read under the agreement.
  func history(asOf: Instant?) throws -> CompanyHistory {
    let agreement = try agreement()
    return CompanyHistory(try Ledger(reading: try store()), under: agreement, asOf: asOf)
  }
}

/// Which workspace a command works in.
struct WorkspaceOption: ParsableArguments {
  @Option(name: [.short, .long], help: "The workspace's folder.")
  var workspace = "."

  var value: Workspace { Workspace(workspace) }
}
