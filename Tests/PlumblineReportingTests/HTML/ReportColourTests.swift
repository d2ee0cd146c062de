import Foundation
import PlumblineTestSupport
import Testing

/// The colours of the style sheet, held to the contrast that WCAG 2.2 asks of level AA.
struct ReportColourTests {
  /// The variables of each of the three themes, those of the light one where one has none.
  static let themes: [String: [String: String]] = {
    let file = Repository.root.appending(path: "Sources/PlumblineAssets/report.css")
    guard let css = try? String(contentsOf: file, encoding: .utf8) else { return [:] }
    let blocks = css.matches(of: /:root \{([^}]*)\}/).map { match in
      Dictionary(
        match.1.matches(of: /--([a-z0-9-]+): (#[0-9a-f]{6})/).map {
          (String($0.1), String($0.2))
        },
        uniquingKeysWith: { $1 }
      )
    }
    guard blocks.count == 3 else { return [:] }
    return [
      "light": blocks[0], "dark": blocks[0].merging(blocks[1]) { $1 },
      // Paper resets every colour, or a dark reader would print some of them dark.
      "print": blocks[2],
    ]
  }()

  /// The contrast of two colours, from 1 to 21.
  ///
  /// - SeeAlso: WCAG 2.2, definitions of contrast ratio and relative luminance.
  private func contrast(_ one: String, _ other: String) throws -> Double {
    func luminance(_ color: String) throws -> Double {
      let value = try #require(Int(color.dropFirst(), radix: 16))
      let parts = [16, 8, 0].map { shift in
        let part = Double(value >> shift & 255) / 255
        return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
    let (a, b) = (try luminance(one), try luminance(other))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  static let heat = (1...4).flatMap { ["low-\($0)", "high-\($0)"] }

  @Test func `there are three themes`() { #expect(Self.themes.count == 3) }

  @Test func `paper resets every colour that the dark changes`() throws {
    let (light, dark) = (try #require(Self.themes["light"]), try #require(Self.themes["dark"]))
    let print = try #require(Self.themes["print"])
    for (name, colour) in dark where light[name] != colour {
      #expect(print[name] != nil && print[name] != colour, "\(name)")
    }
  }

  @Test(arguments: ["light", "dark", "print"])
  func `words can be read`(theme: String) throws {
    let colors = try #require(Self.themes[theme])
    let pairs =
      ["surface", "ground"].flatMap { ground in
        ["ink", "muted", "leak", "good"].map { ($0, ground) }
      } + Self.heat.map { ("ink", $0) }
    for (words, ground) in pairs {
      let ratio = try contrast(try #require(colors[words]), try #require(colors[ground]))
      #expect(ratio >= 4.5, "\(words) on \(ground)")
    }
  }

  @Test(arguments: ["light", "dark", "print"])
  func `lines and dots can be seen`(theme: String) throws {
    let colors = try #require(Self.themes[theme])
    for (part, ground) in [
      ("bar", "surface"), ("leak", "surface"), ("grey", "surface"), ("bar", "bar-soft"),
      ("leak", "bar-soft"),
    ] {
      let ratio = try contrast(try #require(colors[part]), try #require(colors[ground]))
      #expect(ratio >= 3, "\(part) on \(ground)")
    }
  }

  @Test(arguments: ["light", "dark", "print"])
  func `each step of a grid stands further from its ground than the one before`(
    theme: String
  ) throws {
    let colors = try #require(Self.themes[theme])
    let surface = try #require(colors["surface"])
    for side in ["low", "high"] {
      let ratios = try (1...4).map { try contrast(try #require(colors["\(side)-\($0)"]), surface) }
      #expect(ratios == ratios.sorted() && Set(ratios).count == 4)
    }
  }
}
