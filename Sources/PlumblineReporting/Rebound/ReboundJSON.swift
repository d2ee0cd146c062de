public import PlumblineCore
import PlumblineStatistics

/// Second chances as JSON; every key is documented in `Documentation/json.md`.
public struct ReboundJSON: Sendable {
  private let wire: ReboundWire

  /// An answer to be written.
  ///
  /// - Parameters:
  ///   - rebound: The answer.
  ///   - history: The history that it was read from.
  ///   - files: The lists that were written.
  public init(_ rebound: Rebound, of history: CompanyHistory, files: [String] = []) {
    wire = ReboundWire(rebound, history, files)
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func text() throws -> String { try JSONText.text(wire) }
}

/// A count of a base in JSON, with its share and the range that the data support.
struct ShareWire: Codable, Hashable, Sendable {
  let count: Int
  let of: Int
  @OrNull var share: Double?
  @OrNull var lower: Double?
  @OrNull var upper: Double?

  init(_ count: Int, of total: Int) {
    self.count = count
    of = total
    let interval =
      total > 0
      ? ConfidenceInterval.wilson(successes: Double(count), trials: Double(total)) : nil
    _share = OrNull(wrappedValue: total > 0 ? Rounded.share(Double(count) / Double(total)) : nil)
    _lower = OrNull(wrappedValue: Rounded.share(interval?.lower))
    _upper = OrNull(wrappedValue: Rounded.share(interval?.upper))
  }
}

/// Second chances in JSON.
struct ReboundWire: Codable, Hashable, Sendable {
  struct Group: Codable, Hashable, Sendable {
    let reason: String
    let leads: Int
    let ids: [String]
  }

  struct Rule: Codable, Hashable, Sendable {
    let detour: String
    @OrNull var reason: String?
    let afterDays: Int
    let list: String
    let matched: Int
    let listed: [String]
    let listedBefore: [String]
    let waiting: [String]
    let mergedAway: [String]
    let excluded: [Group]
  }

  struct Other: Codable, Hashable, Sendable {
    let detour: String
    @OrNull var reason: String?
    let ids: [String]
  }

  struct Course: Codable, Hashable, Sendable {
    let list: String
    let listed: Int
    let returned: ShareWire
    let won: ShareWire
    let wonDeals: Int
    let withoutAmount: Int
    @OrNull var revenue: Double?
    let returnedIds: [String]
    let wonIds: [String]
  }

  struct Pass: Codable, Hashable, Sendable {
    let pass: String
    let leads: Int
    let passes: Int
    let won: ShareWire
    let left: Int
    let open: Int
    let deals: Int
    let withoutAmount: Int
    let undated: Int
    @OrNull var revenue: Double?
    let wonIds: [String]

    init(_ pass: String, _ part: PassRevenue.Part, _ words: ReboundWords) {
      self.pass = pass
      leads = part.leads
      passes = part.passes
      won = ShareWire(part.won, of: part.won + part.left)
      left = part.left
      open = part.open
      deals = part.deals
      withoutAmount = part.withoutAmount
      undated = part.undated
      _revenue = OrNull(
        wrappedValue: Rounded.amount(Double(part.amount), words.agreement.currency)
      )
      wonIds = words.ids(part.wonLeads)
    }
  }

  struct Stage: Codable, Hashable, Sendable {
    let stage: String
    @OrNull var daysAllowed: Int?
    let isAgreed: Bool
    let leads: Int
    let inTime: Int
    let answered: Int
    let worked: Int
    let undated: Int
    let forgotten: Int
    let ids: [String]
  }

  var format = JSONText.format
  var kind = "rebound"
  let headline: String
  let agreement: AgreementWire
  let asOf: String
  let week: String
  let matched: Int
  let listed: Int
  let rules: [Rule]
  let withoutRule: [Other]
  let earlier: [Course]
  let unknownEntries: Int
  let passes: [Pass]
  @OrNull var revenue: Double?
  let wonDeals: Int
  let forgotten: [Stage]
  let files: [String]
  let notes: [String]

  init(_ rebound: Rebound, _ history: CompanyHistory, _ files: [String]) {
    let words = ReboundWords(rebound: rebound, history: history)
    let agreement = history.agreement
    headline = words.headline
    self.agreement = AgreementWire(agreement)
    asOf = Format.iso8601(rebound.asOf, agreement.calendar)
    week = rebound.week.description
    matched = rebound.matchedCount()
    listed = rebound.newEntries.count
    rules = rebound.rules.enumerated().map { index, rule in
      Rule(
        detour: rule.detour,
        reason: rule.reason,
        afterDays: rule.afterDays,
        list: rule.list,
        matched: rebound.matchedCount(rule: index),
        listed: words.ids(rebound.leads(.listed, rule: index)),
        listedBefore: words.ids(rebound.leads(.listedBefore(rebound.week), rule: index)),
        waiting: words.ids(rebound.leads(.waiting, rule: index)),
        mergedAway: rebound.mergedAway.filter { $0.rule == index }.map(\.id).sorted(),
        excluded: Rebound.Exclusion.allCases.map { exclusion in
          let leads = rebound.leads(.excluded(exclusion), rule: index)
          return Group(reason: exclusion.rawValue, leads: leads.count, ids: words.ids(leads))
        }
      )
    }
    withoutRule = rebound.withoutRule.map { other in
      Other(
        detour: agreement.detours[other.detour].id,
        reason: other.reason.isEmpty ? nil : other.reason,
        ids: words.ids(other.leads)
      )
    }
    earlier = rebound.earlier.map { course in
      Course(
        list: course.list,
        listed: course.entries.count,
        returned: ShareWire(course.returned, of: course.entries.count),
        won: ShareWire(course.won, of: course.entries.count),
        wonDeals: course.wonDeals,
        withoutAmount: course.withoutAmount,
        revenue: Rounded.amount(Double(course.amount), agreement.currency),
        returnedIds: words.ids(course.entries.filter { $0.returned.isPresent }.map(\.lead)),
        wonIds: words.ids(course.entries.filter { $0.wonDeals > 0 }.map(\.lead))
      )
    }
    unknownEntries = rebound.unknownEntries
    passes = [
      Pass("first", rebound.passes.first, words), Pass("later", rebound.passes.later, words),
      Pass("none", rebound.passes.withoutPass, words),
    ]
    _revenue = OrNull(
      wrappedValue: Rounded.amount(Double(rebound.passes.amount), agreement.currency)
    )
    wonDeals = rebound.passes.deals
    forgotten = rebound.forgotten.map { stage in
      let isAgreed = if case .agreed = stage.limit { true } else { false }
      return Stage(
        stage: agreement.path[stage.stage].id,
        daysAllowed: stage.limit.days,
        isAgreed: isAgreed,
        leads: stage.open,
        inTime: stage.withinTime,
        answered: stage.answered,
        worked: stage.worked,
        undated: stage.undated,
        forgotten: stage.forgotten.count,
        ids: words.ids(stage.forgotten)
      )
    }
    self.files = files
    notes = words.notes
  }
}
