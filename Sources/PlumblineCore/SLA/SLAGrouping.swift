import PlumblineStatistics

/// In which groups of a split a hand-off counts.
struct SLAGrouping {
  /// A hand-off in a group.
  struct Place {
    /// The group; see `name(_:)`.
    var key: UInt32
    /// What became of its first touch: of owners, one for each clock that they had.
    var firstTouches: [SLAOutcome]
    /// How long the first touches took.
    var waits: [WaitingTimes.Wait]
    /// Whether what else was promised counts in the group: of owners, in that of the last.
    var isLast = true
  }

  let dimension: SLAOptions.Dimension
  private let history: CompanyHistory
  private let calendar: LocalCalendar

  init(_ history: CompanyHistory, by dimension: SLAOptions.Dimension) {
    self.dimension = dimension
    self.history = history
    calendar = history.agreement.calendar
  }

  /// The groups of a hand-off; none for one without a date, by weeks.
  ///
  /// An owner's first touches are those of the owner's own clocks.
  func places(of record: SLARecord) -> [Place] {
    func one(_ key: UInt32) -> [Place] {
      [
        Place(
          key: key,
          firstTouches: record.firstTouch.map { [$0] } ?? [],
          waits: record.wait.map { [$0] } ?? []
        )
      ]
    }
    switch dimension {
    case .channel: return one(record.channel)
    case .class: return one(record.isHot ? 1 : 0)
    case .week:
      guard record.handOff.isDated else { return [] }
      let monday = calendar.day(of: record.handOff.instant).startOfWeek
      // Weeks before 1970 are numbers below 0.
      return one(UInt32(bitPattern: Int32(monday.dayNumber)))
    case .owner:
      if record.clocks.isEmpty {
        var place = one(record.owner)
        place[0].waits = []
        return place
      }
      return Set(record.clocks.map(\.owner)).union([record.owner]).map { owner in
        let clocks = record.clocks.filter { $0.owner == owner }
        return Place(
          key: owner,
          firstTouches: clocks.map(\.outcome),
          waits: clocks.compactMap(\.wait),
          isLast: owner == record.owner
        )
      }
    }
  }

  /// The name of a group; `FunnelDimension.none` where nobody said.
  func name(_ key: UInt32) -> String {
    switch dimension {
    case .owner: key == 0 ? FunnelDimension.none : history.texts[.owner][key]
    case .channel: key == 0 ? FunnelDimension.none : history.texts[.channel][key]
    case .class: key == 1 ? "hot" : "usual"
    case .week: CivilDate(dayNumber: Int(Int32(bitPattern: key))).description
    }
  }
}
