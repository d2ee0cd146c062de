import Foundation
import PlumblineConnectors
import Testing

struct SuggestPageTests {
  /// The page, found from where this file stands.
  private func page() throws -> String {
    var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    while folder.path != "/" {
      let file = folder.appendingPathComponent("Documentation/suggest.md")
      if FileManager.default.fileExists(atPath: file.path) {
        return try String(contentsOf: file, encoding: .utf8)
      }
      folder.deleteLastPathComponent()
    }
    throw CocoaError(.fileNoSuchFile)
  }

  @Test func `names every known export`() throws {
    let page = try page()
    for name in MappingSuggestion.knownExports {
      #expect(page.contains("\n| \(name) |"), "\(name)")
    }
  }

  @Test func `shows what is printed for its example`() throws {
    let parts = try page().components(separatedBy: "```")
    var files: [String: String] = [:]
    var printed: String?
    for (before, block) in zip(parts, parts.dropFirst()) {
      if block.hasPrefix("csv\n") {
        let name = try #require(before.split(separator: "`").last { $0.hasSuffix(".csv") })
        files[String(name)] = String(block.dropFirst(4))
      } else if block.hasPrefix("yaml\n") {
        printed = String(block.dropFirst(5))
      }
    }
    #expect(files.count == 2)
    #expect(try SuggestedFiles.suggest(files).yaml == printed)
  }
}
