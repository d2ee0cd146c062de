public import PlumblineCore

/// The terms of an agreement as text for people.
public struct GlossaryText: Sendable {
  private let words: GlossaryWords
  private let layout: TextLayout

  /// A glossary to be shown.
  ///
  /// - Parameters:
  ///   - agreement: The agreement.
  ///   - layout: How wide, and whether for a terminal.
  public init(_ agreement: Agreement, layout: TextLayout = TextLayout()) {
    words = GlossaryWords(agreement)
    self.layout = layout
  }

  /// How many words or meanings clash.
  public var clashCount: Int { words.glossary.clashes.count }

  /// The text, each line ending in a line break.
  public var text: String {
    var page = TextPage(layout)
    page.paragraph(words.headline, ink: .strong)
    if !words.glossary.clashes.isEmpty {
      page.heading("To settle")
      page.bullets(
        words.glossary.clashes.map { "\(words.sentence($0)) \(words.remedy($0))" }
      )
    }
    for kind in AgreementGlossary.Kind.allCases {
      let entries = words.glossary.entries.filter { $0.kind == kind }
      guard !entries.isEmpty else { continue }
      page.heading(words.heading(kind))
      var table = TextTable([
        .wrapped("term", least: 9), .wrapped("marketing", least: 9), .wrapped("sales", least: 9),
        .wrapped("leadership", least: 10), .wrapped("meaning", least: 22),
      ])
      for entry in entries {
        table.add(
          [StageWords.usualLabel(entry.term)] + Reader.allCases.map { own(entry, $0) }
            + [meaning(entry)]
        )
      }
      page.table(table)
    }
    page.blank()
    page.paragraph(
      "A dash: the usual word. Answers speak a reader's words with --as; numbers are the same.",
      ink: .faint
    )
    page.paragraph(words.provenance, ink: .faint)
    return page.text
  }

  private func meaning(_ entry: AgreementGlossary.Entry) -> String {
    let definition = words.definition(entry)
    return words.meaning(entry) + (definition.isEmpty ? "" : " (\(definition))")
  }

  private func own(_ entry: AgreementGlossary.Entry, _ reader: Reader) -> String {
    entry.words[reader] == nil ? Format.absent : words.word(entry, reader)
  }
}

/// The terms of an agreement as Markdown, to be put where both teams look things up.
public struct GlossaryMarkdown: Sendable {
  private let words: GlossaryWords

  /// A glossary to be written.
  public init(_ agreement: Agreement) { words = GlossaryWords(agreement) }

  /// The Markdown, ending in a line break.
  public var text: String {
    let company = words.agreement.company
    var lines = [
      "# Glossary\(company.isEmpty ? "" : " of \(Self.cell(company))")", "", words.headline, "",
    ]
    if !words.glossary.clashes.isEmpty {
      lines += ["## To settle", ""]
      lines += words.glossary.clashes.map {
        "- \(Self.cell(words.sentence($0))) \(words.remedy($0))"
      }
      lines.append("")
    }
    for kind in AgreementGlossary.Kind.allCases {
      let entries = words.glossary.entries.filter { $0.kind == kind }
      guard !entries.isEmpty else { continue }
      lines += [
        "## \(words.heading(kind))", "",
        "| Term | Marketing | Sales | Leadership | Meaning | In the agreement |",
        "| --- | --- | --- | --- | --- | --- |",
      ]
      lines += entries.map { entry in
        let cells =
          [StageWords.usualLabel(entry.term)] + Reader.allCases.map { words.word(entry, $0) }
          + [words.meaning(entry), words.definition(entry)]
        return "| \(cells.map(Self.cell).joined(separator: " | ")) |"
      }
      lines.append("")
    }
    lines.append(words.provenance)
    return lines.map { $0 + "\n" }.joined()
  }

  /// Text that neither ends a cell nor becomes markup.
  private static func cell(_ text: String) -> String {
    var cell = ""
    for character in text.printable {
      if "\\|<>*_`[]#".contains(character) { cell.append("\\") }
      cell.append(character)
    }
    return cell
  }
}
