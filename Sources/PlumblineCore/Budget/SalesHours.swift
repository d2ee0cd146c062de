/// The standard minutes that one activity of a person takes, on average over all on record.
public struct TouchMinutes: Hashable, Sendable {
  /// The mean minutes of an activity.
  public let mean: Double
  /// How many activities it is the mean of.
  public let count: Int

  /// The minutes of the activities in a ledger; nil where none is of a kind with agreed minutes.
  ///
  /// Kinds without agreed minutes count the mean of the others, as in `SalesTouches`.
  ///
  /// - Parameters:
  ///   - ledger: Holds all activities.
  ///   - economics: Says how long each kind usually takes.
  ///   - asOf: What is dated later does not count.
  public init?(_ ledger: Ledger, _ economics: Economics, asOf: Instant) {
    let minutes = economics.sales.minutes
    let (table, last) = (ledger[.activity], TimePoint(asOf).rawValue | 3)
    var counts: [Int64: Int] = [:]
    for ((kind, automated), at) in zip(zip(table["kind"], table["automated"]), table["at"])
    where automated != 1 {
      let time = TimePoint(rawValue: at)
      if time.rawValue <= last || !time.isPresent { counts[kind, default: 0] += 1 }
    }
    var (sum, count) = (0.0, 0)
    for (code, number) in counts.sorted(by: { $0.key < $1.key }) {
      guard let each = minutes[WordKey.of(ledger.texts[.other][UInt32(code)])] else { continue }
      sum += each * Double(number)
      count += number
    }
    guard count > 0 else { return nil }
    mean = sum / Double(count)
    self.count = count
  }

  /// Minutes known from elsewhere.
  public init(mean: Double, count: Int) {
    self.mean = mean
    self.count = count
  }
}

/// The hours that leads take and the hours there are.
public struct SalesHours: Hashable, Sendable {
  /// Where the hours of a lead come from.
  public enum LeadBasis: String, Sendable, Codable {
    /// An option said so.
    case asked
    /// Activities per lead on record times the agreed minutes of an activity.
    case touches
    /// The agreed hours of a rep over the agreed leads of a rep.
    case leadsPerRep = "leads_per_rep"
    /// Nobody said.
    case unknown
  }

  /// Where the limit of hours comes from.
  public enum LimitBasis: String, Sendable, Codable {
    /// An option said so.
    case asked
    /// Reps with new leads in the newest weeks times the agreed hours of a rep.
    case reps
    /// Nobody said: hours do not limit.
    case unknown
  }

  /// Where the hours of a lead come from.
  public let leadBasis: LeadBasis
  /// Where the limit comes from.
  public let limitBasis: LimitBasis
  /// The hours there are in a week; nil where hours do not limit.
  public let limit: Double?
  /// The reps that were counted.
  public let reps: Int
  /// What an hour of sales costs, minor units; nil where not agreed.
  public let costPerHour: Double?
  private let minutesPerTouch: Double?
  private let usualTouches: Double?
  private let same: Double?

  /// What is known of hours.
  ///
  /// - Parameters:
  ///   - economics: What is agreed of selling.
  ///   - options: What was asked.
  ///   - minutes: The minutes of an activity.
  ///   - usualTouches: The activities that a lead takes, over all leads.
  ///   - reps: The reps who had new leads in the newest weeks.
  public init(
    _ economics: Economics,
    _ options: BudgetOptions,
    minutes: TouchMinutes?,
    usualTouches: Double?,
    reps: Int
  ) {
    let sales = economics.sales
    let repHours = sales.hoursPerRepMonth
    self.reps = reps
    costPerHour = repHours.flatMap { hours in
      hours > 0 ? economics.repMonthCost.map { Double($0) / hours } : nil
    }
    minutesPerTouch = minutes?.mean
    self.usualTouches = usualTouches
    if let asked = options.hoursPerLead {
      (leadBasis, same) = (.asked, asked)
    } else if minutes != nil, usualTouches != nil {
      (leadBasis, same) = (.touches, nil)
    } else if let repHours, let leads = sales.leadsPerRepMonth, leads > 0 {
      (leadBasis, same) = (.leadsPerRep, repHours / leads)
    } else {
      (leadBasis, same) = (.unknown, nil)
    }
    if let asked = options.hoursPerMonth {
      (limitBasis, limit) = (.asked, asked / BudgetOptions.weeksPerMonth)
    } else if let repHours, reps > 0 {
      (limitBasis, limit) = (.reps, Double(reps) * repHours / BudgetOptions.weeksPerMonth)
    } else {
      (limitBasis, limit) = (.unknown, nil)
    }
  }

  /// Whether the hours of leads are held against a limit.
  public var areLimited: Bool { limit != nil && leadBasis != .unknown }

  /// The hours that a lead of a unit takes; nil where nobody said.
  public func perLead(_ unit: BudgetUnit) -> Double? {
    if let same { return same }
    guard leadBasis == .touches, let minutesPerTouch else { return nil }
    return (unit.touchesPerLead ?? usualTouches).map { $0 * minutesPerTouch / 60 }
  }
}
