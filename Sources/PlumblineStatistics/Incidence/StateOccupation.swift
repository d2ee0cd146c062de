/// In which state entries are by each day, whatever way they took, returns included.
///
/// Aalen–Johansen estimator for any number of states: open, recycled, won and dead, say, where
/// recycled entries come back. The share in a state that is never left is the share that has ever
/// reached it. Right for these shares even where the past of an entry matters for its future, as
/// long as the data of an entry end independently of what becomes of it.
///
/// - SeeAlso: Aalen & Johansen (1978), Scandinavian Journal of Statistics 5:141; Datta & Satten
///   (2001), doi:10.1016/S0167-7152(01)00155-9.
public struct StateOccupation: Sendable {
  /// Entries that went from one state to another on the same day since they came into being.
  public struct Move: Hashable, Sendable {
    /// Whole days since the entries came into being.
    public var day: Int
    /// The state left.
    public var from: Int
    /// The state entered.
    public var to: Int
    /// How many entries.
    public var count: Int

    /// A move.
    public init(day: Int, from: Int, to: Int, count: Int) {
      self.day = day
      self.from = from
      self.to = to
      self.count = count
    }
  }

  /// Entries whose data end in a state on the same day since they came into being.
  public struct Ending: Hashable, Sendable {
    /// Whole days since the entries came into being; they are watched through this day.
    public var day: Int
    /// The state they are in.
    public var state: Int
    /// How many entries.
    public var count: Int

    /// An end of data.
    public init(day: Int, state: Int, count: Int) {
      self.day = day
      self.state = state
      self.count = count
    }
  }

  /// The days on which something moves, rising.
  public let days: [Int]
  /// The share in each state after the moves of each of `days`, flat.
  private let shares: [Double]
  /// The share in each state at the beginning; empty when there are no entries.
  public let initial: [Double]

  /// The shares of entries by state.
  ///
  /// The chance of a move is the number of moves over the entries that were in the state when the
  /// day began. Where more leave a state than were in it, because an entry passed through several
  /// states in a day, the moves of that day share the state between them.
  ///
  /// - Parameters:
  ///   - start: Entries in each state when they come into being.
  ///   - moves: The moves, in any order.
  ///   - endings: The ends of data, in any order; of entries in a state that is never left they
  ///     may be missing.
  /// - Throws: `StatisticsError.negativeOrNotFinite` for a negative count, and
  ///   `StatisticsError.unknownState` for a state that has no place in `start`.
  /// - Complexity: O(n log n) in the moves and endings, and states squared a day.
  public init(
    start: [Int],
    moves: [Move],
    endings: [Ending]
  ) throws(StatisticsError) {
    let states = start.count
    let counts = start + moves.map(\.count) + endings.map(\.count)
    if let negative = counts.first(where: { $0 < 0 }) {
      throw .negativeOrNotFinite(Double(negative))
    }
    let named = moves.map(\.from) + moves.map(\.to) + endings.map(\.state)
    if let unknown = named.first(where: { !(0..<states).contains($0) }) {
      throw .unknownState(unknown, states: states)
    }
    let total = start.reduce(0.0) { $0 + Double($1) }
    initial = total > 0 ? start.map { Double($0) / total } : []
    let moves = moves.filter { $0.count > 0 && $0.from != $0.to }.sorted { $0.day < $1.day }
    let endings = endings.sorted { $0.day < $1.day }
    var atRisk = start.map(Double.init)
    var now = initial
    var days: [Int] = []
    var shares: [Double] = []
    var (nextMove, nextEnding) = (0, 0)
    while nextMove < moves.count, total > 0 {
      let day = moves[nextMove].day
      while nextEnding < endings.count, endings[nextEnding].day < day {
        atRisk[endings[nextEnding].state] -= Double(endings[nextEnding].count)
        nextEnding += 1
      }
      var matrix = Array(repeating: 0.0, count: states * states)
      while nextMove < moves.count, moves[nextMove].day == day {
        let move = moves[nextMove]
        matrix[move.from * states + move.to] += Double(move.count)
        nextMove += 1
      }
      Self.step(matrix, states, &atRisk, &now)
      days.append(day)
      shares += now
    }
    self.days = days
    self.shares = shares
  }

  /// Moves the shares and the entries at risk by one day's moves.
  private static func step(
    _ matrix: [Double],
    _ states: Int,
    _ atRisk: inout [Double],
    _ now: inout [Double]
  ) {
    let (before, present) = (now, atRisk)
    for from in 0..<states {
      let leaving = matrix[from * states..<(from + 1) * states].reduce(0, +)
      guard leaving > 0 else { continue }
      let exposed = max(present[from], leaving)
      now[from] -= before[from] * leaving / exposed
      atRisk[from] -= leaving
      for to in 0..<states where matrix[from * states + to] > 0 {
        now[to] += before[from] * matrix[from * states + to] / exposed
        atRisk[to] += matrix[from * states + to]
      }
    }
    for state in 0..<states { now[state] = max(now[state], 0) }
  }

  /// The share in each state at the end of a day; empty when there are no entries.
  ///
  /// - Complexity: O(log days).
  public func shares(onDay day: Double) -> [Double] {
    var (low, high) = (0, days.count)
    while low < high {
      let middle = (low + high) / 2
      if Double(days[middle]) <= day { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return initial }
    return Array(shares[(low - 1) * initial.count..<low * initial.count])
  }
}
