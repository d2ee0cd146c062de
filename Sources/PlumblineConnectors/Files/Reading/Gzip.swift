import CZlib
import Foundation

/// Reads what gzip has written.
enum Gzip {
  /// Why bytes could not be inflated.
  enum Failure: Error, Equatable {
    /// The data ends inside a member.
    case truncated
    /// The data is not what its header or its checksum says.
    case damaged
    /// More comes out than is allowed.
    case tooLarge
  }

  /// Whether bytes begin as a gzip file does.
  static func isGzip(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.starts(with: [0x1F, 0x8B])
  }

  /// All members of a gzip file, one after the other; zero bytes after the last are padding.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - limit: How many bytes may come out, so that a small hostile file cannot fill the memory.
  /// - Returns: The inflated bytes.
  /// - Throws: `Failure`.
  /// - Complexity: O(bytes in and out).
  /// - SeeAlso: RFC 1952.
  static func inflated(
    _ bytes: UnsafeRawBufferPointer,
    limit: Int
  ) throws(Failure) -> Data {
    var output = Data()
    try inflate(bytes, limit: limit) { chunk in output.append(contentsOf: chunk) }
    return output
  }

  /// How many bytes come out of a gzip file; none of them is kept.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - limit: Beyond so many bytes it is not looked any further.
  /// - Returns: The bytes that come out before the file's end, or before it is damaged; nil when
  ///   they are more than `limit`.
  /// - Complexity: O(bytes in and out).
  static func inflatedByteCount(_ bytes: UnsafeRawBufferPointer, limit: Int) -> Int? {
    var count = 0
    do throws(Failure) {
      try inflate(bytes, limit: limit) { chunk in count += chunk.count }
    } catch {
      // What else is the matter says whoever reads it.
      guard error != .tooLarge else { return nil }
    }
    return count
  }

  /// Hands on what comes out, piece by piece.
  private static func inflate(
    _ bytes: UnsafeRawBufferPointer,
    limit: Int,
    _ take: (UnsafeRawBufferPointer) -> Void
  ) throws(Failure) {
    var stream = z_stream()
    // 16 added to the window's 15 bits asks zlib for the gzip wrapper, header and checksum.
    let opened = inflateInit2_(
      &stream,
      15 + 16,
      ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size)
    )
    guard opened == Z_OK else { throw .damaged }
    defer { inflateEnd(&stream) }
    let chunkSize = 1 << 18
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkSize, alignment: 16)
    defer { chunk.deallocate() }
    var (offset, left) = (0, limit)
    while offset < bytes.count {
      if offset > 0, bytes[offset...].allSatisfy({ $0 == 0 }) { break }
      offset += try inflateMember(
        UnsafeRawBufferPointer(rebasing: bytes[offset...]),
        &stream,
        through: chunk,
        left: &left,
        take
      )
      guard inflateReset(&stream) == Z_OK else { throw .damaged }
    }
  }

  /// Inflates one member through a piece of memory and returns how many bytes it took.
  private static func inflateMember(
    _ bytes: UnsafeRawBufferPointer,
    _ stream: inout z_stream,
    through chunk: UnsafeMutableRawBufferPointer,
    left: inout Int,
    _ take: (UnsafeRawBufferPointer) -> Void
  ) throws(Failure) -> Int {
    var taken = 0
    while true {
      let offered = min(bytes.count - taken, 1 << 30)
      let input = UnsafeRawBufferPointer(rebasing: bytes[taken..<taken + offered])
      stream.next_in = UnsafeMutablePointer(
        mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self)
      )
      stream.avail_in = UInt32(offered)
      stream.next_out = chunk.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.avail_out = UInt32(chunk.count)
      let status = CZlib.inflate(&stream, Z_NO_FLUSH)
      let consumed = offered - Int(stream.avail_in)
      let produced = chunk.count - Int(stream.avail_out)
      taken += consumed
      guard produced <= left else { throw .tooLarge }
      left -= produced
      take(UnsafeRawBufferPointer(rebasing: chunk[..<produced]))
      if status == Z_STREAM_END { return taken }
      guard status == Z_OK || status == Z_BUF_ERROR else { throw .damaged }
      if consumed == 0 && produced == 0 { throw .truncated }
    }
  }
}
