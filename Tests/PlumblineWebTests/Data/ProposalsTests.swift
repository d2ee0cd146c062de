import Foundation
import HTTPTypes
import PlumblineCommands
import PlumblineCore
import Testing

@testable import PlumblineWeb

/// What is imported is what was looked through.
@Suite struct `Proposals for uploads` {
  private static let leads = "Lead ID,Lead Source,Owner,Created\nL1,Webinar,R1,2026-01-05\n"

  private func uploaded(_ web: WebHarness) async throws -> UploadShelf.Upload {
    let answer = try await web.upload(
      UploadBody.whole("leads.csv", Array(Self.leads.utf8)).bytes
    )
    let path = try #require(answer.headers[.location])
    return try web.office.uploads.found(String(path.split(separator: "/").last ?? ""))
  }

  private func otherText(_ text: String) -> String {
    text.replacing("channel: Lead Source", with: "channel: Owner")
  }

  @Test func `a mapping that is replaced is read anew, and the one before again`() async throws {
    let web = try WebHarness(try WebHarness.emptyWorkspace())
    let upload = try await uploaded(web)
    let (proposals, workspace) = (Proposals(), web.office.desk.workspace)
    #expect(Proposals.mark(of: upload) == nil)
    let first = try proposals.proposal(for: upload, in: workspace, limits: UploadLimits())
    #expect(Proposals.mark(of: upload) == first.mark)
    #expect(first.faults.isEmpty)
    let other = otherText(first.text)
    #expect(other != first.text)
    try Proposal.save(other, for: upload)
    let second = try proposals.proposal(for: upload, in: workspace, limits: UploadLimits())
    #expect(second.text == other)
    #expect(second.mark != first.mark)
    try Proposal.save(first.text, for: upload)
    #expect(
      try proposals.proposal(for: upload, in: workspace, limits: UploadLimits()).text == first.text
    )
  }

  @Test func `a proposal is kept under the mapping that was rehearsed`() async throws {
    let web = try WebHarness(try WebHarness.emptyWorkspace())
    let upload = try await uploaded(web)
    let (proposals, workspace) = (Proposals(), web.office.desk.workspace)
    let text = try proposals.proposal(for: upload, in: workspace, limits: UploadLimits()).text
    let texts = [otherText(text), text]
    // One replaces the mapping all the time while another looks.
    async let replacing: Void = Task.detached {
      for turn in 0..<200 { try Proposal.save(texts[turn % 2], for: upload) }
    }.value
    for _ in 0..<40 {
      _ = try proposals.proposal(for: upload, in: workspace, limits: UploadLimits())
    }
    try await replacing
    for text in texts {
      try Proposal.save(text, for: upload)
      #expect(
        try proposals.proposal(for: upload, in: workspace, limits: UploadLimits()).text == text
      )
    }
  }

  @Test func `an import of another mapping than the one looked through is refused`() async throws {
    let web = try WebHarness(try WebHarness.emptyWorkspace())
    let upload = try await uploaded(web)
    let page = try await web.ask("/data/uploads/\(upload.id)", as: "marketing")
    let mark = try #require(Proposals.mark(of: upload))
    #expect(page.text.contains("name=\"mapping\""))
    #expect(page.text.contains("value=\"\(mark)\""))
    let text = try String(contentsOf: upload.mapping, encoding: .utf8)
    try Proposal.save(otherText(text), for: upload)
    for form in ["&mapping=\(mark)", "&mapping=", ""] {
      let refused = try await web.ask(
        "/data/import",
        as: "marketing",
        method: .post,
        form: "upload=\(upload.id)\(form)"
      )
      #expect(refused.status == 400)
      #expect(refused.text.contains("upload.mapping-changed"))
      #expect(refused.text.contains("the mapping was changed meanwhile"))
    }
    #expect(web.office.imports.open.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: web.office.desk.workspace.storePath))
    let start = try await web.ask(
      "/data/import",
      as: "marketing",
      method: .post,
      form: try await web.importForm(upload.id)
    )
    #expect(start.status == 303)
    let job = try await web.ended(try #require(start.headers[.location]))
    #expect(job.text.contains("Import 1"))
  }
}

extension WebHarness {
  /// The form that imports an upload by the mapping that it has now, once somebody has looked.
  func importForm(_ id: String) async throws -> String {
    _ = try await ask("/data/uploads/\(id)", as: "marketing")
    let upload = try office.uploads.found(id)
    return "upload=\(id)&mapping=\(Proposals.mark(of: upload) ?? "")"
  }
}
