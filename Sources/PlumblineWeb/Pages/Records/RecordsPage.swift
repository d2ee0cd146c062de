import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// The records behind a number of a funnel, a hundred a page, and all of them as a file.
enum RecordsPage {
  static func answer(_ visit: Visit) async throws -> Response {
    let asked = Asked(visit)
    let place = RecordList.Place(page: "/records", file: "/records.csv", visit.query)
    return try await visit.page("Records of a number", nil) {
      RecordList.markup("The records behind a number", try asked.list(), place)
    }
  }

  /// The list as comma-separated values.
  static func file(_ visit: Visit) async throws -> Response {
    let asked = Asked(visit)
    return try await visit.file {
      let words =
        !asked.entered.isEmpty
        ? "entered-\(asked.entered)"
        : asked.unit.isEmpty ? asked.number : asked.unit
      return ListFile(asked.cellNumber == nil ? "leads-\(words)" : words, try asked.list())
    }
  }

  /// What the page is asked.
  struct Asked: Sendable {
    let choice: FunnelChoice
    let number: String
    let unit: String
    /// A stage and a week in which it was entered, see `WeekEntries.text`.
    let entered: String
    let folder: String
    let reader: Reader

    init(_ visit: Visit) {
      choice = FunnelChoice(visit.query)
      number = visit.query["number"] ?? ""
      unit = visit.query["unit"] ?? ""
      entered = visit.query["entered"] ?? ""
      folder = visit.office.desk.workspace.name
      reader = visit.reader
    }

    /// The number, where what is behind it is more than leads.
    var cellNumber: CellNumber? {
      unit.isEmpty && entered.isEmpty ? CellNumber(rawValue: number) : nil
    }

    func list() throws -> NumberSections {
      guard unit.isEmpty else { return .leads(try judged()) }
      let asked = try QuestionCall.question(
        Funnel.self,
        choice.parameters(as: reader),
        of: folder
      )
      if !entered.isEmpty { return .leads(try entries(asked)) }
      if let cellNumber { return try asked.records(behind: cellNumber) }
      let leads = try asked.leads(behind: number)
      let answer = try asked.answer()
      return .leads(
        RecordSections(
          leads.ids,
          behind: number,
          of: answer.funnel,
          under: answer.history.agreement,
          leads.summaries
        )
      )
    }

    /// The leads that entered a stage in a week.
    private func entries(_ asked: Funnel) throws -> RecordSections {
      guard let entries = WeekEntries(entered), let leads = try asked.leads(behind: entries) else {
        throw InputError(
          code: "option.unknown-number",
          "\(entered.printable) names no stage and week.",
          remedy: "Write a stage of the path and the Monday of a week, such as sql:2026-06-22."
        )
      }
      let history = leads.history
      return RecordSections(
        leads.ids,
        entered: entries,
        of: leads.question,
        asOf: history.asOf,
        under: history.agreement,
        leads.summaries
      )
    }

    /// The leads behind a channel, rep or pair that the verdict judged.
    private func judged() throws -> RecordSections {
      let asked = try QuestionCall.question(
        Diagnose.self,
        choice.parameters(whatIf: false, as: reader),
        of: folder
      )
      let answer = try asked.answer()
      let leads = try asked.leads(behind: unit, in: answer)
      return RecordSections(
        leads.map {
          RecordSections.Entry(id: $0.id, outcome: $0.outcome, followUp: $0.followUp)
        },
        judgedAs: unit,
        in: answer.diagnosis,
        under: answer.history.agreement,
        answer.leads
      )
    }
  }
}
