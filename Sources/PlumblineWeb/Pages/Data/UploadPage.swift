import Foundation
import Hummingbird
import PlumblineCommands
import PlumblineConnectors
import PlumblineCore
import PlumblineReporting

/// Uploaded files before their import: what the columns become, what is unsure, what would be
/// refused.
enum UploadPage {
  private static let notices = [
    "changed": "The mapping is changed, and the files were read again.",
    "proposed": "The mapping was proposed anew.",
    "settled": "Settled: it stays as it is.",
    "uploaded": "The files have arrived. Nothing is imported yet.",
  ]

  static func answer(_ visit: Visit) async throws -> Response {
    let upload = try visit.office.uploads.found(try visit.part("id"))
    let proposal = try await proposal(upload, visit)
    return try await visit.page(
      PageContent(
        title: "Look through the upload",
        place: .data,
        content: DataPage.inside(ProposalSections(upload, proposal).parts),
        notices: visit.query["done"].flatMap { notices[$0] }.map { [$0] } ?? []
      )
    )
  }

  /// Changes the mapping of an upload, proposes it anew, or removes the upload.
  static func change(_ visit: Visit) async throws -> Response {
    let upload = try visit.office.uploads.found(try visit.part("id"))
    let form = try await visit.form()
    let (office, person) = (visit.office, try visit.person)
    switch form["act"] {
    case "remove":
      try refuseWhileImported(upload, office)
      try visit.note(.uploadRemoved, upload.id)
      office.uploads.remove(upload)
      return visit.seeOther("/data?done=removed")
    case "propose":
      try await office.desk.perform(for: person) {
        try office.settings.uploads.checkUnpacked(upload)
        try Proposal.save(
          MappingChoice.text(for: upload, in: office.desk.workspace, isNew: true),
          for: upload
        )
      }
      return visit.seeOther("/data/uploads/\(upload.id)?done=proposed")
    case "settle":
      let proposal = try await proposal(upload, visit)
      let settled = form["question"] ?? ""
      try Proposal.save(Proposal.text(proposal.text) { $0 != settled }, for: upload)
      return visit.seeOther("/data/uploads/\(upload.id)?done=settled")
    case "text":
      let text = (form["text"] ?? "").replacing("\r\n", with: "\n")
      try Proposal.save(text, for: upload)
    default:
      let proposal = try await proposal(upload, visit)
      try await office.desk.perform(for: person) {
        guard let text = MappingChoice.changed(by: form, proposal, of: upload) else { return }
        try Proposal.save(text, for: upload)
      }
    }
    return visit.seeOther("/data/uploads/\(upload.id)?done=changed")
  }

  /// What is proposed for an upload.
  static func proposal(_ upload: UploadShelf.Upload, _ visit: Visit) async throws -> Proposal {
    let office = visit.office
    return try await office.desk.perform(for: visit.person) {
      try office.proposals.proposal(
        for: upload,
        in: office.desk.workspace,
        limits: office.settings.uploads
      )
    }
  }

  private static func refuseWhileImported(
    _ upload: UploadShelf.Upload,
    _ office: Office
  ) throws {
    guard let job = office.imports.job(upload.id), !job.state.isOver else { return }
    throw InputError(
      code: "upload.in-use",
      "these files are being imported.",
      remedy: "Wait until the import has ended."
    )
  }
}
