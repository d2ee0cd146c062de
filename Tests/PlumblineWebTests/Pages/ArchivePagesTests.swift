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

  @Test func `every word that opens a lead is a lead, and every list is as long as it says`()
    async throws
  {
    let web = try WebHarness()
    let question = try Weekly.parse(["--workspace=\(WebHarness.demo.name)"])
    let week = try #require(try question.periods(.week).first)
    let page = PageText(text: try await web.ask("/weekly/\(week)").text)
    let leads = page.links("/leads/")
    #expect(!leads.isEmpty)
    for lead in leads {
      #expect(try await web.ask(lead.address).status == 200, "\(lead.words)")
    }
    let lists =
      page.links("/weekly/\(week)/leads?list=")
      + page.links("/weekly/\(week.previous)/leads?list=")
    #expect(lists.contains { $0.address.contains("promise") && $0.words.contains(" of ") })
    let counts = lists.filter { !$0.words.hasSuffix("more") }
    #expect(!counts.isEmpty && counts.count < lists.count)
    for count in counts {
      let list = PageText(text: try await web.ask(count.address).text)
      // A share is of its base.
      let base = count.words.split(separator: " of ").last.map { String($0) } ?? ""
      #expect(
        PageText.number(list.first("h1") ?? "") == PageText.number(base),
        "\(count.address)"
      )
    }
    for more in lists.filter({ $0.words.hasSuffix("more") }) {
      let list = PageText(text: try await web.ask(more.address).text)
      let number = try #require(PageText.number(list.first("h1") ?? ""))
      let rest = try #require(PageText.number(more.words))
      #expect([number - 3, number - 5].contains(rest), "\(more.address)")
    }
    #expect(try await web.ask("/weekly/\(week)/leads?list=nothing").status == 404)
    #expect(try await web.ask("/weekly/\(week)/leads").status == 404)
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
