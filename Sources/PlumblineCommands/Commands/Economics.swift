import ArgumentParser
import Foundation
import PlumblineCore
import PlumblineReporting

/// `plumbline economics`: what customers of each channel cost and are worth.
///
/// Its name is not the command's, for an agreement's terms are called so too.
struct CustomerEconomics: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "economics",
    abstract:
      "Say what a customer of each channel costs in all, what it is worth, and whether it pays."
  )

  /// A count that `--ids` may open.
  enum Opened: String, ExpressibleByArgument, CaseIterable {
    case leads, wins
  }

  /// What spend is known by.
  enum Line: String, ExpressibleByArgument, CaseIterable {
    case channel, campaign

    var dimension: FunnelDimension { self == .channel ? .channel : .campaign }
  }

  @OptionGroup var workspace: WorkspaceOption
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
      Print the ids of the leads behind a number instead: leads or wins, for those that --where \
      leaves.
      """
  )
  var ids: Opened?

  func run() throws {
    let place = workspace.value
    let (history, source) = try place.cells(for: question)
    try question.warnOfUnknownValues(source)
    let records = try EconomicsRecords(
      reading: try place.store(),
      for: history,
      through: question.knownBy
    )
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
    if let ids {
      for id in source.leadIDs(for: builder.recordQuestion(asked, wins: ids == .wins)) {
        print(id)
      }
      return
    }
    let answer = try builder.answer(asked)
    let agreement = history.agreement
    if let output {
      let page = EconomicsHTML(
        answer,
        under: agreement,
        generatedBy: "plumbline \(Release.number)"
      )
      try HTMLFile.write(page.text, to: output)
      return
    }
    switch format {
    case .json: print(try EconomicsJSON(answer, under: agreement).text(), terminator: "")
    case .table:
      print(
        EconomicsText(
          answer,
          under: agreement,
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text(claimsOnly: claims),
        terminator: ""
      )
    }
  }
}
