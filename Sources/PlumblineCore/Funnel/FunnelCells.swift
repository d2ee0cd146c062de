public import PlumblineStatistics

/// What became of the episodes that entered a stage.
///
/// `entered = advanced + detoured + open +
/// residual`, always.
public struct TransitionCount: Hashable, Sendable {
  /// Episodes that reached the stage.
  public var entered = 0
  /// Those that reached the next stage, not before this one.
  public var advanced = 0
  /// Those that left the path first, by the detour's position in the agreement.
  public var detoured: [Int]
  /// Those still there.
  public var open = 0
  /// Those that fit none of these: the next stage is dated before this one.
  public var residual = 0

  init(detourCount: Int) { detoured = Array(repeating: 0, count: detourCount) }

  static func += (left: inout TransitionCount, right: TransitionCount) {
    left.entered += right.entered
    left.advanced += right.advanced
    for index in left.detoured.indices { left.detoured[index] += right.detoured[index] }
    left.open += right.open
    left.residual += right.residual
  }
}

/// Lags of one stretch of the path.
public struct PairCount: Sendable {
  /// Dated episodes by lag: converted, exited, open.
  public var lags: LagCounts
  /// Episodes that converted, but nobody knows when they entered or converted.
  public var undatedConversions = 0
  /// Episodes that entered at an unknown time and did not convert.
  public var undatedOthers = 0

  init() { lags = LagCounts() }

  static func += (left: inout PairCount, right: PairCount) {
    left.lags.merge(right.lags)
    left.undatedConversions += right.undatedConversions
    left.undatedOthers += right.undatedOthers
  }
}

/// The counts and sums of one cell; cells of disjoint episodes add up.
public struct FunnelCell: Sendable {
  /// Episodes.
  public var episodes = 0
  /// Episodes that are their lead's first: how many leads there are.
  public var leads = 0
  /// Episodes that reached each stage.
  public var reached: [Int]
  /// What became of those who entered each stage but the last.
  public var transitions: [TransitionCount]
  /// One a pair of the question.
  public var pairs: [PairCount]
  /// Meetings by outcome, at the outcome's raw value.
  public var meetings: [Int]
  /// Won deals.
  public var wonDeals = 0
  /// Won deals without an amount in the agreement's currency.
  public var wonDealsWithoutAmount = 0
  /// Amounts of won deals, minor units.
  public var revenue: Int64 = 0
  /// The squares of those amounts added up, for the spread between deals.
  public var squaredRevenue: Double = 0
  /// Human activities.
  public var activities = 0
  /// Money spent, minor units; nil where spend cannot be told apart (a segment, an owner).
  public var spend: Int64?

  init(_ question: FunnelQuestion, _ agreement: Agreement) {
    reached = Array(repeating: 0, count: agreement.path.count)
    let transition = TransitionCount(detourCount: agreement.detours.count)
    transitions = Array(repeating: transition, count: max(0, agreement.path.count - 1))
    pairs = question.pairs.map { _ in PairCount() }
    meetings = Array(repeating: 0, count: CompanyHistory.Meeting.Outcome.allCases.count)
  }

  /// Adds the counts of other episodes.
  public static func += (left: inout FunnelCell, right: FunnelCell) {
    left.episodes += right.episodes
    left.leads += right.leads
    for index in left.reached.indices { left.reached[index] += right.reached[index] }
    for index in left.transitions.indices { left.transitions[index] += right.transitions[index] }
    for index in left.pairs.indices { left.pairs[index] += right.pairs[index] }
    for index in left.meetings.indices { left.meetings[index] += right.meetings[index] }
    left.wonDeals += right.wonDeals
    left.wonDealsWithoutAmount += right.wonDealsWithoutAmount
    left.revenue += right.revenue
    left.squaredRevenue += right.squaredRevenue
    left.activities += right.activities
    if let spend = right.spend { left.spend = (left.spend ?? 0) + spend }
  }
}

/// The cells that answer a question: nothing downstream of them sees a lead.
public struct FunnelCells: Sendable {
  /// What was asked.
  public let question: FunnelQuestion
  /// The instant up to which facts count.
  public let asOf: Instant
  /// The value of each dimension of the question, for each cell.
  public private(set) var keys: [[String]] = []
  /// The cells, in the order of `keys`, which is sorted.
  public private(set) var cells: [FunnelCell] = []

  init(_ question: FunnelQuestion, asOf: Instant, _ content: [[String]: FunnelCell]) {
    self.question = question
    self.asOf = asOf
    for (key, cell) in content.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      keys.append(key)
      cells.append(cell)
    }
  }

  /// All cells added up, or nil when there are none.
  public var total: FunnelCell? {
    guard var total = cells.first else { return nil }
    for cell in cells.dropFirst() { total += cell }
    return total
  }

  /// The cells added up over all but one of the dimensions.
  ///
  /// - Precondition: The question has that dimension.
  public func grouped(by dimension: FunnelDimension) -> [(key: String, cell: FunnelCell)] {
    guard let position = question.by.firstIndex(of: dimension) else {
      preconditionFailure("cells were not split by \(dimension)")
    }
    var groups: [String: FunnelCell] = [:]
    for (key, cell) in zip(keys, cells) {
      if groups[key[position]] == nil {
        groups[key[position]] = cell
      } else {
        groups[key[position]]? += cell
      }
    }
    return groups.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
