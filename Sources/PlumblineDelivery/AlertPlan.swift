import PlumblineCore

/// What a run sends where, decided before anything is sent.
struct AlertPlan {
  /// Steps that go out in one message.
  struct Parcel: Equatable {
    var destination: AlertDestination
    /// Who gets a mail; empty for other ways.
    var recipients: [MailAddress]
    var steps: [SLAStep]
    /// How many steps follow for the same readers, in further parcels or with the next run.
    var following = 0

    /// Whether it is for the same readers as another.
    func isBeside(_ other: Parcel) -> Bool {
      destination.name == other.destination.name && recipients == other.recipients
    }
  }

  /// How many messages the same readers get in one run; what has no room in them waits for the next.
  static let mostMessages = 10

  /// What goes out, in the order of the settings and of the addresses.
  private(set) var parcels: [Parcel] = []
  /// What does not.
  private(set) var held: [AlertReport.HeldStep] = []
  /// What no destination wants.
  private(set) var unwanted: [SLAStep] = []
  /// How many different steps there are.
  let stepCount: Int

  /// A plan.
  ///
  /// - Parameters:
  ///   - steps: The steps of all open promises; a step that is there twice counts once.
  ///   - settings: Who is told of what.
  ///   - records: What was told before.
  ///   - now: The present.
  ///   - clock: When people work.
  ///   - most: How many steps one message to a destination lists.
  init(
    _ steps: [SLAStep],
    settings: AlertSettings,
    records: [AlertRecord],
    now: Instant,
    clock: BusinessClock,
    most: (AlertDestination) -> Int = { _ in .max }
  ) {
    let known = Dictionary(records.map { ($0.id, $0) }) { _, last in last }
    var seen: Set<String> = []
    let steps = steps.sorted().filter { seen.insert($0.key).inserted }
    stepCount = steps.count
    unwanted = steps.filter { step in !settings.destinations.contains { $0.wants(step) } }
    let opening = settings.waitsForWorkingTime ? Self.opening(of: clock, from: now) : now
    for destination in settings.destinations {
      var groups: [[MailAddress]: [SLAStep]] = [:]
      for step in steps where destination.wants(step) {
        let record = known[AlertID(destination: destination.name, key: step.key)]
        let recipients = Self.recipients(of: step, destination)
        if let reason = Self.reason(
          toHold: step,
          record,
          destination.disturbs ? opening : now,
          now,
          settings.mostDaysLate,
          hasRecipient: recipients != nil
        ) {
          held.append(
            AlertReport.HeldStep(destination: destination.name, step: step, reason: reason)
          )
        } else {
          groups[recipients ?? [], default: []].append(step)
        }
      }
      let ordered = groups.sorted { left, right in
        left.key.map(\.address).lexicographicallyPrecedes(right.key.map(\.address))
      }
      for (recipients, steps) in ordered {
        split(steps, for: destination, recipients, most: max(1, most(destination)))
      }
    }
  }

  /// Packs steps into as many parcels as list them all, the gravest first, up to the most.
  private mutating func split(
    _ steps: [SLAStep],
    for destination: AlertDestination,
    _ recipients: [MailAddress],
    most: Int
  ) {
    var rest = steps[...]
    for _ in 0..<Self.mostMessages where !rest.isEmpty {
      let listed = rest.prefix(most)
      rest = rest.dropFirst(listed.count)
      parcels.append(
        Parcel(
          destination: destination,
          recipients: recipients,
          steps: Array(listed),
          following: rest.count
        )
      )
    }
    held += rest.map {
      AlertReport.HeldStep(destination: destination.name, step: $0, reason: .nextRun)
    }
  }

  /// The next instant of working time, `now` itself within it or when there is none at all.
  static func opening(of clock: BusinessClock, from now: Instant) -> Instant {
    guard let first = clock.deadline(after: now, workingSeconds: 1) else { return now }
    return first.advanced(bySeconds: -1)
  }

  /// Who gets a mail about a step, nil when nobody does; empty for other ways.
  private static func recipients(
    of step: SLAStep,
    _ destination: AlertDestination
  ) -> [MailAddress]? {
    guard case .mail(let mail) = destination.way else { return [] }
    let recipients = mail.recipients(of: step)
    return recipients.isEmpty ? nil : recipients
  }

  private static func reason(
    toHold step: SLAStep,
    _ record: AlertRecord?,
    _ opening: Instant,
    _ now: Instant,
    _ mostDaysLate: Int,
    hasRecipient: Bool
  ) -> AlertReport.Held? {
    switch record?.state {
    case .delivered: return .told
    case .claimed: return .inProgress
    case .unknown: return .unknown
    case .failed:
      if let retryAt = record?.retryAt, retryAt > now { return .backOff(until: retryAt) }
    case .released, nil: break
    }
    if !hasRecipient { return .noRecipient }
    // What somebody released by hand is told however late it is.
    // An escalation is late from the escalation on, however long after the deadline it comes.
    let isLate = now.seconds - step.since.seconds > Int64(mostDaysLate) * 86_400
    if isLate, record?.state != .released { return .tooOld }
    return opening > now ? .outOfHours(until: opening) : nil
  }
}
