import Foundation
import HTTPTypes
import PlumblineCommands
import PlumblineConnectors
import PlumblineCore
import PlumblineStorage
import Testing

@testable import PlumblineWeb

@Suite struct `Data pages` {
  private static let leads = """
    Lead ID,Name,Email,Lead Source,Owner,Created,SQL date,Won date
    L1,Ada Example,ada@example.com,Webinar,R1,2026-01-05,2026-01-10,2026-02-01
    L2,Bo Example,bo@example.com,Paid search,R2,2026-01-06,2026-01-12,
    L3,Cy Example,cy@example.com,Webinar,R1,2026-01-07,,
    """

  private func uploaded(
    _ web: WebHarness,
    _ name: String = "leads.csv",
    _ contents: [UInt8] = Array(leads.utf8)
  ) async throws -> String {
    let answer = try await web.upload(UploadBody.whole(name, contents).bytes)
    #expect(answer.status == 303)
    return try #require(answer.headers[.location])
  }

  private func id(_ path: String) -> String { String(path.split(separator: "/").last ?? "") }

  @Test func `an empty workspace says how to begin`() async throws {
    let web = try WebHarness(try WebHarness.emptyWorkspace())
    let page = try await web.ask("/data", as: "marketing")
    #expect(page.status == 200)
    #expect(page.text.contains("Nothing has been imported yet."))
    #expect(page.text.contains("action=\"/data/upload\""))
    #expect(!page.text.contains(Forms.placeholder))
  }

  @Test func `sales looks and imports nothing`() async throws {
    let web = try WebHarness()
    let page = try await web.ask("/data", as: "sales")
    #expect(page.status == 200)
    #expect(page.text.contains("Import 1"))
    #expect(!page.text.contains("/data/upload"))
    let body = UploadBody.whole("leads.csv", Array(Self.leads.utf8)).bytes
    #expect(try await web.upload(body, as: "sales").status == 403)
    #expect(try await web.ask("/data/imports/1/refused.csv", as: "sales").status == 403)
  }

  @Test func `imports of the example company have their reports`() async throws {
    let web = try WebHarness()
    let list = try await web.ask("/data")
    #expect(list.text.contains("What nobody recorded"))
    let report = try await web.ask("/data/imports/1")
    #expect(report.status == 200)
    #expect(report.text.contains("contacts.csv"))
    #expect(report.text.contains("Rows"))
    #expect(!report.text.contains("was not kept"))
    let rows = try await web.ask("/data/imports/1/refused.csv")
    #expect(rows.headers[.contentType] == "text/csv; charset=utf-8")
    #expect(rows.text.hasPrefix("file,line,code,reason\r\n"))
    #expect(try await web.ask("/data/imports/2").status == 404)
    #expect(try await web.ask("/data/imports/x").status == 404)
  }

  @Test func `a server that was started anew still knows how an import ended`() async throws {
    let workspace = try WebHarness.emptyWorkspace()
    let web = try WebHarness(workspace)
    let path = try await uploaded(web)
    let upload = try web.office.uploads.found(id(path))
    _ = try await web.ask(path, as: "marketing")
    let mark = try #require(Proposals.mark(of: upload))
    let form = "upload=\(upload.id)&mapping=\(mark)"
    let job = "/data/jobs/\(upload.id)"
    let started = try await web.ask("/data/import", as: "marketing", method: .post, form: form)
    #expect(started.headers[.location] == job)
    #expect(try await web.ended(job).text.contains("Import 1"))
    let later = try await WebHarness(workspace).ask(job)
    #expect(later.status == 303)
    #expect(later.headers[.location] == "/data/imports/1")
    // The same files again: nothing is new.
    let again = try web.office.uploads.found(id(try await uploaded(web)))
    try web.office.uploads.noteEnded(again, sequence: 0)
    web.office.uploads.remove(again)
    let nothing = try await WebHarness(workspace).ask("/data/jobs/\(again.id)")
    #expect(nothing.headers[.location] == "/data?done=nothing")
    #expect(try await web.ask("/data?done=nothing").text.contains("nothing was stored"))
  }

  @Test func `an import that the server did not end is called interrupted`() async throws {
    let workspace = try WebHarness.emptyWorkspace()
    let web = try WebHarness(workspace)
    let upload = try web.office.uploads.found(id(try await uploaded(web)))
    let job = "/data/jobs/\(upload.id)"
    #expect(try await web.ask(job).headers[.location] == "/data/uploads/\(upload.id)")
    try web.office.uploads.noteBegun(upload)
    let page = try await WebHarness(workspace).ask(job)
    #expect(page.status == 200)
    #expect(page.text.contains("The import was interrupted"))
    #expect(page.text.contains("nothing of it was stored"))
    #expect(page.text.contains("href=\"/data/uploads/\(upload.id)\""))
    web.office.uploads.forgetBegun(upload)
    #expect(try await WebHarness(workspace).ask(job).status == 303)
  }

  @Test func `an import of which the end alone was not noted is no interrupted one`() async throws {
    let workspace = try WebHarness.emptyWorkspace()
    let web = try WebHarness(workspace)
    let path = try await uploaded(web)
    let upload = try web.office.uploads.found(id(path))
    _ = try await web.ask(path, as: "marketing")
    let mapping = try #require(
      MappingReader.read(Array(try Data(contentsOf: upload.mapping)), file: "mapping.yaml").mapping
    )
    let job = "/data/jobs/\(upload.id)"
    try web.office.uploads.noteBegun(upload)
    // Others of the same name, or read in another way, are not these.
    let other = workspace.folder.appendingPathComponent("leads.csv")
    try Data((Self.leads + "L9,Di Example,di@example.com,Webinar,R1,2026-01-08,,\n").utf8)
      .write(to: other)
    _ = try workspace.importFiles([other.path], by: mapping, now: Instant(seconds: 1_780_000_000))
    #expect(try await WebHarness(workspace).ask(job).text.contains("The import was interrupted"))
    // The server ends after it has stored the facts, and before it says so.
    let stored = try workspace.importFiles(
      upload.paths,
      by: mapping,
      exportedAt: Instant(seconds: 1_780_000_100),
      now: Instant(seconds: 1_780_000_100)
    )
    #expect(stored.record.sequence == 2)
    let later = try await WebHarness(workspace).ask(job)
    #expect(later.status == 303 && later.headers[.location] == "/data/imports/2")
    #expect(web.office.uploads.ended(upload.id) == 2)
    #expect(throws: InputError.self) { try web.office.uploads.found(upload.id) }
    #expect(try await web.ask(job).headers[.location] == "/data/imports/2")
  }

  @Test func `what is decided leaves the list of what is unsure`() async throws {
    let web = try WebHarness(try WebHarness.emptyWorkspace())
    let path = try await uploaded(web)
    let upload = try web.office.uploads.found(id(path))
    func questions() async throws -> [String] {
      _ = try await web.ask(path, as: "marketing")
      return try Proposals().proposal(
        for: upload,
        in: web.office.desk.workspace,
        limits: UploadLimits()
      ).questions.map(\.question)
    }
    let first = try await questions()
    let settled = try #require(first.first)
    #expect(try await web.ask(path, as: "marketing").text.contains("value=\"settle\""))
    func send(_ form: String) async throws {
      let sent = try await web.ask(path, as: "marketing", method: .post, form: form)
      #expect(sent.status == 303)
    }
    let words = try #require(
      settled.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
    )
    try await send("act=settle&question=\(words)")
    #expect(try await questions() == Array(first.dropFirst()))
    // A later answer does not bring it back.
    try await send("source=hubspot&zone=Europe%2FBerlin")
    let left = try await questions()
    #expect(!left.contains(settled))
    #expect(!left.contains { $0.contains("set time_zone") || $0.contains("give source") })
    let text = try String(contentsOf: upload.mapping, encoding: .utf8)
    #expect(text.contains("Europe/Berlin"))
  }

  @Test func `a form without the session's token leaves nothing`() async throws {
    let web = try WebHarness(try WebHarness.emptyWorkspace())
    let contents = Array(Self.leads.utf8)
    let forged = UploadBody.whole("a.csv", contents, token: "forged")
    #expect(try await web.upload(forged.bytes).status == 403)
    var late = UploadBody()
    late.add(file: "a.csv", contents)
    late.add(Forms.field, OpenDoor.formToken)
    late.end()
    #expect(try await web.upload(late.bytes).status == 403)
    var without = UploadBody()
    without.end()
    #expect(try await web.upload(without.bytes).status == 403)
    #expect(web.uploadNames().isEmpty)
  }

  @Test func `a form that is cut leaves nothing`() async throws {
    let web = try WebHarness(try WebHarness.emptyWorkspace())
    let whole = UploadBody.whole("a.csv", Array(Self.leads.utf8)).bytes
    #expect(try await web.upload(Array(whole.dropLast(30))).status == 400)
    #expect(try await web.upload(Array(whole.prefix(20))).status == 400)
    #expect(web.uploadNames().isEmpty)
  }

  @Test func `a form without a file says so`() async throws {
    let web = try WebHarness(try WebHarness.emptyWorkspace())
    let answer = try await web.upload(UploadBody.whole("", []).bytes)
    #expect(answer.status == 400)
    #expect(answer.text.contains("upload.no-file"))
    #expect(web.uploadNames().isEmpty)
  }

  @Test func `a file that is too large leaves nothing`() async throws {
    let web = try WebHarness(try WebHarness.emptyWorkspace(), largestUpload: 1000)
    let body = UploadBody.whole("a.csv", [UInt8](repeating: 65, count: 2000)).bytes
    #expect(try await web.upload(body).status == 413)
    #expect(web.uploadNames().isEmpty)
  }

  @Test func `as many uploads wait as there is room for`() async throws {
    var web = try WebHarness(try WebHarness.emptyWorkspace(), largestUpload: 5000)
    web.office.settings.uploads.mostUploads = 2
    let first = try await uploaded(web)
    _ = try await uploaded(web)
    let body = UploadBody.whole("a.csv", Array(Self.leads.utf8)).bytes
    let refused = try await web.upload(body)
    #expect(refused.status == 400)
    #expect(refused.text.contains("upload.too-many"))
    #expect(web.uploadNames().count == 2)
    _ = try await web.ask(first, as: "marketing", method: .post, form: "act=remove")
    #expect(try await web.upload(body).status == 303)
  }

  @Test func `uploads leave room for others`() async throws {
    var web = try WebHarness(try WebHarness.emptyWorkspace(), largestUpload: 5000)
    // One that is still arriving counts as large as it may become.
    _ = try web.office.uploads.begin()
    web.office.settings.uploads.mostBytes = 9999
    let body = UploadBody.whole("a.csv", Array(Self.leads.utf8)).bytes
    #expect(try await web.upload(body).text.contains("upload.too-many"))
    web.office.settings.uploads.mostBytes = 10_000
    web.office.settings.uploads.leastFreeBytes = .max - 10_000
    #expect(try await web.upload(body).text.contains("upload.no-room"))
    #expect(web.uploadNames().count == 1)
    web.office.settings.uploads.leastFreeBytes = 0
    #expect(try await web.upload(body).status == 303)
  }

  @Test func `a small file that stands for a large one is refused before it is read`() async throws
  {
    var web = try WebHarness(try WebHarness.emptyWorkspace())
    // 3 bytes a thousand times over, as gzip writes them.
    let packed = Data(base64Encoded: Self.packed) ?? Data()
    web.office.settings.uploads.freelyUnpackedBytes = 3000
    web.office.settings.uploads.mostTimes = 1
    let whole = try await web.ask(
      try await uploaded(web, "a.csv.gz", Array(packed)),
      as: "marketing"
    )
    #expect(!whole.text.contains("upload.unpacks-too-far"))
    web.office.settings.uploads.freelyUnpackedBytes = 2999
    let path = try await uploaded(web, "b.csv.gz", Array(packed))
    let page = try await web.ask(path, as: "marketing")
    #expect(page.status == 200)
    #expect(page.text.contains("upload.unpacks-too-far"))
    #expect(!page.text.contains("action=\"/data/import\""))
    for form in ["act=propose", "upload=\(id(path))"] {
      let place = form.hasPrefix("act") ? path : "/data/import"
      let refused = try await web.ask(place, as: "marketing", method: .post, form: form)
      #expect(refused.status == 400)
      // Without the mark of the mapping that was looked through nothing is read at all.
      let code = form.hasPrefix("act") ? "upload.unpacks-too-far" : "upload.mapping-changed"
      #expect(refused.text.contains(code))
    }
  }

  private static let packed = "H4sIAAAAAAACA+3CMQ0AAAwDoL9aaqr+TczGDghrpqqq/n4qVCJ0uAsAAA=="

  @Test(arguments: ["../../x.csv", "a\u{0}b.csv", String(repeating: "x", count: 7000), "<img>.csv"])
  func `a hostile name stays a label`(name: String) async throws {
    let workspace = try WebHarness.emptyWorkspace()
    let web = try WebHarness(workspace)
    let path = try await uploaded(web, name)
    let upload = try web.office.uploads.found(id(path))
    let file = try #require(upload.paths.first)
    #expect(file.hasPrefix(web.office.uploads.folder.path + "/" + upload.id + "/files/"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: workspace.folder.path).count <= 2)
    let page = try await web.ask(path, as: "marketing")
    #expect(page.status == 200)
    #expect(!page.text.contains("<img>"))
  }

  @Test(arguments: ["..", "%2e%2e", "x", "part-0", "0123456789abcdef0123456789abcde%00"])
  func `no other folder is looked into`(name: String) async throws {
    let web = try WebHarness(try WebHarness.emptyWorkspace())
    let page = try await web.ask("/data/uploads/\(name)", as: "marketing")
    #expect([400, 404].contains(page.status))
  }

  @Test func `a preview names no person`() async throws {
    let web = try WebHarness(try WebHarness.emptyWorkspace())
    let page = try await web.ask(try await uploaded(web), as: "marketing")
    #expect(page.status == 200)
    #expect(page.text.contains("3 rows in 1 file"))
    #expect(page.text.contains("Webinar"))
    #expect(page.text.contains("2026-01-05"))
    #expect(!page.text.contains("ada@example.com"))
    #expect(!page.text.contains("Ada"))
    #expect(page.text.contains("Import 3 rows"))
  }

  @Test func `choices change the mapping, and nonsense does not`() async throws {
    let web = try WebHarness(try WebHarness.emptyWorkspace())
    let path = try await uploaded(web)
    let upload = try web.office.uploads.found(id(path))
    _ = try await web.ask(path, as: "marketing")
    func choose(_ form: String) async throws -> String {
      let answer = try await web.ask(path, as: "marketing", method: .post, form: form)
      #expect(answer.status == 303)
      return try String(contentsOf: upload.mapping, encoding: .utf8)
    }
    #expect(try await choose("zone=Europe%2FBerlin").contains("time_zone: Europe/Berlin"))
    let before = try await choose("zone=Europe%2FBerlin&choice-0-0-channel=999&choice-9-9-id=0")
    #expect(before.contains("channel: Lead Source"))
    #expect(try await choose("choice-0-0-channel=4").contains("channel: Owner"))
    let without = try await choose("choice-0-0-channel=")
    #expect(!without.contains("channel:"))
    _ = try await choose("zone=Nowhere%2FAtAll")
    let page = try await web.ask(path, as: "marketing")
    #expect(page.status == 200)
    #expect(page.text.contains("Nowhere/AtAll"))
    #expect(!page.text.contains("action=\"/data/import\""))
    let refused = try await web.ask(
      "/data/import",
      as: "marketing",
      method: .post,
      form: try await web.importForm(upload.id)
    )
    #expect(refused.status == 400)
  }

  @Test func `a mapping that is no mapping is answered with its faults`() async throws {
    let web = try WebHarness(try WebHarness.emptyWorkspace())
    let path = try await uploaded(web)
    let answer = try await web.ask(
      path,
      as: "marketing",
      method: .post,
      form: "act=text&text=mapping%3A%201%0Afiles%3A%20%5B%3C%2Ftextarea%3E"
    )
    #expect(answer.status == 303)
    let page = try await web.ask(path, as: "marketing")
    #expect(page.status == 200)
    #expect(page.text.contains("class=\"fault\""))
    #expect(page.text.contains(#/<p>mapping\.yaml:\d+:\d+: /#))
    #expect(page.text.contains("&lt;/textarea&gt;"))
  }

  @Test func `remedies of an upload can be carried out on its page`() async throws {
    let web = try WebHarness(try WebHarness.emptyWorkspace())
    let path = try await uploaded(web)
    let other =
      "mapping: 1\nsource: crm\nfiles:\n  - file: other.csv\n    records:\n"
      + "      - {kind: lead, id: id, created: created}\n"
    let form = try #require(other.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
    let sent = try await web.ask(
      path,
      as: "marketing",
      method: .post,
      form: "act=text&text=\(form)"
    )
    #expect(sent.status == 303)
    let page = try await web.ask(path, as: "marketing")
    #expect(page.text.contains("import.no-mapping") && page.text.contains("Choose Propose anew"))
    #expect(!page.text.contains("plumbline import"))
  }

  @Test func `from an empty workspace to facts, an agreement and its pages`() async throws {
    let workspace = try WebHarness.emptyWorkspace()
    let web = try WebHarness(workspace)
    let path = try await uploaded(web)
    let start = try await web.ask(
      "/data/import",
      as: "marketing",
      method: .post,
      form: try await web.importForm(id(path))
    )
    #expect(start.status == 303)
    let job = try await web.ended(try #require(start.headers[.location]))
    #expect(job.text.contains("Import 1"))
    #expect(job.text.contains("/data#agree"))
    #expect(web.uploadNames().isEmpty)

    let data = try await web.ask("/data", as: "marketing")
    #expect(data.text.contains("action=\"/data/agreement\""))
    let wrong = try await web.ask(
      "/data/agreement",
      as: "marketing",
      method: .post,
      form: "company=A&currency=EURO&zone=UTC"
    )
    #expect(wrong.status == 400)
    #expect(!workspace.hasAgreement)
    let agreed = try await web.ask(
      "/data/agreement",
      as: "marketing",
      method: .post,
      form: "company=%3Cb%3EA%3A%20%22x&currency=eur&zone=Europe%2FBerlin"
    )
    #expect(agreed.status == 303)
    #expect(agreed.headers[.location] == "/")
    #expect(try workspace.agreement().company == "<b>A: \"x")
    #expect(try await web.ask("/data", as: "marketing").text.contains("&lt;b&gt;A"))
    #expect(try await web.ask("/").status == 200)
    #expect(try await web.ask("/data/imports/1").text.contains("3"))

    // The next export of the same files is read as this one was.
    let again = try await uploaded(
      web,
      "leads.csv",
      Array((Self.leads + "\nL4,,,,,2026-01-09,,").utf8)
    )
    let page = try await web.ask(again, as: "marketing")
    #expect(page.text.contains("4 rows in 1 file"))
    let next = try await web.ask(
      "/data/import",
      as: "admin",
      method: .post,
      form: try await web.importForm(id(again))
    )
    let second = try await web.ended(try #require(next.headers[.location]))
    #expect(second.text.contains("Import 2"))
    let events = try web.office.signIn.accounts.events(AuditFilter(acts: [.imported]))
    #expect(events.map(\.subject) == ["import 2", "import 1"])
  }

  @Test func `a check tells an admin what it found`() async throws {
    let web = try WebHarness()
    #expect(try await web.ask("/data/check", as: "leadership").status == 403)
    #expect(try await web.ask("/data/check", as: "admin").text.contains("not been checked"))
    let sent = try await web.ask("/data/check", as: "admin", method: .post, form: "")
    #expect(sent.headers[.location] == "/data/check")
    #expect(try await web.ask("/data/check", as: "admin").text.contains("The workspace is whole."))
  }
}
