import ArgumentParser
import Foundation

/// `plumbline mcp`: the questions as tools of an assistant.
struct AssistantCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mcp",
    abstract: "Let an assistant ask the questions, over standard input and output.",
    discussion: """
      Speaks the Model Context Protocol: name this command, with its workspace, in the settings of \
      an assistant. It only answers; it changes nothing. It sees what you see: names of owners too.
      """
  )

  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let server = AssistantServer(workspace: workspace.value.name)
    while let line = readLine() {
      guard !line.isEmpty, let answer = server.answer(to: line) else { continue }
      FileHandle.standardOutput.write(Data((answer + "\n").utf8))
    }
  }
}
