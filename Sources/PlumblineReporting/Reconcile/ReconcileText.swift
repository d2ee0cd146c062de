public import PlumblineCore

/// A metric under every definition as text for people.
public struct ReconcileText: Sendable {
  private let answer: ReconcileAnswer
  private let agreement: Agreement
  private let layout: TextLayout

  /// A metric to be shown.
  ///
  /// - Parameters:
  ///   - answer: The metric.
  ///   - agreement: The agreement under which it was counted.
  ///   - layout: How wide, and whether for a terminal.
  public init(
    _ answer: ReconcileAnswer,
    under agreement: Agreement,
    layout: TextLayout = TextLayout()
  ) {
    self.answer = answer
    self.agreement = agreement
    self.layout = layout
  }

  /// The text, each line ending in a line break.
  public var text: String {
    let words = ReconcileWords(answer, agreement)
    var page = TextPage(layout)
    page.paragraph(words.headline, ink: .strong)
    page.blank()
    page.paragraph(words.scope)
    definitions(words, &page)
    // Where there is no number at all, there is nothing to explain.
    let hasNumbers = answer.definitions.contains { $0.reading.value != nil }
    for definition in answer.definitions where hasNumbers && !definition.steps.isEmpty {
      bridge(definition, words, &page)
    }
    page.heading("How each counts")
    for definition in answer.definitions {
      let title = words.title(definition.name).capitalizedFirst
      page.bullets(["\(title): \(words.formula(definition.name))."])
    }
    page.heading("Keep in mind")
    page.bullets(words.notes)
    page.blank()
    page.paragraph(words.footer, ink: .faint)
    return page.text
  }

  private func definitions(_ words: ReconcileWords, _ page: inout TextPage) {
    page.blank()
    var table = TextTable([.wrapped("definition"), .number("answer"), .number("counted")])
    for definition in answer.definitions {
      table.add(
        [
          words.title(definition.name), words.value(definition.reading),
          words.basis(definition.reading),
        ],
        ink: definition.name == .ours ? .strong : .plain
      )
    }
    page.table(table)
  }

  private func bridge(
    _ definition: ReconciledDefinition,
    _ words: ReconcileWords,
    _ page: inout TextPage
  ) {
    page.heading("From ours to: \(words.title(definition.name))")
    let before = answer.definitions.prefix { $0.name != definition.name }
    if let same = before.first(where: { $0.steps == definition.steps }) {
      return page.paragraph("The same steps as to: \(words.title(same.name)).", indent: 2)
    }
    let showsCounts = definition.steps.contains { step in
      step.numeratorChange != nil && step.after.unit != .seconds && step.after.unit != .months
    }
    var table = TextTable(
      [.whole("step"), .wrapped("rule"), .number("records")]
        + (showsCounts ? [.number("above"), .number("below")] : []) + [.number("then")]
    )
    let blanks = showsCounts ? ["", ""] : []
    table.add(["", "ours", ""] + blanks + [number(answer.definitions[0].reading, words)])
    for (index, step) in definition.steps.enumerated() where !isNothing(step) {
      let isPlain = !step.before.isEstimated
      table.add(
        [
          "\(definition.name.rawValue).\(index + 1)", words.rule(step),
          Format.count(step.recordIDs.count),
        ]
          + (showsCounts
            ? [
              isPlain ? words.change(step.numeratorChange, step.after.unit) : "",
              isPlain ? words.change(step.denominatorChange, step.after.unit) : "",
            ] : []) + [number(step.after, words)]
      )
    }
    page.table(table)
  }

  /// Whether deals are counted in place of leads from here on, and that changes nothing.
  private func isNothing(_ step: BridgeStep) -> Bool {
    step.rule == .perDeal && step.recordIDs.isEmpty
  }

  private func number(_ reading: MetricReading, _ words: ReconcileWords) -> String {
    reading.value.map(words.number) ?? Format.absent
  }
}

/// The metrics that can be reconciled as text for people.
public struct ReconcileListText: Sendable {
  private let agreement: Agreement
  private let layout: TextLayout

  /// The metrics of an agreement.
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
    var page = TextPage(layout)
    page.paragraph("Several definitions circulate of each of these. Name one to see its numbers.")
    page.blank()
    let stages = StageWords(agreement)
    var table = TextTable([.whole("metric"), .wrapped("what it is")])
    for metric in ReconcileMetric.all(of: agreement) {
      table.add([metric.name(in: agreement), ReconcileWords.name(of: metric, stages)])
    }
    page.table(table)
    return page.text
  }
}
