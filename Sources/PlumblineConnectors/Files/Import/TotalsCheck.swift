import PlumblineCore
import PlumblineYAML

/// Compares the rows of totals that a report ends with against the sum of its data.
struct TotalsCheck {
  private let plan: TablePlan

  init(_ plan: TablePlan) { self.plan = plan }

  /// A note when a totals row says the sum of the amounts read, a warning when none does.
  ///
  /// Reports round each row and each total on its own, so the two may be apart by what rounding
  /// explains.
  ///
  /// - Parameters:
  ///   - summary: What the pass over the table met.
  ///   - table: The facts of spend that it gave.
  ///   - currencies: The names of currencies.
  /// - Returns: One finding where the table has rows of totals.
  func findings(
    _ summary: TableSummary,
    _ table: FactTable,
    _ currencies: TextDictionary
  ) -> [Diagnostic] {
    guard summary.totals.count > 0 else { return [] }
    let leftOut =
      summary.totals.count == 1
      ? "1 row of totals was left out" : "\(summary.totals.count) rows of totals were left out"
    let location = Diagnostic.Location(
      file: plan.reader.file.path,
      line: summary.totals.listed.first?.row.line
    )
    guard let (column, format) = amountColumn() else {
      return [note("\(leftOut).", location)]
    }
    let amounts = table["amount"]
    let rows = amounts.indices.filter { amounts[$0] != FactColumn.noNumber }
    let codes = Set(rows.map { table["currency"][$0] })
    guard codes.count < 2 else {
      return [
        note(
          "\(leftOut); the rows are in several "
            + "currencies, so no sum was checked.",
          location
        )
      ]
    }
    let currency = codes.first.map { currencies[UInt32($0)] } ?? ""
    let decimals = Currency.decimals(of: currency.uppercased())
    let sum = rows.reduce(Int64(0)) { $0 &+ amounts[$1] }
    let stated = summary.totals.listed.compactMap { total -> Int64? in
      guard total.row.cells.indices.contains(column) else { return nil }
      var cell = total.row.cells[column]
      let reading = cell.withUTF8 {
        format.minorUnits(UnsafeRawBufferPointer($0), exponent: decimals)
      }
      if case .value(let value) = reading { return value } else { return nil }
    }
    if stated.isEmpty {
      return [
        note(
          "\(leftOut); none states the amount.",
          location
        )
      ]
    }
    let slack = Self.roundingSlack(rowCount: summary.dataRowCount)
    if stated.contains(where: { abs($0 - sum) <= slack }) {
      return [
        note(
          "\(leftOut); the stated total equals the sum "
            + "of the rows\(stated.contains(sum) ? "" : " but for rounding").",
          location
        )
      ]
    }
    // Totals of parts stand beside the total of all: the largest is the nearest to meaning it.
    let largest = stated.max { $0.magnitude < $1.magnitude } ?? 0
    return [
      Diagnostic(
        .warning,
        code: "file.totals-differ",
        "the rows add up to \(text(sum, decimals)), but the largest total is "
          + "\(text(largest, decimals)).",
        at: location,
        remedy: "Look for rows that the export left out or that were refused."
      )
    ]
  }

  /// By how many minor units a sum of rounded amounts may be apart from the rounded sum.
  ///
  /// Half a unit a row at most; with many rows, four standard deviations of that many errors
  /// between -1/2 and 1/2 (each has the variance 1/12).
  static func roundingSlack(rowCount: Int) -> Int64 {
    let count = Double(rowCount + 1)
    return Int64(min(count / 2, 1 + 4 * (count / 12).squareRoot()))
  }

  private func note(_ message: String, _ location: Diagnostic.Location) -> Diagnostic {
    Diagnostic(.note, code: "file.totals-rows", message, at: location)
  }

  private func amountColumn() -> (Int, NumberColumnFormat)? {
    for record in plan.records where record.mapping.kind == .spend {
      for field in record.fields {
        if case .amount(let format) = field.parse, let column = field.columns.first,
          field.mapping.scale == nil
        {
          return (column, format)
        }
      }
    }
    return nil
  }

  private func text(_ minorUnits: Int64, _ decimals: Int) -> String {
    ExactDecimal(significand: minorUnits, decimals: decimals).description
  }
}
