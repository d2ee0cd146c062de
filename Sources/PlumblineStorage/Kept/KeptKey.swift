import PlumblineCore

/// What a kept history answers for; it says nothing about anything else.
struct KeptKey: Hashable, Sendable {
  /// The store's identity.
  var store: String
  /// Which imports the history read, see `SQLiteFactStore.course(through:)`.
  var course: UInt64
  /// The newest import that the history read.
  var sequence: Int
  /// What the agreement and the program that read it make of facts, see `meaning(of:program:)`.
  var meaning: UInt64
  /// The instant up to which facts count, seconds since 1970.
  var asOf: Int64
  /// How events were read as journeys.
  var rule: JourneyRule

  /// A fingerprint of all that turns facts into history besides the facts: the agreement's file,
  /// the days of its time zone as this machine knows them, and the program.
  ///
  /// - Parameters:
  ///   - agreement: The agreement.
  ///   - program: The program's version: another may read facts otherwise.
  /// - Returns: The fingerprint, or nil for an agreement without a hash, which nothing names.
  static func meaning(of agreement: Agreement, program: String) -> UInt64? {
    guard !agreement.hash.isEmpty else { return nil }
    var writer = ColumnWriter()
    writer.put(text: agreement.hash)
    writer.put(text: program)
    writer.put(text: agreement.calendar.zoneName)
    // Governments move their clocks, and zone files follow: twice a month until 2100 shows it.
    for day in stride(from: 0, to: 47_482, by: 15) {
      let offset = agreement.calendar.offset(at: Instant(seconds: Int64(day) * 86_400))
      writer.put(UInt64(bitPattern: offset))
    }
    return writer.bytes.withUnsafeBytes { TextDictionary.hash($0) }
  }
}

/// Why a kept history cannot be used; the facts are whole all the same.
enum KeptProblem: Error, Hashable, Sendable {
  /// There is no file.
  case noFile
  /// The file cannot be opened.
  case unreadable(String)
  /// The file is something else.
  case notKept
  /// The file was written by a program that lays it out otherwise.
  case otherFormat(Int)
  /// The file is of another store.
  case otherStore
  /// The store has taken another course since the file was made: it was restored, or a copy of it
  /// was put in its place.
  case otherCourse
  /// The file was made under another agreement, by another program or in other time zones.
  case otherMeaning
  /// The file knows imports that the store does not.
  case ahead
  /// The file's facts go up to a later instant than is asked for.
  case laterInstant
  /// The file ends early, or goes on where it should end.
  case wrongLength
  /// The file's own table of contents does not match its checksum.
  case damagedHeader
  /// A section does not match its checksum, or what it says cannot be.
  case damagedSection(String)
}

extension KeptProblem: CustomStringConvertible {
  /// The reason in a few words.
  var description: String {
    switch self {
    case .noFile: "there is no kept file yet"
    case .unreadable(let reason): "the kept file cannot be read (\(reason))"
    case .notKept: "the file is not a kept history"
    case .otherFormat(let version): "the kept file has format \(version)"
    case .otherStore: "the kept file belongs to another store"
    case .otherCourse: "the store was restored since the file was made"
    case .otherMeaning: "the agreement, the program or the time zone's rules have changed"
    case .ahead: "the kept file knows more imports than the store"
    case .laterInstant: "the kept file goes up to a later instant"
    case .wrongLength: "the kept file is not as long as it says"
    case .damagedHeader: "the kept file's table of contents is damaged"
    case .damagedSection(let name): "section \(name) of the kept file is damaged"
    }
  }
}
