import PlumblineStatistics

/// Says what marketing and sales promised each other, and what became of it.
public struct SLABuilder {
  private let source: EmbeddedCells
  private let dispositions: Dispositions?
  private let attributes: LeadAttributes?
  private let assignments: LeadAssignments

  /// A builder for a history.
  ///
  /// - Parameters:
  ///   - source: The history with its journeys.
  ///   - dispositions: What sales said of its leads; nil when that is not on record.
  ///   - attributes: What is said of them besides; nil when that is not on record.
  ///   - assignments: Who owned them from when on; nil when that is not on record.
  public init(
    _ source: EmbeddedCells,
    dispositions: Dispositions? = nil,
    attributes: LeadAttributes? = nil,
    assignments: LeadAssignments? = nil
  ) {
    self.source = source
    self.dispositions = dispositions
    self.attributes = attributes
    self.assignments =
      assignments ?? LeadAssignments(leadCount: source.history.leads.ids.count)
  }

  /// A builder that reads what it needs from the store that a history was read from.
  ///
  /// - Parameters:
  ///   - source: The history with its journeys.
  ///   - store: The store.
  ///   - last: The newest import that counts; all when nil.
  /// - Throws: What the store throws.
  public init(
    _ source: EmbeddedCells,
    reading store: some FactStore,
    through last: Int? = nil
  ) throws {
    let history = source.history
    let ledger = try Ledger(
      reading: store,
      through: last,
      kinds: [.attribute, .disposition, .lead, .merge]
    )
    self.init(
      source,
      dispositions: Dispositions(ledger, for: history),
      attributes: LeadAttributes(ledger, asOf: history.asOf),
      assignments: try LeadAssignments(
        reading: store,
        register: LeadRegister(ledger),
        for: history,
        through: last
      )
    )
  }

  /// Both sides of the agreement, as of the history's instant.
  ///
  /// - Parameters:
  ///   - options: What is looked at.
  ///   - end: How far facts go, where the history's instant may be later; nil where they go as far.
  /// - Returns: The answer, which judges nothing that fell due on a day after facts end.
  /// - Complexity: O(leads + activities log activities of a lead), on all processors.
  public func answer(
    _ options: SLAOptions = SLAOptions(),
    factsUntil end: Instant? = nil
  ) -> SLAAnswer {
    let history = source.history
    let agreement = history.agreement
    let calendar = agreement.calendar
    // On the day itself facts are as new as they can be.
    let factsUntil = end.flatMap {
      calendar.day(of: $0) < calendar.day(of: history.asOf) ? $0 : nil
    }
    let rule = agreement.journeyRule.with(options.skips)
    var answer = SLAAnswer(
      asOf: history.asOf,
      factsUntil: factsUntil,
      options: options,
      rule: rule,
      sales: nil,
      marketing: nil,
      steps: [],
      history: history
    )
    let stage = agreement.handOffStage
    guard stage + 1 < agreement.path.count else { return answer }
    let journeys = source.journeys(under: rule)
    let question = FunnelQuestion(filters: options.filters, rule: rule, pairs: [])
    let pass = CellPass(history, journeys, question)
    let entries = journeys.reached[stage]
    let rows = pass.wantedRows { entries[$0].isPresent }
    let versions = PromiseVersions(agreement, asOf: history.asOf)
    let first = rows.lazy.map { entries[$0] }.filter(\.isDated).min()?.instant ?? history.asOf
    let judge = PromiseJudge(
      history,
      versions,
      dispositions: dispositions,
      assignments: assignments,
      firstHandOff: first,
      knownUntil: factsUntil ?? history.asOf
    )
    let ranges = ParallelRanges.divide(rows.count)
    let records = ParallelRanges.map(ranges) { _, range in
      range.map { judge.record(of: PassedLead(journeys, row: rows[$0], stage: stage)) }
    }.flatMap { $0 }
    answer.marketing = MarketingBuilder(history, versions, attributes, records).side()
    // What was promised is about all leads; some of them cannot be held against it.
    if !options.filters.isEmpty { answer.marketing?.forgetPromise() }
    // What is to come cannot be told from days of which nothing is known.
    if factsUntil != nil { answer.marketing?.forecast = nil }
    let isPromised = versions.salesSLAs[...versions.present].contains { $0 != nil }
    guard isPromised || StaleStages.areAgreed(history) else { return answer }
    let wanted = options.filters.isEmpty ? nil : Set(pass.wantedRows())
    let stale = StaleStages(history, versions, judge.clocks, dispositions).find(
      journeys,
      knownUntil: judge.knownUntil
    ) { row in wanted?.contains(row) ?? true }
    answer.sales = side(options, stage, records, judge, stale.stages)
    answer.steps = (openSteps(records, judge) + stale.steps).sorted()
    answer.queue = openPromises(records, judge).sorted()
    for (lead, time) in dispositions?.later ?? [:] {
      answer.saidSince[history.id(ofLead: lead)] = time
    }
    return answer
  }

  /// The sales' side split by a dimension, in order of names.
  public func groups(of side: SalesSide, by dimension: SLAOptions.Dimension) -> [SLAGroup] {
    let history = source.history
    return SLATallies(history, PromiseVersions(history.agreement, asOf: history.asOf)).groups(
      side.counted.lazy.map { side.records[$0] },
      by: dimension
    )
  }

  private func side(
    _ options: SLAOptions,
    _ stage: Int,
    _ records: [SLARecord],
    _ judge: PromiseJudge,
    _ staleStages: [SLAStaleStage]
  ) -> SalesSide {
    let history = source.history
    let calendar = history.agreement.calendar
    let today = calendar.day(of: history.asOf)
    let isOpenEnded = options.firstDay == nil && options.lastDay != nil
    let firstDay =
      options.firstDay
      ?? (isOpenEnded
        ? nil : CivilDate(dayNumber: today.startOfWeek.dayNumber - 7 * (options.weeks - 1)))
    let lastDay = options.lastDay ?? today
    let start = firstDay.map { calendar.instant(of: $0).seconds } ?? .min
    let end = calendar.instant(of: CivilDate(dayNumber: lastDay.dayNumber + 1)).seconds
    let counted = records.indices.filter {
      let time = records[$0].handOff
      return time.isDated && time.instant.seconds >= start && time.instant.seconds < end
    }
    let own = counted.lazy.map { records[$0] }
    let versions = judge.versions
    // What holds now, and what held at a hand-off that is counted.
    let positions = Set(own.map(\.version)).union([versions.present])
    let slas = positions.compactMap { versions.salesSLAs[$0] }
    let agreed: [SLAStep.Promise] = [
      slas.contains { $0.firstTouch != nil } ? .firstTouch : nil,
      slas.contains { $0.attempts != nil } ? .attempts : nil,
      slas.contains { $0.disposition != nil } ? .disposition : nil,
    ].compactMap { $0 }
    let newest = own.max { $0.handOff < $1.handOff }?.version ?? versions.present
    let tallies = SLATallies(history, versions)
    return SalesSide(
      stage: stage,
      firstDay: firstDay,
      lastDay: lastDay,
      records: records,
      counted: counted,
      splits: options.by.map {
        SLASplit(dimension: $0, groups: tallies.groups(own, by: $0))
      },
      undated: records.count { !$0.handOff.isDated },
      all: tallies.all(own),
      notRecorded: agreed.filter { !judge.isRecorded($0) },
      staleStages: staleStages,
      withAssignment: own.count { $0.systemDelay?.outcome == .ended },
      reassigned: own.count { record in record.clocks.count { $0.owner != 0 } > 1 },
      byDay: own.count { $0.isByDay },
      ownersWithUnknownZone: judge.clocks.ownersWithUnknownZone,
      newestContact: history.activities.newestAttempt,
      isWorkingTime: versions.salesSLAs[newest]?.firstTouch?.usual.isWorkingTime ?? false
    )
  }

  /// What is open of the promises about hand-offs, of any day.
  private func openSteps(_ records: [SLARecord], _ judge: PromiseJudge) -> [SLAStep] {
    let history = source.history
    var steps: [SLAStep] = []
    for record in records {
      func add(_ promise: SLAStep.Promise, _ outcome: SLAOutcome?, _ code: UInt32, _ clock: Int) {
        guard let outcome, let step = outcome.status.step, let due = outcome.due else { return }
        var open = SLAStep(
          lead: history.id(ofLead: record.lead),
          owner: name(ofOwner: code),
          promise: promise,
          step: step,
          due: due,
          since: judge.clocks.since(
            step,
            due,
            escalatedAfter: judge.versions.salesSLAs[record.version]?.escalateAfter,
            code,
            version: record.version
          ),
          episode: record.episode,
          clock: clock
        )
        let left = judge.secondsLeft(until: due, promise, record, owner: code)
        (open.secondsLeft, open.isWorkingTime) = (left.seconds, left.isWorkingTime)
        steps.append(open)
      }
      if let clock = record.clocks.last {
        add(.firstTouch, clock.outcome, clock.owner, record.clocks.count)
      }
      add(.attempts, record.attempts, record.owner, 1)
      add(.disposition, record.disposition, record.owner, 1)
    }
    return steps
  }

  private func name(ofOwner code: UInt32) -> String {
    code == 0 ? "" : source.history.texts[.owner][code]
  }

  /// Every open promise about hand-offs, of any day.
  private func openPromises(_ records: [SLARecord], _ judge: PromiseJudge) -> [SLAQueueEntry] {
    let history = source.history
    var entries: [SLAQueueEntry] = []
    for record in records {
      func add(_ promise: SLAStep.Promise, _ outcome: SLAOutcome?, _ code: UInt32) {
        guard let outcome, outcome.status.isOpen, let due = outcome.due else { return }
        let left = judge.secondsLeft(until: due, promise, record, owner: code)
        entries.append(
          SLAQueueEntry(
            lead: history.id(ofLead: record.lead),
            owner: name(ofOwner: code),
            promise: promise,
            status: outcome.status,
            due: due,
            secondsLeft: left.seconds,
            isWorkingTime: left.isWorkingTime,
            isHot: record.isHot
          )
        )
      }
      if let clock = record.clocks.last { add(.firstTouch, clock.outcome, clock.owner) }
      add(.attempts, record.attempts, record.owner)
      add(.disposition, record.disposition, record.owner)
    }
    return entries
  }
}

extension PromiseJudge {
  /// The seconds from now until a promise is due, below 0 once it is overdue.
  ///
  /// - Complexity: O(log days) for working time.
  fileprivate func secondsLeft(
    until due: Instant,
    _ promise: SLAStep.Promise,
    _ record: SLARecord,
    owner: UInt32
  ) -> (seconds: Int64, isWorkingTime: Bool) {
    // Of what was overdue when facts end nobody knows how long it has been since.
    let now = due <= knownUntil ? knownUntil : history.asOf
    let sla = versions.salesSLAs[record.version]
    let span: SalesSLA.Span? =
      switch promise {
      case .firstTouch:
        (record.isHot ? sla?.firstTouch?.hot : nil) ?? sla?.firstTouch?.usual
      case .disposition: sla?.disposition
      case .attempts, .stale: nil
      }
    guard span?.isWorkingTime == true else { return (due.seconds - now.seconds, false) }
    let clock = clocks.clock(of: owner, version: record.version)
    return (clock.workingSeconds(from: now, to: due), true)
  }
}

extension CompanyHistory.Activities {
  /// The newest attempt of a person to reach any lead; nil where there is none.
  fileprivate var newestAttempt: Instant? {
    let wanted: Marks = [.attempt, .automated]
    var newest = TimePoint.undated
    for index in indices where times[index].isDated && times[index] > newest {
      if marks[index].intersection(wanted) == .attempt { newest = times[index] }
    }
    return newest.isDated ? newest.instant : nil
  }
}
