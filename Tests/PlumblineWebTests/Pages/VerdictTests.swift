import ArgumentParser
import Foundation
import PlumblineCommands
import PlumblineCore
import PlumblineReporting
import Testing

@testable import PlumblineWeb

@Suite struct `Verdict and reps` {
  @Test func `an empty workspace leads to the upload instead of an error`() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumbline-empty-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let web = try WebHarness(Workspace(folder.path))
    for path in [
      "/", "/channels", "/owners", "/sla", "/rebound", "/weekly", "/glossary", "/agreement",
      "/records?number=reached:lead",
    ] {
      let page = try await web.ask(path)
      #expect(page.status == 200, "\(path)")
      #expect(page.text.contains("href=\"/data\""))
      #expect(!page.text.contains("workspace.no-"))
      #expect(!page.text.contains(folder.path))
    }
  }

  @Test func `the page says what the report says`() async throws {
    let web = try WebHarness()
    let page = PageText(text: try await web.ask("/").text)
    let report = PageText(
      text: try Report.parse(["--workspace=\(WebHarness.demo.name)"]).verdict()
        .page(generatedBy: "test").text
    )
    #expect(page.first("h1") == report.first("h1"))
    #expect(page.count("<h1") == 1)
    #expect(page.text.contains("How do we know: Meta"))
  }

  @Test func `a finding opens to the leads it was counted on`() async throws {
    let web = try WebHarness()
    let page = PageText(text: try await web.ask("/").text)
    let link = try #require(page.links("/records?unit=").first)
    let base = try #require(link.words.split(separator: " of ").last.map { String($0) })
    let list = PageText(text: try await web.ask(link.address).text)
    #expect(PageText.number(list.first("h1") ?? "") == PageText.number(base))
  }

  @Test(arguments: ["/", "/owners", "/?where=channel%3DMeta", "/?from=2025-10-01"])
  func `every number that opens is as long as its list`(path: String) async throws {
    let web = try WebHarness()
    let page = PageText(text: try await web.ask(path).text)
    let links = page.links("/records?")
    #expect(links.contains { $0.address.contains("unit=all") })
    // A few of each kind: there are hundreds.
    let kinds = Dictionary(grouping: links) { link in
      link.address.replacing(/=[^&]*/, with: "").prefix(60)
    }
    for link in kinds.values.flatMap({ $0.prefix(8) + $0.suffix(4) }) {
      // Of a gap the sentence opens, which begins with its count.
      let isGap = link.words.contains("for example")
      if link.words.hasPrefix("leads that came in") {
        #expect(try await web.ask(link.address).status == 200)
        continue
      }
      let number = try #require(
        isGap ? PageText.number(link.words) : PageText.base(link.words),
        "\(link.words)"
      )
      let list = PageText(text: try await web.ask(link.address).text)
      let heading = list.first("h1") ?? ""
      // Where leads came back, the list says how many passes the number counts.
      let isSaid = list.text.contains("The number is \(Format.count(number)):")
      #expect(PageText.number(heading) == number || isSaid, "\(link.address): \(link.words)")
    }
    if path == "/" {
      for part in [
        "others%2F", "left_out", "follow_up%2Fmet", "skips=", "where=owner", "where=channel",
        "unit=pair", "advanced",
      ] {
        #expect(links.contains { $0.address.contains(part) }, "\(part)")
      }
    }
  }

  @Test func `whoever made the first account learns how to read names`() async throws {
    let web = try WebHarness()
    let note = "make an account of leadership under"
    #expect(try await web.ask("/", as: "admin").text.contains(note))
    for role in ["leadership", "marketing"] {
      #expect(!(try await web.ask("/", as: role).text.contains(note)), "\(role)")
    }
  }

  @Test func `passes are told apart from leads`() async throws {
    let page = try await WebHarness().ask("/").text
    let total = try Funnel.parse(["--workspace=\(WebHarness.demo.name)"]).answer().funnel.total
    #expect(total.episodes > total.leads)
    #expect(
      page.contains("\(Format.count(total.episodes)) passes of \(Format.count(total.leads)) leads")
    )
  }

  @Test(arguments: ["marketing", "sales", "admin"])
  func `only leadership reads names of reps`(role: String) async throws {
    let web = try WebHarness()
    for path in ["/", "/owners", "/channels"] {
      let page = try await web.ask(path, as: role)
      #expect(page.status == 200)
      #expect(!page.text.contains("rep-0"), "\(path) as \(role)")
    }
    #expect(try await web.ask("/owners", as: role).text.contains("pseudonym"))
  }

  @Test func `leadership reads names, and that chance makes the differences`() async throws {
    let web = try WebHarness()
    let page = PageText(text: try await web.ask("/owners").text)
    #expect(page.text.contains("rep-01"))
    #expect(page.text.contains("equal reps would differ as much with a chance of"))
  }

  @Test func `a wrong day is told with its remedy`() async throws {
    let web = try WebHarness()
    let page = try await web.ask("/?from=yesterday")
    #expect(page.status == 400)
    #expect(page.text.contains("option.unreadable-date"))
  }

  /// Pages to be looked at in a browser, written to the folder that the environment names.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["PLUMBLINE_PAGES"] != nil))
  func `pages are written to be looked at`() async throws {
    let folder = try #require(ProcessInfo.processInfo.environment["PLUMBLINE_PAGES"])
    let web = try WebHarness()
    let pages = [
      ("verdict", "/"), ("channels", "/channels"), ("owners", "/owners"),
      ("what-if", "/channels?stage=mql&followed_by=sql&days=7&skips=strict"),
      ("records", "/records?number=reached:mql"),
      ("unit", "/records?unit=channel/Meta/direct"),
    ]
    for (name, path) in pages {
      let page = try await web.ask(path)
      let path = "\(folder)/\(name).html"
      try page.text.replacing("/assets/", with: "assets/")
        .write(toFile: path, atomically: true, encoding: .utf8)
    }
  }
}
