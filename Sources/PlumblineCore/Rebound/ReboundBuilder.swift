/// Finds who gets a second chance.
public struct ReboundBuilder: Sendable {
  private let history: CompanyHistory
  /// The version in force: one that is not yet gives nobody a second chance.
  private let agreed: Agreement
  private let journeys: Journeys
  private let departures: Departures
  private let touches: LeadTouches
  private let dispositions: Dispositions
  /// The detour that a word of sales sends leads on.
  private let detours: [DispositionReason.Outcome: Int]

  /// A builder over what a store holds.
  ///
  /// - Parameters:
  ///   - store: The store that the history was read from.
  ///   - history: The history.
  ///   - last: The newest import that counts; all when nil.
  /// - Throws: What the store throws.
  public init(
    reading store: some FactStore,
    for history: CompanyHistory,
    through last: Int? = nil
  ) throws {
    try history.load([.activities, .events])
    let ledger = try Ledger(
      reading: store,
      through: last,
      kinds: [.deal, .disposition, .lead, .merge, .touch]
    )
    self.init(
      history,
      departures: try Departures(ledger, stageEventsOf: store, for: history, through: last),
      touches: LeadTouches(ledger, for: history),
      dispositions: Dispositions(ledger, for: history)
    )
  }

  /// A builder over what was read already.
  public init(
    _ history: CompanyHistory,
    departures: Departures,
    touches: LeadTouches,
    dispositions: Dispositions
  ) {
    self.history = history
    agreed = history.agreementInForce
    self.departures = departures
    self.touches = touches
    self.dispositions = dispositions
    var rule = history.agreement.journeyRule
    rule.returns = .newEpisode
    let lexicon = StageLexicon(history.agreement)
    var detours: [DispositionReason.Outcome: Int] = [:]
    for (outcome, id) in [
      (DispositionReason.Outcome.recycled, "recycled"), (.rejected, "disqualified"),
    ] {
      if case .detour(let detour) = lexicon.meaning(of: id) { detours[outcome] = detour }
    }
    self.detours = detours
    journeys = Journeys(history, rule: rule)
  }

  /// The answer.
  ///
  /// - Parameters:
  ///   - record: Who was listed before.
  ///   - decisions: What people decided about leads and lists, one each; one holds for the leaving
  ///     that it was about, and not for a later one.
  /// - Returns: Who is listed now, and everything beside it.
  /// - Complexity: O(facts of leads + entries of the record + decisions).
  public func answer(
    after record: ReboundRecord,
    heeding decisions: [ReboundDecision] = []
  ) -> Rebound {
    let events = history.events
    let (lastTouch, lastWork) = lastSigns()
    let listed = listed(record.entries.filter { $0.listed <= history.asOf })
    let listedLater = self.listed(record.entries.filter { $0.listed > history.asOf })
    var rebound = Rebound(
      asOf: history.asOf,
      week: CalendarWeek(holding: today),
      rules: agreed.recycleRules,
      suppression: agreed.suppression,
      passes: PassRevenue(history, journeys)
    )
    let matcher = RuleMatcher(history.agreement, agreed.recycleRules)
    let facts = LeadFacts(
      customers: customers(events),
      lastTouch: lastTouch,
      listed: listed,
      decisions: self.decisions(decisions)
    )
    var others: [WithoutRuleKey: [Int]] = [:]
    for lead in history.leads.ids.indices {
      noteMergedAway(lead, matcher, &rebound)
      guard let departure = departure(of: lead, events) else { continue }
      guard let rule = matcher.rule(departure.detour, departure.reason) else {
        if !departure.hasReturned {
          others[WithoutRuleKey(departure), default: []].append(lead)
        }
        continue
      }
      let due =
        departure.time.isDated
        ? CivilDate(
          dayNumber: day(departure.time).dayNumber + agreed.recycleRules[rule].afterDays
        ) : nil
      let candidate = Rebound.Candidate(
        departure: departure,
        rule: rule,
        due: due,
        fate: fate(departure, due, agreed.recycleRules[rule].list, facts)
      )
      rebound.candidates.append(candidate)
      // Asked of the past, who was listed after it all the same is not put on a list twice.
      if candidate.fate == .listed, let due, !isListed(departure, in: listedLater) {
        rebound.newEntries.append(entry(candidate, due, rebound.week))
      }
    }
    rebound.withoutRule = others.map { key, leads in
      Rebound.WithoutRule(detour: key.detour, reason: key.reason, leads: leads)
    }.sorted { left, right in
      left.leads.count != right.leads.count
        ? left.leads.count > right.leads.count
        : (left.detour, left.reason) < (right.detour, right.reason)
    }
    (rebound.earlier, rebound.unknownEntries) = courses(record, events)
    rebound.forgotten =
      ForgottenLeads(
        history: history,
        journeys: journeys,
        dispositions: dispositions,
        lastWork: lastWork
      ).stages()
    return rebound
  }

  // MARK: Who left

  /// A lead's last leaving: what a stage event or a deal tells, else what sales said of it.
  ///
  /// One leaving counts once: where an event tells of it too, the word only gives the reason that
  /// is missing there.
  private func departure(of lead: Int, _ events: CompanyHistory.Events) -> Departure? {
    let told = departures.last(of: lead, events)
    guard let row = journeys.rows(ofLead: lead).last else { return told }
    let calendar = history.agreement.calendar
    let entered = journeys.reached[journeys.furthestStage(of: row)][row]
    guard let word = dispositions.parting(of: lead, since: entered, calendar) else { return told }
    if var told, !told.hasReturned {
      if told.reason.isEmpty { told.reason = dispositions.name(of: word) }
      return told
    }
    guard !journeys.exits[row].isPresent,
      let detour = dispositions.outcome(of: word).flatMap({ detours[$0] })
    else { return told }
    let back = events.range(of: lead).first { index in
      let time = events.times[index]
      return word.time.isDated && time.isDated && time.instant > word.time.instant
        && !events.codes[index].isDetour
    }
    return Departure(
      lead: lead,
      detour: detour,
      reason: dispositions.name(of: word),
      time: word.time,
      returned: back.map { events.times[$0] } ?? .missing
    )
  }

  private struct WithoutRuleKey: Hashable {
    var detour: Int
    var reason: String

    init(_ departure: Departure) {
      detour = departure.detour
      reason = WordKey.of(departure.reason)
    }
  }

  private var today: CivilDate { history.agreement.calendar.day(of: history.asOf) }

  private func day(_ time: TimePoint) -> CivilDate {
    history.agreement.calendar.day(of: time.instant)
  }

  // MARK: What becomes of a lead

  private struct LeadFacts {
    var customers: Set<Int>
    /// When somebody last turned to each lead, or it did something.
    var lastTouch: [TimePoint]
    var listed: [Int: (left: TimePoint, week: CalendarWeek)]
    var decisions: [Int: [ReboundDecision]]
  }

  private func decisions(_ decisions: [ReboundDecision]) -> [Int: [ReboundDecision]] {
    var known: [Int: [ReboundDecision]] = [:]
    for decision in decisions {
      guard let lead = departures.number(ofLead: decision.lead) else { continue }
      known[lead, default: []].append(decision)
    }
    return known
  }

  /// Why a decision of people keeps a lead from a list; nil where none does.
  private func exclusion(
    _ departure: Departure,
    _ list: String,
    _ decisions: [ReboundDecision]
  ) -> Rebound.Exclusion? {
    let own = decisions.filter { decision in
      decision.list == list
        && (!departure.time.isDated || departure.time.instant <= decision.at)
    }
    switch own.max(by: { $0.id < $1.id })?.verdict {
    case .declined: return .declined
    case .snoozed(let until): return today < until ? .snoozed : nil
    case .accepted, nil: return nil
    }
  }

  private func fate(
    _ departure: Departure,
    _ due: CivilDate?,
    _ list: String,
    _ facts: LeadFacts
  ) -> Rebound.Fate {
    let lead = departure.lead
    if facts.customers.contains(lead) { return .excluded(.customer) }
    if departures.openDealLeads.contains(lead) { return .excluded(.openDeal) }
    if departures.unsubscribedLeads.contains(lead) { return .excluded(.unsubscribed) }
    if departure.hasReturned { return .excluded(.cameBack) }
    guard let due else { return .excluded(.undated) }
    if isListed(departure, in: facts.listed), let before = facts.listed[lead] {
      return .listedBefore(before.week)
    }
    if due > today { return .waiting }
    let last = facts.lastTouch[lead]
    if last.isDated,
      history.lagInDays(from: last, to: TimePoint(history.asOf))
        < agreed.suppression.touchedWithinDays
    {
      return .excluded(.touchedLately)
    }
    if let exclusion = exclusion(departure, list, facts.decisions[lead] ?? []) {
      return .excluded(exclusion)
    }
    return .listed
  }

  private func entry(
    _ candidate: Rebound.Candidate,
    _ due: CivilDate,
    _ week: CalendarWeek
  ) -> ReboundRecord.Entry {
    let departure = candidate.departure
    return ReboundRecord.Entry(
      lead: history.id(ofLead: departure.lead),
      list: agreed.recycleRules[candidate.rule].list,
      detour: history.agreement.detours[departure.detour].id,
      reason: departure.reason,
      left: departure.time,
      due: due,
      week: week,
      listed: history.asOf
    )
  }

  private func noteMergedAway(_ lead: Int, _ matcher: RuleMatcher, _ rebound: inout Rebound) {
    var seen: Set<String> = []
    for told in departures.mergedAway(into: lead) {
      guard let rule = matcher.rule(told.detour, told.reason), seen.insert(told.id).inserted else {
        continue
      }
      rebound.mergedAway.append(Rebound.MergedAway(id: told.id, rule: rule, lead: lead))
    }
  }

  // MARK: What is known of leads

  private func customers(_ events: CompanyHistory.Events) -> Set<Int> {
    var customers = Set(history.wonDeals.map(\.lead))
    let end = EventCode.stage(history.agreement.path.count - 1)
    for lead in history.leads.ids.indices
    where events.range(of: lead).contains(where: { events.codes[$0] == end }) {
      customers.insert(lead)
    }
    return customers
  }

  /// When somebody last turned to each lead or it did something, and when a person last did.
  private func lastSigns() -> (touch: [TimePoint], work: [TimePoint]) {
    let count = history.leads.ids.count
    var work = [TimePoint](repeating: .undated, count: count)
    let activities = history.activities
    for index in activities.indices where !activities.marks[index].contains(.automated) {
      let (lead, time) = (Int(activities.leads[index]), activities.times[index])
      if time.isDated { work[lead] = max(work[lead], time) }
    }
    for meeting in history.meetings {
      for time in [meeting.booked, meeting.starts]
      where time.isDated && time.instant <= history.asOf {
        work[meeting.lead] = max(work[meeting.lead], time)
      }
    }
    var touch = work
    for lead in 0..<count {
      if let last = touches[lead].last { touch[lead] = max(touch[lead], last.time) }
    }
    return (touch, work)
  }

  // MARK: Who was listed before

  /// Whether a leaving, or a later one, is among those listed.
  private func isListed(
    _ departure: Departure,
    in listed: [Int: (left: TimePoint, week: CalendarWeek)]
  ) -> Bool {
    // A date that an export corrects within its day is no new leaving.
    listed[departure.lead].map { day(departure.time) <= day($0.left) } ?? false
  }

  private func listed(
    _ entries: [ReboundRecord.Entry]
  ) -> [Int: (left: TimePoint, week: CalendarWeek)] {
    var listed: [Int: (left: TimePoint, week: CalendarWeek)] = [:]
    for entry in entries {
      guard let lead = departures.number(ofLead: entry.lead) else { continue }
      if let known = listed[lead], known.left >= entry.left { continue }
      listed[lead] = (entry.left, entry.week)
    }
    return listed
  }

  private func courses(
    _ record: ReboundRecord,
    _ events: CompanyHistory.Events
  ) -> (lists: [ListCourse], unknown: Int) {
    var courses: [ListCourse.EntryCourse] = []
    var unknown = 0
    for entry in record.entries where entry.listed <= history.asOf {
      guard let lead = departures.number(ofLead: entry.lead) else {
        unknown += 1
        continue
      }
      let back = events.range(of: lead).first { index in
        let time = events.times[index]
        return time.isDated && time.instant > entry.listed && !events.codes[index].isDetour
      }
      courses.append(
        ListCourse.EntryCourse(
          entry: entry,
          lead: lead,
          returned: back.map { events.times[$0] } ?? .missing
        )
      )
    }
    let ofLead = Dictionary(grouping: courses.indices) { courses[$0].lead }
    for deal in history.wonDeals where deal.closed.isDated {
      let earlier = (ofLead[deal.lead] ?? []).filter {
        courses[$0].entry.listed < deal.closed.instant
      }
      guard
        let index = earlier.max(by: {
          (courses[$0].entry.listed, $0) < (courses[$1].entry.listed, $1)
        })
      else { continue }
      courses[index].wonDeals += 1
      courses[index].amount += deal.amount ?? 0
      if deal.amount == nil { courses[index].withoutAmount += 1 }
    }
    let lists = Dictionary(grouping: courses) { $0.entry.list }
    return (
      lists.sorted { $0.key < $1.key }.map { ListCourse(list: $0.key, entries: $0.value) }, unknown
    )
  }
}

/// Which rule takes up a leaving: one with its reason, in any of the words that the agreement has for
/// it, before one for any, of several the first.
struct RuleMatcher {
  private var exact: [Int: [String: Int]] = [:]
  private var any: [Int: Int] = [:]
  /// All words of a reason that sales may give, by each of them.
  private var synonyms: [String: [String]] = [:]

  /// The rules, on the detours of an agreement.
  init(_ agreement: Agreement, _ rules: [RecycleRule]) {
    for reason in agreement.dispositions {
      let words = ([reason.id] + reason.aliases).map(WordKey.of)
      for word in words where synonyms[word] == nil { synonyms[word] = words }
    }
    let lexicon = StageLexicon(agreement)
    for (index, rule) in rules.enumerated() {
      guard case .detour(let detour) = lexicon.meaning(of: rule.detour) else { continue }
      if let reason = rule.reason {
        let key = WordKey.of(reason)
        if exact[detour]?[key] == nil { exact[detour, default: [:]][key] = index }
      } else if any[detour] == nil {
        any[detour] = index
      }
    }
  }

  /// The position of the rule; nil where there is none.
  func rule(_ detour: Int, _ reason: String) -> Int? {
    let key = WordKey.of(reason)
    let rules = exact[detour] ?? [:]
    return rules[key] ?? synonyms[key]?.compactMap { rules[$0] }.min() ?? any[detour]
  }
}
