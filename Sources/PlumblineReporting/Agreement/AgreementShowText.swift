public import PlumblineCore

/// An agreement in plain words on one page, for both teams.
public struct AgreementShowText: Sendable {
  private let agreement: Agreement
  private let layout: TextLayout

  /// An agreement to be shown.
  ///
  /// - Parameters:
  ///   - agreement: The agreement.
  ///   - layout: How wide, and whether for a terminal.
  public init(_ agreement: Agreement, layout: TextLayout = TextLayout()) {
    self.agreement = agreement
    self.layout = layout
  }

  /// The text, each line ending in a line break.
  public var text: String {
    let words = AgreementShowWords(agreement)
    var page = TextPage(layout)
    page.paragraph(words.headline, ink: .strong)
    page.blank()
    page.paragraph(words.frame)
    path(words, &page)
    show([words.customer], &page)
    score(&page)
    show(words.promises, &page)
    goals(&page)
    show(words.rest, &page)
    if !words.missing.isEmpty {
      page.heading("Not agreed, or left at what is usual")
      page.bullets(words.missing)
    }
    page.blank()
    page.paragraph(words.footer, ink: .faint)
    return page.text
  }

  private func show(_ sections: [AgreementShowWords.Section], _ page: inout TextPage) {
    for section in sections where !section.points.isEmpty {
      page.heading(section.title)
      page.bullets(section.points)
    }
  }

  private func path(_ words: AgreementShowWords, _ page: inout TextPage) {
    page.heading("The path")
    var table = TextTable([
      .whole("stage"), .whole("what it is for"), .whole("decided by"),
      .wrapped("a lead is there when", least: 20),
    ])
    for stage in agreement.path {
      table.add([
        StageWords.usualLabel(stage.id), words.purpose(stage),
        stage.owner?.rawValue ?? Format.absent,
        StageWords(agreement).meaning(of: stage),
      ])
    }
    page.table(table)
    page.bullets(words.pathNotes)
  }

  private func score(_ page: inout TextPage) {
    guard let scoring = agreement.scoring else { return }
    page.heading("How leads are scored")
    if scoring.hasRules {
      var table = TextTable([.wrapped("for", least: 20), .number("points"), .whole("at most")])
      for rule in scoring.fit {
        table.add([
          "\(rule.criterion.name.printable): \(AgreementPhrases.match(rule.criterion.match))",
          AgreementPhrases.points(rule.points),
        ])
      }
      for rule in scoring.engagement {
        table.add([
          "each \(rule.touch.printable)", AgreementPhrases.points(rule.points),
          rule.most.map { Format.count($0) } ?? "",
        ])
      }
      page.table(table)
    } else {
      page.bullets(["There are no rules: only scores on record count."])
    }
    page.bullets(
      [
        scoring.halfLifeInDays.map { "Points for touches count half after \(Format.days($0))." },
        AgreementShowWords(agreement).mark,
      ].compactMap { $0 }
    )
  }

  private func goals(_ page: inout TextPage) {
    guard !agreement.goals.isEmpty else { return }
    page.heading("What is to be reached")
    var table = TextTable([
      .whole("what"), .text("whose"), .whole("period"), .number(agreement.currency),
    ])
    for goal in agreement.goals {
      table.add([
        goal.measure.rawValue, goal.owner?.printable ?? "everybody together", goal.period,
        Format.amount(Double(goal.amount), agreement.currency),
      ])
    }
    page.table(table)
  }
}
