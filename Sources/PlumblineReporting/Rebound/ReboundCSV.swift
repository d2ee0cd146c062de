public import PlumblineCore

/// A list of leads to take up again as CSV, harmless in a spreadsheet.
public struct ReboundCSV: Sendable {
  private static let columns = [
    "lead", "list", "reason", "left_as", "left_on", "due_on", "week",
  ]

  private let entries: [ReboundRecord.Entry]
  private let calendar: LocalCalendar

  /// A list to be written.
  ///
  /// - Parameters:
  ///   - entries: The entries of one list and week, in the order of listing.
  ///   - calendar: The agreement's days.
  public init(_ entries: [ReboundRecord.Entry], _ calendar: LocalCalendar) {
    self.entries = entries
    self.calendar = calendar
  }

  /// The text; lines end as RFC 4180 wants them.
  public var text: String {
    DelimitedRow.line(Self.columns)
      + entries.map { entry in
        DelimitedRow.line([
          entry.lead, entry.list, entry.reason, entry.detour,
          entry.left.isDated ? calendar.day(of: entry.left.instant).description : "",
          entry.due.description, entry.week.description,
        ])
      }.joined()
  }

  /// The names of the files of one week's lists: letters and digits of the list's name, the week
  /// behind them; lists whose names differ in nothing else are numbered.
  ///
  /// - Parameters:
  ///   - lists: The lists in the order of the alphabet.
  ///   - week: The week.
  /// - Returns: One name a list, such as `later-2026-W47.csv`.
  public static func fileNames(of lists: [String], in week: CalendarWeek) -> [String] {
    var taken: Set<String> = []
    return lists.map { list in
      var word = String.UnicodeScalarView()
      for scalar in list.lowercased().unicodeScalars {
        if scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
          word.append(scalar)
        } else if word.last != "-", !word.isEmpty {
          word.append("-")
        }
      }
      while word.last == "-" { word.removeLast() }
      let stem = word.isEmpty ? "list" : String(word)
      var name = stem
      var number = 2
      while !taken.insert(name).inserted {
        name = "\(stem)-\(number)"
        number += 1
      }
      return "\(name)-\(week).csv"
    }
  }
}

/// Forgotten leads as CSV.
public struct ForgottenCSV: Sendable {
  private let stages: [ForgottenStage]
  private let history: CompanyHistory

  /// Forgotten leads to be written.
  public init(_ rebound: Rebound, of history: CompanyHistory) {
    stages = rebound.forgotten
    self.history = history
  }

  /// The text; lines end as RFC 4180 wants them.
  public var text: String {
    DelimitedRow.line(["lead", "stage", "days_allowed", "owner"])
      + stages.flatMap { stage in
        stage.forgotten.map { lead in
          DelimitedRow.line([
            history.id(ofLead: lead), history.agreement.path[stage.stage].id,
            stage.limit.days.map { String($0) } ?? "",
            history.texts[.owner][history.leads.owners[lead]],
          ])
        }
      }.joined()
  }
}
