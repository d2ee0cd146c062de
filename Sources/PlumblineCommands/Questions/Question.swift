public import ArgumentParser

/// A command that answers from a workspace and changes nothing.
///
/// The terminal asks it and prints; the web app, the JSON API and an assistant ask the same command
/// with the same options, so that every door gives the same numbers.
public protocol Question: ParsableCommand {
  /// What it says, with all that is needed to write it as text, JSON or a page.
  associatedtype Answer

  /// The workspace that it is asked of.
  var workspace: WorkspaceOption { get set }

  /// The answer.
  ///
  /// Reads and never writes or prints; what is to be said besides goes to `Console.complain`.
  ///
  /// - Throws: `InputError` for options or facts that a person must mend, or what the store throws.
  func answer() throws -> Answer

  /// Refuses what would take so long to answer that whoever shares the machine had to wait; asked
  /// wherever the question does not come from a terminal.
  ///
  /// - Throws: `InputError` that names the bound.
  func checkLength() throws

  /// An answer as JSON, as `--format json` prints it.
  ///
  /// - Parameter answer: What `answer` gave.
  /// - Returns: The text, ending in a line break.
  /// - Throws: What encoding throws.
  func json(_ answer: Answer) throws -> String
}

extension Question {
  /// Most questions take as long as there are facts, and no option makes them longer.
  public func checkLength() throws {}

  /// The answer as JSON.
  ///
  /// - Throws: What `answer` and `json` throw.
  public func jsonAnswer() throws -> String { try json(try answer()) }
}
