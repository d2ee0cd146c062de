/// One field of a record: where its bytes are, and whether doubled quotes are still in them.
public struct DelimitedField {
  private let start: UnsafeRawPointer
  private let packed: Int

  @inline(__always)
  init(_ start: UnsafeRawPointer, count: Int, needsUnescape: Bool) {
    self.start = start
    packed = count << 1 | (needsUnescape ? 1 : 0)
  }

  /// The field's bytes without the quotes around it, doubled quotes still doubled.
  @inline(__always)
  public var rawBytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: start, count: packed >> 1)
  }

  /// Whether `rawBytes` holds doubled quotes that stand for one each.
  @inline(__always)
  public var needsUnescape: Bool { packed & 1 == 1 }

  /// The field as a `String`, doubled quotes made single.
  public var string: String {
    let raw = TextBytes.string(rawBytes)
    return needsUnescape ? raw.replacing("\"\"", with: "\"") : raw
  }
}

/// The fields of one record, in a buffer that is used again for the next record.
///
/// The fields point into the text that was read and are valid as long as it is.
public struct RecordBuffer: ~Copyable {
  /// What can be wrong with the quotes of a record.
  public enum Problem: Sendable, Hashable {
    /// A quote in a quoted field is followed by something that cannot follow it.
    case strayQuote
    /// The text ends inside a quoted field.
    case unterminatedQuote
  }

  /// The line on which the record begins, counted from 1.
  public internal(set) var line = 0
  /// The line on which the record ends.
  public internal(set) var lastLine = 0
  /// The offsets of the record's bytes in the text, the line end not included.
  public internal(set) var byteRange = 0..<0
  /// What is wrong with the record's quotes, nil when they are in order.
  public internal(set) var problem: Problem?
  /// Whether any field needs its doubled quotes made single.
  public internal(set) var hasEscapes = false
  /// Whether the first field stood in quotes.
  public internal(set) var beginsQuoted = false
  /// How many fields the record has; at least one.
  public private(set) var count = 0

  private var fields: UnsafeMutablePointer<DelimitedField>
  private var capacity: Int

  /// A buffer without a record.
  public init() {
    capacity = 64
    fields = .allocate(capacity: 64)
  }

  deinit { fields.deallocate() }

  /// A field by its position, counted from 0.
  @inline(__always)
  public subscript(index: Int) -> DelimitedField {
    precondition(index >= 0 && index < count, "no such field")
    return fields[index]
  }

  /// The fields as a pointer, for a row that outlives no record.
  var start: UnsafePointer<DelimitedField> { UnsafePointer(fields) }

  /// Whether all fields from a position on have no text.
  func isBlank(from start: Int) -> Bool {
    var index = start
    while index < count {
      if !TextBytes.isBlank(self[index].rawBytes) { return false }
      index += 1
    }
    return true
  }

  /// All fields as strings; for headers, totals and messages, not for data.
  public var strings: [String] { (0..<count).map { self[$0].string } }

  @inline(__always)
  mutating func begin(line: Int) {
    self.line = line
    count = 0
    problem = nil
    hasEscapes = false
    beginsQuoted = false
  }

  @inline(__always)
  mutating func append(_ field: DelimitedField) {
    if count == capacity { grow() }
    (fields + count).initialize(to: field)
    count &+= 1
  }

  mutating func replace(_ index: Int, with field: DelimitedField) {
    precondition(index >= 0 && index < count, "no such field")
    fields[index] = field
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<DelimitedField>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: fields, count: count)
    fields.deallocate()
    fields = larger
    capacity *= 2
  }
}

/// Memory for fields whose doubled quotes were made single, used again for every record.
struct ScratchBytes: ~Copyable {
  private var bytes: UnsafeMutableRawPointer
  private var capacity: Int
  private var used = 0

  init() {
    capacity = 1024
    bytes = .allocate(byteCount: 1024, alignment: 8)
  }

  deinit { bytes.deallocate() }

  /// Forgets what is stored and makes room for so many bytes.
  mutating func reset(byteCount: Int) {
    used = 0
    guard byteCount > capacity else { return }
    bytes.deallocate()
    capacity = max(byteCount, capacity * 2)
    bytes = .allocate(byteCount: capacity, alignment: 8)
  }

  /// Stores a field's bytes with every doubled quote made single.
  ///
  /// - Precondition: `reset(byteCount:)` made room for them.
  mutating func unescape(_ raw: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    precondition(raw.count <= capacity - used, "no room for the field")
    let start = used
    var index = 0
    while index < raw.count {
      let byte = raw[index]
      bytes.storeBytes(of: byte, toByteOffset: used, as: UInt8.self)
      used += 1
      index += byte == Ascii.quote && index + 1 < raw.count && raw[index + 1] == Ascii.quote ? 2 : 1
    }
    return UnsafeRawBufferPointer(start: bytes + start, count: used - start)
  }

  /// Unescapes every field of a record that needs it.
  mutating func unescape(_ record: inout RecordBuffer, byteCount: Int) {
    reset(byteCount: byteCount)
    for index in 0..<record.count where record[index].needsUnescape {
      let plain = unescape(record[index].rawBytes)
      guard let start = plain.baseAddress else { continue }
      record.replace(
        index,
        with: DelimitedField(start, count: plain.count, needsUnescape: false)
      )
    }
  }
}
