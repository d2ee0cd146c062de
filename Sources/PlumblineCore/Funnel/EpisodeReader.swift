/// Says of an episode whether a question wants it, and in which cell.
///
/// Holds addresses only, so that reading a row costs no bookkeeping; good within
/// `CellPass.withReader(_:)`.
struct EpisodeReader {
  /// Where a dimension's values stand.
  struct Column {
    enum Kind { case text, attempt, period }
    let kind: Kind
    /// The leads' codes, of a text.
    let codes: UnsafePointer<UInt32>
    let numbers: UnsafePointer<Int32>
    let numberCount: Int
    /// The first of the numbered days, of a period.
    let firstDay: Int
    let dimension: Unmanaged<CodedDimension>

    init(
      _ dimension: CodedDimension,
      _ numbers: UnsafePointer<Int32>,
      _ codes: UnsafePointer<UInt32>
    ) {
      self.codes = codes
      self.numbers = numbers
      self.dimension = Unmanaged.passUnretained(dimension)
      numberCount = dimension.numbers.count
      switch dimension.source {
      case .text: (kind, firstDay) = (.text, 0)
      case .attempt: (kind, firstDay) = (.attempt, 0)
      case .period(let first): (kind, firstDay) = (.period, first)
      }
    }

    @inline(never)
    fileprivate func slowNumber(ofDay day: Int) -> Int {
      dimension._withUnsafeGuaranteedRef { $0.number(ofDay: day) }
    }
  }

  /// The question's dimensions, then those of its filters.
  let columns: UnsafeBufferPointer<Column>
  /// For each filter, the values that it lets through.
  let passing: UnsafeBufferPointer<UnsafeBufferPointer<Bool>>
  /// How many dimensions the question has.
  let dimensionCount: Int
  let days: LocalDays.View
  /// The days that the question asks for, if it does.
  let hasDays: Bool
  let firstDay: Int
  let lastDay: Int

  /// Whether the question wants an episode.
  @inline(__always)
  func isWanted(_ lead: Int, _ attempt: Int, _ entry: TimePoint) -> Bool {
    if hasDays {
      guard entry.isDated else { return false }
      let day = days.day(of: entry)
      guard day >= firstDay, day <= lastDay else { return false }
    }
    for position in 0..<passing.count {
      let number = number(columns[dimensionCount &+ position], lead, attempt, entry)
      let passes = passing[position]
      guard number >= 0, number < passes.count, passes[number] else { return false }
    }
    return true
  }

  /// The values of an episode, one a dimension of the question.
  @inline(__always)
  func values(
    _ lead: Int,
    _ attempt: Int,
    _ entry: TimePoint,
    into values: UnsafeMutablePointer<Int>
  ) {
    for position in 0..<dimensionCount {
      values[position] = number(columns[position], lead, attempt, entry)
    }
  }

  @inline(__always)
  private func number(_ column: Column, _ lead: Int, _ attempt: Int, _ entry: TimePoint) -> Int {
    switch column.kind {
    case .text: return Int(column.numbers[Int(column.codes[lead])])
    case .attempt: return attempt > 1 ? 1 : 0
    case .period:
      guard entry.isDated else { return 0 }
      let day = days.day(of: entry)
      let offset = day &- column.firstDay
      if offset >= 0, offset < column.numberCount { return Int(column.numbers[offset]) }
      return column.slowNumber(ofDay: day)
    }
  }
}
