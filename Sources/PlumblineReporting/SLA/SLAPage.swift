public import PlumblineCore
import PlumblineStatistics

/// Both sides of the agreement as parts of a page.
public struct SLAPage: Sendable {
  let answer: SLAAnswer
  let agreement: Agreement
  let words: SLAWords
  /// Where a lead's page is.
  private let leadAddress: @Sendable (String) -> String
  /// Where the leads behind a number are; nil where nowhere.
  private let listAddress: @Sendable (SLANumber) -> String?

  /// Promises to be shown.
  ///
  /// - Parameters:
  ///   - answer: The promises.
  ///   - agreement: The agreement under which they were judged, with its reader.
  ///   - leadAddress: Where a lead's page is.
  ///   - listAddress: Where the leads behind a number are.
  public init(
    _ answer: SLAAnswer,
    under agreement: Agreement,
    leadAddress: @escaping @Sendable (String) -> String,
    listAddress: @escaping @Sendable (SLANumber) -> String? = { _ in nil }
  ) {
    self.answer = answer
    self.agreement = agreement
    self.leadAddress = leadAddress
    self.listAddress = listAddress
    words = SLAWords(answer, agreement)
  }

  /// The answer in a sentence.
  public var header: Markup {
    HTMLPage.header(
      eyebrow: "Service levels, \(words.provenance.asOfText)",
      headline: words.headline,
      scope: [
        period.isEmpty ? "" : "\(period); what is open now is of any day.", words.untold ?? "",
      ].filter { !$0.isEmpty }.joined(separator: " ")
    )
  }

  /// Both sides, in the order that suits the agreement's reader.
  public var sections: Markup {
    let sides =
      agreement.reader == .marketing ? [marketing, sales] : [sales, marketing]
    return .lines(sides + [stale, notes])
  }

  /// What everything rests on.
  public func footer(generatedBy: String) -> Markup {
    HTMLPage.footer(words.provenance.footer, under: agreement, generatedBy: generatedBy)
  }

  /// A lead's id as a link to its page.
  func link(_ lead: String) -> Markup {
    .element("a", ["href": leadAddress(lead)], lead)
  }

  /// A number as a link to its leads, where there are any.
  private func link(_ text: String, _ number: SLANumber, of count: Int) -> Markup {
    let address = count > 0 ? listAddress(number) : nil
    return address.map { .element("a", ["class": "open", "href": $0], text) } ?? .text(text)
  }

  private var period: String {
    guard let side = answer.sales else { return "" }
    let days = side.firstDay.map { "from \($0) to \(side.lastDay)" } ?? "to \(side.lastDay)"
    return "Leads handed over \(days)"
  }

  // MARK: Sides

  private var marketing: Markup {
    guard let side = answer.marketing else { return .none }
    var table = MarkupTable(
      "marketing-side",
      caption: "Qualified leads by period",
      [
        .text("Period"), .number("Delivered"), .number("Promised"), .text("State"),
        .text("Ideal customer"), .text("Factors filled in"),
      ]
    )
    for period in side.periods {
      func link(_ text: String, _ quality: SLANumber.Quality? = nil) -> Markup {
        self.link(text, .delivered(period, quality), of: period.leads.count)
      }
      table.add([
        .text(words.periodName(period)), link(words.delivered(period)),
        .text(period.promised.map { Format.count($0) } ?? Format.absent),
        .text(words.state(period)), link(words.share(period.ideal), .ideal),
        link(words.share(period.factors), .factors),
      ])
    }
    let sentences = [words.forecast].compactMap { $0 } + words.promisedShares
    return HTMLPage.section(
      "Marketing: qualified leads delivered",
      sentences.map { .element("p", [:], $0) } + [table.markup]
    )
  }

  private var sales: Markup {
    guard let side = answer.sales else { return .none }
    let promises: [SLAStep.Promise] = [.firstTouch, .attempts, .disposition]
    var parts = promises.compactMap { promise in
      words.agreed(promise).map { Markup.element("p", [:], "Agreed: \($0).") }
    }
    if !side.notRecorded.isEmpty {
      parts.append(.element("p", [:], "Not judged: \(words.notRecorded(side.notRecorded))."))
    }
    parts += [self.promises(side), waits(side)] + side.splits.map(split)
    return HTMLPage.section("Sales: leads handed over", parts)
  }

  private func promises(_ side: SalesSide) -> Markup {
    guard !side.all.promises.isEmpty else { return .none }
    var table = MarkupTable(
      "sales-side",
      caption: "How promises stand",
      [
        .text("Promise"), .number("Leads"), .number("In time, of the settled"), .number("Agreed"),
        .text("State"), .number("Late"), .number("Never"), .number("Overdue"),
        .number("Due soon"), .number("Due later"), .number("Gone"), .number("Not known"),
      ]
    )
    for promise in [SLAStep.Promise.firstTouch, .attempts, .disposition] {
      guard let kept = side.all.promises[promise] else { continue }
      let tally = kept.tally
      func link(_ text: String, _ standing: SLANumber.Standing, _ count: Int) -> Markup {
        self.link(text, SLANumber(promise, standing), of: count)
      }
      func count(_ status: SLAStatus) -> Markup {
        link(Format.count(tally[status]), .only(status), tally[status])
      }
      table.add([
        .text(words.word(promise)), link(Format.count(tally.total), .all, tally.total),
        link(words.rate(kept), .settled, tally.judged), .text(Format.percent(kept.target)),
        .text(words.shortVerdict(kept)), count(.keptLate), count(.closedLate),
        link(Format.count(tally.overdue), .overdue, tally.overdue), count(.dueSoon),
        count(.dueLater), count(.closedBefore), count(.unknown),
      ])
    }
    return table.markup
  }

  /// How long the first touch took, the system's part apart from that of people.
  private func waits(_ side: SalesSide) -> Markup {
    let facts: [(String, WaitingTimes?)] = [
      ("Until the first touch", side.all.waits),
      ("of that, until somebody had the lead", side.all.systemDelays),
      ("from then to the touch", side.all.humanDelays),
    ]
    let known = facts.compactMap { name, times in times.map { (name, $0) } }
    guard !known.isEmpty else { return .none }
    var table = MarkupTable(
      "waits",
      caption:
        "How long leads wait, counted in \(side.isWorkingTime ? "working time" : "all time")",
      [.text("Wait"), .text("How long")]
    )
    for (name, times) in known { table.add([name, words.waits(times)]) }
    return table.markup
  }

  private func split(_ split: SLASplit) -> Markup {
    let groups = split.groups.filter { $0.promises[.firstTouch] != nil }
    guard !groups.isEmpty else { return .none }
    var table = MarkupTable(
      "split-\(split.dimension.rawValue)",
      caption: words.title(split.dimension),
      [
        .text("Of"), .number("Leads"), .number("In time, of the settled"),
        .number("Half touched within"), .number("Overdue"), .text("State"),
      ]
    )
    for group in groups {
      guard let kept = group.promises[.firstTouch] else { continue }
      func link(_ text: String, _ standing: SLANumber.Standing, _ count: Int) -> Markup {
        let group = SLANumber.Group(split.dimension, group.name)
        return self.link(text, SLANumber(.firstTouch, standing, of: group), of: count)
      }
      table.add([
        .text(group.name), link(Format.count(group.handOffs), .all, group.handOffs),
        link(words.rate(kept), .settled, kept.tally.judged), .text(words.medianRange(group.waits)),
        link(Format.count(kept.tally.overdue), .overdue, kept.tally.overdue),
        .text(words.shortVerdict(kept)),
      ])
    }
    return table.markup
  }

  private var stale: Markup {
    guard let side = answer.sales, !side.staleStages.isEmpty else { return .none }
    let points = side.staleStages.map { stage in
      Markup.element("li", [:], words.sentence(stage))
    }
    let count = Set(side.staleStages.flatMap(\.stale)).count
    let list = count > 0 ? listAddress(.stale) : nil
    return HTMLPage.section(
      "Stages that leads must leave in time",
      [
        .element("ul", [:], [.lines(points)]),
        list.map {
          .element(
            "p",
            [:],
            [.element("a", ["href": $0], "Show the \(Format.count(count, "lead"))")]
          )
        } ?? .none,
      ]
    )
  }

  private var notes: Markup {
    let notes = words.notes
    guard !notes.isEmpty else { return .none }
    return .element(
      "details",
      [:],
      [
        .element("summary", [:], "How do we know"),
        .element("ul", [:], [.lines(notes.map { .element("li", [:], $0) })]),
      ]
    )
  }

  // MARK: The leads behind a number

  /// The leads behind a number, with what became of each.
  ///
  /// - Parameters:
  ///   - number: The number.
  ///   - summaries: Tells of leads what their line says.
  /// - Returns: The list.
  public func records(behind number: SLANumber, _ summaries: LeadSummaries) -> RecordSections {
    let leads = answer.leads(behind: number)
    return RecordSections(
      leads.map { lead in
        guard let outcome = lead.outcome else { return RecordSections.Entry(id: lead.id) }
        let (value, label) = told(outcome)
        return RecordSections.Entry(id: lead.id, outcome: value, labelled: label)
      },
      behind: number.text,
      headline: "\(Format.count(leads.count, "lead")): \(words.title(number))",
      scope: number.subject.isOfHandOffs
        ? "\(period). A lead that was handed over again is listed once, with its gravest outcome."
        : "",
      provenance: words.provenance,
      summaries: summaries
    )
  }

  /// What became of a lead, as JSON says it and in words.
  private func told(_ outcome: SLAAnswer.Outcome) -> (value: String, label: String) {
    switch outcome {
    case .status(let status): (status.rawValue, words.word(status))
    case .known(true?): ("yes", "yes")
    case .known(false?): ("no", "no")
    case .known(nil): ("unknown", "not known")
    }
  }
}
