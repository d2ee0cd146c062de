import ArgumentParser
import PlumblineCore

/// A question as somebody outside the terminal asks it: by an address, or through an assistant.
///
/// Only what a door leaves open can be asked. A value is only ever the value of its own parameter,
/// whatever is written in it.
public struct QuestionCall {
  /// A name and a value, such as those of an address; names may come several times.
  public typealias Parameter = (name: String, value: String)

  /// The command, ready to be asked.
  public let question: any Question

  /// A question with its parameters.
  ///
  /// - Parameters:
  ///   - door: What is asked.
  ///   - parameters: What is given. A flag is given by `true` or an empty value and left out by
  ///     `false`; anything else is left out by an empty value, as forms send what nobody filled in.
  ///   - workspace: The workspace's folder.
  /// - Throws: `InputError` with code `api.unknown-parameter`, `api.repeated-parameter`,
  ///   `api.missing-parameter` or `api.unreadable-parameter`, with all that is wrong; or the code of
  ///   a bound on what is answered here.
  public init(_ door: QuestionDoor, _ parameters: [Parameter], of workspace: String) throws {
    question = try Self.parsed(door.question, door, parameters, workspace)
  }

  /// The answer as JSON, the same as `--format json` prints, and what was said besides.
  ///
  /// - Throws: What the question throws.
  public func answer() throws -> (json: String, remarks: [String]) {
    let (json, remarks) = try Console.hearing { try question.jsonAnswer() }
    return (json, remarks)
  }

  /// A command with its parameters, for those who want its typed answer.
  ///
  /// - Parameters:
  ///   - type: The command; one of those that have a door.
  ///   - parameters: What is given.
  ///   - workspace: The workspace's folder.
  /// - Returns: The command, ready to be asked.
  /// - Throws: As `init` does.
  public static func question<Asked: Question>(
    _ type: Asked.Type,
    _ parameters: [Parameter],
    of workspace: String
  ) throws -> Asked {
    try parsed(type, .to(type), parameters, workspace)
  }

  private static func parsed<Asked: Question>(
    _ type: Asked.Type,
    _ door: QuestionDoor,
    _ parameters: [Parameter],
    _ workspace: String
  ) throws -> Asked {
    let line = try CommandLineOfParameters(door, parameters)
    var question: Asked
    do {
      question = try type.parse(line.words(of: parameters))
    } catch {
      throw InputError(line.faults(type, parameters, error))
    }
    question.workspace = WorkspaceOption(workspace)
    try question.checkLength()
    return question
  }
}

/// What a person would write on a terminal for the parameters of a door.
private struct CommandLineOfParameters {
  private let schema: QuestionSchema

  /// - Throws: `InputError` for parameters that the door does not have, or has once.
  init(_ door: QuestionDoor, _ parameters: [QuestionCall.Parameter]) throws {
    schema = try QuestionSchema(of: door)
    let faults = schema.misfits(parameters, door)
    guard faults.isEmpty else { throw InputError(faults) }
  }

  /// The words of the command line: a value is joined to its option by a sign of equality, or
  /// comes after the sign that no options follow, so that it can be nothing else.
  func words(of parameters: [QuestionCall.Parameter]) -> [String] {
    var (options, arguments) = (["--format=json"], ["--"])
    for parameter in schema.parameters {
      for value in parameters.filter({ $0.name == parameter.name }).map(\.value) {
        if parameter.kind == .truth {
          if value != "false" { options.append("--\(parameter.name)") }
        } else if value.isEmpty {
          continue
        } else if parameter.isPositional {
          // A change such as "spend +20%" is several words.
          arguments +=
            parameter.isRepeated ? value.split(separator: " ").map(String.init) : [value]
        } else {
          options.append("--\(parameter.name)=\(value)")
        }
      }
    }
    return options + (arguments.count > 1 ? arguments : [])
  }

  /// What is wrong with parameters that could not be read, as many as can be told apart.
  func faults(
    _ type: any Question.Type,
    _ parameters: [QuestionCall.Parameter],
    _ error: any Error
  ) -> [Diagnostic] {
    let required = parameters.filter { schema[$0.name]?.isRequired == true }
    let messages = parameters.compactMap { parameter -> String? in
      guard schema[parameter.name]?.isRequired == false else { return nil }
      do {
        _ = try type.parse(words(of: [parameter] + required))
        return nil
      } catch {
        return type.message(for: error)
      }
    }
    return (messages.isEmpty ? [type.message(for: error)] : messages).map { message in
      Diagnostic(.error, code: "api.unreadable-parameter", Self.sentence(message))
    }
  }
}

extension CommandLineOfParameters {
  /// A message on one line: the values that an option knows stand below each other on a terminal.
  private static func sentence(_ message: String) -> String {
    let lines = message.split(separator: "\n").map { line in
      String(line.drop { $0 == " " })
    }
    let values = lines.filter { $0.hasPrefix("- ") }.map { String($0.dropFirst(2)) }
    let words = lines.filter { !$0.hasPrefix("- ") }.joined(separator: " ")
    return values.isEmpty ? words : "\(words) \(values.joined(separator: ", "))."
  }
}

extension QuestionSchema {
  /// What of some parameters cannot be given so.
  fileprivate func misfits(
    _ given: [QuestionCall.Parameter],
    _ door: QuestionDoor
  ) -> [Diagnostic] {
    var seen: Set<String> = []
    var faults: [Diagnostic] = []
    func refuse(_ code: String, _ message: String, _ remedy: String) {
      faults.append(Diagnostic(.error, code: code, message, remedy: remedy))
    }
    for (name, value) in given {
      guard let parameter = self[name] else {
        let names = parameters.map(\.name)
        refuse(
          "api.unknown-parameter",
          "\(door.words.joined(separator: " ")) has no parameter \"\(name.prefix(64))\".",
          (Suggestion.nearest(to: name, among: names).map { "Did you mean \($0)? " } ?? "")
            + (names.isEmpty ? "It has none." : "Known are: \(names.joined(separator: ", ")).")
        )
        continue
      }
      guard !value.isEmpty || parameter.kind == .truth else { continue }
      if !seen.insert(name).inserted, !parameter.isRepeated {
        refuse("api.repeated-parameter", "\"\(name)\" is given twice.", "Give it once.")
      }
      if parameter.kind == .truth, !["", "true", "false"].contains(value) {
        refuse(
          "api.unreadable-parameter",
          "\"\(name)\" is either true or false, and not \"\(value.prefix(64))\".",
          "Write \(name)=true, or leave it out."
        )
      }
      if value.contains("\0") {
        refuse("api.unreadable-parameter", "\"\(name)\" has a sign of code 0.", "Leave it out.")
      }
    }
    for parameter in parameters where parameter.isRequired && !seen.contains(parameter.name) {
      refuse(
        "api.missing-parameter",
        "\(door.words.joined(separator: " ")) needs \"\(parameter.name)\".",
        parameter.help
      )
    }
    return faults
  }
}
