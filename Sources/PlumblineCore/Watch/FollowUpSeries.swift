extension WorkRecords {
  /// The weekly share of leads followed up in time, of all together, by channel and by owner.
  ///
  /// Whole weeks only, in which every deadline has passed.
  ///
  /// - Parameter asOf: The instant up to which facts count.
  /// - Returns: The series; none where follow-up is not recorded.
  public func followUpSeries(asOf: Instant) -> [WeeklySeries] {
    guard summary.followUpIsRecorded else { return [] }
    let tomorrow = history.agreement.calendar.day(of: asOf.advanced(bySeconds: 1)).dayNumber
    let whole = weeks.filter { $0.firstDay.dayNumber + 7 <= tomorrow }
    return series(nil, whole) { _ in "" }
      + series(.channel, whole, unit: \.channel) + series(.owner, whole, unit: \.owner)
  }

  private func series(
    _ dimension: FunnelDimension?,
    _ weeks: [FollowUpWeek],
    unit: (FollowUpWeek) -> String
  ) -> [WeeklySeries] {
    let groups = Dictionary(grouping: weeks, by: unit)
    return groups.keys.filter { $0 != FunnelDimension.none }.sorted().map { name in
      var counts: [CivilDate: WeeklySeries.Week] = [:]
      for week in groups[name] ?? [] {
        var count =
          counts[week.firstDay] ?? WeeklySeries.Week(start: week.firstDay, items: 0, met: 0)
        count.items += week.due
        count.met += week.met
        counts[week.firstDay] = count
      }
      return WeeklySeries(
        kind: .compliance,
        id: ([dimension?.rawValue ?? "all", name, "follow_up"].filter { !$0.isEmpty })
          .joined(separator: "/"),
        subject: "first touch in time",
        dimension: dimension,
        unit: name,
        weeks: counts.values.sorted { $0.start.dayNumber < $1.start.dayNumber }
      )
    }
  }
}
