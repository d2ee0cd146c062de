import Foundation
import HTTPTypes
import PlumblineCommands
import Testing

@testable import PlumblineWeb

/// Files that somebody else's system wrote, from the upload to the verdict, by forms alone.
@Suite(.enabled(if: RealFiles.areThere, "the data for development are not beside this repository"))
struct `Real exports in the browser` {
  @Test(arguments: [
    ["x_education/Leads.csv.gz"], ["x_education/Leads_338_rows_quoted_whole.csv.gz"],
    ["leadforge_dev/leads.csv", "leadforge_dev/opportunities.csv"],
    ["maven_crm/sales_pipeline.csv"],
  ])
  func `upload, look through, import, agree, verdict`(names: [String]) async throws {
    let workspace = try WebHarness.emptyWorkspace()
    let web = try WebHarness(workspace)
    var body = UploadBody()
    body.add(Forms.field, OpenDoor.formToken)
    for name in names {
      let place = RealFiles.folder.appendingPathComponent(name)
      body.add(file: place.lastPathComponent, Array(try Data(contentsOf: place)))
    }
    body.end()
    let uploaded = try await web.upload(body.bytes)
    let path = try #require(uploaded.headers[.location])
    var page = try await web.ask(path, as: "marketing")
    #expect(page.status == 200)
    if !page.text.contains("action=\"/data/import\"") {
      // What the files leave open is asked, and answered as a person would.
      let sent = try await web.ask(
        path,
        as: "marketing",
        method: .post,
        form: "zone=UTC&currency=USD&date_order=month_first&decimal=point"
      )
      #expect(sent.status == 303)
      page = try await web.ask(path, as: "marketing")
    }
    #expect(page.text.contains("action=\"/data/import\""))
    #expect(!page.text.contains("uploads/\(path.split(separator: "/").last ?? "")/files"))
    let start = try await web.ask(
      "/data/import",
      as: "marketing",
      method: .post,
      form: try await web.importForm(String(path.split(separator: "/").last ?? ""))
    )
    let job = try await web.ended(try #require(start.headers[.location]))
    #expect(job.text.contains("Import 1"))
    let agreed = try await web.ask(
      "/data/agreement",
      as: "marketing",
      method: .post,
      form: "company=&currency=USD&zone=UTC"
    )
    #expect(agreed.headers[.location] == "/")
    #expect(try await web.ask("/").status == 200)
    #expect(try await web.ask("/data").text.contains("What nobody recorded"))
  }
}

/// Where the data for development are.
enum RealFiles {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("shared/data", isDirectory: true)

  static let areThere = FileManager.default.fileExists(atPath: folder.path)
}
