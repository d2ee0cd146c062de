/// Sets what each side delivered in a period against what it promised.
///
/// A promise of marketing is about the leads handed over in the period; one of sales about those
/// for which it fell due in it, whenever they were handed over.
struct PromiseBuilder {
  let context: WeeklyContext

  private var agreement: Agreement { context.agreement }
  /// When the period began, or now where it has not.
  private var start: Instant {
    min(Instant(seconds: context.seconds.lowerBound), context.history.asOf)
  }

  /// Marketing's promises, then those of sales; what is neither agreed nor on record is left out.
  ///
  /// - Complexity: O(hand-offs).
  func lines() -> [PromiseLine] { marketing() + sales() }

  // MARK: Marketing

  private func marketing() -> [PromiseLine] {
    // What was promised when the period began is what the period is held against.
    let agreement = agreement.inForce(at: start)
    let promised = isHeldToPromise ? agreement.marketingSLA : nil
    // A lead counts once, however often it came back.
    let handOffs = Dictionary(
      context.passed.lazy.map(\.record).filter { context.isInPeriod($0.handOff) }.map {
        ($0.lead, $0.handOff)
      },
      uniquingKeysWith: min
    )
    let leads = handOffs.keys.sorted()
    let agreed = AgreedOverTime(context.history)
    var lines = [
      PromiseLine(
        volume: leads.map(id),
        target: promised?.qualifiedLeads.map { Self.target($0, over: context.period) },
        isOver: context.isOver
      )
    ]
    let attributes = context.records.attributes
    let hasCriteria = agreed.versions.contains { !$0.idealCustomer.isEmpty }
    let isAsked =
      !agreement.idealCustomer.isEmpty
      || hasCriteria && handOffs.values.contains { !agreed.version(at: $0).idealCustomer.isEmpty }
    if isAsked,
      promised?.shareInIdealCustomer != nil || attributes?.isEmpty == false
    {
      lines.append(
        line(.idealCustomer, promised?.shareInIdealCustomer, leads) {
          // Whom both teams wanted when it was handed over.
          let criteria = agreed.version(at: handOffs[$0] ?? .undated).idealCustomer
          return criteria.isEmpty
            ? nil : attributes?.isIdeal($0, criteria, believedBy: .marketing)
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

  /// Whether the period can be held against a promise: leads are on record from its first day on,
  /// and an agreement was in force by then.
  private var isHeldToPromise: Bool {
    let created = context.history.leads.created.lazy.filter(\.isDated).min()
    guard let created, agreement.calendar.day(of: created.instant) <= context.period.firstDay else {
      return false
    }
    let first = agreement.earlier.first?.effective ?? agreement.effective
    return first.map { $0 <= context.period.firstDay } ?? true
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
    let versions = PromiseVersions(agreement, asOf: context.history.asOf)
    let first = versions.position(at: start)
    let agreed: [(PromiseLine.Promise, SLAStep.Promise, isAgreed: (SalesSLA) -> Bool)] = [
      (.firstTouch, .firstTouch, { $0.firstTouch != nil }),
      (.attempts, .attempts, { $0.attempts != nil }),
      (.disposition, .disposition, { $0.disposition != nil }),
    ]
    return agreed.compactMap { promise, step, isAgreed -> PromiseLine? in
      var (kept, missed, unknown): ([String], [String], [String]) = ([], [], [])
      // The newest hand-off counted says which share was agreed.
      var newest: SLARecord?
      func count(_ record: SLARecord) {
        if newest.map({ $0.handOff < record.handOff }) ?? true { newest = record }
      }
      let isRecorded = context.sla.sales?.notRecorded.contains(step) == false
      for passed in context.passed {
        guard let outcome = passed.record.outcome(of: step), let due = outcome.due else {
          let promised = versions.salesSLAs[passed.record.version].map(isAgreed) ?? false
          if !isRecorded, promised, context.isInPeriod(passed.record.handOff) {
            unknown.append(id(passed.record.lead))
            count(passed.record)
          }
          continue
        }
        guard context.seconds.contains(due.seconds) else { continue }
        count(passed.record)
        switch outcome.status {
        case .kept: kept.append(id(passed.record.lead))
        case .keptLate, .escalated, .breached, .closedLate: missed.append(id(passed.record.lead))
        case .unknown: unknown.append(id(passed.record.lead))
        // Not due yet, or no longer.
        case .dueSoon, .dueLater, .closedBefore: break
        }
      }
      let version = newest?.version ?? first
      guard newest != nil || versions.salesSLAs[first].map(isAgreed) ?? false else { return nil }
      return PromiseLine(
        promise,
        by: .sales,
        target: versions.compliance(of: version),
        kept: kept,
        missed: missed,
        unknown: unknown
      )
    }
  }

  private func id(_ lead: Int) -> String { context.history.id(ofLead: lead) }
}
