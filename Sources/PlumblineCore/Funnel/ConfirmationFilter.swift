/// Leaves out the events of stages that need confirming and are not confirmed in time.
///
/// An event counts when one of the confirming stage follows, not before it and within the days:
/// each of 24 hours, or calendar days where one of the two is known to the day only. Every
/// confirming event on record counts here, whether it is confirmed itself or not. What nobody dated
/// is not confirmed and confirms nothing. A condition that holds for a time only is asked of the
/// events of that time.
final class ConfirmationFilter {
  private struct Condition {
    var stage: Int32
    var by: Int32
    var days: Int
    /// The time in which it holds, where that is not always.
    var span: Confirmation?
  }

  /// Where they stand: an array would be held and let go for every event.
  private let conditions: ScratchColumn<Condition>
  private let count: Int
  private let calendar: LocalCalendar
  private var times = ScratchColumn<TimePoint>(16)
  private var codes = ScratchColumn<EventCode>(16)
  private var capacity = 16

  init(_ confirmations: [Confirmation], _ calendar: LocalCalendar) {
    // A condition on the first stage would take the lead's beginning away.
    let asked = confirmations.filter { $0.stage > 0 && $0.by >= 0 }
    conditions = ScratchColumn(asked.count)
    count = asked.count
    for (index, confirmation) in asked.enumerated() {
      conditions.base.advanced(by: index)
        .initialize(
          to: Condition(
            stage: EventCode.stage(confirmation.stage).rawValue,
            by: EventCode.stage(confirmation.by).rawValue,
            days: min(confirmation.withinDays, Self.mostDays),
            span: confirmation.from == nil && confirmation.until == nil ? nil : confirmation
          )
        )
    }
    self.calendar = calendar
  }

  /// More days than any two events lie apart, and few enough to be counted in seconds.
  private static let mostDays = 10_000_000

  /// The events that count; good until the next call.
  @inline(__always)
  func confirmed(_ list: EventList) -> EventList {
    for index in 0..<list.count where !isConfirmed(index, list) { return copied(list, from: index) }
    return list
  }

  private func copied(_ list: EventList, from first: Int) -> EventList {
    if list.count > capacity {
      capacity = list.count * 2
      times = ScratchColumn(capacity)
      codes = ScratchColumn(capacity)
    }
    var count = 0
    for index in 0..<list.count where index < first || isConfirmed(index, list) {
      times.base.advanced(by: count).initialize(to: list.times[index])
      codes.base.advanced(by: count).initialize(to: list.codes[index])
      count += 1
    }
    return EventList(times.base, codes.base, count)
  }

  /// Whether the event of a list counts as far as these conditions go.
  @inline(__always)
  func isConfirmed(_ index: Int, _ list: EventList) -> Bool {
    let code = list.codes[index].rawValue
    for position in 0..<count where conditions.base[position].stage == code {
      let condition = conditions.base[position]
      let time = list.times[index]
      if let span = condition.span, !span.holds(at: time) { continue }
      if !follows(time, condition, list) { return false }
    }
    return true
  }

  private func follows(_ time: TimePoint, _ condition: Condition, _ list: EventList) -> Bool {
    guard time.isDated else { return false }
    for index in list.firstDated..<list.count where list.codes[index].rawValue == condition.by {
      if isWithin(condition.days, time, list.times[index]) { return true }
    }
    return false
  }

  private func isWithin(_ days: Int, _ time: TimePoint, _ other: TimePoint) -> Bool {
    if (time.rawValue | other.rawValue) & 3 == 0 {
      let seconds = other.instant.seconds - time.instant.seconds
      return seconds >= 0 && seconds <= Int64(days) * 86_400
    }
    let lag = calendar.day(of: other.instant).dayNumber - calendar.day(of: time.instant).dayNumber
    return lag >= 0 && lag <= days
  }
}
