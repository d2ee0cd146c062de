import CZlib

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
  ) throws(Failure) -> [UInt8] {
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
    var output: [UInt8] = []
    var offset = 0
    while offset < bytes.count {
      if offset > 0, bytes[offset...].allSatisfy({ $0 == 0 }) { break }
      offset += try inflateMember(
        UnsafeRawBufferPointer(rebasing: bytes[offset...]),
        &stream,
        limit: limit,
        into: &output
      )
      guard inflateReset(&stream) == Z_OK else { throw .damaged }
    }
    return output
  }

  /// Inflates one member and returns how many bytes it took.
  private static func inflateMember(
    _ bytes: UnsafeRawBufferPointer,
    _ stream: inout z_stream,
    limit: Int,
    into output: inout [UInt8]
  ) throws(Failure) -> Int {
    let chunkSize = 1 << 18
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkSize, alignment: 16)
    defer { chunk.deallocate() }
    var taken = 0
    while true {
      let offered = min(bytes.count - taken, 1 << 30)
      let input = UnsafeRawBufferPointer(rebasing: bytes[taken..<taken + offered])
      stream.next_in = UnsafeMutablePointer(
        mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self)
      )
      stream.avail_in = UInt32(offered)
      stream.next_out = chunk.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.avail_out = UInt32(chunkSize)
      let status = inflate(&stream, Z_NO_FLUSH)
      let consumed = offered - Int(stream.avail_in)
      let produced = chunkSize - Int(stream.avail_out)
      taken += consumed
      guard output.count + produced <= limit else { throw .tooLarge }
      output.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<produced]))
      if status == Z_STREAM_END { return taken }
      guard status == Z_OK || status == Z_BUF_ERROR else { throw .damaged }
      if consumed == 0 && produced == 0 { throw .truncated }
    }
  }
}
