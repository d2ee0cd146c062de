import Foundation
import PlumblineConnectors
public import PlumblineCore
import PlumblineStorage

/// A pulse survey of a workspace with all answers to it: those of files, and those given by links.
public struct PulseRecord: Sendable {
  /// The questions.
  public var survey: PulseSurvey
  /// The teams that may answer; any where there are none.
  public var teams: [String]
  /// The answers.
  public var replies: [PulseSurvey.Reply]
  /// What there is to say of the files.
  public var notes: [Diagnostic]
  /// Whether anything was looked at that holds answers.
  public var hasSource: Bool
}

extension Workspace {
  /// The path of the questions of the pulse survey.
  public var pulsePath: String { path(of: "pulse.yaml") }

  /// The path of the accounts, which keep what was answered by links.
  public var accountsPath: String { path(of: "plumbline.accounts") }

  /// The questions of the pulse survey, the teams that may answer and what there is to say of the
  /// file; nil where the workspace has none.
  ///
  /// - Throws: `InputError` with every fault of the file.
  public func pulseSurvey() throws -> (survey: PulseSurvey, teams: [String], notes: [Diagnostic])? {
    guard let bytes = FileManager.default.contents(atPath: pulsePath) else {
      try Self.requireAbsence(pulsePath)
      return nil
    }
    let reading = PulseSurveyReader.read(Array(bytes), file: pulsePath)
    guard let survey = reading.survey else { throw InputError(reading.diagnostics) }
    return (survey, reading.teams, reading.diagnostics)
  }

  /// The pulse survey with all answers: the CSV files in the folder `pulse`, and what was answered by
  /// links; nil where the workspace has no questions.
  ///
  /// - Throws: `InputError` with every fault of the files.
  public func pulseRecord() throws -> PulseRecord? {
    guard let (survey, teams, notes) = try pulseSurvey() else { return nil }
    let folder = folder.appendingPathComponent("pulse", isDirectory: true)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let files = names.filter { $0.hasSuffix(".csv") }.sorted().map { path(of: "pulse/\($0)") }
    var record = PulseRecord(
      survey: survey,
      teams: teams,
      replies: [],
      notes: notes,
      hasSource: !files.isEmpty
    )
    if !files.isEmpty {
      let file = try PulseAnswerFile(files, of: survey, teams: teams)
      record.replies = file.replies
      record.notes += file.notes
    }
    // Reading must not make the file: who only asks has no accounts.
    if FileManager.default.fileExists(atPath: accountsPath) {
      let answers = try SQLiteAccountStore(path: accountsPath).pulseAnswers()
      record.hasSource = record.hasSource || !answers.isEmpty
      record.take(answers)
    }
    return record
  }

  /// What the teams answered in the newest span of a pulse survey, where the workspace has one;
  /// nothing else.
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

  /// What the teams answered in a pulse survey over time, in files and by links; nil where the
  /// workspace has no survey, or no answers.
  ///
  /// - Parameter day: The last day that counts.
  /// - Returns: The answers by question, span and team; groups under five are hidden.
  /// - Throws: `InputError` with every fault of the files.
  public func pulse(through day: CivilDate) throws -> PulseAnswer? {
    guard let record = try pulseRecord(), record.hasSource else { return nil }
    return PulseAnswer(record.survey, record.replies, through: day)
  }
}

extension PulseRecord {
  /// Takes answers given by links; those to questions or choices that the survey no longer has are
  /// told, and not counted.
  fileprivate mutating func take(_ answers: [KeptPulseAnswer]) {
    let places = Dictionary(
      survey.questions.enumerated().map { (WordKey.of($1.id), $0) },
      uniquingKeysWith: { first, _ in first }
    )
    var misfits = 0
    for answer in answers {
      guard let place = places[WordKey.of(answer.question)],
        let value = survey.questions[place].value(of: answer.answer)
      else {
        misfits += 1
        continue
      }
      replies.append(
        PulseSurvey.Reply(question: place, value: value, team: answer.team, day: answer.day)
      )
    }
    guard misfits > 0 else { return }
    notes.append(
      Diagnostic(
        .note,
        code: "pulse.other-questions",
        "answers given by links that fit no question of the survey any more: \(misfits).",
        remedy: "A changed question deserves a new id."
      )
    )
  }
}
