public import ArgumentParser
import Foundation
public import PlumblineCore
import PlumblineReporting

/// `plumbline economics`: what customers of each channel cost and are worth.
///
/// Its name is not the command's, for an agreement's terms are called so too.
public struct CustomerEconomics: Question {
  /// How the command line names and explains it.
  public static let configuration = CommandConfiguration(
    commandName: "economics",
    abstract:
      "Say what a customer of each channel costs in all, what it is worth, and whether it pays."
  )

  /// A number that `--ids` may open.
  enum Opened: String, ExpressibleByArgument, CaseIterable {
    case leads, wins, deals, spend
  }

  /// What spend is known by.
  enum Line: String, ExpressibleByArgument, CaseIterable {
    case channel, campaign

    var dimension: FunnelDimension { self == .channel ? .channel : .campaign }
  }

  /// The workspace that it is asked of.
  @OptionGroup public var workspace: WorkspaceOption
  @OptionGroup var question: QuestionOptions

  @Option(
    help: """
      A line each: by channel or campaign. (default: channel; campaign for what ad reports claim)
      """
  )
  var by: Line?

  @Flag(
    help: """
      Cash view: spend of these days over wins closed in these days, whoever's leads they were.
      """
  )
  var cash = false

  @Flag(help: "Show only what the ad reports themselves claim to have brought.")
  var claims = false

  @Option(help: "How the answer is written: table or json.")
  var format = ReportFormat.table

  @Option(help: "Write a page with the picture of both ranks to this file instead.")
  var output: String?

  @Option(
    help: """
      Print the records behind a number instead, for what --where leaves: leads, wins, deals or \
      spend.
      """
  )
  var ids: Opened?

  /// The command without its options.
  public init() {}

  /// What customers cost, and what it was counted from.
  public struct Answer {
    /// Costs, worth and ranks.
    public let economics: EconomicsAnswer
    /// The facts, read under the agreement.
    public let history: CompanyHistory
  }

  /// The costs as asked.
  public func answer() throws -> Answer {
    let (asked, builder, history, _) = try asked()
    return Answer(economics: try builder.answer(asked), history: history)
  }

  /// The costs as JSON.
  public func json(_ answer: Answer) throws -> String {
    try EconomicsJSON(answer.economics, under: answer.history.agreement).text()
  }

  /// Writes the answer as the command line asks for it.
  public func run() throws {
    if let ids {
      switch ids {
      case .leads, .wins: for id in try leadIDs(behind: ids) { print(id) }
      case .deals: print(try records(behind: .deals).lines, terminator: "")
      case .spend: print(try records(behind: .spend).lines, terminator: "")
      }
      return
    }
    let answer = try answer()
    let agreement = answer.history.agreement
    if let output {
      let page = EconomicsHTML(
        answer.economics,
        under: agreement,
        generatedBy: "plumbline \(Release.number)"
      )
      try HTMLFile.write(page.text, to: output)
      return
    }
    switch format {
    case .json: print(try json(answer), terminator: "")
    case .table:
      print(
        EconomicsText(
          answer.economics,
          under: agreement,
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text(claimsOnly: claims),
        terminator: ""
      )
    }
  }

  /// The records behind a number of its cells.
  private func records(behind number: CellNumber) throws -> NumberSections {
    let (asked, builder, _, source) = try asked()
    return try workspace.value.records(
      behind: number,
      of: builder.recordQuestion(asked, number),
      source,
      knownBy: question.knownBy
    )
  }

  /// The ids of the leads behind a count, sorted.
  func leadIDs(behind count: Opened) throws -> [String] {
    let (asked, builder, _, source) = try asked()
    return source.leadIDs(for: builder.recordQuestion(asked, wins: count == .wins))
  }

  /// What is asked, of which facts.
  private func asked() throws -> (
    EconomicsQuestion, EconomicsBuilder, CompanyHistory, EmbeddedCells
  ) {
    let place = workspace.value
    let (history, source) = try place.cells(for: question)
    try question.warnOfUnknownValues(source)
    let records = try place.economics(of: source, knownBy: question.knownBy)
    let builder = EconomicsBuilder(source, records)
    let asked = EconomicsQuestion(
      by: by?.dimension ?? .channel,
      filters: try question.filters(),
      firstDay: try question.firstDay(),
      lastDay: try question.lastDay(),
      skips: question.skips,
      view: cash ? .cash : .cohort,
      claimsBy: by?.dimension ?? .campaign
    )
    if let fault = asked.fault { throw InputError([fault]) }
    return (asked, builder, history, source)
  }
}
