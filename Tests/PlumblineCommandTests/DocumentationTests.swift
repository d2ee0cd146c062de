import Foundation
import PlumblineTestSupport
import Testing

/// Every command has a page, and the page names every option.
struct DocumentationTests {
  private struct Command {
    var path: [String]
    var options: [String]
  }

  private func commands() throws -> [Command] {
    let dump = try CommandRunner.run(["--experimental-dump-help"])
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(dump.output.utf8)) as? [String: Any]
    )
    let root = try #require(json["command"] as? [String: Any])
    return leaves(of: root, path: [])
  }

  private func leaves(of command: [String: Any], path: [String]) -> [Command] {
    let children = (command["subcommands"] as? [[String: Any]] ?? []).filter {
      $0["commandName"] as? String != "help"
    }
    guard children.isEmpty else {
      return children.flatMap {
        leaves(of: $0, path: path + [($0["commandName"] as? String) ?? ""])
      }
    }
    let arguments = command["arguments"] as? [[String: Any]] ?? []
    let options = arguments.flatMap { argument in
      (argument["names"] as? [[String: Any]] ?? []).compactMap { name -> String? in
        guard name["kind"] as? String == "long", let text = name["name"] as? String else {
          return nil
        }
        return "--\(text)"
      }
    }
    return [Command(path: path, options: options)]
  }

  @Test func `every command has a page that names its options and shows a run`() throws {
    let commands = try commands()
    #expect(commands.count >= 10)
    for command in commands {
      let name = command.path.joined(separator: "-")
      let page = Repository.root.appendingPathComponent("Documentation/commands/\(name).md")
      guard let text = try? String(contentsOf: page, encoding: .utf8) else {
        Issue.record("Documentation/commands/\(name).md is missing")
        continue
      }
      for option in command.options where !["--help", "--version"].contains(option) {
        #expect(text.contains("`\(option)"), "\(name).md does not mention \(option)")
      }
      #expect(
        text.contains("$ plumbline \(command.path.joined(separator: " "))"),
        "\(name).md shows no run"
      )
    }
  }
}
