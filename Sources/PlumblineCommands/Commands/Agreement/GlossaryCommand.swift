import ArgumentParser
import PlumblineCore
import PlumblineReporting

/// `plumbline agreement glossary`: every term in both teams' words.
struct GlossaryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "glossary",
    abstract: "List every term in both teams' words, and the words that mean two things."
  )

  /// How a glossary is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json, markdown
  }

  /// What `--fail-on` may watch for.
  enum Watched: String, ExpressibleByArgument, CaseIterable {
    case clash
  }

  @OptionGroup var workspace: WorkspaceOption

  @Option(help: "How the glossary is written: table, json or markdown.")
  var format = Format.table

  @Option(name: .customLong("fail-on"), help: "Exit with 1 when words clash: clash.")
  var failOn: Watched?

  func run() throws {
    let agreement = try workspace.value.agreement()
    let page = GlossaryText(
      agreement,
      layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
    )
    switch format {
    case .json: print(try GlossaryJSON(agreement).text(), terminator: "")
    case .markdown: print(GlossaryMarkdown(agreement).text, terminator: "")
    case .table: print(page.text, terminator: "")
    }
    if failOn == .clash, page.clashCount > 0 { throw ExitCode(1) }
  }
}
