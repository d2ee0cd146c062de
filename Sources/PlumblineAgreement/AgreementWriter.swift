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
  ///   - observed: What the data on record hold, to fit the file and its examples to.
  /// - Returns: The text of the file.
  public static func starter(
    company: String,
    currency: String,
    timeZone: String,
    observed: Observed = Observed()
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
    channels:\(channelLines(observed.channels))

    # When people work; promises in working hours count this time only. Owners with a time zone of
    # their own in the data work these hours there\(zoneWords(observed.ownerZones)).
    working_time: {days: mon-fri, hours: ["09:00-17:00"], holidays: []}

    # The stage at which sales takes over; if not given, the first that sales decides.
    # hand_off: sql

    # Whom both teams want, by what the data say of a lead: words that fit, or a range.
    # ideal_customer: \(criteria(of: observed))

    # What must be known of a lead to call it qualified.
    # qualifying_factors: \(factors(of: observed))

    # Points for what a lead is and for what it did; those for deeds fade by half in each half_life.
    # A stage that asks for them says so itself: - {id: mql, gate: {score: ">= 40"}}
    # score:
    #   fit: \(fit(of: observed))
    #   engagement: \(engagement(of: observed))

    # What the teams promise each other: how many leads; how soon somebody turns to them, and says
    # what became of them. Without it nobody can tell poor leads from slow calls. Add attempts
    # ("attempts: 5 in 14 days") only if that was promised: a lead that picks up counts as tried.
    # sla:
    #   marketing: {qualified_leads: 120 per month}
    #   sales: {first_touch: 4 working hours, disposition: 48 working hours, compliance: 0.8}

    # What sales may say of a lead; if not given, a usual list. "default" is what the CRM fills in.
    # dispositions:
    #   - {id: accepted, outcome: accepted}
    #   - {id: no_answer, outcome: recycled, default: true}
    #   - {id: no_fit, outcome: rejected}

    # Which leads get a second chance, when, and on which list; and who is left alone all the same.
    # recycle:
    \(recycleLines(of: observed))
    # suppress: {touched_within: 14 days, unsubscribed: \(farewells(of: observed))}

    # How leads reach reps: regardless of their promise (in turn, by lot, by region), by_score, or
    # owners_choose. A rep is not blamed where reps choose and no score tells what they chose.
    # routing: regardless

    # What the two teams planned: leads a month, the rate of each step, the mean deal.
    # plan: {leads: 400, rates: {lead-mql: 0.45}, mean_deal: 12000}

    # What is to be reached, what the teams are paid for, and what they bring to market together.
    # goals: {revenue: {2026-Q1: 2400000}, quota: {2026-Q1: 2400000}}
    # incentives: {sales: [{measure: won_share, weight: 0.5, payout: 1000, target: 0.05}]}
    # launches: [{name: Spring, starts: 2026-03-01, ends: 2026-05-31, qualified_leads: 200, wins: 12}]

    # The words of each team; answers speak them when asked, the numbers stay the same.
    # vocabulary: {sql: {marketing: hand-over, sales: accepted lead}}

    # What an answer in money needs: the share of revenue left after the cost of delivery, the months
    # over which a customer's revenue counts and those that a deal's amount stands for, the share of
    # customers that leave each month, what marketing costs besides media, the cash there is; what a rep
    # costs a month and to hire, how long a new one takes, and the leads that one works in a month.
    # economics:
    #   {gross_margin: 0.75, horizon: 24 months, deal_covers: 12 months, monthly_churn: 0.01,
    #   overhead_month: 20000, cash: 1000000,
    #   sales_cost: {rep_month: 10000, ramp: 4 months, hire: 15000, leads_per_month: 60}}

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
}
