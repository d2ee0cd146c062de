import PlumblineCore
import PlumblineStatistics

/// One comparison of a channel or a rep with all the others, in words.
struct ComparisonWords {
  let comparison: UnitComparison
  let words: StageWords

  init(_ comparison: UnitComparison, _ words: StageWords) {
    self.comparison = comparison
    self.words = words
  }

  private var stage: Int { comparison.fromStage }

  /// The name of what is compared, safe to show.
  var unit: String { comparison.unit.printable }

  /// Where it is: `Meta, opportunity → won`.
  var place: String { "\(unit), \(step)" }

  /// The step of the path.
  var step: String { words.step(stage, stage + 1) }

  /// The unit's own rate with its base: `16 % of 412`.
  var own: String {
    guard comparison.own.status == .supported, let rate = comparison.own.rate else {
      return Format.absence(of: comparison.own)
    }
    return "\(Format.percent(rate)) of \(Format.count(comparison.own.entered))"
  }

  /// The others' rate with its base: `52 % of 980`.
  var rest: String {
    guard let rate = comparison.restRate else { return "nothing to compare with" }
    return "\(Format.percent(rate)) of \(Format.count(comparison.restEntered))"
  }

  /// The rate after allowing for how few leads it may stand on: `17 % (13–21 %)`.
  var shrunk: String { Format.percent(comparison.shrunk.mean, comparison.shrunk.interval) }

  /// Both rates as one clause: `of Meta's 412 opportunities, 16 % are won within 91 days, against
  /// 52 % of 980 elsewhere`.
  var gap: String {
    let count = Format.count(comparison.own.entered)
    let rate = comparison.own.rate.map(Format.percent) ?? Format.absence(of: comparison.own)
    let others = comparison.dimension == .owner ? "with the other reps" : "elsewhere"
    return "of \(unit.possessive) \(count) \(words.plural(stage)), \(rate) "
      + "\(words.reach(stage + 1)) within \(Format.days(comparison.withinDays)), "
      + "against \(rest) \(others)"
  }

  /// How sure it is that the difference is more than chance.
  var certainty: String {
    guard let q = comparison.judgement.qValue else { return "not comparable" }
    let word =
      q <= 0.001
      ? "all but certainly not chance"
      : q <= 0.01
        ? "very unlikely to be chance" : q <= 0.05 ? "unlikely to be chance" : "may be chance"
    return "\(word) (\(qValue))"
  }

  /// The q-value: `q = 0.031`.
  var qValue: String {
    guard let q = comparison.judgement.qValue else { return Format.absent }
    return "q \(q < 0.001 ? "" : "= ")\(Format.chance(q))"
  }

  /// The verdict in words, with what is missing where data are.
  var verdict: String {
    let has = Format.count(comparison.own.entered)
    switch comparison.judgement.verdict {
    case .noData:
      return comparison.own.status == .supported
        ? "nobody entered" : Format.absenceInFull(of: comparison.own)
    case .noComparison: return "nothing to compare with"
    case .lower: return "lower"
    case .higher: return "higher"
    case .slightlyDifferent: return "different, but by less than matters"
    case .same: return "same"
    case .tooFew, .cannotTell:
      guard let needed = comparison.judgement.needed, needed > comparison.own.entered else {
        return "cannot tell (\(has) leads allow both a gap that matters and none)"
      }
      return "not enough data (needs about \(Format.count(needed)) leads, has \(has))"
    }
  }

  /// Whether the data could not decide.
  var isUndecided: Bool {
    switch comparison.judgement.verdict {
    case .noData, .noComparison, .tooFew, .cannotTell: true
    case .lower, .higher, .slightlyDifferent, .same: false
    }
  }
}
