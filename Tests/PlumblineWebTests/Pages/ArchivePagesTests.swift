import ArgumentParser
import PlumblineCommands
import PlumblineCore
import Testing

@testable import PlumblineWeb

/// The glossary and the pages of weeks that are over.
@Suite struct `Glossary and weekly pages` {
  @Test func `the glossary has both teams' words, and is searched`() async throws {
    let web = try WebHarness()
    let all = try await web.ask("/glossary")
    #expect(all.status == 200)
    #expect(all.text.contains("id=\"term-mql\""))
    #expect(all.text.contains("hand-over"))
    let found = try await web.ask("/glossary?q=Hand-OVER")
    #expect(found.text.contains("id=\"term-mql\""))
    #expect(!found.text.contains("id=\"term-won\""))
    let none = try await web.ask("/glossary?q=%22%3E%3Cscript%3E")
    #expect(none.text.contains("No term holds that."))
    #expect(!none.text.contains("\"><script>"))
  }

  @Test func `each week that is over has a page, which says what the terminal says`() async throws {
    let web = try WebHarness()
    let list = try await web.ask("/weekly", as: "sales")
    let newest = try #require(list.text.firstMatch(of: /href="\/weekly\/(\d{4}-W\d{2})"/)?.1)
    let page = try await web.ask("/weekly/\(newest)?as=sales", as: "sales")
    #expect(page.status == 200)
    #expect(!page.text.contains("style="))
    let question = try Weekly.parse(["--workspace=\(WebHarness.demo.name)", "--as=sales"])
    let periods = try question.periods(.week)
    #expect(periods.first?.description == String(newest))
    let months = try question.periods(.month)
    let (newestMonth, oldestMonth) = (try #require(months.first), try #require(months.last))
    #expect(list.text.contains("/weekly/\(oldestMonth)"))
    #expect(try await web.ask("/weekly/\(newestMonth)").status == 200)
  }

  @Test func `names of owners are for leadership alone`() async throws {
    let web = try WebHarness()
    let question = try Weekly.parse(["--workspace=\(WebHarness.demo.name)"])
    let week = try #require(try question.periods(.week).first)
    let shown = try await web.ask("/weekly/\(week)", as: "leadership")
    for role in ["marketing", "sales", "admin"] {
      let page = try await web.ask("/weekly/\(week)", as: role)
      #expect(page.status == 200)
      #expect(!page.text.contains("rep-0"), "\(role)")
    }
    #expect(shown.status == 200)
  }

  @Test(arguments: ["2026-W99", "x", "2026-13", "..%2Fagreement"])
  func `what is no period is not there`(_ name: String) async throws {
    let web = try WebHarness()
    #expect(try await web.ask("/weekly/\(name)").status == 404)
  }

  @Test func `an import that never was is told`() async throws {
    let web = try WebHarness()
    let answer = try await web.ask("/weekly/2026-W10?known-by=999")
    #expect(answer.status == 400)
    #expect(answer.text.contains("option.unknown-import"))
    #expect(try await web.ask("/weekly/2026-W10?known-by=1&as-of=2026-03-08").status == 200)
  }
}
