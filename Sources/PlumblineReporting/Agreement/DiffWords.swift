import PlumblineCore
import PlumblineStatistics

/// The sentences about two definitions that text and JSON share.
struct DiffWords {
  let diff: DefinitionDiff
  /// What the two definitions are called.
  let (before, after): (String, String)

  init(_ diff: DefinitionDiff, names: (before: String, after: String)?) {
    self.diff = diff
    let versions = (diff.before.version.printable, diff.after.version.printable)
    if versions.0 != versions.1 || names == nil {
      (before, after) = versions.0 != versions.1 ? versions : ("the first", "the second")
    } else {
      (before, after) = (names?.before.printable ?? "", names?.after.printable ?? "")
    }
  }

  var currency: String { diff.after.currency }

  /// What changes, as one sentence that can be read aloud.
  var headline: String {
    let all = diff.allPasses
    guard all > 0 else { return "There are no leads on record to measure the definitions on." }
    let changed = diff.changedClass
    guard !diff.passes.isEmpty else {
      return "No lead changes: \(after) and \(before) count all \(Format.count(all)) alike."
    }
    let stages = diff.stages.filter { $0.gained + $0.lost > 0 }
    let parts = stages.prefix(3).map { stage in
      let sign =
        [
          stage.gained > 0 ? "+\(Format.count(stage.gained))" : nil,
          stage.lost > 0 ? "−\(Format.count(stage.lost))" : nil,
        ].compactMap { $0 }.joined(separator: " ")
      return
        "\(StageWords.usualLabel(stage.id)) \(count(stage.before)) → \(count(stage.after)) (\(sign))"
    }
    let tail = parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")
    return "Under \(after) instead of \(before), \(Format.count(changed)) of "
      + "\(Format.count(all)) leads \(changed == 1 ? "changes" : "change") class\(tail)."
  }

  func count(_ number: Int?) -> String { number.map { Format.count($0) } ?? Format.absent }

  func perMonth(_ number: Double?) -> String {
    number.map { Format.fixed($0, decimals: $0 != 0 && $0 < 9.95 ? 1 : 0) } ?? Format.absent
  }

  /// A class: `MQL`, `MQL, then recycled`, `no such pass`.
  func name(_ value: DefinitionClass?) -> String {
    guard let value else { return "no such pass" }
    return StageWords.usualLabel(value.stage)
      + (value.exit.map { ", then \(StageWords.usualLabel($0))" } ?? "")
  }

  /// The days over which monthly numbers are taken.
  var monthsText: String? {
    diff.months.map { "\($0.lowerBound) to \($0.upperBound)" }
  }

  /// Who reaches the score for the hand-off without one, as a sentence; nil where nobody does.
  var scoreWithoutHandOff: String? {
    let (old, new) = (diff.scoreWithoutHandOff.before, diff.scoreWithoutHandOff.after)
    guard old + new > 0 else { return nil }
    return "Reached the score for the hand-off, and nobody handed them over: "
      + "\(Format.count(old, "lead")) under \(before), \(Format.count(new)) under \(after)."
  }

  // MARK: Worth

  /// Who is in a group: `lost by 70, reached later by 10`.
  func group(_ verb: String, _ count: Int, _ adverb: String, _ moved: Int) -> String {
    [
      count > 0 ? "\(verb) by \(Format.count(count))" : nil,
      moved > 0 ? "reached \(adverb) by \(Format.count(moved))" : nil,
    ].compactMap { $0 }.joined(separator: ", ")
  }

  /// What a group was worth, in sentences.
  func worth(_ worth: PassWorth) -> String {
    var parts: [String] = []
    if worth.old > 0 {
      let share = Double(worth.won) / Double(worth.old)
      var text =
        "\(Format.count(worth.old)) old enough: \(Format.count(worth.won)) won within "
        + "\(Format.days(worth.horizonInDays)), \(Format.percent(share, worth.interval))"
      if worth.revenue != 0 {
        text += ", \(Format.money(Double(worth.revenue), currency))"
      }
      if worth.dealsWithoutAmount > 0 {
        text += " and \(Format.count(worth.dealsWithoutAmount, "deal")) without an amount"
      }
      parts.append(text)
    }
    if worth.young > 0 {
      parts.append("\(Format.count(worth.young)) too young" + young(worth))
    }
    if worth.untested > 0 {
      parts.append("\(Format.count(worth.untested)) not testable: nobody worked them")
    }
    if worth.undated > 0 { parts.append("\(Format.count(worth.undated)) without dates") }
    return parts.joined(separator: "; ") + "."
  }

  private func young(_ worth: PassWorth) -> String {
    guard let rate = worth.youngRate, let source = worth.rateSource else {
      return ", and not enough data to say what they will bring"
    }
    let base = Format.count(worth.rateBase)
    let of = source == .group ? "of these" : "of all that reach the stage"
    return ", taken to be won like the \(base) old ones \(of), \(Format.percent(rate))"
  }

  /// What to expect of a group; nil where nothing tells.
  func expected(_ worth: PassWorth) -> String? {
    guard let wins = worth.expectedWins else { return nil }
    var text =
      "\(number(wins.value)) wins (\(number(wins.interval.lower)) to "
      + "\(number(wins.interval.upper)))"
    if let revenue = worth.expectedRevenue {
      text +=
        ", \(Format.estimatedMoney(revenue.value, currency)) ("
        + "\(Format.estimatedAmount(revenue.interval.lower, currency)) to "
        + "\(Format.estimatedAmount(revenue.interval.upper, currency)))"
    }
    return text + "."
  }

  private func number(_ value: Double) -> String {
    Format.fixed(value, decimals: value != 0 && value < 9.95 ? 1 : 0)
  }

  // MARK: Promises

  func promises(_ side: PromiseDiff.Side) -> String {
    guard let judged = side.judged, let broken = side.broken else {
      switch side.record {
      case .notAgreed: return "not agreed"
      case .notRecorded: return "not enough data: activities are not on record"
      case .ambiguous: return "not enough data: too many times known to the day only"
      case .exact, .byDay: return "not enough data"
      }
    }
    guard judged > 0 else { return "none fallen due" }
    let interval = ConfidenceInterval.wilson(successes: Double(broken), trials: Double(judged))
    return "\(Format.count(broken)) broken of \(Format.count(judged)), "
      + Format.percent(Double(broken) / Double(judged), interval)
  }

  /// What a reader must know to read the numbers right.
  var notes: [String] {
    var notes = [
      "Each definition is measured as if it had held all the time, on the same facts. A lead that "
        + "came back counts once for each pass.",
      "Gaining or losing a name changes no lead: what the lost ones brought would only be missed if "
        + "nobody worked them any more.",
      "Who reaches a stage later counts with those who lose it, who reaches it earlier with those who "
        + "gain it: where a later stage implies it, only what came of nothing loses it for good.",
    ]
    if diff.stages.contains(where: { ($0.gainedWorth?.untested ?? 0) > 0 }) {
      notes.append(
        "Leads that nobody worked say nothing about what work would make of them. Work a random "
          + "part of them first."
      )
    }
    if let months = monthsText { notes.append("Monthly numbers: \(months).") }
    return notes
  }

  /// The lines at the foot.
  var footer: [String] {
    func name(_ agreement: Agreement) -> String {
      let hash = agreement.hash.prefix(12)
      return "\(agreement.version.printable)" + (hash.isEmpty ? "" : " (\(hash))")
        + ", skip rule \(agreement.skips.rawValue)"
    }
    return [
      "First: agreement \(name(diff.before)). Second: agreement \(name(diff.after)). As of "
        + "\(Format.instant(diff.asOf, diff.after.calendar))."
    ]
  }
}
