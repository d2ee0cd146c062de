import PlumblineCore
import PlumblineTestSupport
import Testing

@testable import PlumblineReporting

struct HTMLReportTests {
  private func page(_ sample: Sample) throws -> String {
    let answers = try sample.answers
    return HTMLReport(
      answers.diagnosis,
      funnel: answers.byChannel,
      under: answers.agreement,
      generatedBy: "plumbline & co"
    ).text
  }

  @Test(arguments: [Sample.empty, .notCrossed])
  func `whole pages`(sample: Sample) throws {
    let page = try page(sample)
    // The style sheet has its own file; the golden is about the words and the pictures.
    let body = try #require(page.split(separator: "</style>", maxSplits: 1).last)
    expectGolden(String(body), suite: "HTMLReport", sample.rawValue)
  }

  @Test(arguments: Sample.allCases)
  func `every element that opens closes`(sample: Sample) throws {
    var open: [Substring] = []
    for match in try page(sample).matches(of: /<(\/?)([a-z0-9]+)[^>]*>/) {
      let name = match.2
      if name == "meta" { continue }
      if match.1.isEmpty {
        open.append(name)
      } else {
        #expect(open.popLast() == name)
      }
    }
    #expect(open.isEmpty)
  }

  @Test(arguments: Sample.allCases)
  func `needs no network and no script`(sample: Sample) throws {
    let page = try page(sample)
    for word in ["<script", "src=", "href=", "url(", "@import", "<link", "javascript:", " onmouse"]
    {
      #expect(page.firstRange(of: word) == nil || sample == .hostile && word == " onmouse")
    }
    #expect(page.contains("prefers-color-scheme: dark") && page.contains("@media print"))
    #expect(page.contains("default-src 'none'") || page.contains("default-src &#39;none&#39;"))
  }

  @Test func `shows hostile names as text`() throws {
    let page = try page(.hostile)
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(page.contains("&quot;&amp;&#39; onmouseover=x"))
    #expect(page.contains("&lt;b&gt;Ana&lt;/b&gt;"))
    #expect(!page.contains("<b>") && !page.contains("\u{1B}") && !page.contains("\u{202E}"))
    for match in page.matches(of: /<[a-z][^>]*>/) {
      #expect(!match.output.contains("onmouseover=x\"") || match.output.contains("&quot;"))
    }
  }

  @Test(arguments: Sample.allCases)
  func `every picture has a title, a description and names that are there once`(
    sample: Sample
  ) throws {
    let page = try page(sample)
    let ids = page.matches(of: /[ ]id="([^"]*)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
    for match in page.matches(of: /aria-labelledby="([^"]*)"/) {
      for id in match.1.split(separator: " ") { #expect(ids.contains(String(id))) }
    }
    let pictures = page.matches(
      of: /<svg [^>]*role="img"[^>]*><title id="[^"]+">[^<]+<\/title><desc id="[^"]+">[^<]+<\/desc>/
    )
    #expect(pictures.count == page.matches(of: /<svg\b/).count)
    #expect(!page.contains("nan\"") && !page.contains("inf\""))
  }

  @Test(arguments: Sample.allCases)
  func `every table has a caption and heads`(sample: Sample) throws {
    let page = try page(sample)
    let tables = page.matches(of: /<table>/).count
    #expect(tables > 0)
    #expect(page.matches(of: /<table><caption\b/).count == tables)
    #expect(page.matches(of: /<th scope="col"/).count >= tables)
  }

  @Test(arguments: Sample.allCases)
  func `answers first and with the numbers of the text`(sample: Sample) throws {
    let answers = try sample.answers
    let page = try page(sample)
    let headline = DiagnosisText(answers.diagnosis, under: answers.agreement).headline
    let title = Markup.element("h1", [:], headline).source
    let parts = [
      "<header>", title, "class=\"path-picture\"", "leaks-title", "evidence-title", "<footer>",
    ]
    let places = parts.compactMap { page.firstRange(of: $0)?.lowerBound }
    #expect(places.count == parts.count)
    #expect(places == places.sorted())
    for row in answers.byChannel.rows {
      #expect(page.contains(Format.rateWithBase(row.firstToLast)))
      #expect(page.contains(Format.cost(row.money, "EUR")))
    }
    #expect(page.contains("0a1b2c3d4e5f60718293a4b5c6d7e8f900112233445566778899aabbccddeeff"))
    #expect(page.contains("Made by plumbline &amp; co."))
  }

  @Test func `draws stages to scale and a leak where it is`() throws {
    let answers = try Sample.leakyChannel.answers
    let words = DiagnosisWords(answers.diagnosis, answers.agreement)
    let picture = PathPicture(
      total: answers.byChannel.total,
      leaks: words.leaks,
      words: words.stages,
      handOffStage: answers.agreement.handOffStage
    ).markup.source
    let widths = picture.matches(of: /<rect class="bar"[^>]* width="([0-9.]+)"/)
      .compactMap { Double($0.1) }
    let reached = answers.byChannel.total.reached
    #expect(widths.count == reached.count)
    for (width, count) in zip(widths, reached) {
      #expect(abs(width - 360 * Double(count) / Double(reached[0])) <= 0.06)
    }
    #expect(picture.matches(of: /class="leak"/).count == answers.diagnosis.leaks.count)
    #expect(picture.contains("Meta&#39;s leads: "))
  }
}

struct MarkupTests {
  @Test(arguments: [
    ("", ""), ("a", "a"), ("<&>\"'", "&lt;&amp;&gt;&quot;&#39;"), ("&amp;", "&amp;amp;"),
    ("\u{0}\u{202E}x", "\u{FFFD}x"), ("é广", "é广"),
  ])
  func `escapes what came from outside`(text: String, escaped: String) {
    #expect(Markup.text(text).source == escaped)
    #expect(Markup.element("p", ["title": text]).source == "<p title=\"\(escaped)\"></p>")
  }
}
