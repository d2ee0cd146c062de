import PlumblineCore

/// The columns of some parts of a kept file, each read as one.
struct KeptColumns: Sendable {
  let file: KeptFile
  /// Which parts.
  let parts: Range<Int>

  /// Where the rows of each part stand among all that are read, by the count of rows of a section.
  ///
  /// - Throws: `KeptProblem.damagedSection` when a part has no such section.
  func places(of name: String) throws -> [Range<Int>] {
    var end = 0
    return try parts.map { part in
      let start = end
      end += try file.rowCount(of: name, part: part)
      return start..<end
    }
  }

  /// A column.
  ///
  /// - Parameters:
  ///   - name: The sections that it stands in.
  ///   - rows: Where the rows of each part's section stand among all.
  ///   - places: Where the values of each part go; those of `rows` when nil.
  ///   - fill: Reads a part's values into room for just them; is told which of the parts it is.
  /// - Returns: The values, with room for a few more behind them.
  /// - Throws: `KeptProblem.damagedSection`.
  func column<Value: Sendable>(
    _ name: String,
    _ rows: [Range<Int>],
    into places: [Range<Int>]? = nil,
    _ fill:
      @escaping @Sendable (inout ColumnReader, Int, UnsafeMutableBufferPointer<Value>)
      throws -> Void
  ) throws -> [Value] {
    let (file, places) = (file, places ?? rows)
    let total = places.last?.upperBound ?? 0
    guard total <= PackedColumns.mostValues else { throw KeptProblem.damagedSection(name) }
    var failure: (any Error)?
    let values = [Value](unsafeUninitializedCapacity: total + total / 64) { buffer, count in
      let room = SharedRoom(buffer)
      do {
        try concurrently(
          parts.enumerated().map { position, part in
            {
              try file.read(name, part: part) { reader, count in
                guard count == rows[position].count else { throw Malformed() }
                let room = UnsafeMutableBufferPointer(rebasing: room.buffer[places[position]])
                try fill(&reader, position, room)
              }
            }
          }
        )
        count = total
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return values
  }

  /// A column of numbers.
  func numbers<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ name: String,
    _ rows: [Range<Int>]
  ) throws -> [Value] {
    try column(name, rows) { reader, _, room in try reader.fill(room) }
  }

  /// A column of times.
  ///
  /// - Parameters:
  ///   - name: The sections that it stands in.
  ///   - rows: Where the rows of each part's section stand among all.
  ///   - bases: The packed word of the time from which each row's distance counts, see
  ///     `TimePoint.base`; 0 for all when nil.
  /// - Returns: The times.
  /// - Throws: `KeptProblem.damagedSection`.
  func times(
    _ name: String,
    _ rows: [Range<Int>],
    from bases: [Int64]? = nil
  ) throws -> [TimePoint] {
    try column(name, rows) { reader, part, room in
      guard let bases else { return try reader.fill(room, from: { _ in 0 }) }
      try bases[rows[part]].withUnsafeBufferPointer { bases in
        try reader.fill(room, from: { bases[$0] })
      }
    }
  }

  /// The things of some leads, part after part.
  ///
  /// - Parameters:
  ///   - name: The sections that they stand in.
  ///   - leads: Where the leads of each part stand among all.
  ///   - read: Reads a part's things; is told their count and the part's leads.
  /// - Returns: The things of all leads.
  /// - Throws: `KeptProblem.damagedSection`.
  func lists<Value: Sendable>(
    _ name: String,
    _ leads: [Range<Int>],
    _ read: @escaping @Sendable (inout ColumnReader, Int, Range<Int>) throws -> [Value]
  ) throws -> [Value] {
    let file = file
    let slots = parts.map { _ in Slot<[Value]>([]) }
    try concurrently(
      zip(zip(parts, leads), slots).map { part, slot in
        let (part, leads) = part
        return { slot.value = try file.read(name, part: part) { try read(&$0, $1, leads) } }
      }
    )
    return slots.count == 1 ? slots[0].value : slots.flatMap(\.value)
  }
}

/// Memory that several threads fill, each its own part.
private struct SharedRoom<Value>: @unchecked Sendable {
  let buffer: UnsafeMutableBufferPointer<Value>

  init(_ buffer: UnsafeMutableBufferPointer<Value>) { self.buffer = buffer }
}
