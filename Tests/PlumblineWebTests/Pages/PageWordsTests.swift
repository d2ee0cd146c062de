import PlumblineCore
import PlumblineReporting
import Testing

@testable import PlumblineWeb

@Suite struct `Words of pages` {
  @Test(arguments: [
    "/plan?rates-since=2026-01-01", "/plan/hires", "/plan/hires?hire=-1&close_rate=20",
    "/plan/budget", "/plan/budget?budget=1000", "/scorecards", "/channels", "/weekly",
  ])
  func `name no option, no command and no key of a file`(path: String) async throws {
    let page = try await WebHarness().ask(path)
    #expect(page.status == 200)
    let text = page.text.replacing(/<(script|style)[\s\S]*?<\/(script|style)>/, with: "")
      .replacing(/<[^>]*>/, with: " ")
    let words = /[ (“]--[a-z]+|plumbline (?:economics|simulate|watch|sla)|`|carry_over|[a-z]_[a-z]+/
    let found = text.firstMatch(of: words)
    #expect(found == nil, "\(found.map { String($0.output) } ?? "")")
  }

  @Test(arguments: [
    ("", ""),
    ("--quota abc is not a sum.", "“Quota” abc is not a sum."),
    ("ask --by channel or campaign", "ask by channel or campaign"),
    ("Name a day with --by, or an earlier --as-of.", "Name a day with “Won by”."),
    ("--what-if won_share=900%: too much", "“What if: won share” 900%: too much"),
    ("It is invalid for '--mql-at <mql-at>'", "It is invalid for “from so many points”"),
    ("a -- b, 5--6", "a -- b, 5--6"),
  ])
  func `faults name the field of an option`(fault: String, words: String) {
    #expect(FieldNames.inPlace(ofOptionsIn: fault) == words)
  }

  @Test(arguments: [
    ("/leads/nobody-has-this", 404),
    ("/plan/hires?months=120&draws=100000", 200),
  ])
  func `remedies name no command`(path: String, status: Int) async throws {
    let page = try await WebHarness().ask(path)
    #expect(page.status == status)
    #expect(!page.text.contains(/plumbline (?:[a-z]+ --|[a-z]+ on the|funnel|simulate|import)/))
  }

  @Test func `a remedy is for where it is read`() {
    let finding = Diagnostic(
      .error,
      code: "x.y",
      "/srv/a is missing.",
      remedy: "Run plumbline /srv/a.",
      onPage: "Press /srv/a."
    )
    #expect(FaultNote.markup(finding).source.contains("Press /srv/a."))
    #expect(!FaultNote.markup(finding).source.contains("Run plumbline"))
    #expect(finding.description.contains("Run plumbline") && finding.remedy(in: .terminal) != nil)
    let shown = finding.mapTexts { $0.replacing("/srv/", with: "") }
    #expect(
      [shown.message, shown.remedy, shown.remedyOnPage].allSatisfy { $0?.contains("/") == false }
    )
    var plain = finding
    plain.remedyOnPage = nil
    #expect(plain.remedy(in: .page) == plain.remedy)
  }

  @Test func `the base of a cost per win is leads`() async throws {
    let page = try await WebHarness().ask("/scorecards")
    #expect(page.text.contains(/from [0-9,]+ leads/))
    #expect(!page.text.contains(/from [0-9,]+ wins/))
  }
}
