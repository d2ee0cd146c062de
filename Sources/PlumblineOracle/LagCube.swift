import PlumblineCore
import PlumblineStatistics

/// Every entry into a stage, counted by who, when and how the wait for a later stage ended.
///
/// The one heavy pass made small: cubes of disjoint leads add up row by row, and every curve of
/// conversion can be made from the rows. Entries without a date, or that ended on an unknown day,
/// have no place in it.
struct LagCube: Sendable {
  /// What the entries of a row have in common.
  struct Key: Hashable, Sendable {
    /// The lead's channel; empty where nobody said.
    var channel: String
    /// The lead's segment; empty where nobody said.
    var segment: String
    /// 1 for a lead's first episode, 2 for any later one.
    var attempt: Int
    /// The stage entered and the one waited for.
    var pair: StagePair
    /// The week of entry: weeks of seven days from 1970-01-01 on, local to the agreement.
    var cohortWeek: Int
    /// The bucket of the wait.
    var bucket: Int
  }

  /// Entries of one key, by how their wait ended.
  struct Row: Hashable, Sendable {
    /// What they have in common.
    var key: Key
    /// Entries that reached the later stage.
    var converted = 0
    /// Entries that left the path.
    var exited = 0
    /// Entries that still wait.
    var open = 0
  }

  /// How waits are grouped.
  let buckets: LagBuckets
  /// The rows, ordered by their keys.
  let rows: [Row]

  /// The cube of a history.
  ///
  /// - Parameters:
  ///   - history: The history.
  ///   - journeys: Its journeys under the skip rule that counts.
  ///   - pairs: The stages entered and waited for; all on the path.
  ///   - buckets: How waits are grouped.
  /// - Complexity: O(episodes × pairs + rows log rows).
  init(
    _ history: CompanyHistory,
    _ journeys: Journeys,
    pairs: [StagePair],
    buckets: LagBuckets = .standard
  ) {
    var positions: [Code: Int] = [:]
    var codes: [Code] = []
    var counts: [Row.Counts] = []
    for row in 0..<journeys.count {
      let lead = Int(journeys.leads[row])
      for (index, pair) in pairs.enumerated() {
        guard let wait = journeys.wait(for: pair, row: row, in: history),
          let lag = wait.lagInDays
        else { continue }
        let entered = journeys.reached[pair.from][row].instant
        let code = Code(
          channel: history.leads.channels[lead],
          segment: history.leads.segments[lead],
          isFirst: journeys.attempts[row] == 1,
          pair: UInt16(index),
          week: Int32(clamping: Self.week(of: history.agreement.calendar.day(of: entered))),
          bucket: UInt16(buckets.bucket(ofLagInDays: lag))
        )
        let position = positions[code] ?? codes.count
        if position == codes.count {
          positions[code] = position
          codes.append(code)
          counts.append((0, 0, 0))
        }
        switch wait.outcome {
        case .converted: counts[position].converted += 1
        case .exited: counts[position].exited += 1
        case .open: counts[position].open += 1
        }
      }
    }
    self.buckets = buckets
    rows = zip(codes, counts).map { code, counts in
      Row(
        key: code.key(pairs, history.texts),
        converted: counts.converted,
        exited: counts.exited,
        open: counts.open
      )
    }
    .sorted { $0.key < $1.key }
  }

  private static func week(of day: CivilDate) -> Int {
    (day.dayNumber - (day.dayNumber % 7 + 7) % 7) / 7
  }

  /// All entries.
  var entries: Int { rows.reduce(0) { $0 + $1.converted + $1.exited + $1.open } }

  /// The waits of one stretch in the rows that fit, all weeks and segments together.
  ///
  /// - Parameters:
  ///   - pair: The stretch.
  ///   - isIncluded: Which keys count.
  /// - Returns: The counts by wait.
  /// - Complexity: O(rows).
  func waits(for pair: StagePair, where isIncluded: (Key) -> Bool) -> LagCounts {
    var counts = LagCounts(buckets: buckets)
    for row in rows where row.key.pair == pair && isIncluded(row.key) {
      let day = buckets.edges[row.key.bucket]
      counts.add(.converted, lagInDays: day, count: row.converted)
      counts.add(.exited, lagInDays: day, count: row.exited)
      counts.add(.open, lagInDays: day, count: row.open)
    }
    return counts
  }
}

extension LagCube.Row {
  fileprivate typealias Counts = (converted: Int, exited: Int, open: Int)
}

extension LagCube.Key: Comparable {
  /// Orders by channel, segment, attempt, stretch, week and bucket, in that order.
  static func < (left: LagCube.Key, right: LagCube.Key) -> Bool {
    (left.channel, left.segment, left.attempt, left.pair.from, left.pair.to, left.weekAndBucket)
      < (
        right.channel, right.segment, right.attempt, right.pair.from, right.pair.to,
        right.weekAndBucket
      )
  }

  private var weekAndBucket: Int { cohortWeek * 65_536 + bucket }
}

/// A key while counting: numbers only, texts looked up once a row.
private struct Code: Hashable {
  var channel: UInt32
  var segment: UInt32
  var isFirst: Bool
  var pair: UInt16
  var week: Int32
  var bucket: UInt16

  func key(_ pairs: [StagePair], _ texts: TextDictionaries) -> LagCube.Key {
    LagCube.Key(
      channel: texts[.channel][channel],
      segment: texts[.segment][segment],
      attempt: isFirst ? 1 : 2,
      pair: pairs[Int(pair)],
      cohortWeek: Int(week),
      bucket: Int(bucket)
    )
  }
}
