public import PlumblineCore

/// An import's report as text for people.
public struct ImportReportText: Sendable {
  private let report: ImportReport
  private let layout: TextLayout

  /// A report to be shown.
  ///
  /// - Parameters:
  ///   - report: The report.
  ///   - layout: How wide, and whether for a terminal.
  public init(_ report: ImportReport, layout: TextLayout = TextLayout()) {
    self.report = report
    self.layout = layout
  }

  /// The text, each line ending in a line break.
  public var text: String {
    var page = TextPage(layout)
    page.paragraph(headline, ink: .strong)
    page.blank()
    files(&page)
    if !report.isRepetition {
      facts(&page)
      changes(&page)
    }
    refusals(&page)
    findings(&page)
    if !report.isRepetition { GapText(report.gaps).write(to: &page) }
    return page.text
  }

  private var headline: String {
    let files = Format.count(report.files.count, "file")
    if report.isRepetition {
      return "Nothing new: \(files) already imported with this mapping; nothing was stored."
    }
    let novelties = report.novelty.values
    let news = novelties.reduce(0) { $0 + $1.new + $1.changed }
    let known = novelties.reduce(0) { $0 + $1.known }
    if news == 0 {
      return "Nothing new in \(files): \(Format.count(known, "fact")) known already."
    }
    return "Import \(report.record.sequence): \(Format.count(news, "fact")) stored from \(files), "
      + "\(Format.count(known)) known already."
  }

  private func files(_ page: inout TextPage) {
    page.heading("Files")
    var table = TextTable([
      .text("file"), .number("rows"), .number("refused"), .number("mended"), .number("left out"),
      .text("read as"),
    ])
    for file in report.files {
      table.add([
        file.name.printable, Format.count(file.rowCount), Format.count(file.refusedCount),
        Format.count(file.mendedCount),
        Format.count(file.preambleLineCount + file.totalsRowCount + file.repeatedHeaderCount),
        "\(file.encoding), \(file.delimiter)",
      ])
    }
    page.table(table)
    page.paragraph(
      "Left out are lines before the header, repeated headers and rows of totals.",
      ink: .faint
    )
    for file in report.files where !file.unusedColumns.isEmpty {
      page.fact(
        "not used",
        "\(file.name.printable): "
          + file.unusedColumns.map(\.printable).joined(separator: ", "),
        indent: 2
      )
    }
    page.blank()
  }

  private func facts(_ page: inout TextPage) {
    page.heading("Facts")
    var table = TextTable([
      .text("kind"), .number("new"), .number("changed"), .number("known"), .number("repeated"),
    ])
    for kind in FactKind.allCases {
      guard let novelty = report.novelty[kind] else { continue }
      table.add([
        kind.words, Format.count(novelty.new), Format.count(novelty.changed),
        Format.count(novelty.known), Format.count(novelty.repeated),
      ])
    }
    page.table(table)
    if report.mergedLeadCount > 0 {
      page.paragraph(
        "\(Format.count(report.mergedLeadCount, "lead")) merged into another so far; "
          + "their histories count once."
      )
    }
    page.blank()
  }

  private func changes(_ page: inout TextPage) {
    var items: [String] = []
    for kind in FactKind.allCases {
      guard let novelty = report.novelty[kind] else { continue }
      for (column, count) in novelty.disappearedDates.sorted(by: { $0.key < $1.key }) {
        items.append(
          "\(kind.words.capitalizedFirst), in \(Format.count(count, "fact")): the date \(column) is blank now; the earlier one "
            + "is kept."
        )
      }
      for (column, count) in novelty.movedDates.sorted(by: { $0.key < $1.key }) {
        items.append(
          "\(kind.words.capitalizedFirst), in \(Format.count(count, "fact")): the date \(column) is another now."
        )
      }
    }
    if let changes = report.stageDateChanges {
      for (column, count) in changes.disappeared.sorted(by: { $0.key < $1.key }) {
        items.append(
          "\(Format.count(count, "lead")) lost the date in \(column.printable); the earlier one is "
            + "kept."
        )
      }
      for (column, count) in changes.moved.sorted(by: { $0.key < $1.key }) {
        items.append(
          "\(Format.count(count, "lead")) got another date in \(column.printable); both are kept."
        )
      }
      if !changes.examples.isEmpty {
        items.append("For example \(changes.examples.map(\.printable).joined(separator: ", ")).")
      }
    }
    guard !items.isEmpty else { return }
    page.heading("Dates that changed since an earlier export")
    page.bullets(items)
    page.blank()
  }

  private func refusals(_ page: inout TextPage) {
    guard !report.refused.isEmpty else { return }
    page.heading("Refused rows")
    // Rows refused for the same reason are one entry, in the order in which reasons came up.
    var groups: [(first: ImportReport.RefusedRow, lines: [Int])] = []
    for row in report.refused {
      if let index = groups.firstIndex(where: {
        $0.first.file == row.file && $0.first.code == row.code
      }) {
        groups[index].lines.append(row.line)
      } else {
        groups.append((row, [row.line]))
      }
    }
    page.bullets(groups.map(refusal))
    page.paragraph("--refused FILE.csv writes them to a file, one by one.", ink: .faint)
    page.blank()
  }

  private func refusal(_ group: (first: ImportReport.RefusedRow, lines: [Int])) -> String {
    let (row, count) = (group.first, group.lines.count)
    let place = "\(row.file.printable):\(row.line): \(row.reason.printable)"
    guard count > 1 else { return "\(place) [\(row.code)]" }
    let more = group.lines.dropFirst().prefix(4).map(String.init).joined(separator: ", ")
    return "\(place); \(Format.count(count - 1)) more like it (lines "
      + "\(more)\(count > 5 ? ", …" : "")) [\(row.code)]"
  }

  private func findings(_ page: inout TextPage) {
    guard !report.diagnostics.isEmpty else { return }
    page.heading("Notes")
    page.bullets(
      report.diagnostics.map { finding in
        finding.description.replacing("\n  ", with: " ").printable
      }
    )
    page.blank()
  }
}

extension FactKind {
  /// The kind in the plural, as people say it.
  public var words: String {
    switch self {
    case .activity: "activities"
    case .attribute: "attributes"
    case .currencyRate: "currency rates"
    case .deal: "deals"
    case .disposition: "dispositions"
    case .lead: "leads"
    case .meeting: "meetings"
    case .merge: "other ids and merges"
    case .owner: "owners"
    case .quota: "quotas"
    case .spend: "spend"
    case .stageEvent: "stage events"
    case .touch: "touches"
    }
  }
}
