import Foundation
import PlumblineCore

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A kept file that is open: its header is right, its sections are checked when they are read.
struct KeptFile: Sendable {
  /// What the file answers for, and its sections.
  let header: KeptHeader
  /// Whether a section's memory is let go as soon as it was read; else `letGo(ofPart:)` does it for
  /// a whole part at a time, which costs less.
  var letsGoOfSections = true
  private let file: MappedFile
  /// The sections by name, those of a name in the order of parts.
  private let sections: [String: [KeptHeader.Section]]

  /// Opens the file at a path.
  init(path: String) throws(KeptProblem) {
    file = try MappedFile(path: path)
    do {
      header = try file.withBytes { try KeptHeader(reading: $0) }
    } catch let problem as KeptProblem {
      throw problem
    } catch {
      throw .damagedHeader
    }
    sections = Dictionary(grouping: header.sections, by: \.name)
    for sections in sections.values {
      // Nobody writes parts in another order.
      guard sections.map(\.part) == Array(sections.indices) else { throw .damagedHeader }
    }
  }

  /// How many parts the leads are in; at least one.
  var partCount: Int { max(1, sections["leads.created"]?.count ?? 0) }

  /// Reads a section after comparing it with its checksum.
  ///
  /// - Parameters:
  ///   - name: The section.
  ///   - part: Of which part of the leads.
  ///   - body: Reads its bytes, which go up to the section's end, and its count of rows.
  /// - Returns: What `body` returns.
  /// - Throws: `KeptProblem.damagedSection`.
  func read<Result>(
    _ name: String,
    part: Int = 0,
    _ body: (inout ColumnReader, Int) throws -> Result
  ) throws(KeptProblem) -> Result {
    let section = try section(name, part)
    let range = section.offset..<section.offset + section.length
    // What is unpacked is not needed packed as well.
    defer { if letsGoOfSections { file.release(range) } }
    do {
      return try file.withBytes { file in
        let bytes = UnsafeRawBufferPointer(rebasing: file[range])
        guard
          KeptHeader.checksum(bytes, name: name, part: part, rowCount: section.rowCount)
            == section.checksum
        else { throw Malformed() }
        var reader = ColumnReader(bytes)
        let result = try body(&reader, section.rowCount)
        guard reader.remaining == 0 else { throw Malformed() }
        return result
      }
    } catch {
      throw .damagedSection(name)
    }
  }

  /// Lets go of the memory of a part's sections.
  func letGo(ofPart part: Int) {
    let sections = header.sections.filter { $0.part == part }
    guard let first = sections.first, let last = sections.last else { return }
    file.release(first.offset..<last.offset + last.length)
  }

  /// The rows that a section has.
  func rowCount(of name: String, part: Int) throws(KeptProblem) -> Int {
    try section(name, part).rowCount
  }

  /// How many leads stand in the parts before one; before `partCount` all of them.
  func leadCount(before part: Int) throws(KeptProblem) -> Int {
    var count = 0
    for part in 0..<part { count += try rowCount(of: "leads.created", part: part) }
    return count
  }

  private func section(_ name: String, _ part: Int) throws(KeptProblem) -> KeptHeader.Section {
    guard let sections = sections[name], sections.indices.contains(part) else {
      throw .damagedSection(name)
    }
    return sections[part]
  }

  /// Writes a file beside the one that it is to be, makes sure that it is on disk, and puts it in
  /// the other's place in one step.
  ///
  /// - Throws: `KeptProblem.unreadable` with the system's reason; the old file is then untouched.
  static func write(_ parts: [[UInt8]], to path: String) throws(KeptProblem) {
    let other = "\(path).\(getpid())-\(UInt32.random(in: 0 ... .max)).\(Leftovers.suffix)"
    let file = open(other, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw .unreadable(MappedFile.reason) }
    var failure: String?
    for part in parts where failure == nil { failure = put(part, into: file) }
    if failure == nil, fsync(file) != 0 { failure = MappedFile.reason }
    if close(file) != 0, failure == nil { failure = MappedFile.reason }
    if failure == nil, rename(other, path) != 0 { failure = MappedFile.reason }
    guard let failure else { return }
    unlink(other)
    throw .unreadable(failure)
  }

  /// Removes a file that turned out to be damaged.
  static func discard(_ path: String) { unlink(path) }

  private static func put(_ bytes: [UInt8], into file: Int32) -> String? {
    bytes.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let buffer = UnsafeRawBufferPointer(rebasing: rest)
        #if canImport(Darwin)
        let count = Darwin.write(file, buffer.baseAddress, buffer.count)
        #else
        let count = Glibc.write(file, buffer.baseAddress, buffer.count)
        #endif
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return MappedFile.reason }
        rest = rest.dropFirst(count)
      }
      return nil
    }
  }
}

/// Files that a writer of a kept file left behind when it was killed.
enum Leftovers {
  /// How a file ends that is not finished.
  static let suffix = "unfinished"

  /// Removes what writers left behind that are no longer there.
  ///
  /// A file on a shared disk may be another machine's: if it goes, that machine's writer only
  /// fails to put it in place.
  static func remove(of path: String) {
    let file = URL(fileURLWithPath: path)
    let folder = file.deletingLastPathComponent()
    let prefix = file.lastPathComponent + "."
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names where name.hasPrefix(prefix) && name.hasSuffix("." + suffix) {
      let process = name.dropFirst(prefix.count).prefix { $0 != "-" }
      if let process = pid_t(process), process != getpid(), kill(process, 0) == 0 || errno == EPERM
      {
        continue
      }
      // A thread of this process may be writing: its file is minutes old at most.
      if pid_t(process) == getpid(), !isOld(folder.appendingPathComponent(name).path) { continue }
      unlink(folder.appendingPathComponent(name).path)
    }
  }

  private static func isOld(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    #if canImport(Darwin)
    let written = status.st_mtimespec.tv_sec
    #else
    let written = status.st_mtim.tv_sec
    #endif
    return time(nil) - written > 3600
  }
}
