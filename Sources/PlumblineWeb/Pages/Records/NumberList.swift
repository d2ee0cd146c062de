import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// Where the records behind the numbers of a page are listed: a hundred a page, all of them as a
/// file, and a stretch at a time for programs.
struct NumberList: Sendable {
  /// The path of the page; the file is beside it.
  let path: String
  /// The field of the address that names the number.
  let field: String
  /// What the list is called.
  let title: String
  /// The page on which the numbers are.
  let home: (path: String, title: String, place: Place)
  /// The question as an address asks it.
  let question: @Sendable (FormFields, Reader, _ folder: String) throws -> any OpeningQuestion

  /// The path of the file.
  var file: String { "\(path).csv" }

  /// The won deals behind a plan.
  static let plan = NumberList(
    path: "/plan/records",
    field: "number",
    title: "Deals of the plan",
    home: ("/plan", "Quota and leads", .plan)
  ) { query, reader, folder in
    try PlanPage.question(query, of: folder, as: reader)
  }

  /// What the inputs of the plan of hires were measured from.
  static let hires = NumberList(
    path: "/plan/hires/records",
    field: "input",
    title: "Records of an input",
    home: ("/plan/hires", "Reps and cash", .plan)
  ) { _, _, folder in
    try QuestionCall.question(Simulate.self, [], of: folder)
  }

  /// What a divided budget rests on.
  static let budget = NumberList(
    path: "/plan/budget/records",
    field: "number",
    title: "Records of the budget",
    home: ("/plan/budget", "Budget", .plan)
  ) { query, _, folder in
    try QuestionCall.question(PlanBudget.self, BudgetPage.parameters(query), of: folder)
  }

  /// Who is behind a number of second chances.
  static let rebound = NumberList(
    path: "/rebound/records",
    field: "number",
    title: "Records of second chances",
    home: ("/rebound", "Second chances", .rebound)
  ) { _, reader, folder in
    try QuestionCall.question(ReboundCommand.self, [("as", reader.rawValue)], of: folder)
  }

  /// Where the records behind a number are listed.
  ///
  /// - Parameters:
  ///   - number: The number.
  ///   - fields: What the question is asked by.
  /// - Returns: The address.
  func address(of number: String, _ fields: [FormFields.Field] = []) -> String {
    Address.of(path, fields + [FormFields.Field(name: field, value: number)])
  }

  /// The records that an address asks for.
  private func records(
    _ query: FormFields,
    _ reader: Reader,
    _ folder: String
  ) throws -> NumberSections {
    try question(query, reader, folder).records(behind: query.said(field))
  }

  /// A page of the list.
  @Sendable func answer(_ visit: Visit) async throws -> Response {
    let (query, reader, folder) = (visit.query, visit.reader, visit.office.desk.workspace.name)
    let place = RecordList.Place(page: path, file: file, query)
    return try await visit.page(title, home.place) {
      let fields = query.fields.filter { ![field, "page"].contains($0.name) }
      let back = Markup.element(
        "p",
        [:],
        [.element("a", ["href": Address.of(home.path, fields)], home.title)]
      )
      return RecordList.markup(
        "The records behind a number",
        try records(query, reader, folder),
        place,
        back: back
      )
    }
  }

  /// The list as comma-separated values.
  @Sendable func download(_ visit: Visit) async throws -> Response {
    let (query, reader, folder) = (visit.query, visit.reader, visit.office.desk.workspace.name)
    return try await visit.file {
      ListFile(query.said(field), try records(query, reader, folder))
    }
  }

  /// The list for programs, with what the address takes besides.
  func call(
    _ name: String,
    _ summary: String,
    _ number: CallParameter,
    otherKinds: [String] = ["spend"],
    others: @escaping @Sendable () throws -> [CallParameter]
  ) -> Call {
    Call(
      name: name,
      method: .get,
      path: "/api\(path)",
      access: .everyone(.export),
      summary: summary,
      details: RecordCalls.promise,
      parameters: { try [number] + others() + CallParameter.paging },
      kind: "records",
      otherKinds: otherKinds
    ) { visit in
      let (query, reader, window) = (visit.query, visit.reader, visit.window)
      let folder = visit.office.desk.workspace.name
      return try await visit.export { try records(query, reader, folder).json(window) }
    }
  }
}
