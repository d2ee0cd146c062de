import PlumblineCore
import PlumblineYAML

/// An agreement as written: each value with its place, before the checks.
///
/// A part that could not be read is nil or left out, with a finding.
struct AgreementDraft {
  /// A stage of the path or a detour.
  struct StageEntry {
    var id: Positioned<String>
    var meaning = ""
    var owner: Stage.Team?
    /// Nil when the agreement does not say, so that the stage's id decides.
    var evidence: [Positioned<Stage.Evidence>]?
    var aliases: [Positioned<String>] = []
    var confirmation: ConfirmationEntry?
    var gate: GateEntry?
    var staleAfterDays: Positioned<Int>?

    /// The evidence in force, each with the place that brought it in.
    var evidenceInForce: [Positioned<Stage.Evidence>] {
      evidence ?? Stage.defaultEvidence(for: id.value).map { Positioned($0, at: id.position) }
    }
  }

  /// What must follow a stage for it to count; what is nil could not be read.
  struct ConfirmationEntry {
    var position: YAMLPosition
    var stage: Positioned<String>?
    var withinDays: Positioned<Int>?
  }

  /// A channel and its other names.
  struct ChannelEntry {
    var name: Positioned<String>
    var aliases: [Positioned<String>] = []
  }

  /// When people work; what is nil the agreement does not say.
  struct WorkingTimeEntry {
    var days: Positioned<Set<Int>>?
    var hours: [Positioned<Hours>]?
    var hoursPosition: YAMLPosition?
    var holidays: [Positioned<CivilDate>] = []
  }

  /// A stretch of a day, in minutes after midnight, as written.
  struct Hours {
    var start: Int
    var end: Int
    var text: String
  }

  /// What sales promised; what is nil the agreement does not say.
  struct SalesSLAEntry {
    var firstTouch: Positioned<SalesSLA.Span>?
    var hot: Positioned<SalesSLA.Span>?
    var hotFrom: Positioned<Int>?
    var attempts: Positioned<SalesSLA.Attempts>?
    var compliance: Positioned<ExactDecimal>?
    var disposition: Positioned<SalesSLA.Span>?
    var remindBefore: Positioned<SalesSLA.Span>?
    var escalateAfter: Positioned<SalesSLA.Span>?
  }

  /// Planned numbers, of one channel or of all.
  struct PlanEntry {
    /// Nil for all channels together.
    var channel: Positioned<String>?
    var leads: Positioned<ExactDecimal>?
    var rates: [(transition: Positioned<String>, rate: Positioned<ExactDecimal>)] = []
    var meanDeal: Positioned<ExactDecimal>?
  }

  var company: Positioned<String>?
  var version: Positioned<String>?
  /// As written; the check says whether it is a date.
  var effective: Positioned<String>?
  var currency: Positioned<String>?
  var timeZone: Positioned<String>?
  /// Nil when the agreement does not say.
  var path: [StageEntry]?
  var pathPosition: YAMLPosition?
  /// Nil when the agreement does not say.
  var detours: [StageEntry]?
  /// Whether every stage that is written could be read; otherwise an unknown word proves nothing.
  var hasAllStages = true
  var skips: Positioned<SkipRule>?
  var returns: Positioned<ReturnRule>?
  var channels: [ChannelEntry] = []
  var economics = EconomicsEntry()
  /// By the transition's name as written.
  var horizonsInDays: [(transition: Positioned<String>, days: Int)] = []
  var relativeDifference: Positioned<ExactDecimal>?
  var falseDiscoveryRate: Positioned<ExactDecimal>?
  var minimumLeads: Positioned<Int>?
  var leakDecimals: [(key: LeakThresholdKey, value: Positioned<ExactDecimal>)] = []
  var leakCounts: [(key: LeakThresholdKey, value: Positioned<Int>)] = []
  /// Nil when the agreement does not say.
  var workingTime: WorkingTimeEntry?
  /// Nil when the agreement does not say.
  var salesSLA: SalesSLAEntry?
  var handOff: Positioned<String>?
  var routing: Positioned<RoutingRule>?
  /// The plan for all channels first, then those of channels; nil when there is none.
  var plan: [PlanEntry]?
  /// Nil when the agreement does not say.
  var marketingSLA: MarketingSLAEntry?
  var idealCustomer: [CriterionEntry] = []
  /// Nil when the agreement does not say.
  var qualifyingFactors: [FactorEntry]?
  /// Nil when the agreement does not say.
  var score: ScoreEntry?
  /// Nil when the agreement does not say.
  var dispositions: [DispositionEntry]?
  var dispositionsPosition: YAMLPosition?
  /// Whether every disposition that is written could be read.
  var hasAllDispositions = true
  var recycle: [RecycleEntry] = []
  /// Nil when the agreement does not say.
  var suppression: SuppressionEntry?
  var goals: [GoalEntry] = []
  var incentives: [IncentiveEntry] = []
  var launches: [LaunchEntry] = []
  var vocabulary: [TermEntry] = []

  /// The path in force.
  var pathInForce: [StageEntry] { path ?? Self.entries(Stage.defaultPath) }

  /// The detours in force.
  var detoursInForce: [StageEntry] { detours ?? Self.entries(Stage.defaultDetours) }

  private static func entries(_ stages: [Stage]) -> [StageEntry] {
    stages.map { StageEntry(id: Positioned($0.id, at: YAMLPosition(line: 1, column: 1))) }
  }
}
