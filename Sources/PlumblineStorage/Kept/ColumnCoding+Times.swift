import PlumblineCore

extension ColumnWriter {
  /// Appends times as distances from other times that the reader knows by then.
  ///
  /// - Parameters:
  ///   - times: The times.
  ///   - base: The packed word of the time from which a row's distance counts; asked for by the
  ///     row's index in order, and only for times that are dated.
  mutating func put(times: ArraySlice<TimePoint>, from base: (Int) -> Int64) {
    var distances: [Int64] = []
    distances.reserveCapacity(times.count)
    for row in times.indices {
      let time = times[row]
      guard time.isDated else {
        distances.append(time.rawValue)
        continue
      }
      let (distance, hasOverflown) = time.rawValue.subtractingReportingOverflow(base(row))
      // A distance that looks like no time at all: then the times themselves are stored.
      guard !hasOverflown, distance != .max, distance != .min else {
        put(UInt8(0))
        putNumbers(times.map(\.rawValue))
        return
      }
      distances.append(distance)
    }
    put(UInt8(1))
    putNumbers(distances)
  }
}

extension ColumnReader {
  /// Whether the next times are stored as distances, and not as they are.
  var areDistancesNext: Bool {
    var copy = self
    return (try? copy.byte()) == 1
  }

  /// The next column into memory that has room for just its values.
  mutating func fill<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ room: UnsafeMutableBufferPointer<Value>
  ) throws(Malformed) {
    guard let start = room.baseAddress, !room.isEmpty else { return }
    try numbers(room.count, into: start)
  }

  /// The next times, stored by `ColumnWriter.put(times:from:)`, into memory that has room for just
  /// them.
  mutating func fill(
    _ room: UnsafeMutableBufferPointer<TimePoint>,
    from base: (Int) -> Int64
  ) throws(Malformed) {
    let mode = try byte()
    guard mode <= 1 else { throw Malformed() }
    guard let start = room.baseAddress, !room.isEmpty else { return }
    let words = UnsafeMutableRawPointer(start).bindMemory(to: Int64.self, capacity: room.count)
    defer {
      _ = UnsafeMutableRawPointer(words).bindMemory(to: TimePoint.self, capacity: room.count)
    }
    try numbers(room.count, into: words)
    guard mode == 1 else { return }
    for row in 0..<room.count {
      let word = words[row]
      // `.max` and `.min` are no distances, but no times at all.
      let mask: Int64 = word &+ 1 > .min + 1 ? -1 : 0
      words[row] = word &+ (base(row) & mask)
    }
  }

  /// The next times, stored by `ColumnWriter.put(times:from:)`.
  mutating func times(
    _ count: Int,
    from base: (Int) -> Int64
  ) throws(Malformed) -> [TimePoint] {
    guard (0...PackedColumns.mostValues).contains(count) else { throw Malformed() }
    var isWhole = true
    let times = [TimePoint](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      do throws(Malformed) {
        try fill(UnsafeMutableBufferPointer(rebasing: buffer[..<count]), from: base)
        initializedCount = count
      } catch {
        isWhole = false
      }
    }
    guard isWhole else { throw Malformed() }
    return times
  }
}

extension TimePoint {
  /// The packed word from which distances count; 0 where there is no date.
  @inline(__always)
  var base: Int64 { isDated ? rawValue : 0 }
}
