public import PlumblineCore

/// A lead's history as parts of a page.
public struct LeadTimelinePage: Sendable {
  private let timeline: LeadTimeline
  private let agreement: Agreement
  private let asOf: Instant
  private let words: LeadTimelineWords

  /// A history to be shown.
  ///
  /// - Parameters:
  ///   - timeline: The lead's history.
  ///   - agreement: The agreement that gave its episodes their meaning, with its reader.
  ///   - asOf: The instant up to which facts count in episodes and scores.
  public init(_ timeline: LeadTimeline, under agreement: Agreement, asOf: Instant) {
    self.timeline = timeline
    self.agreement = agreement
    self.asOf = asOf
    words = LeadTimelineWords(agreement)
  }

  /// Who it is: the heading, and what is known of the lead itself.
  ///
  /// - Parameter link: What leads to the lead's page in the CRM; nothing where that is not known.
  /// - Returns: The top of the page.
  public func header(link: Markup = .none) -> Markup {
    .element(
      "header",
      [:],
      [
        .lines([
          .element("p", ["class": "eyebrow"], "Lead, facts to \(asOfText)"),
          .element("h1", [:], "Lead \(timeline.id)"), .element("p", ["class": "scope"], state),
          link,
        ])
      ]
    )
  }

  /// Where the lead stands, in a sentence.
  private var state: String {
    guard let episode = timeline.episodes.last, let last = words.steps(of: episode).last else {
      return "Nothing is on record of its way."
    }
    let pass = timeline.episodes.count > 1 ? " (pass \(timeline.episodes.count))" : ""
    let stage = episode.reached.last.map { StageWords(agreement).label($0.stage) }
    let place = last == "still open" ? stage.map { "Open at \($0)" } ?? "Open" : last
    return place.capitalizedFirst + pass + "."
  }

  /// The sections in the order that suits the agreement's reader.
  ///
  /// - Parameter form: What may be done about the lead.
  /// - Returns: The page below its heading.
  public func sections(with form: Markup = .none) -> Markup {
    switch agreement.reader {
    case .sales: .lines([known, form, attributes, course, entries, footer])
    case .leadership: .lines([course, attributes, known, form, entries, footer])
    case .marketing, nil: .lines([known, attributes, course, entries, form, footer])
    }
  }

  private var attributes: Markup {
    guard !timeline.attributes.isEmpty else { return .none }
    return HTMLPage.section("On record", [facts(timeline.attributes)])
  }

  private var known: Markup {
    guard let known = timeline.known else { return .none }
    return HTMLPage.section(
      words.title(known),
      [
        known.isEmpty
          ? .element("p", [:], LeadTimelineWords.nothingKnown) : facts(words.facts(known))
      ]
    )
  }

  private func facts(_ attributes: [LeadTimeline.Attribute]) -> Markup {
    .element(
      "dl",
      ["class": "facts"],
      [
        .lines(
          attributes.map { attribute in
            .element(
              "div",
              [:],
              [
                .element("dt", [:], attribute.name.replacing("_", with: " ")),
                .element("dd", [:], attribute.value),
              ]
            )
          }
        )
      ]
    )
  }

  private var course: Markup {
    guard !timeline.episodes.isEmpty else { return .none }
    return HTMLPage.section(
      "How the agreement reads it",
      timeline.episodes.map { episode in
        .lines([
          .element("h3", [:], "Pass \(episode.attempt)"),
          .element(
            "ol",
            ["class": "passes"],
            [.lines(words.steps(of: episode).map { .element("li", [:], $0.capitalizedFirst) })]
          ),
        ])
      }
    )
  }

  private var entries: Markup {
    guard !timeline.entries.isEmpty else {
      return HTMLPage.section(
        "What happened",
        [.element("p", [:], LeadTimelineWords.nothingKnown)]
      )
    }
    var table = MarkupTable(
      "timeline",
      caption:
        "Everything on record, oldest first: \(Format.count(timeline.entries.count, "fact"))",
      [.text("When"), .text("Whose"), .text("What"), .text("Detail"), .text("Read from")]
    )
    var isMarked = timeline.known?.contact.isPresent != true
    for entry in timeline.entries {
      if !isMarked, let known = timeline.known, entry.time.isDated, entry.time >= known.contact {
        isMarked = true
        table.add(
          [Format.time(known.contact, agreement.calendar), "", "first call or mail", "", ""],
          kind: "turn"
        )
      }
      table.add(
        [
          Format.time(entry.time, agreement.calendar), whose(entry.actor), Self.plain(entry.what),
          detail(entry), entry.file + (entry.line.map { ":\($0)" } ?? ""),
        ],
        kind: "by-\(entry.actor.rawValue)"
      )
    }
    return HTMLPage.section("What happened", [table.markup])
  }

  /// What a fact says besides, a stage by its usual name.
  private func detail(_ entry: LeadTimeline.Entry) -> String {
    agreement.path.contains { $0.id == entry.detail }
      ? StageWords.usualLabel(entry.detail) : Self.plain(entry.detail)
  }

  /// An id as words, `bad timing`; what people wrote stays as it is.
  private static func plain(_ text: String) -> String {
    text.wholeMatch(of: /[a-z]+(_[a-z]+)+/) == nil ? text : text.replacing("_", with: " ")
  }

  private func whose(_ actor: LeadTimeline.Actor) -> String {
    switch actor {
    case .lead: "the lead"
    case .marketing: "marketing"
    case .sales: "sales"
    case .record: "on record"
    }
  }

  private var asOfText: String { Format.instant(asOf, agreement.calendar) }

  private var footer: Markup {
    .element(
      "footer",
      [:],
      [
        .element(
          "p",
          [:],
          "\(words.footer) Passes and scores count facts up to \(asOfText); what came later stands "
            + "in the list all the same."
        )
      ]
    )
  }
}
