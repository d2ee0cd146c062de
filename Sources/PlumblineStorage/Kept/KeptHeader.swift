import PlumblineCore

/// The beginning of a kept file: what it answers for, and where its sections stand.
///
/// Eight bytes "plumkept", the format's version, the header's length and its checksum (8 each),
/// then the key, the file's length and the sections. A section's bytes begin at its offset and are
/// what `ColumnWriter` wrote. Columns stand in parts of so many leads, so that one part can be read
/// without the others.
struct KeptHeader: Sendable {
  /// A run of bytes with a name.
  struct Section: Hashable, Sendable {
    /// What it holds.
    var name: String
    /// Of which leads, those of part 0 coming first; part 0 for what concerns the whole company.
    var part: Int
    /// Where it begins in the file.
    var offset: Int
    /// How many bytes it has.
    var length: Int
    /// How many rows it has.
    var rowCount: Int
    /// A checksum of its name, its part, its count of rows and its bytes.
    var checksum: UInt64
  }

  /// What the file answers for.
  var key: KeptKey
  /// The file's length in bytes.
  var fileLength = 0
  /// The sections in the order of the file.
  var sections: [Section] = []

  /// The layout's version: another is not read, but made anew from the facts.
  ///
  /// Raise it also when what a section says is found in another way than before.
  static let version = 5

  private static let magic = Array("plumkept".utf8)
  private static let fixedLength = 32

  /// The checksum of a section.
  static func checksum(
    _ bytes: UnsafeRawBufferPointer,
    name: String,
    part: Int = 0,
    rowCount: Int
  ) -> UInt64 {
    var name = name
    var seed = name.withUTF8 { TextDictionary.hash(UnsafeRawBufferPointer($0)) }
    seed ^= TextDictionary.mix(UInt64(rowCount) &+ UInt64(part) << 32)
    return Checksum.of(bytes, seed: seed)
  }

  /// The header's bytes; `fileLength` and all offsets must be known.
  var bytes: [UInt8] {
    let body = body
    var writer = ColumnWriter()
    writer.putBytes(Self.magic)
    writer.put(UInt64(Self.version))
    writer.put(UInt64(Self.fixedLength + body.count))
    writer.put(Self.checksum(body))
    writer.putBytes(body)
    return writer.bytes
  }

  /// What the file as a whole is told from any other by.
  var fingerprint: UInt64 { Self.checksum(body) }

  private static func checksum(_ body: [UInt8]) -> UInt64 {
    body.withUnsafeBytes { checksum($0, name: "header", rowCount: body.count) }
  }

  private var body: [UInt8] {
    var writer = ColumnWriter()
    writer.put(text: key.store)
    writer.put(key.course)
    writer.put(UInt64(key.sequence))
    writer.put(key.meaning)
    writer.put(UInt64(bitPattern: key.asOf))
    writer.put(text: key.rule.skips.rawValue)
    writer.put(text: key.rule.returns.rawValue)
    writer.put(UInt64(key.rule.confirmations.count))
    for confirmation in key.rule.confirmations {
      for number in [confirmation.stage, confirmation.by, confirmation.withinDays] {
        writer.put(UInt64(bitPattern: Int64(number)))
      }
      // No condition begins or ends at the end of time: its seconds stand for none.
      for bound in [confirmation.from, confirmation.until] {
        writer.put(UInt64(bitPattern: bound?.seconds ?? .max))
      }
    }
    writer.put(UInt64(fileLength))
    writer.put(UInt64(sections.count))
    for section in sections {
      writer.put(text: section.name)
      writer.put(UInt64(section.part))
      writer.put(UInt64(section.offset))
      writer.put(UInt64(section.length))
      writer.put(UInt64(section.rowCount))
      writer.put(section.checksum)
    }
    return writer.bytes
  }

  /// A header that is to be filled.
  init(key: KeptKey) { self.key = key }

  /// Reads a file's header and checks that the sections stand inside the file.
  init(reading file: UnsafeRawBufferPointer) throws(KeptProblem) {
    guard file.count >= Self.fixedLength else {
      throw file.starts(with: Self.magic.prefix(file.count)) ? .wrongLength : .notKept
    }
    guard file.starts(with: Self.magic) else { throw .notKept }
    do {
      var reader = ColumnReader(UnsafeRawBufferPointer(rebasing: file[Self.magic.count...]))
      let version = try reader.word()
      guard version == Self.version else {
        throw KeptProblem.otherFormat(Int(truncatingIfNeeded: version))
      }
      let length = try reader.count()
      let checksum = try reader.word()
      guard length >= Self.fixedLength, length <= file.count else {
        throw KeptProblem.damagedHeader
      }
      let body = UnsafeRawBufferPointer(rebasing: file[Self.fixedLength..<length])
      guard Self.checksum(body, name: "header", rowCount: body.count) == checksum else {
        throw KeptProblem.damagedHeader
      }
      var fields = ColumnReader(body)
      try self.init(fields: &fields)
    } catch let problem as KeptProblem {
      throw problem
    } catch {
      throw .damagedHeader
    }
    guard fileLength == file.count else { throw .wrongLength }
  }

  private init(fields reader: inout ColumnReader) throws {
    let store = try reader.text()
    let course = try reader.word()
    let sequence = try reader.count()
    let meaning = try reader.word()
    let asOf = Int64(bitPattern: try reader.word())
    guard let skips = SkipRule(rawValue: try reader.text()),
      let returns = ReturnRule(rawValue: try reader.text())
    else { throw Malformed() }
    var confirmations: [Confirmation] = []
    for _ in 0..<(try reader.count()) {
      let numbers = (
        Int(truncatingIfNeeded: try reader.word()), Int(truncatingIfNeeded: try reader.word()),
        Int(truncatingIfNeeded: try reader.word())
      )
      func bound(_ word: UInt64) -> Instant? {
        let seconds = Int64(bitPattern: word)
        return seconds == .max ? nil : Instant(seconds: seconds)
      }
      confirmations.append(
        Confirmation(
          stage: numbers.0,
          by: numbers.1,
          withinDays: numbers.2,
          from: bound(try reader.word()),
          until: bound(try reader.word())
        )
      )
    }
    key = KeptKey(
      store: store,
      course: course,
      sequence: sequence,
      meaning: meaning,
      asOf: asOf,
      rule: JourneyRule(skips: skips, returns: returns, confirmations: confirmations)
    )
    fileLength = try reader.count()
    for _ in 0..<(try reader.count()) {
      let section = Section(
        name: try reader.text(),
        part: try reader.count(),
        offset: try reader.count(),
        length: try reader.count(),
        rowCount: try reader.count(),
        checksum: try reader.word()
      )
      guard section.offset + section.length <= fileLength,
        section.rowCount <= PackedColumns.mostValues
      else { throw Malformed() }
      sections.append(section)
    }
  }
}
