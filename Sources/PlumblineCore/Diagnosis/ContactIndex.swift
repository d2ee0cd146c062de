/// What people did to reach each lead, in order of time.
struct ContactIndex {
  /// An attempt to reach a lead.
  struct Contact {
    var time: TimePoint
    var owner: UInt32
    var isReached: Bool
  }

  private let contactStarts: [Int]
  private let contacts: [Contact]
  private let meetingStarts: [Int]
  private let meetings: [TimePoint]

  /// The dated attempts by people, and the meetings held.
  ///
  /// - Complexity: O(activities log activities of a lead).
  init(_ history: CompanyHistory) {
    let count = history.leads.ids.count
    let activities = history.activities
    let wanted: CompanyHistory.Activities.Marks = [.attempt, .automated]
    let attempts = activities.indices.filter {
      activities.marks[$0].intersection(wanted) == .attempt && activities.times[$0].isDated
    }
    (contactStarts, contacts) = Self.grouped(
      attempts,
      count,
      lead: { Int(activities.leads[$0]) },
      time: { activities.times[$0] },
      {
        Contact(
          time: activities.times[$0],
          owner: activities.owners[$0],
          isReached: activities.marks[$0].contains(.reached)
        )
      }
    )
    let held = history.meetings.filter { $0.outcome == .held && $0.starts.isDated }
    (meetingStarts, meetings) = Self.grouped(held, count, lead: \.lead, time: \.starts, \.starts)
  }

  /// The first attempt to reach any lead.
  var first: TimePoint? { contacts.lazy.map(\.time).min() }

  /// The attempts to reach a lead, by time.
  func contacts(of lead: Int) -> ArraySlice<Contact> {
    contacts[contactStarts[lead]..<contactStarts[lead + 1]]
  }

  /// When the meetings held with a lead began, by time.
  func meetingsHeld(with lead: Int) -> ArraySlice<TimePoint> {
    meetings[meetingStarts[lead]..<meetingStarts[lead + 1]]
  }

  private static func grouped<Record, Entry>(
    _ records: [Record],
    _ leadCount: Int,
    lead: (Record) -> Int,
    time: (Record) -> TimePoint,
    _ entry: (Record) -> Entry
  ) -> (starts: [Int], entries: [Entry]) {
    var starts = [Int](repeating: 0, count: leadCount + 1)
    for record in records { starts[lead(record) + 1] += 1 }
    for index in 0..<leadCount { starts[index + 1] += starts[index] }
    var next = starts
    var order = [Int](repeating: 0, count: records.count)
    for index in records.indices {
      let lead = lead(records[index])
      order[next[lead]] = index
      next[lead] += 1
    }
    for index in 0..<leadCount where starts[index + 1] - starts[index] > 1 {
      order[starts[index]..<starts[index + 1]].sort { left, right in
        (time(records[left]), left) < (time(records[right]), right)
      }
    }
    return (starts, order.map { entry(records[$0]) })
  }
}
