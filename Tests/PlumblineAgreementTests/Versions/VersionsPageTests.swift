import Foundation
import Testing

/// The page about versions names every fault that the code can tell, and no other.
struct VersionsPageTests {
  /// The repository's folder, found from where this file stands.
  private static var root: URL {
    var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    while folder.path != "/" {
      let page = folder.appendingPathComponent("Documentation/agreement-versions.md")
      if FileManager.default.fileExists(atPath: page.path) { return folder }
      folder.deleteLastPathComponent()
    }
    return folder
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
  }

  @Test func `every code is on the page, and every code on the page is told`() throws {
    var told: Set<String> = []
    for (path, prefix) in [
      ("Sources/PlumblineAgreement/Signing", "signature."),
      ("Sources/PlumblineAgreement/Versions", "agreement."),
      ("Sources/PlumblineWeb/Pages/Agreement", "signature."),
    ] {
      let names = try FileManager.default
        .contentsOfDirectory(atPath: Self.root.appendingPathComponent(path).path)
      for name in names where name.hasSuffix(".swift") {
        let source = try text("\(path)/\(name)")
        for match in source.matches(of: /code: "((?:signature|agreement)\.[a-z-]+)"/) {
          told.insert(String(match.1))
        }
        for match in source.matches(of: /report\(\s*"([a-z-]+)"/) {
          told.insert(prefix + String(match.1))
        }
      }
    }
    #expect(told.count > 25)
    let page = try text("Documentation/agreement-versions.md")
    let documented = Set(
      page.matches(of: /\n\| `([a-z]+\.[a-z-]+)` \|/).map { String($0.1) }
    )
    #expect(told.subtracting(documented).isEmpty)
    #expect(documented.subtracting(told).isEmpty)
  }
}
