/// Looks at all numbers of a column before any is read, and decides what their signs mean.
///
/// The decimal sign is decided for the whole column, never for a cell. `1.234` alone, or with
/// others of its kind only, can be a thousand or a little more than one: then the user is asked.
public struct NumberColumnSurvey: Sendable {
  /// What the column is known to hold.
  public enum Kind: Sendable, Hashable {
    /// Counts, such as impressions: `25,881` cannot be a fraction, so it decides.
    case whole
    /// Amounts, rates or anything else with decimals.
    case fractional
    /// Shares, 0 to 1 or to 100: none is large enough for a sign that groups.
    case share
  }

  /// What the survey comes to.
  public enum Decision: Sendable, Hashable {
    /// The column has no numbers at all, only missing cells.
    case noValues
    /// The format is clear; cells that do not fit it are refused one by one.
    case decided(NumberColumnFormat)
    /// Every sign in the column can be read both ways; the user must say which.
    case ambiguous([CellExample])
    /// Some cells fit only a decimal point and others only a decimal comma.
    case contradictory(point: [CellExample], comma: [CellExample])
    /// No cell is a number.
    case unreadable([CellExample])
  }

  /// How many cells held a number.
  public private(set) var valueCount = 0
  /// How many cells were missing.
  public private(set) var missingCount = 0
  /// How many numbers had a percent sign.
  public private(set) var percentCount = 0
  /// Cells that are neither numbers nor missing.
  public private(set) var unreadable = ListedRows<CellExample>()
  /// How many numbers stood beside each currency sign or code, such as `$` or `EUR`.
  ///
  /// A sign is kept as it stands: `$` belongs to many currencies.
  public private(set) var currencies: [String: Int] = [:]

  private let kind: Kind
  private var pointOnly = ListedRows<CellExample>()
  private var commaOnly = ListedRows<CellExample>()
  /// Cells that fit both signs, by the sign that is in them.
  private var eitherWithPoint = ListedRows<CellExample>()
  private var eitherWithComma = ListedRows<CellExample>()
  private var lastCurrency: (bytes: [UInt8], name: String) = ([], "")

  /// A survey of a column.
  public init(_ kind: Kind) { self.kind = kind }

  /// Looks at one cell.
  ///
  /// - Parameters:
  ///   - cell: The cell's UTF-8 bytes; blanks at its ends do not matter.
  ///   - line: The line of the cell's row.
  public mutating func observe(_ cell: UnsafeRawBufferPointer, line: Int) {
    let cell = TextBytes.trimmed(cell)
    if !cell.isEmpty, cell.count < 19, cell.allSatisfy(Ascii.isDigit) {
      valueCount += 1
      return
    }
    if MissingMark.matches(cell) {
      missingCount += 1
      return
    }
    guard let number = NumberCell(cell) else {
      unreadable.append(cell, line: line)
      return
    }
    valueCount += 1
    if number.isPercent { percentCount += 1 }
    if !number.currency.isEmpty { count(number.currency) }
    switch (number.fitsPoint, number.fitsComma) {
    case (true, false): pointOnly.append(cell, line: line)
    case (false, _): commaOnly.append(cell, line: line)
    case (true, true):
      if number.digits.contains(Ascii.point) {
        eitherWithPoint.append(cell, line: line)
      } else if number.digits.contains(Ascii.comma) {
        eitherWithComma.append(cell, line: line)
      }
    }
  }

  /// Which decimal sign cells prove that fit no other; nil when none does or both are proven.
  var provenSign: DecimalSign? {
    switch (pointOnly.count > 0, commaOnly.count > 0) {
    case (true, false): .point
    case (false, true): .comma
    default: nil
    }
  }

  /// Whether some cell holds a sign that can group or begin decimals.
  var hasOpenSigns: Bool { eitherWithPoint.count + eitherWithComma.count > 0 }

  /// What the column's format is.
  ///
  /// - Parameter named: The decimal sign the user named, which settles every doubt.
  /// - Returns: The decision.
  public func decision(named: DecimalSign? = nil) -> Decision {
    if valueCount == 0 {
      return unreadable.count == 0 ? .noValues : .unreadable(unreadable.listed)
    }
    if let named { return .decided(NumberColumnFormat(decimalSign: named)) }
    // In a column of counts, a sign before three digits groups; in one of shares none does.
    let (point, comma) =
      switch kind {
      case .whole: (eitherWithComma, eitherWithPoint)
      case .share: (eitherWithPoint, eitherWithComma)
      case .fractional: (ListedRows<CellExample>(), ListedRows<CellExample>())
      }
    switch (pointOnly.count > 0, commaOnly.count > 0) {
    case (true, true):
      return .contradictory(point: pointOnly.listed, comma: commaOnly.listed)
    case (true, false): return .decided(NumberColumnFormat(decimalSign: .point))
    case (false, true): return .decided(NumberColumnFormat(decimalSign: .comma))
    case (false, false): break
    }
    if kind == .fractional, eitherWithPoint.count + eitherWithComma.count > 0 {
      return .ambiguous(eitherWithPoint.listed + eitherWithComma.listed)
    }
    if point.count > 0 && comma.count > 0 {
      return .contradictory(point: point.listed, comma: comma.listed)
    }
    return .decided(NumberColumnFormat(decimalSign: comma.count > 0 ? .comma : .point))
  }

  private mutating func count(_ currency: UnsafeRawBufferPointer) {
    if !currency.elementsEqual(lastCurrency.bytes) {
      lastCurrency = (Array(currency), TextBytes.string(currency))
    }
    currencies[lastCurrency.name, default: 0] += 1
  }
}
