import PlumblineConnectors
import PlumblineCore
import Testing

struct PulseFileTests {
  private static let yaml = """
    pulse: 1
    period: month
    teams: [Sales, Marketing]
    questions:
      - id: worth_it
        text: The leads I get are worth my time.
        scale: 1-5
      - id: amount
        text: I would like
        choices: [more leads, fewer leads]
      - id: why
        text: Why?
        type: text
    """

  private func survey(_ yaml: String = yaml) throws -> PulseSurveyReader.Reading {
    PulseSurveyReader.read(Array(yaml.utf8), file: "pulse.yaml")
  }

  private func answers(_ text: String) throws -> [PulseSurvey.Reply] {
    let files = try VoiceFiles(["answers.csv": text])
    let reading = try survey()
    return try PulseAnswerFile(
      [files.path("answers.csv")],
      of: try #require(reading.survey),
      teams: reading.teams
    ).replies
  }

  private func codes(_ text: String) -> [String] {
    do {
      _ = try answers(text)
      return []
    } catch let error as InputError {
      return error.diagnostics.map(\.code)
    } catch {
      Issue.record(error)
      return []
    }
  }

  @Test func `reads the three kinds of question`() throws {
    let survey = try #require(try survey().survey)
    #expect(survey.questions.map(\.id) == ["worth_it", "amount", "why"])
    #expect(survey.questions[0].scale == .scale(1...5))
    #expect(survey.questions[1].scale == .choice(["more leads", "fewer leads"]))
    #expect(survey.questions[2].scale == .text)
    #expect(survey.smallestGroup == 5)
  }

  @Test(arguments: [
    ("pulse: 1", "pulse.missing-key"), ("pulse: 1\nquestions: []", "pulse.no-questions"),
    ("pulse: 1\nquestions:\n  - id: a\n    text: b\n", "pulse.question-kind"),
    ("pulse: 1\nquestions:\n  - id: a\n    text: b\n    scale: 5-1\n", "pulse.scale"),
    ("pulse: 1\nquestions:\n  - id: a\n    text: b\n    choices: [x, X]\n", "pulse.choices"),
    (
      "pulse: 1\nsmallest_group: 4\nquestions:\n  - id: a\n    text: b\n    type: text\n",
      "pulse.out-of-range"
    ),
  ])
  func `tells what is wrong with the questions`(yaml: String, code: String) throws {
    let reading = try survey(yaml)
    #expect(reading.survey == nil)
    #expect(reading.diagnostics.map(\.code).contains(code), "\(reading.diagnostics.map(\.code))")
  }

  @Test func `reads answers by day and by week`() throws {
    let replies = try answers(
      """
      question,answer,team,date
      worth_it,5,sales,2026-03-04
      Amount,More Leads,SALES,2026-W10
      why,ask kim@acme.com for more,marketing,2026-03-04T11:00
      worth_it,,sales,2026-03-04
      """
    )
    #expect(replies.map(\.value) == [.score(5), .choice(0), .text("ask [address] for more")])
    #expect(replies.map(\.team) == ["Sales", "Sales", "Marketing"])
    #expect(replies.map(\.day.description) == ["2026-03-04", "2026-03-02", "2026-03-04"])
  }

  @Test(arguments: ["name", "E-Mail", "user", "employee_id", "Full Name", "ip"])
  func `a column that may tell who answered is refused`(column: String) {
    let text = "question,answer,team,date,\(column)\nworth_it,5,sales,2026-03-04,x\n"
    #expect(codes(text) == ["pulse.personal-column"])
  }

  @Test(arguments: ["comment", "wave", "language"])
  func `another column is not read`(column: String) {
    let text = "question,answer,team,date,\(column)\nworth_it,5,sales,2026-03-04,x\n"
    #expect(codes(text).isEmpty)
  }

  @Test func `every answer that does not fit is told`() {
    let text = """
      question,answer,team,date
      worth_itt,5,sales,2026-03-04
      worth_it,6,sales,2026-03-04
      worth_it,5,finance,2026-03-04
      worth_it,5,,2026-03-04
      worth_it,5,sales,soon
      amount,none,sales,2026-03-04
      """
    #expect(
      codes(text) == [
        "pulse.unknown-question", "pulse.off-scale", "pulse.unknown-team", "pulse.no-team",
        "pulse.unreadable-date", "pulse.unknown-choice",
      ]
    )
  }
}
