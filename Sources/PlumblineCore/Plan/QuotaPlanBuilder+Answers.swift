import PlumblineStatistics

extension QuotaPlanBuilder {
  /// Each stage's share of leads, and the last week in which entering it is still useful.
  func stages(_ record: PlanRecord, _ question: QuotaQuestion, deal: DealSize?) -> [PlanStage] {
    agreement.path.indices.map { stage in
      var answer = PlanStage(stage: stage, isSupported: stage == 0)
      if stage > 0, let horizon = record.horizon(from: 0, to: stage) {
        let curve = CumulativeIncidence(record[0, stage].lags)
        answer.fromLead = horizon
        answer.rate = curve.estimate(withinDays: horizon.days)
        answer.isSupported = Self.isSupported(curve, days: horizon.days)
      }
      guard stage < lastStage, deal != nil else { return answer }
      answer.lastUsefulWeek = lastUsefulWeek(of: stage, record, question)
      return answer
    }
  }

  private func lastUsefulWeek(
    of stage: Int,
    _ record: PlanRecord,
    _ question: QuotaQuestion
  ) -> CivilDate? {
    guard let horizon = record.horizon(from: stage, to: lastStage) else { return nil }
    let curve = CumulativeIncidence(record[stage, lastStage].lags)
    guard Self.isSupported(curve, days: horizon.days),
      let final = curve.estimate(withinDays: horizon.days).rate,
      let unit = try? DealSize(mean: 1, standardDeviation: 0, count: 0)
    else { return nil }
    let weeks = PlanModel.weeks(byDay: deadlineDay(question))
    // Entries before a period that lies ahead may be too early for it; only the end matters here.
    let plan = try? ReversePlan(
      history: curve,
      pipeline: [],
      arrivalDays: weeks.map(\.middle),
      deadlineDay: deadlineDay(question),
      deal: unit,
      need: 0,
      lastBucket: .part
    )
    return plan?.lastUsefulWeek(finalRate: final).map { week in
      calendar.day(of: history.asOf.advanced(bySeconds: Int64(week) * 604_800))
    }
  }

  /// What would have to be true to make it with today's leads.
  func conditions(
    _ plan: QuotaPlan,
    _ record: PlanRecord,
    _ whole: PlanModel.Outlook
  ) -> PlanConditions? {
    guard !plan.isMet, let today = plan.today else { return nil }
    let chances = plan.question.probabilities
    let leads = today.perWeek
    let outlook = whole.outlook
    let spread = today.arrivalVariance(weeks: plan.weekCount)
    let mean = outlook.mean(entriesPerWeek: leads)
    let deviation = outlook.standardDeviation(entriesPerWeek: leads, arrivalVariance: spread)
    let process = whole.process.fixed + leads * whole.process.linear
    // All wins times r: chance in single leads grows with r, what is shared by all with its square.
    let scaled = RevenueOutlook(
      need: Double(plan.need),
      mean: 0,
      gain: mean,
      fixed: 0,
      linear: process,
      quadratic: max(deviation * deviation - process, 0)
    )
    let factors = chances.map { scaled.entriesPerWeek(probability: $0) }
    var steps: [PlanConditions.Step] = []
    for stage in 0..<lastStage {
      guard let horizon = record.horizon(from: stage, to: stage + 1) else { continue }
      let curve = CumulativeIncidence(record[stage, stage + 1].lags)
      let present = curve.estimate(withinDays: horizon.days)
      guard Self.isSupported(curve, days: horizon.days), let rate = present.rate, rate > 0 else {
        continue
      }
      let before = plan.pipeline.parts.filter { $0.stage <= stage }.reduce(0) { $0 + $1.wins }
      let share = plan.pipeline.wins > 0 ? before / plan.pipeline.wins : 0
      let moved = outlook.mean * share + leads * outlook.gain
      steps.append(
        PlanConditions.Step(
          from: stage,
          withinDays: horizon.days,
          present: present,
          needed: factors.map { factor in
            guard let factor, moved > 0 else { return nil }
            return max(0, 1 + (factor - 1) * mean / moved) * rate
          }
        )
      )
    }
    let size = plan.wins.amounts.mean ?? 0
    return PlanConditions(
      probabilities: chances,
      steps: steps,
      meanWin: chances.map { chance in
        let sure = mean - StandardNormal.quantile(chance) * deviation
        return sure > 0 ? Double(plan.need) / sure * size : nil
      }
    )
  }

  /// The way from the period's first day to the deadline, week by week; further ahead than a year
  /// in wider steps, since each point looks at all weeks before it.
  func forecast(_ plan: QuotaPlan, _ model: PlanModel) -> [ForecastPoint] {
    let question = plan.question
    let today = calendar.day(of: history.asOf)
    var points: [ForecastPoint] = []
    if question.since <= today {
      let bookings = bookings(question)
      var sum: Int64 = 0
      var next = 0
      let weekly = stride(from: question.since.dayNumber - 1, to: today.dayNumber, by: 7)
      for day in Array(weekly) + [today.dayNumber] {
        while next < bookings.count, bookings[next].day.dayNumber <= day {
          sum += bookings[next].amount
          next += 1
        }
        points.append(ForecastPoint(day: CivilDate(dayNumber: day), booked: Double(sum)))
      }
    }
    guard let volume = plan.today else { return points }
    let end = deadlineDay(question)
    let step = max(1, (end / (7 * Self.mostForecastWeeks)).rounded(.up))
    let weekly = stride(from: 7 * step, to: end, by: 7 * step).map { $0 }
    for day in weekly.filter({ end - $0 >= 1 }) + [end] where day > 0 {
      guard let known = model.outlook(byDay: day, need: 0) else { continue }
      let spread = volume.arrivalVariance(weeks: day / 7)
      func reached(_ chance: Double) -> Double {
        Double(plan.booked.amount)
          + known.outlook.reached(
            withProbability: chance,
            entriesPerWeek: volume.perWeek,
            arrivalVariance: spread
          )
      }
      let instant = history.asOf.advanced(bySeconds: Int64(day * 86_400) - 1)
      points.append(
        ForecastPoint(
          day: calendar.day(of: instant),
          mean: Double(plan.booked.amount)
            + known.outlook.mean(entriesPerWeek: volume.perWeek),
          reached: ForecastPoint.Bands(
            ninety: reached(0.9),
            eighty: reached(0.8),
            fifty: reached(0.5),
            ten: reached(0.1)
          )
        )
      )
    }
    return points
  }
}
