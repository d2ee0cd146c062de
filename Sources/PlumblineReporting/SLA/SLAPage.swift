public import PlumblineCore
import PlumblineStatistics

/// Both sides of the agreement as parts of a page.
public struct SLAPage: Sendable {
  /// The rows of a list that are seen at once.
  static let firstRows = 12
  /// The most rows to be unfolded; a page of thousands helps nobody.
  static let mostRows = 200

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
      scope: period
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

  private var period: String {
    guard let side = answer.sales else { return "" }
    let days = side.firstDay.map { "from \($0) to \(side.lastDay)" } ?? "to \(side.lastDay)"
    return "Leads handed over \(days); what is open now is of any day."
  }

  // MARK: Open

  /// What is open now, for one owner or for all: overdue, due soon.
  ///
  /// - Parameter owner: Whose; everybody's when nil.
  /// - Returns: The lists.
  public func open(of owner: String?) -> Markup {
    let steps = answer.steps.filter { step in
      (owner == nil || step.owner == owner) && !isSaid(step.lead, step.promise)
    }
    let hidden = answer.steps.count { step in
      (owner == nil || step.owner == owner) && isSaid(step.lead, step.promise)
    }
    var parts: [Markup] = []
    if steps.isEmpty {
      parts.append(.element("p", [:], "Nothing is overdue, and nothing due soon."))
    }
    for step in [SLAStep.Step.dueSoon, .breached, .escalated] {
      let these = steps.filter { $0.step == step }
      // What is due is done in its order; of what is late the latest can still be rescued.
      parts.append(list(step, step == .dueSoon ? these : these.sorted { $0.due > $1.due }))
    }
    if hidden > 0 {
      parts.append(
        .element(
          "p",
          ["class": "scope"],
          "\(Format.count(hidden, "promise")) left out: sales has said since what became of the lead, "
            + "and it counts once newer facts are imported."
        )
      )
    }
    let whose = owner.map { " of \($0)" } ?? ""
    return HTMLPage.section("Open now\(whose)", parts)
  }

  /// Whether sales has said since what became of a lead, so that nothing is to be done any more.
  private func isSaid(_ lead: String, _ promise: SLAStep.Promise) -> Bool {
    answer.saidSince[lead] != nil
  }

  /// The first rows of a list, and the others to be unfolded.
  private func list(_ step: SLAStep.Step, _ steps: [SLAStep]) -> Markup {
    guard !steps.isEmpty else { return .none }
    let caption = "\(words.word(step).capitalizedFirst): \(Format.count(steps.count, "promise"))"
    let first = table("open-\(step.rawValue)", caption, step, steps.prefix(Self.firstRows))
    let others = steps.dropFirst(Self.firstRows).prefix(Self.mostRows)
    guard !others.isEmpty else { return first }
    let rest = steps.count - Self.firstRows - others.count
    return .lines([
      first,
      .element(
        "details",
        [:],
        [
          .lines([
            .element("summary", [:], "The other \(Format.count(steps.count - Self.firstRows))"),
            table("others-\(step.rawValue)", "The others", step, others),
            rest > 0
              ? .element(
                "p",
                ["class": "scope"],
                "And \(Format.count(rest)) more"
                  + AnswerPlace.words("; plumbline sla --format csv has them all.", onPage: ".")
              )
              : .none,
          ])
        ]
      ),
    ])
  }

  private func table(
    _ id: String,
    _ caption: String,
    _ step: SLAStep.Step,
    _ steps: ArraySlice<SLAStep>
  ) -> Markup {
    var table = MarkupTable(
      id,
      caption: caption,
      [
        .text("Lead"), .text("Whose"), .text("Promise"), .text("Due"),
        .text(step == .dueSoon ? "Left" : "Over by"),
      ]
    )
    for step in steps {
      table.add([
        link(step.lead), .text(step.owner.isEmpty ? "nobody's" : step.owner),
        .text(words.promise(step)), .text(Format.time(TimePoint(step.due), agreement.calendar)),
        .text(left(step.secondsLeft, step.isWorkingTime, step.due)),
      ])
    }
    return table.markup
  }

  /// How long is left, or how long it is over.
  private func left(_ seconds: Int64?, _ isWorkingTime: Bool, _ due: Instant) -> String {
    let seconds = seconds ?? due.seconds - answer.asOf.seconds
    let text = Format.duration(abs(seconds), isWorkingTime: isWorkingTime)
    return isWorkingTime ? "\(text) of working time" : text
  }

  private func link(_ lead: String) -> Markup {
    .element("a", ["href": leadAddress(lead)], lead)
  }

  // MARK: Queue

  /// What one owner has open, in the order in which it does most good, with what is known of each.
  ///
  /// - Parameters:
  ///   - entries: The open promises, in order.
  ///   - total: How many there are altogether.
  ///   - context: What to know before calling, by lead.
  /// - Returns: The queue.
  public func queue(
    _ entries: [SLAQueueEntry],
    of total: Int,
    context: [String: String]
  ) -> Markup {
    guard !entries.isEmpty else {
      return HTMLPage.section(
        "Who first?",
        [.element("p", [:], "No promise about a lead of yours is open.")]
      )
    }
    var table = MarkupTable(
      "queue",
      caption: "\(Format.count(entries.count)) of \(Format.count(total, "open promise")): what can "
        + "still be done in time, then the latest overdue",
      [.text("Lead"), .text("What"), .text("When"), .text("Before you call")]
    )
    for entry in entries {
      let time = left(entry.secondsLeft, entry.isWorkingTime, entry.due)
      table.add(
        [
          link(entry.lead), .text((entry.isHot ? "hot: " : "") + words.word(entry.promise)),
          .text(entry.isInTime ? "\(time) left" : "over by \(time)"),
          .text(context[entry.lead] ?? ""),
        ],
        kind: entry.isInTime ? "" : "late"
      )
    }
    return HTMLPage.section("Who first?", [table.markup])
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
        words.periodName(period), Format.count(period.leads.count),
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
        .number("Due soon"), .number("Due later"), .number("Gone"), .number("No date"),
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
  ///   - ids: Their ids.
  ///   - promise: The promise that the number is of.
  ///   - statuses: How it stands for them.
  /// - Returns: The list, with how many there are.
  public func leads(
    _ ids: [String],
    of promise: SLAStep.Promise,
    _ statuses: Set<SLAStatus>
  ) -> Markup {
    let states = SLAStatus.allCases.filter(statuses.contains).map(words.word)
    let title = ([words.word(promise)] + [states.joined(separator: " or ")]).filter { !$0.isEmpty }
      .joined(separator: ", ")
    let shown = ids.prefix(2_000)
    return .lines([
      HTMLPage.header(
        eyebrow: "Leads behind a number, \(words.provenance.asOfText)",
        headline: "\(Format.count(ids.count, "lead")): \(title)",
        scope: period
      ),
      .element("ul", ["class": "leads"], [.lines(shown.map { .element("li", [:], [link($0)]) })]),
      shown.count < ids.count
        ? .element("p", [:], "The first \(Format.count(shown.count)) by id are shown.") : .none,
    ])
  }
}
