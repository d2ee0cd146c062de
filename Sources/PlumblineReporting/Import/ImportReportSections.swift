import Foundation
public import PlumblineCore

/// An import's report as parts of a page: the same as the report that was kept.
public struct ImportReportSections: Sendable {
  private let wire: ImportReportWire

  /// A report to be shown.
  public init(_ report: ImportReport) { wire = ImportReportWire(report) }

  /// A report that was kept as JSON; nil when it is none, or one of another format.
  public init?(json: String) {
    guard let wire = ImportReportWire(json: json) else { return nil }
    self.wire = wire
  }

  /// Rows of data of all files, refused ones included.
  public var rowCount: Int { wire.files.reduce(0) { $0 + $1.rows } }
  /// Rows that were refused.
  public var refusedCount: Int { wire.files.reduce(0) { $0 + $1.refused } }
  /// Facts that were new or changed.
  public var newsCount: Int { wire.kinds.reduce(0) { $0 + $1.new + $1.changed } }
  /// Facts that were known already.
  public var knownCount: Int { wire.kinds.reduce(0) { $0 + $1.known } }
  /// The import's number; 0 when nothing was stored.
  public var sequence: Int { wire.sequence }

  /// What was done, in a sentence.
  public var headline: String {
    let files = Format.count(wire.files.count, "file")
    if wire.isRepetition {
      return "Nothing new: \(files) already imported with this mapping; nothing was stored."
    }
    if newsCount == 0 {
      return "Nothing new in \(files): \(Format.count(knownCount, "fact")) known already."
    }
    return "\(Format.count(newsCount, "fact")) stored from \(files), "
      + "\(Format.count(knownCount)) known already."
  }

  /// The refused rows as a CSV file that is safe to open in a spreadsheet.
  public var refusedCSV: String {
    ImportReportCSV(
      wire.refused.map {
        ImportReport.RefusedRow(
          file: Format.fileName($0.file),
          line: $0.line,
          code: $0.code,
          reason: $0.reason
        )
      }
    ).text
  }

  /// All parts of a report on what was stored.
  ///
  /// - Parameter refusedAddress: Where the refused rows can be had as a file; nil for nowhere.
  /// - Returns: The sections; those about the whole store, such as gaps, are not among them.
  public func markup(refusedAddress: String? = nil) -> Markup {
    .lines([files, stored, moved, refusals(refusedAddress), notes])
  }

  /// All parts of a report on what was read and not stored.
  public var rehearsal: Markup { .lines([files, found, refusals(nil), notes]) }

  private var files: Markup {
    var table = MarkupTable(
      "files-table",
      caption: "Left out are lines before the header, repeated headers and rows of totals",
      [
        .text("File"), .number("Rows"), .number("Refused"), .number("Mended"), .number("Left out"),
        .text("Read as"), .text("Columns not used"),
      ]
    )
    for file in wire.files {
      let unused = file.unusedColumns
      table.add([
        .text(Format.fileName(file.name)), .text(Format.count(file.rows)),
        .text(Format.count(file.refused)),
        .text(Format.count(file.mended)),
        .text(Format.count(file.preambleLines + file.totalsRows + file.repeatedHeaders)),
        .text("\(file.encoding), \(file.delimiter)"),
        unused.isEmpty
          ? .text("none")
          : .element(
            "details",
            [:],
            [
              .element("summary", [:], Format.count(unused.count, "column")),
              .text(unused.joined(separator: ", ")),
            ]
          ),
      ])
    }
    return HTMLPage.section("Files", [table.markup])
  }

  private var stored: Markup {
    guard !wire.kinds.isEmpty, !wire.isRepetition else { return .none }
    var table = MarkupTable(
      "facts-table",
      caption: "What became of the facts",
      [
        .text("Kind"), .number("New"), .number("Changed"), .number("Known"), .number("Repeated"),
      ]
    )
    for kind in wire.kinds {
      table.add([
        kind.kind.words.capitalizedFirst, Format.count(kind.new), Format.count(kind.changed),
        Format.count(kind.known), Format.count(kind.repeated),
      ])
    }
    let merged =
      wire.mergedLeads > 0
      ? "\(Format.count(wire.mergedLeads, "lead")) merged into another so far; their histories "
        + "count once." : ""
    return HTMLPage.section(
      "Facts",
      [table.markup, merged.isEmpty ? .none : .element("p", ["class": "note"], merged)]
    )
  }

  /// What the files hold, before it is compared with what is known.
  private var found: Markup {
    var counts: [String: Int] = [:]
    for tally in wire.files.flatMap(\.facts) { counts[tally.name, default: 0] += tally.count }
    var table = MarkupTable(
      "facts-table",
      caption: "Facts in the files; which of them are new is known after the import",
      [.text("Kind"), .number("Facts")]
    )
    for kind in FactKind.allCases {
      guard let count = counts[kind.rawValue], count > 0 else { continue }
      table.add([kind.words.capitalizedFirst, Format.count(count)])
    }
    return HTMLPage.section("Facts", [table.markup])
  }

  private var moved: Markup {
    var items: [String] = []
    for kind in wire.kinds {
      let name = kind.kind.words.capitalizedFirst
      items += kind.datesDisappeared.map {
        "\(name), in \(Format.count($0.count, "fact")): the date \($0.name) is blank now; the "
          + "earlier one is kept."
      }
      items += kind.datesMoved.map {
        "\(name), in \(Format.count($0.count, "fact")): the date \($0.name) is another now."
      }
    }
    items += wire.stageDatesDisappeared.map {
      "\(Format.count($0.count, "lead")) lost the date in \($0.name); the earlier one is kept."
    }
    items += wire.stageDatesMoved.map {
      "\(Format.count($0.count, "lead")) got another date in \($0.name); both are kept."
    }
    return list("Dates that changed since an earlier export", items)
  }

  /// Rows refused for one reason in one file are one row here, in the order in which reasons came.
  private func refusals(_ address: String?) -> Markup {
    guard !wire.refused.isEmpty else { return .none }
    let groups = wire.refusedByReason
    var table = MarkupTable(
      "refused-table",
      caption: "Rows that were not taken, by reason",
      [.text("First place"), .number("Rows"), .text("Reason"), .text("Code")]
    )
    for group in groups {
      table.add([
        "\(Format.fileName(group.first.file)):\(group.first.line)", Format.count(group.count),
        group.first.reason,
        group.first.code,
      ])
    }
    let isCut = wire.refused.count < refusedCount
    let note =
      isCut
      ? "The first \(Format.count(wire.refused.count)) of \(Format.count(refusedCount)) are listed."
      : ""
    return HTMLPage.section(
      "Refused rows",
      [
        table.markup, note.isEmpty ? .none : .element("p", ["class": "note"], note),
        address.map {
          .element("p", [:], [.element("a", ["href": $0], "Download the refused rows (CSV)")])
        } ?? .none,
      ]
    )
  }

  private var notes: Markup {
    list(
      "Notes",
      wire.diagnostics.map { note in
        let name = note.file.map(Format.fileName)
        let place = [name, note.line.map(String.init)].compactMap { $0 }.joined(separator: ":")
        let text =
          [place.isEmpty ? "" : "\(place): ", note.message, " \(note.remedy ?? "")"]
          .joined().trimmingBlanks + " [\(note.code)]"
        guard let file = note.file, !file.isEmpty, let name else { return text }
        return text.replacing(file, with: name)
      }
    )
  }

  private func list(_ heading: String, _ items: [String]) -> Markup {
    guard !items.isEmpty else { return .none }
    return HTMLPage.section(
      heading,
      [.element("ul", [:], [.lines(items.map { .element("li", [:], $0) })])]
    )
  }
}

extension String {
  fileprivate var trimmingBlanks: String { trimmingCharacters(in: .whitespaces) }
}
