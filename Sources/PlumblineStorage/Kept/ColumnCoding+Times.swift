import PlumblineCore

extension ColumnWriter {
  /// Appends times as distances from other times that the reader knows by then.
  ///
  /// - Parameters:
  ///   - times: The times.
  ///   - base: The packed word of the time from which a row's distance counts; asked for in order,
  ///     and only for times that are dated.
  mutating func put(times: [TimePoint], from base: (Int) -> Int64) {
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
  /// The next column, with room for a few more values behind it.
  mutating func roomyNumbers<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ count: Int
  ) throws(Malformed) -> [Value] {
    guard (0...PackedColumns.mostValues).contains(count) else { throw Malformed() }
    if count == 0 { return [] }
    var isWhole = true
    let capacity = count + count / 64
    let values = [Value](unsafeUninitializedCapacity: capacity) { buffer, initializedCount in
      guard let start = buffer.baseAddress else { return }
      do throws(Malformed) {
        try numbers(count, into: start)
        initializedCount = count
      } catch {
        isWhole = false
      }
    }
    guard isWhole else { throw Malformed() }
    return values
  }

  /// Whether the next times are stored as distances, and not as they are.
  var areDistancesNext: Bool {
    var copy = self
    return (try? copy.byte()) == 1
  }

  /// The next times, stored by `ColumnWriter.put(times:from:)`.
  mutating func times(
    _ count: Int,
    from base: (Int) -> Int64
  ) throws(Malformed) -> [TimePoint] {
    let mode = try byte()
    guard mode <= 1, (0...PackedColumns.mostValues).contains(count) else { throw Malformed() }
    if count == 0 { return [] }
    var isWhole = true
    let times = [TimePoint](unsafeUninitializedCapacity: count + count / 64) {
      buffer,
      initializedCount in
      guard let start = buffer.baseAddress else { return }
      let words = UnsafeMutableRawPointer(start).bindMemory(to: Int64.self, capacity: count)
      do throws(Malformed) {
        try numbers(count, into: words)
      } catch {
        isWhole = false
      }
      guard isWhole else { return }
      if mode == 1 {
        for row in 0..<count {
          let word = words[row]
          // `.max` and `.min` are no distances, but no times at all.
          let mask: Int64 = word &+ 1 > .min + 1 ? -1 : 0
          words[row] = word &+ (base(row) & mask)
        }
      }
      _ = UnsafeMutableRawPointer(words).bindMemory(to: TimePoint.self, capacity: count)
      initializedCount = count
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
