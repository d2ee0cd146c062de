import Foundation
import PlumblineCore
import PlumblineReporting
import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Quota plan in words` {
  /// A company in which each day three leads come in: of ten leads four are won after 30 days, for
  /// 1,000 each, two leave after 20, four never move.
  private static func facts(channels: [String] = ["Google", "Meta"]) -> FactBuilder {
    var facts = FactBuilder()
    for number in 0..<900 {
      let (id, day) = ("L\(number)", Double(number) / 3)
      facts.lead(id, day: day, channel: channels[number % channels.count])
      if number % 10 < 4, day + 5 <= 300 {
        facts.stage(id, "sql", day: day + 5)
        guard day + 10 <= 300 else { continue }
        let isWon = day + 30 <= 300
        facts.deal(
          "D\(number)",
          lead: id,
          created: day + 10,
          closed: isWon ? day + 30 : nil,
          outcome: isWon ? "won" : "open",
          amount: 100_000,
          currency: "EUR"
        )
      } else if number % 10 < 6, day + 20 <= 300 {
        facts.stage(id, "lost", day: day + 20)
      }
    }
    return facts
  }

  private static let agreement = Agreement(
    company: "Test",
    currency: "EUR",
    path: ["lead", "sql", "opportunity", "won"].map { Stage(id: $0) },
    hash: "0123456789abcdef"
  )

  private static func plan(
    _ quota: Int64,
    by: Int = 360,
    mix: QuotaQuestion.Mix = .pooled,
    facts: FactBuilder = facts(),
    names: Bool = false
  ) throws -> (QuotaPlan, QuotaTarget) {
    let history = facts.history(agreement, asOfDay: 300)
    let target = try QuotaTarget(
      quota: quota,
      by: CivilDate(dayNumber: by),
      since: nil,
      agreement: agreement,
      today: CivilDate(dayNumber: 300)
    )
    var question = QuotaQuestion(
      quota: quota,
      deadline: target.deadline,
      since: target.since,
      mix: mix
    )
    question.namesLeads = names
    return (try QuotaPlanBuilder(history: history).plan(question), target)
  }

  private static func text(_ made: (QuotaPlan, QuotaTarget), width: Int = 80) -> String {
    QuotaPlanText(
      made.0,
      for: made.1,
      rule: agreement.journeyRule,
      under: agreement,
      layout: TextLayout(width: width)
    ).text
  }

  @Test func `says what it takes, with the odds and where it comes from`() throws {
    let text = Self.text(try Self.plan(20_000_000, mix: .current))
    if ProcessInfo.processInfo.environment["PLUMBLINE_SHOW"] != nil { print(text) }
    #expect(text.hasPrefix("It takes "))
    for part in [
      "EUR 200,000", "1970-10-01 to 1970-12-27", "P50", "P80", "P95", "leads in all",
      "useful", "What the open pipeline is worth", "What would have to be true",
      "What is assumed", "Leads a week by channel", "Google", "without any new lead",
      "Agreement 1 (0123456789ab), as of 1970-10-28",
    ] {
      #expect(text.contains(part), "\(part)")
    }
    for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test func `a met quota and one without data have words and no numbers`() throws {
    let met = Self.text(try Self.plan(100))
    #expect(met.hasPrefix("The quota of EUR 1.00 is met"))
    #expect(!met.contains("A week, from now"))
    let none = Self.text(try Self.plan(100, facts: FactBuilder()))
    #expect(none.hasPrefix("No plan for EUR 1.00 by 1970-12-27: no lead is on record."))
    let far = Self.text(try Self.plan(10_000_000_000_000, by: 301))
    #expect(far.contains("No number of new leads makes"))
  }

  @Test func `leads of late are told as measured, the same everywhere`() throws {
    let made = try Self.plan(20_000_000)
    let today = try #require(made.0.today)
    let measured = String(format: "%.1f", today.perWeek)
    let text = Self.text(made, width: 200)
    #expect(text.contains("with the \(measured) a week of late"))
    #expect(text.contains("\(measured) leads a week ("))
    #expect(text.contains("to be true, with \(measured) leads a week"))
  }

  @Test func `JSON has every key and opens to ids`() throws {
    let made = try Self.plan(20_000_000, mix: .current, names: true)
    let text = try QuotaPlanJSON(
      made.0,
      for: made.1,
      rule: Self.agreement.journeyRule,
      under: Self.agreement
    ).text()
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    let answer = try #require(value as? [String: Any])
    #expect(answer["kind"] as? String == "quota_plan")
    let pipeline = try #require(answer["pipeline"] as? [String: Any])
    let leads = try #require(pipeline["leads"] as? [[String: Any]])
    #expect(leads.count == pipeline["open"] as? Int)
    let chances = leads.compactMap { $0["chance"] as? Double }
    let wins = try #require(pipeline["expected_wins"] as? Double)
    #expect(abs(chances.reduce(0, +) - wins) < 1e-3 * wins)
    #expect((answer["answers"] as? [[String: Any]])?.count == 3)
    #expect((answer["channels"] as? [[String: Any]])?.count == 2)
    var filtered = made.0.question
    filtered.filters = [DimensionFilter(.channel, values: ["Google"])]
    filtered.mix = .pooled
    let some = try QuotaPlanBuilder(history: Self.facts().history(Self.agreement, asOfDay: 300))
      .plan(filtered)
    try DocumentedKeys(section: "quota_plan").check([
      text,
      QuotaPlanJSON(
        some,
        for: made.1,
        rule: Self.agreement.journeyRule,
        under: Self.agreement
      ).text(),
    ])
    // The same question, the same bytes.
    let again = try Self.plan(20_000_000, mix: .current, names: true)
    #expect(
      text
        == (try QuotaPlanJSON(
          again.0,
          for: again.1,
          rule: Self.agreement.journeyRule,
          under: Self.agreement
        ).text())
    )
  }

  @Test func `the page shows the fan with its table and needs nothing else`() throws {
    let made = try Self.plan(20_000_000)
    let page = QuotaPlanPage(
      made.0,
      for: made.1,
      rule: Self.agreement.journeyRule,
      under: Self.agreement,
      generatedBy: "a test"
    ).text
    if let path = ProcessInfo.processInfo.environment["PLUMBLINE_SHOW"] {
      try Data(page.utf8).write(to: URL(filePath: path))
    }
    for part in ["plot fan wide-only", "plot fan narrow-only", "class=\"band\"", "plan-fan-table"] {
      #expect(page.contains(part), "\(part)")
    }
    #expect(!page.contains("http://") && !page.contains("<script"))
    #expect(!page.contains("nan"))
    // Two pictures, each with a title and a description.
    #expect(page.components(separatedBy: "<desc").count == 3)
  }
}
