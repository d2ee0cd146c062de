extension CompanyHistory {
  /// All events; read when first asked for.
  ///
  /// Hold it in a constant of your own before a loop.
  ///
  /// - Precondition: They can be read; `load(_:)` says why not where they cannot.
  public var events: Events { Self.loaded(deferredEvents) }

  /// All activities with a lead; read when first asked for.
  ///
  /// Hold it in a constant of your own before a loop.
  ///
  /// - Precondition: They can be read; `load(_:)` says why not where they cannot.
  public var activities: Activities { Self.loaded(deferredActivities) }

  /// What people did for each lead, as far as counts of episodes need it.
  ///
  /// - Precondition: Activities can be read; `load(_:)` says why not where they cannot.
  public var humanActivities: HumanActivities {
    if let deferredHumanActivities { return Self.loaded(deferredHumanActivities) }
    return HumanActivities(activities, events, leadCount: leads.ids.count)
  }

  /// The detours of the leads that have more than one.
  ///
  /// Hold it in a constant of your own before a loop.
  ///
  /// - Precondition: They can be read; `load(_:)` says why not where they cannot.
  public var repeatedDetours: RepeatedDetours {
    deferredRepeatedDetours.map(Self.loaded) ?? RepeatedDetours(events)
  }

  /// A part of a history that may still be unread.
  public enum Part: Sendable, CaseIterable {
    case activities, events, humanActivities, repeatedDetours
  }

  /// Reads parts that nobody has asked for yet, so that asking for them cannot fail.
  ///
  /// - Throws: What the store throws.
  public func load(_ parts: Set<Part>) throws {
    if parts.contains(.events) { _ = try deferredEvents.value() }
    if parts.contains(.activities) { _ = try deferredActivities.value() }
    if parts.contains(.repeatedDetours) {
      if let deferredRepeatedDetours {
        _ = try deferredRepeatedDetours.value()
      } else {
        _ = try deferredEvents.value()
      }
    }
    guard parts.contains(.humanActivities) else { return }
    if let deferredHumanActivities {
      _ = try deferredHumanActivities.value()
    } else {
      _ = (try deferredEvents.value(), try deferredActivities.value())
    }
  }

  private static func loaded<Value>(_ part: Deferred<Value>) -> Value {
    do {
      return try part.value()
    } catch {
      preconditionFailure("a part of the history cannot be read: \(error)")
    }
  }
}

extension CompanyHistory.HumanActivities {
  /// What a list of activities says.
  ///
  /// - Complexity: O(activities + events).
  package init(
    _ activities: CompanyHistory.Activities,
    _ events: CompanyHistory.Events,
    leadCount: Int
  ) {
    self.init(leadCount: leadCount)
    var positions = [Int32](repeating: -1, count: leadCount)
    for lead in 0..<leadCount where events.mayReturn(lead) {
      positions[lead] = Int32(returningLeads.count)
      returningLeads.append(Int32(lead))
    }
    var returning = ReturningTimes()
    for index in activities.indices where !activities.marks[index].contains(.automated) {
      let lead = Int(activities.leads[index])
      counts[lead] += 1
      guard positions[lead] >= 0 else { continue }
      let time = activities.times[index]
      returning.add(positions[lead], time.isPresent ? time : .undated)
    }
    (starts, times) = returning.lists(returningLeads.count)
  }
}

/// Times of leads that may come back, in pieces until they are put in lists.
struct ReturningTimes {
  private static let pieceSize = 65_536
  private var full: [[(position: Int32, time: TimePoint)]] = []
  private var newest: [(position: Int32, time: TimePoint)] = []

  @inline(__always)
  mutating func add(_ position: Int32, _ time: TimePoint) {
    if newest.count == Self.pieceSize { closePiece() }
    newest.append((position, time))
  }

  private mutating func closePiece() {
    full.append(newest)
    newest = []
    newest.reserveCapacity(Self.pieceSize)
  }

  /// A list of times for each of so many positions, in order, and where each begins.
  func lists(_ count: Int) -> (starts: [Int], times: [TimePoint]) {
    var starts = Array(repeating: 0, count: count + 1)
    let pieces = full + [newest]
    for piece in pieces { for entry in piece { starts[Int(entry.position) + 1] += 1 } }
    for position in 0..<count { starts[position + 1] += starts[position] }
    var next = starts
    var times = [TimePoint](repeating: .undated, count: starts[count])
    for piece in pieces {
      for entry in piece {
        times[next[Int(entry.position)]] = entry.time
        next[Int(entry.position)] += 1
      }
    }
    for position in 0..<count where starts[position + 1] - starts[position] > 1 {
      let range = starts[position]..<starts[position + 1]
      if zip(range, range.dropFirst()).contains(where: { times[$1] < times[$0] }) {
        times[range].sort()
      }
    }
    return (starts, times)
  }
}

extension CompanyHistory.Events {
  /// Whether a lead may have more than one episode under some rule: a dated event that is no
  /// detour follows a dated detour.
  func mayReturn(_ lead: Int) -> Bool {
    var hasLeft = false
    for index in range(of: lead) where times[index].isDated {
      if codes[index].detourIndex != nil {
        hasLeft = true
      } else if hasLeft {
        return true
      }
    }
    return false
  }
}
