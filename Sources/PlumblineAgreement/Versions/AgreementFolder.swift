public import Foundation
import PlumblineCore

/// Where the versions of an agreement lie: `agreement.yaml` in a folder, and beside it the folder
/// `agreements` with the frozen versions, their signatures and the teams' public keys.
public struct AgreementFolder: Sendable {
  /// The folder that holds `agreement.yaml`.
  public let url: URL

  /// What the names of frozen versions end in.
  static let frozenSuffix = ".yaml"
  /// What the names of files with signatures end in.
  static let signaturesSuffix = ".signatures.json"
  private static let frozenFolder = "agreements"

  /// A folder, which need not have any of the files.
  public init(_ url: URL) { self.url = url }

  /// The path of the newest version, as the user would write it.
  public var presentPath: String { path(of: "agreement.yaml") }

  /// The path of the teams' public keys, as the user would write it.
  public var keysPath: String { path(of: "\(Self.frozenFolder)/keys.json") }

  /// The path of a version's frozen copy, as the user would write it.
  func frozenPath(of version: String) -> String {
    path(of: "\(Self.frozenFolder)/\(version)\(Self.frozenSuffix)")
  }

  /// The path of a version's signatures, as the user would write it.
  func signaturesPath(of version: String) -> String {
    path(of: "\(Self.frozenFolder)/\(version)\(Self.signaturesSuffix)")
  }

  /// Whether a version's name can be that of a file: letters, digits, points, hyphens and
  /// underscores, at most 60, beginning with a letter or digit.
  static func isFileName(_ version: String) -> Bool {
    let allowed = Set(
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".unicodeScalars
    )
    let scalars = version.unicodeScalars
    guard let first = scalars.first, allowed.contains(first), scalars.count <= 60 else {
      return false
    }
    return scalars.allSatisfy { allowed.contains($0) || "._-".unicodeScalars.contains($0) }
  }

  /// The frozen versions, in the order of their names.
  ///
  /// - Throws: `InputError` when a file is there but cannot be read.
  public func frozenFiles() throws -> [AgreementFile] { try files(Self.frozenSuffix) }

  /// The agreement with all its versions.
  ///
  /// - Parameter present: The bytes of `agreement.yaml`.
  /// - Returns: The versions, with every fault of every file.
  /// - Throws: `InputError` when a frozen version is there but cannot be read.
  public func versions(present: [UInt8]) throws -> AgreementVersions {
    AgreementVersions(
      present: AgreementFile(path: presentPath, bytes: present),
      frozen: try frozenFiles()
    )
  }

  /// All files that say who agreed to what.
  ///
  /// - Throws: `InputError` when there is no agreement, or a file cannot be read.
  public func contents() throws -> AgreementContents {
    guard let present = try file(presentPath) else {
      throw InputError(
        code: "workspace.no-agreement",
        "\(presentPath) does not exist.",
        remedy: "Make a workspace with plumbline init, or name one with --workspace.",
        onPage: "Make the starting agreement on the page Data."
      )
    }
    return AgreementContents(
      present: present,
      frozen: try frozenFiles(),
      signatures: try files(Self.signaturesSuffix),
      keys: try file(keysPath) ?? AgreementFile(path: keysPath, bytes: [])
    )
  }

  /// Carries out what signing asks for, one file after the other.
  ///
  /// - Throws: `InputError` when a file cannot be written.
  public func apply(_ writes: [FileWrite]) throws {
    let frozenFolder = path(of: Self.frozenFolder)
    if writes.contains(where: { $0.path.hasPrefix(frozenFolder + "/") }) {
      try SecureFile.makeFolder(frozenFolder, beside: url)
    }
    for write in writes { try SecureFile.replace(write) }
  }

  private func file(_ path: String) throws -> AgreementFile? {
    guard let data = FileManager.default.contents(atPath: path) else {
      guard FileManager.default.fileExists(atPath: path) else { return nil }
      throw Self.unreadable(path)
    }
    return AgreementFile(path: path, bytes: Array(data))
  }

  private static func unreadable(_ path: String) -> InputError {
    InputError(
      code: "file.unreadable",
      "\(path) cannot be read.",
      remedy: "Check what it is, and that you may read it."
    )
  }

  private func files(_ suffix: String) throws -> [AgreementFile] {
    let folder = path(of: Self.frozenFolder)
    guard FileManager.default.fileExists(atPath: folder) else { return [] }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      // Without the earlier versions every number would be read otherwise, and nobody told.
      throw Self.unreadable(folder)
    }
    return try names.filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }.sorted()
      .compactMap { try file(path(of: "\(Self.frozenFolder)/\($0)")) }
  }

  private func path(of name: String) -> String {
    url.relativePath == "." ? name : url.appendingPathComponent(name).relativePath
  }
}

/// The files that say who agreed to what.
public struct AgreementContents: Hashable, Sendable {
  /// `agreement.yaml`.
  public var present: AgreementFile
  /// The frozen versions.
  public var frozen: [AgreementFile]
  /// The files of signatures.
  public var signatures: [AgreementFile]
  /// The teams' public keys; without bytes where there is no such file.
  public var keys: AgreementFile

  /// Files.
  public init(
    present: AgreementFile,
    frozen: [AgreementFile],
    signatures: [AgreementFile],
    keys: AgreementFile
  ) {
    self.present = present
    self.frozen = frozen
    self.signatures = signatures
    self.keys = keys
  }
}

/// A file that is to be written.
public struct FileWrite: Hashable, Sendable {
  /// The path.
  public var path: String
  /// The bytes.
  public var bytes: [UInt8]
  /// The permissions, as `chmod` has them.
  public var permissions: Int

  /// A file to write.
  public init(path: String, bytes: [UInt8], permissions: Int) {
    self.path = path
    self.bytes = bytes
    self.permissions = permissions
  }
}
