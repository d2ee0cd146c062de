import PlumblineStatistics

/// What people did for leads, with the kind of each activity: what `SalesTouches` weighs.
struct PeoplesActivities: Sendable {
  /// The leads' dense numbers.
  private(set) var leads: [Int32] = []
  /// When; `undated` where nobody said.
  private(set) var times: [TimePoint] = []
  /// Codes in the dictionary of other texts.
  private(set) var kinds: [UInt32] = []

  /// Nothing done for anybody.
  init() {}

  /// The activities of people that a history counts, from the facts that it was read from.
  ///
  /// - Throws: What the store of the facts throws.
  /// - Complexity: O(leads + activities).
  init(_ facts: HistoryFacts, _ register: LeadRegister, for history: CompanyHistory) throws {
    let last = TimePoint(history.asOf).rawValue | 3
    var days = DayRebaser(history.agreement.calendar)
    try facts.forEachPiece(of: .activity) { table in
      let (leads, times) = (table["lead"], table["at"])
      let (automated, kinds) = (table["automated"], table["kind"])
      for row in 0..<table.rowCount where automated[row] != 1 {
        guard let lead = register.number(of: leads[row]) else { continue }
        let time = days.rebased(times[row])
        guard time.rawValue <= last || !time.isPresent else { continue }
        self.leads.append(Int32(lead))
        self.times.append(time.isPresent ? time : .undated)
        self.kinds.append(UInt32(kinds[row]))
      }
    }
  }

  var count: Int { leads.count }
}

/// Sales' work on each episode: activities of people, weighted by the usual minutes of their kind.
///
/// Without agreed minutes each activity counts 1. Of a kind that nobody agreed on counts the mean
/// of those activities on record whose kind was; 1 where there are none.
struct SalesTouches: Sendable {
  /// The work on each episode so far, one a row of the journeys.
  private(set) var weights: [Double]
  /// The part of it that was done on the days asked.
  private(set) var weightsOnDays: [Double]
  /// How many activities there are of each kind that nobody agreed on; empty without minutes.
  private(set) var unknownKinds: [String: Int] = [:]
  /// What one activity of such a kind counts.
  private(set) var weightOfUnknown = 1.0
  /// What was done for leads that still waited: the episode, the bucket of its age, the weight.
  private(set) var aged: [(row: Int32, bucket: Int32, weight: Double)] = []

  /// The work on the episodes of a history.
  ///
  /// - Parameters:
  ///   - activities: What people did.
  ///   - history: The history.
  ///   - journeys: Its episodes.
  ///   - days: The local days asked.
  /// - Complexity: O(activities).
  init(
    _ activities: PeoplesActivities,
    _ history: CompanyHistory,
    _ journeys: Journeys,
    days: ClosedRange<Int>
  ) {
    let minutes = history.agreement.economics.sales.minutes
    let texts = history.texts[.other]
    weights = Array(repeating: 0, count: journeys.count)
    weightsOnDays = weights
    var weightOfKind: [UInt32: Double?] = [:]
    func weight(_ kind: UInt32) -> Double? {
      if minutes.isEmpty { return 1 }
      if let known = weightOfKind[kind] { return known }
      let weight = kind < texts.count ? minutes[WordKey.of(texts[kind])] : nil
      weightOfKind[kind] = weight
      return weight
    }
    var (sum, count) = (0.0, 0)
    for index in 0..<activities.count {
      guard let weight = weight(activities.kinds[index]) else { continue }
      sum += weight
      count += 1
    }
    if count > 0 { weightOfUnknown = sum / Double(count) }
    let calendar = history.agreement.calendar
    for index in 0..<activities.count {
      let time = activities.times[index]
      guard let row = journeys.row(ofLead: Int(activities.leads[index]), at: time) else { continue }
      let kind = activities.kinds[index]
      let known = weight(kind)
      if known == nil {
        unknownKinds[kind < texts.count ? texts[kind] : "", default: 0] += 1
      }
      let value = known ?? weightOfUnknown
      weights[row] += value
      let began = journeys.reached[0][row]
      if time.isDated, began.isDated, !isOver(row, journeys, before: time) {
        let lag = max(0, history.lagInDays(from: began, to: time))
        aged.append((Int32(row), Int32(LagBuckets.standard.bucket(ofLagInDays: lag)), value))
      }
      // What was done on an unknown day counts where its lead does.
      let dated = time.isDated ? time : began
      if dated.isDated, days.contains(calendar.day(of: dated.instant).dayNumber) {
        weightsOnDays[row] += value
      }
    }
  }

  /// Whether an episode had been won or had left before a time.
  private func isOver(_ row: Int, _ journeys: Journeys, before time: TimePoint) -> Bool {
    let won = journeys.reached[journeys.stageCount - 1][row]
    return won.precedes(time) || journeys.exits[row].precedes(time)
  }
}
