import PlumblineCore
import PlumblineTestSupport

/// A company whose leads leave, come back and are asked again, built in words.
struct ReboundCompany {
  var agreement: Agreement
  var facts = FactBuilder()
  var asOfDay = 200.0

  init() {
    agreement = Agreement()
    agreement.recycleRules = [
      RecycleRule(detour: "disqualified", afterDays: 120, list: "nurture"),
      RecycleRule(
        detour: "disqualified",
        reason: "bad timing",
        afterDays: 60,
        list: "timing"
      ),
      RecycleRule(detour: "lost", reason: "no budget", afterDays: 90, list: "budget"),
    ]
  }

  /// Adds an event that names a stage or a detour with a reason.
  mutating func leave(
    _ lead: String,
    _ detour: String,
    _ reason: String,
    day: Double?,
    owner: String = ""
  ) {
    facts.add(
      .stageEvent,
      [
        "lead": .text(lead), "stage": .text(detour), "reason": .text(reason),
        "owner": .text(owner),
        "at": .time(day == nil ? .undated : FactBuilder.time(day)),
      ]
    )
  }

  /// Adds something that a lead did.
  mutating func touch(_ id: String, lead: String, _ kind: String, day: Double?) {
    facts.add(
      .touch,
      [
        "id": .text(id), "lead": .text(lead), "kind": .text(kind),
        "at": .time(FactBuilder.time(day)),
      ]
    )
  }

  /// Adds a word of sales on a lead.
  mutating func say(
    _ lead: String,
    _ reason: String,
    day: Double?,
    owner: String = ""
  ) {
    facts.add(
      .disposition,
      [
        "lead": .text(lead), "reason": .text(reason), "owner": .text(owner),
        "at": .time(FactBuilder.time(day)),
      ]
    )
  }

  /// Adds what a team says of a lead.
  mutating func attribute(_ lead: String, _ name: String, _ value: String, by team: String = "") {
    facts.add(
      .attribute,
      [
        "lead": .text(lead), "name": .text(name), "value": .text(value), "by": .text(team),
      ]
    )
  }

  var history: CompanyHistory { facts.history(agreement, asOfDay: asOfDay) }

  func rebound(after record: ReboundRecord = ReboundRecord()) -> Rebound {
    let (ledger, history) = (facts.ledger(), history)
    return ReboundBuilder(
      history,
      departures: Departures(ledger, for: history),
      touches: LeadTouches(ledger, for: history),
      dispositions: Dispositions(ledger, for: history)
    ).answer(after: record)
  }
}
