import PlumblineStatistics

/// Measures two definitions on the same facts.
public struct DefinitionDiffBuilder {
  /// Monthly numbers are taken over at most so many whole months.
  static let mostMonths = 12

  private let before: DefinitionSide
  private let after: DefinitionSide
  private let gaps: [CaptureGap]

  /// Reads a store under two agreements, each as if it had held all the time.
  ///
  /// - Parameters:
  ///   - store: The facts.
  ///   - before: The first agreement; its earlier versions do not matter.
  ///   - after: The second agreement.
  ///   - asOf: The instant up to which facts count; the newest fact when nil.
  ///   - last: The newest import that counts; all when nil.
  /// - Throws: What the store throws.
  /// - Complexity: O(facts), read under each.
  public init(
    reading store: some FactStore,
    from before: Agreement,
    to after: Agreement,
    asOf: Instant? = nil,
    through last: Int? = nil
  ) throws {
    let asOf =
      try asOf
      ?? CompanyHistory.defaultAsOf(reading: store, calendar: after.calendar, through: last)
    func history(_ agreement: Agreement) throws -> CompanyHistory {
      let history = try CompanyHistory(
        reading: store,
        under: Self.alone(agreement),
        asOf: asOf,
        through: last
      )
      try history.load([.events, .activities])
      return try StageGates.apply(to: history, reading: store, through: last)
    }
    self.init(try history(before), try history(after))
  }

  /// A builder over two histories of the same facts, gates applied.
  ///
  /// - Precondition: Both hold the same leads in the same order, as of the same instant.
  init(_ before: CompanyHistory, _ after: CompanyHistory) {
    precondition(
      before.leads.ids.count == after.leads.ids.count && before.asOf == after.asOf,
      "both histories are of the same facts"
    )
    self.before = DefinitionSide(before)
    self.after = DefinitionSide(after)
    gaps = after.gaps.filter { $0.kind == .gateNotTestable }
  }

  /// An agreement as if it had held all the time.
  public static func alone(_ agreement: Agreement) -> Agreement {
    var agreement = agreement
    agreement.earlier = []
    return agreement
  }

  /// The numbers of two classes; −1 without a pass.
  private struct ClassPair: Hashable {
    var before: Int
    var after: Int
  }

  /// A stage of either path, with its position in each.
  private struct PairedStage {
    var id: String
    var before: Int?
    var after: Int?
    /// Rows of the second side that gain the stage, and those that reach it earlier.
    var gained: [Int] = []
    var earlier: [Int] = []
    /// Rows of the first side that lose the stage, and those that reach it later.
    var lost: [Int] = []
    var later: [Int] = []
    var moved = 0
  }

  /// The answer.
  ///
  /// - Throws: What the source of cells throws.
  /// - Complexity: O(passes x stages + activities log activities of a lead).
  public func diff() throws -> DefinitionDiff {
    var stages = pairedStages()
    var passes: [PassDiff] = []
    var classes: [ClassPair: Int] = [:]
    DefinitionSide.forEachPass(before, after) { old, new in
      let oldClass = old.map(before.classNumber) ?? -1
      let newClass = new.map(after.classNumber) ?? -1
      classes[ClassPair(before: oldClass, after: newClass), default: 0] += 1
      var changes: [StageChange] = []
      for index in stages.indices {
        guard let change = change(stages[index], old, new) else { continue }
        changes.append(change)
        switch change.kind {
        case .gained: if let new { stages[index].gained.append(new) }
        case .lost: if let old { stages[index].lost.append(old) }
        case .moved:
          stages[index].moved += 1
          guard change.before.isDated, change.after.isDated else { continue }
          if change.after.instant < change.before.instant {
            if let new { stages[index].earlier.append(new) }
          } else if let old {
            stages[index].later.append(old)
          }
        }
      }
      let classBefore = old.map { _ in before.classes[oldClass] }
      let classAfter = new.map { _ in after.classes[newClass] }
      guard !changes.isEmpty || classBefore != classAfter else { return }
      passes.append(pass(old, new, classBefore, classAfter, changes))
    }
    let months = wholeMonths()
    return DefinitionDiff(
      before: before.agreement,
      after: after.agreement,
      asOf: after.history.asOf,
      changes: AgreementChange.changes(from: before.agreement, to: after.agreement),
      stages: try stages.map { try stageDiff($0, months) },
      transitions: transitions(classes),
      months: months,
      workload: WorkloadDiff(before: workload(before, months), after: workload(after, months)),
      promises: try promises(),
      scoreWithoutHandOff: ScoreWithoutHandOff(
        before: Self.scoreWithoutHandOff(before),
        after: Self.scoreWithoutHandOff(after)
      ),
      passes: passes,
      gaps: gaps
    )
  }

  private static func scoreWithoutHandOff(_ side: DefinitionSide) -> Int {
    side.history.gaps.first { $0.kind == .scoreWithoutHandOff }?.count ?? 0
  }

  /// The stages of the second path in order, with those that only the first has where they stood.
  private func pairedStages() -> [PairedStage] {
    let (old, new) = (before.agreement, after.agreement)
    var stages = new.path.enumerated().map { index, stage in
      PairedStage(id: stage.id, before: old.pathIndex(of: stage.id), after: index)
    }
    for (index, stage) in old.path.enumerated() where new.pathIndex(of: stage.id) == nil {
      let place = stages.firstIndex { $0.before.map { $0 > index } ?? false } ?? stages.endIndex
      stages.insert(PairedStage(id: stage.id, before: index, after: nil), at: place)
    }
    return stages
  }

  private func change(_ stage: PairedStage, _ old: Int?, _ new: Int?) -> StageChange? {
    let (first, second) = (before.time(stage.before, old), after.time(stage.after, new))
    let kind: StageChange.Kind
    switch (first.isPresent, second.isPresent) {
    case (false, false): return nil
    case (false, true): kind = .gained
    case (true, false): kind = .lost
    case (true, true):
      guard first.sortKey != second.sortKey else { return nil }
      kind = .moved
    }
    return StageChange(stage: stage.id, kind: kind, before: first, after: second)
  }

  private func pass(
    _ old: Int?,
    _ new: Int?,
    _ classBefore: DefinitionClass?,
    _ classAfter: DefinitionClass?,
    _ changes: [StageChange]
  ) -> PassDiff {
    let side = new == nil ? before : after
    let row = new ?? old ?? 0
    return PassDiff(
      id: side.history.id(ofLead: Int(side.journeys.leads[row])),
      attempt: Int(side.journeys.attempts[row]),
      before: classBefore,
      after: classAfter,
      stages: changes
    )
  }

  private func transitions(_ classes: [ClassPair: Int]) -> [ClassTransition] {
    func key(_ value: DefinitionClass?, _ agreement: Agreement) -> (Int, String) {
      guard let value else { return (-1, "") }
      return (agreement.pathIndex(of: value.stage) ?? -1, value.exit ?? "")
    }
    return classes.map { numbers, count in
      ClassTransition(
        before: numbers.before < 0 ? nil : before.classes[numbers.before],
        after: numbers.after < 0 ? nil : after.classes[numbers.after],
        count: count
      )
    }
    .sorted { left, right in
      let (first, second) = (
        key(left.before, before.agreement), key(right.before, before.agreement)
      )
      if first != second { return first < second }
      return key(left.after, after.agreement) < key(right.after, after.agreement)
    }
  }

  // MARK: Volume and work

  /// The last whole months, twelve at most, from the first lead's month on.
  private func wholeMonths() -> ClosedRange<CivilDate>? {
    let calendar = after.agreement.calendar
    let created = after.history.leads.created.lazy.filter(\.isDated).map(\.instant).min()
    guard let created else { return nil }
    let earliest = calendar.day(of: created)
    // The month of the instant is whole when the instant is its last.
    let end = calendar.day(of: after.history.asOf.advanced(bySeconds: 1)).startOfMonth
    var start = end
    var count = 0
    while count < Self.mostMonths {
      let previous = CivilDate(dayNumber: start.dayNumber - 1).startOfMonth
      guard previous >= earliest.startOfMonth else { break }
      start = previous
      count += 1
    }
    guard count > 0 else { return nil }
    return start...CivilDate(dayNumber: end.dayNumber - 1)
  }

  private static func count(of months: ClosedRange<CivilDate>) -> Double {
    let (first, last) = (months.lowerBound.components, months.upperBound.components)
    return Double((last.year - first.year) * 12 + last.month - first.month + 1)
  }

  private func stageDiff(
    _ stage: PairedStage,
    _ months: ClosedRange<CivilDate>?
  ) throws -> StageDiff {
    func count(_ side: DefinitionSide, _ index: Int?) -> Int? {
      index.map { side.journeys.reached[$0].count(where: \.isPresent) }
    }
    func perMonth(_ side: DefinitionSide, _ index: Int?) -> Double? {
      guard let index, let months else { return nil }
      return Double(side.journeys.reached[index].count(where: side.isOn(months)))
        / Self.count(of: months)
    }
    return StageDiff(
      id: stage.id,
      before: count(before, stage.before),
      after: count(after, stage.after),
      gained: stage.gained.count,
      lost: stage.lost.count,
      moved: stage.moved,
      earlier: stage.earlier.count,
      later: stage.later.count,
      perMonthBefore: perMonth(before, stage.before),
      perMonthAfter: perMonth(after, stage.after),
      gainedWorth: try worth(
        after,
        stage.after,
        (stage.gained + stage.earlier).sorted(),
        mustBeWorked: true
      ),
      lostWorth: try worth(
        before,
        stage.before,
        (stage.lost + stage.later).sorted(),
        mustBeWorked: false
      )
    )
  }

  private func worth(
    _ side: DefinitionSide,
    _ stage: Int?,
    _ rows: [Int],
    mustBeWorked: Bool
  ) throws -> PassWorth? {
    guard let stage, stage > 0, stage < side.journeys.stageCount - 1 else { return nil }
    let leads = Set(rows.map { Int(side.journeys.leads[$0]) })
    let deals = Dictionary(grouping: side.history.wonDeals.filter { leads.contains($0.lead) }) {
      $0.lead
    }
    let handOff = before.agreement.handOffStage
    let old = before.journeys
    let builder = try PassWorthBuilder(side, stage: stage, deals: deals) { lead, attempt in
      old.rows(ofLead: lead).contains {
        Int(old.attempts[$0]) == attempt && old.reached[handOff][$0].isPresent
      }
    }
    return builder.worth(of: rows, mustBeWorked: mustBeWorked)
  }

  private func workload(
    _ side: DefinitionSide,
    _ months: ClosedRange<CivilDate>?
  ) -> WorkloadDiff.Side {
    let stage = side.agreement.handOffStage
    var owners: Set<UInt32> = []
    var handOffs = 0
    if let isInMonths = months.map(side.isOn) {
      for row in side.journeys.leads.indices where isInMonths(side.journeys.reached[stage][row]) {
        handOffs += 1
        let owner = side.history.leads.owners[Int(side.journeys.leads[row])]
        if owner != 0 { owners.insert(owner) }
      }
    }
    let perMonth = months.map { Double(handOffs) / Self.count(of: $0) }
    let attempts = side.agreement.salesSLA?.attempts?.count
    return WorkloadDiff.Side(
      stage: side.agreement.path[stage].id,
      handOffs: handOffs,
      handOffsPerMonth: perMonth,
      attempts: attempts,
      attemptsPerMonth: perMonth.flatMap { month in attempts.map { month * Double($0) } },
      reps: owners.count,
      handOffsPerRep: owners.isEmpty ? nil : perMonth.map { $0 / Double(owners.count) }
    )
  }

  // MARK: Promises

  private struct PassKey: Hashable {
    var lead: Int
    var attempt: Int
  }

  private func promises() throws -> PromiseDiff {
    let (old, oldBroken) = try promises(before)
    let (new, newBroken) = try promises(after)
    func ids(_ keys: Set<PassKey>) -> [String] {
      keys.map { after.history.id(ofLead: $0.lead) }.sorted()
    }
    return PromiseDiff(
      before: old,
      after: new,
      newlyBroken: ids(newBroken.subtracting(oldBroken)),
      noLongerBroken: ids(oldBroken.subtracting(newBroken))
    )
  }

  private func promises(_ side: DefinitionSide) throws -> (PromiseDiff.Side, Set<PassKey>) {
    let records = try side.source.workRecords(
      for: FunnelQuestion(rule: side.agreement.journeyRule, pairs: [])
    )
    let record = records.summary.followUp
    guard records.summary.followUpIsRecorded else {
      return (PromiseDiff.Side(record: record), [])
    }
    let judged = records.handOffs.filter { $0.followUp?.isMet != nil }
    let broken = judged.filter { $0.followUp?.isMet == false }
    return (
      PromiseDiff.Side(record: record, judged: judged.count, broken: broken.count),
      Set(broken.map { PassKey(lead: $0.lead, attempt: $0.attempt) })
    )
  }
}
