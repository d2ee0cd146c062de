/// The keys that an agreement file may hold, section by section.
public enum AgreementKeys {
  /// One mapping of the file and its keys.
  public struct Section: Sendable {
    /// The mapping's name, as the documentation's headings write it.
    public let name: String
    /// The keys that are read.
    public let read: [String]
    /// The keys that are kept for later: accepted with a note, and not used yet.
    public let reserved: [String]

    var known: [String] { read + reserved }
  }

  static let top = Section(
    name: "The file",
    read: [
      "agreement", "channels", "company", "currency", "economics", "effective", "hand_off",
      "horizons", "plan", "routing", "sla", "stages", "time_zone", "verdict", "version",
      "working_time",
    ],
    reserved: [
      "goals", "ideal_customer", "incentives", "launches", "qualifying_factors", "quota", "recycle",
      "score", "signatures", "vocabulary",
    ]
  )

  static let stages = Section(
    name: "stages",
    read: ["detours", "path", "returns", "skips"],
    reserved: []
  )

  static let stage = Section(
    name: "A stage",
    read: ["also", "confirmed_by", "evidence", "id", "is", "owner"],
    reserved: ["gate", "stale_after"]
  )

  static let confirmation = Section(
    name: "confirmed_by",
    read: ["stage", "within_days"],
    reserved: []
  )

  static let channel = Section(name: "channels", read: ["also"], reserved: [])

  static let economics = Section(
    name: "economics",
    read: ["gross_margin", "horizon", "sales_cost"],
    reserved: []
  )

  static let salesCost = Section(name: "sales_cost", read: ["rep_month"], reserved: ["ramp"])

  static let verdict = Section(
    name: "verdict",
    read: ["false_discovery_rate", "minimum_leads", "relative_difference"]
      + LeakThresholdKey.all.map(\.key),
    reserved: []
  )

  static let workingTime = Section(
    name: "working_time",
    read: ["days", "holidays", "hours"],
    reserved: []
  )

  static let sla = Section(name: "sla", read: ["sales"], reserved: ["marketing"])

  static let salesSLA = Section(
    name: "sales",
    read: ["attempts", "compliance", "first_touch"],
    reserved: ["disposition"]
  )

  static let firstTouch = Section(
    name: "first_touch",
    read: ["default", "hot", "hot_from"],
    reserved: []
  )

  static let plan = Section(
    name: "plan",
    read: ["channels", "leads", "mean_deal", "rates"],
    reserved: []
  )

  static let plannedChannel = Section(
    name: "A planned channel",
    read: ["leads", "mean_deal", "rates"],
    reserved: []
  )

  /// Every section, for the documentation and its test.
  public static let all = [
    top, channel, confirmation, economics, firstTouch, plan, plannedChannel, salesCost, salesSLA,
    sla, stage,
    stages, verdict, workingTime,
  ]
}
