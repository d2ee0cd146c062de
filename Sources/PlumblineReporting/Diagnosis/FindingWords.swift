import PlumblineCore
import PlumblineStatistics

/// A leak in words: what it costs, whose it is, what speaks for and against it, what to do.
struct FindingWords {
  let finding: Finding
  let gaps: [CaptureGap]
  let comparisonCount: Int
  let comparison: ComparisonWords
  private let agreement: Agreement

  init(_ finding: Finding, of diagnosis: Diagnosis, under agreement: Agreement) {
    self.finding = finding
    self.agreement = agreement
    gaps = diagnosis.gaps
    comparisonCount = diagnosis.comparisons.count
    comparison = ComparisonWords(finding.comparison, StageWords(agreement))
  }

  private var unit: String { comparison.unit }
  private var isOwner: Bool { finding.comparison.dimension == .owner }

  /// Whose it is.
  var party: String { finding.party.word }

  /// Whether the leak has a price; only the surest dozen have.
  var isPriced: Bool { finding.recoverable.winsHigh > 0 }

  /// The customers that mending it would bring: `61 (40–75)`.
  var customers: String {
    let recoverable = finding.recoverable
    guard isPriced else { return "not priced" }
    return "\(Format.expected(recoverable.wins)) "
      + "(\(Format.expected(recoverable.winsLow))–\(Format.expected(recoverable.winsHigh)))"
  }

  /// The money, without its currency; nil without amounts.
  var revenue: String? {
    finding.recoverable.revenue.map { Format.estimatedAmount($0, agreement.currency) }
  }

  /// The cautious end of the money, without its currency.
  var revenueLow: String? {
    finding.recoverable.revenueLow.map { Format.estimatedAmount($0, agreement.currency) }
  }

  /// The customers as a clause: `about 61 customers (40–75)`.
  var gain: String {
    guard isPriced else { return "a gain that cannot be priced" }
    let recoverable = finding.recoverable
    let wins = Format.expected(recoverable.wins)
    let customers =
      wins == "<1" || recoverable.wins == 0
      ? "less than one customer" : "about \(wins) \(wins == "1" ? "customer" : "customers")"
    let range = "\(Format.expected(recoverable.winsLow))–\(Format.expected(recoverable.winsHigh))"
    return "\(customers) (\(range))"
  }

  /// What mending it would bring, as a clause.
  var price: String {
    guard let revenue, let revenueLow else { return gain }
    return "\(gain), about \(agreement.currency) \(revenue) (at least "
      + "\(agreement.currency) \(revenueLow))"
  }

  // MARK: Evidence

  /// What speaks for it.
  var evidenceFor: [String] {
    var points = ["\(comparison.gap.capitalizedFirst)."]
    points.append(
      "Such a gap is \(comparison.certainty), allowing for "
        + "\(Format.count(comparisonCount, "comparison"))."
    )
    if let fair = comparison.standardized, finding.reason != .notCrossed {
      points.append("\(fair.capitalizedFirst).")
    }
    if let chance = finding.comparison.disagreementPValue {
      let amount = "a chance of \(Format.chance(chance)) that equally good reps differ this much"
      if finding.reason == .ownersDisagree {
        points.append("Reps differ about \(unit) by more than chance explains: \(amount).")
      } else if finding.reason == .channelWhoeverWorksIt {
        points.append("Reps do alike with \(unit): \(amount).")
      }
    }
    return points
  }

  /// What speaks against it, or limits it.
  var evidenceAgainst: [String] {
    var points: [String] = []
    let own = finding.comparison.own
    if finding.reason == .notCrossed {
      points.append(
        isOwner
          ? "\(unit) shares too few channels with other reps to tell the rep from the leads."
          : "Too few reps work both \(unit) and other channels to tell the leads from the reps."
      )
    } else if let fair = finding.comparison.standardized, fair.comparableShare < 0.995 {
      points.append(
        "Only \(Format.percent(fair.comparableShare)) of the leads at this step could be compared "
          + "like with like."
      )
    }
    if let maturity = own.maturity, maturity < 0.995 {
      points.append(
        "The outcome of only \(Format.percent(maturity)) of its \(Format.count(own.entered)) "
          + "leads is known by then."
      )
    }
    points.append(
      "Allowing for how few leads it may stand on, the rate may be as high as "
        + "\(Format.percent(finding.comparison.shrunk.interval.upper)) of "
        + "\(Format.count(own.entered))."
    )
    points += gaps.filter { affectsStep($0.kind) }.map { gap in
      "\(GapText.sentence(gap)) They may hide part of the step."
    }
    points.append(
      "Leads were not handed out by lot: something nobody recorded may go with the gap."
    )
    return points
  }

  private func affectsStep(_ kind: CaptureGap.Kind) -> Bool {
    let stage = finding.comparison.fromStage
    let evidence = agreement.path[stage...].prefix(2).flatMap(\.evidence)
    switch kind {
    case .meetingWithoutOutcome, .meetingWithoutLead: return evidence.contains(.meetingHeld)
    case .dealWithoutLead, .dealWithoutOutcome: return evidence.contains(.dealWon)
    case .leadWithoutChannel: return !isOwner
    case .leadWithoutOwner: return isOwner
    default: return false
    }
  }

  // MARK: What next

  /// What would change the verdict.
  var wouldChange: [String] {
    switch finding.reason {
    case .channelWhoeverWorksIt:
      [
        "Hand out some of \(unit.possessive) leads by lot for six weeks: if some reps do as well "
          + "with them as with others, it is not the leads.",
        "If those still open do better than those decided so far, the gap closes.",
      ]
    case .ownerWhateverTheChannel:
      [
        "Hand out leads of one channel by lot for six weeks: if \(unit) does as well as the "
          + "others with them, it is not the rep.",
        "If those still open do better than those decided so far, the gap closes.",
      ]
    case .ownersDisagree:
      [
        "Have every rep work \(unit.possessive) leads the same way for six weeks: if all do "
          + "alike and still poorly, it is the leads."
      ]
    case .notCrossed:
      isOwner
        ? ["Hand \(unit) leads of other channels by lot for six weeks, and the verdict can fall."]
        : [
          "Hand some of \(unit.possessive) leads by lot to reps who work other channels for six "
            + "weeks, and the verdict can fall."
        ]
    }
  }

  /// What to do, as one or two sentences.
  var remedy: String {
    let stage = comparison.words.plural(finding.comparison.fromStage)
    switch finding.reason {
    case .channelWhoeverWorksIt:
      return "Marketing: look at what \(unit) promises and whom it reaches, and move spend to "
        + "channels that do better at this step until it recovers."
    case .ownerWhateverTheChannel:
      return "Sales: go through \(unit.possessive) \(stage) with a rep who does better, and coach "
        + "on this step."
    case .ownersDisagree:
      return "Both teams: agree who works \(unit.possessive) leads, how fast and with what "
        + "message, and let the reps who do well with them show the others."
    case .notCrossed:
      return isOwner
        ? "Before blaming anyone: route leads of several channels to \(unit), then look again."
        : "Before blaming anyone: route a share of \(unit.possessive) leads to other reps, then "
          + "look again."
    }
  }
}

extension Party {
  /// The party in a word or two.
  var word: String {
    switch self {
    case .marketing: "marketing"
    case .sales: "sales"
    case .handOff: "hand-off"
    case .undetermined: "undetermined"
    }
  }
}
