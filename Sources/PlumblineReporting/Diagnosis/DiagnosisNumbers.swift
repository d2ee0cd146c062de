import PlumblineCore
import PlumblineStatistics

/// The numbers of each step of the method, for those who check it.
struct DiagnosisNumbers {
  private let diagnosis: Diagnosis
  private let words: LeakWords

  private var verdict: LeakVerdict { diagnosis.verdict }

  init(_ diagnosis: Diagnosis, _ agreement: Agreement) {
    self.diagnosis = diagnosis
    words = LeakWords(diagnosis, agreement)
  }

  /// How many pairs of a channel and a rep are listed.
  private static let mostPairs = 10

  func write(to page: inout TextPage) {
    evidence(&page)
    disagreements(&page)
    tests(&page)
    fits(&page)
    thresholds(&page)
  }

  private func number(_ value: Double?, _ decimals: Int = 3) -> String {
    value.map { Format.fixed($0, decimals: decimals) } ?? Format.absent
  }

  private func evidence(_ page: inout TextPage) {
    guard !verdict.evidence.isEmpty else { return }
    let limits = verdict.thresholds
    page.heading("Every unit that was judged")
    page.paragraph(
      "Log-odds against the mean of the comparable others, with its standard deviation; the "
        + "probability of odds \(number(limits.namedOdds, 2)) and \(number(limits.clearedOdds, 2)) "
        + "times lower; the customers lost as a share of the "
        + "\(number(verdict.expectedWins, 1)) expected, and at worst."
    )
    var table = TextTable([
      .wrapped("unit"), .number("leads"), .number("log-odds"), .number("sd"),
      .number("P\(number(limits.namedOdds, 2))"), .number("P\(number(limits.clearedOdds, 2))"),
      .number("lost"), .number("worst"),
    ])
    let units = verdict.evidence.filter { ![.pair, .channelSplit].contains($0.unit.kind) }
    // There may be thousands of pairs; those that matter least are the least to be looked at.
    let pairs = verdict.evidence.filter { $0.unit.kind == .pair }
      .sorted { $0.probability > $1.probability }
    for evidence in units + pairs.prefix(Self.mostPairs) {
      table.add(
        [
          words.name(evidence.unit), Format.count(evidence.leads),
          number(evidence.contrast?.mean), number(evidence.contrast?.standardDeviation),
          number(evidence.probability), number(evidence.largeProbability),
          number(evidence.lossShare), number(evidence.badCaseShare),
        ],
        ink: evidence.isNamed ? .bad : .plain
      )
    }
    page.table(table)
    if pairs.count > Self.mostPairs {
      page.paragraph(
        "And \(Format.count(pairs.count - Self.mostPairs)) less notable pairs of a rep and a "
          + "channel; JSON lists them.",
        indent: 2
      )
    }
    let adjusted = verdict.evidence.filter { $0.unadjustedContrast != nil }
    guard !adjusted.isEmpty else { return }
    page.blank()
    page.paragraph(
      "Reps before and after allowing for scores; stability: how many times as strong as the score "
        + "what it missed would have to be."
    )
    var scores = TextTable([
      .wrapped("unit"), .number("before"), .number("after"), .number("stability"),
    ])
    for evidence in adjusted {
      scores.add([
        words.name(evidence.unit), number(evidence.unadjustedContrast),
        number(evidence.contrast?.mean), number(evidence.stability, 1),
      ])
    }
    page.table(scores)
  }

  private func disagreements(_ page: inout TextPage) {
    guard !verdict.disagreements.isEmpty else { return }
    page.heading("Do reps disagree about a channel?")
    var table = TextTable([
      .wrapped("channel"), .whole("in"), .number("probability"), .number("lost"),
      .wrapped("better half"),
    ])
    for item in verdict.disagreements {
      table.add(
        [
          item.channel.printable, item.effect == .direct ? "closing" : "follow-up",
          number(item.posterior), number(item.lossShare),
          Format.list(item.betterOwners.map(\.printable)),
        ],
        ink: item.isNamed ? .bad : .plain
      )
    }
    page.table(table)
  }

  private func tests(_ page: inout TextPage) {
    page.heading("Follow-up and routing")
    if let effect = verdict.followUpEffect {
      page.fact(
        "Follow-up",
        "log-odds \(number(effect.mean)) (sd \(number(effect.standardDeviation))), matters with "
          + "probability \(number(effect.probabilityItMatters)); followed up "
          + "\(verdict.compliance.map(Format.percent) ?? Format.absent) of "
          + "\(Format.count(verdict.leads)), target \(Format.percent(verdict.complianceTarget))."
      )
    } else {
      page.fact("Follow-up", "not judged.")
    }
    if let routing = verdict.routing {
      page.fact(
        "Routing",
        "chi-square \(number(routing.chiSquare, 1)) on \(routing.degreesOfFreedom), chance "
          + "\(Format.chance(routing.pValue))."
      )
    } else {
      page.fact("Routing", "not tested: no score at the hand-off is on record.")
    }
  }

  private func fits(_ page: inout TextPage) {
    guard !verdict.fits.isEmpty else { return }
    page.heading("Models")
    var table = TextTable([
      .wrapped("of"), .number("spreads tried"), .number("kept"), .number("channels"),
      .number("reps"), .number("pairs"),
    ])
    for fit in verdict.fits {
      table.add([
        fit.model.rawValue.replacing("_", with: " "), Format.count(fit.evaluatedNodes),
        Format.count(fit.keptNodes), number(fit.channelSpread, 2), number(fit.ownerSpread, 2),
        number(fit.pairSpread, 2),
      ])
    }
    page.table(table)
    page.paragraph("Spreads in log-odds at the likeliest combination.", indent: 2)
  }

  private func thresholds(_ page: inout TextPage) {
    page.heading("Thresholds in force (verdict: in the agreement)")
    var table = TextTable([.whole("key"), .number("value")])
    for (key, value) in verdict.thresholds.named {
      table.add([key, value == value.rounded() ? number(value, 0) : "\(value)"])
    }
    page.table(table)
  }
}

extension LeakThresholds {
  /// Every threshold by the name that it has in the agreement.
  var named: [(key: String, value: Double)] {
    [
      ("named_odds", namedOdds), ("named_probability", namedProbability),
      ("named_loss", namedLoss), ("party_loss", partyLoss), ("cleared_odds", clearedOdds),
      ("cleared_probability", clearedProbability), ("disagreement_prior", disagreementPrior),
      ("disagreement_named", disagreementNamed), ("disagreement_cleared", disagreementCleared),
      ("disagreement_spread", disagreementSpread), ("team_margin", teamMargin),
      ("team_cleared", teamCleared), ("minimum_unit_leads", Double(minimumUnitLeads)),
      ("minimum_joining_leads", Double(minimumJoiningLeads)),
      ("minimum_pair_leads", Double(minimumPairLeads)), ("minimum_pairs", Double(minimumPairs)),
      ("routing_chance", routingChance), ("stability", stability),
      ("minimum_wins", Double(minimumWins)),
    ]
  }
}
