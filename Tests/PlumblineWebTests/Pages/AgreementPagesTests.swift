import Foundation
import HTTPTypes
import PlumblineAgreement
import PlumblineCommands
import PlumblineCore
import PlumblineStorage
import PlumblineTestSupport
import Testing

@testable import PlumblineWeb

/// The agreement in the browser: drafting, saving, signing.
@Suite struct `Agreement pages` {
  /// A workspace of the test's own with the example company's agreement and facts.
  private func workspace() throws -> Workspace { try WebHarness.copyOfDemo() }

  private func text(_ workspace: Workspace) throws -> String {
    String(decoding: try workspace.agreements.contents().present.bytes, as: UTF8.self)
  }

  private func hash(_ text: String) -> String { AgreementReader.hash(of: Array(text.utf8)) }

  private func form(_ text: String, base: String) -> String {
    "base=\(hash(base))&text=\(PathPart.encoded(text.replacing("\n", with: "\r\n")))"
  }

  private func next(_ text: String) -> String {
    text.replacing("version: 2025-H2", with: "version: 2027-H1")
      .replacing("effective: 2025-07-01", with: "effective: 2027-02-01")
      .replacing("mql_at: 40", with: "mql_at: 55")
  }

  @Test func `the text stands beside its meaning`() async throws {
    let web = try WebHarness()
    let page = try await web.ask("/agreement")
    #expect(page.status == 200)
    #expect(page.text.contains("What marketing and sales of Example company agreed"))
    #expect(page.text.contains("mql_at: 40"))
    #expect(page.text.contains("From 40 points") || page.text.contains("40 points are"))
    #expect(!page.text.contains("style="))
    #expect(page.text.contains(OpenDoor.formToken))
  }

  @Test(arguments: ["marketing", "sales", "leadership", "admin"])
  func `without names of sales all may draft, leadership and admin save`(
    _ role: String
  ) async throws {
    let workspace = try workspace()
    let web = try WebHarness(workspace)
    let nameless = try text(workspace)
      .split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.contains("rep-") }.joined(separator: "\n")
    try Data(nameless.utf8).write(to: URL(fileURLWithPath: workspace.agreementPath))
    let page = try await web.ask("/agreement", as: role)
    #expect(page.text.contains("/agreement/price"))
    #expect(page.text.contains("/agreement/save") == ["leadership", "admin"].contains(role))
    #expect(!page.text.contains("readonly"))
  }

  @Test(arguments: ["marketing", "sales", "sales.rep-03", "admin"])
  func `whoever is not to see names of sales sees none on any page of the agreement`(
    _ session: String
  ) async throws {
    let workspace = try workspace()
    let web = try WebHarness(workspace)
    let present = try text(workspace)
    try #require(present.contains("rep-02"))
    func names(_ page: WebHarness.Answer) -> Set<String> {
      Set(page.text.matches(of: /[Rr]ep-\d+/).map { String($0.0) })
    }
    let own: Set<String> = session == "sales.rep-03" ? ["rep-03"] : []
    let proposal = "/agreement?propose=1&mql-at=55"
    for address in ["/agreement", proposal, "/agreement/diff?first=2025-H1&second=."] {
      let page = try await web.ask(address, as: session)
      #expect(names(page).isSubset(of: own), "\(address)")
    }
    let page = try await web.ask("/agreement", as: session)
    #expect(page.status == 200)
    #expect(names(page) == own)
    #expect(page.text.contains("Names of sales are left out"))
    #expect(page.text.contains("readonly"))
    #expect(!page.text.contains("/agreement/save"))
    #expect(!page.text.contains(hash(present)))
    #expect(page.text.contains("mql_at: 40"))
    // What one types comes back as it is: no name is turned into a pseudonym.
    let typed = next(present.replacing("rep-02", with: "rep-77"))
    let nameless = typed.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.contains("rep-") || $0.contains("rep-77") }.joined(separator: "\n")
    for path in ["/agreement/check", "/agreement/price"] {
      let answer = try await web.ask(
        path,
        as: session,
        method: .post,
        form: form(nameless, base: present)
      )
      #expect(answer.status == 200)
      #expect(names(answer).isSubset(of: own.union(["rep-77"])), "\(path)")
    }
    let saved = try await web.ask(
      "/agreement/save",
      as: session,
      method: .post,
      form: form(nameless, base: present)
    )
    #expect(saved.status >= 400)
    #expect(try text(workspace) == present)
    #expect(names(saved).isSubset(of: own.union(["rep-77"])))
  }

  @Test func `faults stand at their lines, and nothing is saved`() async throws {
    let web = try WebHarness()
    let present = try text(WebHarness.demo)
    let bad = present.replacing("skips: filled", with: "skips: <script>")
    let line = try #require(
      bad.split(separator: "\n", omittingEmptySubsequences: false)
        .firstIndex { $0.contains("<script>") }
    )
    for path in ["/agreement/check", "/agreement/save"] {
      let page = try await web.ask(path, method: .post, form: form(bad, base: present))
      #expect(page.status == (path.hasSuffix("save") ? 422 : 200))
      #expect(page.text.contains("data-line=\"\(line + 1)\""))
      #expect(page.text.contains("&lt;script&gt;"))
      #expect(!page.text.contains("<script>"))
    }
    #expect(try text(WebHarness.demo) == present)
  }

  @Test func `while one types, the meaning alone is answered`() async throws {
    let web = try WebHarness()
    let present = try text(WebHarness.demo)
    let page = try await web.ask(
      "/agreement/check",
      method: .post,
      headers: [try #require(.init("X-Fragment")): "meaning"],
      form: form(next(present), base: present)
    )
    #expect(page.text.hasPrefix("<h2>What it means</h2>"))
    #expect(page.text.contains("version 2027-H1"))
    #expect(page.text.contains("Version 2025-H2 is frozen first"))
  }

  @Test func `a draft is priced before it is saved`() async throws {
    let web = try WebHarness()
    let present = try text(WebHarness.demo)
    let draft = next(present).replacing(
      "{id: mql, is: ",
      with: "{id: mql, confirmed_by: {stage: sql, within_days: 3}, is: "
    )
    let page = try await web.ask(
      "/agreement/price",
      method: .post,
      form: form(draft, base: present)
    )
    #expect(page.status == 200)
    #expect(page.text.contains("Under 2027-H1 instead of 2025-H2"))
    #expect(page.text.contains("href=\"/leads/"))
    #expect(page.text.contains("Work for sales"))
  }

  @Test func `a new version is saved whole, and the one before is kept`() async throws {
    let workspace = try workspace()
    let web = try WebHarness(workspace)
    let present = try text(workspace)
    let refused = try await web.ask(
      "/agreement/save",
      as: "sales",
      method: .post,
      form: form(next(present), base: present)
    )
    #expect(refused.status == 403)
    let answer = try await web.ask(
      "/agreement/save",
      method: .post,
      form: form(next(present), base: present)
    )
    #expect(answer.status == 303)
    #expect(answer.headers[.location] == "/agreement?done=saved")
    #expect(try text(workspace) == next(present))
    #expect(try workspace.agreements.contents().frozen.map(\.bytes) == [Array(present.utf8)])
    let events = try web.office.signIn.accounts.events()
    #expect(events.map(\.act) == [.agreementSaved])
    #expect(events.map(\.subject) == ["2027-H1"])
    let page = try await web.ask("/agreement?done=saved")
    #expect(page.text.contains("Saved."))
    #expect(page.text.contains("/agreement/diff?first=2025-H2&amp;second=."))
    let diff = try await web.ask("/agreement/diff?first=2025-H2&second=.")
    #expect(diff.status == 200)
    #expect(diff.text.contains("What the agreements say differently"))
  }

  @Test func `of two who draft at once the second keeps both texts`() async throws {
    let workspace = try workspace()
    let web = try WebHarness(workspace)
    let present = try text(workspace)
    let mine = next(present)
    let theirs = mine.replacing("mql_at: 55", with: "mql_at: 70")
    _ = try await web.ask("/agreement/save", method: .post, form: form(theirs, base: present))
    let late = try await web.ask("/agreement/save", method: .post, form: form(mine, base: present))
    #expect(late.status == 409)
    #expect(late.text.contains("mql_at: 55") && late.text.contains("mql_at: 70"))
    #expect(try text(workspace) == theirs)
    // The form that comes back is made from what is there now.
    #expect(late.text.contains(hash(theirs)))
  }

  @Test func `both teams sign with keys that the server does not keep, and it verifies`()
    async throws
  {
    let workspace = try workspace()
    let web = try WebHarness(workspace)
    let present = hash(try text(workspace))
    for team in ["marketing", "sales"] {
      let made = try await web.ask(
        "/agreement/key",
        as: team,
        method: .post,
        form: "team=\(team)"
      )
      #expect(made.status == 200)
      #expect(made.headers[.cacheControl] == "no-store")
      let key = try #require(made.text.firstMatch(of: /class="secret">([^<]+)</)?.1)
      let other = team == "sales" ? "marketing" : "sales"
      let fields = "hash=\(present)&read=yes&key=\(PathPart.encoded(String(key)))"
      let forbidden = try await web.ask(
        "/agreement/sign",
        as: team,
        method: .post,
        form: "team=\(other)&\(fields)"
      )
      #expect(forbidden.status == 403)
      let signed = try await web.ask(
        "/agreement/sign",
        as: team,
        method: .post,
        form: "team=\(team)&\(fields)"
      )
      #expect(signed.status == 303)
      let kept = try FileManager.default.subpathsOfDirectory(atPath: workspace.folder.path)
      for path in kept {
        let bytes = FileManager.default.contents(atPath: workspace.path(of: path)) ?? Data()
        #expect(bytes.range(of: Data(key.utf8)) == nil, "\(path) holds a private key")
      }
    }
    let audit = SignatureAudit(try workspace.agreements.contents())
    #expect(audit.isSigned)
    #expect(audit.records[0].signatures.map(\.signer) == ["Test", "Test"])
    let acts = try web.office.signIn.accounts.events().map(\.act)
    #expect(acts.count { $0 == .agreementSigned } == 2)
    #expect(try await web.ask("/agreement").text.contains("Both teams signed the agreement"))
  }

  @Test func `what was changed after the page was made is not signed, nor by a token`() async throws
  {
    let workspace = try workspace()
    let web = try WebHarness(workspace)
    let made = try await web.ask("/agreement/key", as: "sales", method: .post, form: "team=sales")
    let key = try #require(made.text.firstMatch(of: /class="secret">([^<]+)</)?.1)
    let fields = "team=sales&read=yes&key=\(PathPart.encoded(String(key)))"
    let stale = try await web.ask(
      "/agreement/sign",
      as: "sales",
      method: .post,
      form: "\(fields)&hash=\(hash("another"))"
    )
    #expect(stale.status == 400)
    let token = try await web.ask(
      "/agreement/sign",
      as: nil,
      method: .post,
      headers: [.authorization: "Bearer sales:read,write"],
      form: "\(fields)&hash=\(hash(try text(workspace)))"
    )
    #expect(token.status == 403)
    for wrong in ["", "AAAA", PathPart.encoded(Data(count: 32).base64EncodedString())] {
      let answer = try await web.ask(
        "/agreement/sign",
        as: "sales",
        method: .post,
        form: "team=sales&read=yes&key=\(wrong)&hash=\(hash(try text(workspace)))"
      )
      #expect(answer.status == 400)
      #expect(wrong.isEmpty || !answer.text.contains(wrong))
    }
    #expect(try workspace.agreements.contents().signatures.isEmpty)
  }

  @Test func `a proposal opens the draft with its lines changed and marked`() async throws {
    let web = try WebHarness()
    let page = try await web.ask(
      "/agreement?propose=1&skips=any&returns=same_episode&confirmed=mql:sql:30&mql-at=65"
    )
    #expect(page.status == 200)
    for line in [
      "skips: any", "returns: same_episode", "confirmed_by: {stage: sql, within_days: 30}",
      "mql_at: 65", "version: &quot;2025-H2-2&quot;",
    ] {
      #expect(page.text.contains(line), "\(line)")
    }
    #expect(page.text.contains("Changed for you"))
    let hostile = try await web.ask("/agreement?propose=1&confirmed=%3Cscript%3E:x:1&skips=x%0Ay")
    #expect(hostile.status == 200)
    #expect(!hostile.text.contains("<script>:"))
    #expect(hostile.text.contains("could not be taken over"))
  }

  @Test func `a version is named, never a file of the server`() async throws {
    let web = try WebHarness()
    for name in ["/etc/passwd", "../agreement", "agreement.yaml"] {
      let answer = try await web.ask("/agreement/diff?first=\(PathPart.encoded(name))&second=.")
      #expect(answer.status == 400)
      #expect(answer.text.contains("agreement.no-such-version"))
      #expect(!answer.text.contains("root:"))
    }
  }
}
