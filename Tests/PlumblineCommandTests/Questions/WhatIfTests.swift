import Foundation
import PlumblineAgreement
import PlumblineCore
import Testing

@testable import PlumblineCommands

/// What a what-if answers is what the agreement would, were it changed so.
struct WhatIfTests {
  private func funnel(
    _ folder: URL,
    _ parameters: [QuestionCall.Parameter] = []
  ) throws -> FunnelAnswer {
    try QuestionCall.question(Funnel.self, parameters + [("by", "channel")], of: folder.path)
      .answer().funnel
  }

  /// The same question asked of an agreement with these changes.
  private func agreed(_ changes: [AgreementRewrite.Change]) throws -> FunnelAnswer {
    try SmallExample.withCopy { folder in
      let path = folder.appendingPathComponent("agreement.yaml")
      let rewrite = AgreementRewrite(try String(contentsOf: path, encoding: .utf8), changes)
      #expect(rewrite.unplaced.isEmpty)
      try Data(rewrite.text.utf8).write(to: path)
      return try funnel(folder)
    }
  }

  private func expectEqual(_ answer: FunnelAnswer, _ other: FunnelAnswer) {
    #expect(answer.total == other.total)
    #expect(answer.rows == other.rows)
    #expect(answer.horizons == other.horizons)
    #expect(answer.skipRules == other.skipRules)
  }

  @Test(arguments: [-100, 20, 40, 75])
  func `another score of an MQL`(score: Int) throws {
    let folder = try SmallExample.folder()
    let asked = try funnel(folder, [("mql-at", "\(score)")])
    expectEqual(asked, try agreed([.mqlAt(score), .gate(stage: "mql", score: score)]))
    let usual = try funnel(folder)
    // All of this company's MQLs have some score; nobody is below the least.
    #expect((asked.total.reached[1] < usual.total.reached[1]) == (score > 0))
  }

  @Test func `a higher score lets fewer leads in`() throws {
    let folder = try SmallExample.folder()
    let reached = try [0, 25, 50, 75].map {
      try funnel(folder, [("mql-at", "\($0)")]).total.reached[1]
    }
    #expect(reached == reached.sorted(by: >))
    #expect(Set(reached).count == reached.count)
  }

  @Test func `other days for a step`() throws {
    let folder = try SmallExample.folder()
    let asked = try funnel(folder, [("horizon", "lead-mql:3"), ("horizon", "lead-won:200")])
    let changes: [AgreementRewrite.Change] = [
      .horizon(step: "lead-mql", days: 3), .horizon(step: "lead-won", days: 200),
    ]
    expectEqual(asked, try agreed(changes))
    #expect(asked.horizons.contains { $0.from == "lead" && $0.to == "mql" && $0.days == 3 })
  }

  @Test func `without a name the next stage confirms`() throws {
    let folder = try SmallExample.folder()
    let named = try funnel(folder, [("confirmed", "mql:sql:10")])
    expectEqual(try funnel(folder, [("confirmed", "mql::10")]), named)
    expectEqual(
      named,
      try agreed([.confirmed(stage: "mql", by: "sql", withinDays: 10)])
    )
  }

  @Test(arguments: [
    ("horizon", "lead-sql:3"), ("horizon", "mql-lead:3"), ("horizon", "lead-mql"),
    ("horizon", "lead-mql:0"), ("horizon", "lead-mql:3651"), ("horizon", "lead-mql:x"),
    ("confirmed", "won::3"), ("confirmed", "lead::3"), ("confirmed", "::"),
    ("confirmed", "sql:mql:3"), ("mql-at", "many"),
  ])
  func `what cannot be asked is said`(name: String, value: String) throws {
    #expect(throws: InputError.self) {
      try funnel(try SmallExample.folder(), [(name, value)])
    }
  }

  /// The `question` of the JSON answer, and what its `horizons` say of whether they are agreed.
  private func told(
    _ parameters: [QuestionCall.Parameter]
  ) throws -> (question: [String: Any], areAgreed: [Bool]) {
    let folder = try SmallExample.folder()
    let asked = try QuestionCall.question(Funnel.self, parameters, of: folder.path)
    let text = try asked.json(asked.answer())
    let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let horizons = json?["horizons"] as? [[String: Any]] ?? []
    let question = try #require(json?["question"] as? [String: Any])
    return (question, horizons.compactMap { $0["is_agreed"] as? Bool })
  }

  @Test func `JSON tells a what-if from the agreement`() throws {
    let (agreed, areAgreed) = try told([])
    #expect(agreed["what_if"] as? [String] == [])
    #expect(agreed["returns"] as? String == "new_episode")
    #expect(agreed["mql_at"] is NSNull)
    #expect((agreed["asked_horizons"] as? [Any])?.isEmpty == true)
    let (asked, areStillAgreed) = try told([
      ("skips", "strict"), ("returns", "same_episode"), ("confirmed", "mql:sql:10"),
      ("mql-at", "40"), ("horizon", "lead-mql:3"),
    ])
    #expect(
      asked["what_if"] as? [String] == ["skips", "returns", "confirmed", "mql_at", "horizons"]
    )
    #expect(asked["returns"] as? String == "same_episode")
    #expect(asked["mql_at"] as? Int == 40)
    let confirmed = try #require((asked["confirmed"] as? [[String: Any]])?.first)
    #expect(confirmed["stage"] as? String == "mql" && confirmed["by"] as? String == "sql")
    #expect(confirmed["within_days"] as? Int == 10)
    let horizon = try #require((asked["asked_horizons"] as? [[String: Any]])?.first)
    #expect(horizon["step"] as? String == "lead-mql" && horizon["days"] as? Int == 3)
    #expect(areAgreed.count == areStillAgreed.count)
    #expect(areStillAgreed.first == false)
  }

  @Test func `asking for what is agreed is no what-if`() throws {
    let (question, _) = try told([("returns", "new_episode")])
    #expect(question["what_if"] as? [String] == [])
  }

  @Test func `what-ifs do not stay with the next question`() throws {
    let folder = try SmallExample.folder()
    let shelf = ReadingShelf()
    try shelf.serving {
      let usual = try funnel(folder)
      for score in [30, 60, 30] {
        let asked = try funnel(folder, [("mql-at", "\(score)")])
        #expect(asked.total.reached[1] != usual.total.reached[1])
        expectEqual(try funnel(folder), usual)
      }
    }
  }
}
