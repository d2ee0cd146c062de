import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore

struct LeadScoresTests {
  private static let scoring = LeadScoring(
    fit: [
      .init(AttributeCriterion(name: "employees", match: .range(50, 1000)), points: 20),
      .init(AttributeCriterion(name: "Country", match: .words(["DE", "AT"])), points: 10),
      .init(AttributeCriterion(name: "country", match: .missing), points: -5),
      .init(AttributeCriterion(name: "country", match: .present), points: 1),
    ],
    engagement: [
      .init(touch: "demo_request", points: 30),
      .init(touch: "Page View", points: 2, most: 10),
      .init(touch: "unsubscribe", points: -40),
    ],
    halfLifeInDays: 30
  )

  @Test func `gives a lead of which nothing is known what missing values are worth`() {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    let (scores, _) = facts.scores(Self.scoring)
    let score = scores.score(of: 0, at: instant(10))
    #expect(score == LeadScore(fit: -5, engagement: 0, missingAttributes: 2, askedAttributes: 2))
    #expect(score.missingShare == 1)
    #expect(!scores.isComputed(0))
  }

  @Test func `knows nothing without rules`() {
    var facts = FactBuilder()
    facts.lead("a", day: 0, scoreAtHandOff: 7)
    facts.touch("a", "demo_request", day: 1)
    let (scores, _) = facts.scores(LeadScoring(threshold: 5))
    #expect(scores.score(of: 0, at: instant(10)).total == 0)
    #expect(scores.score(of: 0, at: instant(10)).missingShare == nil)
    #expect(!scores.isComputed(0))
    #expect(scores.reasons(of: 0, at: instant(10)).isEmpty)
  }

  @Test func `of recorded scores only the one at hand-off counts, and the survivor's of a merge`()
    throws
  {
    var facts = FactBuilder()
    for (id, now, then) in [("a", 5, 7), ("b", 6, nil), ("c", nil, nil), ("d", 1, nil)]
      as [(String, Int64?, Int64?)]
    {
      var fields: [String: FactBuilder.FieldValue] = [
        "id": .text(id), "created": .time(FactBuilder.time(0)),
      ]
      fields["score"] = now.map { .number($0) }
      fields["score_at_hand_off"] = then.map { .number($0) }
      facts.add(.lead, fields)
    }
    facts.merge("d", into: "b")
    let store = MemoryFactStore()
    _ = try store.append(facts.batch, of: FactBuilder.record(), after: 0)
    let history = try CompanyHistory(reading: store, under: Agreement(), asOf: instant(10))
    let ledger = try Ledger(reading: store)
    let scores = LeadScores(
      LeadScoring(),
      LeadAttributes(ledger, asOf: history.asOf),
      LeadTouches(ledger, for: history),
      of: history
    )
    #expect((0..<3).map { scores.recordedAtHandOff($0) } == [7, nil, nil])
  }

  /// Worked by hand: see the numbers beside each day.
  private func handCase() -> LeadScores {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.attribute("a", "employees", "51-200")
    facts.touch("a", "Demo-Request", day: 0)
    for _ in 0..<6 { facts.touch("a", "page_view", day: 30) }
    facts.touch("a", "unsubscribe", day: 60)
    facts.touch("a", "something else", day: 60)
    facts.touch("a", "demo_request", day: nil)
    return facts.scores(Self.scoring).scores
  }

  private static let days: [(Double, Double, Int)] = [
    // Before anything: employees 20, country missing −5.
    (-1.0, 15.0, 15),
    // The demo in full.
    (0, 45, 45),
    // Half a half-life later: 30 x 2^(−1/2).
    (15, 36.213_203_435_596_427, 36),
    // The demo by half, six views for twelve points of which ten count.
    (30, 40, 40),
    // A quarter of the demo, half of the twelve; −40.
    (60, -11.5, -11),
    (90, 1.75, 2),
  ]

  @Test(arguments: days)
  func `equals a case worked by hand`(day: Double, total: Double, shown: Int) {
    let score = handCase().score(of: 0, at: instant(day))
    #expect(abs(score.total - total) < 1e-12)
    #expect(score.shown == shown)
    #expect(score.fit == 15 && score.missingAttributes == 1)
  }

  @Test(arguments: [(-0.5, 0), (-0.51, -1), (0.49, 0), (0.5, 1), (2.5, 3), (-2.5, -2)])
  func `rounds halves up for show only`(total: Double, shown: Int) {
    let score = LeadScore(fit: 0, engagement: total, missingAttributes: 0, askedAttributes: 0)
    #expect(score.shown == shown)
    #expect(
      !LeadScore(fit: 0, engagement: 49.5, missingAttributes: 0, askedAttributes: 0).reaches(50)
    )
  }

  @Test func `says which rule brought how much, and that adds up to the total`() throws {
    let scores = handCase()
    let reasons = scores.reasons(of: 0, at: instant(60))
    #expect(
      reasons.map(\.subject) == [
        .attribute("employees", value: "51-200"), .attribute("Country", value: nil),
        .touches("demo_request", count: 1), .touches("Page View", count: 6),
        .touches("unsubscribe", count: 1),
      ]
    )
    #expect(reasons.map(\.points) == [20, -5, 7.5, 6, -40])
    let capped = try #require(scores.reasons(of: 0, at: instant(30)).last)
    #expect(capped.points == 10 && capped.pointsWithoutLimit == 12)
    for day in stride(from: 0.0, through: 120, by: 7) {
      let sum = scores.reasons(of: 0, at: instant(day)).reduce(0) { $0 + $1.points }
      #expect(abs(sum - scores.score(of: 0, at: instant(day)).total) < 1e-12)
    }
  }

  @Test func `counts an attribute with a date from then on, the word of both teams first`() {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.attribute("a", "country", "FR", by: "sales", day: 10)
    facts.attribute("a", "country", "DE", day: 20)
    facts.attribute("a", "employees", "", by: "marketing")
    let (scores, _) = facts.scores(Self.scoring)
    let fits = [9, 10, 19, 20].map { scores.score(of: 0, at: instant($0)) }
    #expect(fits.map(\.fit) == [-5, 1, 1, 10])
    #expect(fits.map(\.missingAttributes) == [2, 1, 1, 1])
    #expect(scores.isComputed(0))
  }

  // MARK: When a threshold is reached

  private func firstDay(_ threshold: Int, from: Double = 0, to: Double = 1000) -> Double? {
    handCase().firstTime(reaching: threshold, of: 0, within: instant(from)...instant(to))
      .map { Double($0.instant.seconds) / 86_400 }
  }

  @Test func `finds the first time at which a threshold is reached`() throws {
    #expect(firstDay(15, from: -5) == -5)
    #expect(firstDay(45) == 0)
    #expect(firstDay(46) == nil)
    // 15 + 30d reaches 40 with d = 5/6 going down, and again with the page views on day 30.
    #expect(firstDay(40, from: 20) == 30)
    #expect(firstDay(40, from: 30, to: 30) == 30)
    #expect(firstDay(41, from: 20) == nil)
    // From day 60 on 15 − 26.5d rises to 0 when d = 15/26.5: 30 x log2(26.5/15) days later.
    let risen = try #require(firstDay(0, from: 60))
    #expect(abs(risen - (60 + 24.6307)) < 0.001)
    #expect(firstDay(0, from: 60, to: 84) == nil)
    // It never rises to what fading leaves at the end of time.
    #expect(firstDay(15, from: 60) == nil)
  }

  @Test func `a touch known to the day lifts the score from the beginning of that day`() {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.touch("a", "demo_request", day: 3, precision: .day)
    let (scores, _) = facts.scores(Self.scoring)
    let found = scores.firstTime(reaching: 20, of: 0, within: instant(0)...instant(9))
    #expect(found == FactBuilder.time(3, precision: .day))
  }

  /// Every second by the formula itself, on small companies whose points fade within minutes.
  @Test(arguments: UInt64(0)..<120)
  func `equals a slow formula at every second`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    let last = 2000
    var touches: [(second: Int, type: Int)] = []
    for _ in 0..<Int.random(in: 0...6, using: &random) {
      let touch = (Int.random(in: 0...last, using: &random), Int.random(in: 0..<4, using: &random))
      touches.append(touch)
      facts.touch("a", "t\(touch.1)", day: Double(touch.0) / 86_400)
    }
    let isKnownAt = Int.random(in: 0...last, using: &random)
    facts.attribute("a", "size", "10", day: Double(isKnownAt) / 86_400)
    let halfLife = Bool.random(using: &random) ? 0.004 : nil
    let rules = (0..<3).map { type in
      LeadScoring.EngagementRule(
        touch: "t\(type)",
        points: Int.random(in: -30...30, using: &random),
        most: Bool.random(using: &random) ? Int.random(in: 0...25, using: &random) : nil
      )
    }
    let scoring = LeadScoring(
      fit: [.init(AttributeCriterion(name: "size", match: .range(5, nil)), points: 4)],
      engagement: rules,
      halfLifeInDays: halfLife
    )
    func slow(_ second: Int) -> Double {
      var total = second >= isKnownAt ? 4.0 : 0
      for (type, rule) in rules.enumerated() {
        var sum = 0.0
        for touch in touches where touch.type == type && touch.second <= second {
          let age = Double(second - touch.second) / 86_400
          sum += Double(rule.points) * (halfLife.map { powerOfTwo(-age / $0) } ?? 1)
        }
        if let most = rule.most, abs(sum) > Double(most) {
          sum = sum < 0 ? -Double(most) : Double(most)
        }
        total += sum
      }
      return total
    }
    let (scores, _) = facts.scores(scoring)
    let start = Int.random(in: 0...last, using: &random)
    for threshold in [-20, -5, 0, 1, 7, 20] {
      let expected = (start...last).first { slow($0) >= Double(threshold) - 1e-9 }
      let found = scores.firstTime(
        reaching: threshold,
        of: 0,
        within: Instant(seconds: Int64(start))...Instant(seconds: Int64(last))
      )
      #expect(found.map { Int($0.instant.seconds) } == expected, "\(threshold)")
    }
    for second in stride(from: 0, through: last, by: 37) {
      let score = scores.score(of: 0, at: Instant(seconds: Int64(second)))
      #expect(abs(score.total - slow(second)) < 1e-9)
    }
  }
}
