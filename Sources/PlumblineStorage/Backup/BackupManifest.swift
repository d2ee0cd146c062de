public import Foundation
import PlumblineCore

/// What a backup holds, by name, size and SHA-256.
public struct BackupManifest: Codable, Hashable, Sendable {
  /// A file of the workspace.
  public struct File: Codable, Hashable, Sendable {
    /// Its path within the workspace, with `/` between folders.
    public var name: String
    /// Its size in bytes.
    public var size: Int
    /// The SHA-256 of its bytes, 64 hexadecimal digits.
    public var sha256: String
    /// Its permissions, as `chmod` has them.
    public var permissions: Int
  }

  /// The number of the format; higher ones are of newer versions of the program.
  public private(set) var format = Self.newestFormat
  /// What the file is.
  public private(set) var kind = Self.kind
  /// The version of the program that made the backup.
  public var program: String
  /// When it was begun.
  public var madeAt: Date
  /// Its files, in the order in which they stand in it.
  public var files: [File]

  static let newestFormat = 1
  static let kind = "plumbline-backup"
  /// More than any manifest needs: a name less than a kilobyte, and no workspace has a million.
  static let greatestSize = 64 << 20

  private enum CodingKeys: String, CodingKey {
    case format, kind, program, files
    case madeAt = "made_at"
  }

  /// The bytes of all files.
  public var size: Int { files.reduce(0) { $0 + $1.size } }

  init(program: String, madeAt: Instant, files: [File]) {
    self.program = program
    self.madeAt = Date(timeIntervalSince1970: Double(madeAt.seconds))
    self.files = files
  }

  /// Reads a manifest.
  ///
  /// - Throws: `InputError` where it is not one, is of a newer format, or names files that no
  ///   backup has.
  init(reading bytes: Data, of path: String, accepting isAccepted: (String) -> Bool) throws {
    struct Head: Decodable {
      var format: Int
      var kind: String
    }
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    guard let head = try? decoder.decode(Head.self, from: bytes), head.kind == Self.kind else {
      throw BackupFault.damaged(path, "its list of files cannot be read")
    }
    guard head.format <= Self.newestFormat else { throw BackupFault.newer(path) }
    guard let manifest = try? decoder.decode(Self.self, from: bytes),
      manifest.format == Self.newestFormat,
      (0..<TarHeader.timeLimit).contains(manifest.madeAt.timeIntervalSince1970)
    else { throw BackupFault.damaged(path, "its list of files cannot be read") }
    var names: Set<String> = []
    var room = Int.max
    for file in manifest.files {
      guard BackupName.isSafe(file.name), isAccepted(file.name) else {
        throw BackupFault.foreign(path, file.name)
      }
      guard names.insert(file.name).inserted, (0...room).contains(file.size),
        (0...0o777).contains(file.permissions)
      else { throw BackupFault.damaged(path, "its list of files contradicts itself") }
      // Sizes that do not even add up are not sizes of files.
      room -= file.size
    }
    self = manifest
  }

  /// The manifest as it is written.
  func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// The checksums in the form that `sha256sum --check` reads.
  ///
  /// - Parameter manifest: The SHA-256 of the manifest itself.
  /// - Returns: A line for each file.
  func checksums(manifest: String) -> Data {
    let lines =
      ["\(manifest)  \(BackupArchive.manifestName)"]
      + files.map { "\($0.sha256)  \(BackupArchive.folder)\($0.name)" }
    return Data(lines.map { $0 + "\n" }.joined().utf8)
  }
}
