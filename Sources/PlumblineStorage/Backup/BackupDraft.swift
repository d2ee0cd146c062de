import Crypto
import Foundation
import GRDB
public import PlumblineCore

/// A backup that is being made.
///
/// What is added first is of an earlier moment than what is added later; each is whole.
public struct BackupDraft {
  private enum Source {
    case bytes([UInt8])
    case file(String)
  }

  private let target: String
  private let folder: UnfinishedFolder
  private var files: [BackupManifest.File] = []
  private var sources: [Source] = []

  /// Makes a backup: one file, there whole or not at all, that its owner alone may read.
  ///
  /// - Parameters:
  ///   - path: The file, which must not be there yet.
  ///   - program: The version of the program.
  ///   - now: The present.
  ///   - fill: Adds what the backup is to hold.
  /// - Returns: What the backup holds.
  /// - Throws: `InputError` with a code that begins with `backup.`, or what `fill` throws; then there
  ///   is no such file.
  /// - Complexity: O(bytes), in constant memory but for what is added as bytes. Takes room for the
  ///   SQLite files twice until it ends.
  @discardableResult
  public static func write(
    to path: String,
    program: String,
    at now: Instant,
    _ fill: (inout BackupDraft) throws -> Void
  ) throws -> BackupManifest {
    guard !isThere(path) else { throw BackupFault.exists(path) }
    do {
      let folder = try UnfinishedFolder(beside: path)
      defer { folder.remove() }
      var draft = BackupDraft(target: path, folder: folder)
      try fill(&draft)
      let manifest = BackupManifest(program: program, madeAt: now, files: draft.files)
      try draft.finish(manifest)
      return manifest
    } catch let error as InputError {
      throw error
    } catch {
      // What is wrong with a source is named where it is read: this is about what is written.
      throw BackupFault.notWritten(path)
    }
  }

  private init(target: String, folder: UnfinishedFolder) {
    self.target = target
    self.folder = folder
  }

  /// Adds a store of facts as it is now, while an import may be stored in it.
  ///
  /// - Parameters:
  ///   - path: The store.
  ///   - name: Its path within the workspace.
  /// - Throws: `InputError` where a fact or a text is damaged, or the store is busy.
  public mutating func add(factsAt path: String, as name: String) throws {
    try add(databaseAt: path, as: name, clearing: [], SQLiteFactStore.compareChecksums)
  }

  /// Adds a SQLite file as it is now, while others may write it.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - name: Its path within the workspace.
  ///   - tables: Tables that the backup holds empty, where they are there.
  /// - Throws: `InputError` where the file is damaged or busy.
  public mutating func add(
    databaseAt path: String,
    as name: String,
    clearing tables: [String] = []
  ) throws {
    try add(databaseAt: path, as: name, clearing: tables) { _ in }
  }

  private mutating func add(
    databaseAt path: String,
    as name: String,
    clearing tables: [String],
    _ check: (Database) throws -> Void
  ) throws {
    let copy = folder.path(of: "\(sources.count).sqlite")
    try SQLiteSnapshot.copy(path, to: copy, clearing: tables, checking: check)
    var hash = SHA256()
    var size = 0
    try BackupStream.read(copy) { chunk in
      hash.update(data: chunk)
      size += chunk.count
    }
    try append(name, .file(copy), size, hash.finalize(), try Self.permissions(of: path))
  }

  /// Adds a file that was read.
  ///
  /// - Parameters:
  ///   - bytes: What is in it.
  ///   - name: Its path within the workspace.
  ///   - permissions: Its permissions, as `chmod` has them.
  /// - Throws: `InputError` where it cannot be part of a backup by that name.
  public mutating func add(_ bytes: [UInt8], as name: String, permissions: Int) throws {
    try append(name, .bytes(bytes), bytes.count, SHA256.hash(data: bytes), permissions)
  }

  private mutating func append(
    _ name: String,
    _ source: Source,
    _ size: Int,
    _ digest: SHA256.Digest,
    _ permissions: Int
  ) throws {
    guard BackupName.isSafe(name) else {
      throw InputError(
        code: "backup.name",
        "\(name) cannot be in a backup by that name.",
        remedy: "Give it a name of at most 80 letters without colons and backslashes."
      )
    }
    files.append(
      BackupManifest.File(
        name: name,
        size: size,
        sha256: digest.hexadecimal,
        permissions: permissions & 0o777
      )
    )
    sources.append(source)
  }

  private func finish(_ manifest: BackupManifest) throws {
    let path = folder.path(of: "backup")
    let output = try BackupStream.create(path, permissions: 0o600)
    defer { try? output.close() }
    let list = try manifest.encoded()
    let time = Int(manifest.madeAt.timeIntervalSince1970)
    try output.write(contentsOf: BackupArchive.member(BackupArchive.manifestName, list, time))
    for (file, source) in zip(files, sources) {
      try output.write(contentsOf: BackupArchive.header(file, time))
      switch source {
      case .bytes(let bytes): try output.write(contentsOf: bytes)
      case .file(let path): try BackupStream.read(path) { try output.write(contentsOf: $0) }
      }
      try output.write(contentsOf: Data(count: TarHeader.padding(after: file.size)))
    }
    let sums = manifest.checksums(manifest: SHA256.hash(data: list).hexadecimal)
    try output.write(contentsOf: BackupArchive.member(BackupArchive.checksumsName, sums, time))
    try output.write(contentsOf: BackupArchive.end)
    try output.synchronize()
    try publish(path)
  }

  /// Gives the finished file its name, unless another has taken it meanwhile.
  private func publish(_ path: String) throws {
    if link(path, target) != 0 {
      if errno == EEXIST { throw BackupFault.exists(target) }
      // A file system without hard links.
      guard !Self.isThere(target) else { throw BackupFault.exists(target) }
      guard rename(path, target) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
    synchronizeFolder(URL(fileURLWithPath: target).deletingLastPathComponent().path)
  }

  private static func isThere(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  private static func permissions(of path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(
      atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    )
    return attributes[.posixPermissions] as? Int ?? 0o600
  }
}
