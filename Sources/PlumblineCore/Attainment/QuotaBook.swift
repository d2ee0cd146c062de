/// Every quota that is written down, and which of them counts for some days.
///
/// What was agreed when the period began counts, or the first version after it that says anything;
/// the facts' count where the agreement says nothing. One quota for everybody goes before the sum
/// of people's, and a quota before a revenue goal. What is written for exactly the days asked for,
/// or for parts that make them up, goes before a share of a longer period's.
struct QuotaBook {
  /// A quota as written.
  struct Entry: Hashable {
    /// Whose, as `OwnerKey` compares names; nil for everybody's.
    var owner: String?
    var days: ClosedRange<CivilDate>
    var measure: Goal.Measure
    var amount: Int64
  }

  /// The entries of each version that may count, the first that does first.
  private let versions: [(name: String, from: CivilDate?, entries: [Entry])]
  private let facts: [Entry]
  private let workingTime: WorkingTime

  /// The quotas of a period.
  ///
  /// - Parameters:
  ///   - agreement: The agreement with its earlier versions.
  ///   - facts: The quotas among the facts.
  ///   - period: The period's days.
  ///   - asOf: The instant up to which versions may have come into force.
  ///   - key: What names of one owner have in common.
  init(
    _ agreement: Agreement,
    facts: [DealRecords.Quota],
    period: ClosedRange<CivilDate>,
    asOf: Instant,
    key: (String) -> String
  ) {
    let timeline = AgreementTimeline(agreement)
    let begins = min(agreement.calendar.instant(of: period.lowerBound), asOf)
    let (first, last) = (timeline.index(at: begins.seconds), timeline.index(at: asOf.seconds))
    func isAbout(_ days: ClosedRange<CivilDate>) -> Bool { days.overlaps(period) }
    let all = (first...max(first, last)).map { index in
      let version = timeline.versions[index]
      return (
        version.version, version.effective,
        version.goals.filter { isAbout($0.days) }.map {
          Entry(owner: $0.owner.map(key), days: $0.days, measure: $0.measure, amount: $0.amount)
        }
      )
    }
    versions = all.filter { !$0.2.isEmpty }.map { (name: $0.0, from: $0.1, entries: $0.2) }
    self.facts = facts.compactMap { quota in
      guard let amount = quota.amount, isAbout(quota.days) else { return nil }
      let owner = key(quota.owner)
      return Entry(
        owner: owner.isEmpty ? nil : owner,
        days: quota.days,
        measure: .quota,
        amount: amount
      )
    }
    workingTime = timeline.versions[first].workingTime
  }

  /// Whether nothing at all is written about the period.
  var isEmpty: Bool { versions.isEmpty && facts.isEmpty }

  /// The keys of all people with a quota, sorted.
  var owners: [String] {
    Set((agreed + facts).compactMap(\.owner)).sorted()
  }

  private var agreed: [Entry] { versions.first?.entries ?? [] }

  // MARK: What counts

  /// What one person is to win in some days; nil where nothing is written.
  func quota(of owner: String, in days: ClosedRange<CivilDate>) -> QuotaFigure? {
    personal(agreed, .goals, owner, days) ?? personal(facts, .facts, owner, days)
  }

  /// What everybody together is to win in some days; nil where nothing is written.
  func quota(in days: ClosedRange<CivilDate>) -> QuotaFigure? {
    everybody(agreed, .goals, days) ?? everybody(facts, .facts, days)
  }

  private func personal(
    _ entries: [Entry],
    _ origin: QuotaChoice.Origin,
    _ owner: String,
    _ days: ClosedRange<CivilDate>
  ) -> QuotaFigure? {
    best([
      figure(entries, origin, owner, .quota, days), figure(entries, origin, owner, .revenue, days),
    ])
  }

  private func everybody(
    _ entries: [Entry],
    _ origin: QuotaChoice.Origin,
    _ days: ClosedRange<CivilDate>
  ) -> QuotaFigure? {
    let people = Set(entries.compactMap(\.owner)).sorted().compactMap {
      personal(entries, origin, $0, days)
    }
    // A sum says as much of the days as the part that says least.
    var sum = people.max { Self.rank($0) < Self.rank($1) }
    if let worst = sum {
      sum?.measure = .quota
      sum?.amount = people.reduce(0) { $0 + $1.amount }
      if Self.rank(worst) == 0 { sum?.basis = .people(people.count) }
    }
    return best([
      figure(entries, origin, nil, .quota, days), sum, figure(entries, origin, nil, .revenue, days),
    ])
  }

  /// The first of those that say most of the days.
  private func best(_ figures: [QuotaFigure?]) -> QuotaFigure? {
    figures.compactMap(\.self).min { Self.rank($0) < Self.rank($1) }
  }

  /// The less it says of the days, the higher.
  private static func rank(_ figure: QuotaFigure) -> Int {
    switch figure.basis {
    case .written, .parts, .people: 0
    case .share: 1
    case .partial: 2
    }
  }

  private func figure(
    _ entries: [Entry],
    _ origin: QuotaChoice.Origin,
    _ owner: String?,
    _ measure: Goal.Measure,
    _ days: ClosedRange<CivilDate>
  ) -> QuotaFigure? {
    let own = entries.filter {
      $0.owner == owner && $0.measure == measure && $0.days.overlaps(days)
    }
    func answer(_ basis: QuotaFigure.Basis, _ amount: Int64) -> QuotaFigure {
      QuotaFigure(origin: origin, measure: measure, basis: basis, amount: amount)
    }
    if let exact = own.first(where: { $0.days == days }) { return answer(.written, exact.amount) }
    let (parts, isWhole) = Self.parts(own, of: days)
    if isWhole { return answer(.parts, parts.reduce(0) { $0 + $1.amount }) }
    let around = own.filter {
      $0.days.lowerBound <= days.lowerBound && $0.days.upperBound >= days.upperBound
    }.min { Self.length($0.days) < Self.length($1.days) }
    if let around { return answer(.share(of: around.days), share(of: around, in: days)) }
    return parts.isEmpty ? nil : answer(.partial, parts.reduce(0) { $0 + $1.amount })
  }

  /// Entries inside some days that do not overlap, the longest first where several begin together,
  /// and whether they leave no day out.
  private static func parts(
    _ entries: [Entry],
    of days: ClosedRange<CivilDate>
  ) -> (parts: [Entry], isWhole: Bool) {
    let inside = entries.filter {
      days.contains($0.days.lowerBound) && days.contains($0.days.upperBound)
    }.sorted {
      ($0.days.lowerBound, -length($0.days)) < ($1.days.lowerBound, -length($1.days))
    }
    var parts: [Entry] = []
    var next = days.lowerBound
    var isWhole = true
    for entry in inside where entry.days.lowerBound >= next {
      if entry.days.lowerBound > next { isWhole = false }
      parts.append(entry)
      next = CivilDate(dayNumber: entry.days.upperBound.dayNumber + 1)
    }
    return (parts, isWhole && !parts.isEmpty && next > days.upperBound)
  }

  /// Rounded so that the shares of days that follow one another add up to the whole.
  private func share(of entry: Entry, in days: ClosedRange<CivilDate>) -> Int64 {
    let all = Self.numbers(entry.days.lowerBound, entry.days.upperBound)
    // Where nobody works on any of its days, all of them count.
    let isWork = all.contains { workingTime.isWorkingDay(CivilDate(dayNumber: $0)) }
    func count(upTo day: CivilDate) -> Int {
      Self.numbers(entry.days.lowerBound, day).count {
        !isWork || workingTime.isWorkingDay(CivilDate(dayNumber: $0))
      }
    }
    let whole = count(upTo: entry.days.upperBound)
    let before = CivilDate(dayNumber: days.lowerBound.dayNumber - 1)
    func upTo(_ day: CivilDate) -> Int128 {
      let gone = count(upTo: day)
      let product = Int128(entry.amount) * Int128(gone)
      return (2 * product + (product < 0 ? -1 : 1) * Int128(whole)) / (2 * Int128(max(1, whole)))
    }
    return Int64(clamping: upTo(days.upperBound) - upTo(before))
  }

  /// The numbers of the days from one to another, both included.
  private static func numbers(_ first: CivilDate, _ last: CivilDate) -> Range<Int> {
    first.dayNumber..<max(first.dayNumber, last.dayNumber + 1)
  }

  private static func length(_ days: ClosedRange<CivilDate>) -> Int {
    days.upperBound.dayNumber - days.lowerBound.dayNumber
  }

  // MARK: What does not agree

  /// What is written elsewhere about everybody's or a person's quota of some days, and differs.
  func differences(_ days: ClosedRange<CivilDate>) -> [QuotaDifference] {
    var differences: [QuotaDifference] = []
    func add(_ kind: QuotaDifference.Kind, _ owner: String?, _ counted: Int64, _ other: Int64?) {
      guard let other, other != counted else { return }
      differences.append(
        QuotaDifference(kind: kind, owner: owner, counted: counted, other: other)
      )
    }
    func compare(_ owner: String?, _ read: ([Entry], QuotaChoice.Origin) -> QuotaFigure?) {
      guard let own = read(agreed, .goals) else { return }
      add(.facts, owner, own.amount, read(facts, .facts)?.amount)
      for version in versions.dropFirst() {
        add(
          .laterVersion(version.name, from: version.from),
          owner,
          own.amount,
          read(version.entries, .goals)?.amount
        )
      }
    }
    compare(nil) { everybody($0, $1, days) }
    for owner in owners { compare(owner) { personal($0, $1, owner, days) } }
    guard let team = quota(in: days) else { return differences }
    if team.measure == .quota {
      add(.revenueGoal, nil, team.amount, figure(agreed, .goals, nil, .revenue, days)?.amount)
    }
    return differences
  }
}
