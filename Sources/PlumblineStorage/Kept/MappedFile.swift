#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A whole file mapped into memory, read-only.
///
/// The bytes stay those that were there when it was opened, even when another file takes its
/// name; a program that shortens the file itself ends the process, as with any mapping.
final class MappedFile: @unchecked Sendable {
  // Never written and unmapped only with the last reference: any thread may read it.
  private let start: UnsafeRawPointer?
  private let count: Int

  /// Maps the file at a path.
  init(path: String) throws(KeptProblem) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw errno == ENOENT ? .noFile : .unreadable(Self.reason) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw .unreadable(Self.reason) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notKept }
    count = Int(status.st_size)
    guard count > 0 else {
      start = nil
      return
    }
    let mapping = mmap(nil, count, PROT_READ, MAP_SHARED, file, 0)
    guard let mapping, mapping != MAP_FAILED else { throw .unreadable(Self.reason) }
    start = UnsafeRawPointer(mapping)
  }

  deinit {
    if let start { munmap(UnsafeMutableRawPointer(mutating: start), count) }
  }

  /// Calls `body` with all bytes, which it must not keep.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try body(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// Lets go of the memory of a part that was read; who reads it again gets it again.
  func release(_ range: Range<Int>) {
    guard let start, !range.isEmpty else { return }
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let first = range.lowerBound / page * page
    _ = madvise(
      UnsafeMutableRawPointer(mutating: start + first),
      range.upperBound - first,
      Int32(MADV_DONTNEED)
    )
  }

  static var reason: String { String(cString: strerror(errno)) }
}
