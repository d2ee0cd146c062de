public import PlumblineCore
import PlumblineStatistics

/// Both sides of the agreement as parts of a page.
public struct SLAPage: Sendable {
  let answer: SLAAnswer
  let agreement: Agreement
  let words: SLAWords
  /// Where a lead's page is.
  private let leadAddress: @Sendable (String) -> String
  /// Where the leads behind a number such as `first_touch:breached` are; nil where nowhere.
  private let listAddress: @Sendable (String) -> String?

  /// Promises to be shown.
  ///
  /// - Parameters:
  ///   - answer: The promises.
  ///   - agreement: The agreement under which they were judged, with its reader.
  ///   - leadAddress: Where a lead's page is.
  ///   - listAddress: Where the leads behind a number such as `first_touch:breached` are.
  public init(
    _ answer: SLAAnswer,
    under agreement: Agreement,
    leadAddress: @escaping @Sendable (String) -> String,
    listAddress: @escaping @Sendable (String) -> String? = { _ in nil }
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
      scope: [period, words.untold ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
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

  private var period: String {
    guard let side = answer.sales else { return "" }
    let days = side.firstDay.map { "from \($0) to \(side.lastDay)" } ?? "to \(side.lastDay)"
    return "Leads handed over \(days); what is open now is of any day."
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
      table.add([
        words.periodName(period), words.delivered(period),
        period.promised.map { Format.count($0) } ?? Format.absent, words.state(period),
        words.share(period.ideal), words.share(period.factors),
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
      func count(_ count: Int, _ number: String) -> Markup {
        let address = count > 0 ? listAddress("\(promise.rawValue):\(number)") : nil
        return address.map { .element("a", ["href": $0], Format.count(count)) }
          ?? .text(Format.count(count))
      }
      func count(_ status: SLAStatus) -> Markup { count(tally[status], status.rawValue) }
      table.add([
        .text(words.word(promise)), .text(Format.count(tally.total)), .text(words.rate(kept)),
        .text(Format.percent(kept.target)), .text(words.shortVerdict(kept)), count(.keptLate),
        count(.closedLate), count(tally.overdue, "overdue"), count(.dueSoon), count(.dueLater),
        count(.closedBefore), count(.unknown),
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
      table.add([
        group.name, Format.count(group.handOffs), words.rate(kept), words.median(group.waits),
        Format.count(kept.tally.overdue), words.shortVerdict(kept),
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
    let list = count > 0 ? listAddress("stale") : nil
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

  /// The leads behind a number.
  ///
  /// - Parameters:
  ///   - number: The number, such as `first_touch:breached`.
  ///   - promise: The promise that the number is of.
  ///   - statuses: How it stands for them.
  ///   - summaries: Tells of leads what their line says.
  /// - Returns: The list.
  public func records(
    behind number: String,
    of promise: SLAStep.Promise,
    _ statuses: Set<SLAStatus>,
    _ summaries: LeadSummaries
  ) -> RecordSections {
    let ids = answer.leadIDs(promise, statuses)
    let states = SLAStatus.allCases.filter(statuses.contains).map(words.word)
    let title = ([words.word(promise)] + [states.joined(separator: " or ")]).filter { !$0.isEmpty }
      .joined(separator: ", ")
    return RecordSections(
      ids,
      behind: number,
      headline: "\(Format.count(ids.count, "lead")): \(title)",
      scope: period,
      provenance: words.provenance,
      summaries: summaries
    )
  }
}
