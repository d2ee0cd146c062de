import Foundation
import PlumblineCore
import PlumblineReporting

/// The lines of a text that somebody must look at, each with what is to be said of it.
struct AgreementListing {
  private let lines: [Substring]
  private let byLine: [Int: [Diagnostic]]
  private let elsewhere: [Diagnostic]

  /// A text with findings; those of other files, and of no line, stand below it.
  init(_ text: String, _ diagnostics: [Diagnostic]) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    self.lines = lines
    func line(_ diagnostic: Diagnostic) -> Int {
      guard let place = diagnostic.location, place.file.hasSuffix("agreement.yaml"),
        let line = place.line, (1...max(1, lines.count)).contains(line)
      else { return 0 }
      return line
    }
    byLine = Dictionary(grouping: diagnostics, by: line)
    elsewhere = byLine[0] ?? []
  }

  /// The lines with a finding and those next to them.
  var markup: Markup {
    let marked = Set(byLine.keys).subtracting([0])
    let shown = lines.indices.map { $0 + 1 }.filter { number in
      (number - 1...number + 1).contains { marked.contains($0) }
    }
    return .lines([
      shown.isEmpty
        ? .none : .element("ol", ["class": "listing"], [.lines(shown.map(item))]),
      elsewhere.isEmpty
        ? .none
        : .element("ul", ["class": "findings"], elsewhere.map { .element("li", [:], finding($0)) }),
    ])
  }

  private func item(_ number: Int) -> Markup {
    let code = Markup.element("code", [:], String(lines[number - 1]))
    guard let findings = byLine[number] else {
      return .element("li", ["value": "\(number)"], [code])
    }
    let worst: Diagnostic.Severity =
      findings.contains { $0.severity == .error } ? .error : findings[0].severity
    return .element(
      "li",
      [
        "value": "\(number)", "class": "marked \(worst.rawValue)", "data-line": "\(number)",
        "data-severity": worst.rawValue,
      ],
      [code]
        + findings.map {
          .element("div", ["class": "finding \($0.severity.rawValue)"], finding($0))
        }
    )
  }

  private func finding(_ diagnostic: Diagnostic) -> [Markup] {
    let place =
      diagnostic.location?.line.map { "Line \($0)" }
      ?? diagnostic.severity.rawValue.capitalized
    return [
      .element("strong", [:], "\(place): \(diagnostic.message) "),
      .text(diagnostic.remedy(in: .page).map { "\($0) " } ?? ""),
      .element("span", ["class": "note"], "[\(diagnostic.code)]"),
    ]
  }
}
