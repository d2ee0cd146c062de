public import ArgumentParser
import Foundation
public import PlumblineCore
import PlumblineReporting

/// `plumbline sla`: what marketing and sales promised each other, and what became of it.
public struct SLA: Question {
  /// How the command line names and explains it.
  public static let configuration = CommandConfiguration(
    commandName: "sla",
    abstract: "Show what marketing and sales promised each other, what was kept and what is due."
  )

  /// What `--fail-on` may watch for.
  enum Watched: String, ExpressibleByArgument, CaseIterable {
    case breach
  }

  /// The workspace that it is asked of.
  @OptionGroup public var workspace: WorkspaceOption
  @OptionGroup var question: QuestionOptions

  @Option(
    parsing: .upToNextOption,
    help: "Split the first touches by owner, channel, class (hot or not) or week. (default: owner)"
  )
  var by: [SLAOptions.Dimension] = [.owner]

  @Option(
    help: """
      How many weeks of hand-offs are counted, the present one included, unless --from or --to say. \
      (default: 13)
      """
  )
  var weeks = 13

  @Flag(help: "Judge as of this moment instead of the newest fact; import what is new first.")
  var now = false

  @Option(
    help: """
      Print the ids of the leads behind a number instead: first_touch:settled, attempts:kept_late, \
      disposition:overdue, first_touch:all:owner=NAME, stale, delivered:2026-06-01, ideal:2026-06-01, …
      """
  )
  var ids: String?

  @Option(help: "How the answer is written: table, json or csv (what is open now).")
  var format = OutputFormat.table

  @Option(name: .customLong("fail-on"), help: "Exit with 1 when a promise is overdue: breach.")
  var failOn: Watched?

  /// The command without its options.
  public init() {}

  /// Refuses options that contradict each other.
  public func validate() throws {
    if now, question.asOf != nil {
      throw ValidationError("--now and --as-of name two instants; give one of them.")
    }
  }

  /// The promises and what they were counted from.
  public struct Answer {
    /// What was promised, kept and missed, and what is due.
    public let sla: SLAAnswer
    /// The facts, read under the agreement.
    public let history: CompanyHistory
    fileprivate let store: any FactStore
    fileprivate let source: EmbeddedCells

    /// Tells of leads where they stand.
    public var leads: LeadSummaries { source.summaries(of: history) }

    /// What to know of leads before somebody calls them, a line each: the score with its reasons,
    /// and what they did last.
    ///
    /// - Parameter leads: Their ids.
    /// - Returns: The lines by id; none for those of whom nothing is known.
    /// - Throws: What the store throws.
    /// - Complexity: O(facts of these leads + texts of the store).
    public func context(of leads: [String]) throws -> [String: String] {
      try LeadGlances(of: leads, history, store).lines
    }
  }

  /// The promises as asked.
  public func answer() throws -> Answer {
    var question = question
    if now { question.asOf = try presentTime() }
    let options = try options()
    let place = workspace.value
    let (history, source) = try place.cells(for: question)
    try question.warnOfUnknownValues(source)
    let facts = try place.facts()
    let builder = try SLABuilder(source, reading: facts, through: question.knownBy)
    let end =
      now
      ? try Workspace.factsEnd(facts, history.agreement.calendar, through: question.knownBy) : nil
    return Answer(
      sla: builder.answer(options, factsUntil: end),
      history: history,
      store: facts,
      source: source
    )
  }

  /// The promises as JSON.
  public func json(_ answer: Answer) throws -> String {
    try SLAJSON(answer.sla, under: answer.history.agreement).text()
  }

  /// Writes the answer as the command line asks for it.
  public func run() throws {
    let answer = try answer()
    let agreement = answer.history.agreement
    if let ids {
      for lead in answer.sla.leads(behind: try Self.number(ids, in: answer.sla)) { print(lead.id) }
    } else {
      switch format {
      case .json: print(try json(answer), terminator: "")
      case .csv: print(SLACSV(answer.sla, under: agreement).text, terminator: "")
      case .table:
        print(
          SLAText(
            answer.sla,
            under: agreement,
            layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
          ).text,
          terminator: ""
        )
      }
    }
    if failOn == .breach, answer.sla.steps.contains(where: { $0.step != .dueSoon }) {
      throw ExitCode(1)
    }
  }

  private func options() throws -> SLAOptions {
    guard (1...520).contains(weeks) else {
      throw InputError(
        code: "option.out-of-range",
        "--weeks \(weeks) cannot be used.",
        remedy: "Name 1 to 520 weeks."
      )
    }
    return SLAOptions(
      weeks: weeks,
      firstDay: try question.firstDay(),
      lastDay: try question.lastDay(),
      filters: try question.filters(),
      skips: question.skips,
      by: by
    )
  }

  /// The present on the agreement's clock, as `--as-of` takes it.
  private func presentTime() throws -> String {
    let calendar = try workspace.value.checkedAgreement().agreement.calendar
    let instant = Instant(seconds: Int64(Date().timeIntervalSince1970))
    let local = instant.seconds + calendar.offset(at: instant)
    let second = ((local % 86_400) + 86_400) % 86_400
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(calendar.day(of: instant))T\(two(second / 3600)):\(two(second / 60 % 60)):"
      + two(second % 60)
  }

  /// The number of an answer that a text names.
  ///
  /// - Parameters:
  ///   - text: The number, such as `first_touch:breached`.
  ///   - answer: The answer.
  /// - Returns: The number.
  /// - Throws: `InputError` when there is no such number, period or group.
  public static func number(_ text: String, in answer: SLAAnswer) throws -> SLANumber {
    guard let number = SLANumber(text) else { throw unknown(text, remedy: howToName) }
    if case .delivered(_, let day) = number.subject {
      let days = answer.marketing?.periods.map(\.days.lowerBound) ?? []
      guard days.contains(day) else {
        let known = days.map(\.description).joined(separator: ", ")
        throw unknown(
          text,
          remedy: days.isEmpty
            ? "Marketing promised nothing." : "The periods of this answer begin on \(known)."
        )
      }
    }
    if let group = number.group {
      guard !answer.leads(behind: SLANumber(.firstTouch, .all, of: group)).isEmpty else {
        throw unknown(
          text,
          remedy: "No lead of these days is of \(group.dimension.rawValue) \(group.name); see "
            + "how it is written in the answer."
        )
      }
    }
    return number
  }

  private static func unknown(_ text: String, remedy: String) -> InputError {
    InputError(
      code: "option.unknown-number",
      "--ids \(text) names no number of this answer.",
      remedy: remedy
    )
  }

  private static var howToName: String {
    "Write first_touch, attempts or disposition, then \":\" and one of all, settled, "
      + "overdue, " + SLAStatus.allCases.map(\.rawValue).joined(separator: ", ")
      + ", and for the first touches of a group \":owner=\" and a name; stale; or delivered, ideal "
      + "or factors, then \":\" and the first day of a period."
  }
}

extension SLAOptions.Dimension: ExpressibleByArgument {}
