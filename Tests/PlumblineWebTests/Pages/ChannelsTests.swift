import Foundation
import HTTPTypes
import PlumblineCommands
import PlumblineCore
import Testing

@testable import PlumblineWeb

@Suite struct `Channels and their leads` {
  @Test func `leads and wins of what customers cost open to as many as they say`() async throws {
    let web = try WebHarness()
    let page = try await web.ask("/channels").text
    let costs = try #require(page.range(of: "economics-costs-table"))
    let links = PageText(text: String(page[costs.lowerBound...])).links("/records?").filter {
      $0.address.contains("number=reached")
    }
    #expect(links.count > 6)
    // Costs are of the days with spend, and so are the leads behind them.
    let answer = try await web.ask("/api/questions/economics").text
    let tree = try JSONDecoder().decode(JSONTree.self, from: Data(answer.utf8))
    let days = try [("from", "first_day"), ("to", "last_day")].map {
      "\($0)=\(try #require(tree["question"][$1].text))"
    }
    for (address, words) in links {
      #expect(days.allSatisfy { address.contains($0) }, "\(address)")
      let list = try await web.ask(address).text
      let leads = try #require(PageText(text: list).first("h1").flatMap(PageText.number))
      // Of leads that came back the list says how many passes the number counts.
      let passes = list.components(separatedBy: "The number is ").dropFirst().first
      #expect(PageText.number(words) == passes.flatMap(PageText.number) ?? leads, "\(address)")
    }
  }

  @Test(arguments: [
    "", "?by=campaign", "?channel=Meta", "?from=2025-09-10&to=2025-12-20", "?by=segment",
    "?by=cohort", "?by=owner", "?where=segment%3DSmall",
  ])
  func `what customers cost and bring opens, as much as it says`(query: String) async throws {
    let web = try WebHarness()
    let page = try await web.ask("/channels\(query)").text
    let links = PageText(text: page).links("/records?").filter {
      $0.address.contains("number=deals") || $0.address.contains("number=spend")
    }
    #expect(links.contains { $0.address.contains("number=deals") })
    let isSpendKnown = !query.contains("segment") && !query.contains("owner")
    #expect(links.contains { $0.address.contains("number=spend") } == isSpendKnown)
    for (address, words) in links {
      let (lines, amounts) = try await web.file(behind: address, "amount")
      let told = Double(try #require(PageText.number(words)))
      let sum = amounts.reduce(0, +)
      // Of deals the pages say how many there are, what they bring, and their mean.
      let known =
        address.contains("number=deals") ? [Double(lines), sum, sum / Double(lines)] : [sum]
      #expect(amounts.count == lines && lines > 0)
      #expect(known.contains { abs($0 - told) <= 0.5 }, "\(address) \(words)")
    }
  }

  @Test func `what a group was stands under what it becomes, in no column of its own`() async throws
  {
    let page = try await WebHarness().ask("/channels?by=channel&mql-at=50")
    let table = try #require(page.text.split(separator: "id=\"what-if-groups-table\"").last)
    let text = String(table.split(separator: "</table>").first ?? "")
    #expect(text.contains(/<span class="difference">−[0-9,]+<\/span>/))
    #expect(text.contains(/<span class="difference">was [0-9.]+ %/))
    #expect(!text.contains(">Was<") && !text.contains("class=\"remark\""))
  }

  @Test func `leads are chosen by campaign, rep and pass`() async throws {
    let web = try WebHarness()
    let page = PageText(text: try await web.ask("/channels").text)
    for name in ["campaign", "owner", "attempt", "channel", "segment"] {
      #expect(page.text.contains("<select name=\"\(name)\""), "\(name)")
    }
    let first = PageText(text: try await web.ask("/channels?attempt=1").text)
    let same = PageText(text: try await web.ask("/channels?where=attempt%3D1").text)
    #expect(first.first("h1") == same.first("h1") && first.first("h1") != page.first("h1"))
    // Numbers of single people are for leadership.
    let others = try await web.ask("/channels", as: "marketing").text
    #expect(!others.contains("<select name=\"owner\""))
  }

  @Test(arguments: ["banana", "channel%2Csegment"])
  func `what leads cannot be split by is told`(_ name: String) async throws {
    let page = try await WebHarness().ask("/channels?by=\(name)")
    #expect(page.status == 400)
    #expect(page.text.contains("option.unknown-dimension"))
  }

  @Test func `each side of another horizon has its own days`() async throws {
    let page = try await WebHarness().ask("/channels?horizon=lead-won%3A30").text
    let table = try #require(page.split(separator: "id=\"what-if-table\"").last)
    let text = String(table.split(separator: "</table>").first ?? "")
    #expect(text.contains("within 30 days") && text.contains("within 91 days"))
    #expect(text.contains("not the same days"))
    #expect(page.contains("What differs is the time within which steps are judged."))
  }

  @Test func `every count opens to as many leads`() async throws {
    let web = try WebHarness()
    let page = PageText(text: try await web.ask("/channels?where=attempt%3D1").text)
    let links = page.links("/records?").filter {
      $0.address.contains("Meta") && $0.address.contains("%3A")
    }
    #expect(links.count > 20)
    for link in links.prefix(30) {
      let list = PageText(text: try await web.ask(link.address).text)
      #expect(
        PageText.number(list.first("h1") ?? "") == PageText.number(link.words),
        "\(link.address)"
      )
    }
  }

  @Test func `the page prints what the command counts`() async throws {
    let web = try WebHarness()
    let question = try QuestionCall.question(
      Funnel.self,
      [("by", "channel")],
      of: WebHarness.demo.name
    )
    let total = try question.answer().funnel.total
    let page = try await web.ask("/channels")
    for count in total.reached {
      let text = "\(count)".count > 3 ? "\(count / 1000)," : "\(count)"
      #expect(page.text.contains(text))
    }
  }

  @Test func `show-up says what is not known of it`() async throws {
    let question = try QuestionCall.question(
      Funnel.self,
      [("by", "channel")],
      of: WebHarness.demo.name
    )
    let meetings = try #require(try question.answer().funnel.total.showUp)
    #expect(meetings.unconfirmed > 0)
    let page = try await WebHarness().ask("/channels").text
    let links = PageText(text: page).links("/records?")
    for (number, count) in [
      ("meetings", meetings.held + meetings.noShow), ("unconfirmed", meetings.unconfirmed),
    ] {
      let (address, words) = try #require(links.first { $0.address == "/records?number=\(number)" })
      #expect(try await WebHarness().file(behind: address, "outcome").lines == count)
      #expect(PageText.number(String(words.split(separator: " of ").last ?? "")) == count)
    }
  }

  @Test(
    arguments: FunnelDimension.allCases.map(\.rawValue)
  ) func `leads are split by anything`(by: String) async throws {
    let web = try WebHarness()
    let page = PageText(text: try await web.ask("/channels?by=\(by)").text)
    #expect(page.count("<h1") == 1)
    let link = try #require(
      page.links("/records?").last { $0.address.contains("where=\(by)%3D") }
    )
    let list = try await web.ask(link.address)
    #expect(list.status == 200)
    #expect(!list.text.contains("option.unknown-value"), "\(link.address)")
  }

  @Test func `numbers of single reps are for leadership`() async throws {
    let web = try WebHarness()
    let refused = try await web.ask("/channels?by=owner", as: "marketing")
    #expect(refused.status == 400)
    #expect(refused.text.contains("web.people"))
    #expect(try await web.ask("/channels").text.contains("value=\"owner\""))
    for role in ["marketing", "sales", "sales.rep-03", "admin"] {
      let page = try await web.ask("/channels", as: role).text
      #expect(page.contains("name=\"by\"") && !page.contains("value=\"owner\""), "\(role)")
    }
  }

  // MARK: What if

  @Test func `a what-if shows what moves, and its way into the agreement`() async throws {
    let web = try WebHarness()
    let address = "/channels?stage=mql&followed_by=sql&days=7&skips=strict"
    let page = PageText(text: try await web.ask(address).text)
    #expect(page.count("<h2>What if</h2>") == 1)
    let link = try #require(page.links("/agreement?").first)
    #expect(link.address == "/agreement?propose=1&skips=strict&confirmed=mql%3Asql%3A7")
    #expect(page.text.contains("MQL −"))
    let records = try #require(page.links("/records?").first)
    #expect(records.address.contains("confirmed=mql%3Asql%3A7"))
  }

  @Test func `a what-if that is the agreement's own rule moves nothing`() async throws {
    let web = try WebHarness()
    let page = try await web.ask("/channels?skips=filled")
    #expect(page.text.contains("As many leads reach each stage as under the agreement."))
  }

  @Test(arguments: [
    ("/channels?stage=sql&followed_by=mql&days=7", "option.malformed-confirmation"),
    ("/channels?stage=mql&followed_by=sql&days=0", "option.malformed-confirmation"),
    ("/channels?step=lead-mql&within=0", "option.malformed-horizon"),
    ("/channels?skips=wrong", "api.unreadable-parameter"),
    ("/channels?mql-at=abc", "api.unreadable-parameter"),
  ])
  func `a what-if that cannot be asked is told beside its controls`(
    address: String,
    code: String
  ) async throws {
    let page = try await WebHarness().ask(address)
    #expect(page.status == 200)
    #expect(page.text.contains(code))
    #expect(page.text.contains("<h1>This what-if cannot be counted</h1>"))
    #expect(page.text.contains("name=\"followed_by\""))
    #expect(!page.text.contains("id=\"channels-answer\""))
  }

  @Test func `the next stage, another score and other days can be asked`() async throws {
    let web = try WebHarness()
    let usual = try await web.ask("/channels").text
    for asked in [
      "stage=opportunity&followed_by=&days=14", "mql-at=60", "step=lead-mql&within=3",
    ] {
      let page = try await web.ask("/channels?\(asked)")
      #expect(page.status == 200)
      #expect(page.text.contains("Channels, what if"), "\(asked)")
      #expect(!usual.contains("Channels, what if"))
    }
  }

  @Test(arguments: [
    ("/channels?where=colour%3Dred", "option.unknown-dimension"),
    ("/records?number=advanced:won", "option.unknown-number"),
    ("/records?number=", "option.unknown-number"),
    ("/records?unit=channel/Nobody/direct", "option.unknown-leak"),
  ])
  func `what cannot be asked is told`(address: String, code: String) async throws {
    let web = try WebHarness()
    let page = try await web.ask(address)
    #expect(page.status == 400)
    #expect(page.text.contains(code))
  }

  @Test func `a script gets the answer alone`() async throws {
    let web = try WebHarness()
    let field = try #require(HTTPField.Name("X-Fragment"))
    let part = try await web.ask("/channels?skips=strict", headers: [field: "channels"])
    #expect(part.text.hasPrefix("<div id=\"channels-answer\""))
    #expect(!part.text.contains("<html"))
    #expect(part.headers[.vary] == "X-Fragment")
    let whole = try await web.ask("/channels?skips=strict")
    #expect(whole.text.contains("<html"))
    #expect(PageText(text: part.text).first("h1") == PageText(text: whole.text).first("h1"))
  }

  // MARK: Records

  @Test func `a list is turned page by page and stays within itself`() async throws {
    let web = try WebHarness()
    func ids(_ page: String) async throws -> [String] {
      PageText(text: try await web.ask("/records?number=reached:mql\(page)").text)
        .links("/leads/").map(\.words)
    }
    let first = try await ids("")
    let second = try await ids("&page=2")
    #expect(first.count == 100)
    #expect(second.count == 100)
    #expect(Set(first).isDisjoint(with: second))
    #expect(try await ids("&page=0") == first)
    #expect(try await ids("&page=99999999999999999999") == first)
    let last = try await ids("&page=999999")
    #expect((1...100).contains(last.count))
  }

  @Test func `a file has all leads of the list, and is for those who may take them out`()
    async throws
  {
    let web = try WebHarness()
    let address = "/records.csv?number=open:sql&where=channel%3DMeta"
    let file = try await web.ask(address)
    #expect(file.headers[.contentType] == "text/csv; charset=utf-8")
    #expect(
      file.headers[.contentDisposition] == "attachment; filename=\"leads-open-sql.csv\""
    )
    let page = PageText(
      text: try await web.ask("/records?number=open:sql&where=channel%3DMeta").text
    )
    let lines = file.text.split(separator: "\r\n")
    #expect(lines.count - 1 == PageText.number(page.first("h1") ?? ""))
    #expect(lines.first?.hasPrefix("lead_id,number,") ?? false)
    let reads: HTTPFields = [.authorization: "Bearer marketing:read"]
    #expect(try await web.ask(address, as: nil, headers: reads).status == 403)
    let exports: HTTPFields = [.authorization: "Bearer marketing:export"]
    #expect(try await web.ask(address, as: nil, headers: exports).status == 200)
  }

  @Test(arguments: [
    "<script>alert(1)</script>", "\u{202E}gnp.exe", "a\"b,c'd", "=1+1",
    String(repeating: "x", count: 5_000),
  ])
  func `a name from outside stays a name`(name: String) async throws {
    let web = try WebHarness()
    let field = FormFields.Field(name: "channel", value: name)
    let page = try await web.ask(Address.of("/channels", [field]))
    #expect(page.status == 200)
    #expect(!page.text.contains("<script>alert"))
    #expect(!page.text.contains("\u{202E}"))
    #expect(page.text.contains("There are no leads to count."))
  }
}

@Suite struct `The choice of an address` {
  @Test(arguments: [
    ("Meta", "channel=Meta"), ("", "channel="), ("A, B", "channel=\"A, B\""),
    ("5\" screens", "channel=\"5\"\" screens\""),
  ])
  func `a value is quoted where it would be read as several`(value: String, condition: String) {
    #expect(FunnelChoice.condition(.channel, value) == condition)
  }

  @Test(arguments: [
    ("channel=Meta,LinkedIn", ["Meta", "LinkedIn"]),
    ("channel=\"Meta\",LinkedIn", ["Meta", "LinkedIn"]),
    ("channel=\"Meta,LinkedIn\"", []), ("channel=\"Meta", []),
  ])
  func `a quoted value is one value`(condition: String, channels: [String]) throws {
    func episodes(_ conditions: [String]) throws -> Int {
      try QuestionCall.question(
        Funnel.self,
        conditions.map { ("where", $0) },
        of: WebHarness.demo.name
      ).answer().funnel.total.episodes
    }
    let expected = try channels.map { try episodes(["channel=\($0)"]) }.reduce(0, +)
    #expect(try episodes([condition]) == expected)
  }

  @Test func `empty fields of a form say nothing`() {
    let choice = FunnelChoice(
      FormFields(
        encoded: "from=&to=&channel=&segment=&skips=&returns=&stage=&followed_by=sql&days=30"
      )
    )
    #expect(!choice.isWhatIf)
    #expect(!choice.isNarrowed)
    #expect(choice.options().isEmpty)
  }
}
