public import PlumblineCore

/// A lead's history as JSON; every key is documented in `Documentation/json.md`.
public struct LeadTimelineJSON: Sendable {
  private let wire: LeadTimelineWire

  /// A history to be written.
  ///
  /// - Parameters:
  ///   - timeline: The lead's history.
  ///   - agreement: The agreement that gave its episodes their meaning, and the time zone.
  public init(_ timeline: LeadTimeline, under agreement: Agreement) {
    wire = LeadTimelineWire(timeline, agreement.inUsualWords)
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError`; texts and whole numbers give no cause for it.
  public func text() throws -> String { try JSONText.text(wire) }
}

/// A time in JSON: the instant and how exactly it is known.
private struct TimeWire: Codable, Hashable, Sendable {
  enum Precision: String, Codable {
    case exact, day, undated
    case betweenExports = "between_exports"
  }

  @OrNull var at: String?
  let precision: Precision

  init(_ time: TimePoint, _ calendar: LocalCalendar) {
    guard time.isDated else {
      _at = OrNull(wrappedValue: nil)
      precision = .undated
      return
    }
    switch time.precision {
    case .exact: precision = .exact
    case .day: precision = .day
    case .betweenExports: precision = .betweenExports
    }
    let isDay = time.precision == .day
    _at = OrNull(
      wrappedValue: isDay
        ? calendar.day(of: time.instant).description : Format.iso8601(time.instant, calendar)
    )
  }
}

private struct LeadTimelineWire: Codable, Hashable, Sendable {
  struct Attribute: Codable, Hashable, Sendable {
    let name: String
    let value: String
  }

  struct Entry: Codable, Hashable, Sendable {
    let time: TimeWire
    let what: String
    let detail: String
    let source: String
    let file: String
    @OrNull var line: Int?
    let seenAt: String
    let by: String
  }

  struct Known: Codable, Hashable, Sendable {
    @OrNull var contact: TimeWire?
    @OrNull var score: String?
    let touches: [Attribute]
    let words: [Attribute]
  }

  struct Reached: Codable, Hashable, Sendable {
    let stage: String
    let time: TimeWire
  }

  struct Episode: Codable, Hashable, Sendable {
    let attempt: Int
    let reached: [Reached]
    @OrNull var exit: Reached?
  }

  var format = JSONText.format
  var kind = "lead"
  let agreement: AgreementWire
  let id: String
  let attributes: [Attribute]
  @OrNull var knownBeforeContact: Known?
  let entries: [Entry]
  let episodes: [Episode]

  init(_ timeline: LeadTimeline, _ agreement: Agreement) {
    let calendar = agreement.calendar
    func reached(_ reached: LeadTimeline.Reached) -> Reached {
      Reached(stage: reached.stage, time: TimeWire(reached.time, calendar))
    }
    self.agreement = AgreementWire(agreement)
    id = timeline.id
    func attributes(_ attributes: [LeadTimeline.Attribute]) -> [Attribute] {
      attributes.map { Attribute(name: $0.name, value: $0.value) }
    }
    self.attributes = attributes(timeline.attributes)
    _knownBeforeContact = OrNull(
      wrappedValue: timeline.known.map { known in
        Known(
          contact: known.contact.isPresent ? TimeWire(known.contact, calendar) : nil,
          score: known.score.isEmpty ? nil : known.score,
          touches: attributes(known.touches),
          words: attributes(known.words)
        )
      }
    )
    entries = timeline.entries.map {
      Entry(
        time: TimeWire($0.time, calendar),
        what: $0.what,
        detail: $0.detail,
        source: $0.source,
        file: $0.file,
        line: $0.line,
        seenAt: Format.iso8601($0.seenAt, calendar),
        by: $0.actor.rawValue
      )
    }
    episodes = timeline.episodes.map {
      Episode(
        attempt: $0.attempt,
        reached: $0.reached.map(reached),
        exit: $0.exit.map(reached)
      )
    }
  }
}
