public import PlumblineCore
import PlumblineStatistics

/// A plan as text for people: the sentence, the leads a week, the pipeline, what would have to be
/// true, what is assumed.
public struct QuotaPlanText: Sendable {
  private let plan: QuotaPlan
  private let target: QuotaTarget
  private let rule: JourneyRule
  private let agreement: Agreement
  private let layout: TextLayout

  /// A plan to be shown.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - target: Which quota it is for.
  ///   - rule: How events were read.
  ///   - agreement: The agreement under which it was made.
  ///   - layout: How wide, and whether for a terminal.
  public init(
    _ plan: QuotaPlan,
    for target: QuotaTarget,
    rule: JourneyRule,
    under agreement: Agreement,
    layout: TextLayout = TextLayout()
  ) {
    self.plan = plan
    self.target = target
    self.rule = rule
    self.agreement = agreement
    self.layout = layout
  }

  /// So many weeks are listed; JSON has them all.
  static let mostWeeks = 13

  private var words: QuotaPlanWords { QuotaPlanWords(plan, target, rule, agreement) }

  /// The plan as one sentence that can be read aloud.
  public var headline: String { words.headline }

  /// The text, each line ending in a line break.
  public var text: String {
    var page = TextPage(layout)
    let words = words
    page.paragraph(words.headline, ink: .strong)
    page.blank()
    page.fact("Quota", words.periodText)
    page.fact("Booked", words.bookedText)
    page.fact("Pipeline", words.pipelineText)
    if plan.outlook != nil, !plan.isMet, let chance = words.chance(leadsPerWeek: 0) {
      page.fact("Without new", "a chance of \(words.chance(chance)) without any new lead")
    }
    page.fact("Today", words.todayText)
    if plan.outlook != nil {
      if !plan.isMet {
        needs(words, &page)
        channels(words, &page)
        weeks(words, &page)
      }
      pipeline(words, &page)
      conditions(words, &page)
      page.heading("What is assumed")
      page.bullets(words.assumptions)
    }
    page.blank()
    for line in words.provenance.footer { page.paragraph(line, ink: .faint) }
    return page.text
  }

  // MARK: Leads a week

  private func needs(_ words: QuotaPlanWords, _ page: inout TextPage) {
    let chances = plan.question.probabilities
    let needed = chances.map { plan.leadsPerWeek(probability: $0) }
    page.heading("A week, from now until \(plan.question.deadline)")
    var table = TextTable(
      [.text("stage"), .number("of leads")] + chances.map { .number(words.name(ofChance: $0)) }
        + [.number("last useful week")]
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
    let weeks = plan.weekCount
    table.add(
      ["leads in all", ""] + needed.map { $0.map { words.leads($0 * weeks) } ?? Format.absent }
        + [""]
    )
    page.table(table)
    page.paragraph(
      "\(words.meaningOfChance)Of leads: the share that gets there within its days. Last "
        + "useful week: the last that begins early enough for half of the usual wins.",
      indent: 2
    )
    for (chance, number) in zip(chances, needed) where number == nil {
      page.paragraph(
        "\(words.name(ofChance: chance)): no number of leads is enough; \(impossible(words)).",
        indent: 2
      )
    }
    for (chance, number) in zip(chances, needed) {
      guard let number, number > 0, plan.needsSimulation(leadsPerWeek: number),
        let drawn = plan.simulatedChance(leadsPerWeek: number)
      else { continue }
      page.paragraph(
        "\(words.name(ofChance: chance)) by draws: \(words.chance(drawn)) "
          + "with \(words.leads(number)) a week.",
        indent: 2
      )
    }
  }

  private func impossible(_ words: QuotaPlanWords) -> String {
    plan.winsPerWeeklyLead > 1e-9
      ? "what is not known of the rates grows with them as fast as the sum"
      : "none that comes now can be won in time"
  }

  private func channels(_ words: QuotaPlanWords, _ page: inout TextPage) {
    guard !plan.channels.isEmpty else { return }
    let chances = plan.question.probabilities
    page.heading("Leads a week by channel")
    var table = TextTable(
      [.text("channel"), .number("share"), .number("wins of 100")]
        + chances.map { .number(words.name(ofChance: $0)) }
        + [.wrapped("rate from", least: 10), .number("a win brings")]
    )
    for channel in plan.channels {
      let basis: String =
        switch channel.basis {
        case .own: "its \(Format.count(channel.wins)) wins"
        case .shrunk: "all, towards its \(Format.count(channel.wins)) wins"
        }
      table.add(
        [
          channel.name, Format.percent(channel.share),
          Format.fixed(channel.winsPerHundred, decimals: 1),
        ]
          + chances.map {
            plan.leadsPerWeek(probability: $0).map { words.leads($0 * channel.share) }
              ?? Format.absent
          } + [
            basis,
            Format.amount(channel.meanWin, agreement.currency)
              + (channel.hasOwnWinSize ? "" : " (all)"),
          ]
      )
    }
    page.table(table)
    page.paragraph(
      "Wins of 100: of 100 leads spread evenly over the weeks, so many are won in time.",
      indent: 2
    )
  }

  private func weeks(_ words: QuotaPlanWords, _ page: inout TextPage) {
    guard !plan.weeks.isEmpty else { return }
    page.heading("What a week's leads are worth")
    let step = (plan.weeks.count + Self.mostWeeks - 1) / Self.mostWeeks
    var table = TextTable([
      .whole("week from"), .number("won in time"), .whole("against a usual lead"),
    ])
    let final = plan.curve.incidence.estimate(withinDays: plan.curve.horizon.days).rate ?? 0
    for (place, week) in plan.weeks.enumerated() where place % step == 0 {
      let share = final > 0 ? min(week.yield / final, 1) : 0
      let bar = String(repeating: "█", count: Int((share * 20).rounded()))
      table.add([
        week.begins.description, Format.percent(week.yield), "\(Format.percent(share)) \(bar)",
      ])
    }
    page.table(table)
    if step > 1 {
      let which = step == 2 ? "second" : step == 3 ? "third" : "\(step)th"
      page.paragraph("Every \(which) week; JSON lists them all.", indent: 2)
    }
  }

  // MARK: Pipeline

  private func pipeline(_ words: QuotaPlanWords, _ page: inout TextPage) {
    let parts = plan.pipeline.parts.filter { $0.leads > 0 }
    guard !parts.isEmpty, let mean = plan.wins.amounts.mean else { return }
    page.heading("What the open pipeline is worth by \(plan.question.deadline)")
    var table = TextTable([
      .text("furthest stage"), .number("open"), .number("wins"), .number("of 100"),
      .number(agreement.currency),
    ])
    for part in parts {
      table.add([
        words.stages.label(part.stage), Format.count(part.leads),
        Format.fixed(part.wins, decimals: 1),
        Format.fixed(100 * part.wins / Double(part.leads), decimals: 1),
        Format.estimatedAmount(part.wins * mean, agreement.currency),
      ])
    }
    table.add([
      "All", Format.count(plan.pipeline.leads), Format.fixed(plan.pipeline.wins, decimals: 1),
      Format.fixed(
        100 * plan.pipeline.wins / Double(max(1, plan.pipeline.leads)),
        decimals: 1
      ),
      Format.estimatedAmount(plan.pipeline.revenue, agreement.currency),
    ])
    page.table(table)
  }

  // MARK: Conditions

  private func conditions(_ words: QuotaPlanWords, _ page: inout TextPage) {
    guard let conditions = plan.conditions, let today = plan.today else { return }
    page.heading("What would have to be true, with \(words.measured(today.perWeek)) leads a week")
    let shown = words.shownConditions
    var table = TextTable(
      [.wrapped("one thing alone", least: 18), .wrapped("now", least: 10)]
        + shown.map { .wrapped(words.name(ofChance: conditions.probabilities[$0]), least: 9) }
    )
    for row in words.conditionRows(conditions, shown) {
      table.add([row.name, row.present] + row.needed)
    }
    page.table(table)
    page.paragraph(QuotaPlanWords.conditionNote, indent: 2)
  }
}
