import ArgumentParser
import PlumblineCore
import Synchronization

/// What may be asked through a door: the parameters of its question, as the command itself
/// describes them.
///
/// The API's description and the assistant's tools are made of it, so that neither can promise what
/// the command does not take.
public struct QuestionSchema: Hashable, Sendable {
  /// What a value of a parameter is.
  public enum Kind: Hashable, Sendable {
    /// Text, whose form the help describes.
    case text
    /// True or false.
    case truth
    /// A whole number.
    case integer
    /// A number.
    case number
    /// One of some words.
    case choice([String])
  }

  /// A parameter of a question.
  public struct Parameter: Hashable, Sendable {
    /// Its name: the option's, or that of the word that stands without one.
    public let name: String
    /// What it does, in a sentence or two.
    public let help: String
    /// What its values are.
    public let kind: Kind
    /// Whether it may be given several times.
    public let isRepeated: Bool
    /// Whether there is no answer without it.
    public let isRequired: Bool
    /// What holds when it is not given, as it would be written; nil where nothing does.
    public let usual: String?
    /// Whether the command takes it without an option's name.
    public let isPositional: Bool
  }

  /// The parameters that may be given from outside, in the order of the door.
  public let parameters: [Parameter]

  /// What may be asked through a door; read from the command once.
  ///
  /// - Parameter door: The door.
  /// - Throws: What reading the command's description throws, which the tests rule out.
  public init(of door: QuestionDoor) throws {
    if let known = Self.known.withLock({ $0[door.name] }) {
      self = known
      return
    }
    let description = try CommandDescription(of: door.question)
    parameters = (door.arguments + door.options).compactMap { name in
      description.arguments.first { $0.name == name }.map { Self.parameter($0, name, door) }
    }
    let read = self
    Self.known.withLock { $0[door.name] = read }
  }

  private static let known = Mutex<[String: QuestionSchema]>([:])

  /// The parameter with a name; nil when there is none.
  subscript(name: String) -> Parameter? { parameters.first { $0.name == name } }

  private static func parameter(
    _ argument: CommandDescription.Argument,
    _ name: String,
    _ door: QuestionDoor
  ) -> Parameter {
    Parameter(
      name: name,
      help: argument.abstract ?? "",
      kind: kind(of: argument, name, door),
      isRepeated: argument.isRepeating,
      isRequired: argument.kind == .positional && !argument.isOptional,
      usual: argument.kind == .flag ? nil : argument.defaultValue,
      isPositional: argument.kind == .positional
    )
  }

  /// What a parameter's values are.
  ///
  /// A command's description does not tell numbers from texts, but the command does: it refuses
  /// what it cannot read.
  private static func kind(
    of argument: CommandDescription.Argument,
    _ name: String,
    _ door: QuestionDoor
  ) -> Kind {
    if argument.kind == .flag { return .truth }
    if let values = argument.allValues, !values.isEmpty { return .choice(values) }
    guard argument.kind == .option else { return .text }
    let words = door.arguments.map { _ in "x" }
    func takes(_ value: String) -> Bool {
      (try? door.question.parse(["--\(name)=\(value)", "--"] + words)) != nil
    }
    if takes("x") { return .text }
    return takes("1.5") ? .number : takes("1") ? .integer : .text
  }
}
