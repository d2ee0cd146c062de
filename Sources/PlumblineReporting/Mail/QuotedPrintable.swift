/// Text in lines of at most 76 ASCII characters.
///
/// - SeeAlso: RFC 2045, section 6.7.
enum QuotedPrintable {
  /// A text encoded, each line ending in CR LF; any of CR LF, LF and CR ends a line of it.
  static func encoded(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var line: [UInt8] = []
    let source = Array(text.utf8)
    var index = 0
    while index < source.count {
      let byte = source[index]
      if byte == 0x0D || byte == 0x0A {
        append(line, to: &bytes)
        line.removeAll(keepingCapacity: true)
        index += byte == 0x0D && index + 1 < source.count && source[index + 1] == 0x0A ? 2 : 1
      } else {
        line.append(byte)
        index += 1
      }
    }
    if !line.isEmpty { append(line, to: &bytes) }
    return bytes
  }

  /// A line, broken where it grows too long; the break is not part of the text.
  private static func append(_ line: [UInt8], to bytes: inout [UInt8]) {
    var length = 0
    for (index, byte) in line.enumerated() {
      let isLast = index + 1 == line.count
      let isBlank = byte == 0x20 || byte == 0x09
      // Blanks at the end of a line are lost on the way, so the last one is encoded.
      let isPlain =
        ((0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=")) || (isBlank && !isLast)
      let piece = isPlain ? [byte] : Array(MailHeader.hexadecimal(byte).utf8)
      if length + piece.count > (isLast ? 76 : 75) {
        bytes += [UInt8(ascii: "="), 0x0D, 0x0A]
        length = 0
      }
      bytes += piece
      length += piece.count
    }
    bytes += [0x0D, 0x0A]
  }
}
