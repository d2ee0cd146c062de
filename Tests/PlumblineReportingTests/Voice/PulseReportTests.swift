import PlumblineCore
import PlumblineReporting
import Testing

struct PulseReportTests {
  private func answer(small: Int, months: Int = 1) throws -> PulseAnswer {
    let survey = PulseSurvey(
      questions: [
        PulseSurvey.Question(id: "q", text: "Worth it?", scale: .scale(1...5)),
        PulseSurvey.Question(id: "t", text: "Why?", scale: .text),
        PulseSurvey.Question(id: "c", text: "Which?", scale: .choice(["more", "fewer"])),
      ]
    )
    var replies: [PulseSurvey.Reply] = []
    for month in 1...months {
      let day = try #require(CivilDate("2024-0\(month)-10"))
      for (team, count) in [("marketing", 6), ("sales", small)] {
        for index in 0..<count {
          for (question, value) in [
            PulseSurvey.Reply.Value.score(1 + index % 5), .text("\(team) says \(index)"),
            .choice(index % 2),
          ].enumerated() {
            replies.append(
              PulseSurvey.Reply(question: question, value: value, team: team, day: day)
            )
          }
        }
      }
    }
    return PulseAnswer(survey, replies, through: try #require(CivilDate("2024-03-01")))
  }

  @Test func `what is hidden stands nowhere in text and JSON`() throws {
    let answer = try answer(small: 4)
    for text in [PulseText(answer).text, try PulseJSON(answer).text()] {
      #expect(!text.contains("sales says"))
      #expect(!text.contains("marketing says"))
      #expect(text.contains("hidden"))
    }
  }

  @Test func `groups of five are shown with their range`() throws {
    let answer = try answer(small: 5)
    let text = PulseText(answer).text
    #expect(text.contains("sales says 4"))
    #expect(text.contains("of 5"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func `explains every key`() throws {
    try DocumentedKeys(
      section: "pulse",
      shapes: ["all": "pulse group", "teams[]": "pulse group", "answers": "share"]
    ).check([try PulseJSON(try answer(small: 6, months: 2)).text()])
  }

  @Test func `without answers it says so`() throws {
    let survey = try answer(small: 5).survey
    let empty = PulseAnswer(survey, [], through: CivilDate(dayNumber: 0))
    #expect(PulseText(empty).text.contains("Nobody has answered yet."))
  }
}
