import Foundation
import PlumblineCore

/// Uploaded files between their arrival and their import, in a private folder of the workspace.
///
/// Each upload has a folder with a random name, its files inside under their labels. Folders whose
/// upload has not ended are called otherwise, and nobody looks into them.
struct UploadShelf: Sendable {
  /// An upload.
  struct Upload: Hashable, Sendable {
    /// Its random name: 32 hexadecimal digits.
    let id: String
    /// Its folder.
    let folder: URL
    /// The paths of its files, by their labels.
    var paths: [String]

    /// The labels of its files.
    var names: [String] { paths.map { ($0 as NSString).lastPathComponent } }
    /// Where its mapping is.
    var mapping: URL { folder.appendingPathComponent("mapping.yaml") }
  }

  /// What is left lying longer is removed, in seconds.
  static let keptSeconds = 7 * 86_400.0
  private static let unfinishedSeconds = 3600.0
  private static let unfinished = "part-"
  private static let files = "files"
  private static let begun = "begun"
  private static let ended = ".ended"

  /// The folder of all uploads.
  let folder: URL

  /// The uploads of a workspace.
  init(_ workspace: URL) { folder = workspace.appendingPathComponent("uploads", isDirectory: true) }

  /// A new, empty folder for an upload that begins, closed to other users of the machine.
  ///
  /// - Throws: What making a folder throws.
  func begin() throws -> Upload {
    let id = (0..<2).map { _ in
      let digits = String(UInt64.random(in: .min ... .max), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
    let upload = Upload(
      id: id,
      folder: folder.appendingPathComponent(Self.unfinished + id, isDirectory: true),
      paths: []
    )
    try FileManager.default.createDirectory(
      at: upload.folder.appendingPathComponent(Self.files),
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
    return upload
  }

  /// A new file of an upload that has begun.
  ///
  /// - Parameters:
  ///   - label: Its label, see `FileLabel`.
  ///   - upload: The upload, which notes it.
  /// - Returns: The file, to be written.
  /// - Throws: What opening a file throws.
  func file(_ label: String, in upload: inout Upload) throws -> FileHandle {
    let place = upload.folder.appendingPathComponent(Self.files).appendingPathComponent(label)
    let descriptor = open(place.path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
    upload.paths.append(place.path)
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// Ends an upload: from now on it can be found.
  ///
  /// - Throws: What renaming a folder throws.
  func finish(_ upload: Upload) throws -> Upload {
    let place = folder.appendingPathComponent(upload.id, isDirectory: true)
    try FileManager.default.moveItem(at: upload.folder, to: place)
    return try found(upload.id)
  }

  /// Removes an upload and its files, ended or not.
  func remove(_ upload: Upload) { try? FileManager.default.removeItem(at: upload.folder) }

  // MARK: What became of an import

  /// Notes that the import of an upload begins, for a server that is started anew meanwhile.
  ///
  /// - Throws: What writing a file throws.
  func noteBegun(_ upload: Upload) throws {
    try Data().write(to: upload.folder.appendingPathComponent(Self.begun))
  }

  /// Takes the note back: the import has failed, and said why.
  func forgetBegun(_ upload: Upload) {
    try? FileManager.default.removeItem(at: upload.folder.appendingPathComponent(Self.begun))
  }

  /// Whether the import of an upload has begun.
  func hasBegun(_ upload: Upload) -> Bool {
    let place = upload.folder.appendingPathComponent(Self.begun)
    return FileManager.default.fileExists(atPath: place.path)
  }

  /// Notes that an upload has been imported, before it is removed.
  ///
  /// - Parameters:
  ///   - upload: The upload.
  ///   - sequence: The import's number; 0 when there was nothing new.
  /// - Throws: What writing a file throws.
  func noteEnded(_ upload: Upload, sequence: Int) throws {
    try Data(String(sequence).utf8).write(to: note(upload.id), options: .atomic)
  }

  /// The number of the import that an upload became, 0 when there was nothing new; nil where none
  /// is known to have ended.
  func ended(_ id: String) -> Int? {
    guard Self.isName(id), let bytes = FileManager.default.contents(atPath: note(id).path) else {
      return nil
    }
    return Int(String(decoding: bytes, as: UTF8.self))
  }

  private func note(_ id: String) -> URL { folder.appendingPathComponent(id + Self.ended) }

  /// The upload of a name.
  ///
  /// - Parameter id: Its name, as an address gives it.
  /// - Returns: The upload.
  /// - Throws: `InputError` when there is none.
  func found(_ id: String) throws -> Upload {
    let place = folder.appendingPathComponent(id, isDirectory: true)
    let files = place.appendingPathComponent(Self.files)
    guard Self.isName(id),
      let names = try? FileManager.default.contentsOfDirectory(atPath: files.path)
    else {
      throw InputError(
        code: "upload.unknown",
        "there is no such upload.",
        remedy: "It may have been imported or removed; see the imports, or upload the files again."
      )
    }
    return Upload(
      id: id,
      folder: place,
      paths: names.sorted().map { files.appendingPathComponent($0).path }
    )
  }

  /// All uploads that have ended, the newest first.
  func all() -> [(upload: Upload, at: Date)] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.compactMap { name -> (upload: Upload, at: Date)? in
      guard let upload = try? found(name) else { return nil }
      return (upload, changed(upload.folder) ?? .distantPast)
    }.sorted { ($1.at, $0.upload.id) < ($0.at, $1.upload.id) }
  }

  /// How many bytes each upload has that has ended, and how many are still arriving.
  ///
  /// - Complexity: O(files).
  func sizes() -> (ended: [Int], arriving: Int) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let ended = names.compactMap { try? found($0) }.map { upload in
      upload.paths.reduce(0) { $0 + Self.size(ofFile: $1) }
    }
    return (ended, names.count { $0.hasPrefix(Self.unfinished) })
  }

  /// How many bytes are free on the volume of the uploads; nil when that cannot be found out.
  func freeBytes() -> Int? {
    var status = statvfs()
    guard statvfs(folder.deletingLastPathComponent().path, &status) == 0 else { return nil }
    let (bytes, isHuge) = Int(status.f_bavail).multipliedReportingOverflow(by: Int(status.f_frsize))
    return isHuge ? .max : bytes
  }

  /// How many bytes a file has; none where there is none.
  static func size(ofFile path: String) -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return (attributes?[.size] as? NSNumber)?.intValue ?? 0
  }

  /// Removes what was left lying.
  ///
  /// - Parameter now: The clock's time.
  func tidy(now: Date) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names {
      let isUnfinished = name.hasPrefix(Self.unfinished)
      let isNote =
        name.hasSuffix(Self.ended) && Self.isName(String(name.dropLast(Self.ended.count)))
      guard isUnfinished || isNote || Self.isName(name) else { continue }
      let place = folder.appendingPathComponent(name)
      let most = isUnfinished ? Self.unfinishedSeconds : Self.keptSeconds
      if let at = changed(place), now.timeIntervalSince(at) > most {
        try? FileManager.default.removeItem(at: place)
      }
    }
  }

  private func changed(_ place: URL) -> Date? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: place.path)
    return attributes?[.modificationDate] as? Date
  }

  /// Whether a text is a name of ours; whatever an address says, no other folder is looked into.
  static func isName(_ text: String) -> Bool {
    text.utf8.count == 32
      && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }
}
