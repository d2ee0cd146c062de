import Foundation
import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// Data: what was imported, what nobody recorded, and the way in for more.
enum DataPage {
  /// What a form of these pages has just done, by the word in the address.
  private static let notices = [
    "agreed":
      "The agreement is written. Look it through, and change what is not so at your company.",
    "nothing": "The files of that upload had nothing new; nothing was stored.",
    "removed": "The upload is removed.",
  ]

  static func answer(_ visit: Visit) async throws -> Response {
    let office = visit.office
    let workspace = office.desk.workspace
    let person = try visit.person
    let mayImport = Access.importers.refusal(of: person) == nil
    let (imports, uploads) = try await office.desk.glance {
      (
        try office.desk.shelf.serving { try workspace.pastImports() },
        mayImport ? office.uploads.all() : []
      )
    }
    var parts = [heading(imports)]
    if mayImport {
      parts += [
        ArrivalSections.steps(hasFacts: !imports.isEmpty, hasAgreement: workspace.hasAgreement),
        ArrivalSections.upload(isFirst: imports.isEmpty),
      ]
      if !imports.isEmpty, !workspace.hasAgreement {
        parts.append(StarterForm.markup(company: "", zone: imports.last?.record.zoneName ?? "UTC"))
      }
      parts += [ArrivalSections.waiting(uploads), ArrivalSections.running(office.imports.open)]
    }
    parts.append(table(imports, try await calendar(of: workspace, office.desk)))
    let gaps = imports.isEmpty ? Written("") : try await gaps(visit)
    let isWatched = Access.admins.refusal(of: person) == nil && workspace.hasAgreement
    let rest = [isWatched ? check : .none, remarksNote(gaps.remarks)]
    let content =
      "<div>\n" + Markup.lines(parts).source + gaps.text + Markup.lines(rest).source
      + "</div>\n"
    return try await visit.page(
      PageContent(
        title: "Data",
        place: .data,
        content: content,
        notices: visit.query["done"].flatMap { notices[$0] }.map { [$0] } ?? []
      )
    )
  }

  /// Parts as the inside of a page.
  static func inside(_ parts: [Markup]) -> String {
    Markup.element("div", [:], [.lines(parts)]).source
  }

  /// The clock of the agreement, UTC before there is one.
  static func calendar(of workspace: Workspace, _ desk: Desk) async throws -> LocalCalendar {
    let agreed = try? await desk.glance {
      try Console.hearing { try desk.shelf.serving { try workspace.agreement().calendar } }.value
    }
    return agreed ?? .utc
  }

  private static func heading(_ imports: [PastImport]) -> Markup {
    let count = imports.reduce(0) { $0 + $1.factCount }
    let answer =
      imports.isEmpty
      ? "Nothing has been imported yet."
      : "\(Format.count(count, "fact")) on record from \(Format.count(imports.count, "import"))."
    return .lines([
      .element("p", ["class": "eyebrow"], "Data"), .element("h1", [:], answer),
      .element(
        "p",
        ["class": "scope"],
        "Facts are only ever added: what an earlier export said stays on record beside what a "
          + "later one says."
      ),
    ])
  }

  private static func table(_ imports: [PastImport], _ calendar: LocalCalendar) -> Markup {
    guard !imports.isEmpty else { return .none }
    var table = MarkupTable(
      "imports-table",
      caption: "Imports, the newest first",
      [
        .text("Import"), .text("When"), .text("Source"),
        .text(
          "Files, with the beginning of "
            + "their SHA-256"
        ), .number("Rows"), .number("Facts added"), .number("Refused"),
      ]
    )
    for past in imports.reversed() {
      let record = past.record
      let report = past.report.flatMap { ImportReportSections(json: $0) }
      table.add([
        .element(
          "a",
          ["href": "/data/imports/\(record.sequence)"],
          "Import \(record.sequence)"
        ), .text(Format.instant(Instant(seconds: record.seenAt), calendar)), .text(record.source),
        ImportPage.files(record), .text(report.map { Format.count($0.rowCount) } ?? Format.absent),
        .text(Format.count(past.factCount)),
        .text(report.map { Format.count($0.refusedCount) } ?? Format.absent),
      ])
    }
    return .element("section", [:], [.element("h2", [:], "Imports"), table.markup])
  }

  /// What nobody recorded, read once for each change of what is on disk.
  private static func gaps(_ visit: Visit) async throws -> Written {
    let desk = visit.office.desk
    let (workspace, person) = (desk.workspace, try visit.person)
    let key = AnswerCache.Key(
      question: "data gaps",
      stamp: try await desk.stamp().text,
      shownOwners: person.shownOwners,
      reader: ""
    )
    return try await desk.answers.answer(for: key) {
      let (found, remarks) = try await desk.ask(for: person) {
        let agreement = workspace.hasAgreement ? try workspace.agreement() : Agreement()
        return (agreement, try DataPage.gaps(of: workspace, under: agreement))
      }
      let (agreement, gaps) = found
      let markup = CaptureGapSection(gaps).markup(
        under: workspace.hasAgreement ? agreement : nil,
        whenNone: "Nothing is missing that the agreement asks for.",
        leadAddress: { "/leads/\($0.inAddress)" },
        // Without an agreement there is no funnel to list them by.
        listAddress: { workspace.hasAgreement ? GapAddress.of($0, under: agreement) : nil }
      )
      return Written(markup.source, remarks: remarks)
    }
  }

  /// What nobody recorded.
  ///
  /// - Parameters:
  ///   - workspace: The workspace.
  ///   - agreement: Says what is to be recorded.
  /// - Returns: The gaps, in their order.
  /// - Throws: What the store throws.
  static func gaps(of workspace: Workspace, under agreement: Agreement) throws -> [CaptureGap] {
    try workspace.cells(under: agreement).history.gaps
  }

  private static func remarksNote(_ remarks: [String]) -> Markup {
    guard !remarks.isEmpty else { return .none }
    return .element(
      "aside",
      ["class": "remarks", "aria-label": "Remarks"],
      [.element("ul", [:], remarks.map { .element("li", [:], $0) })]
    )
  }

  private static let check = Markup.element(
    "section",
    [:],
    [
      .element("h2", [:], "Is the workspace whole?"),
      .element(
        "p",
        [:],
        [.element("a", ["href": "/data/check"], "Check every fact and what is kept beside them")]
      ),
    ]
  )
}

extension String {
  /// With a capital letter at its beginning.
  var sentence: String { prefix(1).uppercased() + dropFirst() }

  /// As a part of an address's path.
  var inAddress: String {
    addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(.init(charactersIn: "-._~")))
      ?? ""
  }
}
