public import PlumblineCore
import PlumblineStatistics

/// A plan as a page of its own, or as a section of the report.
public struct QuotaPlanPage: Sendable {
  private let words: QuotaPlanWords
  private let generatedBy: String

  /// A page to be made.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - target: Which quota it is for.
  ///   - rule: How events were read.
  ///   - agreement: The agreement under which it was made.
  ///   - generatedBy: What made the page, such as a program and its version.
  public init(
    _ plan: QuotaPlan,
    for target: QuotaTarget,
    rule: JourneyRule,
    under agreement: Agreement,
    generatedBy: String
  ) {
    words = QuotaPlanWords(plan, target, rule, agreement)
    self.generatedBy = generatedBy
  }

  private var plan: QuotaPlan { words.plan }

  /// The page.
  public var text: String {
    let agreement = words.agreement
    let company = agreement.company.isEmpty ? "" : " for \(agreement.company)"
    return HTMLPage(
      title: "Plan\(company)",
      header: HTMLPage.header(
        eyebrow: "Plan\(company), \(words.provenance.asOfText)",
        headline: words.headline,
        scope: "\(words.periodText). Booked: \(words.bookedText). Today: \(words.todayText)."
      ),
      sections: [forecast, needs, pipeline, assumptions],
      footer: HTMLPage.footer(
        words.provenance.footer,
        under: agreement,
        generatedBy: generatedBy
      )
    ).text
  }

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
      [.text("Stage"), .number("Of leads")]
        + chances.map { .number("\(words.name(ofChance: $0)), a week") }
        + [.number("Last useful week")]
    )
    for stage in plan.stages {
      let share: String =
        stage.stage == 0
        ? "100 %"
        : stage.isSupported
          ? stage.rate?.rate.map(Format.percent) ?? Format.absent : "not old enough"
      table.add(
        [words.stages.label(stage.stage), share]
          + needed.map { $0.flatMap(stage.entries(ofLeads:)).map(words.leads) ?? Format.absent }
          + [stage.lastUsefulWeek?.description ?? Format.absent]
      )
    }
    return HTMLPage.section("What it takes", [table.markup])
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
      table.add([
        words.stages.label(part.stage), Format.count(part.leads),
        Format.fixed(part.wins, decimals: 1),
        Format.estimatedAmount(part.wins * mean, currency),
      ])
    }
    return HTMLPage.section(
      "What the open pipeline is worth",
      [.element("p", [:], words.pipelineText + "."), table.markup]
    )
  }

  private var assumptions: Markup {
    guard plan.outlook != nil else { return .none }
    return HTMLPage.section(
      "What is assumed",
      [.element("ul", [:], [.lines(words.assumptions.map { .element("li", [:], $0) })])]
    )
  }
}
