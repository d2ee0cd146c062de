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
    /// Whether what else is known of it counts in the group: of owners, promises in that of the last.
    var isLast = true
    /// Whether it is all there in the group, with the system's delay and that of people.
    var isWhole = false

    /// A hand-off as a whole.
    init(whole record: SLARecord, key: UInt32 = 0) {
      self.init(
        key: key,
        firstTouches: record.firstTouch.map { [$0] } ?? [],
        waits: record.wait.map { [$0] } ?? []
      )
      isWhole = true
    }

    init(key: UInt32, firstTouches: [SLAOutcome], waits: [WaitingTimes.Wait]) {
      self.key = key
      self.firstTouches = firstTouches
      self.waits = waits
    }
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
    switch dimension {
    case .channel: return [Place(whole: record, key: record.channel)]
    case .class: return [Place(whole: record, key: record.isHot ? 1 : 0)]
    case .week:
      guard record.handOff.isDated else { return [] }
      let monday = calendar.day(of: record.handOff.instant).startOfWeek
      // Weeks before 1970 are numbers below 0.
      return [Place(whole: record, key: UInt32(bitPattern: Int32(monday.dayNumber)))]
    case .owner:
      if record.clocks.isEmpty {
        let touch = record.firstTouch.map { [$0] } ?? []
        return [Place(key: record.owner, firstTouches: touch, waits: [])]
      }
      return Set(record.clocks.map(\.owner)).union([record.owner]).map { owner in
        let clocks = record.clocks.filter { $0.owner == owner }
        var place = Place(
          key: owner,
          firstTouches: clocks.map(\.outcome),
          waits: clocks.compactMap(\.wait)
        )
        place.isLast = owner == record.owner
        return place
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
