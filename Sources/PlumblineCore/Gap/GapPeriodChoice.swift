import PlumblineStatistics

/// Which period is looked at when nobody names one: the newest whole quarter of whose outcomes
/// enough are known, else a month.
struct GapPeriodChoice {
  let period: GapPeriod
  /// A newer whole period that too little is known of.
  let passedOver: GapPeriod?

  /// The least share of known outcomes, at the step where fewest are known.
  static let enoughKnown = 0.75
  /// How many periods back are considered.
  private static let longestLookBack = 12

  /// A choice; nil where no whole month has leads.
  ///
  /// - Parameters:
  ///   - months: Everything that counts, by the month in which it began.
  ///   - tomorrow: The first day that is not whole yet.
  ///   - needsPrevious: Whether the period before must have leads too.
  ///   - completer: Says how mature a cohort is.
  init?(
    months: [String: FunnelCell],
    tomorrow: CivilDate,
    needsPrevious: Bool,
    completer: RateCompleter
  ) {
    func cell(_ period: GapPeriod) -> FunnelCell? {
      var sum: FunnelCell?
      var month = GapPeriod.month(of: period.first)
      while month.first <= period.last {
        if let cell = months[String(month.first.description.prefix(7))] {
          if sum == nil { sum = cell } else { sum? += cell }
        }
        month = GapPeriod.month(of: CivilDate(dayNumber: month.last.dayNumber + 1))
      }
      return sum
    }
    func candidates(_ newest: GapPeriod) -> [(period: GapPeriod, maturity: Double)] {
      var period = newest
      var found: [(GapPeriod, Double)] = []
      for _ in 0..<Self.longestLookBack {
        let previous = period.previous
        if let own = cell(period), own.episodes > 0 {
          let before = cell(previous)?.episodes ?? 0
          // Where the data begin in the middle of the period before, it is no fair base.
          if !needsPrevious || 4 * before >= own.episodes {
            found.append((period, Self.maturity(own, completer)))
          }
        }
        period = previous
      }
      return found
    }
    let quarters = candidates(GapPeriod.quarter(of: tomorrow).previous)
    let found = quarters.isEmpty ? candidates(GapPeriod.month(of: tomorrow).previous) : quarters
    guard let newest = found.first, let oldest = found.last else { return nil }
    period = (found.first { $0.maturity >= Self.enoughKnown } ?? oldest).period
    passedOver = period == newest.period ? nil : newest.period
  }

  /// The share of known outcomes at the step where fewest are known, 0...1.
  private static func maturity(_ cell: FunnelCell, _ completer: RateCompleter) -> Double {
    cell.transitions.indices.compactMap {
      completer.rate(cell, of: nil, from: $0).maturity
    }.min() ?? 0
  }
}
