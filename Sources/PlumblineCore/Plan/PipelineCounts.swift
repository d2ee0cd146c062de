import PlumblineStatistics

/// The open leads of a plan, counted by age and by stage.
struct PipelineCounts {
  /// What is told of them.
  var answer: OpenPipeline
  /// Open leads by the bucket of their age.
  var byAge: [Int]
  /// Open leads by their furthest stage, then by the bucket of the time since they reached it.
  var byStage: [[Int]]
  /// Open leads by stage and age, to value each part by age.
  var stageByAge: [[Int]]
  /// Whether stages can be used: a stage passed over counts as reached.
  let canUseStages: Bool
  /// Each open lead's episode, stage, and both buckets, where leads are named.
  var rows: [(row: Int, stage: Int, age: Int, since: Int)] = []

  /// The rule that is used.
  var rule: QuotaQuestion.PipelineRule { answer.rule }

  init(stages: Int, rule: QuotaQuestion.PipelineRule, canUseStages: Bool) {
    let empty = Array(repeating: 0, count: LagBuckets.standard.count)
    byAge = empty
    byStage = Array(repeating: empty, count: max(0, stages - 1))
    stageByAge = byStage
    self.canUseStages = canUseStages
    answer = OpenPipeline(rule: canUseStages ? rule : .age)
  }

  /// Fills in what the leads are worth.
  mutating func value(
    _ chances: PlanModel.Chances,
    _ deal: DealSize,
    _ whole: PlanModel.Outlook,
    _ builder: QuotaPlanBuilder,
    _ question: QuotaQuestion
  ) {
    answer.wins = whole.wins
    answer.winsByOtherRule = whole.winsByOtherRule
    answer.revenue = whole.wins * deal.mean
    answer.standardDeviation = whole.outlook.standardDeviation(entriesPerWeek: 0)
    answer.parts = byStage.indices.map { stage in
      let wins: Double =
        switch chances {
        case .age(let chances): Self.sum(stageByAge[stage], chances)
        case .stage(let chances): Self.sum(byStage[stage], chances[stage])
        }
      return OpenPipeline.Part(
        stage: stage,
        leads: byStage[stage].reduce(0, +),
        wins: wins
      )
    }
    guard question.namesLeads else { return }
    let (history, journeys) = (builder.history, builder.journeys)
    let now = TimePoint(history.asOf)
    answer.openLeads = rows.map { one in
      let chance: Double =
        switch chances {
        case .age(let chances): chances[one.age]
        case .stage(let chances): chances[one.stage][one.since]
        }
      let entered = journeys.reached[0][one.row]
      return OpenLead(
        id: history.id(ofLead: Int(journeys.leads[one.row])),
        stage: one.stage,
        ageInDays: history.lagInDays(from: entered, to: now),
        chance: chance
      )
    }.sorted { ($1.chance, $0.id) < ($0.chance, $1.id) }
  }

  private static func sum(_ counts: [Int], _ chances: [Double]) -> Double {
    zip(counts, chances).reduce(0) { $0 + Double($1.0) * $1.1 }
  }
}

extension QuotaPlanBuilder {
  /// The open leads by age and stage.
  func openPipeline(_ question: QuotaQuestion, _ record: PlanRecord) -> PipelineCounts {
    var counts = PipelineCounts(
      stages: lastStage + 1,
      rule: question.pipelineBy,
      canUseStages: journeys.rule.skips == .filled
    )
    let buckets = LagBuckets.standard
    let now = TimePoint(history.asOf)
    let longest = record.curve.incidence.longestSupportedHorizonInDays ?? 0
    for row in wantedRows(question)
    where !journeys.reached[lastStage][row].isPresent && !journeys.exits[row].isPresent {
      let entered = journeys.reached[0][row]
      counts.answer.leads += 1
      guard entered.isDated else {
        counts.answer.undated += 1
        continue
      }
      // A stage that nobody dated cannot say how long the lead has been there.
      let stage = (0..<lastStage).last { journeys.reached[$0][row].isDated } ?? 0
      let age = buckets.bucket(ofLagInDays: history.lagInDays(from: entered, to: now))
      let since = buckets.bucket(
        ofLagInDays: history.lagInDays(from: journeys.reached[stage][row], to: now)
      )
      counts.byAge[age] += 1
      counts.byStage[stage][since] += 1
      counts.stageByAge[stage][age] += 1
      if buckets.edges[age] >= longest { counts.answer.beyondRecord += 1 }
      if question.namesLeads { counts.rows.append((row, stage, age, since)) }
    }
    return counts
  }

  /// The episodes that pass the question's conditions.
  func wantedRows(_ question: QuotaQuestion) -> [Int] {
    guard !question.filters.isEmpty else { return Array(0..<journeys.count) }
    let asked = FunnelQuestion(filters: question.filters, rule: journeys.rule, pairs: [])
    return CellPass(history, journeys, asked).wantedRows()
  }
}
