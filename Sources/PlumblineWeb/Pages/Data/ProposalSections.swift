import PlumblineConnectors
import PlumblineCore
import PlumblineReporting

/// What is proposed for uploaded files, as parts of a page.
struct ProposalSections {
  private let upload: UploadShelf.Upload
  private let proposal: Proposal

  init(_ upload: UploadShelf.Upload, _ proposal: Proposal) {
    self.upload = upload
    self.proposal = proposal
  }

  /// The parts, the answer first.
  var parts: [Markup] {
    [heading] + proposal.faults.map(FaultNote.markup) + [acts, questions, mapping, text]
      + [proposal.report?.rehearsal ?? .none, warnings]
  }

  private var heading: Markup {
    let files = Format.count(upload.names.count, "file")
    let answer =
      proposal.report.map { report in
        "\(Format.count(report.rowCount, "row")) in \(files): look through what they become"
      } ?? "\(files) with something to settle first"
    return .lines([
      .element("p", ["class": "eyebrow"], [.element("a", ["href": "/data"], "Data")]),
      .element("h1", [:], answer),
      .element(
        "p",
        ["class": "scope"],
        "\(upload.names.joined(separator: ", ")). Nothing is imported yet."
      ),
    ])
  }

  /// Import, where nothing is left to settle, and the way back.
  private var acts: Markup {
    var forms: [Markup] = []
    if proposal.faults.isEmpty, let report = proposal.report {
      let taken = report.rowCount - report.refusedCount
      forms.append(
        .element(
          "form",
          ["method": "post", "action": "/data/import"],
          [
            Forms.token, .void("input", ["type": "hidden", "name": "upload", "value": upload.id]),
            .void("input", ["type": "hidden", "name": "mapping", "value": proposal.mark]),
            .element("button", [:], "Import \(Format.count(taken, "row"))"),
          ]
        )
      )
    }
    forms.append(form("propose", "Propose anew"))
    forms.append(form("remove", "Remove the upload"))
    return .element("div", ["class": "acts"], forms)
  }

  private func form(_ act: String, _ title: String) -> Markup {
    .element(
      "form",
      ["method": "post", "action": address],
      [
        Forms.token, .void("input", ["type": "hidden", "name": "act", "value": act]),
        .element("button", ["class": "quiet"], title),
      ]
    )
  }

  private var address: String { "/data/uploads/\(upload.id)" }

  private var questions: Markup {
    let questions = proposal.questions
    guard !questions.isEmpty else { return .none }
    let items = questions.map { question, line in
      Markup.element(
        "li",
        [:],
        (line.hasPrefix("mapping:")
          ? [.text(question.sentence)]
          : [.text(question.sentence), .text(" ("), .element("code", [:], line), .text(")")])
          + [settle(question)]
      )
    }
    return .element(
      "section",
      [:],
      [
        .element("h2", [:], "Unsure: please decide"),
        .element(
          "p",
          ["class": "note"],
          "Choose another column or another way of reading below, or leave it as it is. What is "
            + "decided leaves this list."
        ), .element("ul", [:], items),
      ]
    )
  }

  /// Says that a question is settled as it is.
  private func settle(_ question: String) -> Markup {
    .element(
      "form",
      ["class": "inline", "method": "post", "action": address],
      [
        Forms.token, .void("input", ["type": "hidden", "name": "act", "value": "settle"]),
        .void("input", ["type": "hidden", "name": "question", "value": question]),
        .element("button", ["class": "quiet"], "Leave it as it is"),
      ]
    )
  }

  /// What the columns become, in a form that changes it.
  private var mapping: Markup {
    guard let mapping = proposal.mapping, let preview = proposal.preview else { return .none }
    let tables = preview.tables.enumerated().map { columns($0.element, $0.offset) }
    let choices = preview.tables.flatMap { table in
      table.parts.flatMap { part in
        mapping.files[part].records.indices.map {
          ProposalChoices.choice(mapping, table, part, $0)
        }
      }
    }
    return .element(
      "form",
      ["method": "post", "action": address],
      [
        .lines(
          [Forms.token, ProposalChoices.reading(mapping)] + tables + [
            .element(
              "details",
              [:],
              [
                .lines(
                  [.element("summary", [:], "Choose other columns")] + choices + [again]
                )
              ]
            )
          ]
        )
      ]
    )
  }

  private var again: Markup {
    .element("p", [:], [.element("button", ["class": "quiet"], "Read the files again")])
  }

  /// The columns of a file, those that are used first.
  private func columns(_ table: MappingPreview.Table, _ place: Int) -> Markup {
    var list = MarkupTable(
      "columns-table-\(place)",
      caption: "What could name a person is cut to its first letter",
      [.text("Column"), .text("Becomes"), .text("For example")]
    )
    let used = table.columns.filter { !$0.uses.isEmpty }
    for column in used {
      list.add([
        column.name, column.uses.map(Self.words).joined(separator: ", "),
        column.samples.joined(separator: ", "),
      ])
    }
    let unused = table.columns.filter(\.uses.isEmpty).map(\.name)
    let heading = Markup.element("h2", [:], "\(table.name): what the columns become")
    let rest =
      unused.isEmpty
      ? Markup.none
      : .element(
        "details",
        [:],
        [
          .element("summary", [:], "\(Format.count(unused.count, "column")) not used"),
          .element("p", [:], unused.joined(separator: ", ")),
        ]
      )
    let part =
      used.isEmpty
      ? Markup.element("p", [:], "The mapping says nothing of this file.") : list.markup
    return .element("section", [:], [.lines([heading, part, rest])])
  }

  private static func words(_ use: MappingPreview.Use) -> String {
    switch use {
    case .condition(let kind): "which rows give \(kind.words)"
    case .field(let kind, let field):
      "\(kind.words): \(field.split(separator: "_").joined(separator: " "))"
    }
  }

  /// The mapping as text, for those who know how mapping files are written.
  private var text: Markup {
    .element(
      "details",
      proposal.mapping == nil ? ["open": ""] : [:],
      [
        .element("summary", [:], "The mapping as text"),
        .element(
          "form",
          ["class": "stack", "method": "post", "action": address],
          [
            .lines([
              Forms.token, .void("input", ["type": "hidden", "name": "act", "value": "text"]),
              .element(
                "label",
                [:],
                [
                  .text("Mapping (YAML)"),
                  .element(
                    "textarea",
                    ["class": "text", "name": "text", "spellcheck": "false"],
                    // A line break at the beginning of the text is not part of it.
                    [.multiline("\n" + proposal.text)]
                  ),
                ]
              ),
              .element(
                "p",
                [:],
                [.element("button", ["class": "quiet"], "Read the files by this")]
              ),
            ])
          ]
        ),
      ]
    )
  }

  private var warnings: Markup {
    guard !proposal.warnings.isEmpty else { return .none }
    return .element(
      "section",
      [:],
      [.element("h2", [:], "About the mapping")] + proposal.warnings.map(FaultNote.markup)
    )
  }
}
