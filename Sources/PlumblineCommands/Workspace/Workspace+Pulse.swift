import Foundation
import PlumblineConnectors
public import PlumblineCore

extension Workspace {
  /// What the teams answered in the newest span of a pulse survey, where the workspace has a file
  /// `pulse.yaml` and a folder `pulse` with answers; nothing else.
  ///
  /// - Parameter day: The last day that counts.
  /// - Returns: A line for each question that is answered by a number, and each team.
  /// - Throws: `InputError` with every fault of the files.
  func pulseLines(through day: CivilDate) throws -> [PulseLine] {
    guard let answer = try pulse(through: day) else { return [] }
    return answer.courses.flatMap { course -> [PulseLine] in
      guard case .scale(let range) = course.question.scale, let span = course.spans.last else {
        return []
      }
      return ([span.all] + span.teams).map { group in
        var mean: Double?
        if case .scores(let value, _)? = group.summary { mean = value }
        return PulseLine(
          question: course.question.text,
          team: group.team ?? "all",
          answers: group.count,
          mean: mean,
          scale: range.upperBound
        )
      }
    }
  }

  /// What the teams answered in a pulse survey over time, where the workspace has a file
  /// `pulse.yaml` and a folder `pulse` with answers; nil elsewhere.
  ///
  /// - Parameter day: The last day that counts.
  /// - Returns: The answers by question, span and team; groups under five are hidden.
  /// - Throws: `InputError` with every fault of the files.
  public func pulse(through day: CivilDate) throws -> PulseAnswer? {
    let questions = path(of: "pulse.yaml")
    let answers = folder.appendingPathComponent("pulse", isDirectory: true)
    guard let bytes = FileManager.default.contents(atPath: questions),
      let names = try? FileManager.default.contentsOfDirectory(atPath: answers.path)
    else { return nil }
    let files = names.filter { $0.hasSuffix(".csv") }.sorted().map {
      answers.appendingPathComponent($0).relativePath
    }
    guard !files.isEmpty else { return nil }
    let reading = PulseSurveyReader.read(Array(bytes), file: questions)
    guard let survey = reading.survey else { throw InputError(reading.diagnostics) }
    let file = try PulseAnswerFile(files, of: survey, teams: reading.teams)
    return PulseAnswer(survey, file.replies, through: day)
  }
}
