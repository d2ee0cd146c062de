import ArgumentParser
import Foundation

/// A command as it describes itself to programs.
struct CommandDescription: Decodable {
  /// An option, a flag, or a word that stands without one.
  struct Argument: Decodable {
    enum Kind: String, Decodable {
      case positional, option, flag
    }

    struct Name: Decodable {
      let kind: String
      let name: String
    }

    let kind: Kind
    let names: [Name]?
    let valueName: String?
    let abstract: String?
    let defaultValue: String?
    let allValues: [String]?
    let isOptional: Bool
    let isRepeating: Bool

    /// The long name of an option; what the value of another is called.
    var name: String? {
      kind == .positional ? valueName : names?.first { $0.kind == "long" }?.name
    }
  }

  private struct Command: Decodable {
    let arguments: [Argument]?
  }

  private let command: Command

  /// Everything that may be given to it.
  var arguments: [Argument] { command.arguments ?? [] }

  /// The description of a command.
  ///
  /// - Throws: `DecodingError` when the form of descriptions has changed.
  init(of command: any ParsableCommand.Type) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(command._dumpHelp().utf8))
  }
}
