import PlumblineCore

/// A lead's history in words: what text and page say alike.
struct LeadTimelineWords {
  let agreement: Agreement

  init(_ agreement: Agreement) { self.agreement = agreement }

  /// What stands where nothing was known.
  static let nothingKnown = "Nothing is on record."

  /// The heading of what was known.
  func title(_ known: LeadTimeline.Known) -> String {
    known.contact.isPresent
      ? "Known before the first call or mail, \(Format.time(known.contact, agreement.calendar))"
      : "Known now, before anybody has called or written"
  }

  /// What was known, in order.
  func facts(_ known: LeadTimeline.Known) -> [LeadTimeline.Attribute] {
    (known.score.isEmpty ? [] : [LeadTimeline.Attribute(name: "score", value: known.score)])
      + known.touches + known.words
  }

  /// What an episode reached, and how it ended.
  func steps(of episode: LeadTimeline.Episode) -> [String] {
    let steps = episode.reached.map { part("reached", $0) }
    let end = episode.exit.map { part("left as", $0) }
    let isWon = episode.reached.contains { $0.stage == agreement.path.last?.id }
    return steps + [end ?? (isWon ? nil : "still open")].compactMap { $0 }
  }

  private func part(_ verb: String, _ reached: LeadTimeline.Reached) -> String {
    "\(verb) \(StageWords(agreement).label(reached.stage)), "
      + Format.time(reached.time, agreement.calendar)
  }

  /// What everything rests on.
  var footer: String {
    let hash = agreement.hash.isEmpty ? "" : " (\(agreement.hash.prefix(12)))"
    return "Times on the clock of \(agreement.calendar.zoneName); agreement "
      + "\(agreement.version.printable)\(hash)."
  }
}
