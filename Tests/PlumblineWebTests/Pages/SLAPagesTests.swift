import ArgumentParser
import Foundation
import PlumblineCommands
import PlumblineCore
import Testing

@testable import PlumblineWeb

@Suite struct `Service level page` {
  private func answer() throws -> SLAAnswer {
    try SLA.parse(["--workspace=\(WebHarness.demo.name)"]).answer().sla
  }

  @Test func `both sides are shown with the numbers of the terminal`() async throws {
    let page = try await WebHarness().ask("/sla").text
    let sales = try #require(try answer().sales)
    let kept = try #require(sales.all.promises[.firstTouch])
    #expect(page.contains(">\(kept.tally.total)<"))
    #expect(page.contains("Marketing: qualified leads delivered"))
    #expect(page.contains("How promises stand"))
    #expect(page.contains("Open now"))
  }

  @Test func `a number opens to its leads, as many as it says`() async throws {
    let answer = try answer()
    let number = try SLA.number("disposition:overdue", in: answer)
    let leads = answer.leads(behind: number).map(\.id)
    #expect(!leads.isEmpty)
    let web = try WebHarness()
    #expect(try await web.ask("/sla").text.contains("/sla?list=disposition%3Aoverdue"))
    func ids(_ page: Int) async throws -> [String] {
      let text = try await web.ask("/sla?list=disposition%3Aoverdue&page=\(page)").text
      return PageText(text: text).links("/leads/").map(\.words)
    }
    var shown: [String] = []
    for page in 1...(leads.count + 99) / 100 { shown += try await ids(page) }
    #expect(shown == leads)
    let file = try await web.ask("/sla.csv?list=disposition%3Aoverdue").text
    #expect(file.split(separator: "\r\n").count - 1 == leads.count)
  }

  @Test(arguments: [
    "first_touch:all", "first_touch:settled", "first_touch:settled:owner=rep-02",
    "delivered:2026-06-01", "ideal:2026-05-01", "factors:2026-06-01",
  ])
  func `shares and counts of both sides open, with what became of each lead`(
    name: String
  ) async throws {
    let answer = try answer()
    let leads = answer.leads(behind: try SLA.number(name, in: answer))
    #expect(!leads.isEmpty)
    let address = "list=\(LeadAddress.part(name))"
    let web = try WebHarness()
    #expect(try await web.ask("/sla").text.contains("href=\"/sla?\(address)\""))
    let lines = try await web.ask("/sla.csv?\(address)").text.split(separator: "\r\n")
    let outcome = try #require(lines[0].split(separator: ",").firstIndex(of: "outcome"))
    let rows = lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(rows.map { String($0[0]) } == leads.map(\.id))
    if name == "first_touch:all" {
      #expect(try await web.ask("/sla?\(address)").text.contains(">in time<"))
    }
    // Of what was delivered the number says all.
    #expect(rows.allSatisfy { $0[outcome].isEmpty == name.hasPrefix("delivered") })
  }

  @Test func `each list of what is open has a lead once, with all its promises`() async throws {
    let answer = try answer()
    let steps = answer.steps.filter { answer.saidSince[$0.lead] == nil }
    let page = PageText(text: try await WebHarness().ask("/sla").text)
    for (step, word) in [(SLAStep.Step.breached, "Overdue"), (.escalated, "Escalated")] {
      let these = steps.filter { $0.step == step }
      let leads = Set(these.map(\.lead))
      guard !leads.isEmpty else { continue }
      #expect(page.count("\(word): \(leads.count) lead") == 1, "\(word)")
      #expect(page.count(", \(these.count) promises</caption>") >= 1, "\(word)")
    }
    let rows = page.links("/leads/").map(\.words)
    let wanted = Set(steps.map { "\($0.step) \($0.lead)" })
    #expect(rows.count == wanted.count)
    #expect(rows.count < steps.count)
  }

  @Test(arguments: [
    "nonsense", "disposition:", "disposition:nonsense", "%3Cb%3E", "delivered:2031-01-01",
    "first_touch:all:owner=%3Cb%3E",
  ])
  func `a number that does not exist is refused`(number: String) async throws {
    let page = try await WebHarness().ask("/sla?list=\(number)")
    #expect(page.status == 400)
    #expect(page.text.contains("option.unknown-number"))
    #expect(!page.text.contains("<b>"))
  }

  @Test func `open promises of one owner are that owner's alone`() async throws {
    let answer = try answer()
    let owner = try #require(answer.steps.first { !$0.owner.isEmpty }?.owner)
    let page = try await WebHarness().ask("/sla?owner=\(owner)").text
    #expect(page.contains("Open now of \(owner)"))
    let own = answer.steps.filter { $0.owner == owner }
    let other = try #require(
      answer.steps.first { step in
        step.owner != owner && !own.contains { $0.lead == step.lead }
      }
    )
    #expect(page.contains("href=\"/leads/\(own[0].lead)\""))
    #expect(!page.contains("href=\"/leads/\(other.lead)\""))
  }

  @Test func `only leadership sees names of owners`() async throws {
    let web = try WebHarness()
    #expect(try await web.ask("/sla", as: "leadership").text.contains("rep-01"))
    for role in ["marketing", "sales", "admin"] {
      #expect(try await !web.ask("/sla", as: role).text.contains("rep-01"), "\(role)")
    }
  }

  @Test func `the queue has what can be done in time first, then the latest overdue`() throws {
    let queue = try answer().queue
    #expect(!queue.isEmpty)
    #expect(queue == queue.sorted())
    let late = queue.drop { $0.isInTime }
    #expect(late.allSatisfy { !$0.isInTime })
    #expect(zip(late, late.dropFirst()).allSatisfy { $0.due >= $1.due })
    #expect(queue.prefix { $0.isInTime }.allSatisfy { $0.status.isOpen })
  }

  @Test func `what is left agrees with the deadline`() throws {
    let answer = try answer()
    for entry in answer.queue {
      #expect(
        entry.due >= answer.asOf ? entry.secondsLeft >= 0 : entry.secondsLeft <= 0,
        "\(entry.lead)"
      )
    }
  }

  @Test func `a rep sees the own queue first, with the own name alone`() async throws {
    var web = try WebHarness()
    web.office = Office(
      desk: web.office.desk,
      doorkeeper: RepDoor(owner: "rep-01"),
      signIn: web.office.signIn,
      openID: nil,
      settings: web.office.settings,
      templates: web.office.templates,
      tally: web.office.tally,
      now: web.office.now
    )
    let page = try await web.ask("/sla", as: "sales").text
    let own = try answer().queue.filter { $0.owner == "rep-01" }
    let first = try #require(own.first)
    #expect(page.contains("Who first?"))
    let leads = Set(own.map(\.lead)).count
    #expect(leads > 1 && leads <= own.count && leads <= 25)
    #expect(page.contains(">\(leads) leads with \(own.count) open promises"))
    let all = try await web.ask("/sla?queue=all", as: "sales").text
    #expect(all.contains(">\(leads) leads with \(own.count) open promises"))
    #expect(page.contains(/score [0-9]+: [^<]* and [0-9]+ more/))
    #expect(page.contains("href=\"/leads/\(first.lead)\""))
    #expect(page.contains("score "))
    #expect(page.contains("Open now of rep-01"))
    #expect(!page.contains("rep-02"))
  }
}

/// Lets in a rep.
private struct RepDoor: Doorkeeper {
  let owner: String

  func viewer(session: String, now: Instant) async throws -> Viewer? {
    Viewer(account: 1, name: "Test", role: .sales, owner: owner, formToken: OpenDoor.formToken)
  }

  func viewer(token: String, now: Instant) async throws -> Viewer? { nil }

  func hasAccounts() async throws -> Bool { true }
}
