import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// What was imported, and what nobody recorded.
enum ImportCalls {
  static let all: [Call] = [
    Call(
      name: "gaps",
      method: .get,
      path: "/api/gaps",
      access: .readers,
      summary: "What nobody recorded, over the whole workspace.",
      parameters: { [] },
      kind: "gaps"
    ) { visit in
      let workspace = visit.office.desk.workspace
      return try await visit.json {
        let agreement = workspace.hasAgreement ? try workspace.agreement() : nil
        let gaps = try DataPage.gaps(of: workspace, under: agreement ?? Agreement())
        return try GapsJSON(gaps, under: agreement).text()
      }
    },
    Call(
      name: "imports",
      method: .get,
      path: "/api/imports",
      access: .readers,
      summary: "The imports that were made, the newest first.",
      parameters: { CallParameter.paging },
      kind: "imports"
    ) { visit in
      let (desk, window) = (visit.office.desk, visit.window)
      let calendar = try await DataPage.calendar(of: desk.workspace, desk)
      let imports = try await desk.glance {
        try desk.shelf.serving { try desk.workspace.pastImports() }
      }
      let entries = imports.reversed().map { $0.entry }
      return try visit.known(ImportListJSON(entries, calendar, window).text())
    },
    Call(
      name: "import",
      method: .get,
      path: "/api/imports/:number",
      access: .readers,
      summary: "One import with its report.",
      details: "Refused rows are listed one by one for those who may take them out; for others the "
        + "first of each reason in each file is.",
      parameters: {
        [
          CallParameter(
            name: "number",
            help: "The import's number.",
            kind: .count(1...Int(Int32.max)),
            isRequired: true,
            isInPath: true,
            example: "1"
          )
        ]
      },
      kind: "import_record",
      faults: [.notFound]
    ) { visit in
      let past = try await ImportPage.found(visit)
      let desk = visit.office.desk
      let calendar = try await DataPage.calendar(of: desk.workspace, desk)
      let namesAllRows = Access.importedRows.refusal(of: try visit.person) == nil
      let response = try visit.known(past.entry.json(calendar, namesAllRows: namesAllRows))
      if response.status == .ok, namesAllRows, past.hasRefusedRows {
        try visit.note(.exported, "refused-rows-of-import-\(past.record.sequence)")
      }
      return response
    },
  ]
}

extension PastImport {
  /// The import as JSON tells of it.
  fileprivate var entry: ImportEntry { ImportEntry(record, facts: facts, report: report) }

  /// Whether rows were refused, as far as its report was kept.
  fileprivate var hasRefusedRows: Bool {
    report.flatMap { ImportReportSections(json: $0) }.map { $0.refusedCount > 0 } ?? false
  }
}
