public import PlumblineCore
import PlumblineStatistics

/// A simulation of reps and cash as text for people.
public struct HeadcountText: Sendable {
  private let answer: HeadcountAnswer
  private let provenance: [String]
  private let showsMonths: Bool
  private let layout: TextLayout

  /// A simulation to be shown.
  ///
  /// - Parameters:
  ///   - answer: The simulation.
  ///   - provenance: From what it was made, a sentence each.
  ///   - showsMonths: Whether every course's months are shown, and not only where there are few.
  ///   - layout: How wide, and whether for a terminal.
  public init(
    _ answer: HeadcountAnswer,
    provenance: [String],
    showsMonths: Bool = false,
    layout: TextLayout = TextLayout()
  ) {
    self.answer = answer
    self.provenance = provenance
    self.showsMonths = showsMonths
    self.layout = layout
  }

  /// The text, each line ending in a line break.
  public var text: String {
    var page = TextPage(layout)
    let words = HeadcountWords(answer)
    page.paragraph(words.headline, ink: .strong)
    totals(words, &page)
    odds(words, &page)
    hires(words, &page)
    if showsMonths || answer.courses.count <= 2 {
      for course in answer.courses where !course.steps.isEmpty { months(course, words, &page) }
    }
    sensitivities(words, &page)
    inputs(words, &page)
    page.heading("To keep in mind")
    page.bullets(words.notes)
    page.blank()
    for line in provenance { page.paragraph(line, ink: .faint) }
    return page.text
  }

  private func totals(_ words: HeadcountWords, _ page: inout TextPage) {
    page.heading(
      "Side by side: \(Format.count(answer.question.months, "month")) from "
        + "\(answer.question.start) on, as expected, in \(answer.currency)"
    )
    var table = TextTable([
      .wrapped("course", least: 12), .number("wins"), .number("revenue"), .number("profit"),
      .number("least cash"), .whole("in"), .number("end cash"),
    ])
    for course in answer.courses {
      table.add(
        [
          course.scenario.name, HeadcountWords.number(course.wins.expected),
          words.amount(course.revenue.expected), words.amount(course.profit.expected),
          words.amount(course.lowestCash.expected), course.lowestMonth?.description ?? "",
          words.amount(course.endCash.expected),
        ],
        ink: answer.isCashKnown && course.cashOut.expected != nil ? .bad : .plain
      )
    }
    page.table(table)
    page.paragraph("Least cash: the lowest at the end of a month; the start is not counted.")
    page.heading("What limits the wins")
    for course in answer.courses {
      page.bullets(["\(course.scenario.name): \(words.limits(course))."])
    }
  }

  private func odds(_ words: HeadcountWords, _ page: inout TextPage) {
    guard answer.question.draws > 0 else { return }
    page.heading("With what odds: in 10, 50 and 90 of 100 cases less than")
    var table = TextTable([
      .wrapped("course", least: 12), .whole("what"), .number("10"), .number("50"), .number("90"),
    ])
    for course in answer.courses {
      let rows: [(String, HeadcountBand?, (Double) -> String)] = [
        ("wins", course.wins.drawn, { HeadcountWords.number($0) }),
        ("profit", course.profit.drawn, words.amount),
        ("least cash", course.lowestCash.drawn, words.amount),
        ("end cash", course.endCash.drawn, words.amount),
        ("end cash, against today", course.difference?.endCash.drawn, words.amount),
      ]
      var name = course.scenario.name
      for (what, band, shown) in rows {
        guard let band else { continue }
        table.add([name, what, shown(band.low), shown(band.middle), shown(band.high)])
        name = ""
      }
    }
    page.table(table)
    for course in answer.courses {
      var line = "\(course.scenario.name): \(words.cash(course))"
      if let difference = course.difference {
        line +=
          "; more cash at the end than today's course in "
          + HeadcountWords.cases(difference.betterCases, of: answer.question.draws)
      }
      page.bullets([line + "."])
    }
  }

  private func hires(_ words: HeadcountWords, _ page: inout TextPage) {
    page.heading("What a win costs, in \(answer.currency)")
    var table = TextTable([
      .wrapped("course", least: 12), .number("any win"), .number("added win"),
      .number("next hire's"), .number("worth"), .wrapped("pays?", least: 20),
    ])
    func shown(_ amount: Double?) -> String { amount.map(words.amount) ?? Format.absent }
    for course in answer.courses {
      table.add([
        course.scenario.name, shown(course.costPerWin), shown(course.difference?.costPerWin),
        shown(course.nextHire.costPerWin), shown(course.breakEven),
        HeadcountWords.verdict(course.verdict),
      ])
    }
    page.table(table)
    page.paragraph(
      "Added win: what is spent more on reps, hires, media and commission than in "
        + "\(answer.courses[0].scenario.name), for each win more. Next hire's: one more rep in "
        + "the month of the first change, else in the first. Worth: what a customer brings. Pays: "
        + "whether the next hire is worth its cost within these months."
    )
  }

  private func months(
    _ course: HeadcountCourse,
    _ words: HeadcountWords,
    _ page: inout TextPage
  ) {
    page.heading("\(course.scenario.name.capitalizedFirst), month by month")
    let isDrawn = answer.question.draws > 0
    var work = TextTable(
      [
        .whole("month"), .number("reps"), .number("at full output"), .number("leads"),
        .number("worked"), .number("used"), .number("wins"),
      ] + (isDrawn ? [.number("10–90 %")] : []) + [.number("customers")]
    )
    var money = TextTable(
      [
        .whole("month"), .number("income"), .number("cost"), .number("profit"), .number("cash"),
      ] + (isDrawn ? [.number("cash, 10 %"), .number("cash, 90 %")] : [])
    )
    for step in course.steps {
      let row = step.expected
      let wins = step.wins.map {
        "\(Format.fixed($0.low, decimals: 0))–\(Format.fixed($0.high, decimals: 0))"
      }
      work.add(
        [
          step.month.description, HeadcountWords.number(row.reps),
          HeadcountWords.number(row.effectiveReps), HeadcountWords.number(row.leads),
          HeadcountWords.number(row.worked), row.utilisation.map(Format.percent) ?? Format.absent,
          HeadcountWords.number(row.wins),
        ] + (isDrawn ? [wins ?? ""] : []) + [HeadcountWords.number(row.customers)]
      )
      let cash = [step.cash?.low, step.cash?.high].map { $0.map(words.amount) ?? "" }
      money.add(
        [
          step.month.description, words.amount(row.income), words.amount(row.cost),
          words.amount(row.net), words.amount(row.cash),
        ] + (isDrawn ? cash : []),
        ink: answer.isCashKnown && row.cash < 0 ? .bad : .plain
      )
    }
    page.table(work, indent: 0)
    page.blank()
    page.table(money)
  }

  private func sensitivities(_ words: HeadcountWords, _ page: inout TextPage) {
    guard let course = answer.courses.last, !course.sensitivities.isEmpty else { return }
    page.heading("What \(words.metric) hangs on most: \(course.scenario.name)")
    var table = TextTable([
      .wrapped("input"), .number("from"), .number("to"), .number("gives"), .number("and"),
      .whole(""),
    ])
    for item in course.sensitivities.prefix(10) {
      table.add([
        HeadcountWords.movedName(item.input), words.end(item.range.lowerBound, of: item.input),
        words.end(item.range.upperBound, of: item.input), words.metric(item.atLow),
        words.metric(item.atHigh), item.isMeasured ? "10–90 %" : "no odds",
      ])
    }
    page.table(table)
    page.paragraph(
      "10–90 %: the ends that the number stays below in 10 and 90 of 100 cases. No odds: nothing "
        + "says how well it is known; moved by a fifth each way, the ramp as assumed."
    )
  }

  private func inputs(_ words: HeadcountWords, _ page: inout TextPage) {
    page.heading("What it rests on, in \(answer.currency)")
    var table = TextTable([
      .wrapped("input", least: 14), .wrapped("value", least: 10), .wrapped("from", least: 20),
    ])
    for input in HeadcountInput.allCases {
      guard let sourced = answer.inputs[input] else { continue }
      table.add([
        HeadcountWords.name(input), words.value(sourced, of: input),
        HeadcountWords.source(sourced.source, of: input),
      ])
    }
    page.table(table)
    for course in answer.courses {
      let lines = HeadcountScenarioWords(course.scenario, words).lines
      guard !lines.isEmpty else { continue }
      page.paragraph("\(course.scenario.name.capitalizedFirst):", indent: 2)
      page.bullets(lines, indent: 4)
    }
  }
}

/// What a scenario changes, in words.
struct HeadcountScenarioWords {
  private let scenario: HeadcountScenario
  private let words: HeadcountWords

  init(_ scenario: HeadcountScenario, _ words: HeadcountWords) {
    self.scenario = scenario
    self.words = words
  }

  /// One line for each thing that changes.
  var lines: [String] {
    overrides(scenario.overrides)
      + scenario.hires.map { "\($0.month): \(HeadcountWords.number($0.reps)) hired" }
      + scenario.departures.map { "\($0.month): \(HeadcountWords.number($0.reps)) let go" }
      + scenario.changes.flatMap { change in
        overrides(change.overrides).map { "from \(change.month): \($0)" }
      }
  }

  private func overrides(_ overrides: [HeadcountInput: HeadcountOverride]) -> [String] {
    HeadcountInput.allCases.compactMap { input in
      overrides[input].map { "\(HeadcountWords.name(input)): \(text($0, input))" }
    }
  }

  private func text(_ override: HeadcountOverride, _ input: HeadcountInput) -> String {
    switch override {
    case .set(let value): words.value(value, of: input)
    case .times(let factor): "\(Format.signed((factor - 1) * 100, decimals: 0)) %"
    case .plus(let more):
      input.unit == .money
        ? words.signed(more)
        : input.unit == .share
          ? "\(Format.signedPoints(more)) points" : Format.signed(more, decimals: 1)
    }
  }
}
