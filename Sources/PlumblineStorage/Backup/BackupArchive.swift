import Crypto
import Foundation
import PlumblineCore

/// A file that holds a whole workspace.
///
/// A tar archive, so that it can be opened without this program: `manifest.json` says what is in it,
/// the files stand under `workspace/`, and `SHA256SUMS` at the end is for `sha256sum --check`. The
/// manifest determines every other byte but those of the files, whose checksums it gives; the last
/// member gives its own. So nothing can change unnoticed, and nothing else can stand in it: neither
/// links nor folders nor a name that leads elsewhere.
public struct BackupArchive {
  /// The path.
  public let path: String

  static let manifestName = "manifest.json"
  static let checksumsName = "SHA256SUMS"
  static let folder = "workspace/"
  /// The two empty blocks that end an archive.
  static let end = Data(count: 2 * TarHeader.blockSize)

  /// The backup at a path.
  public init(path: String) { self.path = path }

  /// Reads all of it and compares every checksum.
  ///
  /// - Parameter isAccepted: Whether a workspace may hold a file of a name.
  /// - Returns: What the backup holds.
  /// - Throws: `InputError` with a code that begins with `backup.` where it is damaged, cut short, of
  ///   a newer format or holds what does not belong there.
  /// - Complexity: O(bytes), in constant memory.
  public func verify(accepting isAccepted: (String) -> Bool) throws -> BackupManifest {
    do {
      return try read(accepting: isAccepted) { _ in { _ in } }
    } catch let error as CocoaError {
      // The file was there and could be opened; what it is on gives it no more.
      throw BackupFault.damaged(path, "it cannot be read to its end (\(error.code.rawValue))")
    }
  }

  /// Makes a new folder of what the backup holds: all of it or nothing.
  ///
  /// - Parameters:
  ///   - target: The folder, which must not be there yet or be empty.
  ///   - isAccepted: Whether a workspace may hold a file of a name.
  ///   - tables: Tables that are emptied in restored SQLite files, by the file's name.
  /// - Returns: What was restored.
  /// - Throws: `InputError` as `verify(accepting:)`, or with a code that begins with `restore.`.
  /// - Complexity: O(bytes), in constant memory.
  public func restore(
    to target: String,
    accepting isAccepted: (String) -> Bool,
    clearing tables: [String: [String]] = [:]
  ) throws -> BackupManifest {
    let absolute = URL(fileURLWithPath: target).standardizedFileURL.path
    guard Self.isFree(absolute) else { throw BackupFault.occupied(target) }
    _ = try verify(accepting: isAccepted)
    do {
      let folder = try UnfinishedFolder(beside: absolute)
      defer { folder.remove() }
      var folders: Set<String> = [folder.path]
      // Compared once more while it is written: the file may have been changed since.
      let manifest = try read(accepting: isAccepted) { file in
        let path = folder.path(of: file.name)
        let parent = (path as NSString).deletingLastPathComponent
        if folders.insert(parent).inserted {
          try FileManager.default.createDirectory(
            atPath: parent,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
          )
        }
        // Nobody else gets to write what the owner alone could.
        let output = try BackupStream.create(path, permissions: file.permissions & 0o755 | 0o600)
        return { chunk in
          guard let chunk else {
            try output.synchronize()
            return try output.close()
          }
          try output.write(contentsOf: chunk)
        }
      }
      for file in manifest.files {
        if let tables = tables[file.name] {
          try SQLiteSnapshot.clear(tables, at: folder.path(of: file.name))
        }
      }
      for folder in folders.sorted().reversed() { synchronizeFolder(folder) }
      guard rename(folder.path, absolute) == 0 else {
        guard [EEXIST, ENOTEMPTY, ENOTDIR].contains(errno) else {
          throw BackupFault.notRestored(target)
        }
        throw BackupFault.occupied(target)
      }
      synchronizeFolder((absolute as NSString).deletingLastPathComponent)
      return manifest
    } catch let error as InputError {
      throw error
    } catch {
      throw BackupFault.notRestored(target)
    }
  }

  /// Whether a folder can be put at a path: nothing is there, or an empty folder.
  private static func isFree(_ path: String) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else { return true }
    guard status.st_mode & S_IFMT == S_IFDIR else { return false }
    return (try? FileManager.default.contentsOfDirectory(atPath: path))?.isEmpty ?? false
  }

  /// A file of the archive that is given as a whole, with its header and padding.
  static func member(_ name: String, _ bytes: Data, _ time: Int) -> Data {
    let header = TarHeader(name: name, size: bytes.count, permissions: 0o600, time: time)
    return Data(header.encoded) + bytes + Data(count: TarHeader.padding(after: bytes.count))
  }

  /// The header of a file of the workspace.
  static func header(_ file: BackupManifest.File, _ time: Int) -> [UInt8] {
    TarHeader(
      name: folder + file.name,
      size: file.size,
      permissions: file.permissions,
      time: time
    ).encoded
  }

  /// Reads the archive from its beginning to its end.
  ///
  /// - Parameters:
  ///   - isAccepted: Whether a workspace may hold a file of a name.
  ///   - open: Gives what takes the bytes of a file, and nil after the last of them.
  /// - Returns: What it holds.
  /// - Throws: `InputError` where it is not whole, or what `open` and what it gives throw.
  private func read(
    accepting isAccepted: (String) -> Bool,
    _ open: (BackupManifest.File) throws -> (Data?) throws -> Void
  ) throws -> BackupManifest {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      let input = try? FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    else { throw BackupFault.unreadable(path) }
    defer { try? input.close() }
    let (manifest, list) = try readManifest(input, accepting: isAccepted)
    let time = Int(manifest.madeAt.timeIntervalSince1970)
    for file in manifest.files {
      try expect(Data(Self.header(file, time)), in: input, "before \(file.name)")
      let take = try open(file)
      var hash = SHA256()
      let isWhole = try BackupStream.read(file.size, from: input) { chunk in
        hash.update(data: chunk)
        try take(chunk)
      }
      guard isWhole else { throw BackupFault.cut(path) }
      try take(nil)
      guard hash.finalize().hexadecimal == file.sha256 else {
        throw BackupFault.damaged(path, "\(file.name) does not match its checksum")
      }
      try expect(Data(count: TarHeader.padding(after: file.size)), in: input, "after \(file.name)")
    }
    let sums = manifest.checksums(manifest: SHA256.hash(data: list).hexadecimal)
    try expect(Self.member(Self.checksumsName, sums, time), in: input, "in its list of checksums")
    try expect(Self.end, in: input, "at its end")
    guard (try input.read(upToCount: 1) ?? Data()).isEmpty else {
      throw BackupFault.damaged(path, "something follows its end")
    }
    return manifest
  }

  private func readManifest(
    _ input: FileHandle,
    accepting isAccepted: (String) -> Bool
  ) throws -> (BackupManifest, Data) {
    let head = Array(try input.read(upToCount: TarHeader.blockSize) ?? Data())
    let name = Array(Self.manifestName.utf8) + [0]
    guard head.count == TarHeader.blockSize, head.starts(with: name),
      let size = TarHeader.size(in: head)
    else { throw BackupFault.notABackup(path) }
    guard size <= BackupManifest.greatestSize else {
      throw BackupFault.damaged(path, "its list of files cannot be read")
    }
    let list = try input.read(upToCount: size) ?? Data()
    guard list.count == size else { throw BackupFault.cut(path) }
    let manifest = try BackupManifest(reading: list, of: path, accepting: isAccepted)
    let header = TarHeader(
      name: Self.manifestName,
      size: size,
      permissions: 0o600,
      time: Int(manifest.madeAt.timeIntervalSince1970)
    )
    guard head == header.encoded else {
      throw BackupFault.damaged(path, "its first block was changed")
    }
    try expect(Data(count: TarHeader.padding(after: size)), in: input, "after its list of files")
    return (manifest, list)
  }

  /// Reads what must stand next.
  private func expect(_ bytes: Data, in input: FileHandle, _ place: String) throws {
    guard !bytes.isEmpty else { return }
    let found = try input.read(upToCount: bytes.count) ?? Data()
    guard found.count == bytes.count else { throw BackupFault.cut(path) }
    guard found == bytes else {
      throw BackupFault.damaged(path, "other bytes than it should have stand \(place)")
    }
  }
}
