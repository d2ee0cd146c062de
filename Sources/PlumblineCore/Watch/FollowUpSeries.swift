extension EmbeddedCells {
  /// The weekly share of leads followed up in time, with the same meaning wherever it is watched.
  ///
  /// - Parameters:
  ///   - filters: Conditions on the leads.
  ///   - firstDay: The first day of the weeks in which follow-up fell due.
  ///   - lastDay: The last such day; only weeks wholly inside count.
  ///   - skips: The skip rule; the agreement's when nil.
  /// - Returns: The series; none where follow-up is not recorded.
  /// - Throws: What the records throw.
  public func followUpSeries(
    filters: [DimensionFilter] = [],
    firstDay: CivilDate? = nil,
    lastDay: CivilDate? = nil,
    skips: SkipRule? = nil
  ) throws -> [WeeklySeries] {
    let everything = FunnelBuilder(history.agreement, source: self)
      .question(filters: filters, skips: skips)
    return try workRecords(for: everything)
      .followUpSeries(asOf: history.asOf, firstDay: firstDay, lastDay: lastDay)
  }
}

extension WorkRecords {
  /// The weekly share of leads followed up in time, of all together, by channel and by owner.
  ///
  /// Whole weeks only, in which every deadline has passed. The records must have no limits of days
  /// themselves: those are of the days on which leads came in, and a deadline may fall weeks later.
  ///
  /// - Parameters:
  ///   - asOf: The instant up to which facts count.
  ///   - firstDay: The first day of the weeks that count.
  ///   - lastDay: The last such day.
  /// - Returns: The series; none where follow-up is not recorded.
  public func followUpSeries(
    asOf: Instant,
    firstDay: CivilDate? = nil,
    lastDay: CivilDate? = nil
  ) -> [WeeklySeries] {
    guard summary.followUpIsRecorded else { return [] }
    let tomorrow = history.agreement.calendar.day(of: asOf.advanced(bySeconds: 1)).dayNumber
    let span = WholeWeeks(from: firstDay, to: lastDay)
    let whole = weeks.filter {
      $0.firstDay.dayNumber + 7 <= tomorrow && span.contains(weekOf: $0.firstDay)
    }
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
