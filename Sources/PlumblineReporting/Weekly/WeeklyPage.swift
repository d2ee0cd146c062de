import PlumblineCore

/// A page for both teams as headings, sentences and tables, before it becomes text or markup.
struct WeeklyPage {
  /// How a lead of a list is opened in a terminal; a page of the web app has links instead.
  static let openAny = "Open any lead: plumbline show lead ID. JSON has every id."
  /// The same, behind the leads of one point.
  static let openOne = ". Open one: plumbline show lead ID."

  /// Stands before the name of a list of the period before.
  static let before = "before/"

  /// Names the leads that entered a stage in a week of a series; they are no list of the page's.
  static func entered(_ entries: WeekEntries, _ series: WeeklySeries) -> String {
    [enteredPrefix + entries.text, series.dimension?.rawValue ?? "", series.unit]
      .joined(separator: "/")
  }

  private static let enteredPrefix = "entered/"

  /// What such a name says; nil for the name of a list of the page's.
  static func entered(_ name: String) -> RecordLinks.Number? {
    guard name.hasPrefix(enteredPrefix) else { return nil }
    let parts = name.dropFirst(enteredPrefix.count).split(
      separator: "/",
      maxSplits: 2,
      omittingEmptySubsequences: false
    ).map(String.init)
    guard parts.count == 3, let entries = WeekEntries(parts[0]) else { return nil }
    return .entered(entries, FunnelDimension(rawValue: parts[1]), parts[2])
  }

  /// How a line stands out.
  enum Tone {
    case plain, strong, faint, good, bad
  }

  /// A table.
  struct Table {
    var columns: [TextTable.Column]
    /// The cells of each row, and by column the list of leads to which a cell opens.
    private(set) var rows: [(cells: [String], tone: Tone, lists: [Int: String])] = []

    init(_ columns: [TextTable.Column]) { self.columns = columns }

    mutating func add(_ cells: [String], _ tone: Tone = .plain, lists: [Int: String] = [:]) {
      precondition(cells.count == columns.count, "a cell for each column")
      rows.append((cells, tone, lists))
    }
  }

  /// A point of the agenda.
  struct Point {
    var title: String
    var facts: [(label: String, text: String)]
  }

  /// A part of a section.
  enum Block {
    case paragraph(String, Tone)
    case bullets([String])
    case table(Table)
    case points([Point])
  }

  /// A part of the page under a heading.
  struct Section {
    /// A name that stays the same.
    var id: String
    var title: String
    var blocks: [Block]
  }

  /// What the page is, for the title of a file and the subject of a mail.
  var title: String
  /// The whole page in one sentence.
  var headline: String
  /// What it is about.
  var scope: String
  var sections: [Section]
  /// What everything rests on.
  var footer: [String]
}

extension TextTable.Column {
  /// A column of lists of ids, each of which a page of the web app opens.
  static func leads(_ title: String) -> Self {
    var column = wrapped(title, least: 22)
    column.holdsLeads = true
    return column
  }

  /// Whether it holds numbers, which stand to the right.
  var isNumber: Bool { alignment == .right }
}
