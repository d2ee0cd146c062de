import PlumblineStatistics

/// Counts what marketing delivered.
struct MarketingBuilder {
  /// The periods shown, the running one included.
  private static let periodCount = 6
  /// The most past weeks that a forecast is made from.
  private static let mostWeeks = 13

  private let history: CompanyHistory
  private let versions: PromiseVersions
  private let attributes: LeadAttributes?
  /// The first hand-off of each lead on each day, by day: a lead counts once in a period.
  private let deliveries: [(day: Int, lead: Int)]
  private let undated: Int
  /// The day on which the first lead came into being; nil when nobody knows.
  private let firstDay: Int?

  init(
    _ history: CompanyHistory,
    _ versions: PromiseVersions,
    _ attributes: LeadAttributes?,
    _ records: [SLARecord]
  ) {
    self.history = history
    self.versions = versions
    self.attributes = attributes
    let calendar = history.agreement.calendar
    deliveries = records.lazy.filter(\.handOff.isDated).map {
      (calendar.day(of: $0.handOff.instant).dayNumber, $0.lead)
    }.sorted { $0 < $1 }
    undated = records.count { !$0.handOff.isDated }
    let created = history.leads.created.lazy.filter(\.isDated).min()
    firstDay = created.map { calendar.day(of: $0.instant).dayNumber }
  }

  /// Marketing's side; nil when it promised nothing.
  func side() -> MarketingSide? {
    guard let present = versions.agreements[versions.present].marketingSLA, !present.isEmpty else {
      return nil
    }
    let kind = present.qualifiedLeads?.period ?? .month
    let calendar = history.agreement.calendar
    let today = calendar.day(of: history.asOf)
    var periods: [MarketingPeriod] = []
    var days = kind.days(around: today)
    for index in 0..<Self.periodCount {
      // Periods before the first delivery say nothing.
      if index > 0, (deliveries.first?.day ?? .max) > days.upperBound.dayNumber { break }
      periods.append(period(days, kind, isOver: index > 0))
      days = kind.days(around: CivilDate(dayNumber: days.lowerBound.dayNumber - 1))
    }
    // The running period is held against what was agreed when it began.
    let begun = calendar.instant(of: periods[0].days.lowerBound)
    let first = versions.agreements[versions.position(at: begun)].marketingSLA
    let isSameKind = first?.qualifiedLeads.map { $0.period == kind } ?? true
    return MarketingSide(
      promise: first.flatMap { !$0.isEmpty && isSameKind ? $0 : nil } ?? present,
      period: kind,
      periods: periods,
      forecast: periods[0].promised.map { forecast(periods[0], promised: $0) },
      undated: undated
    )
  }

  private func period(
    _ days: ClosedRange<CivilDate>,
    _ kind: MarketingSLA.Period,
    isOver: Bool
  ) -> MarketingPeriod {
    let calendar = history.agreement.calendar
    let agreement =
      versions.agreements[versions.position(at: calendar.instant(of: days.lowerBound))]
    let volume = agreement.marketingSLA?.qualifiedLeads
    let leads = Set(
      delivered(days.lowerBound.dayNumber...days.upperBound.dayNumber).map(\.lead)
    ).sorted()
    return MarketingPeriod(
      days: days,
      isOver: isOver,
      isWhole: firstDay.map { $0 <= days.lowerBound.dayNumber } ?? false,
      leads: leads,
      promised: volume.flatMap { $0.period == kind ? $0.count : nil },
      isIdeal: isIdeal(leads, days.lowerBound.dayNumber...days.upperBound.dayNumber),
      hasFactors: hasFactors(leads, agreement.qualifyingFactors)
    )
  }

  private func delivered(_ days: ClosedRange<Int>) -> [(day: Int, lead: Int)] {
    var (low, high) = (0, deliveries.count)
    while low < high {
      let middle = (low + high) / 2
      if deliveries[middle].day < days.lowerBound { low = middle + 1 } else { high = middle }
    }
    return Array(deliveries[low...].prefix { $0.day <= days.upperBound })
  }

  // MARK: What is known of them

  /// By what was agreed at each lead's first hand-off of the period; nil where no criteria were, at
  /// the period's beginning and at every hand-off.
  private func isIdeal(_ leads: [Int], _ days: ClosedRange<Int>) -> [Bool?]? {
    let calendar = history.agreement.calendar
    func criteria(_ day: Int) -> [AttributeCriterion] {
      // A version begins with a day.
      let instant = calendar.instant(of: CivilDate(dayNumber: day))
      return versions.agreements[versions.position(at: instant)].idealCustomer
    }
    var isAgreed = !criteria(days.lowerBound).isEmpty
    var answers: [Int: Bool?] = [:]
    var (day, asked) = (days.lowerBound, criteria(days.lowerBound))
    for delivery in delivered(days) where answers[delivery.lead] == nil {
      if delivery.day != day { (day, asked) = (delivery.day, criteria(delivery.day)) }
      if !asked.isEmpty { isAgreed = true }
      answers[delivery.lead] = .some(
        asked.isEmpty
          ? nil : attributes?.isIdeal(delivery.lead, asked, believedBy: .marketing) ?? nil
      )
    }
    return isAgreed ? leads.map { answers[$0] ?? nil } : nil
  }

  private func hasFactors(_ leads: [Int], _ factors: [QualifyingFactor]) -> [Bool?]? {
    guard !factors.isEmpty else { return nil }
    // Where no lead has any of them, the export does not carry them.
    let names = Set(attributes?.names ?? [])
    let isRecorded = factors.contains { names.contains(WordKey.of($0.id)) }
    return leads.map { lead in
      guard isRecorded, let attributes else { return nil }
      // Sales' own word is not marketing's; one of nobody in particular is.
      return factors.allSatisfy {
        attributes.answer($0, of: lead, believedBy: .marketing) != .notAsked
      }
    }
  }

  // MARK: What is to come

  /// By the weeks before the running period, and by which days of the week leads came.
  private func forecast(_ current: MarketingPeriod, promised: Int) -> MarketingForecast {
    let calendar = history.agreement.calendar
    let today = calendar.day(of: history.asOf)
    let first = current.days.lowerBound.dayNumber
    // Seven days each up to the eve of today, none before the record begins.
    var weeks: [Int] = []
    var byWeekday = [Double](repeating: 0, count: 7)
    var end = today.dayNumber
    while weeks.count < Self.mostWeeks, let begin = deliveries.first?.day, begin <= end - 7 {
      let leads = deliveries.lazy.filter { (end - 7..<end).contains($0.day) }
      var seen: Set<Int> = []
      for (day, lead) in leads where seen.insert(lead).inserted {
        byWeekday[CivilDate(dayNumber: day).weekday] += 1
      }
      weeks.append(seen.count)
      end -= 7
    }
    let total = byWeekday.reduce(0, +)
    func share(_ day: Int) -> Double {
      total > 0 ? byWeekday[CivilDate(dayNumber: day).weekday] / total : 1.0 / 7
    }
    let midnight = calendar.instant(of: today).seconds
    let tomorrow = calendar.instant(of: CivilDate(dayNumber: today.dayNumber + 1)).seconds
    let passed = Double(history.asOf.seconds - midnight + 1) / Double(max(1, tomorrow - midnight))
    let last = current.days.upperBound.dayNumber
    let whole = (first...last).reduce(0) { $0 + share($1) }
    let toCome =
      (today.dayNumber...last).reduce(0) { $0 + share($1) }
      - share(today.dayNumber) * min(1, passed)
    let forecast = CountForecast(
      soFar: current.leads.count,
      weeks: weeks,
      weeksToCome: max(0, toCome)
    )
    return MarketingForecast(
      forecast: forecast,
      weeks: weeks,
      due: whole > 0 ? Double(promised) * max(0, whole - toCome) / whole : 0,
      chance: forecast?.chance(ofAtLeast: promised)
    )
  }
}

extension MarketingSLA.Period {
  /// The period's days around one of them.
  func days(around day: CivilDate) -> ClosedRange<CivilDate> {
    func month(_ first: CivilDate, length: Int) -> ClosedRange<CivilDate> {
      var end = first
      for _ in 0..<length { end = CivilDate(dayNumber: end.dayNumber + 31).startOfMonth }
      return first...CivilDate(dayNumber: end.dayNumber - 1)
    }
    switch self {
    case .week:
      let monday = day.startOfWeek
      return monday...CivilDate(dayNumber: monday.dayNumber + 6)
    case .month: return month(day.startOfMonth, length: 1)
    case .quarter:
      var first = day.startOfMonth
      while first.components.month % 3 != 1 {
        first = CivilDate(dayNumber: first.dayNumber - 1).startOfMonth
      }
      return month(first, length: 3)
    }
  }
}
