import Foundation
import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// The way to the quota: leads a week with their odds, and what would have to be true.
enum PlanPage {
  /// What of the address the question is asked by.
  static let names = ["quota", "by", "since", "rates-since", "mix", "pipeline-by"]

  static func answer(_ visit: Visit) async throws -> Response {
    let (query, reader) = (visit.query, visit.reader)
    let folder = visit.office.desk.workspace.name
    return try await visit.livePage("Plan", .plan) { isFragment in
      do {
        let asked = try ask(query, of: folder, as: reader)
        let form = isFragment ? .none : form(query, asked, in: folder).markup
        let page = asked.page
        return LiveParts(
          above: PlanParts.quota.tabs,
          // Leadership asks first whether it will be made; marketing and sales, what to do for it.
          head: reader == .leadership ? page.verdictHeader : page.header,
          form: form,
          body: page.sections + [records(query), page.footer]
        )
      } catch let error as InputError where !error.isServerFault {
        return LiveParts(
          above: PlanParts.quota.tabs,
          head: LiveParts.fault("Plan", error, in: folder),
          form: isFragment ? .none : form(query, nil, in: folder).markup,
          body: []
        )
      }
    }
  }

  /// A plan that was asked for.
  struct Asked {
    let plan: QuotaPlan
    let target: QuotaTarget
    let agreement: Agreement
    let page: QuotaPlanPage
  }

  /// Asks for the plan of an address.
  ///
  /// - Parameters:
  ///   - query: The address's fields.
  ///   - folder: The workspace.
  ///   - reader: Whose words it speaks.
  ///   - leads: Which of the leads behind it are named.
  /// - Returns: The plan.
  /// - Throws: `InputError` for what a person must mend, or what the store throws.
  static func ask(
    _ query: FormFields,
    of folder: String,
    as reader: Reader,
    naming leads: NamedLeads = .none
  ) throws -> Asked {
    let answer = try question(query, of: folder, as: reader).answer(namesLeads: leads != .none)
    guard let (plan, target, rule) = answer.plan else {
      preconditionFailure("plans of the past are not asked for here")
    }
    let agreement = answer.history.agreement
    return Asked(
      plan: plan,
      target: target,
      agreement: agreement,
      page: QuotaPlanPage(
        plan,
        for: target,
        rule: rule,
        under: agreement,
        generatedBy: "Plumbline \(Release.number)",
        openAt: try leads.stage(in: agreement),
        links: links(query, of: agreement)
      )
    )
  }

  /// The question of an address.
  static func question(
    _ query: FormFields,
    of folder: String,
    as reader: Reader
  ) throws -> PlanQuota {
    let parameters = PlanParts.parameters(names, in: query) + [("as", reader.rawValue)]
    return try QuestionCall.question(PlanQuota.self, parameters, of: folder)
  }

  /// Which of the leads behind a plan are named.
  enum NamedLeads: Hashable {
    case none
    /// The open ones, of one furthest stage where it is given by its id.
    case open(stage: String?)

    /// The position of the one furthest stage; nil for all.
    fileprivate func stage(in agreement: Agreement) throws -> Int? {
      guard case .open(let stage?) = self else { return nil }
      if let place = agreement.path.firstIndex(where: { $0.id == stage }) { return place }
      throw InputError(
        code: "option.unknown-number",
        "there is no stage \(stage) in the agreement.",
        remedy: "The stages are \(agreement.path.map(\.id).joined(separator: ", "))."
      )
    }
  }

  /// Where the numbers of a plan open: to the leads that rates were measured on, and to the open ones.
  private static func links(_ query: FormFields, of agreement: Agreement? = nil) -> RecordLinks {
    let measured = FormFields.Field(name: "from", value: query.said("rates-since"))
    let asked = PlanParts.parameters(names, in: query).map {
      FormFields.Field(name: $0.0, value: $0.1)
    }
    return RecordLinks { number in
      switch number {
      case .funnel(let number, _):
        Address.of("/records", [measured, FormFields.Field(name: "number", value: number)])
      case .pipeline(let stage):
        Address.of(
          "/plan/leads",
          asked + [FormFields.Field(name: "stage", value: stage ?? "")]
        )
      case .plan(let number): NumberList.plan.address(of: number.rawValue, asked)
      case .arrived(let days):
        agreement.map { agreement in
          Address.of(
            "/records",
            [
              ("from", "\(days.lowerBound)"), ("to", "\(days.upperBound)"),
              ("number", "reached:\(agreement.path[0].id)"),
            ].map { FormFields.Field(name: $0.0, value: $0.1) }
          )
        }
      case .cells, .skipped, .entered, .unit, .gap, .rebound, .attainment, .input, .budget: nil
      }
    }
  }

  // MARK: The form

  private static func form(_ query: FormFields, _ asked: Asked?, in folder: String) -> LiveForm {
    // What holds where nobody asks for anything else.
    let usual = try? ask(FormFields(encoded: ""), of: folder, as: .leadership)
    let agreed = usual?.target ?? asked?.target
    let unit = Double(Currency.minorUnits(of: asked?.agreement.currency ?? "EUR"))
    let quota = agreed.map { Double($0.quota) / unit }
    return LiveForm(
      action: PlanParts.quota.rawValue,
      title: "What is planned for",
      fields: [
        LiveForm.Field(
          name: "quota",
          label: "Quota\(asked.map { ", \($0.agreement.currency)" } ?? "")",
          kind: .number(LiveForm.Slider.around(quota)),
          value: query.said("quota").isEmpty
            ? ""
            : asked.map { LiveForm.plain(Double($0.target.quota) / unit) } ?? query.said("quota"),
          usual: usual?.page.periodText ?? ""
        ),
        LiveForm.Field(
          name: "by",
          label: "Won by",
          kind: .day,
          value: query.said("by"),
          usual: agreed.map { "\($0.deadline)" } ?? ""
        ),
        LiveForm.Field(
          name: "mix",
          label: "New leads come",
          kind: .choice([("", "as all on record"), ("current", "by channel, as of late")]),
          value: query.said("mix"),
          note: "of late: the last 13 weeks"
        ),
        LiveForm.Field(
          name: "rates-since",
          label: "Rates of leads since",
          kind: .day,
          value: query.said("rates-since"),
          usual: usual.map { "all \(Format.count($0.plan.curve.leads, "dated lead")) on record" }
            ?? ""
        ),
      ],
      presets: presets(quota),
      more: [
        LiveForm.Field(
          name: "since",
          label: "Wins count from",
          kind: .day,
          value: query.said("since"),
          usual: agreed.map { "\($0.since)" } ?? ""
        ),
        LiveForm.Field(
          name: "pipeline-by",
          label: "Open leads are judged",
          kind: .choice([("", "by stage, and since when"), ("age", "by age alone")]),
          value: query.said("pipeline-by")
        ),
      ]
    )
  }

  private static func presets(_ quota: Double?) -> [LiveForm.Preset] {
    guard let quota, quota > 0 else { return [] }
    return [0.8, 0.9, 1.1].map { factor in
      let percent = Int((abs(factor - 1) * 100).rounded())
      return LiveForm.Preset(
        title: factor < 1 ? "\(percent) % less" : "\(percent) % more",
        address: "/plan?quota=\(LiveForm.plain((quota * factor).rounded()))"
      )
    }
  }

  /// The way to the leads behind the plan.
  private static func records(_ query: FormFields) -> Markup {
    let text = "The open leads behind it, each with its chance"
    return .element("p", [:], [links(query).markup(text, .pipeline(stage: nil))])
  }
}
