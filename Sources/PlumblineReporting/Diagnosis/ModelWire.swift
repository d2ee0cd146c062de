import PlumblineCore
import PlumblineStatistics

/// The numbers behind a verdict in JSON.
struct ModelWire: Codable, Hashable, Sendable {
  struct FollowUp: Codable, Hashable, Sendable {
    @OrNull var logOdds: Double?
    @OrNull var standardDeviation: Double?
    @OrNull var lower90: Double?
    @OrNull var upper90: Double?
    @OrNull var probability: Double?
  }

  struct Routing: Codable, Hashable, Sendable {
    @OrNull var chiSquare: Double?
    let degreesOfFreedom: Int
    @OrNull var pValue: Double?
    let isUneven: Bool
  }

  struct Disagreement: Codable, Hashable, Sendable {
    let channel: String
    let effect: LeakUnit.Effect
    @OrNull var probability: Double?
    @OrNull var lossShare: Double?
    let betterOwners: [String]
    let lowerOwners: [String]
    let isNamed: Bool
  }

  struct Fit: Codable, Hashable, Sendable {
    let model: LeakFit.Model
    let spreadsTried: Int
    let spreadsKept: Int
    @OrNull var channelSpread: Double?
    @OrNull var ownerSpread: Double?
    @OrNull var pairSpread: Double?
  }

  struct Part: Codable, Hashable, Sendable {
    let channels: [String]
    let owners: [String]
  }

  let leads: Int
  let won: Int
  @OrNull var expectedWon: Double?
  @OrNull var followedUp: Double?
  @OrNull var followedUpTarget: Double?
  @OrNull var followUp: FollowUp?
  @OrNull var routing: Routing?
  @OrNull var routingRule: RoutingRule?
  let assumesRoutingRegardlessOfPromise: Bool
  let evidence: [LeakEvidenceWire]
  let disagreements: [Disagreement]
  let parts: [Part]
  let fits: [Fit]
  let thresholds: [String: Double]

  init(_ verdict: LeakVerdict, _ words: LeakWords) {
    func wire(_ value: Double?) -> OrNull<Double> { OrNull(wrappedValue: Rounded.share(value)) }
    leads = verdict.leads
    won = verdict.wins
    _expectedWon = wire(verdict.expectedWins)
    _followedUp = wire(verdict.compliance)
    _followedUpTarget = wire(verdict.complianceTarget)
    _followUp = OrNull(
      wrappedValue: verdict.followUpEffect.map {
        FollowUp(
          logOdds: Rounded.share($0.mean),
          standardDeviation: Rounded.share($0.standardDeviation),
          lower90: Rounded.share($0.interval90.lower),
          upper90: Rounded.share($0.interval90.upper),
          probability: Rounded.share($0.probabilityItMatters)
        )
      }
    )
    _routing = OrNull(
      wrappedValue: verdict.routing.map {
        Routing(
          chiSquare: Rounded.share($0.chiSquare),
          degreesOfFreedom: $0.degreesOfFreedom,
          pValue: Rounded.share($0.pValue),
          isUneven: $0.isUneven
        )
      }
    )
    _routingRule = OrNull(wrappedValue: verdict.routingRule)
    assumesRoutingRegardlessOfPromise = verdict.assumesRoutingRegardlessOfPromise
    evidence = verdict.evidence.map { LeakEvidenceWire($0, words) }
    disagreements = verdict.disagreements.map {
      Disagreement(
        channel: $0.channel,
        effect: $0.effect,
        probability: Rounded.share($0.posterior),
        lossShare: Rounded.share($0.lossShare),
        betterOwners: $0.betterOwners,
        lowerOwners: $0.lowerOwners,
        isNamed: $0.isNamed
      )
    }
    parts = verdict.parts.map { Part(channels: $0.channels, owners: $0.owners) }
    fits = verdict.fits.map {
      Fit(
        model: $0.model,
        spreadsTried: $0.evaluatedNodes,
        spreadsKept: $0.keptNodes,
        channelSpread: Rounded.share($0.channelSpread),
        ownerSpread: Rounded.share($0.ownerSpread),
        pairSpread: Rounded.share($0.pairSpread)
      )
    }
    thresholds = Dictionary(uniqueKeysWithValues: verdict.thresholds.named.map { ($0, $1) })
  }
}

/// The leads behind a verdict in JSON.
struct WorkWire: Codable, Hashable, Sendable {
  let handOff: String
  let horizon: HorizonWire
  @OrNull var closed: WorkSummary.ClosedReason?
  let followUp: WorkSummary.FollowUpRecord
  let counted: Int
  let won: Int
  let handedOff: Int
  let tooYoung: Int
  let undated: Int
  let withoutChannel: Int
  let withoutOwner: Int
  let withoutPromise: Int
  let handedOffAgain: Int
  let implied: Int
  let impliedByWin: Int
  let followedUp: Int
  let judgedByDay: Int
  let couldBeEither: Int
  let withScore: Int
  let notes: [String]

  init(_ work: WorkSummary, _ words: DiagnosisWords) {
    func count(_ standing: HandOff.Standing) -> Int { work.leadsByStanding[standing] ?? 0 }
    handOff = words.agreement.path[words.agreement.handOffStage].id
    horizon = HorizonWire(work.horizon, words.agreement)
    _closed = OrNull(wrappedValue: work.closed)
    followUp = work.followUp
    counted = work.leads
    won = work.wins
    handedOff = work.handedOff
    tooYoung = count(.tooYoung)
    undated = count(.undated)
    withoutChannel = count(.withoutChannel)
    withoutOwner = count(.withoutOwner)
    withoutPromise = count(.withoutPromise)
    handedOffAgain = count(.laterEpisode)
    implied = work.implied
    impliedByWin = work.impliedByWin
    followedUp = work.followedUp
    judgedByDay = work.judgedByDay
    couldBeEither = work.couldBeEither
    withScore = work.withScore
    notes = words.basis
  }
}
