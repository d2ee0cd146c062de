public import PlumblineCore
import PlumblineStatistics

/// A plan as a page of its own, or as a section of the report.
public struct QuotaPlanPage: Sendable {
  let words: QuotaPlanWords
  private let generatedBy: String
  private let links: RecordLinks
  /// The furthest stage of the open leads that are listed, by its position; of any when nil.
  let openStage: Int?

  /// A page to be made.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - target: Which quota it is for.
  ///   - rule: How events were read.
  ///   - agreement: The agreement under which it was made.
  ///   - generatedBy: What made the page, such as a program and its version.
  ///   - openStage: The furthest stage of the open leads that are listed, by its position; of any when
  ///     nil.
  ///   - links: Where its numbers open.
  public init(
    _ plan: QuotaPlan,
    for target: QuotaTarget,
    rule: JourneyRule,
    under agreement: Agreement,
    generatedBy: String,
    openAt openStage: Int? = nil,
    links: RecordLinks = .none
  ) {
    words = QuotaPlanWords(plan, target, rule, agreement)
    self.generatedBy = generatedBy
    self.openStage = openStage
    self.links = links
  }

  private var plan: QuotaPlan { words.plan }

  private var company: String {
    words.agreement.company.isEmpty ? "" : " for \(words.agreement.company)"
  }

  /// The page.
  public var text: String {
    HTMLPage(
      title: "Plan\(company)",
      header: header,
      sections: [forecast, needs, pipeline, assumptions],
      footer: footer
    ).text
  }

  /// The answer in a sentence, with the quota and what is booked.
  public var header: Markup {
    HTMLPage.header(
      eyebrow: "Plan\(company), \(words.provenance.asOfText)",
      headline: words.headline,
      scope: scope
    )
  }

  /// The same for those who ask first whether it will be made.
  public var verdictHeader: Markup {
    HTMLPage.header(
      eyebrow: "Plan\(company), \(words.provenance.asOfText)",
      headline: words.verdict,
      scope: (plan.isMet || words.reason != nil ? [] : [.text("\(words.headline) ")]) + scope
    )
  }

  private var scope: [Markup] {
    let booked = words.booked
    return [
      .text("\(words.periodText). Booked: "),
      plan.booked.deals > 0 ? links.markup(booked, .plan(.booked)) : .text(booked),
      .text("\(words.bookedRest). Today: "),
    ] + today + [.text(".")]
  }

  private var today: [Markup] {
    guard let volume = words.todayVolume, let today = plan.today else {
      return [.text(words.todayText)]
    }
    return [links.markup(volume, .arrived(today.days)), .text(words.todayRest)]
  }

  /// All there is to show, also what would have to be true.
  public var sections: [Markup] {
    [forecast, needs, conditions, channels, pipeline, assumptions]
  }

  /// From what the plan was made.
  public var footer: Markup {
    HTMLPage.footer(
      words.provenance.footer,
      under: words.agreement,
      generatedBy: generatedBy
    )
  }

  /// Whose word the quota and its days are.
  public var periodText: String { words.periodText }

  /// The fan chart with its table, for a page or the report; nothing where there is no forecast.
  var forecast: Markup {
    guard plan.forecast.contains(where: { $0.reached != nil }) else { return .none }
    return HTMLPage.section(
      "The way to \(plan.question.deadline)",
      [
        FanChartPicture(
          id: "plan-fan",
          title: "Money won since \(plan.question.since), and until \(plan.question.deadline)",
          points: plan.forecast,
          quota: Double(plan.question.quota),
          currency: words.agreement.currency
        ).markup
      ]
    )
  }

  private var needs: Markup {
    guard plan.outlook != nil, !plan.isMet else { return .none }
    let chances = plan.question.probabilities
    let needed = chances.map { plan.leadsPerWeek(probability: $0) }
    var table = MarkupTable(
      "plan-needs",
      caption: "A week, from now until \(plan.question.deadline)",
      [.text("Stage"), .number("Of leads"), .number("Mature")]
        + chances.map { .number("\(words.name(ofChance: $0)), a week") }
        + [.number("Last useful week")]
    )
    for stage in plan.stages {
      let share: String =
        stage.stage == 0
        ? "100 %"
        : stage.isSupported
          ? stage.rate.map(words.rate) ?? Format.absent : "not old enough"
      let told =
        needed.map { $0.flatMap(stage.entries(ofLeads:)).map(words.leads) ?? Format.absent }
        + [stage.lastUsefulWeek?.description ?? Format.absent]
      table.add(
        [
          .text(words.stages.label(stage.stage)), link(share, stage.stage),
          .text(
            (stage.isSupported ? stage.rate?.maturity : nil).map { Format.percent($0) }
              ?? Format.absent
          ),
        ]
          + told.map { .text($0) }
      )
    }
    return HTMLPage.section("What it takes", [table.markup])
  }

  /// What would have to be true to make it with today's leads.
  private var conditions: Markup {
    guard plan.outlook != nil, let conditions = plan.conditions, let today = plan.today else {
      return .none
    }
    let shown = words.shownConditions
    var table = MarkupTable(
      "plan-conditions",
      caption: "With \(words.measured(today.perWeek)) leads a week, one thing alone",
      [.text("What changes"), .number("Now")]
        + shown.map { .number("For \(words.name(ofChance: conditions.probabilities[$0]))") }
    )
    for row in words.conditionRows(conditions, shown) {
      let present: Markup =
        switch row.subject {
        case .step(let stage): link(row.present, stage, "advanced")
        case .meanWin: links.markup(row.present, .plan(.wins))
        }
      table.add([.text(row.name), present] + row.needed.map { .text($0) })
    }
    return HTMLPage.section(
      "What would have to be true?",
      [table.markup, .element("p", ["class": "note"], QuotaPlanWords.conditionNote)]
    )
  }

  /// The channels of new leads, where the plan is for a mix of them.
  private var channels: Markup {
    guard plan.outlook != nil, !plan.isMet, !plan.channels.isEmpty else { return .none }
    let chances = plan.question.probabilities
    var table = MarkupTable(
      "plan-channels",
      caption: "Leads a week by channel",
      [.text("Channel"), .number("Share"), .number("Wins of 100")]
        + chances.map { .number(words.name(ofChance: $0)) }
    )
    for channel in plan.channels {
      table.add(
        [
          channel.name, Format.percent(channel.share),
          Format.fixed(channel.winsPerHundred, decimals: 1),
        ]
          + chances.map {
            plan.leadsPerWeek(probability: $0).map { words.leads($0 * channel.share) }
              ?? Format.absent
          }
      )
    }
    return HTMLPage.section("Where they come from", [table.markup])
  }

  private var pipeline: Markup {
    let parts = plan.pipeline.parts.filter { $0.leads > 0 }
    guard plan.outlook != nil, !parts.isEmpty, let mean = plan.wins.amounts.mean else {
      return .none
    }
    let currency = words.agreement.currency
    var table = MarkupTable(
      "plan-pipeline",
      caption: "Open leads and what they bring by \(plan.question.deadline)",
      [.text("Furthest stage"), .number("Open"), .number("Wins"), .number(currency)]
    )
    for part in parts {
      let stage = words.agreement.path[part.stage].id
      table.add([
        .text(words.stages.label(part.stage)),
        links.markup(Format.count(part.leads), .pipeline(stage: stage)),
        .text(Format.fixed(part.wins, decimals: 1)),
        .text(Format.estimatedAmount(part.wins * mean, currency)),
      ])
    }
    return HTMLPage.section(
      "What the open pipeline is worth",
      [.element("p", [:], words.pipelineText + "."), table.markup]
    )
  }

  /// A number as a link to the leads that reached a stage, or went on from it.
  private func link(_ text: String, _ stage: Int, _ number: String = "reached") -> Markup {
    links.markup(text, .funnel("\(number):\(words.agreement.path[stage].id)", group: nil))
  }

  private var assumptions: Markup {
    guard plan.outlook != nil else { return .none }
    return HTMLPage.section(
      "What is assumed",
      [.element("ul", [:], [.lines(words.assumptions.map { .element("li", [:], $0) })])]
    )
  }
}
