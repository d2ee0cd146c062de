import ArgumentParser
import Foundation
import HTTPTypes
import PlumblineCommands
import PlumblineCore
import PlumblineReporting
import Testing

@testable import PlumblineWeb

@Suite struct `Pages of the plan` {
  @Test func `the leads of an average week open, all weeks of them`() async throws {
    let web = try WebHarness()
    let page = PageText(text: try await web.ask("/plan").text)
    let link = try #require(page.links("/records?from=").first)
    let average = try #require(Double(link.words.prefix { $0.isNumber || $0 == "." }))
    let weeks = try #require(page.text.firstMatch(of: /in the ([0-9]+) weeks to/))
    let list = PageText(text: try await web.ask(link.address).text)
    let leads = try #require(PageText.number(list.first("h1") ?? ""))
    // The average counts those who came back each time; the list says so.
    let passes =
      list.text.firstMatch(of: /The number is ([0-9,]+):/).flatMap {
        PageText.number(String($0.output.1))
      } ?? leads
    #expect(abs(Double(passes) / (Double(weeks.output.1) ?? 1) - average) <= 0.05)
  }

  @Test func `the open pipeline opens stage by stage`() async throws {
    let web = try WebHarness()
    let page = try await web.ask("/plan").text
    #expect(page.contains("href=\"/plan/leads?stage=mql\""))
    #expect(page.contains("href=\"/records?number=advanced%3Amql\""))
    let links = PageText(text: page).links("/plan/leads?stage=")
    #expect(links.count > 3)
    for (address, words) in links {
      let lines = try await web.ask(address.replacing("leads?", with: "leads.csv?")).text
        .split(separator: "\r\n").dropFirst()
      #expect(lines.count == PageText.number(words))
      let stage = try #require(address.split(separator: "=").last)
      #expect(lines.allSatisfy { $0.split(separator: ",")[1] == stage })
    }
    #expect(try await web.ask("/plan/leads?stage=nonsense").status == 400)
  }

  @Test func `what the plan of hires was measured from opens, as many as it says`() async throws {
    let web = try WebHarness()
    let page = try await web.ask("/plan/hires").text
    let links = PageText(text: page).links("/plan/hires/records?input=")
    // Worked and unworked leads, hand-offs, deals, customers, spend; reps and their months.
    #expect(links.count >= 12)
    var counted = 0
    for (address, words) in links {
      let list = try await web.ask(address)
      #expect(list.status == 200, "\(address)")
      let lines = try await web.ask(address.replacing("records?", with: "records.csv?")).text
        .split(separator: "\r\n").dropFirst()
      #expect(!lines.isEmpty, "\(address)")
      // Reps and their months are behind leads; spend says its months.
      guard words.contains("lead") || words.contains("deal"), !words.contains("owners") else {
        continue
      }
      counted += 1
      #expect(lines.count == PageText.number(words), "\(words)")
    }
    #expect(counted >= 8)
    #expect(try await web.ask("/plan/hires/records?input=gross_margin").status == 400)
  }

  @Test func `the deals behind a deal's size come to it`() async throws {
    let web = try WebHarness()
    let lines = try await web.ask("/plan/hires/records.csv?input=deal").text
      .split(separator: "\r\n")
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    let column = try #require(lines.first?.firstIndex(of: "amount"))
    let amounts = lines.dropFirst().compactMap { Double($0[column]) }
    #expect(amounts.count == lines.count - 1 && amounts.count > 20)
    let answer = try await web.ask("/api/questions/simulate?months=0&certain=true").text
    let tree = try JSONDecoder().decode(JSONTree.self, from: Data(answer.utf8))
    let deal = try #require(tree["inputs"].elements.first { $0["input"].text == "deal" })
    let mean = try #require(deal["value"].number)
    #expect(abs(amounts.reduce(0, +) / Double(amounts.count) - mean) < 0.01 * mean)
  }

  @Test(arguments: ["", "?by=campaign", "?weeks=12"])
  func `what a budget rests on opens, as much as it says`(query: String) async throws {
    let web = try WebHarness()
    let page = try await web.ask("/plan/budget\(query)").text
    let links = PageText(text: page).links("/plan/budget/records?")
    var kinds: Set<String> = []
    for (address, words) in links {
      let field = try #require(address.firstMatch(of: /number=([a-z]+)/)).1
      let (lines, amounts) = try await web.file(behind: address, "amount")
      let sum = amounts.reduce(0, +)
      switch field {
      case "leads": #expect(lines == PageText.number(words), "\(address) \(words)")
      case "rate":
        let base = try #require(words.split(separator: " of ").last)
        #expect(lines == PageText.number(String(base)), "\(address) \(words)")
      case "deals":
        let base = try #require(words.split(separator: " over ").last)
        #expect(lines == PageText.number(String(base)) && amounts.count == lines)
      case "spend": #expect(Int(sum.rounded()) == PageText.number(words), "\(address) \(words)")
      case "today":
        // Four weeks of it, told as a month.
        let told = Double(try #require(PageText.number(words)))
        let month = sum / 4 * BudgetOptions.weeksPerMonth
        #expect(abs(month - told) <= 0.006 * month + 1, "\(address) \(words)")
      default: Issue.record("\(address) is no number of a budget")
      }
      kinds.insert(String(field))
    }
    #expect(kinds == ["leads", "rate", "deals", "spend", "today"])
    if let (address, _) = links.first(where: { $0.address.contains("number=today") }) {
      let list = try await web.ask(address).text
      #expect(list.contains(">Read from</th>") && list.contains(/_ads\.csv:[0-9]+</))
    }
    for number in ["", "luck", "spend:Nobody", "spend"] {
      #expect(try await web.ask("/plan/budget/records?number=\(number)").status == 400)
    }
  }

  @Test func `what is booked and what a win brings open to their deals`() async throws {
    let web = try WebHarness()
    // A quota that is met says nothing of what would have to be true.
    for (query, count) in [
      ("", 1), ("?since=2025-06-01", 1), ("?since=2025-06-01&quota=9M", 2),
      ("?mix=current", 1), ("?rates-since=2025-10-01", 1),
    ] {
      let page = try await web.ask("/plan\(query)").text
      let links = PageText(text: page).links("/plan/records?")
      #expect(links.count == count, "\(query)")
      for (address, words) in links {
        let (lines, amounts) = try await web.file(behind: address, "amount")
        let isBooked = address.contains("number=booked")
        let told = try #require(words.split(separator: isBooked ? " from " : " of ").last)
        #expect(lines == PageText.number(String(told)), "\(address) \(words)")
        #expect(amounts.count == lines)
        guard isBooked else { continue }
        let sum = try #require(PageText.number(words))
        #expect(abs(amounts.reduce(0, +) - Double(sum)) <= 0.5)
      }
    }
    #expect(try await web.ask("/plan/records?number=luck").status == 400)
  }

  @Test(arguments: ["/plan", "/plan/hires", "/plan/budget", "/plan/leads", "/scorecards"])
  func `each has one heading, and every field a label`(path: String) async throws {
    let page = try await WebHarness().ask(path)
    #expect(page.status == 200)
    #expect(page.text.matches(of: /<h1/).count == 1)
    #expect(!page.text.contains("style="))
    #expect(!page.text.contains("class=\"fault\""))
    let fields = page.text.matches(of: /<(?:input|select)[^>]* id="(f-[^"]+)"/).map { $0.output.1 }
    for field in fields {
      #expect(
        page.text.contains("<label for=\"\(field)\"") || page.text.contains("for=\"\(field)\""),
        "\(field)"
      )
    }
    if path != "/plan/leads" { #expect(fields.count > 4) }
  }

  @Test func `leadership reads first whether it will be made, the others what to do`() async throws
  {
    let web = try WebHarness()
    let leaders = try await web.ask("/plan")
    #expect(leaders.text.contains("<h1>Will we make "))
    for role in ["marketing", "sales"] {
      let page = try await web.ask("/plan", as: role)
      #expect(page.text.contains("<h1>It takes "), "\(role)")
      #expect(!page.text.contains("Will we make"))
    }
  }

  @Test func `the page says what the command says`() async throws {
    let web = try WebHarness()
    let question = try PlanQuota.parse([
      "--workspace=\(WebHarness.demo.name)", "--quota=1200000", "--format=json",
    ])
    let plan = try #require(try question.answer().plan?.plan)
    let needed = try #require(plan.leadsPerWeek(probability: 0.8))
    let page = try await web.ask("/plan?quota=1200000")
    #expect(page.text.contains("It takes \(Int(needed.rounded(.up))) new leads a week"))
    let usual = try await web.ask("/plan")
    #expect(!usual.text.contains("It takes \(Int(needed.rounded(.up))) new leads a week"))
  }

  @Test func `a slider asks for the parts that change and for nothing else`() async throws {
    let web = try WebHarness()
    let fragment = try #require(HTTPField.Name("X-Fragment"))
    for path in ["/plan?quota=900000", "/plan/hires?hire=2", "/plan/budget?budget=50000"] {
      let whole = try await web.ask(path)
      let part = try await web.ask(path, headers: [fragment: "1"])
      #expect(part.status == 200)
      #expect(!part.text.contains("<html"))
      #expect(!part.text.contains("<form"))
      #expect(part.headers[.vary] == "X-Fragment")
      #expect(whole.headers[.vary] == "X-Fragment")
      // The same answer, whichever way it is asked.
      let pattern = /<div id="live-body"[\s\S]*<\/footer>/
      let inWhole = try #require(whole.text.firstMatch(of: pattern))
      let inPart = try #require(part.text.firstMatch(of: pattern))
      #expect(inWhole.output == inPart.output)
    }
  }

  @Test(arguments: [
    ("/plan?quota=abc", "“Quota” abc is not a sum of money."),
    ("/plan?by=2001-01-01", "no goal or quota holds 2001-01-01"),
    ("/plan?mix=%3Cscript%3E", "mix"),
    ("/plan/hires?hire=two", "hire two: that is no number of reps."),
    ("/plan/hires?deal=1%20fire=8", "must be"),
    ("/plan/hires?hire=-99", "more reps are let go than there are"),
    ("/plan/hires?hire=2.5", "hire 2.5: that is no number of reps."),
    ("/plan?by=2001-01-01", "Name it with “Quota” 2.4M, or add a goal to the agreement."),
    ("/scorecards?won_share=900", "“What if: won share” 900"),
    ("/plan/hires?months=100000", "100000 months cannot be simulated"),
    ("/plan/budget?move=900", "“Move each by at most” 9.0 cannot be used."),
    ("/plan/budget?least=Nobody=5", "no channel has that name"),
    ("/scorecards?period=never", "is not a period"),
    ("/scorecards?won_share=900", "a share cannot be above 1"),
  ])
  func `what cannot be asked is said on the page`(path: String, words: String) async throws {
    let page = try await WebHarness().ask(path)
    #expect(page.status == 200)
    #expect(page.text.contains("class=\"fault\""))
    #expect(page.text.contains(words))
    #expect(!page.text.contains("<script>"))
  }

  @Test func `changes of a scenario become the words of the command`() {
    func words(_ query: String) -> String? {
      HiresPage.parameters(FormFields(encoded: query)).first { $0.name == "changes" }?.value
    }
    #expect(words("") == nil)
    #expect(words("hire=0&spend=0") == nil)
    #expect(words("hire=2&spend=20&close_rate=14.5") == "hire=2 spend=+20% close_rate=14.5%")
    #expect(words("hire=-1&spend=-30&deal=9000") == "fire=1 spend=-30% deal=9000")
    #expect(words("deal=1%20fire%208") == "deal=1fire8")
    #expect(words("hire=nan") == "hire=nan")
  }

  @Test func `measured inputs say what they are measured from`() async throws {
    let page = try await WebHarness().ask("/plan/hires")
    #expect(page.text.contains("measured: "))
    #expect(page.text.contains("as agreed"))
  }

  @Test(arguments: [nil, 0, -3, .infinity] as [Double?])
  func `nothing to move has no slider`(usual: Double?) {
    #expect(LiveForm.Slider.around(usual) == nil)
  }

  @Test(arguments: [0, 0.4, 50, 70.0001, 98, 100])
  func `a slider begins at the least that may be asked for`(least: Double) throws {
    let slider = try #require(LiveForm.Slider.around(100, atLeast: least))
    #expect(slider.lowest >= least && slider.lowest <= 100)
    #expect(slider.lowest - least < slider.step)
  }

  @Test func `the first notch of the budget can be divided`() async throws {
    let web = try WebHarness()
    for query in ["", "?move=10", "?move=100"] {
      let page = try await web.ask("/plan/budget\(query)").text
      let lowest = try #require(page.firstMatch(of: /name="budget"[^>]*data-lowest="([0-9.]+)"/)?.1)
      let (mark, rest) = query.isEmpty ? ("?", "") : ("&", query)
      let first = try await web.ask("/plan/budget\(rest)\(mark)budget=\(lowest)").text
      let h1 = PageText(text: first).first("h1") ?? ""
      #expect(first.contains("<table"), "\(query) \(lowest): \(h1)")
      #expect(!h1.contains("at least"), "\(query) \(lowest): \(h1)")
    }
  }

  @Test func `a slider reaches twice as far in steps that read well`() throws {
    let quota = try #require(LiveForm.Slider.around(1_600_000))
    #expect(quota.highest >= 3_200_000)
    #expect(quota.step == 20_000)
    let rate = try #require(LiveForm.Slider.around(13.1))
    #expect(rate.step == 0.2)
    #expect(rate.highest >= 26.2 && rate.highest < 27)
  }
}
