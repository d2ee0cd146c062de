import PlumblineCore
import Synchronization

/// How often a machine may ask for pages that need no sign-in, each with a look into the accounts.
///
/// Kept in memory for minutes: what a survey's links were opened from must not stand in any file.
final class StrangerThrottle: Sendable {
  /// What is left to a machine.
  private struct Bucket {
    var left: Double
    var at: Int64
  }

  /// So many at once; a whole office may stand behind one address.
  private static let burst = 120.0
  /// So many more each second.
  private static let perSecond = 2.0
  /// Machines beyond these share what is left to one.
  private static let mostMachines = 10_000

  private let buckets = Mutex<[String: Bucket]>([:])

  /// Every machine that was refused may ask once more after so many seconds.
  static let waitSeconds = 1

  /// Whether a machine may ask now; counts it if so.
  ///
  /// - Parameters:
  ///   - address: The machine.
  ///   - now: The present.
  /// - Returns: Whether it may.
  /// - Complexity: O(1); O(machines) when a machine is new and there are very many.
  func allows(_ address: String, at now: Instant) -> Bool {
    buckets.withLock { buckets in
      if buckets[address] == nil, buckets.count >= Self.mostMachines {
        let age = Int64(Self.burst / Self.perSecond)
        buckets = buckets.filter { now.seconds - $0.value.at < age }
      }
      let name =
        buckets[address] != nil || buckets.count < Self.mostMachines ? address : "others"
      var bucket = buckets[name] ?? Bucket(left: Self.burst, at: now.seconds)
      let passed = Double(max(0, now.seconds - bucket.at))
      bucket.left = min(Self.burst, bucket.left + passed * Self.perSecond)
      bucket.at = max(bucket.at, now.seconds)
      let isAllowed = bucket.left >= 1
      if isAllowed { bucket.left -= 1 }
      buckets[name] = bucket
      return isAllowed
    }
  }
}
