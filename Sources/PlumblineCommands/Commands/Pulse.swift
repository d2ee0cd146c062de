import ArgumentParser
import Foundation
import PlumblineConnectors
import PlumblineCore
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
struct PulseReport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "What the teams answered, by team and over time; groups under five are hidden.",
    discussion: """
      Answers are CSV files with the columns question, answer, team, and date or week. A file with a \
      column that may tell who answered is refused.
      """
  )

  @Option(help: "The file with the questions.")
  var questions = "pulse.yaml"

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

  func run() throws {
    guard let bytes = FileManager.default.contents(atPath: questions) else {
      try Workspace.requireAbsence(questions)
      throw InputError(
        code: "pulse.no-questions-file",
        "there is no file \(questions).",
        remedy: "Write the questions there, or name their file with --questions."
      )
    }
    guard !answers.isEmpty else {
      throw InputError(
        code: "pulse.no-answers",
        "no files with answers were given.",
        remedy: "Name them: plumbline pulse report --questions \(questions) answers.csv …"
      )
    }
    let reading = PulseSurveyReader.read(Array(bytes), file: questions)
    guard let survey = reading.survey else { throw InputError(reading.diagnostics) }
    for finding in reading.diagnostics { Console.complain(finding.description) }
    let through = try QuestionOptions.parse([]).day(asOf, "--as-of")
    let file = try PulseAnswerFile(answers, of: survey, teams: reading.teams)
    for note in file.notes { Console.complain(note.description) }
    let today = Instant(seconds: Int64(Date().timeIntervalSince1970))
    let answer = PulseAnswer(
      survey,
      file.replies,
      through: through ?? LocalCalendar.utc.day(of: today)
    )
    switch format {
    case .json: print(try PulseJSON(answer).text(), terminator: "")
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
}
