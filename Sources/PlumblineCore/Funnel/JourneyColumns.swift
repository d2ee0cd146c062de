/// The columns of journeys.
struct JourneyColumns {
  var leads: [Int32]
  var attempts: [UInt16]
  var reached: [[TimePoint]]
  var exits: [TimePoint]
  var detours: [UInt16]
  /// Where each lead's rows begin; one more than there are leads.
  var rowStarts: [Int32]
}

extension JourneyColumns {
  /// The episodes in a history under a rule.
  ///
  /// The rows of each range of leads are counted first, so that every range can be read straight
  /// into its own rows.
  init(_ history: CompanyHistory, _ rule: JourneyRule, pieces: Int?) {
    self = EventColumns.with(history) { events in
      let ranges = ParallelRanges.divide(events.leadCount, into: pieces)
      return JourneyColumns(events, rule, ranges.map { ($0, nil) })
    }
  }

  /// The episodes of some leads under a rule; the others have no rows.
  ///
  /// - Parameters:
  ///   - events: The events of all leads.
  ///   - rule: The rule.
  ///   - parts: All leads in ranges, in order, and those of each that are wanted, ascending; all
  ///     of a range when nil.
  init(_ events: EventColumns, _ rule: JourneyRule, _ parts: [(range: Range<Int>, leads: [Int32]?)])
  {
    let ranges = parts.map(\.range)
    let counts = ParallelRanges.map(ranges) { piece, range in
      let walker = EpisodeWalker(events, rule)
      if let leads = parts[piece].leads {
        return leads.reduce(0) { $0 + walker.episodeCount(of: Int($1)) }
      }
      return range.reduce(0) { $0 + walker.episodeCount(of: $1) }
    }
    let firstRows = counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
    let rowCount = firstRows[counts.count]
    var (numbers, marks): ([[Int32]], [[UInt16]]) = ([], [])
    // The stages', then the exits'.
    var times = Self.columns(Array(repeating: rowCount, count: events.stageCount + 1)) { times in
      numbers = Self.columns([rowCount, events.leadCount + 1]) { numbers in
        marks = Self.columns([rowCount, rowCount]) { marks in
          numbers[1][events.leadCount] = Int32(rowCount)
          let target = RowTarget(times: times, numbers: numbers, marks: marks)
          _ = ParallelRanges.map(ranges) { piece, range in
            let walker = EpisodeWalker(events, rule)
            var writer = RowWriter(target, firstRow: firstRows[piece])
            if let leads = parts[piece].leads {
              var next = range.lowerBound
              for lead in leads {
                while next <= lead {
                  writer.begin(next)
                  next += 1
                }
                walker.walk(Int(lead), into: &writer)
              }
              for lead in next..<range.upperBound { writer.begin(lead) }
            } else {
              for lead in range {
                writer.begin(lead)
                walker.walk(lead, into: &writer)
              }
            }
            precondition(writer.row == firstRows[piece + 1], "as many episodes as were counted")
          }
        }
      }
    }
    exits = times.removeLast()
    reached = times
    leads = numbers[0]
    rowStarts = numbers[1]
    attempts = marks[0]
    detours = marks[1]
  }

  /// Columns of so many rows, filled together by `fill`, which must give every row a value.
  private static func columns<Value>(
    _ counts: [Int],
    _ fill: ([UnsafeMutablePointer<Value>]) -> Void
  ) -> [[Value]] {
    var known: [UnsafeMutablePointer<Value>] = []
    func rest(_ counts: ArraySlice<Int>) -> [[Value]] {
      guard let count = counts.first else {
        fill(known)
        return []
      }
      var others: [[Value]] = []
      // One place at least, so that there is an address even without rows.
      let first = Array<Value>(unsafeUninitializedCapacity: max(1, count)) { buffer, initialized in
        guard let base = buffer.baseAddress else { return }
        known.append(base)
        others = rest(counts.dropFirst())
        initialized = count
      }
      return [first] + others
    }
    return rest(counts[...])
  }
}

/// Where rows are written.
///
/// Unchecked because each row, and each lead's start, is written by the one thread that its lead
/// is given to, and read only after all threads have ended.
private struct RowTarget: @unchecked Sendable {
  let times: [UnsafeMutablePointer<TimePoint>]
  let numbers: [UnsafeMutablePointer<Int32>]
  let marks: [UnsafeMutablePointer<UInt16>]
}

/// Writes the episodes of a range of leads into their rows.
private struct RowWriter: EpisodeSink {
  private let times: [UnsafeMutablePointer<TimePoint>]
  private let leads: UnsafeMutablePointer<Int32>
  private let rowStarts: UnsafeMutablePointer<Int32>
  private let attempts: UnsafeMutablePointer<UInt16>
  private let detours: UnsafeMutablePointer<UInt16>
  private(set) var row: Int

  init(_ target: RowTarget, firstRow: Int) {
    times = target.times
    (leads, rowStarts) = (target.numbers[0], target.numbers[1])
    (attempts, detours) = (target.marks[0], target.marks[1])
    row = firstRow
  }

  func begin(_ lead: Int) { rowStarts[lead] = Int32(row) }

  @inline(__always)
  mutating func take(_ lead: Int, _ attempt: Int, _ episode: Episode) {
    leads[row] = Int32(lead)
    attempts[row] = UInt16(min(attempt, Int(UInt16.max)))
    detours[row] = UInt16(clamping: episode.detour)
    times.withUnsafeBufferPointer { times in
      for stage in 0..<times.count - 1 {
        times[stage].advanced(by: row).initialize(to: episode.reached[stage])
      }
      times[times.count - 1].advanced(by: row).initialize(to: episode.exit)
    }
    row += 1
  }
}
