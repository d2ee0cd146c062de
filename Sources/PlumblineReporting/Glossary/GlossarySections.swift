public import PlumblineCore

/// The terms of an agreement for a page; the same words as `GlossaryText`.
public struct GlossarySections: Sendable {
  private let words: GlossaryWords
  private let search: String

  /// A glossary to be shown.
  ///
  /// - Parameters:
  ///   - agreement: The agreement.
  ///   - search: What terms must hold, in whatever case; all are shown when it is empty.
  public init(_ agreement: Agreement, search: String = "") {
    words = GlossaryWords(agreement)
    self.search = Self.folded(search)
  }

  /// How the file stands, in one sentence.
  public var headline: String { words.headline }

  /// The agreement's version and hash.
  public var provenance: String { words.provenance }

  /// Words that mean two things, and the terms by their kinds.
  public var markup: Markup {
    let found = words.glossary.entries.filter(isFound)
    var parts: [Markup] = []
    let clashes = words.glossary.clashes.map { "\(words.sentence($0)) \(words.remedy($0))" }
    if search.isEmpty, !clashes.isEmpty {
      parts += [.element("section", [:], [.element("h2", [:], "To settle"), .bullets(clashes)])]
    }
    for kind in AgreementGlossary.Kind.allCases {
      let entries = found.filter { $0.kind == kind }
      guard !entries.isEmpty else { continue }
      parts.append(
        .element("section", [:], [.element("h2", [:], words.heading(kind)), table(kind, entries)])
      )
    }
    if !search.isEmpty {
      let count = found.isEmpty ? "No term holds that." : "\(Format.count(found.count, "term"))."
      parts.insert(.element("p", ["role": "status"], count), at: 0)
    }
    parts.append(
      .element("p", ["class": "note"], "A dash: the usual word. Numbers are the same for all.")
    )
    return .lines(parts)
  }

  private func table(_ kind: AgreementGlossary.Kind, _ entries: [AgreementGlossary.Entry]) -> Markup
  {
    var table = MarkupTable(
      "terms-\(kind.rawValue)",
      caption: words.heading(kind),
      [.text("Term")] + PlumblineCore.Reader.allCases.map { .text($0.rawValue.capitalizedFirst) }
        + [.text("Meaning"), .text("In the agreement")]
    )
    for entry in entries {
      let own = PlumblineCore.Reader.allCases.map { reader in
        Markup.text(entry.words[reader] == nil ? Format.absent : words.word(entry, reader))
      }
      table.add(
        [
          .element(
            "a",
            ["id": Self.anchor(entry.term), "href": "#\(Self.anchor(entry.term))"],
            StageWords.usualLabel(entry.term)
          )
        ] + own + [.text(words.meaning(entry)), .text(words.definition(entry))]
      )
    }
    return table.markup
  }

  private func isFound(_ entry: AgreementGlossary.Entry) -> Bool {
    guard !search.isEmpty else { return true }
    let texts =
      [entry.term, StageWords.usualLabel(entry.term), entry.meaning, words.definition(entry)]
      + entry.words.values + entry.aliases
    return texts.contains { Self.folded($0).contains(search) }
  }

  /// Where a page has a term.
  static func anchor(_ term: String) -> String {
    "term-"
      + String(term.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
  }

  private static func folded(_ text: String) -> String {
    text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
