import Foundation
import PlumblineTestSupport
import Testing

@testable import PlumblineCore
@testable import PlumblineReporting

struct WeeklyMarkupTests {
  private static let program = "plumbline 1.0"

  private func html(_ sample: WeeklySample) throws -> String {
    let (answer, agreement) = try sample.answer()
    return WeeklyHTML(answer, under: agreement, generatedBy: Self.program).text
  }

  private func markdown(_ sample: WeeklySample) throws -> String {
    let (answer, agreement) = try sample.answer()
    return WeeklyMarkdown(answer, under: agreement).text
  }

  private func mail(_ sample: WeeklySample) throws -> MailMessage {
    let (answer, agreement) = try sample.answer()
    return try WeeklyMail(answer, under: agreement, generatedBy: Self.program).message(
      from: MailAddress("plumbline@example.com", name: "Plumbline"),
      to: [MailAddress("both-teams@example.com")]
    )
  }

  @Test(arguments: [WeeklySample.empty, .hostile, .example, .exampleBothSides])
  func `whole HTML`(sample: WeeklySample) throws {
    expectGolden(try html(sample), suite: "WeeklyHTML", sample.rawValue)
  }

  @Test(arguments: [WeeklySample.empty, .hostile, .example, .exampleBothSides])
  func `whole Markdown`(sample: WeeklySample) throws {
    expectGolden(try markdown(sample), suite: "WeeklyMarkdown", sample.rawValue)
  }

  @Test func `whole mail`() throws {
    let mail = try mail(.exampleBothSides)
    let text = String(decoding: mail.bytes, as: UTF8.self).replacing("\r\n", with: "\n")
    expectGolden(text, suite: "WeeklyMail", "exampleBothSides")
  }

  @Test(arguments: WeeklySample.allCases)
  func `fetches nothing and runs nothing`(sample: WeeklySample) throws {
    let html = try html(sample)
    for word in ["<script", "<img", "http:", "https:", "url(", "@import", "<link", "<iframe"] {
      #expect(!html.lowercased().replacing("http://x", with: "").contains(word), "\(word)")
    }
    #expect(!html.contains("onmouseover=x\"") && html.contains("max-width:640px"))
  }

  @Test(arguments: WeeklySample.allCases)
  func `closes what it opens`(sample: WeeklySample) throws {
    var open: [Substring] = []
    let void: Set<Substring> = ["meta", "!doctype"]
    for match in try html(sample).matches(of: /<(\/?)([a-z0-9!]+)[^>]*>/) {
      guard !void.contains(match.2) else { continue }
      if match.1.isEmpty {
        open.append(match.2)
      } else {
        #expect(open.popLast() == match.2)
      }
    }
    #expect(open.isEmpty)
  }

  /// A mail program that drops the style sheet must still show everything as it is meant.
  @Test(arguments: WeeklySample.allCases)
  func `carries its style on each element`(sample: WeeklySample) throws {
    let html = try html(sample)
    let body = try #require(html.firstRange(of: "<body")).lowerBound
    for name in ["td", "th", "p", "h1", "h2", "h3", "ul", "li"] {
      let pattern = try Regex("<\(name)[ >]")
      for match in html[body...].matches(of: pattern) {
        let end = try #require(html[match.range.lowerBound...].firstIndex(of: ">"))
        #expect(html[match.range.lowerBound..<end].contains("style="), "\(name)")
      }
    }
  }

  @Test(arguments: WeeklySample.allCases)
  func `writes tables of one width in Markdown, and no HTML`(sample: WeeklySample) throws {
    let text = try markdown(sample)
    var columns: Int?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        columns = nil
        continue
      }
      let bars = line.replacing("\\|", with: "").count { $0 == "|" }
      #expect(columns == nil || columns == bars, "\(line)")
      columns = bars
    }
    #expect(text.matches(of: /(^|[^\\])</).isEmpty)
  }

  @Test(
    arguments: [("a|b", "a\\|b"), ("<b>", "\\<b\\>"), ("no_fit", "no\\_fit"), ("", "")]
  )
  func `writes names in Markdown as they are`(name: String, escaped: String) {
    #expect(WeeklyMarkdown.escaped(name) == escaped)
  }

  @Test(arguments: WeeklySample.allCases)
  func `makes a mail of short lines, the same each time`(sample: WeeklySample) throws {
    let mail = try mail(sample)
    #expect(try self.mail(sample) == mail)
    let lines = String(decoding: mail.bytes, as: UTF8.self).split(separator: "\r\n")
    #expect(lines.allSatisfy { $0.utf8.count <= 78 && $0.utf8.allSatisfy { $0 < 128 } })
    #expect(lines.contains { $0.hasPrefix("Content-Type: multipart/alternative") })
    let text = try #require(lines.firstIndex { $0.hasPrefix("Content-Type: text/plain") })
    let html = try #require(lines.firstIndex { $0.hasPrefix("Content-Type: text/html") })
    #expect(text < html)
  }

  @Test(
    arguments: [
      ("", "cbf29ce484222325"), ("a", "af63dc4c8601ec8c"), ("foobar", "85944171f73967e8"),
    ]
  )
  func `takes fingerprints as published`(text: String, wanted: String) {
    #expect(WeeklyMail.fingerprint(text) == wanted)
  }
}
