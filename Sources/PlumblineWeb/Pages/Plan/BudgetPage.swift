import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// Where the next money goes, and whether moving it is worth it.
enum BudgetPage {
  /// What of the address the question is asked by.
  private static let names = [
    "by", "budget", "least", "most", "hours-per-lead", "hours", "weeks", "move-anyway",
  ]

  static func answer(_ visit: Visit) async throws -> Response {
    let (query, reader) = (visit.query, visit.reader)
    let folder = visit.office.desk.workspace.name
    return try await visit.livePage("Budget", .plan) { isFragment in
      do {
        let answer = try ask(parameters(query), of: folder)
        var agreement = answer.agreement
        agreement.reader = reader
        let page = BudgetHTML(
          answer.budget,
          under: agreement,
          generatedBy: "Plumbline \(Release.number)",
          links: links(query)
        )
        return LiveParts(
          above: PlanParts.budget.tabs,
          head: page.header,
          form: isFragment ? .none : form(query, answer).markup,
          body: page.sections + [page.footer]
        )
      } catch let error as InputError where !error.isServerFault {
        return LiveParts(
          above: PlanParts.budget.tabs,
          head: LiveParts.fault("Budget", error, in: folder),
          form: isFragment ? .none : form(query, try? ask([], of: folder)).markup
        )
      }
    }
  }

  private static func ask(
    _ parameters: [QuestionCall.Parameter],
    of folder: String
  ) throws -> PlanBudget.Answer {
    try QuestionCall.question(PlanBudget.self, parameters, of: folder).answer()
  }

  /// Where the numbers of a budget open; how it is divided changes nothing that was counted.
  private static func links(_ query: FormFields) -> RecordLinks {
    let counted = PlanParts.parameters(["by", "weeks"], in: query).map {
      FormFields.Field(name: $0.0, value: $0.1)
    }
    return RecordLinks { number in
      guard case .budget(let number) = number else { return nil }
      return NumberList.budget.address(of: number.text, counted)
    }
  }

  /// What the command is asked, in its own words.
  ///
  /// - Parameter query: The fields of the address.
  /// - Returns: The parameters.
  static func parameters(_ query: FormFields) -> [QuestionCall.Parameter] {
    var parameters = PlanParts.parameters(names, in: query)
    let move = query.said("move")
    if let percent = query.number("move") {
      parameters.append(("move", "\(percent / 100)"))
    } else if !move.isEmpty {
      parameters.append(("move", move))
    }
    return parameters
  }

  // MARK: The form

  private static func form(_ query: FormFields, _ answer: PlanBudget.Answer?) -> LiveForm {
    let currency = answer?.agreement.currency ?? ""
    let unit = Double(Currency.minorUnits(of: answer?.agreement.currency ?? "EUR"))
    let today = answer.map { $0.budget.todaysSpend * BudgetOptions.weeksPerMonth / unit }
    let least = answer.map { leastBudget($0.budget) / unit }
    let hours = answer?.budget.hours
    return LiveForm(
      action: PlanParts.budget.rawValue,
      title: "What is divided",
      fields: [
        LiveForm.Field(
          name: "budget",
          label: "Budget a month\(currency.isEmpty ? "" : ", \(currency)")",
          kind: .number(.around(today, atLeast: least ?? 0)),
          value: query.said("budget"),
          usual: answer.map {
            Format.estimatedMoney(
              $0.budget.todaysSpend * BudgetOptions.weeksPerMonth,
              currency
            )
          } ?? "",
          note: "as in the last \(BudgetOptions.weeksOfToday) weeks with spend on record"
        ),
        LiveForm.Field(
          name: "move",
          label: "Move each by at most, %",
          kind: .number(LiveForm.Slider(lowest: 0, highest: 100, step: 5, usual: 30)),
          value: query.said("move"),
          usual: "30 %"
        ),
        LiveForm.Field(
          name: "hours",
          label: "Hours of sales a month",
          kind: .number(.around(hours?.limit.map { $0 * BudgetOptions.weeksPerMonth })),
          value: query.said("hours"),
          usual: hours?.limit.map {
            Format.count(Int(($0 * BudgetOptions.weeksPerMonth).rounded()))
          } ?? "do not limit",
          note: hours?.limitBasis == .reps
            ? "agreed hours of \(Format.count(hours?.reps ?? 0, "rep")) with new leads of late" : ""
        ),
        LiveForm.Field(
          name: "by",
          label: "Between",
          kind: .choice([("", "channels"), ("campaign", "campaigns")]),
          value: query.said("by")
        ),
      ],
      presets: presets(today, atLeast: least ?? 0),
      more: [
        LiveForm.Field(
          name: "hours-per-lead",
          label: "Hours of sales that a lead takes",
          kind: .number(nil),
          value: query.said("hours-per-lead"),
          usual: "as activities and agreement say"
        ),
        LiveForm.Field(
          name: "least",
          label: "At least",
          kind: .text,
          value: query.said("least"),
          note: "such as Google Ads=20000"
        ),
        LiveForm.Field(
          name: "most",
          label: "At most",
          kind: .text,
          value: query.said("most"),
          note: "such as Meta=10000"
        ),
        LiveForm.Field(
          name: "weeks",
          label: "Read the newest weeks, at most",
          kind: .number(LiveForm.Slider(lowest: 8, highest: 104, step: 4, usual: 52)),
          value: query.said("weeks"),
          usual: "52"
        ),
        LiveForm.Field(
          name: "move-anyway",
          label: "Move even where the data cannot tell",
          kind: .yes,
          value: query.said("move-anyway")
        ),
      ]
    )
  }

  /// The least budget a month that can be divided, in minor units: what each channel keeps at
  /// least.
  static func leastBudget(_ answer: BudgetAnswer) -> Double {
    answer.rows.reduce(0) { $0 + $1.least } * BudgetOptions.weeksPerMonth
  }

  private static func presets(_ today: Double?, atLeast least: Double) -> [LiveForm.Preset] {
    guard let today, today > 0 else { return [] }
    let factors = [(0.8, "20 % less"), (1.2, "20 % more")].filter { today * $0.0 >= least }
    return factors.map { factor, title in
      LiveForm.Preset(
        title: title,
        address: "/plan/budget?budget=\(LiveForm.plain((today * factor).rounded()))"
      )
    }
  }
}
