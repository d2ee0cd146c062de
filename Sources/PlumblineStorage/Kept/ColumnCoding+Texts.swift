extension ColumnWriter {
  /// Appends a text with its length in bytes.
  mutating func put(text: String) {
    let bytes = Array(text.utf8)
    put(UInt64(bytes.count))
    putBytes(bytes)
  }
}

extension ColumnReader {
  /// The next text.
  mutating func text() throws(Malformed) -> String {
    let count = try word()
    guard count <= 1 << 20 else { throw Malformed() }
    return String(decoding: try bytes(Int(count)), as: UTF8.self)
  }

  /// The next word as a count of bytes or rows.
  mutating func count() throws(Malformed) -> Int {
    let word = try word()
    guard word < 1 << 40 else { throw Malformed() }
    return Int(word)
  }
}
