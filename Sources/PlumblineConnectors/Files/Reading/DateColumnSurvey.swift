/// Looks at all dates of a column before any is read, and decides which number is the day.
///
/// The order is decided for the whole column, never for a cell: 3/4/2026 is read like its
/// neighbour 3/27/2026. If no cell decides, the user is asked.
public struct DateColumnSurvey: Sendable {
  /// What the survey comes to.
  public enum Decision: Sendable, Hashable {
    /// The column has no dates at all, only missing cells.
    case noValues
    /// The format is clear; cells that do not fit it are refused one by one.
    case decided(DateColumnFormat)
    /// No cell has a number above 12 where it would decide; the user must say which is the day.
    case ambiguous([CellExample])
    /// Some cells can only be day first and others only month first.
    case contradictory(dayFirst: [CellExample], monthFirst: [CellExample])
    /// No cell is a date.
    case unreadable([CellExample])
  }

  /// How many cells held a date.
  public private(set) var valueCount = 0
  /// How many cells were missing.
  public private(set) var missingCount = 0
  /// How many dates came without a time of day.
  public private(set) var dateOnlyCount = 0
  /// How many times came with an offset from UTC.
  public private(set) var zonedCount = 0
  /// Cells that are neither dates nor missing, days that do not exist such as 31/02 among them.
  public private(set) var unreadable = ListedRows<CellExample>()

  private let epoch: EpochUnit?
  private var dayFirstOnly = ListedRows<CellExample>()
  private var monthFirstOnly = ListedRows<CellExample>()
  /// Cells that are different days in the two orders.
  private var open = ListedRows<CellExample>()
  /// How many dates are written with two numbers before the year.
  private(set) var eitherCount = 0
  private var pointCount = 0

  /// A survey of a column.
  ///
  /// - Parameter epoch: The unit of bare numbers, only when the user says that the column holds
  ///   some.
  public init(epoch: EpochUnit? = nil) { self.epoch = epoch }

  /// Looks at one cell.
  ///
  /// - Parameters:
  ///   - cell: The cell's UTF-8 bytes; blanks at its ends do not matter.
  ///   - line: The line of the cell's row.
  public mutating func observe(_ cell: UnsafeRawBufferPointer, line: Int) {
    let cell = TextBytes.trimmed(cell)
    if MissingMark.matches(cell) {
      missingCount += 1
      return
    }
    if let epoch {
      if EpochCell.time(cell, epoch) == nil {
        unreadable.append(cell, line: line)
      } else {
        valueCount += 1
      }
      return
    }
    guard let parts = DateCell(cell) else {
      unreadable.append(cell, line: line)
      return
    }
    valueCount += 1
    if parts.secondOfDay == nil { dateOnlyCount += 1 }
    if parts.zoneOffset != nil { zonedCount += 1 }
    guard case .either(let dayFirst, let monthFirst, let hasPoints) = parts.day else { return }
    eitherCount += 1
    if hasPoints { pointCount += 1 }
    if monthFirst == nil {
      dayFirstOnly.append(cell, line: line)
    } else if dayFirst == nil {
      monthFirstOnly.append(cell, line: line)
    } else if dayFirst != monthFirst {
      open.append(cell, line: line)
    }
  }

  /// What the column's format is.
  ///
  /// - Parameter named: The order the user named, which settles every doubt.
  /// - Returns: The decision.
  public func decision(named: DayMonthOrder? = nil) -> Decision {
    if valueCount == 0 {
      return unreadable.count == 0 ? .noValues : .unreadable(unreadable.listed)
    }
    if let epoch { return .decided(DateColumnFormat(epoch: epoch)) }
    if let named { return .decided(DateColumnFormat(order: named)) }
    if eitherCount == 0 { return .decided(DateColumnFormat()) }
    switch (dayFirstOnly.count > 0, monthFirstOnly.count > 0) {
    case (true, true):
      return .contradictory(dayFirst: dayFirstOnly.listed, monthFirst: monthFirstOnly.listed)
    case (true, false): return .decided(DateColumnFormat(order: .dayFirst))
    case (false, true): return .decided(DateColumnFormat(order: .monthFirst))
    case (false, false): break
    }
    // With points the day comes first wherever such dates are written.
    if pointCount == eitherCount { return .decided(DateColumnFormat(order: .dayFirst)) }
    // Cells such as 3/3/2026 are the same day in both orders.
    if open.count == 0 { return .decided(DateColumnFormat(order: .monthFirst)) }
    return .ambiguous(open.listed)
  }
}
