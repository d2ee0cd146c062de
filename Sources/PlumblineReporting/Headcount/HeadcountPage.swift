public import PlumblineCore
import PlumblineStatistics

/// A simulation of reps and cash as a page that needs nothing else.
public struct HeadcountPage: Sendable {
  private let answer: HeadcountAnswer
  private let agreement: Agreement?
  private let provenance: [String]
  private let generatedBy: String
  private let links: RecordLinks

  /// A page to be made.
  ///
  /// - Parameters:
  ///   - answer: The simulation.
  ///   - agreement: The agreement under which it was made; nil where a file gave everything.
  ///   - provenance: From what it was made, a sentence each.
  ///   - generatedBy: What made the page, such as a program and its version.
  ///   - links: Where what inputs were measured from opens.
  public init(
    _ answer: HeadcountAnswer,
    under agreement: Agreement?,
    provenance: [String],
    generatedBy: String,
    links: RecordLinks = .none
  ) {
    self.answer = answer
    self.agreement = agreement
    self.provenance = provenance
    self.generatedBy = generatedBy
    self.links = links
  }

  private var company: String {
    agreement.map { $0.company.isEmpty ? "" : " for \($0.company)" } ?? ""
  }

  /// The document, ending in a line break.
  public var text: String {
    HTMLPage(
      title: "Reps, leads and cash\(company)",
      header: header,
      sections: sections,
      footer: footer
    ).text
  }

  /// The answer in a sentence.
  public var header: Markup {
    let words = HeadcountWords(answer)
    let question = answer.question
    return HTMLPage.header(
      eyebrow:
        "Simulation\(company): \(Format.count(question.months, "month")) from \(question.start) on",
      headline: words.headline,
      scope: words.notes.first ?? ""
    )
  }

  /// All there is to show.
  public var sections: [Markup] {
    let words = HeadcountWords(answer)
    return [
      cash, HTMLPage.section("Side by side", [courses(words), hires(words), limits(words)]),
      sensitivity, HTMLPage.section("What it rests on", [inputs(words)] + notes(words)),
    ]
  }

  /// What a course counts on, and where that comes from, in words; nil for what is not known.
  ///
  /// - Parameter input: What is counted on.
  /// - Returns: Its value today and its source.
  public func today(_ input: HeadcountInput) -> (value: String, source: String)? {
    let words = HeadcountWords(answer)
    return answer.inputs[input].map { sourced in
      let source =
        switch sourced.source {
        case .assumed: "assumed: neither record nor agreement says it"
        default: HeadcountWords.source(sourced.source, of: input)
        }
      return (words.value(sourced, of: input), source)
    }
  }

  /// The pictures alone, for a report.
  var pictures: [Markup] {
    [
      HTMLPage.section("Reps and cash", [CashPicture(id: "cash", answer: answer).markup]),
      sensitivity,
    ]
  }

  private var cash: Markup {
    HTMLPage.section("Cash", [CashPicture(id: "cash", answer: answer).markup])
  }

  private var sensitivity: Markup {
    answer.courses.last.map { course in
      HTMLPage.section(
        "What it hangs on",
        [TornadoPicture(id: "tornado", answer: answer, course: course).markup]
      )
    } ?? .none
  }

  private func courses(_ words: HeadcountWords) -> Markup {
    var table = MarkupTable(
      "courses",
      caption: hasDrawn
        ? "As expected, with the range of 8 in 10 drawn courses, in \(answer.currency)"
        : "As expected, in \(answer.currency)",
      [
        .text("Course"), .number("Wins"), .number("Revenue"), .number("Profit"),
        .number("Least cash"), .number("In"),
      ]
    )
    for course in answer.courses {
      table.add([
        .text(course.scenario.name), Self.ranged(course.wins, HeadcountWords.number),
        Self.ranged(course.revenue, words.amount), Self.ranged(course.profit, words.amount),
        Self.ranged(course.lowestCash, words.amount),
        .text(course.lowestMonth?.description ?? ""),
      ])
    }
    return table.markup
  }

  private var hasDrawn: Bool { answer.courses.contains { $0.wins.drawn != nil } }

  /// A total, and under it the range of what was drawn.
  private static func ranged(_ total: HeadcountTotal, _ words: (Double) -> String) -> Markup {
    guard let drawn = total.drawn else { return .text(words(total.expected)) }
    return .lines([
      .text(words(total.expected)),
      .element(
        "span",
        ["class": "remark"],
        "\(words(drawn.low)) to \(words(drawn.high))"
      ),
    ])
  }

  private func hires(_ words: HeadcountWords) -> Markup {
    var table = MarkupTable(
      "hires",
      caption: "What a win costs, in \(answer.currency), and whether the next hire pays",
      [
        .text("Course"), .number("Any win"), .number("Next hire's"), .number("Worth"),
        .text("Pays?"),
      ]
    )
    func shown(_ amount: Double?) -> String { amount.map(words.amount) ?? Format.absent }
    for course in answer.courses {
      table.add([
        course.scenario.name, shown(course.costPerWin), shown(course.nextHire.costPerWin),
        shown(course.breakEven), HeadcountWords.verdict(course.verdict),
      ])
    }
    return table.markup
  }

  private func limits(_ words: HeadcountWords) -> Markup {
    var table = MarkupTable(
      "limits",
      caption: "What limits the wins",
      [.text("Course"), .text("Limit")]
    )
    for course in answer.courses { table.add([course.scenario.name, words.limits(course)]) }
    return table.markup
  }

  private func inputs(_ words: HeadcountWords) -> Markup {
    var table = MarkupTable(
      "inputs",
      caption: "Inputs, amounts in \(answer.currency)",
      [.text("Input"), .text("Value"), .text("From")]
    )
    for input in HeadcountInput.allCases {
      guard let sourced = answer.inputs[input] else { continue }
      let source = HeadcountWords.source(sourced.source, of: input)
      let opens =
        if case .measured(let measure) = sourced.source { measure.isOfRecords } else { false }
      table.add([
        .text(HeadcountWords.name(input)), .text(words.value(sourced, of: input)),
        opens ? links.markup(source, .input(input)) : .text(source),
      ])
    }
    return table.markup
  }

  private func notes(_ words: HeadcountWords) -> [Markup] {
    [
      .element(
        "ul",
        [:],
        [.lines(words.notes.dropFirst().map { .element("li", [:], $0) })]
      )
    ]
  }

  /// From what it was made.
  public var footer: Markup {
    if let agreement {
      return HTMLPage.footer(provenance, under: agreement, generatedBy: generatedBy)
    }
    return .element(
      "footer",
      [:],
      [
        .lines(
          provenance.map { .element("p", [:], $0) }
            + [.element("p", [:], "Made by \(generatedBy).")]
        )
      ]
    )
  }
}
