import PlumblineStatistics

/// A table with everything that exports get wrong, made from a seed.
struct NastyTable {
  /// The mapping's part, and the file that it names.
  let mapping: String
  let fileName: String
  private(set) var bytes: [UInt8] = []

  private struct Column {
    var name: String
    /// What most cells hold.
    var plain: [String]
    /// What few cells hold.
    var odd: [String]
  }

  private static let oddTexts = [
    "", " ", "-", "n/a", "Total", "totals:", "ümlaut", "  Käse ", "\u{A0}nbsp\u{A0}", "5\" pipe",
    "\"", "a,b;c|d\te", "two\nlines", "crlf\r\nline", "say \"hi\"", "日本", "x\r",
    "Copyright (c) 2020",
    "a very long text that has more than sixteen bytes",
    "a very long text that had more than bytes",
  ]
  private static let dates = [
    "2026-01-31", "2026-03-29 02:30:00", "2026-10-25T02:30:00", "2025-07-01 10:00:00Z",
    "2025-07-01T10:00:00.123Z", "2025-07-01T10:00:00+02:00", "2025-07-01 10:00:00.5-0530",
    "2025-12-31 23:59:59", "2024-02-29",
  ]
  private static let oddDates = [
    "", "n/a", "0000-00-00", "2025-02-30", "2025-13-01", "31.12.2025", "3/4/2026", "13/4/2026",
    "4/13/2026", "Jan 5, 2026", "20260131", "2025-07-01 10:00", "2025-07-01 24:00:00", "soon", "-",
    "2025-07-01 10:00:60", "2025-07-01 9:00:00", " 2025-07-01 ", "2025-07-01 10:00:00 +02",
    "2025-07-01 10:00:00 PM", "2025/07/01", "2025-07-01T10:00:00.Z", "2025-07-01 10:00:00+15:00",
    "1900-01-01",
  ]
  private static let numbers = ["0", "12", "1234", "99.50", "-7", "0.5", "100000.01", "7.1"]
  private static let oddNumbers = [
    "", "1.234", "1,234", "1,234.50", "1.234,50", "12,5", "$5", "5 EUR", "1e3", "(12.00)", "5%",
    "12.345", "99999999999999999", "9999999999999999.99", "abc", "-", "1 000", "+5", "1K", "007",
    ".5", "5.", "-0.25",
  ]

  private static func ids(_ letter: String) -> [String] { (1...40).map { "\(letter)\($0)" } }

  private static let shapes: [(mapping: String, columns: [Column])] = [
    (
      """
        records:
          - {kind: lead, id: id, created: created, channel: {column: channel, values: {fb: Meta, none: ""}, missing: direct}, campaign: campaign, segment: {constant: smb}, owner: owner, score: score}
          - {kind: stage_event, lead: id, stage: {constant: mql}, at: mql}
          - {kind: stage_event, lead: id, stage: {constant: sql}, at: {column: sql, precision: day}}
      """,
      [
        Column(name: "id", plain: ids("lead-"), odd: oddTexts + ["id"]),
        Column(name: "created", plain: dates, odd: oddDates),
        Column(name: "channel", plain: ["fb", "google", "none", ""], odd: oddTexts),
        Column(
          name: "campaign",
          plain: ["spring", "the \"fall\" play", "Q4, EMEA"],
          odd: oddTexts
        ),
        Column(name: "owner", plain: ["rep 1", "rep 2"], odd: oddTexts),
        Column(name: "score", plain: ["1", "20", ""], odd: oddNumbers),
        Column(name: "mql", plain: dates + [""], odd: oddDates),
        Column(name: "sql", plain: dates + ["", ""], odd: oddDates),
        Column(name: "unused", plain: ["x", ""], odd: oddTexts),
      ]
    ),
    (
      """
        records:
          - {kind: stage_event, lead: lead, stage: {column: stage, values: {Old: ""}}, at: at, reason: why, owner: who, evidence: why}
      """,
      [
        Column(name: "lead", plain: ids("2000000000"), odd: oddTexts),
        Column(name: "stage", plain: ["mql", "sql", "won", "Old"], odd: oddTexts),
        Column(name: "at", plain: dates, odd: oddDates),
        Column(name: "why", plain: ["", "late"], odd: oddTexts),
        Column(name: "who", plain: ["rep 1", ""], odd: oddTexts),
      ]
    ),
    (
      """
        records:
          - {kind: activity, id: id, lead: lead, type: type, at: at, owner: by, outcome: type, automated: {column: auto, values: {bot: "1"}, missing: 0}}
          - {kind: touch, id: id, lead: lead, at: {column: at, missing: 2020-01-01}, channel: {constant: mail}}
      """,
      [
        Column(name: "type", plain: ["call", "email"], odd: oddTexts),
        Column(name: "lead", plain: ids("l"), odd: oddTexts),
        Column(name: "at", plain: dates, odd: oddDates),
        Column(name: "by", plain: ["rep 1", "automation"], odd: oddTexts),
        Column(name: "auto", plain: ["true", "0", "", "bot"], odd: oddTexts),
        Column(name: "id", plain: ids("a"), odd: oddTexts),
      ]
    ),
    (
      """
        records:
          - {kind: deal, id: id, lead: lead, amount: amount, currency: {column: currency, values: {Yen: JPY}}, closed: closed, outcome: {column: won, values: {"true": won, "false": lost}, missing: open}}
      """,
      [
        Column(name: "id", plain: ids("deal "), odd: oddTexts),
        Column(name: "lead", plain: ids("l"), odd: oddTexts),
        Column(name: "amount", plain: numbers, odd: oddNumbers),
        Column(name: "currency", plain: ["USD", "EUR", "Yen", "kwd"], odd: ["", "-", "USD "]),
        Column(name: "closed", plain: dates + [""], odd: oddDates),
        Column(name: "won", plain: ["true", "false", ""], odd: oddTexts),
      ]
    ),
    (
      """
        records:
          - {kind: lead, id: id}
      """,
      [Column(name: "id", plain: ids("x"), odd: oddTexts)]
    ),
    (
      """
        records:
          - {kind: meeting, lead: lead, booked: at, starts: {constant: 2026-01-05}}
          - {kind: stage_event, lead: lead, stage: stage}
      """,
      [
        Column(name: "lead", plain: ids("l"), odd: oddTexts),
        Column(name: "stage", plain: ["mql", ""], odd: oddTexts),
        Column(name: "at", plain: dates, odd: oddDates),
      ]
    ),
  ]

  private static let headers = [
    "", "time_zone: Europe/Berlin\n", "missing: [\"-\", n/a, 1900-01-01, lead-3]\n",
    "currency: USD\n", "date_order: day_first\ndecimal: comma\n",
    "values:\n  owner: {rep 1: Ada}\n  segment: {smb: \"\"}\n",
    "decimal: point\ndate_order: month_first\n",
  ]

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let shape = Self.shapes[Int(seed % UInt64(Self.shapes.count))]
    let header = Self.headers.randomElement(using: &random) ?? ""
    let needsCurrency = shape.mapping.contains("kind: deal") && !header.contains("currency")
    fileName = "table.csv"
    mapping =
      header + (needsCurrency && Bool.random(using: &random) ? "currency: EUR\n" : "")
      + "files:\n  - file: table.csv\n  "
      + shape.mapping.split(separator: "\n").joined(
        separator: "\n  "
      ) + "\n"
    bytes = Array(Self.text(shape.columns, &random).utf8)
    if Int.random(in: 0..<40, using: &random) == 0 {
      // A byte that is not UTF-8, or none of a text file.
      bytes.insert(Bool.random(using: &random) ? 0xE9 : 0, at: bytes.count / 2)
    }
  }

  private static func text(
    _ columns: [Column],
    _ random: inout SeededGenerator
  ) -> String {
    func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &random) == 0 }
    let delimiter = [",", ";", "\t", "|"].randomElement(using: &random) ?? ","
    let lineEnd = chance(3) ? "\r\n" : "\n"
    // From clean tables to tables in which every fifth cell is odd.
    let oddness = [1_000_000, 300, 40, 5].randomElement(using: &random) ?? 40
    let quotesAll = chance(4)
    func cell(_ text: String) -> String {
      let needs = text.contains { $0 == "\"" || $0.isNewline || "\(delimiter)" == "\($0)" }
      if needs && !chance(oddness) || quotesAll || chance(oddness) {
        return "\"" + text.replacing("\"", with: "\"\"") + "\"" + (chance(oddness * 4) ? " " : "")
      }
      return text
    }
    let names = columns.map(\.name)
    var lines: [String] = []
    if chance(6) { lines += ["Report of leads", ""] }
    lines.append(names.map(cell).joined(separator: delimiter))
    for _ in 0..<Int.random(in: 0...160, using: &random) {
      var cells = columns.map { column in
        cell((chance(oddness) ? column.odd : column.plain).randomElement(using: &random) ?? "")
      }
      if chance(oddness * 2) { cells.removeLast() }
      if chance(oddness * 2) { cells.append(chance(2) ? "" : "more") }
      var line = cells.joined(separator: delimiter)
      if chance(oddness * 3) { line = "\"" + line.replacing("\"", with: "\"\"") + "\"" }
      if chance(oddness * 3) { line = names.joined(separator: delimiter) }
      if chance(oddness * 3) { line = "" }
      if chance(oddness * 6) { line = "\"" + line }
      if chance(oddness * 3) { line = String(repeating: delimiter, count: columns.count - 1) }
      lines.append(line)
    }
    return (chance(5) ? "\u{FEFF}" : "") + lines.joined(separator: lineEnd)
      + (chance(3) ? "" : lineEnd)
  }
}
