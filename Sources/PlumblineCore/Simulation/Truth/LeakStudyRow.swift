/// Companies of one kind in a study: a row of its tables.
public struct LeakStudyRow: Sendable {
  /// What the row is called.
  public let title: String
  /// Whether the row makes the judge's assumptions fail, or its task harder than usual.
  public let isStress: Bool
  /// Distinguishes the row's companies from all others; never changes.
  let stream: UInt64
  /// The truths that take turns, each with the faults that take turns in it.
  let truths: [[Set<PlantedFault>]]
  /// Everything else about the row's companies; leads, faults and confounding are set for each.
  let template: CompanyPlan
  /// One company in so many is made.
  let oneIn: Int

  init(
    _ title: String,
    stream: UInt64,
    isStress: Bool = false,
    truths: [[Set<PlantedFault>]],
    template: CompanyPlan = CompanyPlan(leads: 0),
    oneIn: Int = 1
  ) {
    self.title = title
    self.isStress = isStress
    self.stream = stream
    self.truths = truths
    self.template = template
    self.oneIn = oneIn
  }

  /// The usual sizes of the row's companies, in leads.
  public var sizes: [Int] { isStress ? [2500, 8000] : [800, 2500, 8000] }

  func companies(of companies: Int) -> Int { (companies + oneIn - 1) / oneIn }

  /// The plan of one of the row's companies: confounding, truths and faults take turns.
  func plan(_ index: Int, leads: Int) -> CompanyPlan {
    let levels = Confounding.allCases
    let truth = truths[index / levels.count % truths.count]
    var plan = template
    plan.leads = leads
    plan.confounding = levels[index % levels.count]
    plan.faults = truth[index / levels.count / truths.count % truth.count]
    return plan
  }

  private static let healthy: [Set<PlantedFault>] = [[]]
  private static let marketing: [Set<PlantedFault>] = [[.leads]]
  /// Two in five skill, two in five discipline, one in five the whole team.
  private static let sales: [Set<PlantedFault>] = [
    [.skill], [.discipline], [.skill], [.discipline], [.teamFollowUp],
  ]
  private static let handOff: [Set<PlantedFault>] = [[.lateChannel], [.splitTeam]]
  private static let both = sales.map { $0.union([.leads]) }
  private static let mixed = [healthy, marketing, sales, handOff, both]

  /// All rows of both tables.
  public static let all: [LeakStudyRow] = usual + stress

  /// Companies as the judge takes them to be.
  public static let usual: [LeakStudyRow] = [
    LeakStudyRow("healthy", stream: 1, truths: [healthy]),
    LeakStudyRow("marketing: one channel's leads", stream: 2, truths: [marketing]),
    LeakStudyRow(
      "sales: some owners' skill, some owners' or the team's follow-up",
      stream: 3,
      truths: [sales]
    ),
    LeakStudyRow(
      "hand-off: a channel arrives late for everyone",
      stream: 4,
      truths: [[[.lateChannel]]],
      oneIn: 2
    ),
    LeakStudyRow(
      "hand-off: half the team fails one channel",
      stream: 5,
      truths: [[[.splitTeam]]],
      oneIn: 2
    ),
    LeakStudyRow("marketing and sales at once", stream: 6, truths: [both]),
  ]

  /// Companies that are harder to judge, or unlike what the judge takes them to be.
  public static let stress: [LeakStudyRow] = [
    stressed("each owner works one channel only", 11) { $0.isNested = true },
    stressed("faults of leads and skill of -0.5 instead of -0.9", 12) { $0.faultLogOdds = -0.5 },
    LeakStudyRow(
      "… only companies with one such fault",
      stream: 19,
      isStress: true,
      truths: [marketing, [[.skill]]],
      template: CompanyPlan(leads: 0, faultLogOdds: -0.5)
    ),
    stressed("unmeasured promise drives both speed and winning", 13) {
      $0.promise = LeadPromise(speedsFollowUp: true)
    },
    stressed("leads shared by lot, score known", 14) {
      $0.promise = LeadPromise(explainedByScore: 0.64)
    },
    stressed("better owners get more promising leads, score explains 64 %", 15) {
      $0.promise = LeadPromise(routing: strongRouting, explainedByScore: 0.64)
    },
    stressed("better owners get more promising leads, score explains 35 %", 16) {
      $0.promise = LeadPromise(routing: strongRouting, explainedByScore: 0.35)
    },
    stressed("better owners get somewhat more promising leads, no score", 17) {
      $0.promise = LeadPromise(routing: mildRouting)
    },
    stressed("better owners get more promising leads, no score", 18) {
      $0.promise = LeadPromise(routing: strongRouting)
    },
  ]

  private static let mildRouting = 0.25
  private static let strongRouting = 0.5

  private static func stressed(
    _ title: String,
    _ stream: UInt64,
    _ change: (inout CompanyPlan) -> Void
  ) -> LeakStudyRow {
    var template = CompanyPlan(leads: 0)
    change(&template)
    return LeakStudyRow(title, stream: stream, isStress: true, truths: mixed, template: template)
  }
}
