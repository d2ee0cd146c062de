import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore

struct PulseAnswerTests {
  private let survey = PulseSurvey(
    questions: [
      PulseSurvey.Question(id: "q", text: "Worth it?", scale: .scale(1...5)),
      PulseSurvey.Question(id: "t", text: "Why?", scale: .text),
      PulseSurvey.Question(id: "c", text: "What?", scale: .choice(["more", "fewer"])),
    ]
  )
  private let end = CivilDate(dayNumber: 20_000)

  private func answer(_ replies: [PulseSurvey.Reply], through: CivilDate? = nil) -> PulseAnswer {
    PulseAnswer(survey, replies, through: through ?? end)
  }

  private func replies(
    _ team: String,
    _ scores: [Int],
    _ day: String = "2024-01-10"
  ) throws -> [PulseSurvey.Reply] {
    let day = try #require(CivilDate(day))
    return scores.map {
      PulseSurvey.Reply(question: 0, value: .score($0), team: team, day: day)
    }
  }

  @Test func `without answers there are no spans`() {
    let spans = answer([]).courses.flatMap { $0.spans }
    #expect(spans.isEmpty)
  }

  @Test(arguments: [
    ([], []), ([1], [0]), ([4], [0]), ([5], []), ([4, 5], [0, 1]), ([4, 20, 9], [0, 2]),
    ([1, 2, 3], [0, 1, 2]), ([1, 2, 30], [0, 1, 2]), ([2, 3, 30], [0, 1]), ([5, 6, 7], []),
    ([4, 4, 30], [0, 1]), ([4, 7, 7], [0, 1]),
  ])
  func `a small group is never hidden alone, nor with too few others`(
    counts: [Int],
    hidden: [Int]
  ) {
    #expect(PulseAnswer.hidden(counts, smallest: 5).sorted() == hidden)
  }

  @Test(arguments: UInt64(0)..<200)
  func `no subtraction from a total leaves fewer than five`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let counts = (0..<Int(1 + generator.next() % 6)).map { _ in Int(1 + generator.next() % 12) }
    let hidden = PulseAnswer.hidden(counts, smallest: 5)
    let isKept = counts.indices.allSatisfy { counts[$0] >= 5 || hidden.contains($0) }
    #expect(isKept)
    let sum = hidden.reduce(0) { $0 + counts[$1] }
    // Either the rest is large enough, or the total is hidden with it.
    #expect(hidden.isEmpty || sum >= 5 || counts.reduce(0, +) < 5)
    #expect(hidden.count != 1 || counts.count == 1)
  }

  @Test func `what is hidden carries neither count nor answers`() throws {
    let all = try replies("sales", [5, 4, 4]) + replies("marketing", Array(repeating: 2, count: 9))
    let span = try #require(answer(all).courses[0].spans.first)
    let isHidden = span.teams.allSatisfy { $0.isHidden && $0.summary == nil }
    #expect(isHidden)
    #expect(span.all.count == 12)
  }

  @Test func `a total of four is hidden, of five shown`() throws {
    #expect(answer(try replies("sales", [1, 1, 1, 1])).courses[0].spans[0].all.isHidden)
    #expect(answer(try replies("sales", [1, 1, 1, 1, 1])).courses[0].spans[0].all.count == 5)
  }

  @Test func `a mean keeps a width at the end of the scale and stays on it`() throws {
    let span = answer(try replies("sales", [5, 5, 5, 5, 5])).courses[0].spans[0]
    guard case .scores(let mean, let interval) = try #require(span.all.summary) else {
      Issue.record("no scores")
      return
    }
    #expect(mean == 5)
    #expect(interval.upper == 5)
    #expect(interval.lower < 4)
  }

  @Test func `a span that is not over is kept back`() throws {
    let all = try replies("sales", [1, 2, 3, 4, 5], "2024-01-31")
    let last = try #require(CivilDate("2024-01-30"))
    let over = try #require(CivilDate("2024-01-31"))
    #expect(answer(all, through: last).courses[0].spans.isEmpty)
    #expect(answer(all, through: last).waiting == 5)
    #expect(answer(all, through: over).courses[0].spans.count == 1)
  }

  @Test func `texts are shown by the alphabet, and only of five`() throws {
    let day = try #require(CivilDate("2024-01-10"))
    func texts(_ words: [String]) -> [PulseSurvey.Reply] {
      words.map { PulseSurvey.Reply(question: 1, value: .text($0), team: "sales", day: day) }
    }
    #expect(answer(texts(["d", "c", "b", "a"])).courses[1].spans[0].all.summary == nil)
    #expect(
      answer(texts(["e", "d", "c", "b", "a"])).courses[1].spans[0].all.summary
        == .texts(["a", "b", "c", "d", "e"])
    )
  }

  @Test func `a change is told against the last span that is shown`() throws {
    let all =
      try replies("sales", Array(repeating: 2, count: 40))
      + replies("sales", [1, 1], "2024-02-10")
      + replies("sales", Array(repeating: 4, count: 40), "2024-03-10")
    let answer = answer(all)
    let change = try #require(answer.change(in: answer.courses[0], of: "sales"))
    #expect(change.since == CivilDate("2024-01-01"))
    #expect(change.difference == 2)
    #expect(change.isClear)
    #expect(change.interval.contains(2))
    #expect(answer.change(in: answer.courses[0], of: "nobody") == nil)
  }

  @Test(arguments: [
    (MarketingSLA.Period.week, "2024-02-29", "2024-02-26", "2024-03-04"),
    (.month, "2024-02-29", "2024-02-01", "2024-03-01"),
    (.month, "2024-12-31", "2024-12-01", "2025-01-01"),
    (.quarter, "2024-03-31", "2024-01-01", "2024-04-01"),
    (.quarter, "2023-11-01", "2023-10-01", "2024-01-01"),
  ])
  func `spans begin and end with the calendar`(
    period: MarketingSLA.Period,
    day: String,
    start: String,
    end: String
  ) throws {
    let first = period.start(of: try #require(CivilDate(day)))
    #expect(first.description == start)
    #expect(period.end(ofSpanFrom: first).description == end)
  }
}
