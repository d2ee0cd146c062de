import Foundation
import HTTPTypes
import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// One import with its report, as `plumbline import` printed it.
enum ImportPage {
  static func answer(_ visit: Visit) async throws -> Response {
    let past = try await found(visit)
    let record = past.record
    let desk = visit.office.desk
    let calendar = try await DataPage.calendar(of: desk.workspace, desk)
    let report = past.report.flatMap { ImportReportSections(json: $0) }
    let mayTakeRows = Access.importedRows.refusal(of: try visit.person) == nil
    let address = "/data/imports/\(record.sequence)/refused.csv"
    var facts = [
      ("Imported", Format.instant(Instant(seconds: record.seenAt), calendar)),
      ("Source", record.source), ("Times without an offset read in", record.zoneName ?? "UTC"),
      ("Mapping", String(record.mappingHash.prefix(12))),
    ]
    if let exported = record.exportedAt {
      facts.append(("Exported", Format.instant(Instant(seconds: exported), calendar)))
    }
    let list = Markup.element(
      "dl",
      ["class": "arrival-facts"],
      [
        .lines(
          facts.map { name, value in
            .element("div", [:], [.element("dt", [:], name), .element("dd", [:], value)])
          }
        ),
        .element("div", [:], [.element("dt", [:], "Files"), .element("dd", [:], [files(record)])]),
      ]
    )
    let content = DataPage.inside([
      .element("p", ["class": "eyebrow"], [.element("a", ["href": "/data"], "Data")]),
      .element(
        "h1",
        [:],
        "Import \(record.sequence): "
          + (report?.headline ?? "\(Format.count(past.factCount, "fact")) stored.")
      ), list, report?.markup(refusedAddress: mayTakeRows ? address : nil) ?? withoutReport(past),
    ])
    return try await visit.page(
      PageContent(title: "Import \(record.sequence)", place: .data, content: content)
    )
  }

  /// The rows that an import refused, as a file that is safe to open in a spreadsheet.
  static func refused(_ visit: Visit) async throws -> Response {
    let past = try await found(visit)
    guard let report = past.report.flatMap({ ImportReportSections(json: $0) }) else {
      throw HTTPError(.notFound)
    }
    try visit.note(.exported, "refused-rows-of-import-\(past.record.sequence)")
    var headers: HTTPFields = [
      .contentType: "text/csv; charset=utf-8", .cacheControl: "private, no-store",
    ]
    headers[.contentDisposition] =
      "attachment; filename=\"refused-rows-of-import-\(past.record.sequence).csv\""
    return Response(
      status: .ok,
      headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(string: report.refusedCSV))
    )
  }

  /// Names of files with the beginnings of their hashes.
  static func files(_ record: ImportRecord) -> Markup {
    .element(
      "ul",
      ["class": "bare"],
      record.files.map { file in
        .element(
          "li",
          [:],
          [
            .text("\(file.name) "),
            .element("code", ["title": file.contentHash], String(file.contentHash.prefix(12))),
          ]
        )
      }
    )
  }

  /// The import whose number is in the path.
  ///
  /// - Throws: `HTTPError` where there is none.
  static func found(_ visit: Visit) async throws -> PastImport {
    guard let number = Int(try visit.part("number")) else { throw HTTPError(.notFound) }
    let desk = visit.office.desk
    let all = try await desk.glance {
      try desk.shelf.serving { try desk.workspace.pastImports() }
    }
    guard let past = all.first(where: { $0.record.sequence == number }) else {
      throw HTTPError(.notFound)
    }
    return past
  }

  /// What is known of an import whose report was not kept.
  private static func withoutReport(_ past: PastImport) -> Markup {
    var table = MarkupTable(
      "facts-table",
      caption: "Facts that it added",
      [.text("Kind"), .number("Facts")]
    )
    for kind in FactKind.allCases {
      guard let count = past.facts[kind] else { continue }
      table.add([kind.words.sentence, Format.count(count)])
    }
    return .lines([
      .element(
        "p",
        ["class": "note"],
        "Its report was not kept; this is what the store itself knows of it."
      ), .element("section", [:], [.element("h2", [:], "Facts"), table.markup]),
    ])
  }
}
