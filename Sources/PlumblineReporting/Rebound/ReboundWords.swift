import PlumblineCore
import PlumblineStatistics

/// Second chances in words: what text and JSON say alike.
struct ReboundWords {
  let rebound: Rebound
  let history: CompanyHistory

  var agreement: Agreement { history.agreement }

  func id(_ lead: Int) -> String { history.id(ofLead: lead) }

  func ids(_ leads: [Int]) -> [String] { leads.map(id).sorted() }

  /// A rule: `disqualified: bad timing, after 60 days`.
  func rule(_ rule: RecycleRule) -> String {
    let reason = rule.reason.map { ": \($0.printable)" } ?? ""
    let detour = StageWords(agreement).label(rule.detour)
    return "\(detour)\(reason), after \(Format.days(rule.afterDays))"
  }

  static func exclusion(_ exclusion: Rebound.Exclusion) -> String {
    switch exclusion {
    case .customer: "is a customer"
    case .openDeal: "has an open deal"
    case .unsubscribed: "does not want to be written to"
    case .cameBack: "came back by itself"
    case .undated: "left on an unknown day"
    case .touchedLately: "was in touch lately"
    case .declined: "was declined by somebody"
    case .snoozed: "was put off by somebody"
    }
  }

  /// `12 of 100, 12 % (7–20 %)`; without a share where there is nothing to share.
  static func share(_ count: Int, of total: Int, fewest: Int = 1) -> String {
    let base = "\(Format.count(count)) of \(Format.count(total))"
    guard total > 0, total >= fewest else { return base }
    let interval = ConfidenceInterval.wilson(successes: Double(count), trials: Double(total))
    return base + ", " + Format.percent(Double(count) / Double(total), interval)
  }

  func money(_ amount: Int64) -> String { Format.money(Double(amount), agreement.currency) }

  /// The state of everything in one sentence that can be read aloud.
  var headline: String {
    if rebound.rules.isEmpty {
      return "The agreement says nothing of second chances: it has no recycle rules."
    }
    let matched = rebound.matchedCount()
    guard matched > 0 else { return "No lead left the path for a reason with a rule." }
    let listed = rebound.newEntries.count
    return
      "\(Format.count(listed, "lead")) of \(Format.count(matched)) that left for a reason with "
      + "a rule \(listed == 1 ? "gets" : "get") a second chance in week \(rebound.week)."
  }

  /// How a limit was found.
  func limit(_ limit: ForgottenStage.Limit) -> String {
    switch limit {
    case .agreed(let days): "\(Format.count(days)), agreed"
    case .usual(let days, let of): "\(Format.count(days)), from \(Format.count(of))"
    case .unknown(let have, let need): "not enough data (\(have) of \(need))"
    }
  }

  /// How all this is counted.
  var notes: [String] {
    let days = Format.days(rebound.suppression.touchedWithinDays)
    return [
      "Each lead counts once, with the last time it left; a rule with its reason goes before one for "
        + "any reason. The exclusions are asked in the order shown, and the first that holds counts.",
      "In touch lately: somebody turned to the lead, or it did something, within \(days). An "
        + "automated message is no sign of life. An id that was merged into another lead counts "
        + "beside it, so that all ids that left are accounted for.",
      "Forgotten: longer in its stage than agreed, or than 95 of 100 leads that went on had needed, "
        + "nothing said by sales since it came there, and nobody turned to it in as many days.",
      "Recycled: everything won on a second or later pass along the path, whatever brought the lead "
        + "back. Those listed lately have had little time to come back; and that leads came back "
        + "after they were listed does not show that the list did it.",
    ]
  }

  /// The line at the foot of every text.
  var footer: String {
    let hash = String(agreement.hash.prefix(12))
    return "Agreement \(agreement.version.printable)"
      + (hash.isEmpty ? ", not yet saved" : " (\(hash))")
      + ", as of \(Format.instant(rebound.asOf, agreement.calendar))."
  }
}
