import Foundation
import Hummingbird
import Logging
import PlumblineCommands
import PlumblineConnectors
import PlumblineCore
import PlumblineReporting

/// Starts the import of an upload: all of it or nothing, while everybody else goes on reading.
enum ImportForm {
  static func answer(_ visit: Visit) async throws -> Response {
    let office = visit.office
    let form = try await visit.form()
    let upload = try office.uploads.found(form["upload"] ?? "")
    let proposal = try await UploadPage.proposal(upload, visit)
    // What is imported is what was looked through, and what lies there now.
    guard form["mapping"] == proposal.mark, proposal.mark == Proposals.mark(of: upload) else {
      throw InputError(
        code: "upload.mapping-changed",
        "the mapping was changed meanwhile; nothing is imported.",
        remedy: "Look the upload through again, and import it from there."
      )
    }
    guard let mapping = proposal.mapping, proposal.faults.isEmpty else {
      throw InputError(proposal.faults)
    }
    let job = ImportJobs.Job(
      id: upload.id,
      names: upload.names,
      rowCount: proposal.report?.rowCount
    )
    try office.uploads.noteBegun(upload)
    office.imports.start(job) { tell in
      await run(upload, mapping, proposal.text, visit, tell)
    }
    return visit.seeOther("/data/jobs/\(upload.id)")
  }

  private static func run(
    _ upload: UploadShelf.Upload,
    _ mapping: Mapping,
    _ text: String,
    _ visit: Visit,
    _ tell: @escaping @Sendable (String) -> Void
  ) async -> ImportJobs.State {
    let office = visit.office
    let workspace = office.desk.workspace
    do {
      let (report, json) = try await office.desk.change {
        tell("reading the files")
        let report = try workspace.importFiles(
          upload.paths,
          by: mapping,
          now: office.now(),
          hiding: upload.files,
          progress: tell
        )
        if report.record.sequence > 0 {
          try? MappingChoice.keep(text, ofImport: report.record.sequence, in: workspace)
        }
        return (report, try ImportReportJSON(report).text())
      }.value
      try? office.uploads.noteEnded(upload, sequence: report.record.sequence)
      office.uploads.remove(upload)
      if report.record.sequence > 0 { visit.noteImport(report.record.sequence) }
      return .done(sequence: report.record.sequence, report: json)
    } catch let error as InputError {
      office.uploads.forgetBegun(upload)
      return .failed(
        error.diagnostics.map { $0.without(folder: upload.files).shown(in: workspace) }
      )
    } catch {
      office.uploads.forgetBegun(upload)
      visit.context.logger.error("an import failed", metadata: ["what": "\(error)"])
      return .failed([
        Diagnostic(
          .error,
          code: "web.our-fault",
          "something went wrong on our side; nothing was imported.",
          remedy: "Tell whoever looks after the server the number of this request: "
            + "\(visit.context.id)."
        )
      ])
    }
  }
}

extension Visit {
  /// Writes an import into the audit log.
  ///
  /// The facts are stored already: a log that cannot be written is told to whoever looks after the
  /// server, and does not undo them.
  func noteImport(_ sequence: Int) {
    do {
      try note(.imported, "import \(sequence)")
    } catch {
      context.logger.error(
        "the audit log could not be written",
        metadata: ["what": "\(error)", "import": "\(sequence)"]
      )
    }
  }
}
