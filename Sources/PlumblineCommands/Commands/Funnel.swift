public import ArgumentParser
import Foundation
public import PlumblineCore
public import PlumblineReporting

/// `plumbline funnel`: counts, rates, costs and times per group.
public struct Funnel: Question {
  /// How the command line names and explains it.
  public static let configuration = CommandConfiguration(
    commandName: "funnel",
    abstract:
      "Show the funnel: counts, honest rates, costs and times, per channel or anything else."
  )

  /// The workspace that it is asked of.
  @OptionGroup public var workspace: WorkspaceOption
  @OptionGroup var question: QuestionOptions

  @Option(help: "Split by channel, segment, campaign, owner, cohort, week or attempt.")
  var by: FunnelDimension?

  @Option(help: "How the answer is written: table, json or csv.")
  var format = OutputFormat.table

  @Option(
    help: """
      Print the ids of the leads behind a number instead: reached:sql, advanced:sql, \
      detoured:sql, open:sql or residual:sql, for those that --where leaves; or deals, spend, \
      meetings (held or missed) or unconfirmed (meetings).
      """
  )
  var ids: String?

  /// The command without its options.
  public init() {}

  /// The funnel and what it was counted from.
  public struct Answer {
    /// The counts, rates, costs and times.
    public let funnel: FunnelAnswer
    /// The facts, read under the agreement.
    public let history: CompanyHistory
  }

  /// The funnel as asked.
  public func answer() throws -> Answer { try answer(comparesSkipRules: true) }

  /// The funnel as asked, where the counts under every skip rule may not be wanted.
  ///
  /// - Parameter comparesSkipRules: Whether they are.
  /// - Returns: The funnel.
  /// - Throws: As `answer` does.
  public func answer(comparesSkipRules: Bool) throws -> Answer {
    let (asked, history, source) = try asked()
    let builder = FunnelBuilder(history.agreement, source: source)
    return Answer(
      funnel: try builder.answer(asked, comparesSkipRules: comparesSkipRules),
      history: history
    )
  }

  /// The funnel as JSON.
  public func json(_ answer: Answer) throws -> String {
    try FunnelJSON(answer.funnel, under: answer.history.agreement, gaps: answer.history.gaps).text()
  }

  /// Writes the answer as the command line asks for it.
  public func run() throws {
    if let ids {
      if let number = CellNumber(rawValue: ids) {
        return print(try records(behind: number).lines, terminator: "")
      }
      for id in try leadIDs(behind: ids) { print(id) }
      return
    }
    let answer = try answer()
    let agreement = answer.history.agreement
    switch format {
    case .table:
      print(
        FunnelText(
          answer.funnel,
          under: agreement,
          gaps: answer.history.gaps,
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text,
        terminator: ""
      )
    case .json: print(try json(answer), terminator: "")
    case .csv: print(FunnelCSV(answer.funnel, under: agreement).text, terminator: "")
    }
  }

  /// The ids of the leads behind a number such as `open:sql`, sorted.
  ///
  /// - Throws: `InputError` when there is no such number.
  public func leadIDs(behind number: String) throws -> [String] {
    try leads(behind: number).ids
  }

  /// The ids of the leads behind a number such as `open:sql`, sorted, with what tells of them.
  ///
  /// - Throws: `InputError` when there is no such number.
  public func leads(behind number: String) throws -> (ids: [String], summaries: LeadSummaries) {
    let (asked, history, source) = try asked()
    let number = try RecordNumber.parse(number, history.agreement)
    return (
      source.leadIDs(for: RecordQuestion(asked, number: number)),
      LeadSummaries(history, source.journeys(under: asked.rule))
    )
  }

  /// The leads that entered a stage in a week, whatever days are asked for.
  ///
  /// - Parameter entries: The stage and the week.
  /// - Returns: The leads; nil where the path has no such stage.
  /// - Throws: What the question throws.
  public func leads(behind entries: WeekEntries) throws -> EnteredLeads? {
    let (asked, history, source) = try asked()
    guard let records = entries.records(of: asked, history.agreement) else { return nil }
    return EnteredLeads(
      ids: source.leadIDs(for: records),
      question: records.question,
      history: history,
      summaries: LeadSummaries(history, source.journeys(under: asked.rule))
    )
  }

  /// Leads that entered a stage in a week.
  public struct EnteredLeads: Sendable {
    /// Their ids, sorted.
    public let ids: [String]
    /// The question whose passes they are.
    public let question: FunnelQuestion
    /// The history that they are of.
    public let history: CompanyHistory
    /// Tells of leads what their line says.
    public let summaries: LeadSummaries
  }

  /// The won deals, meetings or amounts spent behind a number.
  public func records(behind number: CellNumber) throws -> NumberSections {
    var (cells, _, source) = try asked()
    // A list is of all groups together.
    cells.by = []
    return try workspace.value.records(
      behind: number,
      of: cells,
      source,
      knownBy: question.knownBy
    )
  }

  /// What is asked, of which facts.
  private func asked() throws -> (FunnelQuestion, CompanyHistory, EmbeddedCells) {
    let (history, source) = try workspace.value.cells(for: question)
    try question.warnOfUnknownValues(
      source,
      under: history.agreement.journeyRule.with(question.skips)
    )
    let asked = FunnelBuilder(history.agreement, source: source).question(
      by: by.map { [$0] } ?? [],
      filters: try question.filters(),
      firstDay: try question.firstDay(),
      lastDay: try question.lastDay(),
      skips: question.skips
    )
    return (asked, history, source)
  }
}

/// A number of a cell as the command line names it, such as `open:sql`.
enum RecordNumber {
  static func parse(_ text: String, _ agreement: Agreement) throws -> RecordQuestion.Number {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    let stages = agreement.path.map(\.id)
    guard parts.count == 2, let stage = agreement.pathIndex(of: parts[1]) else {
      let hint = parts.count == 2 ? Suggestion.nearest(to: parts[1], among: stages) : nil
      throw InputError(
        code: "option.unknown-number",
        "--ids \(text) names no number of the funnel.",
        remedy: (hint.map { "Did you mean \(parts[0]):\($0)? " } ?? "")
          + "Write it as open:STAGE, or reached, advanced, detoured or residual instead of open; "
          + "the stages are \(stages.joined(separator: ", ")). "
          + "Or write deals, spend, meetings, held or unconfirmed."
      )
    }
    let isLast = stage == stages.count - 1
    switch parts[0] {
    case "reached": return .reached(stage: stage)
    case "advanced" where !isLast: return .advanced(from: stage)
    case "detoured" where !isLast: return .detoured(from: stage)
    case "open" where !isLast: return .open(in: stage)
    case "residual" where !isLast: return .residual(from: stage)
    default:
      if !isLast, let detour = agreement.detours.firstIndex(where: { $0.id == parts[0] }) {
        return .left(from: stage, by: detour)
      }
      let detours = agreement.detours.map { ", \($0.id)" }.joined()
      throw InputError(
        code: "option.unknown-number",
        "--ids \(text) names no number of the funnel.",
        remedy:
          "Known are reached, advanced, detoured, open and residual\(detours); the last stage "
          + "has only reached."
      )
    }
  }
}
