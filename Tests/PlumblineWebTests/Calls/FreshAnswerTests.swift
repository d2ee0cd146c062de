import ArgumentParser
import Foundation
import HTTPTypes
import PlumblineCommands
import PlumblineCore
import PlumblineStorage
import Synchronization
import Testing

@testable import PlumblineWeb

/// Ask, change something that is no fact, ask again: the server says what the terminal says.
@Suite(.serialized) struct `Fresh answers` {
  /// A question as programs ask it, and as the terminal answers it now.
  private func ask(
    _ name: String,
    _ parameters: [QuestionCall.Parameter] = [],
    of web: WebHarness
  ) async throws -> (asked: String, typed: String) {
    let query = parameters.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    let answer = try await web.ask("/api/questions/\(name)?\(query)")
    #expect(answer.status == 200, "\(answer.text.prefix(300))")
    let door = try #require(QuestionDoor.named(name))
    let typed = try QuestionCall(door, parameters, of: web.office.desk.workspace.name).answer()
    return (answer.text, typed.json)
  }

  /// Asks before and after a change that must show.
  private func expect(
    _ name: String,
    _ parameters: [QuestionCall.Parameter] = [],
    of web: WebHarness,
    changedBy change: () async throws -> Void
  ) async throws {
    let before = try await ask(name, parameters, of: web)
    #expect(before.asked == before.typed)
    try await change()
    let after = try await ask(name, parameters, of: web)
    #expect(after.asked == after.typed)
    #expect(after.asked != before.asked)
  }

  /// Writes a file in its place: its folder does not change.
  private func overwrite(_ path: String, _ change: (String) -> String) throws {
    let url = URL(fileURLWithPath: path)
    let times = try FileManager.default.attributesOfItem(atPath: path)
    let text = try String(contentsOf: url, encoding: .utf8)
    let handle = try FileHandle(forWritingTo: url)
    try handle.truncate(atOffset: 0)
    try handle.write(contentsOf: Data(change(text).utf8))
    try handle.close()
    // Whoever hides a change sets the time back.
    if let time = times[.modificationDate] {
      try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path)
    }
  }

  @Test func `a frozen version that is changed in its place is no longer as it was`() async throws {
    let own = try OwnWorkspace()
    defer { own.remove() }
    let folder = own.workspace.folder.appendingPathComponent("agreements")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent("2025-H1.yaml")
    let text = try String(contentsOfFile: own.workspace.agreementPath, encoding: .utf8)
      .replacing("version: 2025-H2", with: "version: 2025-H1")
      .replacing("effective: 2025-07-01", with: "effective: 2025-01-01")
    try Data(text.utf8).write(to: file)
    try await expect("agreement-history", of: own.web) {
      try overwrite(file.path) { $0.replacing("mql_at: 40", with: "mql_at: 41") }
    }
  }

  @Test func `what is due now is another answer each minute, and one within it`() async throws {
    let own = try OwnWorkspace()
    defer { own.remove() }
    let clock = Mutex(Instant(seconds: 1_800_000_000))
    var web = own.web
    web.office = web.office.with { clock.withLock { $0 } }
    let path = "/api/questions/sla?now=true"
    let first = try await web.ask(path).text
    #expect(first.contains("\"as_of\""))
    // The answer names its second.
    try await Task.sleep(for: .seconds(1.1))
    clock.withLock { $0 = $0.advanced(bySeconds: 59) }
    #expect(try await web.ask(path).text == first)
    clock.withLock { $0 = $0.advanced(bySeconds: 1) }
    #expect(try await web.ask(path).text != first)
    let kept = try await web.ask("/api/questions/sla?now=false")
    clock.withLock { $0 = $0.advanced(bySeconds: 3600) }
    #expect(try await web.ask("/api/questions/sla?now=false").text == kept.text)
  }

  @Test func `a decision on a second chance holds at once`() async throws {
    let own = try OwnWorkspace()
    defer { own.remove() }
    let lists = try ReboundCommand.parse(["--workspace=\(own.workspace.name)"]).answer().rebound
    let entries = Array(lists.newEntries.prefix(2))
    try #require(entries.count == 2)
    for (entry, verdict) in zip(entries, ["decline&reason=no", "accept"]) {
      try await expect("rebound", of: own.web) {
        let form = "verdict=\(verdict)&lead=\(entry.lead)&list=\(entry.list)"
        let sent = try await own.web.ask(
          "/rebound/decision",
          as: "marketing",
          method: .post,
          form: form
        )
        #expect(sent.status == 303)
      }
    }
  }

  @Test func `an alert that was sent is on the list at once`() async throws {
    let own = try OwnWorkspace()
    defer { own.remove() }
    let log = try SQLiteAlertLog(path: own.workspace.path(of: "plumbline.alerts.sqlite"))
    for number in 1...2 {
      let now = Instant(seconds: 1_800_000_000 + Int64(number))
      let step = SLAStep(
        lead: "10000\(number)",
        owner: "rep-01",
        promise: .firstTouch,
        step: .breached,
        due: now,
        since: nil
      )
      try await expect("alerts-list", of: own.web) {
        let claimed = try log.claim([step], for: "file", run: "test", at: now)
        #expect(claimed == [step])
      }
    }
  }

  @Test func `answers and questions of the pulse hold at once`() async throws {
    let own = try OwnWorkspace()
    defer { own.remove() }
    let folder = own.workspace.folder.appendingPathComponent("pulse")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(
      """
      pulse: 1
      period: month
      teams: [marketing, sales]
      questions:
        - {id: worth, text: "The leads are worth it.", scale: 1-5}

      """.utf8
    ).write(to: URL(fileURLWithPath: own.workspace.pulsePath))
    let rows = (1...5).map { _ in "worth,4,sales,2026-05-12\n" }.joined()
    let file = folder.appendingPathComponent("may.csv")
    try Data("question,answer,team,date\n\(rows)".utf8).write(to: file)
    let asked: [QuestionCall.Parameter] = [("as-of", "2026-06-30")]
    try await expect("pulse-report", asked, of: own.web) {
      try overwrite(file.path) { $0.replacing("worth,4", with: "worth,2") }
    }
    try await expect("pulse-report", asked, of: own.web) {
      try overwrite(own.workspace.pulsePath) { $0.replacing("leads are", with: "meetings are") }
    }
    try await expect("weekly", [("month", "2026-05")], of: own.web) {
      try overwrite(file.path) { $0.replacing("worth,2", with: "worth,5") }
    }
    let page = try await own.web.ask("/weekly/2026-05").text
    try overwrite(file.path) { $0.replacing("worth,5", with: "worth,1") }
    #expect(try await own.web.ask("/weekly/2026-05").text != page)
  }

  @Test func `answers by links hold at once`() async throws {
    let own = try OwnWorkspace()
    defer { own.remove() }
    try Data(
      """
      pulse: 1
      period: month
      teams: [sales]
      questions: [{id: worth, text: "The leads are worth it.", scale: 1-5}]

      """.utf8
    ).write(to: URL(fileURLWithPath: own.workspace.pulsePath))
    let made = try await own.web.ask(
      "/pulse/invitations",
      as: "admin",
      method: .post,
      form: "team=sales&count=5&until=2027-01-31"
    )
    let links = made.text.matches(of: /\/p\/[A-Za-z0-9_-]{22}/).map { String($0.0) }
    #expect(links.count == 5)
    // The terminal has no answer where there is no source; the server says that there are none.
    let path = "/api/questions/pulse-report?as-of=2027-02-28"
    let before = try await own.web.ask(path).text
    for link in links {
      _ = try await own.web.ask(link, as: nil, method: .post, form: "q0=5")
    }
    let after = try await ask("pulse-report", [("as-of", "2027-02-28")], of: own.web)
    #expect(after.asked == after.typed)
    #expect(after.asked != before)
  }

  @Test(arguments: [
    ("\"MARK\"", 304), ("W/\"MARK\"", 304), ("\"other\", \"MARK\"", 304),
    ("W/\"a,b\" ,\tW/\"MARK\"", 304), ("*", 304), ("", 200), ("MARK", 200), ("\"other\"", 200),
    ("w/\"MARK\"", 200), ("\"MARK", 200), ("\"*\"", 200),
  ])
  func `a program that has the answer is not sent it again`(
    field: String,
    status: Int
  )
    async throws
  {
    let web = try WebHarness()
    let path = "/api/questions/agreement-glossary"
    let tag = try #require(try await web.ask(path).headers[.eTag])
    let mark = tag.trimmingCharacters(in: ["\""])
    let answer = try await web.ask(
      path,
      headers: [.ifNoneMatch: field.replacing("MARK", with: mark)]
    )
    #expect(answer.status == status)
    #expect(answer.headers[.eTag] == tag)
    #expect(answer.text.isEmpty == (status == 304))
  }

  @Test func `tags of several fields count`() {
    #expect(EntityTags(["\"a\"", "\"b\""]).match("b"))
    #expect(!EntityTags([]).match(""))
    #expect(EntityTags(["\"\""]).match(""))
  }
}

extension Office {
  /// The same office with another clock.
  func with(now: @escaping @Sendable () -> Instant) -> Office {
    Office(
      desk: desk,
      doorkeeper: doorkeeper,
      signIn: signIn,
      openID: openID,
      settings: settings,
      templates: templates,
      tally: tally,
      now: now
    )
  }
}
