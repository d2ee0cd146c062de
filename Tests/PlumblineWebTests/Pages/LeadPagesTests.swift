import ArgumentParser
import Foundation
import HTTPTypes
import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting
import PlumblineStorage
import PlumblineTestSupport
import Testing

@testable import PlumblineWeb

/// A workspace of a test's own that may be changed.
struct OwnWorkspace {
  let workspace: Workspace
  let accounts: SQLiteAccountStore
  let web: WebHarness

  /// A copy of the example company, with accounts.
  init() throws {
    workspace = try WebHarness.copyOfDemo()
    accounts = try SQLiteAccountStore(path: workspace.path(of: "plumbline.accounts"))
    // The account of the harness's sessions.
    _ = try accounts.add(
      NewAccount(name: "test", displayName: "Test", role: .leadership),
      in: AuditEvent.Context(at: Instant(seconds: 1_700_000_000))
    )
    web = try WebHarness(workspace, accounts: workspace.path(of: "plumbline.accounts"))
  }

  /// What was done since.
  func acts() throws -> [AuditEvent] {
    try accounts.events().filter { $0.act != .accountCreated }
  }

  func remove() { try? FileManager.default.removeItem(at: workspace.folder) }

  /// The lead's history as the terminal shows it.
  func timeline(_ lead: String) throws -> [(what: String, detail: String)] {
    let shown = try ShowLead.parse(["--workspace=\(workspace.name)", "--", lead]).answer()
    return shown.timeline.entries.map { ($0.what, $0.detail) }
  }

  /// How many facts of a kind a lead has.
  func dispositions(_ lead: String) throws -> Int {
    try timeline(lead).count { $0.what == "disposition" }
  }
}

@Suite struct `Lead pages` {
  private static let lead = "100005"

  @Test func `a lead is shown with what was known before the first call`() async throws {
    let page = try await WebHarness().ask("/leads/\(Self.lead)")
    #expect(page.status == 200)
    #expect(page.text.contains("<h1>Lead \(Self.lead)</h1>"))
    #expect(page.text.contains("What happened"))
    #expect(page.text.contains("How the agreement reads it"))
    #expect(page.text.contains("Known "))
  }

  @Test(arguments: ["nobody", "%2e%2e%2fagreement.yaml", "--help", "1%00", "%F0%9F%92%A9", "<b>"])
  func `an unknown lead is not found, whatever is asked`(id: String) async throws {
    let encoded = id.contains("<") ? "%3Cb%3E" : id
    let page = try await WebHarness().ask("/leads/\(encoded)")
    #expect(page.status == 404)
    #expect(!page.text.contains("<b>"))
  }

  @Test(arguments: [
    ("100005", "/leads/100005"), ("+100005+", "/leads/100005"),
    ("https%3A%2F%2Fapp.example.com%2Fcontacts%2F1%2Frecord%2F0-1%2F100005", "/leads/100005"),
    ("https%3A%2F%2Fcrm.example.com%2Fshow%3Fid%3D100005", "/leads/100005"),
  ])
  func `a lead is found by its id or its page in the CRM`(
    typed: String,
    place: String
  ) async throws {
    let answer = try await WebHarness().ask("/leads?id=\(typed)")
    #expect(answer.status == 303)
    #expect(answer.headers[.location] == place)
  }

  @Test(arguments: ["10000", "100005x", "ana%40example.com", "%25", "*"])
  func `nothing fuzzy is found`(typed: String) async throws {
    let answer = try await WebHarness().ask("/leads?id=\(typed)")
    #expect(answer.status == 404)
  }

  @Test func `names of owners are shown to leadership alone`() async throws {
    let web = try WebHarness()
    let seen = try await web.ask("/leads/\(Self.lead)", as: "leadership").text
    #expect(seen.contains("rep-0"))
    for role in ["marketing", "sales", "admin"] {
      let page = try await web.ask("/leads/\(Self.lead)", as: role).text
      #expect(!page.contains("rep-0"), "\(role)")
      #expect(page.contains("seller "), "\(role)")
    }
  }

  @Test func `who may say what became of a lead gets the form`() async throws {
    let web = try WebHarness()
    for (role, isShown) in [
      ("sales", true), ("leadership", true), ("marketing", false), ("admin", false),
    ] {
      let page = try await web.ask("/leads/\(Self.lead)", as: role).text
      #expect(page.contains("value=\"bad_timing\"") == isShown, "\(role)")
    }
  }

  @Test func `a word of sales is stored once, with its note, and audited`() async throws {
    let own = try OwnWorkspace()
    defer { own.remove() }
    let before = try own.dispositions(Self.lead)
    let note = "%3Cscript%3Ealert(1)%3C%2Fscript%3E%0D%0Asecond%20line"
    for expected in ["recorded", "known"] {
      let answer = try await own.web.ask(
        "/leads/\(Self.lead)/disposition",
        as: "sales.rep-03",
        method: .post,
        form: "reason=bad_timing&note=\(note)"
      )
      #expect(answer.status == 303)
      #expect(answer.headers[.location] == "/leads/\(Self.lead)?done=\(expected)")
    }
    #expect(try own.dispositions(Self.lead) == before + 1)
    let notes = try own.timeline(Self.lead).filter { $0.what == "disposition note" }
    #expect(notes.map(\.detail) == ["<script>alert(1)</script>\nsecond line, says sales"])
    let page = try await own.web.ask("/leads/\(Self.lead)?done=recorded", as: "sales").text
    #expect(page.contains("&lt;script&gt;"))
    #expect(!page.contains("<script>alert"))
    let acts = try own.acts().filter { $0.act == .dispositionRecorded }
    #expect(acts.map(\.subject) == [Self.lead])
  }

  @Test func `whoever of sales is no owner in the CRM records nothing, and learns why`()
    async throws
  {
    let own = try OwnWorkspace()
    defer { own.remove() }
    let before = try own.dispositions(Self.lead)
    let answer = try await own.web.ask(
      "/leads/\(Self.lead)/disposition",
      as: "sales",
      method: .post,
      form: "reason=bad_timing"
    )
    #expect(answer.status == 400)
    #expect(answer.text.contains("disposition.no-owner"))
    #expect(try own.dispositions(Self.lead) == before)
    #expect(try own.acts().isEmpty)
  }

  @Test func `the terminal's import of the same row adds nothing`() async throws {
    let own = try OwnWorkspace()
    defer { own.remove() }
    _ = try await own.web.ask(
      "/leads/\(Self.lead)/disposition",
      as: "sales.rep-03",
      method: .post,
      form: "reason=no_need&note=later"
    )
    let said = try own.dispositions(Self.lead)
    let file = own.workspace.folder.appendingPathComponent("said.csv")
    let row =
      "lead,reason,date,owner,note\n\(Self.lead),no_need,2027-01-15T08:00:00Z,rep-03,later\n"
    try Data(row.utf8).write(to: file)
    try CommandRunnerOfTests.run(
      ["disposition", "import", "--workspace", own.workspace.name, file.path]
    )
    #expect(try own.dispositions(Self.lead) == said)
    #expect(try own.timeline(Self.lead).count { $0.what == "disposition note" } == 1)
  }

  @Test(arguments: [
    ("", "disposition.unknown-reason"), ("reason=other", "disposition.unknown-reason"),
    ("reason=no_need&note=\(String(repeating: "x", count: 1_001))", "disposition.long-note"),
  ])
  func `what is not agreed or too long is refused whole`(form: String, code: String) async throws {
    let own = try OwnWorkspace()
    defer { own.remove() }
    let before = try own.timeline(Self.lead).count
    let answer = try await own.web.ask(
      "/leads/\(Self.lead)/disposition",
      as: "sales.rep-03",
      method: .post,
      form: form
    )
    #expect(answer.status == 400)
    #expect(answer.text.contains(code))
    #expect(try own.timeline(Self.lead).count == before)
    #expect(try own.acts().isEmpty)
  }

  @Test func `marketing and forged forms are refused`() async throws {
    let web = try WebHarness()
    let path = "/leads/\(Self.lead)/disposition"
    let other = try await web.ask(path, as: "marketing", method: .post, form: "reason=no_need")
    #expect(other.status == 403)
    let forged = try await web.ask(path, as: "sales", method: .post, headers: [:])
    #expect(forged.status == 403)
  }

  @Test(arguments: [
    ("a b", "/leads/a%20b"), ("a/b", "/leads/a%2Fb"), ("..", "/leads/%2E%2E"),
    ("ä?#&", "/leads/%C3%A4%3F%23%26"), ("\"><", "/leads/%22%3E%3C"),
  ])
  func `an id is one part of an address`(id: String, path: String) {
    #expect(LeadAddress.page(of: id) == path)
  }

  @Test func `a page of the CRM is linked only where somebody said how`() {
    #expect(LeadAddress.crm(of: "7", nil) == nil)
    #expect(LeadAddress.crm(of: "7", "javascript:{id}") == nil)
    #expect(LeadAddress.crm(of: "7", "https://crm.example.com/") == nil)
    #expect(
      LeadAddress.crm(of: "7/8", "https://crm.example.com/lead/{id}")
        == "https://crm.example.com/lead/7%2F8"
    )
  }
}
