import PlumblineCore

/// Looks at all shares of a column before any is read, and decides whether they go up to 1 or to
/// 100.
///
/// The scale is decided for the whole column, never for a cell: where 50 stands, 1 is one percent.
struct ShareColumnSurvey: Sendable {
  /// What the survey comes to.
  struct Decision: Hashable, Sendable {
    /// How the column is read.
    var scale: ShareScale
    /// Why it may be meant otherwise; nil where nothing speaks for it.
    var doubt: Doubt?
  }

  /// What speaks against a decision.
  enum Doubt: Hashable, Sendable {
    /// Nothing but 0 and 1, which stand on both scales; read as 0 to 1.
    case onlyZeroAndOne(CellExample)
    /// Nothing but 0 and 1, read as percent because the column's name says so.
    case onlyZeroAndOnePercent(CellExample)
    /// The name says percent, and no number is above 1; read as 0 to 1.
    case nothingAboveOne(CellExample)
    /// Percent, as `percent` shows; so many numbers without the sign are below one of them.
    case mixed(percent: CellExample, count: Int, fraction: CellExample)
  }

  /// Cells of one sort: how many, and the first.
  private struct Sighting: Sendable {
    var count = 0
    var first: CellExample?

    mutating func add(_ cell: UnsafeRawBufferPointer, _ line: Int) {
      if count == 0 { first = CellExample(cell, line: line) }
      count += 1
    }
  }

  /// What the numbers are under one decimal sign.
  private struct Tally: Sendable {
    var aboveOne = Sighting()
    /// Above 0 and below 1.
    var fractions = Sighting()
    var ones = Sighting()

    mutating func add(
      _ number: NumberCell,
      _ sign: DecimalSign,
      _ cell: UnsafeRawBufferPointer,
      _ line: Int
    ) {
      guard number.fits(sign) else { return }
      // What does not fit into 64 bits is above 1, or below 0.
      let millionths =
        number.scaled(sign, exponent: 6)?.value ?? (number.isNegative ? Int64.min : Int64.max)
      switch millionths {
      case 1_000_000: ones.add(cell, line)
      case 1..<1_000_000: fractions.add(cell, line)
      case 1_000_001...: aboveOne.add(cell, line)
      default: break
      }
    }
  }

  private var point = Tally()
  private var comma = Tally()
  private var signed = Sighting()

  /// Looks at one cell.
  ///
  /// - Parameters:
  ///   - cell: The cell's UTF-8 bytes; blanks at its ends do not matter.
  ///   - line: The line of the cell's row.
  mutating func observe(_ cell: UnsafeRawBufferPointer, line: Int) {
    let cell = TextBytes.trimmed(cell)
    guard !MissingMark.matches(cell), let number = NumberCell(cell) else { return }
    // A cell with its own sign is in no doubt.
    if number.isPercent { return signed.add(cell, line) }
    point.add(number, .point, cell, line)
    comma.add(number, .comma, cell, line)
  }

  /// How the column is read.
  ///
  /// - Parameters:
  ///   - sign: The column's decimal sign.
  ///   - isNamedPercent: Whether the column's name has a percent sign; that only settles what the
  ///     numbers leave open.
  /// - Returns: The decision.
  func decision(_ sign: DecimalSign, isNamedPercent: Bool) -> Decision {
    let tally = sign == .point ? point : comma
    let percents = [signed.first, tally.aboveOne.first].compactMap { $0 }
    if let percent = percents.min(by: { $0.line < $1.line }) {
      let doubt = tally.fractions.first.map { fraction in
        Doubt.mixed(percent: percent, count: tally.fractions.count, fraction: fraction)
      }
      return Decision(scale: .percent, doubt: doubt)
    }
    if let fraction = tally.fractions.first {
      return Decision(scale: .fraction, doubt: isNamedPercent ? .nothingAboveOne(fraction) : nil)
    }
    guard let one = tally.ones.first else { return Decision(scale: .fraction, doubt: nil) }
    return isNamedPercent
      ? Decision(scale: .percent, doubt: .onlyZeroAndOnePercent(one))
      : Decision(scale: .fraction, doubt: .onlyZeroAndOne(one))
  }
}

extension ShareColumnSurvey.Doubt {
  /// The doubt in words, which go on from "the numbers of the column".
  var reason: String {
    switch self {
    case .onlyZeroAndOne: "are only 0 and 1; 1 is read as 100 %, not as 1 %"
    case .onlyZeroAndOnePercent:
      "are only 0 and 1; 1 is read as 1 %, as the column's name has a percent sign"
    case .nothingAboveOne(let fraction):
      "are nowhere above 1, so \"\(fraction.text)\" is read as a share of 1 in spite of the percent "
        + "sign in the column's name"
    case .mixed(let percent, let count, let fraction):
      "are read as percent, because of \"\(percent.text)\" in line \(percent.line); "
        + "\(count) of them \(count == 1 ? "is" : "are") below 1 (\"\(fraction.text)\" in line "
        + "\(fraction.line)) and so below one percent"
    }
  }

  /// What to say of a column.
  func diagnostic(column: String, path: String) -> Diagnostic {
    let (severity, code, line): (Diagnostic.Severity, String, Int) =
      switch self {
      case .onlyZeroAndOne(let example), .onlyZeroAndOnePercent(let example),
        .nothingAboveOne(let example):
        (.note, "import.probability-scale", example.line)
      case .mixed(_, _, let fraction): (.warning, "import.mixed-probabilities", fraction.line)
      }
    return Diagnostic(
      severity,
      code: code,
      "the probabilities of column \"\(column)\" \(reason).",
      at: Diagnostic.Location(file: path, line: line),
      remedy: "If it is meant otherwise, say so in the mapping with scale: 0.01 where 100 is "
        + "certain, 1 where 1 is."
    )
  }
}
