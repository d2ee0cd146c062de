import PlumblineCore
import PlumblineTestSupport
import Testing

@Suite struct `Counts of a plan` {
  private static let company = PlanCompany(seed: 8, channels: ["A", "B"])

  /// What of a plan a reader sees.
  private static func told(_ plan: QuotaPlan) -> [String] {
    [
      "\(plan.booked)", "\(plan.pipeline)", "\(plan.weeks)", "\(plan.stages)",
      "\(String(describing: plan.today))", "\(plan.channels)", "\(plan.forecast)",
      "\(String(describing: plan.conditions))", "\(plan.wins)",
      "\(String(describing: plan.leadsPerWeek(probability: 0.8)))",
    ]
  }

  private static func ask(_ change: (inout QuotaQuestion) -> Void = { _ in }) -> QuotaQuestion {
    var question = QuotaQuestion(
      quota: 900_000_000,
      deadline: CivilDate(dayNumber: 390),
      since: CivilDate(dayNumber: 290)
    )
    change(&question)
    return question
  }

  @Test func `kept or made anew give the same plan, whatever was asked before`() throws {
    let questions = [
      Self.ask(), Self.ask { $0.quota = 1 }, Self.ask { $0.deadline = CivilDate(dayNumber: 350) },
      Self.ask { $0.pipelineBy = .age }, Self.ask { $0.ratesSince = CivilDate(dayNumber: 100) },
      Self.ask { $0.mix = .current }, Self.ask { $0.namesLeads = true },
      Self.ask { $0.filters = [DimensionFilter(.channel, values: ["A"])] }, Self.ask(),
    ]
    let kept = Self.company.builder(asOfDay: 300)
    for question in questions {
      let anew = Self.company.builder(asOfDay: 300)
      #expect(try Self.told(kept.plan(question)) == Self.told(anew.plan(question)))
    }
  }
}
