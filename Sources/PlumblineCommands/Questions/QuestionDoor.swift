import ArgumentParser

/// A question that can be asked through other doors than the terminal.
public struct QuestionDoor: Sendable {
  /// The words of the command, such as `plan quota`; the API's path and the assistant's tool are
  /// made of them.
  public let words: [String]
  /// The command.
  public let question: any Question.Type
  /// The long names of the options that may be given from outside, in the order of the command.
  ///
  /// An option that names a file or folder, or only says how text is written, is never among them.
  public let options: [String]
  /// Whether its answer names people of sales, so that only leadership may ask it.
  public let namesPeople: Bool

  init(
    _ words: String,
    _ question: any Question.Type,
    _ options: [String],
    namesPeople: Bool = false
  ) {
    self.words = words.split(separator: " ").map(String.init)
    self.question = question
    self.options = options
    self.namesPeople = namesPeople
  }

  /// The options of `QuestionOptions`, which most questions have.
  static let usual = [
    "where", "from", "to", "skips", "returns", "confirmed", "as-of", "known-by", "as",
  ]

  /// All of them, in alphabetical order.
  public static let all: [QuestionDoor] = [
    QuestionDoor("funnel", Funnel.self, usual + ["by"])
  ]
}
