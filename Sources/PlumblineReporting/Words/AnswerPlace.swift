/// Where an answer is read, for the few words that say how to ask again.
///
/// A terminal takes options and commands by name; on a page they help nobody, who has fields and
/// other pages instead. All else is said alike in both, and every number is.
public enum AnswerPlace: Hashable, Sendable {
  /// A terminal, or a file that a command wrote.
  case terminal
  /// A page of the web app.
  case page

  /// Where the answer at hand is read.
  ///
  /// A task's own, as many are answered at once and their words are made deep inside.
  @TaskLocal public static var current = AnswerPlace.terminal

  /// The words for where the answer at hand is read.
  static func words(_ terminal: String, onPage page: String) -> String {
    current == .page ? page : terminal
  }
}
