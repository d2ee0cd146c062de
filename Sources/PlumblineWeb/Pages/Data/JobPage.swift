import Foundation
import Hummingbird
import PlumblineCommands
import PlumblineConnectors
import PlumblineCore
import PlumblineReporting

/// How far an import is; the page looks again by itself until it has ended.
enum JobPage {
  static func answer(_ visit: Visit) async throws -> Response {
    let office = visit.office
    let id = try visit.part("id")
    guard let job = office.imports.job(id) else { return try await afterRestart(id, visit) }
    let content = Markup.element(
      "div",
      ["id": "job", "aria-live": "polite", "data-over": job.state.isOver ? "yes" : "no"],
      [.lines(parts(job, hasAgreement: office.desk.workspace.hasAgreement))]
    )
    return try await visit.page(
      PageContent(title: "Import", place: .data, content: content.source)
    )
  }

  /// What a server that was started anew can still say of an import.
  private static func afterRestart(_ id: String, _ visit: Visit) async throws -> Response {
    let office = visit.office
    if let sequence = office.uploads.ended(id) {
      // The report says what there was to see; where nothing was new there is none.
      return visit.seeOther(sequence > 0 ? "/data/imports/\(sequence)" : "/data?done=nothing")
    }
    guard let upload = try? office.uploads.found(id) else { return visit.seeOther("/data") }
    guard office.uploads.hasBegun(upload) else { return visit.seeOther("/data/uploads/\(id)") }
    if let sequence = try await stored(upload, visit) {
      return visit.seeOther("/data/imports/\(sequence)")
    }
    let content = Markup.element(
      "div",
      ["id": "job", "data-over": "yes"],
      [
        .lines([
          .element("p", ["class": "eyebrow"], [.element("a", ["href": "/data"], "Data")]),
          .element("h1", [:], "The import was interrupted"),
          .element("p", ["class": "scope"], upload.names.joined(separator: ", ")),
          .element(
            "p",
            [:],
            "The server was stopped before the import ended, and nothing of it was stored. Import "
              + "the files again."
          ),
          .element(
            "p",
            ["class": "acts"],
            [
              .element("a", ["class": "button", "href": "/data/uploads/\(id)"], "Try again"),
              .element("a", ["class": "button quiet", "href": "/data"], "See the imports"),
            ]
          ),
        ])
      ]
    )
    return try await visit.page(
      PageContent(title: "Import", place: .data, content: content.source)
    )
  }

  /// The import that an upload became whose end was not noted; the upload is done with then.
  private static func stored(
    _ upload: UploadShelf.Upload,
    _ visit: Visit
  ) async throws -> Int? {
    let office = visit.office
    let workspace = office.desk.workspace
    return try await office.desk.perform(for: visit.person) {
      guard let text = try? Data(contentsOf: upload.mapping),
        let mapping = MappingReader.read(Array(text), file: "mapping.yaml").mapping,
        let record = try workspace.storedImport(of: upload.paths, by: mapping)
      else { return nil }
      try? MappingChoice.keep(
        String(decoding: text, as: UTF8.self),
        ofImport: record.sequence,
        in: workspace
      )
      try office.uploads.noteEnded(upload, sequence: record.sequence)
      office.uploads.remove(upload)
      return record.sequence
    }
  }

  private static func parts(_ job: ImportJobs.Job, hasAgreement: Bool) -> [Markup] {
    let files = Format.count(job.names.count, "file")
    let eyebrow = Markup.element(
      "p",
      ["class": "eyebrow"],
      [.element("a", ["href": "/data"], "Data")]
    )
    let names = Markup.element("p", ["class": "scope"], job.names.joined(separator: ", "))
    let again = Markup.element(
      "noscript",
      [:],
      [.void("meta", ["http-equiv": "refresh", "content": "2"])]
    )
    switch job.state {
    case .queued:
      return [
        eyebrow, .element("h1", [:], "\(files) waiting to be imported"), names,
        .element("p", [:], "Another change has to end first."), again,
      ]
    case .running(let what):
      let all = job.rowCount.map { " The files have \(Format.count($0, "row")) in all." } ?? ""
      return [
        eyebrow, .element("h1", [:], "Importing \(files)"), names,
        .element("p", ["class": "progress"], what.sentence + "." + all),
        .element(
          "p",
          ["class": "note"],
          "Everything is stored at the end, or nothing. You may leave this page."
        ), again,
      ]
    case .failed(let faults):
      return [
        eyebrow, .element("h1", [:], "Nothing was imported"), names,
        .lines(faults.map(FaultNote.markup)),
        .element(
          "p",
          [:],
          [.element("a", ["href": "/data/uploads/\(job.id)"], "Back to the mapping")]
        ),
      ]
    case .done(let sequence, let json):
      let report = ImportReportSections(json: json)
      let next =
        hasAgreement
        ? Markup.element("a", ["class": "button", "href": "/"], "Read the verdict")
        : Markup.element("a", ["class": "button", "href": "/data#agree"], "Make the agreement")
      var links = [next]
      if sequence > 0 {
        links.append(
          .element(
            "a",
            ["class": "button quiet", "href": "/data/imports/\(sequence)"],
            "See the report"
          )
        )
      }
      return [
        eyebrow,
        .element(
          "h1",
          [:],
          (sequence > 0 ? "Import \(sequence): " : "")
            + (report?.headline ?? "The files are imported.")
        ), names, .element("p", ["class": "acts"], links),
        sequence > 0 ? .none : report?.markup() ?? .none,
      ]
    }
  }
}
