import PlumblineStatistics

extension WorkCells {
  /// What some leads add up to.
  struct Sum {
    var leads = 0
    var wins = 0
    var followedUp = 0

    init() {}

    /// A cell's counts; wins are kept within its leads.
    init(_ cell: Cell) {
      leads = cell.leads
      wins = min(max(0, cell.wins), cell.leads)
      followedUp = cell.isFollowedUp ? cell.leads : 0
    }

    static func += (sum: inout Sum, other: Sum) {
      sum.leads += other.leads
      sum.wins += other.wins
      sum.followedUp += other.followedUp
    }

    static func + (one: Sum, other: Sum) -> Sum {
      var sum = one
      sum += other
      return sum
    }

    /// The share won, or followed up, 0...1; nil without leads.
    func rate(of effect: LeakUnit.Effect) -> Double? {
      leads > 0 ? Double(effect == .direct ? wins : followedUp) / Double(leads) : nil
    }

    /// Wins among leads.
    var sample: RateSample {
      (try? RateSample(successes: Double(wins), trials: Double(leads))) ?? .noTrials
    }
  }

  /// The sum of the cells that meet a condition.
  func sum(where isWanted: (Cell) -> Bool) -> Sum {
    cells.reduce(into: Sum()) { sum, cell in
      if isWanted(cell) { sum += Sum(cell) }
    }
  }
}

extension LeakUnit {
  /// Whether a cell's leads are the unit's.
  func covers(_ cell: WorkCells.Cell, in cells: WorkCells) -> Bool {
    (channel == nil || channel == cells.channels[cell.channel])
      && (owner == nil || owner == cells.owners[cell.owner])
  }
}
