public import PlumblineCore

/// A lead with the promises about it that stand on one list.
public struct LeadGroup<Promise: Sendable>: Sendable {
  /// The lead's id.
  public let lead: String
  /// The promises, in the order of the list; at least one.
  public private(set) var promises: [Promise]

  /// Promises put together that have a name in common, in the order of the first of each.
  ///
  /// - Complexity: O(promises).
  static func groups(_ promises: [Promise], by name: (Promise) -> String) -> [LeadGroup] {
    var groups: [LeadGroup] = []
    var places: [String: Int] = [:]
    for promise in promises {
      let name = name(promise)
      if let place = places[name] {
        groups[place].promises.append(promise)
      } else {
        places[name] = groups.count
        groups.append(LeadGroup(lead: name, promises: [promise]))
      }
    }
    return groups
  }
}

extension LeadGroup<SLAQueueEntry> {
  /// A queue with each lead once, at the place of the first of its promises.
  ///
  /// - Parameter queue: Open promises in the order in which they are worked off.
  /// - Returns: The leads.
  /// - Complexity: O(promises).
  public static func leads(of queue: [SLAQueueEntry]) -> [LeadGroup] { groups(queue, by: \.lead) }
}
