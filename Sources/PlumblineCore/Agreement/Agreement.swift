/// What marketing and sales agreed: the stages, their order, the words and the money.
///
/// The one place that defines a stage. Read from `agreement.yaml` by the Agreement target.
public struct Agreement: Sendable {
  /// The company's name, for headings.
  public var company: String
  /// The name of this version, such as `2026-Q1`.
  public var version: String
  /// The first day on which this version holds, in the agreement's time zone.
  public var effective: CivilDate?
  /// The currency, three letters, in which every amount is reported.
  public var currency: String
  /// The time zone in which days, weeks and months begin.
  public var calendar: LocalCalendar
  /// The success path in order; the first stage is entered when a lead comes into being.
  public var path: [Stage]
  /// The ways off the path.
  public var detours: [Stage]
  /// How a stage that was passed over is counted.
  public var skips: SkipRule
  /// What a return after leaving the path is.
  public var returns: ReturnRule
  /// Stages that count only when a later one follows in time.
  public var confirmations: [Confirmation]
  /// What a question sets in place of the conditions of all versions, for all times; nil as agreed.
  public var askedConfirmations: [Confirmation]?
  /// The score that a question asks of leads, for all times; nil as agreed.
  ///
  /// On entering `scoredStage`; set by `ask(score:)`.
  public private(set) var askedScore: Int?
  /// What a question says that a return is; nil as agreed.
  ///
  /// Set by `ask(returns:)`.
  public private(set) var askedReturns: ReturnRule?
  /// Days that a question sets for steps, by `TransitionName`, where they are not the agreed ones.
  ///
  /// Set by `ask(days:forStep:)`.
  public private(set) var askedHorizons: [String: Int] = [:]
  /// The channels with the names they also go by.
  public var channels: [ChannelName]
  /// What an answer in money needs.
  public var economics: Economics
  /// Days within which a transition is judged, by `TransitionName`; others are found from the data.
  public var horizonsInDays: [String: Int]
  /// When a difference deserves a name.
  public var thresholds: VerdictThresholds
  /// When people work.
  public var workingTime: WorkingTime
  /// What sales promised about following up leads; nil when the agreement does not say.
  public var salesSLA: SalesSLA?
  /// The stage that hands leads to sales, as the agreement names it; see `handOffStage`.
  public var agreedHandOff: String?
  /// How leads reach owners; nil when the agreement does not say.
  public var routing: RoutingRule?
  /// From where on the data name somebody or clear somebody.
  public var leakThresholds: LeakThresholds
  /// What the two teams planned; nil when the agreement does not say.
  public var plan: GapPlan?
  /// What marketing promised; nil when the agreement does not say.
  public var marketingSLA: MarketingSLA?
  /// What sales may say of a lead that it was given.
  public var dispositions: [DispositionReason] = DispositionReason.usual
  /// Whom both teams want: a lead fits that meets every criterion; empty when not agreed.
  public var idealCustomer: [AttributeCriterion] = []
  /// What must be known of a lead to call it qualified.
  public var qualifyingFactors: [QualifyingFactor] = QualifyingFactor.usual
  /// How leads are scored; nil when the agreement does not say.
  public var scoring: LeadScoring?
  /// When leads get a second chance.
  public var recycleRules: [RecycleRule] = []
  /// Who is left alone all the same.
  public var suppression = RecycleSuppression()
  /// What is to be reached.
  public var goals: [Goal] = []
  /// What the teams are paid for.
  public var incentives: [Incentive] = []
  /// What both teams bring to market together.
  public var launches: [Launch] = []
  /// The words of each team.
  public var vocabulary: [VocabularyTerm] = []
  /// The earlier versions, oldest first, each with its `effective` day and none of its own; a fact
  /// is read under the version in force when it happened, see `inForce(at:)`.
  public var earlier: [Agreement] = []
  /// Whose words answers speak; nil for the usual ones.
  public var reader: Reader?
  /// SHA-256 of the file's bytes, in hexadecimal; every number carries its first letters.
  public var hash: String

  /// An agreement; anything not given takes the documented default.
  public init(
    company: String = "",
    version: String = "1",
    effective: CivilDate? = nil,
    currency: String = "USD",
    calendar: LocalCalendar = .utc,
    path: [Stage] = Stage.defaultPath,
    detours: [Stage] = Stage.defaultDetours,
    skips: SkipRule = .filled,
    returns: ReturnRule = .newEpisode,
    confirmations: [Confirmation] = [],
    channels: [ChannelName] = [],
    economics: Economics = Economics(),
    horizonsInDays: [String: Int] = [:],
    thresholds: VerdictThresholds = VerdictThresholds(),
    workingTime: WorkingTime = .usual,
    salesSLA: SalesSLA? = nil,
    agreedHandOff: String? = nil,
    routing: RoutingRule? = nil,
    leakThresholds: LeakThresholds = LeakThresholds(),
    plan: GapPlan? = nil,
    hash: String = ""
  ) {
    self.company = company
    self.version = version
    self.effective = effective
    self.currency = currency
    self.calendar = calendar
    self.path = path
    self.detours = detours
    self.skips = skips
    self.returns = returns
    self.confirmations = confirmations
    self.channels = channels
    self.economics = economics
    self.horizonsInDays = horizonsInDays
    self.thresholds = thresholds
    self.workingTime = workingTime
    self.salesSLA = salesSLA
    self.agreedHandOff = agreedHandOff
    self.routing = routing
    self.leakThresholds = leakThresholds
    self.plan = plan
    self.hash = hash
  }

  /// How events are read as journeys, unless a question says otherwise: skips and returns as the
  /// present version counts them, conditions as each version asked for them in its time.
  public var journeyRule: JourneyRule {
    JourneyRule(
      skips: skips,
      returns: returns,
      confirmations: askedConfirmations ?? confirmationsOverTime
    )
  }

  /// The version in force at an instant: the newest whose first day has come, else the oldest.
  ///
  /// - Complexity: O(versions).
  public func inForce(at instant: Instant) -> Agreement {
    guard !earlier.isEmpty else { return self }
    let timeline = AgreementTimeline(self)
    return timeline.versions[timeline.index(at: instant.seconds)]
  }

  /// The position of the stage that a score lets leads into: the first whose gate asks for one,
  /// else the one that hands leads to sales; never the first of the path, nil where that is all.
  public var scoredStage: Int? {
    let gated = path.indices.dropFirst().first { path[$0].gate?.score != nil }
    return gated ?? (handOffStage > 0 ? handOffStage : nil)
  }

  /// Asks for another score under every version: what if that had been agreed.
  ///
  /// On entering `scoredStage`, whose gate keeps its other conditions; without such a stage nothing
  /// changes.
  ///
  /// - Parameter score: The least score, fit and engagement together.
  public mutating func ask(score: Int) {
    guard let stage = scoredStage else { return }
    askedScore = score
    setScore(score, ofStage: path[stage].id)
    for index in earlier.indices { earlier[index].setScore(score, ofStage: path[stage].id) }
  }

  /// Asks for another meaning of a return: what if that had been agreed.
  public mutating func ask(returns rule: ReturnRule) {
    guard rule != returns else { return }
    askedReturns = rule
    returns = rule
  }

  /// Asks for other days within which a step is judged: what if those had been agreed.
  ///
  /// - Parameters:
  ///   - days: The days.
  ///   - step: The step by its `TransitionName`.
  public mutating func ask(days: Int, forStep step: String) {
    guard horizonsInDays[step] != days else { return }
    askedHorizons[step] = days
    horizonsInDays[step] = days
  }

  /// The agreement without the marks that a question set, for the words that stand beside it; gates
  /// keep the score that was asked for.
  public var asWritten: Agreement {
    var agreement = self
    agreement.askedScore = nil
    agreement.askedReturns = nil
    agreement.askedHorizons = [:]
    return agreement
  }

  private mutating func setScore(_ score: Int, ofStage id: String) {
    guard let stage = pathIndex(of: id) else { return }
    path[stage].gate = path[stage].gate ?? StageGate()
    path[stage].gate?.score = score
    scoring?.threshold = score
  }

  /// The position of a stage of the path, or nil.
  public func pathIndex(of id: String) -> Int? { path.firstIndex { $0.id == id } }

  /// The position of the stage that hands leads to sales; never the last of the path.
  ///
  /// As agreed; else the first stage that sales decides, the path's first aside; else `sql`; else
  /// the second; on a path of two stages the first.
  public var handOffStage: Int {
    let candidates = path.indices.dropLast()
    if let agreed = agreedHandOff.flatMap(pathIndex), candidates.contains(agreed) { return agreed }
    let later = candidates.dropFirst()
    return later.first { path[$0].owner == .sales } ?? later.first { path[$0].id == "sql" }
      ?? later.first ?? 0
  }
}

/// A stage of the path, or a detour.
public struct Stage: Hashable, Sendable {
  /// What, besides an event that names the stage, shows that a lead reached it.
  public enum Evidence: String, Sendable, CaseIterable {
    case leadCreated = "lead_created"
    case meetingBooked = "meeting_booked"
    case meetingHeld = "meeting_held"
    case dealCreated = "deal_created"
    case dealWon = "deal_won"
    case dealLost = "deal_lost"
  }

  /// Which team answers for moving leads into the stage.
  public enum Team: String, Sendable, CaseIterable {
    case marketing, sales
  }

  /// The word used in files and answers, such as `meeting_held`.
  public var id: String
  /// What the stage means, in a sentence.
  public var meaning: String
  /// The team that decides who enters, if the agreement says so.
  public var owner: Team?
  /// Facts that count as reaching the stage, besides events that name it.
  public var evidence: [Evidence]
  /// Other words that the data uses for the stage.
  public var aliases: [String]
  /// What must be true of a lead for the stage to count; nil when nothing.
  public var gate: StageGate?
  /// The days after which a lead that neither moved on nor left is stale; nil when it may stay.
  public var staleAfterDays: Int?

  /// What a stage is for.
  public enum Role: String, Sendable, CaseIterable, Codable {
    /// Leads may stay.
    case inventory
    /// Leads are tested on entering.
    case gate
    /// Leads are to move on within a time.
    case sla
  }

  /// What the stage is for: one that leads must leave in time, one that tests them, or neither.
  public var role: Role { staleAfterDays != nil ? .sla : gate != nil ? .gate : .inventory }

  /// A stage; evidence defaults to what its id suggests, see `defaultEvidence(for:)`.
  public init(
    id: String,
    meaning: String = "",
    owner: Team? = nil,
    evidence: [Evidence]? = nil,
    aliases: [String] = [],
    gate: StageGate? = nil,
    staleAfterDays: Int? = nil
  ) {
    self.gate = gate
    self.staleAfterDays = staleAfterDays
    self.id = id
    self.meaning = meaning
    self.owner = owner
    self.evidence = evidence ?? Stage.defaultEvidence(for: id)
    self.aliases = aliases
  }

  /// What facts show a stage of this name when the agreement does not say.
  public static func defaultEvidence(for id: String) -> [Evidence] {
    switch id {
    case "lead": [.leadCreated]
    case "meeting_booked": [.meetingBooked]
    case "meeting_held": [.meetingHeld]
    case "opportunity": [.dealCreated]
    case "won": [.dealWon]
    case "lost": [.dealLost]
    default: []
    }
  }

  /// Lead, MQL, SQL, meeting booked, meeting held, opportunity, won.
  public static let defaultPath = [
    "lead", "mql", "sql", "meeting_booked", "meeting_held", "opportunity", "won",
  ].map { Stage(id: $0) }

  /// Recycled, disqualified, lost.
  public static let defaultDetours = ["recycled", "disqualified", "lost"].map { Stage(id: $0) }
}

/// How a stage that was passed over is counted.
public enum SkipRule: String, Sendable, CaseIterable, Codable {
  /// A stage counts when it is reached after the one before it.
  case strict
  /// A stage counts when it is reached, in any order.
  case any
  /// A later stage implies the earlier ones, at the same instant.
  case filled
  /// A stage counts when it is reached not before the last one that counts; one that was passed
  /// over is left out and stands in nobody's way.
  case ordered

  /// The rules that answers set side by side: those that tools of the field use.
  public static let compared: [SkipRule] = [.strict, .any, .filled]
}

/// A channel and the names it also goes by.
public struct ChannelName: Hashable, Sendable {
  /// The name that answers use.
  public var name: String
  /// What files call it; compared without regard to case and outer blanks.
  public var aliases: [String]

  /// A channel.
  public init(name: String, aliases: [String] = []) {
    self.name = name
    self.aliases = aliases
  }
}

/// When a difference deserves a name.
public struct VerdictThresholds: Hashable, Sendable {
  /// The relative difference that matters, 0...1.
  public var relativeDifference: Double
  /// The false discovery rate allowed over all comparisons of one answer, 0...1.
  public var falseDiscoveryRate: Double
  /// Fewer leads than this in a group are never judged.
  public var minimumLeads: Int

  /// Thresholds; the defaults are those of the method's page.
  public init(
    relativeDifference: Double = 0.2,
    falseDiscoveryRate: Double = 0.05,
    minimumLeads: Int = 20
  ) {
    self.relativeDifference = relativeDifference
    self.falseDiscoveryRate = falseDiscoveryRate
    self.minimumLeads = minimumLeads
  }
}
