public import PlumblineCore

/// An agreement in plain words for a page: the same sentences as `AgreementShowText`.
public struct AgreementShowSections: Sendable {
  private let agreement: Agreement
  private let words: AgreementShowWords

  /// An agreement to be shown.
  public init(_ agreement: Agreement) {
    self.agreement = agreement
    words = AgreementShowWords(agreement)
  }

  /// Whose agreement it is and since when, in a sentence.
  public var headline: String { words.headline }

  /// The version and the hash, in a sentence.
  public var footer: String { words.footer }

  /// What was agreed, part by part, each under a heading of the third order.
  public var markup: Markup {
    .lines(
      [.element("p", [:], words.frame)] + path + sections([words.customer]) + score
        + sections(words.promises) + goals + sections(words.rest)
        + part("Not agreed, or left at what is usual", [.bullets(words.missing)])
    )
  }

  private func part(_ title: String, _ content: [Markup]) -> [Markup] {
    content.contains { !$0.source.isEmpty } ? [.element("h3", [:], title)] + content : []
  }

  private func sections(_ sections: [AgreementShowWords.Section]) -> [Markup] {
    sections.flatMap { part($0.title, [.bullets($0.points)]) }
  }

  private var path: [Markup] {
    var table = MarkupTable(
      "agreed-path",
      caption: "The stages in their order",
      [.text("Stage"), .text("For"), .text("Decided by"), .text("A lead is there when")]
    )
    for stage in agreement.path {
      table.add([
        StageWords.usualLabel(stage.id), words.purpose(stage),
        stage.owner?.rawValue ?? Format.absent, StageWords(agreement).meaning(of: stage),
      ])
    }
    return part("The path", [table.markup, .bullets(words.pathNotes)])
  }

  private var score: [Markup] {
    guard let scoring = agreement.scoring else { return [] }
    var content: [Markup] = []
    if scoring.hasRules {
      var table = MarkupTable(
        "agreed-score",
        caption: "Points for what a lead is and did",
        [.text("For"), .number("Points"), .number("At most")]
      )
      for rule in scoring.fit {
        table.add([
          "\(AgreementPhrases.plain(rule.criterion.name)): \(AgreementPhrases.match(rule.criterion.match))",
          AgreementPhrases.points(rule.points), "",
        ])
      }
      for rule in scoring.engagement {
        table.add([
          "each \(AgreementPhrases.plain(rule.touch))", AgreementPhrases.points(rule.points),
          rule.most.map { Format.count($0) } ?? "",
        ])
      }
      content.append(table.markup)
    } else {
      content.append(.bullets(["There are no rules: only scores on record count."]))
    }
    let notes = [
      scoring.halfLifeInDays.map { "Points for touches count half after \(Format.days($0))." },
      words.mark,
    ].compactMap { $0 }
    return part("How leads are scored", content + [.bullets(notes)])
  }

  private var goals: [Markup] {
    guard !agreement.goals.isEmpty else { return [] }
    var table = MarkupTable(
      "agreed-goals",
      caption: "Goals",
      [.text("What"), .text("Whose"), .text("Period"), .number(agreement.currency)]
    )
    for goal in agreement.goals {
      table.add([
        goal.measure.rawValue, goal.owner ?? "everybody together", goal.period,
        Format.amount(Double(goal.amount), agreement.currency),
      ])
    }
    return part("What is to be reached", [table.markup])
  }
}
