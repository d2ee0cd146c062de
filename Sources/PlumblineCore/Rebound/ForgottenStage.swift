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
  /// How many leads stand in the stage.
  public internal(set) var open = 0
  /// How many of them entered it on an unknown day.
  public internal(set) var undated = 0
  /// How many are within their time; all dated ones where no time is known.
  public internal(set) var withinTime = 0
  /// How many others sales said something of since they entered, last something else than that it
  /// accepts them.
  public internal(set) var answered = 0
  /// How many others somebody turned to, or sales accepted, within as many days as they may stay.
  public internal(set) var worked = 0
  /// The rest: dense numbers, ascending.
  public internal(set) var forgotten: [Int] = []

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
      place(lead, entered: journeys.reached[stage][row], &stages[stage])
    }
    return stages
  }

  private func place(_ lead: Int, entered: TimePoint, _ stage: inout ForgottenStage) {
    stage.open += 1
    guard entered.isDated else {
      stage.undated += 1
      return
    }
    let now = TimePoint(history.asOf)
    // As agreed when it entered; where nothing was, as for a lead that enters now.
    let own = agreed.staleAfterDays(stage.stage, entered: entered)
    guard let days = own ?? stage.limit.days, history.lagInDays(from: entered, to: now) > days
    else {
      stage.withinTime += 1
      return
    }
    let calendar = history.agreement.calendar
    let word = dispositions.words(on: lead, since: entered, calendar).last
    // To accept a lead is to turn to it; it waits on.
    if let word, dispositions.outcome(of: word) != .accepted {
      stage.answered += 1
    } else if [lastWork[lead], word?.time ?? .missing].contains(where: {
      $0.isDated && history.lagInDays(from: $0, to: now) <= days
    }) {
      stage.worked += 1
    } else {
      stage.forgotten.append(lead)
    }
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
