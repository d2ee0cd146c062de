import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// What more reps, more spend or a better close rate would do to wins and cash.
enum HiresPage {
  static func answer(_ visit: Visit) async throws -> Response {
    let (query, reader) = (visit.query, visit.reader)
    let folder = visit.office.desk.workspace.name
    return try await visit.livePage("Reps and cash", .plan) { isFragment in
      do {
        let answer = try ask(parameters(query), of: folder)
        let page = Self.page(answer, reader)
        return LiveParts(
          above: PlanParts.hires.tabs,
          head: page.header,
          form: isFragment ? .none : form(query, in: folder, reader).markup,
          body: page.sections + [page.footer]
        )
      } catch let error as InputError where !error.isServerFault {
        return LiveParts(
          above: PlanParts.hires.tabs,
          head: LiveParts.fault("Reps and cash", error, in: folder),
          form: isFragment ? .none : form(query, in: folder, reader).markup
        )
      }
    }
  }

  private static func ask(
    _ parameters: [QuestionCall.Parameter],
    of folder: String
  ) throws -> Simulate.Answer {
    try QuestionCall.question(Simulate.self, parameters, of: folder).answer()
  }

  private static func page(_ answer: Simulate.Answer, _ reader: Reader) -> HeadcountPage {
    var agreement = answer.history?.agreement
    agreement?.reader = reader
    return HeadcountPage(
      answer.headcount,
      under: agreement,
      provenance: answer.provenance,
      generatedBy: "Plumbline \(Release.number)",
      links: RecordLinks { number in
        guard case .input(let input) = number else { return nil }
        return NumberList.hires.address(of: input.rawValue)
      }
    )
  }

  /// What the command is asked, in its own words.
  ///
  /// - Parameter query: The fields of the address.
  /// - Returns: The parameters.
  static func parameters(_ query: FormFields) -> [QuestionCall.Parameter] {
    var changes: [String] = []
    func add(_ verb: String, _ value: String) {
      // A value is one word of the command, whatever is written in it.
      if !value.isEmpty { changes.append("\(verb)=\(value.filter { !$0.isWhitespace })") }
    }
    let hires = query.number("hire")
    switch hires {
    case .some(let reps) where reps < 0: add("fire", LiveForm.plain(-reps))
    case .some(let reps) where reps > 0: add("hire", LiveForm.plain(reps))
    case .some: break
    case nil: add("hire", query.said("hire"))
    }
    if let percent = query.number("spend") {
      if percent != 0 { add("spend", "\(percent < 0 ? "" : "+")\(LiveForm.plain(percent))%") }
    } else {
      add("spend", query.said("spend"))
    }
    if let percent = query.number("close_rate") {
      add("close_rate", "\(LiveForm.plain(percent))%")
    } else {
      add("close_rate", query.said("close_rate"))
    }
    for name in ["deal", "leads_per_rep"] { add(name, query.said(name)) }
    let others = PlanParts.parameters(["from", "ramp", "cash", "months", "on"], in: query)
    return others + (changes.isEmpty ? [] : [("changes", changes.joined(separator: " "))])
  }

  // MARK: The form

  private static func form(
    _ query: FormFields,
    in folder: String,
    _ reader: Reader
  ) -> LiveForm {
    // Today's course over no months: only what it counts on is wanted.
    let usual = try? ask([("months", "0"), ("certain", "true")], of: folder)
    let page = usual.map { Self.page($0, reader) }
    let inputs = usual?.headcount.inputs
    let unit = Double(Currency.minorUnits(of: usual?.headcount.currency ?? "EUR"))
    let currency = usual?.headcount.currency ?? ""
    func number(_ input: HeadcountInput, per unit: Double = 1) -> Double? {
      inputs?[input]?.value.number.map { $0 / unit }
    }
    func field(
      _ input: HeadcountInput,
      _ name: String,
      _ label: String,
      _ slider: LiveForm.Slider?
    ) -> LiveForm.Field {
      let today = page?.today(input)
      return LiveForm.Field(
        name: name,
        label: label,
        kind: .number(slider),
        value: query.said(name),
        usual: today?.value ?? "not known",
        note: today?.source ?? ""
      )
    }
    let ramp = Double(inputs?[.ramp]?.value.shares?.count ?? 0)
    let (reps, spend) = (page?.today(.reps), page?.today(.spend))
    return LiveForm(
      action: PlanParts.hires.rawValue,
      title: "What changes",
      fields: [
        LiveForm.Field(
          name: "hire",
          label: "Reps hired (below 0: let go)",
          kind: .number(LiveForm.Slider(lowest: -5, highest: 10, step: 1, usual: 0)),
          value: query.said("hire"),
          usual: reps.map { "today \($0.value)" } ?? "",
          note: reps?.source ?? ""
        ),
        LiveForm.Field(
          name: "spend",
          label: "Spend, % more or less",
          kind: .number(LiveForm.Slider(lowest: -100, highest: 100, step: 5, usual: 0)),
          value: query.said("spend"),
          usual: spend.map { "today \(currency) \($0.value) a month" } ?? "",
          note: spend?.source ?? ""
        ),
        field(
          .closeRate,
          "close_rate",
          "Close rate, % of worked leads",
          .around(number(.closeRate, per: 0.01))
        ),
        field(
          .ramp,
          "ramp",
          "Ramp, months to full strength",
          LiveForm.Slider(lowest: 0, highest: 12, step: 1, usual: ramp)
        ),
      ],
      presets: [
        LiveForm.Preset(title: "Hire 1", address: "/plan/hires?hire=1"),
        LiveForm.Preset(title: "Hire 2", address: "/plan/hires?hire=2"),
        LiveForm.Preset(title: "Spend +20 %", address: "/plan/hires?spend=20"),
        LiveForm.Preset(
          title: "Hire 2, spend +20 %",
          address: "/plan/hires?hire=2&spend=20"
        ),
      ],
      more: [
        LiveForm.Field(
          name: "from",
          label: "From month",
          kind: .month,
          value: query.said("from"),
          usual: usual.map { "\($0.headcount.question.start)" } ?? ""
        ),
        field(.deal, "deal", "Mean deal, \(currency)", .around(number(.deal, per: unit))),
        field(
          .leadsPerRep,
          "leads_per_rep",
          "Leads that a rep works a month",
          .around(number(.leadsPerRep))
        ),
        field(.cash, "cash", "Cash at the start, \(currency)", .around(number(.cash, per: unit))),
        LiveForm.Field(
          name: "months",
          label: "Months",
          kind: .number(LiveForm.Slider(lowest: 6, highest: 60, step: 6, usual: 24)),
          value: query.said("months"),
          usual: "24"
        ),
        LiveForm.Field(
          name: "on",
          label: "What it hangs on, told in",
          kind: .choice([("", "end cash"), ("profit", "profit"), ("wins", "wins")]),
          value: query.said("on")
        ),
      ]
    )
  }
}
