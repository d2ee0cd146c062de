/// Leads that stand in a stage longer than agreed, of whom sales said nothing and to whom nobody
/// turned.
///
/// Every lead in the stage counts once: within its time, answered, worked, forgotten, or undated.
public struct ForgottenStage: Sendable {
  /// How long leads may stay.
  public enum Limit: Hashable, Sendable {
    /// As the agreement says.
    case agreed(days: Int)
    /// 95 of 100 leads that went on had done so by then.
    case usual(days: Int, of: Int)
    /// Too few went on to tell.
    case unknown(have: Int, need: Int)

    /// The days; nil where nobody knows.
    public var days: Int? {
      switch self {
      case .agreed(let days), .usual(let days, _): days
      case .unknown: nil
      }
    }
  }

  /// The stage's position in the path.
  public let stage: Int
  /// How long leads may stay.
  public let limit: Limit
  /// The leads that stand in the stage by what was done about them: dense numbers, ascending.
  public internal(set) var leads: [Group: [Int]] = [:]

  /// What was done about a lead.
  public enum Group: String, Sendable, CaseIterable {
    /// It is within its time; so is every dated one where no time is known.
    case withinTime = "in_time"
    /// Sales said something of it since it entered, last something else than that it accepts it.
    case answered
    /// Somebody turned to it, or sales accepted it, within as many days as it may stay.
    case worked
    /// It entered on an unknown day.
    case undated
    /// Nothing.
    case forgotten
  }

  /// How many leads stand in the stage.
  public var open: Int { leads.values.reduce(0) { $0 + $1.count } }
  /// How many of them entered it on an unknown day.
  public var undated: Int { count(.undated) }
  /// How many are within their time.
  public var withinTime: Int { count(.withinTime) }
  /// Of how many sales said something.
  public var answered: Int { count(.answered) }
  /// To how many somebody turned.
  public var worked: Int { count(.worked) }
  /// The rest: dense numbers, ascending.
  public var forgotten: [Int] { leads[.forgotten] ?? [] }

  /// How many leads are in a group.
  public func count(_ group: Group) -> Int { leads[group]?.count ?? 0 }

  /// The share of leads that went on by the usual limit.
  public static let usualShare = 0.95
}

/// Finds the leads that were forgotten.
struct ForgottenLeads {
  let history: CompanyHistory
  let journeys: Journeys
  let dispositions: Dispositions
  /// When a person last did something for each lead; `missing` where nobody did.
  let lastWork: [TimePoint]
  private let agreed: AgreedOverTime

  init(
    history: CompanyHistory,
    journeys: Journeys,
    dispositions: Dispositions,
    lastWork: [TimePoint]
  ) {
    self.history = history
    self.journeys = journeys
    self.dispositions = dispositions
    self.lastWork = lastWork
    agreed = AgreedOverTime(history)
  }

  /// The stages of the path but its end.
  ///
  /// - Complexity: O(episodes x stages, and the stays sorted).
  func stages() -> [ForgottenStage] {
    guard journeys.stageCount > 1 else { return [] }
    var stages = (0..<journeys.stageCount - 1).map {
      ForgottenStage(stage: $0, limit: limit(of: $0))
    }
    let customers = Set(history.wonDeals.map(\.lead))
    for lead in history.leads.ids.indices {
      guard let row = journeys.rows(ofLead: lead).last, !journeys.exits[row].isPresent else {
        continue
      }
      let stage = journeys.furthestStage(of: row)
      guard stage < stages.count, !customers.contains(lead) else { continue }
      let group = group(of: lead, entered: journeys.reached[stage][row], stages[stage])
      stages[stage].leads[group, default: []].append(lead)
    }
    return stages
  }

  private func group(
    of lead: Int,
    entered: TimePoint,
    _ stage: ForgottenStage
  ) -> ForgottenStage.Group {
    guard entered.isDated else { return .undated }
    let now = TimePoint(history.asOf)
    // As agreed when it entered; where nothing was, as for a lead that enters now.
    let own = agreed.staleAfterDays(stage.stage, entered: entered)
    guard let days = own ?? stage.limit.days, history.lagInDays(from: entered, to: now) > days
    else { return .withinTime }
    let calendar = history.agreement.calendar
    let word = dispositions.words(on: lead, since: entered, calendar).last
    // To accept a lead is to turn to it; it waits on.
    if let word, dispositions.outcome(of: word) != .accepted { return .answered }
    let isWorked = [lastWork[lead], word?.time ?? .missing].contains(where: {
      $0.isDated && history.lagInDays(from: $0, to: now) <= days
    })
    return isWorked ? .worked : .forgotten
  }

  private func limit(of stage: Int) -> ForgottenStage.Limit {
    if let days = agreed.staleAfterDays(stage) { return .agreed(days: days) }
    var stays: [Int] = []
    let (entries, next) = (journeys.reached[stage], journeys.reached[stage + 1])
    // A stage that only a later one implies was entered and left at one instant: no stay at all.
    for (entry, next) in zip(entries, next) where entry.isDated && next.isDated && entry < next {
      stays.append(history.lagInDays(from: entry, to: next))
    }
    let need = history.agreementInForce.thresholds.minimumLeads
    guard stays.count >= max(1, need) else { return .unknown(have: stays.count, need: need) }
    stays.sort()
    let rank = Int((ForgottenStage.usualShare * Double(stays.count)).rounded(.up))
    return .usual(days: stays[max(1, rank) - 1], of: stays.count)
  }
}
