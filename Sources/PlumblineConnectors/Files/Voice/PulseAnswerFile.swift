public import PlumblineCore

/// Reads answers to a survey: one line an answer, without names.
public struct PulseAnswerFile {
  /// The answers in the order of the files.
  public let replies: [PulseSurvey.Reply]
  /// Notes on the files.
  public let notes: [Diagnostic]

  static let names: [(column: String, names: [String])] = [
    ("question", ["question", "question id", "item"]),
    ("answer", ["answer", "response", "value", "score"]),
    ("team", ["team", "department", "group"]),
    ("day", ["date", "day", "week", "at", "time", "timestamp"]),
  ]

  /// Words in a column's name which show that it tells who answered.
  static let personalWords: Set<String> = [
    "address", "author", "contact", "e-mail", "email", "employee", "id", "initials", "ip", "login",
    "mail", "mobile", "name", "named", "names", "owner", "person", "phone", "rep", "respondent",
    "surname", "user", "username", "vorname", "nachname", "who",
  ]

  /// Reads files.
  ///
  /// Weeks are written as `2026-W47` or by their first day; days as `2026-11-22`.
  ///
  /// - Parameters:
  ///   - paths: The files.
  ///   - survey: The questions.
  ///   - teams: The teams that may answer; any where there are none.
  /// - Throws: `InputError` with every fault: columns that would tell who answered, columns that are
  ///   missing, and answers that do not fit their question.
  /// - Complexity: O(bytes of the files).
  public init(_ paths: [String], of survey: PulseSurvey, teams: [String] = []) throws {
    var reading = PulseReading(survey, teams)
    var notes: [Diagnostic] = []
    for path in paths {
      let table = try TableReader(path: path)
      notes += table.notes
      reading.read(table, path)
    }
    guard reading.findings.isEmpty else { throw InputError(reading.allFindings) }
    replies = reading.replies
    self.notes = notes
  }
}

private struct PulseReading {
  private static let mostFindings = 50

  let survey: PulseSurvey
  private let questionOfWord: [String: Int]
  private let teamOfWord: [String: String]
  private(set) var replies: [PulseSurvey.Reply] = []
  private(set) var findings: [Diagnostic] = []
  private var others = 0

  init(_ survey: PulseSurvey, _ teams: [String]) {
    self.survey = survey
    questionOfWord = Dictionary(
      survey.questions.enumerated().map { (WordKey.of($1.id), $0) },
      uniquingKeysWith: { first, _ in first }
    )
    teamOfWord = Dictionary(
      teams.map { (WordKey.of($0), $0) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  var allFindings: [Diagnostic] {
    others == 0
      ? findings
      : findings + [
        Diagnostic(.error, code: "pulse.more", "\(others) more answers do not fit.")
      ]
  }

  private mutating func note(
    _ code: String,
    _ message: String,
    _ path: String,
    _ line: Int,
    _ remedy: String
  ) {
    guard findings.count < Self.mostFindings else {
      others += 1
      return
    }
    findings.append(
      Diagnostic(
        .error,
        code: code,
        message,
        at: Diagnostic.Location(file: path, line: line),
        remedy: remedy
      )
    )
  }

  mutating func read(_ table: TableReader, _ path: String) {
    let header = table.header.map(HeaderName.normalized)
    var columns: [String: Int] = [:]
    for (column, names) in PulseAnswerFile.names {
      columns[column] = names.lazy.compactMap { header.firstIndex(of: $0) }.first
    }
    let known = Set(columns.values)
    for index in header.indices where !known.contains(index) && isPersonal(header[index]) {
      note(
        "pulse.personal-column",
        "the column \"\(table.header[index])\" may tell who answered.",
        path,
        table.headerLine,
        "Take it out of the file: answers are read without names."
      )
    }
    for column in ["question", "answer", "team", "day"] where columns[column] == nil {
      let names = PulseAnswerFile.names.first { $0.column == column }?.names ?? []
      note(
        "pulse.no-column",
        "there is no column \"\(names.first ?? column)\".",
        path,
        table.headerLine,
        "Answers have the columns question, answer, team, and date or week."
      )
    }
    guard let question = columns["question"], let answer = columns["answer"],
      let team = columns["team"], let day = columns["day"]
    else { return }
    table.forEachRow { row in
      read(
        row.string(question),
        row.string(answer),
        row.string(team),
        row.string(day),
        path,
        row.line
      )
    }
  }

  private func isPersonal(_ name: String) -> Bool {
    if name.contains("@") || name.contains("mail") { return true }
    let words = name.split { !$0.isLetter && $0 != "-" }.map(String.init)
    return words.contains { PulseAnswerFile.personalWords.contains($0) }
  }

  private mutating func read(
    _ question: String,
    _ answer: String,
    _ team: String,
    _ day: String,
    _ path: String,
    _ line: Int
  ) {
    // A question that somebody skipped is no answer.
    if answer.isEmpty { return }
    guard let index = questionOfWord[WordKey.of(question)] else {
      let ids = survey.questions.map(\.id)
      note(
        "pulse.unknown-question",
        "\"\(question.prefix(60))\" is no question of the survey.",
        path,
        line,
        (Suggestion.nearest(to: question, among: ids).map { "Did you mean \"\($0)\"? " } ?? "")
          + "Questions: \(ids.joined(separator: ", "))."
      )
      return
    }
    guard let start = Self.day(day) else {
      note(
        "pulse.unreadable-date",
        "\"\(day.prefix(30))\" is no day and no week.",
        path,
        line,
        "Write it as 2026-11-22 or 2026-W47."
      )
      return
    }
    guard let name = self.team(team, path, line) else { return }
    guard let value = value(answer, survey.questions[index], path, line) else { return }
    replies.append(PulseSurvey.Reply(question: index, value: value, team: name, day: start))
  }

  private static func day(_ text: String) -> CivilDate? {
    CivilDate(String(text.prefix(10))) ?? CalendarWeek(text)?.start
  }

  private mutating func team(_ text: String, _ path: String, _ line: Int) -> String? {
    if text.isEmpty || text.contains("@") {
      note(
        "pulse.no-team",
        text.isEmpty ? "the answer names no team." : "the team looks like an address.",
        path,
        line,
        "Write the team of whoever answered, such as sales."
      )
      return nil
    }
    guard !teamOfWord.isEmpty else { return WordKey.of(text) }
    if let known = teamOfWord[WordKey.of(text)] { return known }
    let teams = teamOfWord.values.sorted()
    note(
      "pulse.unknown-team",
      "\"\(text.prefix(60))\" is no team of the survey.",
      path,
      line,
      (Suggestion.nearest(to: text, among: teams).map { "Did you mean \"\($0)\"? " } ?? "")
        + "Teams: \(teams.joined(separator: ", "))."
    )
    return nil
  }

  private mutating func value(
    _ answer: String,
    _ question: PulseSurvey.Question,
    _ path: String,
    _ line: Int
  ) -> PulseSurvey.Reply.Value? {
    if let value = question.value(of: answer) { return value }
    switch question.scale {
    case .scale(let scale):
      note(
        "pulse.off-scale",
        "\"\(answer.prefix(30))\" is not on the scale of \(question.id).",
        path,
        line,
        "Write a whole number from \(scale.lowerBound) to \(scale.upperBound)."
      )
    case .choice(let choices):
      note(
        "pulse.unknown-choice",
        "\"\(answer.prefix(60))\" is no choice of \(question.id).",
        path,
        line,
        "Choices: \(choices.joined(separator: ", "))."
      )
    case .text: break
    }
    return nil
  }
}
