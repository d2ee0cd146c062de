import PlumblineCore
import PlumblineYAML

/// Entry points that take any bytes at all; for programs that try to make the readers crash.
public enum FuzzTarget {
  /// Reads bytes as a file with everything the reader can do, and checks what must always hold.
  ///
  /// - Parameter bytes: Anything.
  /// - Returns: How many data rows were found; 0 when the bytes were refused as a file.
  public static func readTable(bytes: [UInt8]) -> Int {
    // A small bound, so that a packed bomb is refused quickly.
    let fileOptions = FileBytes.Options(maximumInflatedByteCount: 1 << 22)
    guard let file = try? FileBytes(bytes: bytes, path: "fuzz", options: fileOptions) else {
      return 0
    }
    _ = file.sha256()
    _ = try? TableReader(
      file,
      options: TableOptions(requiredColumns: [["Day", "Date"], ["Cost"]])
    )
    let options = TableOptions(keyColumns: ["Campaign"])
    guard let table = try? TableReader(file, options: options) else { return 0 }
    return readTwice(table)
  }

  private static func readTwice(_ table: TableReader) -> Int {
    var dates = Array(repeating: DateColumnSurvey(), count: table.header.count)
    var amounts = Array(repeating: NumberColumnSurvey(.fractional), count: table.header.count)
    var counts = Array(repeating: NumberColumnSurvey(.whole), count: table.header.count)
    var epochs = Array(repeating: DateColumnSurvey(epoch: .milliseconds), count: table.header.count)
    var lastLine = table.headerLine
    let summary = table.forEachRow { row in
      precondition(row.line > lastLine, "lines must rise")
      lastLine = row.line
      for column in table.header.indices {
        dates[column].observe(row.rawBytes(column), line: row.line)
        amounts[column].observe(row.rawBytes(column), line: row.line)
        counts[column].observe(row.rawBytes(column), line: row.line)
        epochs[column].observe(row.rawBytes(column), line: row.line)
      }
    }
    precondition(Set(table.header).count == table.header.count, "names must be unique")
    _ = summary.diagnostics(file: "fuzz")
    var readers = dates.map { DateColumnParser(format($0), calendar: .utc) }
    let formats = zip(amounts, counts).map { (format($0), format($1)) }
    let again = table.forEachRow { row in
      for column in table.header.indices {
        let cell = row.bytes(column)
        _ = readers[column].parse(cell)
        _ = formats[column].0.minorUnits(cell, exponent: 2)
        _ = formats[column].1.wholeNumber(cell)
        _ = row.string(column)
      }
    }
    precondition(summary == again, "two passes must meet the same")
    return summary.dataRowCount
  }

  private static func format(_ survey: DateColumnSurvey) -> DateColumnFormat {
    if case .decided(let format) = survey.decision() { return format }
    return DateColumnFormat(order: .dayFirst)
  }

  private static func format(_ survey: NumberColumnSurvey) -> NumberColumnFormat {
    if case .decided(let format) = survey.decision() { return format }
    return NumberColumnFormat(decimalSign: .comma)
  }
}

extension FuzzTarget {
  /// Reads damaged versions of small files of every sort.
  ///
  /// - Parameters:
  ///   - iterations: How many damaged files to read.
  ///   - seed: The same seed reads the same files.
  ///   - progress: Called now and then with how many were read.
  /// - Returns: How many data rows were found in all; a fault of ours ends the process.
  public static func fuzz(
    iterations: Int,
    seed: UInt64,
    progress: (Int) -> Void = { _ in }
  ) -> Int {
    var mutator = TextMutator(
      seed: seed,
      words: ["\"", "\"\"", ",", ";", "\t", "Total:", "\u{FEFF}", "1.234,56", "31/12/2026"]
    )
    let originals = seeds.map { Array($0.utf8) } + [utf16Seed]
    var rows = 0
    for iteration in 0..<iterations {
      rows += readTable(bytes: mutator.mutate(originals[iteration % originals.count]))
      if iteration % 1000 == 0 { progress(iteration) }
    }
    return rows
  }

  private static let seeds = [
    "Campaign report\n\"July 8, 2025 - July 31, 2025\"\nDay,Campaign,Cost\n2025-07-08,A, --\n"
      + "2025-07-09,B,\"1,234.56\"\nTotal: Account,,\"1,234.56\"\n",
    "\u{FEFF}Datum;Betrag\r\n31.12.2026;1.234,56\r\n\"mehr\nzeilig\";\"a\"\"b\"\r\n",
    "id,name\n1,a\n\"2,b\"\n3\n4,d,e\nid,name\n",
    "a\tb\r1\t2\r", "x\n", "",
  ]

  private static let utf16Seed: [UInt8] =
    [0xFF, 0xFE]
    + "Campaign\tCost\r\nA\t1.50\r\n".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
}
