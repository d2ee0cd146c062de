import PlumblineCore
import Testing

@testable import PlumblineAgreement

/// What an agreement says of leads: whom both want, how they score, and what becomes of them.
struct LeadSectionsTests {
  private func read(_ text: String) throws -> Agreement {
    let (agreement, diagnostics) = AgreementReader.read(
      text: "agreement: 1\n\(text)\n",
      file: "a.yaml"
    )
    #expect(diagnostics.filter { $0.severity == .error }.map(\.description) == [])
    return try #require(agreement)
  }

  @Test func `takes the usual for every section that is left out`() throws {
    let read = try read("company: Acme")
    let usual = Agreement()
    #expect(read.idealCustomer == [])
    #expect(read.qualifyingFactors == QualifyingFactor.usual)
    #expect(read.scoring == nil)
    #expect(read.dispositions == DispositionReason.usual)
    #expect(read.recycleRules == [])
    #expect(read.suppression == usual.suppression)
    #expect(read.path.allSatisfy { $0.role == .inventory })
  }

  // MARK: Whom both want

  @Test(
    arguments: [
      ("..", nil), ("1000..50", nil), ("50..1000", .range(50, 1000)), ("50..", .range(50, nil)),
      ("..1000", .range(nil, 1000)), ("5..5", .range(5, 5)), ("-1.5..0", .range(-1.5, 0)),
      ("software", .words(["software"])), ("NO", .words(["NO"])),
      ("[DE, NO]", .words(["DE", "NO"])),
      ("200", .words(["200"])), ("any", .present), ("missing", .missing),
      ("[missing]", .words(["missing"])),
    ] as [(String, AttributeMatch?)]
  )
  func `reads which values fit`(text: String, match: AttributeMatch?) {
    let agreement = AgreementReader.read(
      text: "agreement: 1\nideal_customer: {size: \(text)}\n",
      file: "a.yaml"
    ).agreement
    #expect(agreement?.idealCustomer == match.map { [AttributeCriterion(name: "size", match: $0)] })
  }

  @Test func `a list of industries is about the attribute industry`() throws {
    let text = "ideal_customer: {industries: [software], Countries: DE, company_size: 50..}"
    #expect(
      try read(text).idealCustomer == [
        AttributeCriterion(name: "industry", match: .words(["software"])),
        AttributeCriterion(name: "country", match: .words(["DE"])),
        AttributeCriterion(name: "company_size", match: .range(50, nil)),
      ]
    )
  }

  @Test(
    arguments: [
      ("[]", []), ("{}", []), ("[budget]", [QualifyingFactor(id: "budget")]),
      ("{need: , budget: {}}", [QualifyingFactor(id: "need"), QualifyingFactor(id: "budget")]),
      (
        "{team size: {is: big enough, yes: [many, lots], no: few}}",
        [
          QualifyingFactor(
            id: "team size",
            meaning: "big enough",
            yes: ["many", "lots"],
            no: ["few"]
          )
        ]
      ),
    ] as [(String, [QualifyingFactor])]
  )
  func `reads the qualifying factors`(text: String, factors: [QualifyingFactor]) throws {
    #expect(try read("qualifying_factors: \(text)").qualifyingFactors == factors)
  }

  // MARK: Gates and stale leads

  @Test(
    arguments: [
      ("{}", nil), ("{score: 0}", StageGate(score: 0)), ("{score: '>= 60'}", StageGate(score: 60)),
      ("{score: '>=-5'}", StageGate(score: -5)), ("{bant: 4}", StageGate(factors: 4)),
      ("{factors: 1}", StageGate(factors: 1)),
      ("{accepted_by: sales}", StageGate(acceptedBy: .sales)),
      (
        "{accepted_by: marketing, bant: 3, score: 10}",
        StageGate(score: 10, factors: 3, acceptedBy: .marketing)
      ),
    ] as [(String, StageGate?)]
  )
  func `reads what a stage asks of a lead`(text: String, gate: StageGate?) throws {
    let stage = try read("stages: {path: [lead, {id: sql, gate: \(text)}, won]}").path[1]
    #expect(stage.gate == gate)
    #expect(stage.role == (gate == nil ? .inventory : .gate))
  }

  @Test func `a gate that asks for nothing is noted`() {
    let text = "agreement: 1\nstages: {path: [lead, {id: sql, gate: {}}, won]}\n"
    let (agreement, diagnostics) = AgreementReader.read(text: text, file: "a.yaml")
    #expect(agreement?.path[1].gate == nil)
    #expect(
      diagnostics.map(\.description) == [
        "a.yaml:2:39: note: the gate of \"sql\" asks for nothing.\n"
          + "  Write what must be true of a lead, such as {score: \">= 60\"}, or remove it. "
          + "[agreement.gate]"
      ]
    )
  }

  @Test(arguments: [("1 day", 1), ("2 weeks", 14), ("3650 days", 3650)])
  func `reads after how long a lead is stale`(text: String, days: Int) throws {
    let stage = try read("stages: {path: [lead, {id: sql, stale_after: \(text)}, won]}").path[1]
    #expect(stage.staleAfterDays == days)
    #expect(stage.role == .sla)
  }

  // MARK: The score

  @Test func `reads how leads are scored, in the order of the file`() throws {
    let text = """
      score:
        fit: {company_size: {50..1000: 20, missing: -5, any: 1}, industries: {Real Estate: 10}}
        engagement: {download: 10, email_open: {points: 2, most: 10}, half_life: 4 weeks, spam: -20}
        mql_at: 25
      """
    #expect(
      try read(text).scoring
        == LeadScoring(
          fit: [
            .init(AttributeCriterion(name: "company_size", match: .range(50, 1000)), points: 20),
            .init(AttributeCriterion(name: "company_size", match: .missing), points: -5),
            .init(AttributeCriterion(name: "company_size", match: .present), points: 1),
            .init(AttributeCriterion(name: "industry", match: .words(["Real Estate"])), points: 10),
          ],
          engagement: [
            .init(touch: "download", points: 10), .init(touch: "email_open", points: 2, most: 10),
            .init(touch: "spam", points: -20),
          ],
          halfLifeInDays: 28,
          threshold: 25
        )
    )
    #expect(try read("score: {}").scoring == LeadScoring())
    #expect(try read("score: {mql_at: -3}").scoring == LeadScoring(threshold: -3))
    #expect(try read("score: {fit: {}, engagement: {}}").scoring?.hasRules == false)
  }

  @Test(arguments: [
    ("any: 1, missing: 2", 0), ("missing: 2, any: 1", 0), ("a: 1, b: 1, any: 1", 0),
    ("any: 1, a: 1, 1..2: 1", 2), ("missing: 1, Missing: 1", 0), ("a b: 1, A-B: 1", 1),
    ("1..5: 1, 5..9: 1", 0), ("1..9: 1, 1..9.0: 1", 1), ("1..: 1, 5..9: 1, ..5: 1", 1),
    ("5..9: 1, 1..: 1", 0), ("5: 1, 1..9: 1", 0),
  ])
  func `finds values whose points never count`(values: String, count: Int) {
    let diagnostics = AgreementReader.read(
      text: "agreement: 1\nscore: {fit: {size: {\(values)}}}\n",
      file: "a.yaml"
    ).diagnostics
    #expect(diagnostics.map(\.code) == Array(repeating: "agreement.score", count: count))
  }

  @Test(arguments: [(1000, true), (1001, false)])
  func `scores so many values of one attribute and no more`(count: Int, isRead: Bool) {
    let values = (0..<count).map { "\($0)..\($0): 1" }.joined(separator: ", ")
    let (agreement, diagnostics) = AgreementReader.read(
      text: "agreement: 1\nscore: {fit: {size: {\(values)}}}\n",
      file: "a.yaml"
    )
    #expect(agreement?.scoring?.fit.count == (isRead ? count : nil))
    #expect(
      diagnostics.map(\.description)
        == (isRead
          ? []
          : [
            "a.yaml:2:15: error: attribute \"size\" has 1001 values with points, more than 1000.\n"
              + "  Write ranges, or score the values that matter. [agreement.score]"
          ])
    )
  }

  @Test(arguments: [
    ("{fit: {size: {any: 5}}, mql_at: 5}", 0), ("{fit: {size: {any: 5}}, mql_at: 6}", 1),
    ("{engagement: {open: {points: 1, most: 5}}, mql_at: 5}", 0),
    ("{engagement: {open: {points: 1, most: 5}}, mql_at: 6}", 1),
    ("{engagement: {open: 1}, mql_at: 1000000}", 0), ("{mql_at: 1000000}", 0),
    ("{engagement: {open: -1}, mql_at: 1}", 1), ("{engagement: {open: 1}, mql_at: 0}", 1),
    ("{fit: {size: {missing: 3, any: 9}}, mql_at: 4}", 0),
    ("{fit: {size: {missing: 3, any: 9}}, mql_at: 3}", 1),
  ])
  func `warns of a threshold that nobody or everybody reaches`(score: String, warnings: Int) {
    let (agreement, diagnostics) = AgreementReader.read(
      // A gate with a score, so that the mark is used.
      text:
        "agreement: 1\nscore: \(score)\nstages: {path: [lead, {id: sql, gate: {score: 1}}, won]}",
      file: "a.yaml"
    )
    #expect(agreement != nil)
    #expect(diagnostics.map(\.code) == Array(repeating: "agreement.score-reach", count: warnings))
    #expect(diagnostics.allSatisfy { $0.severity == .warning })
  }

  // MARK: What becomes of leads

  @Test func `reads what sales may say`() throws {
    let text = """
      dispositions:
        - {id: yes, outcome: accepted}
        - {id: later, is: "a fit, but later", outcome: recycled, also: [Not Now, snooze]}
        - {id: new, outcome: rejected, default: true}
        - {id: no, outcome: rejected, also: never, default: false}
      """
    #expect(
      try read(text).dispositions == [
        DispositionReason(id: "yes", outcome: .accepted),
        DispositionReason(
          id: "later",
          meaning: "a fit, but later",
          outcome: .recycled,
          aliases: ["Not Now", "snooze"]
        ),
        DispositionReason(id: "new", outcome: .rejected, isDefault: true),
        DispositionReason(id: "no", outcome: .rejected, aliases: ["never"]),
      ]
    )
  }

  @Test func `reads second chances and who is left alone`() throws {
    let text = """
      stages: {detours: [lost, paused]}
      recycle:
        - {when: "lost:  bad   timing: again ", after: 60 days, to: nurture-timing}
        - {when: paused, after: 0 days, to: 2. later_on}
      suppress: {touched_within: 0 days, unsubscribed: bounced}
      """
    let agreement = try read(text)
    #expect(
      agreement.recycleRules == [
        RecycleRule(
          detour: "lost",
          reason: "bad timing: again",
          afterDays: 60,
          list: "nurture-timing"
        ),
        RecycleRule(detour: "paused", afterDays: 0, list: "2. later_on"),
      ]
    )
    #expect(
      agreement.suppression == RecycleSuppression(touchedWithinDays: 0, unsubscribed: ["bounced"])
    )
    let half = try read("suppress: {touched_within: 3 weeks}").suppression
    #expect(half == RecycleSuppression(touchedWithinDays: 21))
    #expect(try read("suppress: {unsubscribed: []}").suppression.unsubscribed == [])
  }

  @Test func `says once that signatures do not stand in the file`() {
    let text = "agreement: 1\nsignatures: [{by: sales}, {by: marketing}]\n"
    let (agreement, diagnostics) = AgreementReader.read(text: text, file: "a.yaml")
    #expect(agreement != nil)
    #expect(
      diagnostics.map(\.description) == [
        "a.yaml:2:1: note: signatures in this file are not read: they would change the bytes that "
          + "they sign.\n  Sign the file with plumbline agreement sign; signatures stand beside "
          + "it. [agreement.signatures]"
      ]
    )
  }

  @Test func `reads a file with every key`() throws {
    let (agreement, diagnostics) = AgreementReader.read(
      text: AgreementReader.wholeExample,
      file: "a.yaml"
    )
    #expect(diagnostics.map(\.code) == ["agreement.signatures"])
    let read = try #require(agreement)
    #expect(read.path.map(\.role) == [.inventory, .gate, .sla, .sla, .inventory])
    #expect(read.idealCustomer.count == 7)
    #expect(read.scoring?.hasRules == true)
    #expect(read.goals.count == 6)
    #expect(read.launches.count == 2)
    for section in AgreementKeys.all {
      for key in section.keys {
        #expect(
          AgreementReader.wholeExample.contains("\(key.name):"),
          "\(section.name) \(key.name)"
        )
      }
    }
  }
}
