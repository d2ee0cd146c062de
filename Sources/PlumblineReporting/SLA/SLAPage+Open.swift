import Foundation
public import PlumblineCore

extension SLAPage {
  /// The rows of a list that are seen at once.
  private static let firstRows = 12
  /// The most rows to be unfolded; a page of thousands helps nobody.
  private static let mostRows = 200

  /// What is open now, for one owner or for all: due soon, overdue, escalated; one row a lead.
  ///
  /// - Parameter owner: Whose; everybody's when nil.
  /// - Returns: The lists.
  public func open(of owner: String?) -> Markup {
    let all = answer.steps.filter { owner == nil || $0.owner == owner }
    // Where sales has said since what became of a lead, nothing is to be done any more.
    let steps = all.filter { answer.saidSince[$0.lead] == nil }
    var parts: [Markup] = []
    if steps.isEmpty {
      parts.append(.element("p", [:], "Nothing is overdue, and nothing due soon."))
    }
    for step in [SLAStep.Step.dueSoon, .breached, .escalated] {
      let these = steps.filter { $0.step == step }
      // What is due is done in its order; of what is late the latest can still be rescued.
      let ordered = step == .dueSoon ? these : these.sorted { $0.due > $1.due }
      parts.append(list(step, LeadGroup.groups(ordered, by: \.lead)))
    }
    let hidden = all.count - steps.count
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

  /// The first rows of a list, and the others to be unfolded.
  private func list(_ step: SLAStep.Step, _ leads: [LeadGroup<SLAStep>]) -> Markup {
    guard !leads.isEmpty else { return .none }
    let promises = leads.reduce(0) { $0 + $1.promises.count }
    let caption =
      "\(words.word(step).capitalizedFirst): \(Format.count(leads.count, "lead")), "
      + Format.count(promises, "promise")
    let first = table("open-\(step.rawValue)", caption, step, leads.prefix(Self.firstRows))
    let others = leads.dropFirst(Self.firstRows).prefix(Self.mostRows)
    guard !others.isEmpty else { return first }
    let rest = leads.count - Self.firstRows - others.count
    return .lines([
      first,
      .unfolding(
        "The other \(Format.count(leads.count - Self.firstRows))",
        [
          table("others-\(step.rawValue)", "The others", step, others),
          rest > 0
            ? .element(
              "p",
              ["class": "scope"],
              "And \(Format.count(rest, "more lead", "more leads")); the export has them all."
            ) : .none,
        ]
      ),
    ])
  }

  private func table(
    _ id: String,
    _ caption: String,
    _ step: SLAStep.Step,
    _ leads: ArraySlice<LeadGroup<SLAStep>>
  ) -> Markup {
    var table = MarkupTable(
      id,
      caption: caption,
      [
        .text("Lead"), .text("Whose"), .text("Promise"), .text("Due"),
        .text(
          step == .dueSoon ? "Left" : answer.factsUntil == nil ? "Over by" : "Over, as facts end"
        ),
      ]
    )
    for lead in leads {
      // Promises that fall due together are one line.
      let lines = LeadGroup.groups(lead.promises) { "\($0.owner) \($0.due.seconds) \(left($0))" }
        .map(\.promises)
      table.add([
        link(lead.lead), stack(lines) { $0[0].owner.isEmpty ? "nobody's" : $0[0].owner },
        stack(lines) { Format.list($0.map(words.promise)) },
        stack(lines) { Format.time(TimePoint($0[0].due), agreement.calendar) },
        stack(lines) { left($0[0]) },
      ])
    }
    return table.markup
  }

  /// Lines of a cell under one another; one where all are alike.
  private func stack<Line>(_ lines: [Line], _ text: (Line) -> String) -> Markup {
    let texts = lines.map(text)
    return Set(texts).count == 1
      ? .text(texts[0]) : .lines(texts.map { .element("div", [:], $0) })
  }

  private func left(_ step: SLAStep) -> String {
    left(step.secondsLeft, step.isWorkingTime, step.due)
  }

  /// How long is left, or how long it is over.
  private func left(_ seconds: Int64?, _ isWorkingTime: Bool, _ due: Instant) -> String {
    let seconds = seconds ?? due.seconds - answer.asOf.seconds
    let text = Format.duration(abs(seconds), isWorkingTime: isWorkingTime)
    return isWorkingTime ? "\(text) of working time" : text
  }

  // MARK: Queue

  /// What one owner has open, in the order in which it does most good, with what is known of each
  /// lead.
  ///
  /// - Parameters:
  ///   - leads: The leads with their open promises, in order.
  ///   - most: How many of them are shown.
  ///   - rest: Where all of them are; nil where they are shown here.
  ///   - context: What to know before calling, by lead.
  /// - Returns: The queue.
  public func queue(
    _ leads: [LeadGroup<SLAQueueEntry>],
    atMost most: Int,
    all rest: String?,
    context: [String: String]
  ) -> Markup {
    guard !leads.isEmpty else {
      return HTMLPage.section(
        "Who first?",
        [.element("p", [:], "No promise about a lead of yours is open.")]
      )
    }
    let promises = leads.reduce(0) { $0 + $1.promises.count }
    let shown = leads.prefix(most)
    let count = shown.count < leads.count ? "\(Format.count(shown.count)) of " : ""
    var table = MarkupTable(
      "queue",
      caption: "\(count)\(Format.count(leads.count, "lead")) with "
        + "\(Format.count(promises, "open promise")): what can still be done in time, then the "
        + "latest overdue",
      [.text("Lead"), .text("What"), .text("When"), .text("Before you call")]
    )
    for lead in shown {
      let lines = LeadGroup.groups(lead.promises) { "\($0.isHot) \(time($0))" }.map(\.promises)
      table.add(
        [
          link(lead.lead),
          stack(lines) { line in
            (line[0].isHot ? "hot: " : "") + Format.list(line.map { words.word($0.promise) })
          },
          stack(lines) { time($0[0]) }, .text(context[lead.lead] ?? ""),
        ],
        kind: lead.promises.contains(where: \.isInTime) ? "" : "late"
      )
    }
    let others = leads.count - shown.count
    let way = rest.map {
      Markup.element(
        "p",
        ["class": "next"],
        [
          .element(
            "a",
            ["class": "button quiet", "href": $0],
            "Show the other \(Format.count(others))"
          )
        ]
      )
    }
    return HTMLPage.section("Who first?", [table.markup, others > 0 ? way ?? .none : .none])
  }

  private func time(_ entry: SLAQueueEntry) -> String {
    let time = left(entry.secondsLeft, entry.isWorkingTime, entry.due)
    return entry.isInTime ? "\(time) left" : "over by \(time)"
  }
}
