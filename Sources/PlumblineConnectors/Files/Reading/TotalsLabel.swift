/// Rows that products add below (or above) the data: totals and notices.
enum TotalsLabel {
  /// Whether a row's first filled cell says that the row adds up others.
  ///
  /// The cell must be such a word alone (`Total`, `Итого`), or such a word followed by a colon or
  /// an opening parenthesis (`Total: Account`, `Grand Totals (12 records)`), so that a company
  /// named "Total Energies" stays a company.
  ///
  /// - Parameter cell: The first filled cell, trimmed.
  /// - Returns: Whether it is a totals label in one of the languages known here.
  static func matches(_ cell: UnsafeRawBufferPointer) -> Bool {
    guard let first = cell.first else { return false }
    for label in labels[Int(first)] where starts(cell, with: label) {
      var rest = label.count
      while rest < cell.count {
        let width = TextBytes.blankWidth(cell, at: rest, before: cell.count)
        if width == 0 { break }
        rest += width
      }
      if rest == cell.count { return true }
      if cell[rest] == Ascii.colon || cell[rest] == Ascii.openParenthesis { return true }
      // The full-width colon, U+FF1A.
      if rest + 2 < cell.count, cell[rest] == 0xEF, cell[rest + 1] == 0xBC, cell[rest + 2] == 0x9A {
        return true
      }
    }
    return false
  }

  /// Whether a row's only filled cell is a notice that Salesforce writes below a report.
  ///
  /// - Parameter cell: The only filled cell, trimmed.
  /// - Returns: Whether it is such a notice.
  static func isNotice(_ cell: UnsafeRawBufferPointer) -> Bool {
    guard let first = cell.first, first == 0x43 || first == 0x63 else { return false }
    return notices.contains { starts(cell, with: $0) }
  }

  /// The bytes with which a label or a notice can begin.
  static let firstBytes: ByteSet = {
    var set = ByteSet()
    for first in (labels.joined() + notices).compactMap(\.first) { set.insert(first) }
    return set
  }()

  private static func starts(_ cell: UnsafeRawBufferPointer, with label: [UInt8]) -> Bool {
    cell.count >= label.count && label.indices.allSatisfy { cell[$0] == label[$0] }
  }

  private static let notices = variants([
    "Confidential Information - Do Not Distribute", "Copyright (c)", "Copyright ©",
  ])

  /// By first byte, so that most cells cost one look-up.
  private static let labels: [[[UInt8]]] = {
    var table: [[[UInt8]]] = Array(repeating: [], count: 256)
    for label in variants(words) {
      if let first = label.first { table[Int(first)].append(label) }
    }
    return table
  }()

  /// As written, in lower case and in capitals.
  private static func variants(_ words: [String]) -> [[UInt8]] {
    Set(words.flatMap { [$0, $0.lowercased(), $0.uppercased()] }).sorted().map { Array($0.utf8) }
  }

  private static let words = [
    "Celkem", "Celkový součet", "Ergebnis", "Eindtotaal", "Gesamt", "Gesamtergebnis",
    "Gesamtsumme", "Gesamtsummen", "Grand Total", "Grand total", "Grand Totals", "Grand totals",
    "I alt",
    "Insgesamt", "Jumlah", "Kokonaissumma", "Łącznie", "Összesen", "Razem", "Subtotal",
    "Subtotals", "Sub-total", "Sum", "Suma", "Suma całkowita", "Suma final", "Suma total", "Summa",
    "Summe", "Toplam", "Genel Toplam", "Tổng", "Tổng cộng", "Totaal", "Total", "Total general",
    "Total geral", "Total général", "Totale", "Totale complessivo", "Totales", "Totalsumma",
    "Totalt", "Totals", "Totaux", "Totais", "Yhteensä", "Zwischensumme", "Σύνολο", "Всего",
    "Итог", "Итого", "Общий итог", "Общо", "Разом", "Усього", "סה״כ", "الإجمالي", "المجموع", "कुल",
    "รวม", "合計", "総計", "总计", "合计", "總計", "총계", "합계",
  ]
}
