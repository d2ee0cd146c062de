import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// The funnel by channel, or by anything else: counts, rates, costs, and the same under a what-if.
enum ChannelsPage {
  static func answer(_ visit: Visit) async throws -> Response {
    let asked = Asked(
      choice: FunnelChoice(visit.query),
      desk: visit.office.desk,
      viewer: try visit.person,
      reader: visit.reader
    )
    if visit.fragmentName == "channels" {
      return try await visit.fragment("channels") { try asked.answer(isWhole: false).markup }
    }
    return try await visit.page("Channels", .channels) {
      do {
        let (markup, history) = try asked.answer(isWhole: true)
        return .lines([asked.form(history), markup])
      } catch let error as InputError where asked.choice.isWhatIf && !FirstSteps.areDue(error) {
        // What cannot be asked is said beside the controls that asked it.
        let heading = Markup.element("h1", [:], "This what-if cannot be counted")
        let faults = error.diagnostics.map(FaultNote.markup)
        return .lines([asked.form(try asked.agreedHistory()), heading] + faults)
      }
    }
  }

  /// What the page is asked.
  private struct Asked: Sendable {
    let choice: FunnelChoice
    let desk: Desk
    let viewer: Viewer
    let reader: Reader

    /// Numbers of single people are for leadership; others find themselves among pseudonyms on the
    /// page about reps.
    var dimensions: [FunnelDimension] {
      FunnelDimension.allCases.filter { $0 != .owner || viewer.shownOwners == nil }
    }

    /// The answer below the controls.
    ///
    /// - Parameter isWhole: Whether costs that rest on more than the funnel are shown too; a script
    ///   that asks while a control moves does not wait for them.
    /// - Returns: The answer, and the facts it was counted from.
    /// - Throws: What the questions throw.
    func answer(isWhole: Bool) throws -> (markup: Markup, history: CompanyHistory) {
      if let unknown = choice.unknownSplit { throw Self.isNoSplit(unknown, dimensions) }
      guard dimensions.contains(choice.by) else { throw Self.isOfPeople }
      let what = try ask(whatIf: true)
      let agreed = choice.isWhatIf ? try keptAgreed() : nil
      let agreement = what.history.agreement
      let sections = FunnelSections(
        what.funnel,
        agreed: agreed,
        under: agreement,
        links: links(choice)
      )
      let header = Markup.element(
        "header",
        [:],
        [
          .lines([
            .element("p", ["class": "eyebrow"], eyebrow), .element("h1", [:], sections.headline),
            .element("p", ["class": "scope"], sections.scope),
          ])
        ]
      )
      let parts = [
        sections.comparison, proposal, sections.rates, sections.counts, sections.steps,
        sections.costs, isWhole ? try economics() : whole,
      ]
      let markup = Markup.element(
        "div",
        ["id": "channels-answer", "class": "answer"],
        [
          .lines([
            header, .element("div", [:], [.lines(parts)]),
            sections.footer(generatedBy: "plumbline \(Release.number)"),
          ])
        ]
      )
      return (markup, what.history)
    }

    private func links(_ choice: FunnelChoice) -> RecordLinks {
      RecordLinks { number in
        if case .funnel(let number, let group) = number {
          choice.records(number, group: group)
        } else {
          nil
        }
      }
    }

    private static func isNoSplit(
      _ text: String,
      _ dimensions: [FunnelDimension]
    ) -> InputError {
      InputError(
        code: "option.unknown-dimension",
        "leads cannot be split by \"\(String(text.prefix(60)).printable)\".",
        remedy:
          "Split by one of \(dimensions.map(\.rawValue).joined(separator: ", ")); a second one goes into "
          + "a condition."
      )
    }

    private static let isOfPeople = InputError(
      code: "web.people",
      "numbers of single reps are for leadership.",
      remedy: "The page about reps shows you how reps differ, under pseudonyms."
    )

    private var eyebrow: String {
      let by = choice.by == .channel ? "Channels" : "By \(choice.by.title)"
      return choice.isWhatIf ? "\(by), what if" : by
    }

    private func ask(whatIf: Bool) throws -> Funnel.Answer {
      try QuestionCall.question(
        Funnel.self,
        parameters(whatIf: whatIf),
        of: desk.workspace.name
      ).answer(comparesSkipRules: false)
    }

    /// The facts, whatever is asked of them.
    func agreedHistory() throws -> CompanyHistory { try ask(whatIf: false).history }

    private func parameters(whatIf: Bool) -> [QuestionCall.Parameter] {
      choice.parameters(whatIf: whatIf, as: reader) + [("by", choice.by.rawValue)]
    }

    private func keptAgreed() throws -> FunnelAnswer {
      // Other words are no other numbers.
      try desk.agreedFunnels.answer(
        parameters(whatIf: false).filter { $0.name != "as" },
        showing: viewer.shownOwners,
        at: try desk.shelf.stamp(of: desk.workspace)
      ) { try ask(whatIf: false).funnel }
    }

    /// What else a customer costs, by channel or campaign, as far as spend is known by them.
    private func economics() throws -> Markup {
      guard choice.by == .channel || choice.by == .campaign else { return .none }
      let answer: CustomerEconomics.Answer
      do {
        answer = try QuestionCall.question(
          CustomerEconomics.self,
          parameters(whatIf: true),
          of: desk.workspace.name
        ).answer()
      } catch let error as InputError where !error.isServerFault {
        return VerdictPage.fold(
          "All costs counted: what a customer costs, and whether it pays",
          .lines(error.diagnostics.map { FaultNote.markup($0.shown(in: desk.workspace)) })
        )
      }
      let sections = EconomicsSections(
        answer.economics,
        answer.history.agreement,
        // Costs are of the days with spend where nobody asks for others.
        links: links(choice.during(answer.economics.days))
      )
      return VerdictPage.fold(
        "All costs counted: what a customer costs, and whether it pays",
        .lines([.element("p", ["class": "answer-line"], sections.headline)] + sections.all)
      )
    }

    /// The way to what a moving control leaves out.
    private var whole: Markup {
      let address = Address.of("/channels", fields)
      return .element(
        "p",
        ["class": "next"],
        [.element("a", ["class": "button quiet", "href": address], "All costs for this choice")]
      )
    }

    private var fields: [FormFields.Field] {
      choice.options() + [FormFields.Field(name: "by", value: choice.by.rawValue)]
    }

    /// The way from a what-if to a new version of the agreement.
    private var proposal: Markup {
      guard choice.isWhatIf else { return .none }
      let propose = [FormFields.Field(name: "propose", value: "1")] + choice.rules
      let agreed =
        choice.options(whatIf: false)
        + [FormFields.Field(name: "by", value: choice.by.rawValue)]
      return .element(
        "p",
        ["class": "next"],
        [
          .element(
            "a",
            ["class": "button", "href": Address.of("/agreement", propose)],
            "Propose as a new version"
          ),
          .text(" "),
          .element(
            "a",
            ["class": "button quiet", "href": Address.of("/channels", agreed)],
            "Back to the agreement"
          ),
        ]
      )
    }

    /// The controls: which leads, split by what, and what if.
    func form(_ history: CompanyHistory) -> Markup {
      let controls = ChoiceForm(choice: choice, history: history)
      func group(_ title: String, _ kind: String, _ fields: [Markup]) -> Markup {
        .element(
          "fieldset",
          ["class": kind],
          [.element("legend", [:], title), .element("div", ["class": "row"], [.lines(fields)])]
        )
      }
      return .element(
        "form",
        [
          "class": "controls", "method": "get", "action": "/channels",
          "data-answer": "channels-answer", "data-fragment": "channels",
        ],
        [
          .lines([
            group(
              "Which leads",
              "leads",
              controls.leads(dimensions) + [controls.split(by: dimensions)]
            ),
            group("What if", "what-if", controls.rules),
            .element(
              "p",
              ["class": "next"],
              [
                .element("button", [:], "Show"), .text(" "),
                .element("a", ["class": "button quiet", "href": "/channels"], "Start again"),
                .element("span", ["class": "told", "role": "status", "aria-live": "polite"], ""),
              ]
            ),
          ])
        ]
      )
    }
  }
}
