public import PlumblineCore

/// A gap as text for people: the sentence, the channels, the steps, how much of it is known.
public struct RevenueGapText: Sendable {
  private let answer: GapAnswer
  private let agreement: Agreement
  private let layout: TextLayout

  /// A gap to be shown.
  ///
  /// - Parameters:
  ///   - answer: The gap.
  ///   - agreement: The agreement under which it was made.
  ///   - layout: How wide, and whether for a terminal.
  public init(
    _ answer: GapAnswer,
    under agreement: Agreement,
    layout: TextLayout = TextLayout()
  ) {
    self.answer = answer
    self.agreement = agreement
    self.layout = layout
  }

  /// How many single parts are listed; JSON has them all.
  static let mostParts = 12

  /// The gap as one sentence that can be read aloud.
  public var headline: String { GapWords(answer, agreement).headline }

  /// The text, each line ending in a line break.
  public var text: String {
    var page = TextPage(layout)
    let words = GapWords(answer, agreement)
    page.paragraph(words.headline, ink: .strong)
    page.blank()
    page.paragraph(words.provenance.scopeText)
    page.paragraph(
      "Expected: leads x the rate of every step within its days x the mean won deal."
    )
    if !answer.channels.isEmpty {
      channels(words, &page)
      factors(words, &page)
      parts(words, &page)
      mix(words, &page)
      steps(words, &page)
      page.heading("To keep in mind")
      page.bullets(words.notes)
    }
    page.blank()
    for line in words.provenance.footer { page.paragraph(line, ink: .faint) }
    return page.text
  }

  private func ink(_ part: GapPart) -> Ink {
    part.isClear ? (part.amount < 0 ? .bad : .good) : .plain
  }

  private func channels(_ words: GapWords, _ page: inout TextPage) {
    page.heading("Which channels, in \(words.unit)")
    var table = TextTable([
      .text("channel"), .number(words.baseTitle), .number("now"), .number("gap"),
      .number("range (90 %)"), .whole(""),
    ])
    func add(_ name: String, _ base: Int64, _ actual: Int64, _ part: GapPart) {
      table.add(
        [
          name, words.amount(base), words.amount(actual), words.signed(part.amount),
          words.range(part), words.certainty(part),
        ],
        ink: ink(part)
      )
    }
    for channel in answer.channels.sorted(by: { $0.total.amount < $1.total.amount }) {
      add(channel.name, channel.base.expected, channel.actual.expected, channel.total)
    }
    if answer.channels.count > 1 { add("All", answer.base, answer.actual, answer.total) }
    page.table(table)
  }

  private func factors(_ words: GapWords, _ page: inout TextPage) {
    page.heading("Which factors, over all channels, in \(words.unit)")
    var table = TextTable([
      .wrapped("what"), .number("gap"), .number("range (90 %)"), .whole(""),
    ])
    for (factor, part) in zip(answer.factors, answer.factorTotals) {
      table.add(
        [
          words.name(factor), words.signed(part.amount), words.range(part),
          words.certainty(part),
        ],
        ink: ink(part)
      )
    }
    page.table(table)
  }

  private func parts(_ words: GapWords, _ page: inout TextPage) {
    let parts = words.parts
    guard !parts.isEmpty else { return }
    page.heading("The largest parts, in \(words.unit)")
    var table = TextTable([
      .wrapped("where"), .wrapped(words.baseTitle, least: 12), .wrapped("now", least: 12),
      .number("gap"), .whole(""),
    ])
    for part in parts.prefix(Self.mostParts) {
      let factor = answer.factors[part.index]
      let (base, actual) = (part.channel.base, part.channel.actual)
      table.add(
        [
          part.place, words.value(factor, base, actual, isBase: true),
          words.value(factor, actual, base, isBase: false), words.signed(part.part.amount),
          words.certainty(part.part),
        ],
        ink: ink(part.part)
      )
    }
    page.table(table)
    if parts.count > Self.mostParts {
      page.paragraph(
        "And \(Format.count(parts.count - Self.mostParts)) smaller ones; JSON lists them all with "
          + "their ranges.",
        indent: 2
      )
    }
  }

  private func mix(_ words: GapWords, _ page: inout TextPage) {
    let sentences = words.mixRate
    guard !sentences.isEmpty else { return }
    page.heading("The mix of channels, or their own rates?")
    for sentence in sentences { page.paragraph(sentence, indent: 2) }
  }

  private func steps(_ words: GapWords, _ page: inout TextPage) {
    page.heading("How much of it is known")
    var table = TextTable([
      .wrapped("step, over all channels"), .number("days"),
      .wrapped(words.baseTitle, least: 12), .wrapped("now", least: 12),
    ])
    for step in answer.steps {
      table.add([
        words.stages.step(step.from, step.from + 1), "\(step.actual.withinDays)",
        step.base.map { words.rate($0) } ?? Format.absent, words.rate(step.actual),
      ])
    }
    page.table(table)
    let won = answer.channels.compactMap(\.actual.wonSoFar).reduce(0, +)
    let booked = answer.channels.compactMap(\.actual.bookedSoFar).reduce(0, +)
    let wins = answer.channels.reduce(0) { $0 + $1.actual.expectedWins }
    page.paragraph(
      "So far \(Format.count(won, "customer")) \(won == 1 ? "is" : "are") won, at whatever pace"
        + (answer.unit == .money
          ? ", for \(Format.money(Double(booked), agreement.currency))" : "")
        + "; \(Format.expected(wins)) are expected within the days of every step.",
      indent: 2
    )
  }
}
