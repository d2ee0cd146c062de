import Foundation
import HTTPTypes
import PlumblineCommands
import PlumblineCore
import PlumblineStorage
import Testing

@testable import PlumblineWeb

/// The doors as a browser comes through them.
@Suite struct `Sign-in pages` {
  /// A browser: its cookies, and the token of the last form that it saw.
  private final class Browser {
    let web: WebHarness
    var cookies: [String: String] = [:]
    var formToken = ""

    init(_ web: WebHarness) { self.web = web }

    func get(_ path: String) async throws -> WebHarness.Answer {
      try note(await web.ask(path, as: nil, headers: sent))
    }

    func post(_ path: String, _ fields: [(String, String)]) async throws -> WebHarness.Answer {
      var allowed = CharacterSet.alphanumerics
      allowed.insert(charactersIn: "-._~")
      let body = (fields + [("form_token", formToken)]).map { name, value in
        "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")"
      }.joined(separator: "&")
      return try note(
        await web.ask(path, as: nil, method: .post, headers: sent, rawForm: body)
      )
    }

    private var sent: HTTPFields {
      let text = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      return text.isEmpty ? [:] : [.cookie: text.joined(separator: "; ")]
    }

    private func note(_ answer: WebHarness.Answer) throws -> WebHarness.Answer {
      for field in answer.headers[values: .setCookie] {
        let pair = field.split(separator: ";")[0].split(separator: "=", maxSplits: 1)
        cookies[String(pair[0])] = pair.count == 2 ? String(pair[1]) : nil
      }
      if let found = answer.text.firstMatch(of: /name="form_token" value="([^"]*)"/) {
        formToken = String(found.1)
      }
      return answer
    }
  }

  private static let password = "a plumb line in water"

  /// A browser in which the first account has just been made.
  private func admin(_ web: WebHarness) async throws -> Browser {
    let browser = Browser(web)
    let code = try #require(try web.office.signIn.newSetupCode(at: web.office.now()))
    _ = try await browser.get("/setup")
    let made = try await browser.post(
      "/setup",
      [
        ("code", code), ("name", "admin@example.com"), ("display_name", "Admin"),
        ("password", Self.password),
      ]
    )
    try #require(made.status == 303)
    return browser
  }

  @Test func `the first account is made once, with the code`() async throws {
    let web = try WebHarness(isGuarded: true)
    let stranger = Browser(web)
    #expect(try await stranger.get("/").headers[.location] == "/setup")
    _ = try web.office.signIn.newSetupCode(at: web.office.now())
    _ = try await stranger.get("/setup")
    let refused = try await stranger.post(
      "/setup",
      [
        ("code", "WRONG"), ("name", "x@example.com"), ("display_name", "X"),
        ("password", Self.password),
      ]
    )
    #expect(refused.status == 400)
    #expect(refused.text.contains("accounts.setup-code"))
    let browser = try await admin(web)
    #expect(try await browser.get("/").status == 200)
    #expect(try await stranger.get("/setup").headers[.location] == "/sign-in")
  }

  @Test func `a session's cookie is for the server alone`() async throws {
    let web = try WebHarness(isGuarded: true)
    let browser = Browser(web)
    let code = try #require(try web.office.signIn.newSetupCode(at: web.office.now()))
    _ = try await browser.get("/setup")
    let made = try await browser.post(
      "/setup",
      [("code", code), ("name", "a"), ("display_name", "A"), ("password", Self.password)]
    )
    let cookie = try #require(
      made.headers[values: .setCookie].first { $0.hasPrefix("plumbline_session=") }
    )
    #expect(cookie.contains("HttpOnly"))
    #expect(cookie.contains("SameSite=Lax"))
    #expect(cookie.contains("Path=/"))
  }

  @Test func `signing out ends the session for whoever has its cookie`() async throws {
    let web = try WebHarness(isGuarded: true)
    let browser = try await admin(web)
    _ = try await browser.get("/settings")
    let thief = Browser(web)
    thief.cookies = browser.cookies
    thief.formToken = browser.formToken
    #expect(try await browser.post("/sign-out", []).status == 303)
    #expect(try await thief.get("/settings").status == 303)
    #expect(try await thief.post("/settings/tokens", [("name", "x")]).status == 401)
  }

  @Test func `a form of another site, or of another session, changes nothing`() async throws {
    let web = try WebHarness(isGuarded: true)
    let browser = try await admin(web)
    _ = try await browser.get("/settings")
    let right = browser.formToken
    for wrong in ["", "x", String(right.dropLast()), right + "x", right.uppercased()] {
      browser.formToken = wrong
      let answer = try await browser.post("/settings/tokens", [("name", "x"), ("scope", "read")])
      #expect(answer.status == 403)
    }
    #expect(try web.office.signIn.accounts.tokens().isEmpty)
    // A sign-in of somebody else cannot be forced on a browser either.
    let visitor = Browser(web)
    _ = try await visitor.get("/sign-in")
    visitor.cookies = [:]
    let forced = try await visitor.post(
      "/sign-in",
      [("name", "admin@example.com"), ("password", Self.password)]
    )
    #expect(forced.status == 403)
  }

  @Test func `whoever has signed in may sign in as somebody else`() async throws {
    let web = try WebHarness(isGuarded: true)
    let browser = try await admin(web)
    _ = try await browser.get("/sign-in")
    let again = try await browser.post(
      "/sign-in",
      [("name", "admin@example.com"), ("password", Self.password)]
    )
    #expect(again.status == 303)
  }

  @Test func `guessing is slowed down, and tells nothing`() async throws {
    let web = try WebHarness(isGuarded: true)
    _ = try await admin(web)
    func attempts(_ name: String) async throws -> [Int] {
      let guesser = Browser(web)
      _ = try await guesser.get("/sign-in")
      var statuses: [Int] = []
      var waits: [Int] = []
      defer { #expect(waits.count == statuses.count { $0 == 429 } && waits.allSatisfy { $0 > 0 }) }
      for _ in 0..<8 {
        let answer = try await guesser.post(
          "/sign-in",
          [("name", name), ("password", "wrong guess")]
        )
        statuses.append(answer.status)
        answer.headers[.retryAfter].flatMap { Int($0) }.map { waits.append($0) }
      }
      return statuses
    }
    let known = try await attempts("admin@example.com")
    #expect(known.first == 403)
    #expect(known.last == 429)
  }

  @Test(arguments: [
    ("/sla?by=owner", "/sla?by=owner"), ("//evil.example", "/"), ("https://evil.example", "/"),
    ("/\\evil.example", "/"), ("", "/"), ("/a\r\nSet-Cookie: x=1", "/"),
    ("javascript:alert(1)", "/"),
  ])
  func `after signing in one stays here`(next: String, place: String) async throws {
    let web = try WebHarness(isGuarded: true)
    _ = try await admin(web)
    let browser = Browser(web)
    _ = try await browser.get("/sign-in")
    let answer = try await browser.post(
      "/sign-in",
      [("name", "ADMIN@example.com"), ("password", Self.password), ("next", next)]
    )
    #expect(answer.status == 303)
    #expect(answer.headers[.location] == place)
  }

  @Test func `a token is shown once, works in its scope, and can be taken back`() async throws {
    let web = try WebHarness(isGuarded: true)
    let browser = try await admin(web)
    _ = try await browser.get("/settings")
    let made = try await browser.post(
      "/settings/tokens",
      [("name", "Sheet <1>"), ("scope", "read"), ("role", "marketing"), ("days", "30")]
    )
    #expect(made.text.contains("Sheet &lt;1&gt;"))
    let token = try #require(made.text.firstMatch(of: /plb_[A-Za-z0-9_-]{43}/)).0
    #expect(try await !browser.get("/settings").text.contains(token))
    func status(_ path: String) async throws -> Int {
      try await web.ask(path, as: nil, headers: [.authorization: "Bearer \(token)"]).status
    }
    #expect(try await status("/api/questions/funnel") == 200)
    #expect(try await status("/metrics") == 403)
    #expect(try await status("/settings/audit") == 403)
    let id = try #require(try web.office.signIn.accounts.tokens().first?.id)
    #expect(try await browser.post("/settings/tokens/\(id)/revoke", []).status == 303)
    #expect(try await status("/api/questions/funnel") == 401)
  }

  @Test func `whoever is locked out is out at once, and the log says who did it`() async throws {
    let web = try WebHarness(isGuarded: true)
    let browser = try await admin(web)
    _ = try await browser.get("/settings")
    let made = try await browser.post(
      "/settings/accounts",
      [
        ("name", "rep@example.com"), ("display_name", "Rep"), ("role", "sales"),
        ("owner", "rep-01"), ("password", "another line of lead"),
      ]
    )
    #expect(made.headers[.location] == "/settings?done=account-made")
    let rep = Browser(web)
    _ = try await rep.get("/sign-in")
    _ = try await rep.post(
      "/sign-in",
      [("name", "rep@example.com"), ("password", "another line of lead")]
    )
    #expect(try await rep.get("/").status == 200)
    #expect(try await rep.get("/settings/audit").status == 403)
    let id = try #require(
      try web.office.signIn.accounts.accounts().first { $0.name == "rep@example.com" }?.id
    )
    #expect(try await browser.post("/settings/accounts/\(id)/off", []).status == 303)
    #expect(try await rep.get("/").status == 303)
    let log = try await browser.get("/settings/audit")
    #expect(log.text.contains("account disabled"))
    #expect(log.text.contains("admin@example.com"))
    let own = try #require(
      try web.office.signIn.accounts.accounts().first { $0.role == .admin }?.id
    )
    #expect(try await browser.post("/settings/accounts/\(own)/off", []).status == 403)
  }

  @Test func `an admin makes a new password for somebody, which is shown once and audited`()
    async throws
  {
    let web = try WebHarness(isGuarded: true)
    let browser = try await admin(web)
    _ = try await browser.get("/settings")
    _ = try await browser.post(
      "/settings/accounts",
      [
        ("name", "rep@example.com"), ("display_name", "Rep"), ("role", "sales"),
        ("owner", "rep-01"), ("password", "another line of lead"),
      ]
    )
    let accounts = web.office.signIn.accounts
    let rep = try #require(try accounts.account(named: "rep@example.com")?.account)
    let own = try #require(try accounts.account(named: "admin@example.com")?.account)
    func enter(_ password: String) async throws -> Browser {
      let browser = Browser(web)
      _ = try await browser.get("/sign-in")
      _ = try await browser.post(
        "/sign-in",
        [("name", "rep@example.com"), ("password", password)]
      )
      return browser
    }
    let before = try await enter("another line of lead")
    #expect(try await before.get("/").status == 200)
    _ = try await browser.get("/settings")
    let reset = try await browser.post("/settings/accounts/\(rep.id)/password", [])
    #expect(reset.status == 200)
    #expect(reset.headers[.cacheControl] == "no-store")
    let found = try #require(
      reset.text.firstMatch(of: /<code class="secret">([A-Za-z0-9_-]{20})<\/code>/)
    )
    #expect(try await before.get("/").status == 303)
    #expect(try await enter("another line of lead").get("/").status == 303)
    #expect(try await enter(String(found.1)).get("/").status == 200)
    #expect(try await !browser.get("/settings").text.contains(found.1))
    let event = try #require(
      try accounts.events(AuditFilter(acts: [.passwordChanged])).first
    )
    #expect(event.subject == String(rep.id) && event.context.account == own.id)
    // One's own is changed by whoever knows the old one.
    let ownAnswer = try await browser.post("/settings/accounts/\(own.id)/password", [])
    #expect(ownAnswer.status == 403)
    let nobody = try await browser.post("/settings/accounts/99/password", [])
    #expect(nobody.status == 404)
    // Nobody else, and no token, makes passwords.
    let token = try await web.ask(
      "/settings/accounts/\(rep.id)/password",
      as: nil,
      method: .post,
      headers: [.authorization: "Bearer plb_x"],
      rawForm: ""
    )
    #expect(token.status == 401)
  }

  @Test func `admins see who is told of alerts and what became of it, and no secret`()
    async throws
  {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumbline-alerts-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let web = try WebHarness(Workspace(folder.path), isGuarded: true)
    let browser = try await admin(web)
    #expect(try await browser.get("/settings").text.contains("Nobody is told"))
    func settings(_ text: String) throws {
      try Data(text.utf8).write(to: folder.appendingPathComponent("alerts.yaml"))
    }
    try settings("alerts: 1\ndestinations:\n  floor: {kind: pigeon}\n")
    let broken = try await browser.get("/settings")
    #expect(broken.status == 200)
    #expect(broken.text.contains("pigeon"))
    try settings(
      """
      alerts: 1
      destinations:
        floor:
          kind: webhook
          url: env:FLOOR_HOOK_ADDRESS
          steps: [breached]
          owners: [rep-01]
        diary: {kind: json, file: diary.jsonl}

      """
    )
    let log = try SQLiteAlertLog(
      path: folder.appendingPathComponent("plumbline.alerts.sqlite").path
    )
    let now = Instant(seconds: 1_800_000_000)
    let step = SLAStep(
      lead: "lead-9",
      owner: "rep-01",
      promise: .firstTouch,
      step: .breached,
      due: now
    )
    let claimed = try log.claim([step], for: "floor", run: "r", at: now)
    try #require(claimed.count == 1)
    try log.settle(
      [AlertID(destination: "floor", key: step.key)],
      as: .failed(retryAt: now.advanced(bySeconds: 60), reason: "status 503"),
      run: "r",
      at: now
    )
    let page = try await browser.get("/settings").text
    #expect(page.contains("floor") && page.contains("by a webhook"))
    #expect(page.contains("breached of first touch, attempts, disposition, stale"))
    #expect(page.contains("status 503") && page.contains("2027-01-15"))
    #expect(!page.contains("FLOOR_HOOK_ADDRESS"))
    #expect(!page.contains("rep-01") && !page.contains("lead-9"))
  }
}
