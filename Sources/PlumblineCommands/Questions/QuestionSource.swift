public import PlumblineCore

/// What an answer may rest on besides the agreement and the facts: as long as it is the same, so is
/// the answer.
enum QuestionSource: Hashable, Sendable {
  /// What was sent, and what failed.
  case alertLog
  /// Today, unless an option names another day.
  case day(unless: String)
  /// The present minute, when a flag asks for it.
  case minute(when: String)
  /// The questions of the pulse survey, and the answers in files and by links.
  case pulse
  /// Who was put on which list, and what people decided of them.
  case secondChances
}

extension ReadingShelf {
  /// What a question's answer rests on besides `stamp(of:)`.
  ///
  /// - Parameters:
  ///   - door: What is asked.
  ///   - parameters: What is given.
  ///   - workspace: The workspace.
  ///   - now: The time.
  /// - Returns: A text that changes whenever one of these does; empty for a question that rests on
  ///   nothing else.
  /// - Throws: `InputError` when the accounts cannot be read.
  public func stamp(
    of door: QuestionDoor,
    _ parameters: [QuestionCall.Parameter],
    in workspace: Workspace,
    now: Instant
  ) throws -> String {
    try door.sources.map { source in
      switch source {
      case .alertLog: FileStamp.database(workspace.alertLogPath).text
      case .day(let option):
        parameters.contains { $0.name == option && !$0.value.isEmpty }
          ? "" : "\(LocalCalendar.utc.day(of: now))"
      case .minute(let flag):
        parameters.contains { $0.name == flag && $0.value != "false" } ? "\(now.seconds / 60)" : ""
      case .pulse:
        ([FileStamp(path: workspace.pulsePath)]
          + FileStamp.all(in: workspace.path(of: "pulse"))).text
          + (try decided(in: workspace))
      case .secondChances:
        [FileStamp(path: workspace.reboundPath)].text + (try decided(in: workspace))
      }
    }.joined(separator: " ")
  }
}
