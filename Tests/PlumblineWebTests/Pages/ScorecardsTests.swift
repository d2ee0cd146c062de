import ArgumentParser
import Foundation
import HTTPTypes
import PlumblineCommands
import PlumblineCore
import PlumblineReporting
import Testing

@testable import PlumblineWeb

@Suite struct `Scorecards` {
  /// Everybody of sales in the example company.
  private static let reps = (1...8).map { "rep-0\($0)" }

  @Test func `leadership sees everybody's row`() async throws {
    let page = try await WebHarness().ask("/scorecards?period=2026-Q2")
    for rep in Self.reps { #expect(page.text.contains(rep), "\(rep)") }
    #expect(page.text.contains("Worth a look"))
  }

  @Test(arguments: ["marketing", "sales", "admin"])
  func `nobody else sees anybody's`(role: String) async throws {
    let web = try WebHarness()
    for path in [
      "/scorecards", "/scorecards?period=2026-Q2", "/scorecards?won_share=9&as=leadership",
    ] {
      let page = try await web.ask(path, as: role)
      #expect(page.status == 200)
      for rep in Self.reps { #expect(!page.text.contains(rep), "\(rep) on \(path)") }
      #expect(page.text.contains("8 other people"))
      #expect(!page.text.contains("Worth a look"))
      #expect(!page.text.contains("please report this"))
    }
  }

  @Test func `somebody of sales sees the own row and no other`() async throws {
    let web = try WebHarness()
    let page = try await web.ask("/scorecards?period=2026-Q2", as: "sales.rep-03")
    #expect(page.text.contains("rep-03"))
    for rep in Self.reps where rep != "rep-03" { #expect(!page.text.contains(rep), "\(rep)") }
    #expect(page.text.contains("7 other people"))
    // The row's numbers are the same as leadership's.
    let row = /<th scope="row" class="words">rep-03<\/th>.*/
    let own = try #require(page.text.firstMatch(of: row))
    let theirs = try #require(
      try await web.ask("/scorecards?period=2026-Q2").text.firstMatch(of: row)
    )
    #expect(own.output == theirs.output)
  }

  @Test(arguments: ["marketing", "sales", "sales.rep-03", "admin"])
  func `the checks are leadership's alone`(role: String) async throws {
    let web = try WebHarness()
    #expect(try await web.ask("/scorecards/checks", as: role).status == 403)
    let call = try await web.ask("/api/questions/attainment?checks=true", as: role)
    #expect(call.status >= 400)
    for rep in Self.reps { #expect(!call.text.contains(rep)) }
    let page = try await web.ask("/scorecards/checks")
    #expect(page.status == 200)
    #expect(page.text.contains("Words on leads given in bulk"))
  }

  @Test func `a call shows the rows that the page shows`() async throws {
    let web = try WebHarness()
    let call = try await web.ask("/api/questions/attainment?period=2026-Q2", as: "marketing")
    #expect(call.status == 200)
    for rep in Self.reps { #expect(!call.text.contains(rep), "\(rep)") }
    #expect(try await web.ask("/api/questions/attainment?period=2026-Q2").text.contains("rep-03"))
  }

  @Test func `another result says what both teams would be paid`() async throws {
    let web = try WebHarness()
    let page = try await web.ask("/scorecards?period=2026-Q2&won_share=9", as: "sales")
    #expect(page.text.contains("What if, in EUR"))
    #expect(
      !(try await web.ask("/scorecards?period=2026-Q2", as: "sales").text.contains(
        "What if, in EUR"
      ))
    )
  }

  @Test func `the open leads of a plan are turned page by page`() async throws {
    let web = try WebHarness()
    func ids(_ page: Int) async throws -> [String] {
      PageText(text: try await web.ask("/plan/leads?page=\(page)").text)
        .links("/leads/").map(\.words)
    }
    let file = try await web.ask("/plan/leads.csv").text.split(separator: "\r\n").dropFirst()
    #expect(file.count > 200)
    let listed = file.compactMap { $0.split(separator: ",").first.map(String.init) }
    #expect(try await ids(1) == Array(listed.prefix(100)))
    #expect(try await ids(2) == Array(listed.dropFirst(100).prefix(100)))
    #expect(try await ids(9_999) == Array(listed.suffix((listed.count - 1) % 100 + 1)))
  }

  @Test(arguments: ["leadership", "marketing"])
  func `what the scorecards count opens, as much as it says`(role: String) async throws {
    let web = try WebHarness()
    let page = PageText(text: try await web.ask("/scorecards", as: role).text)
    let period = try #require(
      page.links("/scorecards/records?").first?.address.split(separator: "period=").last
    )
    let answer = try #require(
      Attainment.parse(["--workspace=\(WebHarness.demo.name)", "--period=\(period)"])
        .answer().attainment
    )
    let links = page.links("/scorecards/records?")
    #expect(links.contains { $0.address.contains("won%3Ateam") })
    #expect(links.contains { $0.address.contains("base%3Afirst_touch") })
    // Rows of single people are for leadership.
    #expect(links.contains { $0.address.contains("owner") } == (role == "leadership"))
    for link in links {
      let list = PageText(text: try await web.ask(link.address, as: role).text)
      let field = try #require(
        link.address.split(separator: "number=").last?.split(separator: "&").first
      )
      let name = String(field.replacing("%3A", with: ":"))
      let number = try #require(AttainmentNumber(name, of: answer), "\(name)")
      let heading = list.first("h1") ?? ""
      let count = heading.split(separator: ": ").last.flatMap { PageText.number(String($0)) }
      #expect(count == answer.ids(behind: number).count, "\(link.address)")
      if case .base(let measure) = number {
        let base = try #require(answer.scorecard.results[measure]?.base)
        let isSaid = list.text.contains("The number is \(Format.count(base)):")
        #expect(count == base || isSaid, "\(measure)")
      }
    }
    for link in page.links("/records?") {
      let list = PageText(text: try await web.ask(link.address, as: role).text)
      let number = try #require(PageText.number(link.words))
      let isSaid = list.text.contains("The number is \(Format.count(number)):")
      #expect(PageText.number(list.first("h1") ?? "") == number || isSaid, "\(link.address)")
    }
  }

  @Test func `a row of a person opens to whom may see it`() async throws {
    let web = try WebHarness()
    let page = PageText(text: try await web.ask("/scorecards").text)
    let link = try #require(
      page.links("/scorecards/records?").first { $0.address.contains("owner") }
    )
    #expect(try await web.ask(link.address).status == 200)
    #expect(try await web.ask(link.address, as: "marketing").status == 404)
  }

  @Test func `numbers open to their records`() async throws {
    let web = try WebHarness()
    let page = try await web.ask("/scorecards/records?number=meetings_held&period=2026-Q2")
    let shown = try #require(page.text.firstMatch(of: /meetings held: ([0-9,]+) leads/))
    let all = try #require(Int(shown.output.1.replacing(",", with: "")))
    let count = page.text.matches(of: /href="\/leads\//).count
    #expect(count == min(100, all))
    let file = try await web.ask("/scorecards/records.csv?number=meetings_held&period=2026-Q2")
    #expect(file.text.split(separator: "\r\n").count - 1 == all)
    let deals = try await web.ask("/scorecards/records.csv?number=wins&period=2026-Q2")
    #expect(deals.text.hasPrefix("deal_id,number,"))
    #expect(try await web.ask("/scorecards/records?number=luck").status == 404)
  }
}
