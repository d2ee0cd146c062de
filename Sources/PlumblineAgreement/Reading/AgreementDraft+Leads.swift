import PlumblineCore
import PlumblineYAML

extension AgreementDraft {
  /// What must be true of a lead for a stage to count; what is nil the agreement does not say.
  struct GateEntry {
    var position: YAMLPosition
    var score: Positioned<Int>?
    var factors: Positioned<Int>?
    var acceptedBy: Positioned<Stage.Team>?
    /// Whether everything that is written could be read.
    var isWhole = true
  }

  /// One attribute of the ideal customer.
  struct CriterionEntry {
    /// The attribute's name, at the key as written.
    var name: Positioned<String>
    var match: AttributeMatch
  }

  /// A qualifying factor.
  struct FactorEntry {
    var id: Positioned<String>
    var meaning = ""
    var yes: [Positioned<String>] = []
    var no: [Positioned<String>] = []
  }

  /// How leads are scored.
  struct ScoreEntry {
    /// Points for one value of an attribute.
    struct Fit {
      var attribute: Positioned<String>
      /// As written, for messages.
      var value: Positioned<String>
      var match: AttributeMatch
      var points: Positioned<Int>
    }

    /// Points for a type of touch.
    struct Engagement {
      var touch: Positioned<String>
      var points: Positioned<Int>
      var most: Positioned<Int>?
    }

    var fit: [Fit] = []
    var engagement: [Engagement] = []
    var halfLifeInDays: Positioned<Int>?
    var threshold: Positioned<Int>?
    /// Whether every rule that is written could be read; otherwise what they reach proves nothing.
    var isWhole = true
  }

  /// Something that sales may say of a lead.
  struct DispositionEntry {
    var id: Positioned<String>
    var meaning = ""
    var outcome: DispositionReason.Outcome
    var aliases: [Positioned<String>] = []
    /// Where `default: true` stands.
    var defaultPosition: YAMLPosition?
  }

  /// When leads get a second chance.
  struct RecycleEntry {
    var detour: Positioned<String>
    var reason: String?
    var afterDays: Int
    var list: Positioned<String>
  }

  /// Who is left alone; what is nil the agreement does not say.
  struct SuppressionEntry {
    var touchedWithinDays: Positioned<Int>?
    var unsubscribed: [Positioned<String>]?
  }
}
