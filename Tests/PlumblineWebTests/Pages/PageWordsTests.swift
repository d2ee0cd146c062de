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

  @Test func `the base of a cost per win is leads`() async throws {
    let page = try await WebHarness().ask("/scorecards")
    #expect(page.text.contains(/from [0-9,]+ leads/))
    #expect(!page.text.contains(/from [0-9,]+ wins/))
  }
}
