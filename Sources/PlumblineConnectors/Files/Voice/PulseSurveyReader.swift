public import PlumblineCore
import PlumblineYAML

/// Reads the questions of a survey from `pulse.yaml`.
public struct PulseSurveyReader {
  /// The keys of a survey.
  static let keys = ["pulse", "period", "smallest_group", "teams", "questions"]
  /// The keys of a question.
  static let questionKeys = ["id", "text", "scale", "choices", "type"]

  /// A survey with the teams that may answer.
  public struct Reading: Sendable {
    /// The survey; nil exactly when one of the diagnostics is an error.
    public let survey: PulseSurvey?
    /// The teams; any may answer where there are none.
    public let teams: [String]
    /// All there is to say of the file, in its order.
    public let diagnostics: [Diagnostic]
  }

  private let findings: YAMLFindings

  /// The survey in a file's bytes.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes.
  ///   - file: The file's path as the user gave it, for messages.
  /// - Returns: The survey, and all diagnostics.
  public static func read(_ bytes: some Collection<UInt8>, file: String) -> Reading {
    let findings = YAMLFindings(file: file, codePrefix: "pulse")
    guard let root = YAMLReader.read(bytes, findings: findings),
      let (survey, teams) = PulseSurveyReader(findings: findings).survey(
        YAMLValue(root, name: "the survey", findings: findings)
      ),
      !findings.hasErrors
    else { return Reading(survey: nil, teams: [], diagnostics: findings.diagnostics) }
    return Reading(survey: survey, teams: teams, diagnostics: findings.diagnostics)
  }

  private func survey(_ value: YAMLValue) -> (PulseSurvey, [String])? {
    guard let fields = value.fields(Self.keys) else { return nil }
    _ = fields.required("pulse")?.integer(in: 1...1)
    let least = fields["smallest_group"]?.integer(in: PulseSurvey.leastGroup...1000)?.value
    let period = fields["period"]?.word(MarketingSLA.Period.self)?.value
    let teams = fields["teams"]?.texts()?.map(\.value) ?? []
    guard let list = fields.required("questions"), let items = list.items() else { return nil }
    if items.isEmpty { list.report("no-questions", "the survey asks nothing.") }
    var seen: Set<String> = []
    var questions: [PulseSurvey.Question] = []
    for item in items {
      guard let question = question(item) else { continue }
      if !seen.insert(WordKey.of(question.id)).inserted {
        item.report("duplicate-question", "two questions have the id \"\(question.id)\".")
      }
      questions.append(question)
    }
    return (
      PulseSurvey(
        questions: questions,
        period: period ?? .month,
        smallestGroup: least ?? PulseSurvey.leastGroup
      ),
      teams
    )
  }

  private func question(_ value: YAMLValue) -> PulseSurvey.Question? {
    guard let fields = value.fields(Self.questionKeys) else { return nil }
    let id = fields.required("id")?.filledText()?.value
    let text = fields.required("text")?.filledText()?.value
    let given = ["scale", "choices", "type"].filter { fields[$0] != nil }
    guard given.count == 1 else {
      value.report(
        "question-kind",
        "\(value.name) must say exactly one of scale, choices and type.",
        remedy: "Write \"scale: 1-5\", \"choices: [more, fewer]\" or \"type: text\"."
      )
      return nil
    }
    let scale =
      fields["scale"].flatMap(self.scale) ?? fields["choices"].flatMap(choices)
      ?? fields["type"].flatMap { $0.word(among: ["text"]) }.map { _ in .text }
    guard let id, let text, let scale else { return nil }
    return PulseSurvey.Question(id: id, text: text, scale: scale)
  }

  private func scale(_ value: YAMLValue) -> PulseSurvey.Scale? {
    guard let text = value.filledText()?.value else { return nil }
    let ends = text.split(whereSeparator: { "-–".contains($0) }).map {
      Int(String($0).filter { $0 != " " })
    }
    guard ends.count == 2, let least = ends[0], let most = ends[1], (0...100).contains(least),
      (0...100).contains(most), least < most
    else {
      value.report(
        "scale",
        "\"\(text.shownInMessage)\" is no scale.",
        remedy: "Write the lowest and the highest whole number, such as 1-5."
      )
      return nil
    }
    return .scale(least...most)
  }

  private func choices(_ value: YAMLValue) -> PulseSurvey.Scale? {
    guard let choices = value.texts()?.map(\.value) else { return nil }
    guard choices.count > 1, Set(choices.map(WordKey.of)).count == choices.count else {
      value.report("choices", "a choice needs two or more words that differ.")
      return nil
    }
    return .choice(choices)
  }
}
