import PlumblineTestSupport

@testable import PlumblineCore

/// Pairs of definitions over small companies, edges first.
enum DiffSample: String, CaseIterable, Sendable {
  case empty
  case same
  case threshold
  case path
  case hostile

  func diff() throws -> DefinitionDiff {
    let (facts, before, after) = parts
    let store = MemoryFactStore()
    _ = try store.append(facts.batch, of: FactBuilder.record(), after: 0)
    return try DefinitionDiffBuilder(
      reading: store,
      from: before,
      to: after,
      asOf: Instant(seconds: Int64(SampleCompany.asOfDay) * 86_400)
    ).diff()
  }

  private var parts: (FactBuilder, Agreement, Agreement) {
    var company = SampleCompany()
    var (before, after) = (SampleCompany.agreement, SampleCompany.agreement)
    after.version = "2025-Q1"
    after.hash = "ffeeddccbbaa0099"
    after.path[1].gate = StageGate(score: 60)
    before.path[1].gate = StageGate(score: 40)
    switch self {
    case .empty: break
    case .same:
      company.facts.lead("L1", day: SampleCompany.asOfDay - 40, scoreAtHandOff: 70)
      company.facts.stage("L1", "mql", day: SampleCompany.asOfDay - 39)
    case .threshold: addScored(to: &company.facts, 400)
    case .path:
      company.add(300, "Meta", "Ana")
      company.add(60, "Referral", "Bo", overDays: 20)
      before.path[1].gate = nil
      after.path = before.path
      after.path.remove(at: 3)
      after.path[2].id = "demo"
      after.path[2].aliases = ["sql"]
      after.skips = .strict
      after.salesSLA?.firstTouch?.usual.seconds = 1800
      after.salesSLA?.attempts = SalesSLA.Attempts(count: 5, withinDays: 14)
    case .hostile:
      for (index, name) in Sample.hostileNames.enumerated() {
        company.facts.lead(name, day: SampleCompany.asOfDay - 90, scoreAtHandOff: 50)
        company.facts.stage(name, "mql", day: SampleCompany.asOfDay - 80 - Double(index))
      }
      after.version = Sample.hostileNames[0] + Sample.hostileNames[3]
      after.path[1].meaning = Sample.hostileNames[4]
    }
    return (company.facts, before, after)
  }

  /// Leads whose score decides whether they are qualified, and how often they are won.
  private func addScored(to facts: inout FactBuilder, _ count: Int) {
    for number in 0..<count {
      let id = "S\(number)"
      let score = number * 7 % 100
      let day = SampleCompany.asOfDay - 380 + Double(number * 379 / count)
      facts.lead(id, day: day, channel: "Meta", owner: "Ana", scoreAtHandOff: Int64(score))
      facts.stage(id, "mql", day: day + 1)
      if score % 4 < 3 { facts.activity("c\(id)", lead: id, day: day + 2, owner: "Ana") }
      guard number * 13 % 100 < score / 3, day + 30 < SampleCompany.asOfDay else { continue }
      facts.deal(
        "d\(id)",
        lead: id,
        created: day + 30,
        closed: day + 30,
        outcome: "won",
        amount: 900_000,
        currency: "EUR"
      )
    }
  }
}
