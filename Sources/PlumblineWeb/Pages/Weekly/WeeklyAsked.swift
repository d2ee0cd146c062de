import HTTPTypes
import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// What the address of a page for both teams asks for.
struct WeeklyAsked: Sendable {
  /// The week or month.
  let period: WeeklyPeriod
  /// The day and the import up to which facts count, where the address says so.
  private let past: [FormFields.Field]
  private let folder: String
  private let reader: Reader

  /// What an address asks for.
  ///
  /// - Throws: `HTTPError` where it names no week or month.
  init(_ visit: Visit) throws {
    guard let period = WeeklyPeriod(try visit.part("period")) else { throw HTTPError(.notFound) }
    self.period = period
    past = visit.query.fields.filter {
      ["as-of", "known-by"].contains($0.name) && !$0.value.isEmpty
    }
    folder = visit.office.desk.workspace.name
    reader = visit.reader
  }

  /// Asks.
  ///
  /// - Returns: The answer, and the parts of the page that are made of it.
  /// - Throws: What the question throws.
  func answer() throws -> (answer: Weekly.Answer, sections: WeeklySections) {
    let parameters =
      [(name: period.kind.rawValue, value: "\(period)")] + past.map { ($0.name, $0.value) }
      + [("as", reader.rawValue)]
    let answer = try QuestionCall.question(Weekly.self, parameters, of: folder).answer()
    let sections = WeeklySections(
      answer.weekly,
      under: answer.history.agreement,
      lead: LeadLink.markup,
      listAddress: { name in
        Address.of(
          "/weekly/\(period)/leads",
          past + [FormFields.Field(name: "list", value: name)]
        )
      }
    )
    return (answer, sections)
  }
}
