import Foundation
import PlumblineCommands
import PlumblineCore
import PlumblineReporting
import Testing

@testable import PlumblineWeb

/// Every question of the example company, its answer held against the description.
@Suite struct `Kinds of answers` {
  /// What questions are asked, several ways where they have several kinds of answer.
  private static let queries: [String: [String]] = [
    "agreement-backtest": ["", "ids=true"],
    "agreement-diff": ["first=.&second=."],
    "agreement-reconcile": ["", "metric=win-rate"],
    "attainment": [
      "no-record=true", "checks=true", "no-record=true&what-if=wins%3D5",
      "no-record=true&period=2024-Q1",
    ],
    "economics": ["by=channel"],
    "funnel": ["", "by=owner&where=channel%3DMeta&from=2026-01-01"],
    "plan-quota": ["chances=0.5", "backtest=true"],
    "show-lead": ["id=100002"],
    "simulate": ["changes=hire+1&draws=20"],
    "sla": ["", "now=true"],
    "weekly": ["", "month=2026-05"],
  ]

  /// All but the pulse, for the example company has no survey.
  private static let names = QuestionDoor.all.map(\.name).filter { $0 != "pulse-report" }

  @Test(arguments: names)
  func `an answer has what is described, and nothing else`(name: String) async throws {
    let web = try WebHarness()
    let kinds = try #require(AnswerKinds.ofDoors[name])
    var given: Set<String> = []
    for query in Self.queries[name] ?? [""] {
      let answer = try await web.ask("/api/questions/\(name)?\(query)")
      #expect(answer.status == 200, "\(query): \(answer.text.prefix(300))")
      #expect(try ShapeCheck.faults(answer.text, kinds) == [], "\(query)")
      let tree = try JSONDecoder().decode(JSONTree.self, from: Data(answer.text.utf8))
      given.insert(tree["kind"].text ?? "")
    }
    #expect(given == Set(kinds))
  }

  @Test func `a survey has what is described`() async throws {
    let own = try OwnWorkspace()
    defer { own.remove() }
    try Data(
      """
      pulse: 1
      period: month
      teams: [marketing, sales]
      questions:
        - {id: worth, text: "The leads are worth it.", scale: 1-5}

      """.utf8
    ).write(to: URL(fileURLWithPath: own.workspace.pulsePath))
    let answer = try await own.web.ask("/api/questions/pulse-report?as-of=2026-06-30")
    #expect(answer.status == 200)
    #expect(try ShapeCheck.faults(answer.text, ["pulse"]) == [])
  }

  @Test func `each question has its kinds, and each kind is somebody's`() {
    #expect(Set(AnswerKinds.ofDoors.keys) == Set(QuestionDoor.all.map(\.name)))
    let given =
      AnswerKinds.ofDoors.values.flatMap { $0 } + Call.all.flatMap { [$0.kind] + $0.otherKinds } + [
        "import"
      ]
    #expect(Set(given) == Set(AnswerShape.kinds.map(\.name)))
  }
}
