import ArgumentParser
import Foundation
import HTTPTypes
import PlumblineCommands
import PlumblineCore
import Testing

@testable import PlumblineWeb

@Suite struct `Rebound page` {
  private func answer(_ workspace: Workspace) throws -> ReboundCommand.Answer {
    try ReboundCommand.parse(["--workspace=\(workspace.name)"]).answer()
  }

  private func decide(
    _ own: OwnWorkspace,
    _ form: String,
    as role: String = "marketing"
  ) async throws
    -> WebHarness.Answer
  {
    try await own.web.ask("/rebound/decision", as: role, method: .post, form: form)
  }

  @Test func `the lists of the week are those of the terminal`() async throws {
    let page = try await WebHarness().ask("/rebound").text
    let answer = try answer(WebHarness.demo)
    #expect(page.contains("week \(answer.rebound.week)"))
    for rule in answer.rebound.rules { #expect(page.contains("<h2>\(rule.list)</h2>")) }
    #expect(page.contains("What second chances brought"))
    #expect(page.contains("Forgotten"))
  }

  @Test func `every number opens to as many records`() async throws {
    let web = try WebHarness()
    let page = PageText(text: try await web.ask("/rebound").text)
    let links = page.links("/rebound/records?").filter { !$0.address.contains("deals%3A") }
    #expect(links.count > 20)
    for link in links {
      let list = PageText(text: try await web.ask(link.address).text)
      #expect(
        PageText.number(list.first("h1") ?? "") == PageText.number(link.words),
        "\(link.address)"
      )
    }
    let deals = try #require(page.links("/rebound/records?number=deals%3Afirst").first)
    let list = PageText(text: try await web.ask(deals.address).text)
    #expect(list.first("h1")?.contains("\(deals.words) won deals") == true)
    let file = try await web.ask(
      deals.address.replacing("/rebound/records", with: "/rebound/records.csv")
    )
    #expect(file.text.split(separator: "\r\n").count - 1 == PageText.number(deals.words))
    #expect(try await web.ask("/rebound/records?number=luck").status == 400)
  }

  @Test func `an accepted lead is on the list here and on the terminal, once`() async throws {
    let own = try OwnWorkspace()
    defer { own.remove() }
    let first = try #require(try answer(own.workspace).rebound.newEntries.first)
    for done in ["accepted", "known"] {
      let answer = try await decide(
        own,
        "verdict=accept&lead=\(first.lead)&list=\(first.list)"
      )
      #expect(answer.status == 303)
      #expect(answer.headers[.location]?.hasSuffix("done=\(done)") == true)
    }
    let after = try answer(own.workspace)
    #expect(after.record.entries == [first])
    #expect(!after.rebound.newEntries.contains(first))
    let page = try await own.web.ask("/rebound").text
    #expect(page.contains("1 accepted for week"))
    let csv = try await own.web.ask("/rebound/export?list=\(first.list)")
    #expect(csv.status == 200)
    #expect(csv.text.contains("\(first.lead),\(first.list)"))
    let lists = own.workspace.folder.appendingPathComponent("lists").path
    try CommandRunnerOfTests.run(
      ["rebound", "--workspace", own.workspace.name, "--output", lists]
    )
    #expect(try answer(own.workspace).record.entries.count { $0.lead == first.lead } == 1)
    let acts = try own.acts().map(\.act)
    #expect(acts.contains(.reboundAccepted))
    #expect(acts.contains(.exported))
  }

  @Test func `what is put off or declined is left alone by the terminal too`() async throws {
    let own = try OwnWorkspace()
    defer { own.remove() }
    let entries = Array(try answer(own.workspace).rebound.newEntries.prefix(3))
    try #require(entries.count == 3)
    let forms = [
      "verdict=decline&reason=moved+away", "verdict=snooze&until=2030-01-01",
      "verdict=snooze&until=2020-01-01",
    ]
    for (entry, form) in zip(entries, forms) {
      let answer = try await decide(own, "\(form)&lead=\(entry.lead)&list=\(entry.list)")
      #expect(answer.status == 303)
    }
    let after = try answer(own.workspace).rebound
    #expect(after.leads(.excluded(.declined)).count == 1)
    #expect(after.leads(.excluded(.snoozed)).count == 1)
    let left = after.newEntries.map(\.lead)
    #expect(!left.contains(entries[0].lead))
    #expect(!left.contains(entries[1].lead))
    #expect(left.contains(entries[2].lead))
    // Who accepts after all has the last word.
    _ = try await decide(own, "verdict=accept&lead=\(entries[0].lead)&list=\(entries[0].list)")
    #expect(try answer(own.workspace).record.entries.map(\.lead) == [entries[0].lead])
  }

  @Test func `what is accepted twice is decided and audited once`() async throws {
    let own = try OwnWorkspace()
    defer { own.remove() }
    let entry = try #require(try answer(own.workspace).rebound.newEntries.first)
    for _ in 0..<2 {
      _ = try await decide(own, "verdict=accept&list=\(entry.list)")
    }
    #expect(try own.acts().count { $0.act == .reboundAccepted } == 1)
  }

  @Test func `a whole list can be accepted, but for what was declined`() async throws {
    let own = try OwnWorkspace()
    defer { own.remove() }
    let first = try #require(try answer(own.workspace).rebound.newEntries.first)
    let all = try answer(own.workspace).rebound.newEntries.filter { $0.list == first.list }
    _ = try await decide(
      own,
      "verdict=decline&reason=no&lead=\(first.lead)&list=\(first.list)"
    )
    _ = try await decide(own, "verdict=accept&list=\(first.list)")
    let record = try answer(own.workspace).record
    #expect(record.entries.count == all.count - 1)
    #expect(!record.entries.contains { $0.lead == first.lead })
  }

  @Test(arguments: [
    ("", "rebound.no-verdict"), ("verdict=snooze", "rebound.no-day"),
    ("verdict=snooze&until=tomorrow", "rebound.no-day"),
    ("verdict=decline", "rebound.no-reason"), ("verdict=decline&reason=+", "rebound.no-reason"),
    ("verdict=decline&reason=no&lead=nobody&list=nurture-timing", "rebound.not-due"),
    ("verdict=accept&lead=nobody&list=nurture-timing", "rebound.not-due"),
  ])
  func `a decision that cannot be kept is refused`(form: String, code: String) async throws {
    let answer = try await WebHarness().ask(
      "/rebound/decision",
      as: "marketing",
      method: .post,
      form: form
    )
    #expect(answer.status == 400)
    #expect(answer.text.contains(code))
  }

  @Test func `those who look after the server decide nothing`() async throws {
    let web = try WebHarness()
    #expect(try await web.ask("/rebound/export?list=win-back", as: "admin").status == 403)
    let answer = try await web.ask(
      "/rebound/decision",
      as: "admin",
      method: .post,
      form: "verdict=accept"
    )
    #expect(answer.status == 403)
    #expect(try await !web.ask("/rebound", as: "admin").text.contains("/rebound/decision"))
  }

  @Test func `nobody's list cannot be taken out`() async throws {
    let own = try OwnWorkspace()
    defer { own.remove() }
    let answer = try await own.web.ask("/rebound/export?list=nothing")
    #expect(answer.status == 404)
    #expect(try own.acts().isEmpty)
  }
}
