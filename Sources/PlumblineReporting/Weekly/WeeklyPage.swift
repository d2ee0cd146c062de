import PlumblineCore

/// A page for both teams as headings, sentences and tables, before it becomes text or markup.
struct WeeklyPage {
  /// How a lead of a list is opened in a terminal; a page of the web app has links instead.
  static let openAny = "Open any lead: plumbline show lead ID. JSON has every id."
  /// The same, behind the leads of one point.
  static let openOne = ". Open one: plumbline show lead ID."

  /// To what a cell opens.
  enum Opening {
    /// A list of the page, by its name.
    case list(String)
    /// The same of the period before.
    case listBefore(String)
    /// A number that another page lists.
    case number(RecordLinks.Number)
  }

  /// How a line stands out.
  enum Tone {
    case plain, strong, faint, good, bad
  }

  /// A table.
  struct Table {
    var columns: [TextTable.Column]
    /// The cells of each row, and by column to what a cell opens.
    private(set) var rows: [(cells: [String], tone: Tone, openings: [Int: Opening])] = []

    init(_ columns: [TextTable.Column]) { self.columns = columns }

    mutating func add(_ cells: [String], _ tone: Tone = .plain, openings: [Int: Opening] = [:]) {
      precondition(cells.count == columns.count, "a cell for each column")
      rows.append((cells, tone, openings))
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
