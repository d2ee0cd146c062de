/// Takes a body of `multipart/form-data` apart while it arrives, however it is cut into pieces.
///
/// It never holds more than one piece, the head of a part and the length of the boundary.
///
/// - SeeAlso: RFC 7578, and RFC 2046 section 5.1 for the boundaries.
struct MultipartParser {
  /// What was found next.
  enum Event: Hashable, Sendable {
    /// A part begins.
    case begin(MultipartHead)
    /// The next bytes of the part.
    case bytes([UInt8])
    /// The part ends.
    case end
  }

  /// Why a body is not what it says.
  enum Fault: Error, Hashable {
    /// A head that cannot be read, or that is longer than heads are.
    case head
    /// Something behind a boundary that belongs to no part.
    case boundary
    /// More parts than a form of ours sends.
    case tooManyParts
    /// The body ends before its last boundary.
    case cut
  }

  private enum State {
    /// Before or behind a boundary, or in a part, or behind the last boundary.
    case preamble, boundary, head, body, over
  }

  /// A head of more bytes is no browser's.
  static let largestHead = 8 * 1024
  /// More parts are no form's of ours.
  static let mostParts = 64

  /// The line break before a boundary belongs to it.
  private let delimiter: [UInt8]
  private var state = State.preamble
  private var parts = 0
  /// What came and could not be judged yet.
  ///
  /// A body may begin with its boundary, without the break before it.
  private var rest: [UInt8] = [13, 10]

  /// A parser for a body that has not begun.
  ///
  /// - Parameter boundary: The boundary that the content type names.
  init(boundary: String) { delimiter = [13, 10, 45, 45] + Array(boundary.utf8) }

  /// Takes the next piece of the body.
  ///
  /// - Parameter piece: Any number of bytes.
  /// - Returns: What was found in it.
  /// - Throws: A fault; the parser is of no use afterwards.
  mutating func feed(_ piece: some Collection<UInt8>) throws(Fault) -> [Event] {
    rest.append(contentsOf: piece)
    var events: [Event] = []
    var start = 0
    while let next = try step(from: start, &events) { start = next }
    rest.removeFirst(start)
    return events
  }

  /// Ends the body.
  ///
  /// - Throws: `Fault.cut` when its last boundary has not come.
  func finish() throws(Fault) {
    if state != .over { throw .cut }
  }

  /// Goes on from an offset of `rest`; nil when more bytes are needed.
  private mutating func step(from start: Int, _ events: inout [Event]) throws(Fault) -> Int? {
    switch state {
    case .preamble, .body: return pass(from: start, &events)
    case .boundary: return try afterBoundary(from: start)
    case .head: return try head(from: start, &events)
    case .over:
      // What stands behind the last boundary means nothing.
      return start < rest.count ? rest.count : nil
    }
  }

  /// Passes over bytes up to the next boundary.
  private mutating func pass(from start: Int, _ events: inout [Event]) -> Int? {
    let (place, isWhole) = delimiterPlace(from: start)
    if state == .body, place > start { events.append(.bytes(Array(rest[start..<place]))) }
    guard isWhole else { return place > start ? place : nil }
    if state == .body { events.append(.end) }
    state = .boundary
    return place + delimiter.count
  }

  /// Where the delimiter stands, or where it may begin whose end has not come yet.
  private func delimiterPlace(from start: Int) -> (place: Int, isWhole: Bool) {
    rest.withUnsafeBufferPointer { bytes in
      var place = start
      while place < bytes.count {
        guard bytes[place] == 13 else {
          place += 1
          continue
        }
        var length = 1
        while length < delimiter.count, place + length < bytes.count,
          bytes[place + length] == delimiter[length]
        {
          length += 1
        }
        if length == delimiter.count { return (place, true) }
        if place + length == bytes.count { return (place, false) }
        place += 1
      }
      return (bytes.count, false)
    }
  }

  /// Behind a boundary stands the line break of a part's head, or the mark of the end.
  private mutating func afterBoundary(from start: Int) throws(Fault) -> Int? {
    var place = start
    if rest.count - place >= 2, rest[place] == 45, rest[place + 1] == 45 {
      state = .over
      return place + 2
    }
    // A lone hyphen may be the first of two.
    if rest.count - place == 1, rest[place] == 45 { return nil }
    while place < rest.count, rest[place] == 32 || rest[place] == 9 { place += 1 }
    if place - start > 64 { throw .boundary }
    guard rest.count - place >= 2 else {
      if place < rest.count, rest[place] != 13 { throw .boundary }
      return nil
    }
    guard rest[place] == 13, rest[place + 1] == 10 else { throw .boundary }
    parts += 1
    if parts > Self.mostParts { throw .tooManyParts }
    state = .head
    return place + 2
  }

  /// A head ends at its first blank line.
  private mutating func head(from start: Int, _ events: inout [Event]) throws(Fault) -> Int? {
    let bytes = rest[start...].prefix(Self.largestHead + 4)
    var end: Int?
    for place in bytes.indices.dropLast(3)
    where bytes[place] == 13 && bytes[place + 1] == 10 && bytes[place + 2] == 13
      && bytes[place + 3] == 10
    {
      end = place
      break
    }
    guard let end else {
      if bytes.count > Self.largestHead { throw .head }
      return nil
    }
    guard let head = MultipartHead(bytes[start..<end]) else { throw .head }
    events.append(.begin(head))
    state = .body
    return end + 4
  }
}
