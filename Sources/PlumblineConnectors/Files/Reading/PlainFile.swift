import Foundation

/// A file of plain UTF-8, mapped and read part by part, so that its size costs no memory.
///
/// Only its beginning is looked at when it is opened; whoever reads on checks each part with
/// `isPlain(_:)`. A file that another program shortens while it is mapped ends the process, as with
/// any mapping.
///
/// Unchecked because the mapping never changes between `init` and `deinit`.
final class PlainFile: @unchecked Sendable {
  let path: String
  /// All bytes as stored, a byte-order mark included.
  let bytes: UnsafeRawBufferPointer
  /// Where the text begins: behind a byte-order mark.
  let textStart: Int

  private let base: UnsafeMutableRawPointer

  /// Maps a file, or nil when it is not a regular file that begins like plain UTF-8.
  ///
  /// - Parameters:
  ///   - path: Where the file is.
  ///   - encoding: The encoding that the user named, if any.
  init?(path: String, encoding: TextEncoding?) {
    guard encoding == nil || encoding == .utf8 else { return nil }
    var status = stat()
    // A pipe that is opened and closed again would lose what somebody writes to it.
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size > 0
    else { return nil }
    let count = Int(status.st_size)
    guard let base = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0),
      base != MAP_FAILED
    else { return nil }
    self.path = path
    self.base = base
    bytes = UnsafeRawBufferPointer(start: base, count: count)
    textStart = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let isForeign =
      Gzip.isGzip(bytes) || bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
      || FileProblem(path: path).foreignFormat(bytes) != nil
    // Here `deinit` unmaps the file again.
    if isForeign || textStart == count { return nil }
  }

  deinit { munmap(base, bytes.count) }

  /// The text without the byte-order mark, up to an offset of `bytes`.
  func text(upTo end: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[textStart..<end])
  }

  /// The end of the first lines that fit into some bytes; the end of the file when all do.
  func headEnd(byteCount: Int) -> Int {
    var end = min(bytes.count, textStart + byteCount)
    if end == bytes.count { return end }
    while end > textStart, bytes[end - 1] != Ascii.lineFeed { end -= 1 }
    return end
  }

  /// Gets a part of the file into memory at once, which costs less than page by page.
  func fetch(_ range: Range<Int>) {
    #if os(Linux)
    // MADV_POPULATE_READ; a kernel that does not know it fetches page by page as usual.
    advise(range, 22)
    #endif
  }

  /// Lets go of the memory of a part that was read.
  func release(_ range: Range<Int>) { advise(range, Int32(MADV_DONTNEED)) }

  private func advise(_ range: Range<Int>, _ advice: Int32) {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let start = range.lowerBound / page * page
    _ = madvise(base + start, range.upperBound - start, advice)
  }

  /// Whether bytes are well-formed UTF-8 without zero bytes; they begin and end between characters.
  ///
  /// - Complexity: O(bytes); 32 bytes at a time over plain ASCII.
  /// - SeeAlso: H. S. Warren, *Hacker's Delight*, 2nd edition, section 6-1.
  static func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    var seen: UInt64 = 0
    // A byte's highest bit survives in `word - 1…1` without `word` only where a zero byte is.
    var zeros: UInt64 = 0
    var offset = 0
    while offset &+ 32 <= bytes.count {
      for part in 0..<4 {
        let word = base.loadUnaligned(fromByteOffset: offset &+ 8 &* part, as: UInt64.self)
        seen |= word
        zeros |= (word &- 0x0101_0101_0101_0101) & ~word
      }
      offset &+= 32
    }
    if zeros & 0x8080_8080_8080_8080 != 0 { return false }
    var isAscii = seen & 0x8080_8080_8080_8080 == 0
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == 0 { return false }
      if byte >= 0x80 { isAscii = false }
      offset &+= 1
    }
    return isAscii || UTF8Check.firstIllFormed(bytes) == nil
  }
}
