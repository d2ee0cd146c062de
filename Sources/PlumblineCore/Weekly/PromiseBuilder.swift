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
  func lines() -> [PromiseLine] { marketing() + sales() }

  // MARK: Marketing

  private func marketing() -> [PromiseLine] {
    // What was promised when the period began is what the period is held against.
    let start = Instant(seconds: context.seconds.lowerBound)
    let agreement = context.isOver ? agreement.inForce(at: start) : agreement
    let promised = agreement.marketingSLA
    // A lead counts once, however often it came back.
    let leads = Set(
      context.passed.filter { context.isInPeriod($0.record.handOff) }.map(\.record.lead)
    )
    .sorted()
    var lines = [
      PromiseLine(
        volume: leads.map(id),
        target: promised?.qualifiedLeads.map { Self.target($0, over: context.period) },
        isOver: context.isOver
      )
    ]
    let attributes = context.records.attributes
    if !agreement.idealCustomer.isEmpty,
      promised?.shareInIdealCustomer != nil || attributes?.isEmpty == false
    {
      lines.append(
        line(.idealCustomer, promised?.shareInIdealCustomer, leads) {
          attributes?.isIdeal($0, agreement.idealCustomer, believedBy: .marketing)
        }
      )
    }
    if let share = promised?.shareWithFactors {
      let names = Set(attributes?.names ?? [])
      let factors = agreement.qualifyingFactors
      let isRecorded = factors.contains { names.contains(WordKey.of($0.id)) }
      lines.append(
        line(.qualifyingFactors, share, leads) { lead in
          guard isRecorded, let attributes else { return nil }
          return factors.allSatisfy {
            attributes.answer($0, of: lead, believedBy: .marketing) != .notAsked
          }
        }
      )
    }
    return lines
  }

  private func line(
    _ promise: PromiseLine.Promise,
    _ target: Double?,
    _ leads: [Int],
    _ isKept: (Int) -> Bool?
  ) -> PromiseLine {
    let answers = leads.map { (id($0), isKept($0)) }
    func ids(_ wanted: Bool?) -> [String] { answers.filter { $0.1 == wanted }.map(\.0) }
    return PromiseLine(
      promise,
      by: .marketing,
      target: target,
      kept: ids(true),
      missed: ids(false),
      unknown: ids(nil)
    )
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
    guard let sla = agreement.salesSLA else { return [] }
    let agreed: [(PromiseLine.Promise, SLAStep.Promise, isAgreed: Bool)] = [
      (.firstTouch, .firstTouch, sla.firstTouch != nil),
      (.attempts, .attempts, sla.attempts != nil),
      (.disposition, .disposition, sla.disposition != nil),
    ]
    return agreed.filter(\.isAgreed).map { promise, step, _ in
      var (kept, missed, unknown): ([String], [String], [String]) = ([], [], [])
      let isRecorded = context.sla.sales?.notRecorded.contains(step) == false
      for passed in context.passed {
        guard let outcome = passed.record.outcome(of: step), let due = outcome.due else {
          if !isRecorded, context.isInPeriod(passed.record.handOff) {
            unknown.append(id(passed.record.lead))
          }
          continue
        }
        guard context.seconds.contains(due.seconds) else { continue }
        switch outcome.status {
        case .kept: kept.append(id(passed.record.lead))
        case .keptLate, .escalated, .breached, .closedLate: missed.append(id(passed.record.lead))
        case .unknown: unknown.append(id(passed.record.lead))
        // Not due yet, or no longer.
        case .dueSoon, .dueLater, .closedBefore: break
        }
      }
      return PromiseLine(
        promise,
        by: .sales,
        target: sla.compliance,
        kept: kept,
        missed: missed,
        unknown: unknown
      )
    }
  }

  private func id(_ lead: Int) -> String { context.history.id(ofLead: lead) }
}
