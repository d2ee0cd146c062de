import PlumblineCore
import PlumblineStatistics

/// Plans of past dates against what came, in sentences.
struct PlanReplayWords {
  let replay: PlanReplay
  let agreement: Agreement

  private var record: ForecastRecord { replay.record }

  var provenance: Provenance {
    Provenance(
      agreement: agreement,
      asOf: replay.asOf,
      question: FunnelQuestion(filters: replay.question.filters, rule: replay.rule, pairs: []),
      horizons: []
    )
  }

  /// Which plans were replayed.
  var scope: String {
    let plans = Format.count(replay.rows.count, "plan")
    let filter = provenance.filterText.map { ", of leads where \($0)" } ?? ""
    return "\(plans) of past dates, \(Format.days(replay.days)) each\(filter)."
  }

  func amount(_ minorUnits: Double) -> String {
    Format.estimatedAmount(minorUnits, agreement.currency)
  }

  /// The verdict as one sentence that can be read aloud.
  var headline: String {
    let record = record
    let count = Format.count(record.replays, "past plan")
    switch record.verdict {
    case .tooFew:
      return "Too few past plans to judge the odds: \(need)."
    case .holds:
      return "The odds have held: what came of \(count) is within what chance allows."
    case .tooHigh:
      return "Plans have promised too much: \(text(record.aboveEvenOdds)) reached the sum that had "
        + "even odds."
    case .tooLow:
      return "Plans have promised too little: \(text(record.aboveEvenOdds)) reached the sum that "
        + "had even odds."
    case .tooNarrow:
      return "Plans have been too sure: \(text(record.withinRange)) came out between P10 and P90, "
        + "where 80 % should."
    }
  }

  private var need: String {
    "\(Format.count(record.replays)) could be made, of which \(Format.count(record.separatePeriods)) "
      + "do not overlap; it takes \(ForecastRecord.fewestReplays), "
      + "\(ForecastRecord.fewestSeparatePeriods) of them without overlap"
  }

  /// A share of replays: `7 of 12`.
  private func text(_ share: ForecastRecord.Share) -> String {
    "\(Format.count(share.count)) of \(Format.count(share.of))"
  }

  /// A share with its interval: `7 of 12, 58 % (32–81 %)`.
  func shareText(_ share: ForecastRecord.Share) -> String {
    guard let value = share.share else { return "none" }
    return "\(text(share)), \(Format.percent(value, share.interval)); promised "
      + Format.percent(share.promised)
  }

  /// The shares with what they mean.
  var shares: [(label: String, text: String)] {
    let record = record
    guard record.replays > 0 else { return [] }
    var lines = [
      ("P10 to P90", "what came lay inside in \(shareText(record.withinRange))"),
      ("Even odds", "the sum was reached in \(shareText(record.aboveEvenOdds))"),
      ("80 % odds", "the sum was reached in \(shareText(record.aboveLikely))"),
    ]
    if let error = record.meanError, let distance = record.meanDistance {
      let side = error < 0 ? "less than" : "more than"
      lines.append(
        (
          "Error",
          "\(Format.percent(abs(error))) of what came, \(side) expected, all plans together; one "
            + "plan is off by \(Format.percent(distance)), either way"
        )
      )
    }
    return lines
  }

  /// Whether the plan was worth it, against two ways that need none.
  var comparisonText: String? {
    guard let comparison = replay.comparison, let plan = comparison.plan.share,
      let before = comparison.periodBefore.share, let line = comparison.straightLine.share
    else { return nil }
    let best = min(before, line)
    let verdict: String
    if replay.record.verdict == .tooFew {
      verdict = "too few to say which is best"
    } else if plan < best {
      verdict = "the plan was nearest"
    } else {
      verdict =
        "the plan was no nearer than \(before <= line ? "the period before" : "the straight line")"
    }
    return "Off by, over what came: the plan \(Format.percent(plan)), the period before "
      + "\(Format.percent(before)), the average of the record so far \(Format.percent(line)): "
      + "\(verdict). The plan was told how many leads came, the other two need no leads."
  }

  /// Whether any two of the judged periods share days.
  var doOverlap: Bool { replay.separatePeriods < replay.judged.count }

  /// How far plans repeat each other.
  private var overlap: String {
    guard doOverlap else {
      return replay.judged.count > 1
        ? "No two periods overlap: each plan stands for itself."
        : "There is no second plan whose period could overlap."
    }
    return "Periods overlap, so plans are not independent: only "
      + "\(Format.count(replay.separatePeriods)) of \(Format.count(replay.judged.count)) can be "
      + "picked that do not. Ranges of shares are those of independent plans and therefore too "
      + "narrow; the verdict counts only as many as do not overlap."
  }

  /// What the answer rests on and what it cannot say.
  var notes: [String] {
    var notes = [
      "Each plan is made on the first of a month for \(Format.days(replay.days)), from what had "
        + "happened by then. It is told how many leads a week really came after it: it answers for "
        + "rates, deals and odds, not for the number of leads.",
      "\"By then\" goes by the dates that records carry. What was typed in later, or imported in "
        + "bulk, counts from the day it is dated: nobody can tell what was on record then.",
      overlap,
      "Today's agreement is used for all dates.",
    ]
    let without = replay.rows.reduce(0) { $0 + $1.winsWithoutAmount }
    if without > 0 {
      notes.append(
        "\(Format.count(without, "won deal")) without an amount (a deal may stand in several "
          + "periods) \(without == 1 ? "adds" : "add") nothing to what came."
      )
    }
    let missing = replay.rows.count - replay.judged.count
    if missing > 0 {
      notes.append("For \(Format.count(missing, "date")) there was not enough data for a plan.")
    }
    if replay.olderDates > 0 {
      notes.append(
        "\(Format.count(replay.olderDates, "older date")) could be replayed too; the newest "
          + "\(Format.count(replay.rows.count)) are shown."
      )
    }
    return notes
  }

  /// Why there is no row at all.
  var noneText: String {
    "No past date can be replayed: it takes \(replay.fewestMonths) months of record before the "
      + "first of a month and \(Format.days(replay.days)) after it."
  }
}
