/// The header of a file in a tar archive.
///
/// POSIX.1-2017, pax, "ustar Interchange Format"; sizes of 8 GiB and more as GNU tar has them.
struct TarHeader {
  static let blockSize = 512
  /// The longest path that the header's field for names takes.
  static let longestName = 100
  /// The first second that the field for times cannot hold.
  static let timeLimit = Double(1 << 33)

  var name: String
  var size: Int
  var permissions: Int
  /// Seconds since 1970.
  var time: Int

  private static let sizeField = 124..<136
  private static let checksumField = 148..<156

  /// The header's block.
  var encoded: [UInt8] {
    var block = [UInt8](repeating: 0, count: Self.blockSize)
    func put(_ bytes: some Collection<UInt8>, at offset: Int) {
      block.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    }
    put(name.utf8.prefix(Self.longestName), at: 0)
    put(Self.octal(permissions, digits: 7), at: 100)
    put(Self.octal(0, digits: 7), at: 108)
    put(Self.octal(0, digits: 7), at: 116)
    put(Self.size(size), at: Self.sizeField.lowerBound)
    put(Self.octal(time, digits: 11), at: 136)
    put(Array("0".utf8), at: 156)
    put(Array("ustar".utf8), at: 257)
    put(Array("00".utf8), at: 263)
    // The sum counts its own field as blanks.
    put([UInt8](repeating: 0x20, count: 8), at: Self.checksumField.lowerBound)
    let sum = block.reduce(0) { $0 + Int($1) }
    put(Self.octal(sum, digits: 6) + Array("\0 ".utf8), at: Self.checksumField.lowerBound)
    return block
  }

  /// The size that a header states in octal; nil where it states none.
  static func size(in block: [UInt8]) -> Int? {
    let digits = block[sizeField].dropLast()
    return digits.allSatisfy { (0x30...0x37).contains($0) }
      ? digits.reduce(0) { $0 << 3 | Int($1 - 0x30) } : nil
  }

  /// The zeros after a file's last byte, up to the next block.
  static func padding(after size: Int) -> Int { (blockSize - size % blockSize) % blockSize }

  private static func octal(_ value: Int, digits: Int) -> [UInt8] {
    (0..<digits).reversed().map { UInt8(value >> (3 * $0) & 7) + 0x30 }
  }

  private static func size(_ value: Int) -> [UInt8] {
    guard value >= 1 << 33 else { return octal(value, digits: 11) }
    return [0x80, 0, 0, 0] + (0..<8).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
