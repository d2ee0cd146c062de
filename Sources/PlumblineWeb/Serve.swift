public import ArgumentParser
import Foundation
import Hummingbird
import Logging
import PlumblineCommands
import PlumblineCore
import ServiceLifecycle

/// `plumbline serve`: the web app over a workspace.
public struct Serve: AsyncParsableCommand {
  /// How it is called.
  public static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve the web app and the JSON API over a workspace.",
    discussion: """
      Everybody signs in; the first account is made with the link that is printed at the first \
      start. Stop it with Ctrl-C: requests that are being answered are answered first.
      """
  )

  @OptionGroup var workspace: WorkspaceOption

  @Option(help: "The address to listen on; 0.0.0.0 is every address of this machine.")
  var host = "127.0.0.1"

  @Option(help: "The port; 0 takes any that is free.")
  var port = 8080

  @Option(
    name: .customLong("public-url"),
    help: """
      The address under which browsers reach it, such as https://plumbline.example.com, where a \
      proxy stands before it.
      """
  )
  var publicURL: String?

  /// A command with its options at their usual values.
  public init() {}

  /// Serves until it is told to stop.
  public func run() async throws {
    fatalError()
  }
}
