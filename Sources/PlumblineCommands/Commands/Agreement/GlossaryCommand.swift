public import ArgumentParser
public import PlumblineCore
import PlumblineReporting

/// `plumbline agreement glossary`: every term in both teams' words.
public struct GlossaryCommand: Question {
  /// How the command line names and explains it.
  public static let configuration = CommandConfiguration(
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

  /// The workspace that it is asked of.
  @OptionGroup public var workspace: WorkspaceOption

  @Option(help: "How the glossary is written: table, json or markdown.")
  var format = Format.table

  @Option(name: .customLong("fail-on"), help: "Exit with 1 when words clash: clash.")
  var failOn: Watched?

  /// The command without its options.
  public init() {}

  /// The agreement whose terms are listed.
  public func answer() throws -> Agreement { try workspace.value.agreement() }

  /// The terms as JSON.
  public func json(_ answer: Agreement) throws -> String { try GlossaryJSON(answer).text() }

  /// Writes the answer as the command line asks for it.
  public func run() throws {
    let agreement = try answer()
    let page = GlossaryText(
      agreement,
      layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
    )
    switch format {
    case .json: print(try json(agreement), terminator: "")
    case .markdown: print(GlossaryMarkdown(agreement).text, terminator: "")
    case .table: print(page.text, terminator: "")
    }
    if failOn == .clash, page.clashCount > 0 { throw ExitCode(1) }
  }
}
