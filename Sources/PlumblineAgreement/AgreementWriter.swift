import PlumblineCore
import PlumblineYAML

/// Writes `agreement.yaml`.
public enum AgreementWriter {
  /// An agreement to begin with, each field explained by a comment.
  ///
  /// It reads back without any diagnostics as long as `currency` has the form of a code and there
  /// is a time zone of the given name.
  ///
  /// - Parameters:
  ///   - company: The company's name; may be empty.
  ///   - currency: Three capital letters.
  ///   - timeZone: A name of the time zone database.
  ///   - channels: The channels seen in the data, in the order to list them; names that differ only
  ///     by case or blanks at their ends are listed once.
  /// - Returns: The text of the file.
  public static func starter(
    company: String,
    currency: String,
    timeZone: String,
    channels: [String]
  ) -> String {
    """
    # What marketing and sales agreed. Every number in every answer follows this file.
    # All fields are explained in Documentation/agreement.md.

    # The format of this file; always 1.
    agreement: 1
    # The company's name, for headings.
    company: \(YAMLText.scalar(company))
    # The name of this version; give a changed agreement a new one.
    version: "1"
    # The first day on which this version holds.
    # effective: 2026-01-01
    # The currency in which every amount is reported.
    currency: \(YAMLText.scalar(currency))
    # Where days, weeks and months begin.
    time_zone: \(YAMLText.scalar(timeZone))

    stages:
      # The way to a customer, in order. "is" says what the stage means, "owner" which team decides
      # who enters, "also" which other words files use for it.
      path:
    \(stageLines(path))
      # The ways off the path.
      detours:
    \(stageLines(detours))
      # A stage that was passed over: filled = implied by a later one, strict = only in order, any =
      # only what was recorded, ordered = only what was recorded, and in order.
      skips: filled
      # A lead that comes back after it left: new_episode = it begins anew, same_episode = it goes on.
      returns: new_episode
      # A stage that counts only when a later one follows in time says so itself:
      # - {id: mql, confirmed_by: {stage: sql, within_days: 30}}

    # The channels, and in brackets the other names that files use for each.
    channels:\(channelLines(channels))

    # When people work; promises in working hours count this time only. Owners with a time zone of
    # their own in the data work these hours there.
    working_time: {days: mon-fri, hours: ["09:00-17:00"], holidays: []}

    # What sales promised about leads it is given: how soon somebody turns to them, and for which
    # share of leads that holds. Without it nobody can tell poor leads from slow calls. Add attempts
    # ("attempts: 5 in 14 days") only if that was promised: a lead that picks up counts as tried.
    # sla: {sales: {first_touch: 4 working hours, compliance: 0.8}}

    # The stage at which sales takes over; if not given, the first that sales decides.
    # hand_off: sql

    # How leads reach reps: regardless of their promise (in turn, by lot, by region), by_score, or
    # owners_choose. A rep is not blamed where reps choose and no score tells what they chose.
    # routing: regardless

    # What the two teams planned: leads a month, the rate of each step, the mean deal.
    # plan: {leads: 400, rates: {lead-mql: 0.45}, mean_deal: 12000}

    # What an answer in money needs: the share of revenue left after the cost of delivery, the months
    # over which a customer's revenue counts, and what one rep costs a month.
    # economics: {gross_margin: 0.75, horizon: 24 months, sales_cost: {rep_month: 10000}}

    # How long a step may take before a lead counts as not converted; found from the data if not given.
    # horizons: {meeting_held-won: 91 days}

    # When a difference deserves a name: how large it is at least, how often such a name may be
    # wrong, and how many leads a group needs.
    verdict: {relative_difference: \(thresholds.relativeDifference), \
    false_discovery_rate: \(thresholds.falseDiscoveryRate), \
    minimum_leads: \(thresholds.minimumLeads)}

    """
  }

  private static let thresholds = VerdictThresholds()

  private static let path = Stage.defaultPath.map { stage in
    switch stage.id {
    case "lead": describe(stage, "entered the CRM with a way to reach them", nil)
    case "mql": describe(stage, "marketing says that sales should call", .marketing)
    case "sql": describe(stage, "sales accepted the lead", .sales)
    case "meeting_booked": describe(stage, "a first meeting has a date", .sales)
    case "meeting_held": describe(stage, "the first meeting took place", .sales)
    case "opportunity": describe(stage, "there is a deal to win", .sales)
    case "won": describe(stage, "the contract is signed", .sales)
    default: stage
    }
  }

  private static let detours = Stage.defaultDetours.map { stage in
    switch stage.id {
    case "recycled": describe(stage, "not now; marketing keeps in touch", nil)
    case "disqualified": describe(stage, "will never be a customer", nil)
    case "lost": describe(stage, "decided against us", nil)
    default: stage
    }
  }

  private static func describe(_ stage: Stage, _ meaning: String, _ owner: Stage.Team?) -> Stage {
    Stage(id: stage.id, meaning: meaning, owner: owner)
  }

  private static func stageLines(_ stages: [Stage]) -> String {
    stages.map { stage in
      let owner = stage.owner.map { ", owner: \($0.rawValue)" } ?? ""
      return "    - {id: \(stage.id), is: \(YAMLText.quoted(stage.meaning))\(owner)}"
    }.joined(separator: "\n")
  }

  private static func channelLines(_ channels: [String]) -> String {
    var seen: Set<String> = [""]
    let names = channels.filter { seen.insert(WordKey.of($0)).inserted }
    guard !names.isEmpty else { return " {}" }
    return names.map { "\n" + YAMLText.entry($0, "[]", indent: 2) }.joined()
  }
}
