import Foundation
import PlumblineConnectors
import PlumblineCore
import Testing

struct MappingPageTests {
  private static let page = repositoryFile("Documentation/mapping.md")

  /// A file of the repository, found from where this file stands.
  private static func repositoryFile(_ path: String) -> URL {
    var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    while folder.path != "/" {
      let file = folder.appendingPathComponent(path)
      if FileManager.default.fileExists(atPath: file.path) { return file }
      folder.deleteLastPathComponent()
    }
    return URL(fileURLWithPath: path)
  }

  /// The page's section under a heading.
  private func section(_ heading: String) throws -> String {
    let page = try String(contentsOf: Self.page, encoding: .utf8)
    return try #require(
      page.components(separatedBy: "\n## ").first { $0.hasPrefix(heading + "\n") }
    )
  }

  @Test(arguments: [
    ("The file", MappingKeys.top), ("Files", MappingKeys.file), ("Records", MappingKeys.record),
    ("Fields", MappingKeys.field), ("Look-ups", MappingKeys.join),
  ])
  func `documents every key in its section`(heading: String, keys: [String]) throws {
    let text = try section(heading)
    for key in keys { #expect(text.contains("\n| `\(key)` |"), "\(key)") }
  }

  @Test(arguments: FactKind.allCases)
  func `documents every field of a kind and which it needs`(kind: FactKind) throws {
    let rows = try section("Kinds").split(separator: "\n")
    let row = try #require(rows.first { $0.hasPrefix("| `\(kind.rawValue)` |") })
    for field in MappingKeys.fields(of: kind) { #expect(row.contains("`\(field)`"), "\(field)") }
    let bold = MappingKeys.required(kind).filter { $0.count == 1 }.joined()
    for field in MappingKeys.fields(of: kind) {
      #expect(row.contains("**`\(field)`**") == bold.contains(field), "\(field)")
    }
  }

  @Test func `documents what the words of activities mean`() throws {
    let kinds = try section("Kinds")
    // Lines break anywhere in a list of words.
    let text = kinds.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let list = try #require(text.firstRange(of: "reached}}`: "))
    let end = try #require(text.firstRange(of: " took place;"))
    let listed = text[list.upperBound..<end.lowerBound] + " took place"
    let words = listed.split(separator: ",").map { $0.drop { $0 == " " } }
    #expect(words.map(String.init) == ActivityWords.reached)
    for word in ActivityWords.reachedInMeeting {
      #expect(text[end.lowerBound...].contains(word), "\(word)")
    }
    let paperwork = try #require(text.firstRange(of: "only writes something down: "))
    for word in ActivityWords.paperwork where !word.hasSuffix("s") && word != "todo" {
      #expect(text[paperwork.upperBound...].contains(word), "\(word)")
    }
  }

  @Test func `documents every word and every domain`() throws {
    let file = try section("The file")
    for order in Mapping.DateOrder.allCases { #expect(file.contains("`\(order.rawValue)`")) }
    for decimal in Mapping.DecimalMark.allCases { #expect(file.contains("`\(decimal.rawValue)`")) }
    let files = try section("Files")
    for encoding in Mapping.Encoding.allCases { #expect(files.contains("`\(encoding.rawValue)`")) }
    let values = try section("Values")
    for domain in MappingKeys.domains { #expect(values.contains("`\(domain.rawValue)`")) }
  }

  @Test func `shows an example that reads without a word`() throws {
    let page = try String(contentsOf: Self.page, encoding: .utf8)
    let example = try #require(page.components(separatedBy: "```yaml\n").dropFirst().first)
    let text = try #require(example.components(separatedBy: "```").first)
    let (mapping, diagnostics) = MappingReader.read(text: text, file: "m.yaml")
    #expect(diagnostics.map(\.description) == [])
    #expect(mapping?.files.count == 2)
  }
}
