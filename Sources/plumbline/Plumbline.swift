import ArgumentParser
import Foundation
import PlumblineCommands
import PlumblineCore
import PlumblineWeb

/// The command line of plumbline.
@main
struct Plumbline: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plumbline",
    abstract: "Finds where a funnel leaks, what it costs, how sure that is, and whose it is.",
    discussion: """
      A workspace is a folder with your agreement (agreement.yaml) and what was imported \
      (plumbline.sqlite). Begin with: plumbline init, then plumbline import --suggest FILE…
      Exit codes: 0 fine, 1 found what was asked to be watched, 2 the input is wrong, 70 our fault.
      """,
    version: Release.number,
    subcommands: (CommandList.all + [Serve.self]).sorted {
      ($0.configuration.commandName ?? "") < ($1.configuration.commandName ?? "")
    }
  )

  static func main() async {
    do {
      let arguments = CommandList.completed(Array(CommandLine.arguments.dropFirst()))
      var command = try parseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        CommandList.keepMemory(for: command)
        try command.run()
      }
    } catch let error as InputError {
      Console.complain(error.diagnostics)
      Foundation.exit(2)
    } catch let code as ExitCode {
      Foundation.exit(code.rawValue)
    } catch {
      let status = exitCode(for: error)
      let text = fullMessage(for: error)
      if status == .success {
        print(text)
        Foundation.exit(0)
      }
      if status == .validationFailure {
        Console.complain(text)
        Foundation.exit(2)
      }
      Console.complain("plumbline: something went wrong on our side: \(error)")
      Foundation.exit(70)
    }
  }
}
