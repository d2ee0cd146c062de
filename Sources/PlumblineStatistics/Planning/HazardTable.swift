/// What counts of a bucket of waiting time in which a deadline falls.
public enum LastBucketRule: Hashable, Sendable {
  /// Nothing: only buckets that end in time count. Wins of the last days are left out, on average
  /// half a bucket's.
  case whole
  /// The part of the bucket that has passed by then, conversions being even within it.
  case part
}

/// Chances of converting and of leaving, bucket by bucket, and how a sum depends on each of them.
struct HazardTable {
  let buckets: LagBuckets
  /// What counts of a bucket in which a sum ends.
  let lastBucket: LastBucketRule
  /// The chance of converting in the bucket for one who waits at its start.
  var conversion: [Double]
  /// The chance of leaving in the bucket, either way, for one who waits at its start.
  var leaving: [Double]

  init(_ history: CumulativeIncidence, lastBucket: LastBucketRule = .whole) {
    buckets = history.buckets
    self.lastBucket = lastBucket
    conversion = history.points.map(\.conversionHazard)
    leaving = history.points.map(\.hazard)
  }

  /// Derivatives of an expected number with respect to both hazards of every bucket.
  struct Gradient {
    var conversion: [Double]
    var leaving: [Double]

    init(bucketCount: Int) {
      conversion = Array(repeating: 0, count: bucketCount)
      leaving = conversion
    }
  }

  /// The chance that an entry waiting in a bucket converts within some days.
  ///
  /// An entry in a bucket wider than a day is taken to be half through it, one in a daily bucket
  /// to be past it; one in the open-ended bucket is too old to say. Only buckets that end in time
  /// count. Adds `weight` times the chance's derivatives to the gradient.
  func chanceToGo(
    from bucket: Int,
    withinDays days: Double,
    weight: Double,
    into gradient: inout Gradient
  ) -> Double {
    let start = Double(buckets.edges[bucket])
    let age = buckets.end(of: bucket).map { (start + Double($0)) / 2 } ?? start
    let ownShare = buckets.isWide(bucket) ? 0.5 : 0
    return chance(from: bucket, ownShare: ownShare, byDay: age + days, weight, &gradient)
  }

  /// The share of new entries that convert within some days, by the buckets that end in time.
  ///
  /// Adds `weight` times the share's derivatives to the gradient.
  func converted(withinDays days: Double, weight: Double, into gradient: inout Gradient) -> Double {
    chance(from: 0, ownShare: 1, byDay: days, weight, &gradient)
  }

  /// The chance that an entry waiting in a bucket converts in a span of days from today.
  ///
  /// Adds `weight` times the chance's derivatives to the gradient.
  func chanceToGo(
    from bucket: Int,
    betweenDays days: (first: Double, last: Double),
    weight: Double,
    into gradient: inout Gradient
  ) -> Double {
    let byEnd = chanceToGo(from: bucket, withinDays: days.last, weight: weight, into: &gradient)
    guard days.first > 0 else { return byEnd }
    let before = min(days.first, days.last)
    return byEnd
      - chanceToGo(from: bucket, withinDays: before, weight: -weight, into: &gradient)
  }

  /// The share of new entries that convert in a span of days from when they came.
  ///
  /// Adds `weight` times the share's derivatives to the gradient.
  func converted(
    betweenDays days: (first: Double, last: Double),
    weight: Double,
    into gradient: inout Gradient
  ) -> Double {
    let byEnd = converted(withinDays: days.last, weight: weight, into: &gradient)
    guard days.first > 0 else { return byEnd }
    return byEnd
      - converted(withinDays: min(days.first, days.last), weight: -weight, into: &gradient)
  }

  /// The covariance of two sums, given the derivatives of each and the exposure behind each hazard.
  func covariance(_ left: Gradient, _ right: Gradient, exposures: [Double]) -> Double {
    var sum = 0.0
    for bucket in exposures.indices where exposures[bucket] > 0 {
      let (h1, h) = (conversion[bucket], leaving[bucket])
      let (left1, leftAny) = (left.conversion[bucket], left.leaving[bucket])
      let (right1, rightAny) = (right.conversion[bucket], right.leaving[bucket])
      sum +=
        (left1 * right1 * h1 * (1 - h1) + (left1 * rightAny + leftAny * right1) * h1 * (1 - h)
          + leftAny * rightAny * h * (1 - h)) / exposures[bucket]
    }
    return sum
  }

  /// The chance to convert while passing `ownShare` of a first bucket and all those after it that
  /// end by a day.
  private func chance(
    from first: Int,
    ownShare: Double,
    byDay day: Double,
    _ weight: Double,
    _ gradient: inout Gradient
  ) -> Double {
    let last = self.last(byDay: day)
    guard first <= last.bucket else { return 0 }
    var valueAfter = Array(repeating: 0.0, count: last.bucket - first + 1)
    var value = 0.0
    func passed(_ bucket: Int) -> Double {
      // Of the first bucket only what is still ahead can pass, and that no further than the last.
      let ahead = bucket == first ? ownShare : 1
      return bucket == last.bucket ? max(ahead - (1 - last.share), 0) : ahead
    }
    for bucket in stride(from: last.bucket, through: first, by: -1) {
      valueAfter[bucket - first] = value
      let passed = passed(bucket)
      value = passed * conversion[bucket] + (1 - passed * leaving[bucket]) * value
    }
    guard weight != 0 else { return value }
    var waiting = weight
    for bucket in first...last.bucket {
      let passed = passed(bucket)
      gradient.conversion[bucket] += waiting * passed
      gradient.leaving[bucket] -= waiting * passed * valueAfter[bucket - first]
      waiting *= 1 - passed * leaving[bucket]
    }
    return value
  }

  /// The last bucket that counts by a day and how much of it does; below all buckets where none.
  func last(byDay day: Double) -> (bucket: Int, share: Double) {
    guard let current = buckets.edges.lastIndex(where: { Double($0) <= day }) else {
      return (-1, 0)
    }
    let start = Double(buckets.edges[current])
    guard lastBucket == .part, let end = buckets.end(of: current), day > start else {
      return (current - 1, 1)
    }
    return (current, (day - start) / (Double(end) - start))
  }
}
