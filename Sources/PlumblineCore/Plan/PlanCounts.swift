/// All that a plan counts in the record; it stays the same while quota, days and chances change.
struct PlanCounts: Sendable {
  /// The waits of all leads.
  let record: PlanRecord
  /// How large wins are.
  let wins: WinSizes
  /// The open leads.
  let pipeline: PipelineCounts
  /// The leads of the last weeks; nil where fewer than six whole weeks are on record.
  let today: LeadVolume?
  /// The day of the newest step of any lead.
  let newestDay: CivilDate?

  /// What counts of a question change.
  private struct Options: Hashable {
    let rule: JourneyRule
    let ratesSince: CivilDate?
    let pipelineBy: QuotaQuestion.PipelineRule
  }

  /// The counts for a question.
  ///
  /// Those of all leads are kept for the next question. Conditions on leads may name owners as a
  /// view of the history shows them, and the leads behind a plan are many: neither is kept.
  static func counts(_ builder: QuotaPlanBuilder, _ question: QuotaQuestion) -> PlanCounts {
    guard question.filters.isEmpty, !question.namesLeads else {
      return PlanCounts(builder, question)
    }
    let options = Options(
      rule: builder.journeys.rule,
      ratesSince: question.ratesSince,
      pipelineBy: question.pipelineBy
    )
    return builder.source.kept(by: options) { PlanCounts(builder, question) }
  }

  private init(_ builder: QuotaPlanBuilder, _ question: QuotaQuestion) {
    record = PlanRecord(builder, question)
    wins = builder.winSizes(question)
    pipeline = builder.openPipeline(question, record)
    today = builder.volume(question)
    newestDay = builder.newestDay
  }
}
