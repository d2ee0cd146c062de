import PlumblineStatistics

/// A lead handed to sales, and what came of it.
struct HandOffWait {
  /// The lead's dense number.
  let lead: Int
  /// The day of the agreement's zone; nil where nobody recorded it.
  let day: CivilDate?
  /// Whether anybody worked it; everything counts as worked where nothing is known of work.
  let isWorked: Bool
  /// How the way from there to won ended.
  let wait: StageWait

  /// All hand-offs of a history, a lead that came back once for each.
  ///
  /// - Parameters:
  ///   - history: The history.
  ///   - journeys: Its journeys.
  ///   - body: Told each, in the order of leads.
  static func forEach(
    in history: CompanyHistory,
    _ journeys: Journeys,
    _ body: (HandOffWait) -> Void
  ) {
    let calendar = history.agreement.calendar
    let pair = StagePair(
      from: history.agreement.handOffStage,
      to: history.agreement.path.count - 1
    )
    let activities = journeys.activityCounts
    // Where nothing is known of work, all leads count as worked.
    let isWorkKnown = activities.contains { $0 > 0 }
    for row in 0..<journeys.count {
      guard let wait = journeys.wait(for: pair, row: row, in: history) else { continue }
      let entered = journeys.reached[pair.from][row]
      body(
        HandOffWait(
          lead: Int(journeys.leads[row]),
          day: entered.isDated ? calendar.day(of: entered.instant) : nil,
          isWorked: !isWorkKnown || activities[row] > 0,
          wait: wait
        )
      )
    }
  }
}

/// Leads handed to sales, by month, channel, owner and whether anybody worked them.
struct HandOffCounts {
  private struct Cell: Hashable {
    var month: PlanMonth
    var channel: UInt32
    var owner: UInt32
    var isWorked: Bool
  }

  /// How far back a rep counts as active, in months.
  static let activeMonths = 3

  /// From hand-off to won, of leads that were worked.
  private(set) var worked = LagCounts()
  /// From hand-off to won, of leads that nobody worked.
  private(set) var unworked = LagCounts()
  /// The last whole month.
  let lastMonth: PlanMonth
  /// The last whole months, at most `HeadcountMeasurement.longMonths`, the earliest first.
  private(set) var long: [PlanMonth] = []
  /// The day of the newest hand-off; nil without any.
  var newestDay: CivilDate? { daily.keys.max().map { CivilDate(dayNumber: $0) } }
  private var workedByChannel: [UInt32: LagCounts] = [:]
  private var cells: [Cell: Int] = [:]
  /// Hand-offs by day and channel.
  private(set) var daily: [Int: [UInt32: Int]] = [:]

  init(_ history: CompanyHistory, _ journeys: Journeys) {
    let calendar = history.agreement.calendar
    let today = calendar.day(of: history.asOf)
    let month = PlanMonth(of: today)
    let isOver = CivilDate(dayNumber: today.dayNumber + 1) == month.advanced(by: 1).firstDay
    lastMonth = isOver ? month : month.advanced(by: -1)
    var first: CivilDate?
    HandOffWait.forEach(in: history, journeys) { handOff in
      let channel = history.leads.channels[handOff.lead]
      if let lag = handOff.wait.lagInDays {
        if handOff.isWorked {
          worked.add(handOff.wait.outcome, lagInDays: lag)
          workedByChannel[channel, default: LagCounts()]
            .add(handOff.wait.outcome, lagInDays: lag)
        } else {
          unworked.add(handOff.wait.outcome, lagInDays: lag)
        }
      }
      guard let day = handOff.day else { return }
      first = min(first ?? day, day)
      daily[day.dayNumber, default: [:]][channel, default: 0] += 1
      let cell = Cell(
        month: PlanMonth(of: day),
        channel: channel,
        owner: history.leads.owners[handOff.lead],
        isWorked: handOff.isWorked
      )
      cells[cell, default: 0] += 1
    }
    guard let first else { return }
    // The month in which the record begins is not whole, unless it begins with it.
    let begin = PlanMonth(of: first).advanced(by: first.components.day == 1 ? 0 : 1)
    let earliest = max(begin, lastMonth.advanced(by: 1 - HeadcountMeasurement.longMonths))
    guard earliest <= lastMonth else { return }
    long = (earliest.number...lastMonth.number).map { PlanMonth(number: $0) }
  }

  /// The last whole months, at most `HeadcountMeasurement.recentMonths`.
  var recent: [PlanMonth] { Array(long.suffix(HeadcountMeasurement.recentMonths)) }

  /// The day after the last whole month.
  var endDay: CivilDate { lastMonth.advanced(by: 1).firstDay }

  /// Leads of a month.
  func leads(in month: PlanMonth) -> Int {
    cells.reduce(0) { $0 + ($1.key.month == month ? $1.value : 0) }
  }

  /// Leads of the recent months.
  var recentLeads: Int { recent.reduce(0) { $0 + leads(in: $1) } }

  /// Leads of the recent months from some channels.
  func recentLeads(of channels: Set<UInt32>) -> Int {
    let months = Set(recent)
    return cells.reduce(0) {
      $0 + (months.contains($1.key.month) && channels.contains($1.key.channel) ? $1.value : 0)
    }
  }

  /// Owners that worked leads of the last months.
  var activeReps: Int {
    let months = Set(long.suffix(Self.activeMonths))
    return Set(
      cells.keys.filter { months.contains($0.month) && $0.isWorked && $0.owner != 0 }.map(\.owner)
    ).count
  }

  /// How many leads a rep worked in a recent month, one number a rep and month, ascending.
  var loads: [Int] {
    let months = Set(recent)
    var loads: [UInt64: Int] = [:]
    for (cell, count) in cells
    where months.contains(cell.month) && cell.isWorked && cell.owner != 0 {
      loads[UInt64(cell.owner) << 32 | UInt64(cell.month.number), default: 0] += count
    }
    return loads.values.sorted()
  }

  /// The channels with recent or worked leads, by name.
  func channels(in history: CompanyHistory) -> [HeadcountMeasurement.Channel] {
    let paid = SpendByDay(history).paidChannels(in: recent)
    let days = HeadcountMeasurement.horizon(of: CumulativeIncidence(worked))
    let codes = Set(cells.keys.map(\.channel)).union(workedByChannel.keys)
    return codes.map { code in
      let name = history.texts[.channel][code]
      let estimate = workedByChannel[code].map {
        CumulativeIncidence($0).estimate(withinDays: days)
      }
      return HeadcountMeasurement.Channel(
        name: name.isEmpty ? FunnelDimension.none : name,
        monthlyLeads: recent.isEmpty
          ? 0 : Double(recentLeads(of: [code])) / Double(recent.count),
        isPaid: paid.contains(code),
        worked: estimate?.total ?? 0,
        closeRate: estimate?.rate
      )
    }.sorted { $0.name < $1.name }
  }
}

/// Spend by day and channel.
struct SpendByDay {
  private var byDay: [Int: [UInt32: Double]] = [:]
  /// How many amounts were read.
  let entries: Int

  init(_ history: CompanyHistory) {
    let today = history.agreement.calendar.day(of: history.asOf).dayNumber
    let question = FunnelQuestion(rule: history.agreement.journeyRule, pairs: [])
    entries = history.spend.count
    for spend in history.spend {
      guard let span = SpendSpan(spend, question, lastDay: today) else { continue }
      for day in span.days {
        byDay[day, default: [:]][spend.channel, default: 0] += Double(span.amount(on: day...day))
      }
    }
  }

  private static func days(of month: PlanMonth) -> Range<Int> {
    month.firstDay.dayNumber..<month.advanced(by: 1).firstDay.dayNumber
  }

  /// What was spent in a month, minor units.
  func amount(in month: PlanMonth) -> Double {
    Self.days(of: month).reduce(0) { sum, day in
      sum + (byDay[day]?.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value } ?? 0)
    }
  }

  /// The channels on which anything was spent in some months.
  func paidChannels(in months: [PlanMonth]) -> Set<UInt32> {
    Set(
      months.flatMap { month in
        Self.days(of: month).flatMap { byDay[$0]?.filter { $0.value > 0 }.map(\.key) ?? [] }
      }
    )
  }

  /// Spend and leads of paid channels in each whole week, at most 52, before a day.
  func weeks(before end: CivilDate, _ counts: HandOffCounts) -> [(spend: Double, leads: Double)] {
    guard let first = byDay.keys.min() else { return [] }
    let paid = Set(byDay.values.flatMap { $0.filter { $0.value > 0 }.map(\.key) })
    return (1...52).compactMap { week in
      let start = end.dayNumber - 7 * week
      guard start >= first else { return nil }
      var (spend, leads) = (0.0, 0.0)
      for day in start..<start + 7 {
        spend += byDay[day]?.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value } ?? 0
        leads += Double(
          counts.daily[day]?.reduce(0) { $0 + (paid.contains($1.key) ? $1.value : 0) } ?? 0
        )
      }
      return (max(spend, 0), leads)
    }
  }
}
