import PlumblineTestSupport
import Testing

@testable import PlumblineCore

/// What sales said, read as agreed when it was said.
struct ReasonWordsTests {
  /// `bad_fit` is `no_fit` from day 100 on, `spam` is no more, `x` turned from a rejection into an
  /// acceptance by name, and `soon` is new.
  private static let agreement: Agreement = {
    var old = Agreement(version: "old")
    old.effective = CivilDate(dayNumber: 0)
    old.dispositions = [
      DispositionReason(id: "bad_fit", outcome: .rejected, aliases: ["wrong size"]),
      DispositionReason(id: "spam", outcome: .rejected, aliases: ["junk"]),
      DispositionReason(id: "auto", outcome: .recycled, isDefault: true),
      DispositionReason(id: "x", outcome: .rejected),
    ]
    var new = Agreement(version: "new")
    new.effective = CivilDate(dayNumber: 100)
    new.dispositions = [
      DispositionReason(id: "x", outcome: .rejected),
      DispositionReason(id: "no_fit", outcome: .rejected, aliases: ["Bad_Fit", "y"]),
      DispositionReason(id: "soon", outcome: .recycled),
    ]
    new.earlier = [old]
    return new
  }()

  private func said(
    _ text: String,
    day: Double?,
    asOf: Double = 200,
    _ agreement: Agreement = agreement
  ) throws -> (reason: DispositionReason?, all: Dispositions) {
    var facts = FactBuilder()
    facts.lead("a", day: 1)
    facts.add(
      .disposition,
      ["lead": .text("a"), "at": .time(FactBuilder.time(day)), "reason": .text(text)]
    )
    let history = facts.history(agreement, asOfDay: asOf)
    let all = Dispositions(facts.ledger(), for: history)
    let entry = try #require(all.entries.first)
    #expect(all.outcome(of: entry) == entry.reason.map { all.reasons[$0].outcome })
    return (entry.reason.map { all.reasons[$0] }, all)
  }

  @Test(
    arguments: [
      ("bad_fit", 50, "no_fit"), ("wrong size", 50, "no_fit"), ("wrong size", 150, nil),
      ("bad_fit", 150, "no_fit"), ("y", 150, "no_fit"), ("y", 50, nil), ("spam", 50, "spam"),
      ("Junk", 99.9, "spam"), ("spam", 100, nil), ("x", 50, "x"), ("soon", 50, nil),
      ("soon", 100, "soon"), ("soon", nil, "soon"), ("spam", nil, nil), ("auto", 1, "auto"),
      ("", 50, nil),
    ] as [(String, Double?, String?)]
  )
  func `a word means what it did when it was said`(
    text: String,
    day: Double?,
    id: String?
  ) throws {
    #expect(try said(text, day: day).reason?.id == id)
  }

  @Test func `a reason that is no more keeps what it amounted to`() throws {
    let (spam, all) = try said("junk", day: 50)
    #expect(spam?.outcome == .rejected)
    #expect(all.reasons.map(\.id) == ["x", "no_fit", "soon", "spam"])
    #expect(try said("auto", day: 50).reason?.isDefault == true)
    // What nobody said is not listed.
    #expect(try said("x", day: 50).all.reasons.map(\.id) == ["x", "no_fit", "soon"])
  }

  @Test func `a version that is not in force yet has no words`() throws {
    let (reason, all) = try said("bad_fit", day: 50, asOf: 99)
    #expect(reason?.id == "bad_fit")
    #expect(all.reasons.map(\.id) == ["bad_fit", "spam", "auto", "x"])
    #expect(try said("soon", day: nil, asOf: 99).reason == nil)
    #expect(try said("soon", day: nil, asOf: 100).reason?.id == "soon")
  }

  @Test func `one version alone reads everything`() throws {
    var alone = Self.agreement
    alone.earlier = []
    #expect(try said("bad_fit", day: 50, alone).reason?.id == "no_fit")
    #expect(try said("spam", day: 50, alone).reason == nil)
  }

  @Test func `the voice of sales takes the words and the wishes of the hand-off`() throws {
    var agreement = Self.agreement
    agreement.earlier[0].idealCustomer = [AttributeCriterion(name: "size", match: .range(1, 10))]
    agreement.idealCustomer = [AttributeCriterion(name: "size", match: .range(100, 200))]
    var facts = FactBuilder()
    for (lead, day, word) in [("a", 50.0, "junk"), ("b", 50, "bad_fit"), ("c", 150, "no_fit")] {
      facts.lead(lead, day: day - 1)
      facts.stage(lead, "sql", day: day)
      facts.add(
        .disposition,
        ["lead": .text(lead), "at": .time(FactBuilder.time(day + 1)), "reason": .text(word)]
      )
      facts.add(
        .attribute,
        ["lead": .text(lead), "name": .text("size"), "value": .text("5")]
      )
    }
    let history = facts.history(agreement, asOfDay: 200)
    let ledger = facts.ledger()
    let voice = VoiceOfSales(
      history,
      Journeys(history, rule: agreement.journeyRule),
      attributes: LeadAttributes(ledger, asOf: history.asOf),
      dispositions: Dispositions(ledger, for: history)
    )
    #expect(voice.rows.map { voice.name(of: $0.word) } == ["no_fit", "spam"])
    #expect(voice.rows.map(\.outcome) == [.rejected, .rejected])
    #expect(voice.rows.map { [$0.ideal.count, $0.notIdeal.count] } == [[1, 1], [1, 0]])
  }
}
