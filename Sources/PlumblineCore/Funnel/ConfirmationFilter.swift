/// Leaves out the events of stages that need confirming and are not confirmed in time.
///
/// An event counts when one of the confirming stage follows, not before it and within the days:
/// each of 24 hours, or calendar days where one of the two is known to the day only. Every
/// confirming event on record counts here, whether it is confirmed itself or not. What nobody dated
/// is not confirmed and confirms nothing. A condition that holds for a time only is asked of the
/// events of that time.
final class ConfirmationFilter {
  /// The conditions where they stand, addresses only: holding and letting go of an object for every
  /// event would cost more than the question.
  struct View {
    fileprivate let conditions: UnsafeMutablePointer<Condition>
    fileprivate let count: Int
    fileprivate let calendar: Unmanaged<Calendar>
  }

  fileprivate struct Condition {
    var stage: Int32
    var by: Int32
    var days: Int
    /// The time in which it holds, where that is not always.
    var span: Confirmation?
  }

  fileprivate final class Calendar {
    let calendar: LocalCalendar
    init(_ calendar: LocalCalendar) { self.calendar = calendar }

    /// How many local days one instant lies after another.
    @inline(never)
    func days(from time: TimePoint, to other: TimePoint) -> Int {
      calendar.day(of: other.instant).dayNumber - calendar.day(of: time.instant).dayNumber
    }
  }

  /// Good as long as the filter lives.
  let view: View
  private let conditions: ScratchColumn<Condition>
  private let calendar: Calendar
  private var times = ScratchColumn<TimePoint>(16)
  private var codes = ScratchColumn<EventCode>(16)
  private var capacity = 16

  init(_ confirmations: [Confirmation], _ calendar: LocalCalendar) {
    // A condition on the first stage would take the lead's beginning away.
    let asked = confirmations.filter { $0.stage > 0 && $0.by >= 0 }
    conditions = ScratchColumn(asked.count)
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
    self.calendar = Calendar(calendar)
    view = View(
      conditions: conditions.base,
      count: asked.count,
      calendar: Unmanaged.passUnretained(self.calendar)
    )
  }

  /// More days than any two events lie apart, and few enough to be counted in seconds.
  private static let mostDays = 10_000_000

  /// The events that count; good until the next call.
  @inline(__always)
  func confirmed(_ list: EventList) -> EventList {
    for index in 0..<list.count where !view.isConfirmed(index, list) {
      return copied(list, from: index)
    }
    return list
  }

  private func copied(_ list: EventList, from first: Int) -> EventList {
    if list.count > capacity {
      capacity = list.count * 2
      times = ScratchColumn(capacity)
      codes = ScratchColumn(capacity)
    }
    var count = 0
    for index in 0..<list.count where index < first || view.isConfirmed(index, list) {
      times.base.advanced(by: count).initialize(to: list.times[index])
      codes.base.advanced(by: count).initialize(to: list.codes[index])
      count += 1
    }
    return EventList(times.base, codes.base, count)
  }
}

extension ConfirmationFilter.View {
  /// Whether the event of a list counts as far as these conditions go.
  @inline(__always)
  func isConfirmed(_ index: Int, _ list: EventList) -> Bool {
    let code = list.codes[index].rawValue
    for position in 0..<count where conditions[position].stage == code {
      let time = list.times[index]
      if let span = conditions[position].span, !span.holds(at: time) { continue }
      if !follows(time, conditions[position].by, conditions[position].days, list) { return false }
    }
    return true
  }

  @inline(__always)
  private func follows(_ time: TimePoint, _ by: Int32, _ days: Int, _ list: EventList) -> Bool {
    guard time.isDated else { return false }
    for index in list.firstDated..<list.count where list.codes[index].rawValue == by {
      if isWithin(days, time, list.times[index]) { return true }
    }
    return false
  }

  @inline(__always)
  private func isWithin(_ days: Int, _ time: TimePoint, _ other: TimePoint) -> Bool {
    if (time.rawValue | other.rawValue) & 3 == 0 {
      let seconds = other.instant.seconds - time.instant.seconds
      return seconds >= 0 && seconds <= Int64(days) * 86_400
    }
    let lag = calendar._withUnsafeGuaranteedRef { $0.days(from: time, to: other) }
    return lag >= 0 && lag <= days
  }
}
