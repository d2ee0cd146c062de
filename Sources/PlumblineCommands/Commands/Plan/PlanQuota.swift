public import ArgumentParser
import Foundation
public import PlumblineCore
public import PlumblineReporting

/// `plumbline plan quota`, also `plumbline plan`: how many leads a quota takes.
public struct PlanQuota: OpeningQuestion {
  /// How the command line names and explains it.
  public static let configuration = CommandConfiguration(
    commandName: "quota",
    abstract: "Say how many leads a week a quota takes, with the odds, and what is still in time."
  )

  /// The ids that `--ids` may print.
  enum Records: String, ExpressibleByArgument, CaseIterable {
    case booked, pipeline, wins
  }

  /// The workspace that it is asked of.
  @OptionGroup public var workspace: WorkspaceOption
  @OptionGroup var question: QuestionOptions

  @Option(
    // So that "--quota -5" is told what is wrong with it.
    parsing: .unconditional,
    help: "The money to be won, as 2.4M, 2400k or 2,400,000. (default: the goal's)"
  )
  var quota: String?

  @Option(help: "The last day on which wins count. (default: the end of the present goal)")
  var by: String?

  @Option(
    help: """
      The first day on which wins count; it may lie ahead. (default: the goal's, else the quarter's)
      """
  )
  var since: String?

  @Option(
    parsing: .upToNextOption,
    help: "The channels that new leads come from, with shares adding up to 1: Google=0.5 Meta=0.5."
  )
  var channel: [String] = []

  @Option(help: "Take the channels of new leads as they were in the last 13 weeks: current.")
  var mix: CurrentMix?

  /// What `--mix` may say.
  enum CurrentMix: String, ExpressibleByArgument, CaseIterable {
    case current
  }

  @Option(parsing: .upToNextOption, help: "The chances to plan for, such as 0.5 0.8 0.95.")
  var chances: [String] = ["0.5", "0.8", "0.95"]

  @Option(
    name: .customLong("pipeline-by"),
    help: "Judge open leads by stage (and the time since they reached it) or by age alone."
  )
  var pipelineBy = QuotaQuestion.PipelineRule.stage

  @Option(
    name: .customLong("rates-since"),
    help: "Measure rates on leads that came in on this day or later. (default: on all)"
  )
  var ratesSince: String?

  @Flag(
    help: """
      Show instead how plans made at past dates compare with what came, and whether the odds held.
      """
  )
  var backtest = false

  @Option(
    name: .customLong("backtest-dates"),
    parsing: .unconditional,
    help: "How many past dates are replayed, the newest ones."
  )
  var backtestDates = PlanReplayBuilder.mostReplays

  @Option(help: "The seed of what is drawn where few wins are expected.")
  var seed: UInt64 = 1

  @Option(
    help: """
      Print ids instead: pipeline (open leads with their chance), booked, or wins (with the amounts \
      of the mean win).
      """
  )
  var ids: Records?

  @Option(help: "How the answer is written: table or json.")
  var format = ReportFormat.table

  @Option(name: [.short, .long], help: "Write a page with the fan chart to this file.")
  var output: String?

  /// The command without its options.
  public init() {}

  /// A plan, or how plans of the past held where `--backtest` asks for that.
  public struct Answer {
    /// What the plan is for and what it says; nil for plans of the past.
    public let plan: (plan: QuotaPlan, target: QuotaTarget, rule: JourneyRule)?
    /// Plans of past dates against what came; nil for a plan.
    public let replay: PlanReplay?
    /// The facts, read under the agreement.
    public let history: CompanyHistory
  }

  /// The plan as asked.
  public func answer() throws -> Answer { try answer(namesLeads: true) }

  /// The plan as JSON.
  public func json(_ answer: Answer) throws -> String {
    let agreement = answer.history.agreement
    if let (plan, target, rule) = answer.plan {
      return try QuotaPlanJSON(plan, for: target, rule: rule, under: agreement).text()
    }
    guard let replay = answer.replay else { return "" }
    return try PlanReplayJSON(replay, under: agreement).text()
  }

  /// The plan; text and pages have no place for the names of leads, and go without.
  ///
  /// - Parameter namesLeads: Whether the leads behind the numbers are named.
  /// - Returns: The plan.
  /// - Throws: As `answer()` does.
  public func answer(namesLeads: Bool) throws -> Answer {
    var asked = try asked()
    let history = asked.source.history
    if backtest {
      let replay = try workspace.value.replay(
        of: asked.question,
        history,
        asked.source.journeys(under: asked.rule),
        knownBy: question.knownBy,
        most: backtestDates
      )
      return Answer(plan: nil, replay: replay, history: history)
    }
    asked.question.namesLeads = namesLeads
    var plan = try QuotaPlanBuilder(asked.source, under: asked.rule).plan(asked.question)
    plan.leaveOut(asked.deals, history.agreement.calendar)
    return Answer(plan: (plan, asked.target, asked.rule), replay: nil, history: history)
  }

  /// The won deals behind a number of the plan.
  public func records(behind number: String) throws -> NumberSections {
    guard let number = PlanNumber(rawValue: number) else {
      throw NumberSections.unknown(
        number,
        known: "Known are \(PlanNumber.allCases.map(\.rawValue).joined(separator: " and "))."
      )
    }
    let asked = try asked()
    let history = asked.source.history
    return NumberSections(
      QuotaPlanBuilder(asked.source, under: asked.rule).records(behind: number, asked.question),
      behind: number,
      of: asked.question,
      rule: asked.rule,
      history,
      LeadSummaries(history, asked.source.journeys(under: asked.rule))
    )
  }

  /// What is asked, of which facts.
  private struct Asked {
    var question: QuotaQuestion
    let target: QuotaTarget
    let rule: JourneyRule
    let deals: DealRecords
    let source: EmbeddedCells
  }

  private func asked() throws -> Asked {
    guard question.from == nil, question.to == nil else {
      throw InputError(
        code: "plan.no-days",
        "--from and --to do not say which leads a plan is about: it looks ahead.",
        remedy: "Use --since and --by for the quota's days, --rates-since for the rates."
      )
    }
    guard backtestDates >= 1 else {
      throw InputError(
        code: "plan.backtest-dates",
        "\(backtestDates) past dates cannot be replayed.",
        remedy: "Name 1 or more with --backtest-dates, \(PlanReplayBuilder.mostReplays) at most."
      )
    }
    let wanted = try probabilities()
    let (history, source) = try workspace.value.cells(for: question)
    try question.warnOfUnknownValues(source)
    let rule = history.agreement.journeyRule.with(question.skips)
    let records = try workspace.value.deals(of: source, knownBy: question.knownBy)
    let target = try target(history, records)
    let asked = QuotaQuestion(
      quota: target.quota,
      deadline: target.deadline,
      since: target.since,
      filters: try question.filters(),
      ratesSince: try question.day(ratesSince, "--rates-since"),
      mix: try wantedMix(),
      probabilities: wanted,
      pipelineBy: pipelineBy,
      seed: seed
    )
    return Asked(question: asked, target: target, rule: rule, deals: records, source: source)
  }

  /// Writes the answer as the command line asks for it.
  public func run() throws {
    if ids == .wins {
      return print(try records(behind: PlanNumber.wins.rawValue).lines, terminator: "")
    }
    let answer = try answer(namesLeads: ids != nil || format == .json)
    let agreement = answer.history.agreement
    if let replay = answer.replay { return try show(answer, replay) }
    guard let (plan, target, rule) = answer.plan else { return }
    if let ids { return printIDs(ids, plan, agreement) }
    if let output {
      let page = QuotaPlanPage(
        plan,
        for: target,
        rule: rule,
        under: agreement,
        generatedBy: "plumbline \(Release.number)"
      )
      return try HTMLFile.write(page.text, to: output)
    }
    switch format {
    case .json: print(try json(answer), terminator: "")
    case .table:
      print(
        QuotaPlanText(
          plan,
          for: target,
          rule: rule,
          under: agreement,
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text,
        terminator: ""
      )
    }
  }

  /// The chances to plan for.
  private func probabilities() throws -> [Double] {
    try chances.map { text in
      guard let chance = Double(text), chance.isFinite else {
        throw InputError(
          code: "plan.unreadable-chance",
          "--chances \(text) is not a chance.",
          remedy: "Write a number between 0 and 1, such as 0.8 for 80 %."
        )
      }
      return chance
    }
  }

  /// Which quota, over which days; goals and imported quotas say what the options do not.
  private func target(
    _ history: CompanyHistory,
    _ records: DealRecords
  ) throws -> QuotaTarget {
    let agreement = history.agreement
    // A person's quota is for those who may see the person's numbers.
    let owners = try question.filters().filter { filter in
      filter.dimension == .owner
        && (ReadingShelf.shownOwners.map { $0.isSuperset(of: filter.values) } ?? true)
    }
    return try QuotaTarget(
      quota: try quota.map { try QuotaAmount.minorUnits($0, currency: agreement.currency) },
      by: try question.day(by, "--by"),
      since: try question.day(since, "--since"),
      owner: owners.count == 1 && owners[0].values.count == 1 ? owners[0].values[0] : nil,
      agreement: history.agreementInForce,
      quotas: records.quotas,
      today: agreement.calendar.day(of: history.asOf)
    )
  }

  /// Writes plans of past dates against what came.
  private func show(_ answer: Answer, _ replay: PlanReplay) throws {
    let agreement = answer.history.agreement
    if let output {
      let page = PlanReplayPage(
        replay,
        under: agreement,
        generatedBy: "plumbline \(Release.number)"
      )
      return try HTMLFile.write(page.text, to: output)
    }
    switch format {
    case .json: print(try json(answer), terminator: "")
    case .table:
      print(
        PlanReplayText(
          replay,
          under: agreement,
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text,
        terminator: ""
      )
    }
  }

  /// The channels of new leads.
  private func wantedMix() throws -> QuotaQuestion.Mix {
    guard !channel.isEmpty else { return mix == nil ? .pooled : .current }
    guard mix == nil else {
      throw InputError(
        code: "plan.two-mixes",
        "--channel and --mix current are two mixes.",
        remedy: "Leave one of them out."
      )
    }
    return .shares(
      try channel.map { text in
        guard let equals = text.lastIndex(of: "="),
          let share = Double(text[text.index(after: equals)...]), !text[..<equals].isEmpty
        else {
          throw InputError(
            code: "plan.malformed-share",
            "--channel \(text) is not a channel with its share.",
            remedy: "Write it as Google=0.5; quote it where the name has blanks."
          )
        }
        return QuotaQuestion.ChannelShare(channel: String(text[..<equals]), share: share)
      }
    )
  }

  private func printIDs(_ records: Records, _ plan: QuotaPlan, _ agreement: Agreement) {
    switch records {
    case .wins: break
    case .booked: for id in plan.booked.leadIDs { print(id) }
    case .pipeline:
      for lead in plan.pipeline.openLeads {
        let chance = String(format: "%.4f", lead.chance)
        print("\(lead.id)\t\(agreement.path[lead.stage].id)\t\(chance)")
      }
    }
  }
}

extension QuotaQuestion.PipelineRule: ExpressibleByArgument {}
