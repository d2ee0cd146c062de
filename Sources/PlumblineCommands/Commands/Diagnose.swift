public import ArgumentParser
import Foundation
public import PlumblineCore
import PlumblineReporting

/// `plumbline diagnose`: the verdict.
public struct Diagnose: Question {
  /// How the command line names and explains it.
  public static let configuration = CommandConfiguration(
    commandName: "diagnose",
    abstract: "Say where the funnel leaks, what it costs, how sure that is, and whose it is."
  )

  /// What `--fail-on` may watch for.
  enum Watched: String, ExpressibleByArgument, CaseIterable {
    case leak
  }

  /// The workspace that it is asked of.
  @OptionGroup public var workspace: WorkspaceOption
  @OptionGroup var question: QuestionOptions

  @Option(help: "How the answer is written: table or json.")
  var format = ReportFormat.table

  @Flag(help: "Show the numbers of each step of the method as well.")
  var explain = false

  @Option(name: .customLong("fail-on"), help: "Exit with 1 when one is found: leak.")
  var failOn: Watched?

  @Option(
    help: """
      Print the leads behind a unit instead, one a line with whether it was won and followed up as \
      agreed: the unit's id as --format json gives it, such as channel/Meta/direct; others/ before \
      it for those it is compared with; all, follow_up/met, follow_up/missed or left_out/ and why.
      """
  )
  var ids: String?

  /// The command without its options.
  public init() {}

  /// The verdict and what it was judged from.
  public struct Answer {
    /// The leaks, with the evidence for and against.
    public let diagnosis: Diagnosis
    /// The facts, read under the agreement.
    public let history: CompanyHistory
    /// The engine that counted them.
    public let source: EmbeddedCells

    /// Tells of leads where they stand.
    public var leads: LeadSummaries {
      LeadSummaries(history, source.journeys(under: diagnosis.question.rule))
    }
  }

  /// The verdict as asked.
  public func answer() throws -> Answer {
    let (history, source) = try workspace.value.cells(for: question)
    try question.warnOfUnknownValues(source)
    let diagnosis = try DiagnosisBuilder(history.agreement, source: source).diagnosis(
      filters: try question.filters(),
      firstDay: try question.firstDay(),
      lastDay: try question.lastDay(),
      skips: question.skips,
      gaps: history.gaps
    )
    return Answer(diagnosis: diagnosis, history: history, source: source)
  }

  /// The verdict as JSON.
  public func json(_ answer: Answer) throws -> String {
    try DiagnosisJSON(answer.diagnosis, under: answer.history.agreement).text()
  }

  /// Writes the answer as the command line asks for it.
  public func run() throws {
    let answer = try answer()
    if let ids {
      for lead in try leads(behind: ids, in: answer) {
        print("\(lead.id)\t\(lead.outcome)\t\(lead.followUp)")
      }
      return
    }
    switch format {
    case .json: print(try json(answer), terminator: "")
    case .table:
      print(
        DiagnosisText(
          answer.diagnosis,
          under: answer.history.agreement,
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text(explained: explain),
        terminator: ""
      )
    }
    if failOn == .leak, !answer.diagnosis.leaks.isEmpty { throw ExitCode(1) }
  }

  /// A lead behind a unit that was judged.
  public struct JudgedLead: Sendable {
    /// Its id.
    public let id: String
    /// What became of it: `won` or `not_won`; `left_out` where it was not judged.
    public let outcome: String
    /// Whether sales did as agreed: `followed_up`, `not_followed_up` or `unknown`.
    public let followUp: String
  }

  /// The leads behind a unit that was judged, or behind the verdict, those won first.
  ///
  /// - Parameters:
  ///   - id: The unit's id as JSON gives it, such as `channel/Meta/direct`; see `JudgedGroup.id`.
  ///   - answer: What `answer` gave.
  /// - Returns: The leads.
  /// - Throws: `InputError` when no such unit was judged.
  public func leads(behind id: String, in answer: Answer) throws -> [JudgedLead] {
    let diagnosis = answer.diagnosis
    guard let group = JudgedGroup(id: id, in: diagnosis.verdict) else {
      let named = diagnosis.leaks.map(\.unit.id)
      throw InputError(
        code: "option.unknown-leak",
        "there is no leak \"\(id)\", nor any unit of that name that was judged.",
        remedy: named.isEmpty
          ? "No leak was found; --format json lists every unit that was judged."
          : "Found were: \(named.joined(separator: ", "))."
      )
    }
    let records = try answer.source.workRecords(for: diagnosis.question)
    if case .leftOut = group {
      return records.leadIDs(of: group).map {
        JudgedLead(id: $0, outcome: "left_out", followUp: "unknown")
      }
    }
    var judgedLeads: [JudgedLead] = []
    for (isWon, word) in [(true, "won"), (false, "not_won")] {
      for (isMet, followUp) in [(true, "followed_up"), (false, "not_followed_up")] {
        let judged = diagnosis.verdict.followUpIsRecorded
        guard judged || isMet else { continue }
        let leads = records.leadIDs(
          of: group,
          isFollowedUp: judged ? isMet : nil,
          isWon: isWon
        )
        judgedLeads += leads.map {
          JudgedLead(id: $0, outcome: word, followUp: judged ? followUp : "unknown")
        }
      }
    }
    return judgedLeads
  }
}
