import ArgumentParser
import Foundation
import HTTPTypes
import PlumblineCommands
import PlumblineCore
import PlumblineStorage
import PlumblineTestSupport
import Testing

@testable import PlumblineWeb

/// The pulse: links, answering without a name, results.
@Suite struct `Pulse pages` {
  private static let survey = """
    pulse: 1
    period: month
    teams: [marketing, sales]
    questions:
      - {id: worth, text: "The leads are <b>worth</b> it.", scale: 1-5}
      - {id: missing, text: "What do you miss?", choices: [budget, "timing, mostly"]}
      - {id: change, text: "What should change?", type: text}

    """

  /// A workspace with a survey, and a web app whose accounts lie in it.
  private func web(_ survey: String? = survey) throws -> (WebHarness, Workspace) {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumbline-pulse-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data("agreement: 1\n".utf8).write(to: folder.appendingPathComponent("agreement.yaml"))
    if let survey {
      try Data(survey.utf8).write(to: folder.appendingPathComponent("pulse.yaml"))
    }
    let workspace = Workspace(folder.path)
    return (try WebHarness(workspace, accounts: workspace.accountsPath), workspace)
  }

  /// The paths of new links.
  private func links(
    _ web: WebHarness,
    _ count: Int,
    team: String = "sales"
  ) async throws -> [String] {
    let page = try await web.ask(
      "/pulse/invitations",
      as: "admin",
      method: .post,
      form: "team=\(team)&count=\(count)&until=2027-01-31"
    )
    #expect(page.status == 200)
    #expect(page.headers[.cacheControl] == "no-store")
    return page.text.matches(of: /\/p\/[A-Za-z0-9_-]{22}/).map { String($0.0) }
  }

  @Test func `without questions the page says how to write them`() async throws {
    let (web, _) = try web(nil)
    let page = try await web.ask("/pulse")
    #expect(page.status == 200)
    #expect(page.text.contains("Nobody is asked anything yet."))
    #expect(!page.text.contains("pulse.yaml"))
    let admins = try await web.ask("/pulse", as: "admin")
    #expect(admins.text.contains("pulse.yaml"))
  }

  @Test func `a link answers once, and keeps no tie to the answer`() async throws {
    let (web, workspace) = try web()
    let links = try await links(web, 2)
    #expect(Set(links).count == 2)
    let form = try await web.ask(links[0], as: nil)
    #expect(form.status == 200)
    #expect(form.text.contains("This is anonymous."))
    #expect(form.text.contains("&lt;b&gt;worth&lt;/b&gt;"))
    let empty = try await web.ask(links[0], as: nil, method: .post, form: "q2=%20%20")
    #expect(empty.text.contains("Answer at least one question"))
    let sent = try await web.ask(
      links[0],
      as: nil,
      method: .post,
      form: "q0=4&q1=timing%2C+mostly&q2=Ask+me@example.com%0D%0Aabout+it&q9=1"
    )
    #expect(sent.status == 303)
    #expect(sent.headers[.location] == "\(links[0])?done=1")
    let again = try await web.ask(links[0], as: nil, method: .post, form: "q0=1")
    #expect(again.status == 410)
    #expect(try await web.ask(links[0], as: nil).status == 410)
    let kept = try web.office.signIn.accounts.pulseAnswers()
    #expect(
      Set(kept.map { "\($0.question): \($0.answer)" }) == [
        "worth: 4", "missing: timing, mostly", "change: Ask [address] about it",
      ]
    )
    #expect(Set(kept.map(\.day)) == [CivilDate(dayNumber: 1_800_000_000 / 86_400)])
    let acts = Set(try web.office.signIn.accounts.events().map(\.act))
    #expect(acts.subtracting([.pulseInvited]).isEmpty)
    // The link itself stands nowhere.
    let token = try #require(links[0].split(separator: "/").last)
    for suffix in ["", "-wal"] {
      let bytes = FileManager.default.contents(atPath: workspace.accountsPath + suffix) ?? Data()
      #expect(bytes.range(of: Data(token.utf8)) == nil)
    }
  }

  @Test(arguments: ["q0=6", "q0=x", "q1=other", "q0=", ""])
  func `what fits no question is no answer, and uses up no link`(_ fields: String) async throws {
    let (web, _) = try web()
    let link = try #require(try await links(web, 1).first)
    let answer = try await web.ask(link, as: nil, method: .post, form: fields)
    #expect(answer.status == 200)
    #expect(try web.office.signIn.accounts.pulseAnswers().isEmpty)
    #expect(try await web.ask(link, as: nil).status == 200)
  }

  @Test func `links lead to the public address, whatever a request says`() async throws {
    var (web, _) = try web()
    web.office.settings.publicURL = "https://plumbline.example"
    let page = try await web.ask(
      "/pulse/invitations",
      as: "admin",
      method: .post,
      headers: [.init("Host") ?? .origin: "evil.example"],
      form: "team=sales&count=1&until=2027-01-31"
    )
    #expect(page.text.contains("https://plumbline.example/p/"))
    #expect(!page.text.contains("evil.example"))
  }

  @Test func `a link that nobody made leads nowhere`() async throws {
    let (web, _) = try web()
    #expect(try await web.ask("/p/AAAAAAAAAAAAAAAAAAAAAA", as: nil).status == 410)
    #expect(
      try await web.ask("/p/AAAAAAAAAAAAAAAAAAAAAA", as: nil, method: .post, form: "q0=1").status
        == 410
    )
  }

  @Test func `whoever is signed in answers by the same form`() async throws {
    let (web, _) = try web()
    let link = try #require(try await links(web, 1).first)
    #expect(try await web.ask(link, as: "sales").text.contains(OpenDoor.formToken))
    #expect(try await web.ask(link, as: "sales", method: .post, form: "q0=3").status == 303)
  }

  @Test(arguments: [4, 5])
  func `groups under five are hidden, in the terminal as on the page`(_ people: Int) async throws {
    let (web, workspace) = try web()
    for link in try await links(web, people) {
      _ = try await web.ask(link, as: nil, method: .post, form: "q0=5")
    }
    let running = try await web.ask("/pulse")
    #expect(running.text.contains("not over"))
    let json = try PulseReport.parse([
      "--workspace=\(workspace.name)", "--as-of=2027-02-28", "--format=json",
    ]).jsonAnswer()
    #expect(json.contains("\"is_hidden\" : false") == (people == 5))
  }

  @Test func `results are for the teams and leadership, links for leadership and admin`()
    async throws
  {
    let (web, _) = try web()
    #expect(try await web.ask("/pulse", as: nil).status == 303)
    for (role, mayInvite) in [("marketing", false), ("leadership", true), ("admin", true)] {
      let page = try await web.ask("/pulse", as: role)
      #expect(page.status == 200)
      #expect(page.text.contains("Make links") == mayInvite)
      #expect(page.text.contains("How this is counted") == (role != "admin"))
      let made = try await web.ask(
        "/pulse/invitations",
        as: role,
        method: .post,
        form: "team=sales&count=1&until=2027-01-31"
      )
      #expect(made.status == (mayInvite ? 200 : 403))
    }
  }

  @Test(arguments: [
    "team=board&count=1&until=2027-01-31", "team=sales&count=0&until=2027-01-31",
    "team=sales&count=201&until=2027-01-31", "team=sales&count=1&until=2026-01-31",
    "team=sales&count=1&until=2029-01-31", "",
  ])
  func `links are refused that cannot be`(_ form: String) async throws {
    let (web, _) = try web()
    let answer = try await web.ask("/pulse/invitations", as: "admin", method: .post, form: form)
    #expect(answer.status == 400)
    #expect(try web.office.signIn.accounts.invitationCounts().isEmpty)
  }

  @Test func `strangers wait after many requests, and no others with them`() {
    let throttle = StrangerThrottle()
    let now = Instant(seconds: 1_800_000_000)
    let allowed = (0..<200).count { _ in throttle.allows("192.0.2.1", at: now) }
    #expect(allowed == 120)
    #expect(throttle.allows("192.0.2.2", at: now))
    #expect(!throttle.allows("192.0.2.1", at: now))
    #expect(throttle.allows("192.0.2.1", at: now.advanced(bySeconds: 1)))
  }
}
