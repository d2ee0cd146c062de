/// Lines of CSV written into one run of bytes.
///
/// Names stand as they are: the question is about names without commas and line ends. Where one
/// has a comma, lines are sorted at the end, so that the order is that of bytes for any name.
struct BenchmarkText {
  private(set) var bytes: [UInt8] = []
  private var bodyStart: Int
  private var lineStarts: [Int] = []
  private let isSorted: Bool

  /// - Parameters:
  ///   - header: The first line.
  ///   - isSorted: Whether lines will come in the order of their bytes.
  ///   - capacity: About how many bytes there will be.
  init(header: String, isSorted: Bool, capacity: Int) {
    bytes.reserveCapacity(capacity)
    bytes += header.utf8
    bytes.append(Self.lineEnd)
    bodyStart = bytes.count
    self.isSorted = isSorted
  }

  private static let lineEnd = UInt8(ascii: "\n")
  private static let comma = UInt8(ascii: ",")

  /// Begins a line with a name.
  mutating func begin(_ name: [UInt8]) {
    if !isSorted { lineStarts.append(bytes.count) }
    bytes += name
  }

  /// Adds a field with bytes.
  mutating func add(_ name: [UInt8]) {
    bytes.append(Self.comma)
    bytes += name
  }

  /// Adds a field with a number; empty where there is none.
  mutating func add(_ number: Int?) {
    bytes.append(Self.comma)
    guard let number else { return }
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = number.magnitude
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    // Digits come lowest first.
    var (low, high) = (start, bytes.count - 1)
    while low < high {
      bytes.swapAt(low, high)
      low += 1
      high -= 1
    }
  }

  /// Adds a field with a number of any size.
  mutating func add(_ number: Int128) {
    if let number = Int(exactly: number) { add(number) } else { add(Array("\(number)".utf8)) }
  }

  /// Ends the line.
  mutating func end() { bytes.append(Self.lineEnd) }

  /// The text; a table without lines has one empty line, as joining no lines gives.
  func finished() -> [UInt8] {
    if bytes.count == bodyStart { return bytes + [Self.lineEnd] }
    guard !isSorted else { return bytes }
    let ends = lineStarts.dropFirst() + [bytes.count]
    let lines = zip(lineStarts, ends).map { bytes[$0..<$1 - 1] }
    var sorted = Array(bytes[..<bodyStart])
    for line in lines.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      sorted += line
      sorted.append(Self.lineEnd)
    }
    return sorted
  }
}

/// The texts of a dictionary, ranked in the order in which lines have them.
struct RankedNames: Sendable {
  /// The names' bytes, in order.
  private(set) var names: [[UInt8]] = []
  /// For each code its rank.
  private(set) var ranks: [Int32]

  /// Whether a name has a comma, so that lines must be sorted as a whole.
  private(set) var hasComma = false

  /// - Parameter texts: What the codes stand for.
  init(_ texts: TextDictionary) {
    ranks = Array(repeating: -1, count: texts.count)
    let all = ranks.indices.map { code in
      (code: code, name: texts.withBytes(of: UInt32(code)) { Array($0) })
    }
    // In a line a comma follows the name, and a comma is below every letter and digit.
    let ordered = all.sorted { left, right in
      (left.name + [UInt8(ascii: ",")]).lexicographicallyPrecedes(right.name + [UInt8(ascii: ",")])
    }
    for (rank, entry) in ordered.enumerated() {
      names.append(entry.name)
      ranks[entry.code] = Int32(rank)
      if entry.name.contains(UInt8(ascii: ",")) { hasComma = true }
    }
  }

  /// How many names there are.
  var count: Int { names.count }

  /// The rank of a name, if it is a text of the dictionary.
  func rank(of name: String) -> Int? { names.firstIndex(of: Array(name.utf8)) }
}

/// The names that the question groups by.
struct BenchmarkNames: Sendable {
  let channels: RankedNames
  let segments: RankedNames
  let owners: RankedNames

  /// The names among a history's texts.
  init(_ texts: TextDictionaries) {
    channels = RankedNames(texts[.channel])
    segments = RankedNames(texts[.segment])
    owners = RankedNames(texts[.owner])
  }

  /// How many pairs of a channel and a segment there are.
  var pairCount: Int { channels.count * segments.count }

  /// The ranks of the channels that count.
  func channels(of ask: BenchmarkAsk) -> Range<Int> {
    guard let channel = ask.channel else { return 0..<channels.count }
    return channels.rank(of: channel).map { $0..<$0 + 1 } ?? 0..<0
  }
}
