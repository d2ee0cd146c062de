import PlumblineCore

/// What every number of an answer rests on: the agreement, the time, the question.
struct Provenance {
  let agreement: Agreement
  let asOf: Instant
  let question: FunnelQuestion
  let horizons: [StretchHorizon]

  /// The first letters of the agreement's hash.
  var shortHash: String { String(agreement.hash.prefix(12)) }

  /// The agreement's version and hash.
  var agreementText: String {
    "Agreement \(agreement.version.printable)"
      + (shortHash.isEmpty ? ", not yet saved" : " (\(shortHash))")
  }

  /// The instant up to which facts count, on the agreement's clock.
  var asOfText: String { "as of \(Format.instant(asOf, agreement.calendar))" }

  /// How events are read as episodes.
  var skipText: String {
    let stages = agreement.path.indices.map(StageWords(agreement).label)
    let conditions = question.rule.confirmations.map {
      "\(stages[$0.stage]) counts when \(stages[$0.by]) follows within \(Format.days($0.withinDays))"
        + timeText($0)
    }
    let returns =
      question.rule.returns == .sameEpisode ? ["a lead that comes back goes on where it was"] : []
    let score = agreement.askedScore.flatMap { score in
      agreement.scoredStage.map { "\(stages[$0]) from \(Format.count(score, "point")) on" }
    }
    return ([skipRuleText] + returns + conditions + [score].compactMap { $0 })
      .joined(separator: "; ")
  }

  /// How events are read as episodes, and the steps that are judged within other days than in
  /// another answer.
  func ruleText(beside other: Provenance) -> String {
    let words = StageWords(agreement)
    let days = horizons.filter { horizon in
      other.horizons.contains {
        $0.from == horizon.from && $0.to == horizon.to && $0.days != horizon.days
      }
    }.map { "\(words.step($0.from, $0.to)) within \(Format.days($0.days))" }
    return ([skipText] + days).joined(separator: "; ")
  }

  /// The days for which a condition holds, where that is not always.
  private func timeText(_ condition: Confirmation) -> String {
    let first = condition.from.map { " from \(agreement.calendar.day(of: $0))" } ?? ""
    let end = condition.until.map { " before \(agreement.calendar.day(of: $0))" } ?? ""
    return first.isEmpty && end.isEmpty ? "" : " (for what happened\(first)\(end))"
  }

  /// What the skip rule does.
  private var skipRuleText: String {
    switch question.skips {
    case .strict: "skip rule strict: a stage counts when it comes after the one before it"
    case .any: "skip rule any: a stage counts when it is reached, in any order"
    case .ordered:
      "skip rule ordered: a stage counts when it comes after the last one that counts"
    case .filled: "skip rule filled: a later stage implies the earlier ones"
    }
  }

  /// One sentence that says how long each stretch is given, and who says so.
  var horizonText: String {
    let words = StageWords(agreement)
    func list(_ source: String, _ belongs: (StretchHorizon) -> Bool) -> String? {
      let parts = horizons.filter(belongs).map {
        "\(words.step($0.from, $0.to)) \(Format.days($0.days))"
      }
      return parts.isEmpty ? nil : "\(source): \(parts.joined(separator: ", "))"
    }
    let lists = [
      list("as asked for") { $0.isAsked(of: agreement) },
      list("as agreed") { $0.isAgreed && !$0.isAsked(of: agreement) },
      list("found from the data (182 days where nobody went on)") { !$0.isAgreed },
    ].compactMap { $0 }
    return lists.isEmpty ? "" : "Horizons \(lists.joined(separator: "; "))."
  }

  /// The days on which the episodes began: `2025-07-01 to 2026-06-30`; nil when all count.
  var periodText: String? {
    let first = question.firstDay.map { CivilDate(dayNumber: $0).description }
    let last = question.lastDay.map { CivilDate(dayNumber: $0).description }
    switch (first, last) {
    case (let first?, let last?): return "\(first) to \(last)"
    case (let first?, nil): return "\(first) to \(agreement.calendar.day(of: asOf))"
    case (nil, let last?): return "the beginning to \(last)"
    case (nil, nil): return nil
    }
  }

  /// What was left out by conditions: `channel is Meta or Google`; nil when nothing was.
  var filterText: String? {
    guard !question.filters.isEmpty else { return nil }
    return question.filters.map { filter in
      "\(filter.dimension.word) is \(filter.values.map(\.printable).joined(separator: " or "))"
    }.joined(separator: " and ")
  }

  /// Which episodes were looked at, as a sentence.
  var scopeText: String {
    let period = periodText.map { "Leads that came in from \($0)" } ?? "All leads on record"
    return period + (filterText.map { ", where \($0)" } ?? "") + "."
  }

  /// The lines at the foot of every text.
  var footer: [String] {
    ["\(agreementText), \(asOfText), \(skipText).", horizonText].filter { !$0.isEmpty }
  }
}

extension StretchHorizon {
  /// Whether a question set the days in place of the agreement.
  func isAsked(of agreement: Agreement) -> Bool { agreement.askedHorizons["\(from)-\(to)"] == days }
}
