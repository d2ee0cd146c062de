/// Sets what each side delivered in a period against what it promised.
///
/// A promise of marketing is about the leads handed over in the period; one of sales about those
/// for which it fell due in it, whenever they were handed over.
struct PromiseBuilder {
  let context: WeeklyContext

  private var agreement: Agreement { context.agreement }

  /// Marketing's promises, then those of sales; what is neither agreed nor on record is left out.
  ///
  /// - Complexity: O(hand-offs).
  func lines() -> [PromiseLine] {
    context.records.promises ?? (marketing() + sales())
  }

  // MARK: Marketing

  private func marketing() -> [PromiseLine] {
    let promised = agreement.marketingSLA
    let handedOver = context.rows.compactMap(context.handOff(of:)).filter {
      context.isInPeriod($0.time)
    }
    let ids = handedOver.map(id)
    var lines = [
      PromiseLine(
        volume: ids,
        target: promised?.qualifiedLeads.map { Self.target($0, over: context.period) },
        isOver: context.isOver
      )
    ]
    let attributes = context.records.attributes
    if !agreement.idealCustomer.isEmpty,
      promised?.shareInIdealCustomer != nil || attributes?.isEmpty == false
    {
      lines.append(
        share(.idealCustomer, .marketing, promised?.shareInIdealCustomer, handedOver) {
          attributes?.isIdeal($0.lead, agreement.idealCustomer)
        }
      )
    }
    if promised?.shareWithFactors != nil {
      lines.append(
        share(.qualifyingFactors, .marketing, promised?.shareWithFactors, handedOver) { handOff in
          guard let attributes, !attributes.isEmpty else { return nil }
          return agreement.qualifyingFactors.allSatisfy {
            attributes.answer($0, of: handOff.lead, by: .marketing) != .notAsked
          }
        }
      )
    }
    return lines
  }

  /// A volume promised for one span, over another: by days, as if leads came evenly.
  static func target(_ volume: MarketingSLA.Volume, over period: WeeklyPeriod) -> Double {
    let days = (period.firstDay.dayNumber...period.lastDay.dayNumber).map {
      CivilDate(dayNumber: $0)
    }
    return days.reduce(0) { $0 + Double(volume.count) / Double(length(of: volume.period, $1)) }
  }

  /// How many days the week, month or quarter of a day has.
  private static func length(of period: MarketingSLA.Period, _ day: CivilDate) -> Int {
    let (year, month, _) = day.components
    switch period {
    case .week: return 7
    case .month: return CivilDate.days(inMonth: month, of: year)
    case .quarter:
      let first = (month - 1) / 3 * 3 + 1
      return (first..<(first + 3)).reduce(0) { $0 + CivilDate.days(inMonth: $1, of: year) }
    }
  }

  // MARK: Sales

  private func sales() -> [PromiseLine] {
    guard let sla = FollowUpJudge.sla(of: agreement) else { return disposition() }
    let judged = context.rows.compactMap(context.handOff(of:)).filter { $0.followUp != nil }
    var lines: [PromiseLine] = []
    if sla.firstTouch != nil {
      let due = judged.filter { handOff in
        handOff.followUp.map { context.isInPeriod(TimePoint($0.deadline)) } == true
      }
      lines.append(
        share(.firstTouch, .sales, sla.compliance, due) { handOff in
          context.isFollowUpRecorded ? handOff.followUp?.isMetAtDeadline : nil
        }
      )
    }
    if let attempts = sla.attempts {
      let days = min(attempts.withinDays, context.work.summary.horizon.days)
      let due = judged.filter { handOff in
        let start = context.history.moments(of: handOff.time).usual
        return handOff.followUp?.isMet != nil
          && context.isInPeriod(TimePoint(start.advanced(bySeconds: Int64(days) * 86_400)))
      }
      lines.append(
        share(.attempts, .sales, sla.compliance, due) { handOff in
          guard context.isFollowUpRecorded, let followUp = handOff.followUp else { return nil }
          return followUp.isReached || followUp.attempts >= attempts.count
        }
      )
    }
    return lines + disposition()
  }

  private func disposition() -> [PromiseLine] {
    guard let sla = agreement.salesSLA, let span = sla.disposition else { return [] }
    let isRecorded = context.records.dispositions?.entries.isEmpty == false
    var kept: [String] = []
    var missed: [String] = []
    var unknown: [String] = []
    for row in context.rows {
      guard let handOff = context.handOff(of: row), handOff.time.isDated else { continue }
      let start = context.history.moments(of: handOff.time).usual
      guard let due = context.clocks.deadline(span, after: start, owner: handOff.owner),
        context.seconds.contains(due.seconds), due <= context.history.asOf
      else { continue }
      let said = context.dispositions(of: handOff, row: row)
      if !isRecorded {
        unknown.append(id(handOff))
      } else if said.contains(where: { $0.time.isDated && isSaid($0.time, by: due) }) {
        kept.append(id(handOff))
      } else if said.contains(where: { !$0.time.isDated }) {
        unknown.append(id(handOff))
      } else {
        missed.append(id(handOff))
      }
    }
    return [
      PromiseLine(
        .disposition,
        by: .sales,
        target: sla.compliance,
        kept: kept,
        missed: missed,
        unknown: unknown
      )
    ]
  }

  /// Whether something was said by an instant; by whole days where only the day is known.
  private func isSaid(_ time: TimePoint, by due: Instant) -> Bool {
    guard time.precision != .exact else { return time.instant <= due }
    return agreement.calendar.day(of: time.instant) <= agreement.calendar.day(of: due)
  }

  // MARK: Shares

  private func share(
    _ promise: PromiseLine.Promise,
    _ side: Stage.Team,
    _ target: Double?,
    _ handOffs: [HandOff],
    _ isKept: (HandOff) -> Bool?
  ) -> PromiseLine {
    let answers = handOffs.map { (id($0), isKept($0)) }
    func ids(_ wanted: Bool?) -> [String] { answers.filter { $0.1 == wanted }.map(\.0) }
    return PromiseLine(
      promise,
      by: side,
      target: target,
      kept: ids(true),
      missed: ids(false),
      unknown: ids(nil)
    )
  }

  private func id(_ handOff: HandOff) -> String { context.history.id(ofLead: handOff.lead) }
}
