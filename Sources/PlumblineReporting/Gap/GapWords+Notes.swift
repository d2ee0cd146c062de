import PlumblineCore
import PlumblineStatistics

extension GapWords {
  /// What to keep in mind, each a sentence or two.
  var notes: [String] {
    [
      partlyOnRecord, lastDayRunning, passedOver, nothingBefore, best, inTime, completed, tooYoung,
      undated, notPlanned, amounts,
      chances, check,
    ]
    .compactMap { $0 }
      + [
        "This is arithmetic on what happened. It says where the gap lies, not what brought it about."
      ]
  }

  private var partlyOnRecord: String? {
    guard let base = answer.basePeriod, let first = answer.baseRecordBegins else { return nil }
    let howMuch = first > base.last ? "Nothing" : "Only part"
    return "\(howMuch) of \(name(base)) is on record: the first lead came in on \(first). The "
      + "number of leads, and so the gap, is not comparable; the rates are, as far as there are any."
  }

  private var lastDayRunning: String? {
    let (calendar, last) = (agreement.calendar, answer.period.last)
    guard calendar.day(of: answer.asOf) == last,
      calendar.day(of: answer.asOf.advanced(bySeconds: 1)) == last
    else { return nil }
    return "The last day, \(last), counts only up to \(Format.instant(answer.asOf, calendar))."
  }

  private var passedOver: String? {
    answer.passedOver.map {
      "\(name($0)) is passed over: the outcomes of too few of its leads are known yet. Ask for it "
        + AnswerPlace.words(
          "with --from \($0.first) --to \($0.last).",
          onPage: "by its days, \($0.first) to \($0.last)."
        )
    }
  }

  private var nothingBefore: String? {
    guard let base = answer.basePeriod, answer.channels.allSatisfy({ $0.base.volume == 0 }) else {
      return nil
    }
    return "No leads came in in \(name(base)): all of the gap counts as number of leads."
  }

  private var best: String? {
    answer.best.map { best in
      "The best channel on record is \(best.channel.printable): allowing for its "
        + "\(Format.count(best.entered, "lead")), \(Format.percent(best.winRate)) of them get to "
        + "the last stage, step by step, against \(Format.percent(best.runnerUpWinRate)) of "
        + "\(best.runnerUp.printable.possessive), the next of the "
        + "\(Format.count(best.considered)) channels with "
        + "\(Format.count(agreement.thresholds.minimumLeads)) leads or more. It is a mark to "
        + "compare with, not a promise."
    }
  }

  private var inTime: String? {
    "Whoever takes longer at a step than its days is not expected here, so in the end more may be "
      + "won. Both sides are counted alike."
  }

  private var sides: [GapSide] { answer.channels.flatMap { [$0.base, $0.actual] } }

  private func steps(_ basis: GapRate.Basis) -> String? {
    let stages = answer.horizons.indices.prefix(max(0, agreement.path.count - 1)).filter { stage in
      sides.contains { $0.rates[stage].basis == basis }
    }
    return stages.isEmpty
      ? nil : stages.map { self.stages.step($0, $0 + 1) }.joined(separator: ", ")
  }

  private var completed: String? {
    steps(.completed).map {
      "Leads still open count at what leads of the same channel have done from their age on, or "
        + "of all channels where it has too few, at \($0)."
    }
  }

  private var tooYoung: String? {
    steps(.tooYoung).map {
      "Nobody on record has been at \($0) for long enough: these rates are too low."
    }
  }

  private var undated: String? {
    steps(.undated).map {
      "Too many dates are missing at \($0): whoever went on at an unknown time counts as in time."
    }
  }

  private var notPlanned: String? {
    guard answer.benchmark == .plan else { return nil }
    var missing = [steps(.notPlanned)].compactMap { $0 }
    if sides.contains(where: { $0.deal.basis == .notPlanned }) { missing.append(name(.deal)) }
    return missing.isEmpty
      ? nil
      : "Not planned, for some channel at least, and taken as it came out: "
        + "\(missing.joined(separator: ", "))."
  }

  private var amounts: String? {
    if answer.unit == .customers {
      return "No won deal has an amount in \(agreement.currency): customers are counted instead."
    }
    guard answer.wonDealsWithoutAmount > 0 else { return nil }
    return "\(Format.count(answer.wonDealsWithoutAmount, "won deal")) without an amount count at "
      + "the mean of the others."
  }

  /// Ranges of 90 % are looked at one by one.
  private var chances: String? {
    let uncertain = answer.channels.reduce(0) { sum, channel in
      sum
        + zip(answer.factors, channel.parts).count { factor, part in
          switch factor {
          case .volume, .mix: false
          case .rate, .deal: part.lower < part.upper
          }
        }
    }
    guard uncertain > 0 else { return nil }
    let rate = Format.percent(agreement.thresholds.falseDiscoveryRate)
    return "Clear: the range of 90 % leaves 0 out; about one in ten of the "
      + "\(Format.count(uncertain, "part")) that stand on a rate or a mean deal would by chance "
      + "alone. Stands out: also when allowing for all of them, at most \(rate) of such parts are "
      + "expected to be chance. Numbers of leads are counts and no guess."
  }

  /// The logarithmic mean as a second opinion.
  private var check: String? {
    let differences = answer.channels.compactMap { channel in
      channel.logMeanParts.map { other in
        zip(channel.parts, other).map { abs(Double($0.amount) - $1) }.max() ?? 0
      }
    }
    let without = answer.channels.count - differences.count
    guard let largest = differences.max() else { return nil }
    let isSame = largest < Double(answer.minorUnits)
    let difference = isSame ? "" : " to within \(money(Int64(min(largest, 1e15).rounded())))"
    return "A second method, the logarithmic mean, divides the gap alike\(difference)"
      + (without > 0
        ? "; it has no answer for \(Format.count(without, "channel")) with nothing on one side."
        : ".")
  }
}
