/// Who was put on which list when and why: the memory that keeps a lead from being listed twice.
///
/// Entries are only ever added. Written as a text of one line an entry, fields parted by tabs.
public struct ReboundRecord: Hashable, Sendable {
  /// A lead put on a list.
  public struct Entry: Hashable, Sendable {
    /// The lead's id at that time.
    public var lead: String
    /// The list.
    public var list: String
    /// The id of the detour that it took.
    public var detour: String
    /// Why, in the data's words; may be empty.
    public var reason: String
    /// When it left the path.
    public var left: TimePoint
    /// The first day on which it may be taken up again.
    public var due: CivilDate
    /// The week of the list.
    public var week: CalendarWeek
    /// The instant up to which facts counted when it was listed.
    public var listed: Instant

    /// An entry.
    public init(
      lead: String,
      list: String,
      detour: String,
      reason: String,
      left: TimePoint,
      due: CivilDate,
      week: CalendarWeek,
      listed: Instant
    ) {
      self.lead = lead
      self.list = list
      self.detour = detour
      self.reason = reason
      self.left = left
      self.due = due
      self.week = week
      self.listed = listed
    }
  }

  /// All entries, oldest first.
  public private(set) var entries: [Entry] = []
  /// How many of them, from the first on, stand in lists that were written.
  public private(set) var written = 0

  /// A record of nothing.
  public init() {}

  /// Adds entries.
  public mutating func add(_ new: [Entry]) { entries += new }

  /// Notes that all lists with these entries were written.
  public mutating func noteWritten() { written = entries.count }

  /// The weeks of entries whose lists may not have been written, oldest first.
  public var unwrittenWeeks: [CalendarWeek] { Set(entries[written...].map(\.week)).sorted() }

  /// The lists of a week, in the order of the alphabet, with their entries in the order of listing.
  public func lists(of week: CalendarWeek) -> [(list: String, entries: [Entry])] {
    Dictionary(grouping: entries.filter { $0.week == week }, by: \.list)
      .sorted { $0.key < $1.key }.map { (list: $0.key, entries: $0.value) }
  }

  // MARK: As text

  private static let title = "plumbline rebound record 1"
  private static let writtenMark = "written"

  /// The record as a text, ending in a line break.
  public var text: String {
    var lines = [Self.title]
    for entry in entries {
      lines.append(
        [
          entry.lead, entry.list, entry.detour, entry.reason, String(entry.left.rawValue),
          entry.due.description, entry.week.description, String(entry.listed.seconds),
        ].map(Self.escaped).joined(separator: "\t")
      )
    }
    lines.append("\(Self.writtenMark)\t\(written)")
    return lines.joined(separator: "\n") + "\n"
  }

  /// A record read back.
  ///
  /// - Parameters:
  ///   - text: What `text` gave.
  ///   - file: The file's name for messages.
  /// - Throws: `InputError` `rebound.record-damaged` with the first line that cannot be read, or
  ///   where the end is missing.
  public init(_ text: String, file: String) throws(InputError) {
    func damaged(_ line: Int) -> InputError {
      InputError(
        code: "rebound.record-damaged",
        "the record of who was put on which list cannot be read.",
        at: Diagnostic.Location(file: file, line: line),
        remedy: "Put the file back from a backup. Without it every lead would be listed again."
      )
    }
    // By scalars: a carriage return in front of a line break would hide it among characters.
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0) }
    guard lines.first == Self.title else { throw damaged(1) }
    guard lines.last == "" else { throw damaged(lines.count) }
    lines.removeLast()
    for (index, line) in lines.enumerated().dropFirst() {
      let fields = line.unicodeScalars.split(separator: "\t", omittingEmptySubsequences: false)
        .map { Self.unescaped(String($0)) }
      if index == lines.count - 1 {
        guard fields.count == 2, fields[0] == Self.writtenMark, let count = Int(fields[1] ?? ""),
          (0...entries.count).contains(count)
        else { throw damaged(index + 1) }
        written = count
        return
      }
      guard let entry = Self.entry(fields) else { throw damaged(index + 1) }
      entries.append(entry)
    }
    throw damaged(lines.count)
  }

  private static func entry(_ fields: [String?]) -> Entry? {
    let known = fields.compactMap { $0 }
    guard known.count == 8, fields.count == 8, let left = Int64(known[4]),
      let due = CivilDate(known[5]), let week = CalendarWeek(known[6]),
      let listed = Int64(known[7])
    else { return nil }
    return Entry(
      lead: known[0],
      list: known[1],
      detour: known[2],
      reason: known[3],
      left: TimePoint(rawValue: left),
      due: due,
      week: week,
      listed: Instant(seconds: listed)
    )
  }

  private static func escaped(_ field: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in field.unicodeScalars {
      switch scalar {
      case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
      case "\t": result.append(contentsOf: "\\t".unicodeScalars)
      case "\n": result.append(contentsOf: "\\n".unicodeScalars)
      case "\r": result.append(contentsOf: "\\r".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  private static func unescaped(_ field: String) -> String? {
    var result = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in field.unicodeScalars {
      guard isEscaped else {
        if scalar == "\\" { isEscaped = true } else { result.append(scalar) }
        continue
      }
      isEscaped = false
      switch scalar {
      case "\\": result.append("\\")
      case "t": result.append("\t")
      case "n": result.append("\n")
      case "r": result.append("\r")
      default: return nil
      }
    }
    return isEscaped ? nil : String(result)
  }
}
