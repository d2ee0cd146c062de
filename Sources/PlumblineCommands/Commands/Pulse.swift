public import ArgumentParser
import Foundation
import PlumblineConnectors
public import PlumblineCore
import PlumblineReporting

/// `plumbline pulse`: a few questions to both teams, without names.
struct PulseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pulse",
    abstract: "Ask both teams the same few questions again and again, without names.",
    subcommands: [PulseReport.self]
  )
}

/// `plumbline pulse report`.
public struct PulseReport: Question {
  /// How the command line names and explains it.
  public static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "What the teams answered, by team and over time; groups under five are hidden.",
    discussion: """
      Answers are CSV files with the columns question, answer, team, and date or week. A file with a \
      column that may tell who answered is refused. Without files, those in the workspace's folder \
      pulse count, and what was answered by links of the web app.
      """
  )

  /// The workspace that it is asked of.
  @OptionGroup public var workspace: WorkspaceOption

  @Option(
    help: "The file with the questions. (default: pulse.yaml; without files, the workspace's)"
  )
  var questions: String?

  @Option(
    name: .customLong("as-of"),
    help:
      "The last day that counts, as 2026-01-31; spans not over by then are not shown. (default: today)"
  )
  var asOf: String?

  @Option(help: "How the answer is written: table or json.")
  var format = ReportFormat.table

  @Argument(help: "The files with the answers.")
  var answers: [String] = []

  /// The command without its options.
  public init() {}

  /// What the teams answered.
  public func answer() throws -> PulseAnswer {
    let record = try answers.isEmpty && questions == nil ? kept() : named()
    for note in record.notes { Console.complain(note.description) }
    let through = try QuestionOptions.day(asOf, "--as-of")
    return PulseAnswer(
      record.survey,
      record.replies,
      through: through ?? LocalCalendar.utc.day(of: Workspace.now)
    )
  }

  /// What they answered, as JSON.
  public func json(_ answer: PulseAnswer) throws -> String { try PulseJSON(answer).text() }

  /// Writes the answer as the command line asks for it.
  public func run() throws {
    let answer = try answer()
    switch format {
    case .json: print(try json(answer), terminator: "")
    case .table:
      print(
        PulseText(
          answer,
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text,
        terminator: ""
      )
    }
  }

  /// The survey of the workspace with what was answered to it.
  private func kept() throws -> PulseRecord {
    guard let record = try workspace.value.pulseRecord() else {
      throw Self.noQuestions(workspace.value.pulsePath)
    }
    guard record.hasSource || ReadingShelf.current != nil else {
      throw Self.noAnswers(workspace.value.pulsePath)
    }
    return record
  }

  /// The survey and the answers of files that were named.
  private func named() throws -> PulseRecord {
    let questions = questions ?? "pulse.yaml"
    guard let bytes = FileManager.default.contents(atPath: questions) else {
      try Workspace.requireAbsence(questions)
      throw Self.noQuestions(questions)
    }
    guard !answers.isEmpty else { throw Self.noAnswers(questions) }
    let reading = PulseSurveyReader.read(Array(bytes), file: questions)
    guard let survey = reading.survey else { throw InputError(reading.diagnostics) }
    let file = try PulseAnswerFile(answers, of: survey, teams: reading.teams)
    return PulseRecord(
      survey: survey,
      teams: reading.teams,
      replies: file.replies,
      notes: reading.diagnostics + file.notes,
      hasSource: true
    )
  }

  private static func noQuestions(_ path: String) -> InputError {
    InputError(
      code: "pulse.no-questions-file",
      "there is no file \(path).",
      remedy: "Write the questions there, or name their file with --questions."
    )
  }

  private static func noAnswers(_ questions: String) -> InputError {
    InputError(
      code: "pulse.no-answers",
      "no files with answers were given.",
      remedy: "Name them: plumbline pulse report --questions \(questions) answers.csv …"
    )
  }
}
