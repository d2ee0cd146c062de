/// The texts that a mapping reads as missing.
struct MissingTexts {
  /// Whether only the empty text is.
  let isEmpty: Bool
  private let texts: [[UInt8]]
  /// A bit for each length up to 62; the last for all that are longer.
  private let lengths: UInt64

  init(_ texts: [String]) {
    self.texts = Set(texts.map { Array($0.utf8) }.filter { !$0.isEmpty }).sorted {
      $0.lexicographicallyPrecedes($1)
    }
    isEmpty = self.texts.isEmpty
    lengths = self.texts.reduce(0) { $0 | Self.bit($1.count) }
  }

  @inline(__always)
  func contains(_ cell: UnsafeRawBufferPointer) -> Bool {
    cell.isEmpty || lengths & Self.bit(cell.count) != 0 && holds(cell)
  }

  private func holds(_ cell: UnsafeRawBufferPointer) -> Bool {
    texts.contains { $0.count == cell.count && cell.elementsEqual($0) }
  }

  @inline(__always)
  private static func bit(_ length: Int) -> UInt64 { 1 << UInt64(min(length, 63)) }
}
