public import PlumblineStatistics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Outcomes that were recorded in bulk, or filled in by default and never changed, rather than seen
/// one by one.
///
/// Each says how something was recorded. None says that it is wrong, nor that anybody did wrong.
public struct RecordedOutcomes: Sendable {
  /// How far an owner's leads carry a reason that the CRM fills in by itself.
  public struct OwnerDefaults: Hashable, Sendable {
    /// Who: a code in the owner dictionary, 0 where nobody wrote that down.
    public let owner: UInt32
    /// How many leads have a disposition.
    public let leads: Int
    /// Those whose last one is still a default: dense numbers, ascending.
    public let unchanged: [Int]

    /// The range that the data support for the share.
    public var interval: ConfidenceInterval {
      .wilson(successes: Double(unchanged.count), trials: Double(leads))
    }
  }

  /// What an owner recorded of meetings whose time has passed.
  public struct OwnerMeetings: Hashable, Sendable {
    /// Who: a code in the owner dictionary, 0 where nobody wrote that down.
    public let owner: UInt32
    /// How many have an outcome.
    public let recorded: Int
    /// How many of them took place.
    public let held: Int
    /// The same of everybody else.
    public let others: (recorded: Int, held: Int)
    /// The largest chance that all would have taken place, if they had done so as often as everybody
    /// else's may; nil where it is not asked, for fewer than all did or there are too few.
    public let chance: Double?
    /// Whether that is too small for chance, all owners considered together.
    public let isFlagged: Bool
    /// The leads met: dense numbers, ascending.
    public let leads: [Int]

    /// The range that the data support for the share that took place.
    public var interval: ConfidenceInterval {
      .wilson(successes: Double(held), trials: Double(recorded))
    }

    /// Whether both say the same.
    public static func == (left: Self, right: Self) -> Bool {
      left.owner == right.owner && left.recorded == right.recorded && left.held == right.held
        && left.others == right.others && left.isFlagged == right.isFlagged
        && left.leads == right.leads
    }

    /// Hashes what is told of the owner.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(owner)
      hasher.combine(leads)
    }
  }

  /// Fewer meetings than this are not judged.
  public static let fewestMeetings = 30
  /// The chance of a single false alarm over all owners.
  public static let falseAlarmChance = 0.05

  /// The instant up to which facts count.
  public let asOf: Instant
  /// What was recorded in bulk, by kind, the most first.
  public let bulk: [BulkRecord]
  /// How many records with an exact time there are of each kind, and how exact these times are in
  /// seconds; nil where they are cut to the hour or the day, so that nothing can be said.
  public let resolution: [BulkRecord.Kind: (records: Int, seconds: Int64?)]
  /// Default reasons by owner, the most first; empty where the agreement knows no default, or no
  /// lead carries one.
  public let defaults: [OwnerDefaults]
  /// Meetings by owner, in order of owners' names.
  public let meetings: [OwnerMeetings]

  /// What a ledger of all facts says of how outcomes were recorded.
  public init(_ ledger: Ledger, for history: CompanyHistory) {
    var reader = OutcomeReader(ledger, history)
    reader.readStages(ledger[.stageEvent])
    reader.readDeals(ledger)
    asOf = history.asOf
    let dispositions = Dispositions(ledger, for: history)
    let spoken = reader.items(of: dispositions)
    let calendar = history.agreement.calendar
    let texts = ledger.texts
    let kinds: [(BulkRecord.Kind, [BulkFinder.Item], (UInt32) -> String)] = [
      (.stage, reader.stages, { texts[.stage][$0] }), (.deal, reader.deals, { texts[.other][$0] }),
      (.disposition, spoken, { dispositions.entries[Int($0)].text }),
    ]
    bulk = kinds.flatMap { kind, items, text in
      BulkFinder(kind: kind, calendar: calendar).find(items, text: text)
    }
    resolution = Dictionary(
      uniqueKeysWithValues: kinds.map { kind, items, _ in
        let finder = BulkFinder(kind: kind, calendar: calendar)
        let usable = finder.usable(items)
        return (kind, (usable.count, finder.slotSeconds(usable)))
      }
    )
    defaults = Self.defaults(dispositions, history)
    meetings = Self.meetings(reader.meetings(ledger), texts[.owner])
  }

  private static func defaults(
    _ dispositions: Dispositions,
    _ history: CompanyHistory
  ) -> [OwnerDefaults] {
    guard dispositions.reasons.contains(where: \.isDefault) else { return [] }
    var leads: [UInt32: Int] = [:]
    var unchanged: [UInt32: [Int]] = [:]
    for lead in history.leads.ids.indices {
      guard let last = dispositions[lead].last else { continue }
      let owner = last.owner == 0 ? history.leads.owners[lead] : last.owner
      leads[owner, default: 0] += 1
      if let reason = last.reason, dispositions.reasons[reason].isDefault {
        unchanged[owner, default: []].append(lead)
      }
    }
    return unchanged.map { owner, own in
      OwnerDefaults(owner: owner, leads: leads[owner] ?? 0, unchanged: own)
    }.sorted { left, right in
      left.unchanged.count != right.unchanged.count
        ? left.unchanged.count > right.unchanged.count : left.owner < right.owner
    }
  }

  /// Judges owners all of whose meetings took place against everybody else.
  static func meetings(
    _ found: [UInt32: (recorded: Int, held: Int, leads: [Int])],
    _ names: TextDictionary
  ) -> [OwnerMeetings] {
    let recorded = found.values.reduce(0) { $0 + $1.recorded }
    let held = found.values.reduce(0) { $0 + $1.held }
    let judged = found.count { $0.key != 0 && $0.value.recorded >= fewestMeetings }
    return found.map { owner, own in
      let others = (recorded: recorded - own.recorded, held: held - own.held)
      var chance: Double?
      if owner != 0, own.recorded >= fewestMeetings, own.held == own.recorded,
        others.recorded >= fewestMeetings
      {
        let most = ConfidenceInterval.wilson(
          successes: Double(others.held),
          trials: Double(others.recorded)
        ).upper
        chance = pow(most, Double(own.recorded))
      }
      return OwnerMeetings(
        owner: owner,
        recorded: own.recorded,
        held: own.held,
        others: others,
        chance: chance,
        isFlagged: chance.map { $0 * Double(max(1, judged)) <= falseAlarmChance } ?? false,
        leads: own.leads
      )
    }.sorted { (names[$0.owner], $0.owner) < (names[$1.owner], $1.owner) }
  }
}

/// Reads how outcomes were recorded.
private struct OutcomeReader {
  let history: CompanyHistory
  let register: LeadRegister
  var stages: [BulkFinder.Item] = []
  var deals: [BulkFinder.Item] = []
  private let isOutcome: [Bool]

  init(_ ledger: Ledger, _ history: CompanyHistory) {
    self.history = history
    register = LeadRegister(ledger)
    let lexicon = StageLexicon(history.agreement)
    let handOff = history.agreement.handOffStage
    let texts = ledger.texts[.stage]
    isOutcome = (0..<UInt32(texts.count)).map { code in
      switch lexicon.meaning(of: texts[code]) {
      case .detour: true
      case .stage(let index): index >= handOff && index > 0
      case .reopened, nil: false
      }
    }
  }

  private func item(
    _ lead: Int64,
    _ time: Int64,
    _ owner: Int64,
    _ value: Int64
  )
    -> BulkFinder.Item?
  {
    let time = TimePoint(rawValue: time)
    guard time.isDated, time.precision == .exact, time.instant <= history.asOf,
      let lead = register.number(of: lead), lead < history.leads.ids.count
    else { return nil }
    return BulkFinder.Item(
      time: time.instant,
      owner: UInt32(owner),
      lead: Int32(lead),
      value: UInt32(value)
    )
  }

  mutating func readStages(_ table: FactTable) {
    let (leads, words, times) = (table["lead"], table["stage"], table["at"])
    let owners = table["owner"]
    for row in 0..<table.rowCount where isOutcome[Int(words[row])] {
      if let item = item(leads[row], times[row], owners[row], words[row]) { stages.append(item) }
    }
  }

  mutating func readDeals(_ ledger: Ledger) {
    let table = ledger[.deal]
    let (leads, outcomes, times) = (table["lead"], table["outcome"], table["closed"])
    let owners = table["owner"]
    for row in 0..<table.rowCount
    where DealWords.isDecided(ledger.texts[.other][UInt32(outcomes[row])]) {
      if let item = item(leads[row], times[row], owners[row], outcomes[row]) { deals.append(item) }
    }
  }

  func items(of dispositions: Dispositions) -> [BulkFinder.Item] {
    dispositions.entries.indices.compactMap { index in
      let entry = dispositions.entries[index]
      guard entry.time.isDated, entry.time.precision == .exact else { return nil }
      return BulkFinder.Item(
        time: entry.time.instant,
        owner: entry.owner,
        lead: Int32(entry.lead),
        value: UInt32(index)
      )
    }
  }

  /// Past meetings with an outcome, by owner; a lead's owner stands for one that is not named.
  func meetings(_ ledger: Ledger) -> [UInt32: (recorded: Int, held: Int, leads: [Int])] {
    let table = ledger[.meeting]
    let (leads, starts, booked) = (table["lead"], table["starts"], table["booked"])
    let (owners, outcomes) = (table["owner"], table["outcome"])
    var found: [UInt32: (recorded: Int, held: Int, leads: Set<Int>)] = [:]
    for row in 0..<table.rowCount {
      guard let lead = register.number(of: leads[row]), lead < history.leads.ids.count,
        let outcome = MeetingWords.outcome(ledger.texts[.other][UInt32(outcomes[row])])
      else { continue }
      let start = TimePoint(rawValue: starts[row])
      let time = start.isDated ? start : TimePoint(rawValue: booked[row])
      if time.isDated, time.instant > history.asOf { continue }
      let owner = owners[row] == 0 ? history.leads.owners[lead] : UInt32(owners[row])
      var own = found[owner] ?? (0, 0, [])
      own.recorded += 1
      if outcome == .held { own.held += 1 }
      own.leads.insert(lead)
      found[owner] = own
    }
    return found.mapValues { ($0.recorded, $0.held, $0.leads.sorted()) }
  }
}
